"""Events in a folder of data: `events.geojson`, with what is told of the tables that they come from."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from math import isfinite
from types import MappingProxyType
from typing import Any

import numpy as np
import orjson
from shapely import orient_polygons
from shapely.errors import ShapelyError
from shapely.geometry import mapping, shape

from geo.colours import check_colour
from geo.data_files import EVENTS
from geo.errors import InputError, Problem
from geo.events import PRECISION, REQUIRED, EventTable, make_event_dataset
from geo.own_tables import OwnTable
from geo.wording import show_value

NO_LINE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]")
"""What a line of text cannot have: controls, ends of lines, and what neither UTF-8 nor XML 1.0 can hold."""


def render_events(events: EventTable) -> bytes:
    """Write events as GeoJSON, a feature a line, in the form that `parse_events` reads.

    Parameters
    ----------
    events
        Columns and attributes become properties; the member ``tables`` tells of their tables.
    """
    head = f'{{"type": "FeatureCollection", "tables": {_text(tell_tables(events.tables))}, "features": [\n'
    lines = (_text(event_object(events, row)) for row in range(len(events)))
    return (head + ",\n".join(lines) + "\n]}\n").encode("utf-8", "backslashreplace")


def tell_tables(tables: Sequence[OwnTable]) -> list[dict[str, Any]]:
    """Write what is told of tables, as the member ``tables`` of a GeoJSON collection has it."""
    return [
        {
            "title": table.title,
            "licence": table.licence,
            "colour": table.colour,
            "source": table.source,
            "themes": dict(table.themes),
        }
        for table in tables
    ]


def parse_events(content: bytes) -> EventTable:
    """Read events from the GeoJSON that `render_events` writes.

    Parameters
    ----------
    content
        The whole file.

    Raises
    ------
    InputError
        With every row at fault, or if it is of another form.
    """
    try:
        # numbers of 64 bits stay as they are
        collection = orjson.loads(content)
    except ValueError as error:
        raise _other_form(error) from None
    return read_event_objects(collection)


def read_event_objects(collection: Any) -> EventTable:
    """Read events from a GeoJSON collection of such features as `event_object` writes, with the member ``tables``.

    Parameters
    ----------
    collection
        As JSON is read.

    Raises
    ------
    InputError
        With every row at fault, or if it is of another form.
    """
    try:
        return _parse(collection)
    except InputError:
        raise
    except (LookupError, TypeError, ValueError, AttributeError, ShapelyError) as error:
        raise _other_form(error) from None


def _other_form(error: Exception) -> InputError:
    message = (
        f"Invalid file '{EVENTS}'. It is not of the form that an import writes "
        f"({show_value(str(error) or type(error).__name__)}). Import the data again."
    )
    return InputError([Problem("events", message)])


def _parse(collection: Any) -> EventTable:
    features = collection["features"]
    rows = [feature["properties"] for feature in features]
    columns = {name: _column([_require_text(row[name]) for row in rows]) for name in REQUIRED}
    shapes = _column([feature["geometry"] and shape(feature["geometry"]) for feature in features])
    if any(PRECISION in row for row in rows):
        columns[PRECISION] = _column([_require_text(row.get(PRECISION, "")) for row in rows])
    names = dict.fromkeys(name for row in rows for name in row if name not in columns)
    attributes = {name: _column([row.get(name) for row in rows]) for name in names}
    tables = tuple(_parse_table(told) for told in collection["tables"])
    events = make_event_dataset(columns, shapes, attributes, tables).events
    assert events is not None
    return events


def _parse_table(told: Mapping[str, Any]) -> OwnTable:
    title, licence, colour, source = (_require_line(told[name]) for name in ("title", "licence", "colour", "source"))
    themes = {_require_line(key): _require_line(name) for key, name in told["themes"].items()}
    return OwnTable(title, licence, colour and check_colour(colour), source, MappingProxyType(themes))


def _require_text(value: Any) -> str:
    if isinstance(value, str):
        return value
    message = f"'{show_value(value)}' is no text"
    raise TypeError(message)


def _require_line(value: Any) -> str:
    text = _require_text(value)
    if NO_LINE.search(text):
        message = f"'{show_value(value)}' is no line of plain text"
        raise ValueError(message)
    return text


def _column(values: list[Any]) -> np.ndarray[Any, Any]:
    # `np.array` would make a second dimension of lists
    return np.fromiter(values, dtype=object, count=len(values))


def event_object(events: EventTable, row: int) -> dict[str, Any]:
    """Write an event as a GeoJSON feature, in the form that `parse_events` and `geo.events.read_events` read.

    Parameters
    ----------
    events
        The table.
    row
        The event's number; attributes that it lacks are left out.
    """
    geometry = events.geometries[row]
    attributes = {name: _plain(column[row]) for name, column in events.attributes.items() if column[row] is not None}
    return {
        "type": "Feature",
        "id": events.columns["id"][row],
        "geometry": None if geometry is None else mapping(orient_polygons(geometry)),
        "properties": attributes | {name: column[row] for name, column in events.columns.items()},
    }


def _plain(value: Any) -> Any:
    if isinstance(value, float) and not isfinite(value):
        return None
    if isinstance(value, list):
        return [_plain(each) for each in value]
    if isinstance(value, dict):
        return {str(name): _plain(each) for name, each in value.items()}
    return value if value is None or isinstance(value, str | bool | int | float) else str(value)


def _text(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)
