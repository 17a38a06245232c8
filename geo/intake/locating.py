"""The places of a layer's rows, from its shapes or from the columns that hold them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import numpy as np
import shapely

from geo.intake.angles import find_sign_of_o
from geo.intake.column_map import ColumnMap
from geo.intake.hemispheres import turn_hemispheres
from geo.intake.hollow_parts import NO_POSITIONS, without_hollow
from geo.intake.limits import Limits, limit_error
from geo.intake.mending import Places
from geo.intake.placing import (
    are_decimals,
    is_geopoint,
    nesting,
    read_angle,
    read_number,
    read_pair,
    read_wkt,
    why_no_wkt,
)
from geo.intake.rows import Plain, RawLayer
from geo.intake.texts import NOTHING, text_of
from geo.intake.zones import find_zones
from geo.wording import show_value

_NO_NUMBER = "A coordinate is a number, or degrees, minutes and seconds"
NO_PLACE, ADD_PLACE = "The row has no place", "Add one; till then the row stands beside the map"
"""Why a row without a place is listed, and what to do."""
_CURVED = "Its shape is curved, which the map has no way to draw"
_STRAIGHTEN = "Save it with straight lines"
_NO_SIDE = "O is the east in German and the west in French, Italian, Portuguese and Spanish"
_WRITE_SIDE = "Write E or W"
_COLLECTION = 7
_MULTIPOINT = 4


def locate(layer: RawLayer, mapping: ColumnMap, limits: Limits) -> Places:
    """Find the places of a layer's rows, in its own coordinates.

    Parameters
    ----------
    layer
        As it was parsed.
    mapping
        Which columns hold places; a column that a person names is taken before the layer's own shapes.
    limits
        Held for shapes in well-known text: nesting and positions.

    Returns
    -------
    Places
        In two dimensions; a row without a place, or with one that cannot be read, is at fault.

    Raises
    ------
    InputError
        If a limit is reached.
    """
    places = Places(np.full(len(layer.rows), None, dtype=object))
    if mapping.of("wkt"):
        _read_shapes(places, layer, mapping.of("wkt")[0], limits)
    elif mapping.of("latlon"):
        _read_points(places, layer, mapping.of("latlon")[0])
    elif mapping.of("lon") and mapping.of("lat"):
        _read_degrees(places, layer, mapping.of("lon")[0], mapping.of("lat")[0])
    elif mapping.of("easting") and mapping.of("northing"):
        xy = _read_pairs(
            places, layer, (mapping.of("easting")[0], mapping.of("northing")[0]), (read_number, read_number)
        )
        _set_points(places, xy)
    elif layer.has_geometry:
        for row, each in enumerate(layer.rows):
            places.shapes[row] = each.geometry
            if each.geometry is None:
                places.faults[row] = ("geometry", "", NO_PLACE, ADD_PLACE)
    else:
        for row in range(len(layer.rows)):
            places.faults[row] = ("geometry", "", NO_PLACE, ADD_PLACE)
    _flatten(places)
    places.zones = find_zones(layer)
    return places


def _read_degrees(places: Places, layer: RawLayer, lon: str, lat: str) -> None:
    sign_of_o = _find_o(places, layer, lon, lambda text, sign: read_angle(text, "lon", sign) is not None)
    xy = _read_pairs(
        places,
        layer,
        (lon, lat),
        (lambda value: read_angle(value, "lon", sign_of_o), lambda value: read_angle(value, "lat")),
    )
    for row, (column, text, *_) in places.faults.items():
        if column == lon and read_angle(text, "lon", 1) is not None:
            places.faults[row] = (lon, text, _NO_SIDE, _WRITE_SIDE)
    turned = turn_hemispheres(layer, {"lon": lon, "lat": lat}, xy)
    places.changes += turned.changes
    places.faults |= turned.faults
    _set_points(places, xy)


def _find_o(places: Places, layer: RawLayer, column: str, reads: Callable[[str, int], bool]) -> int:
    """Find what O says in a column, and tell it; 0 where it does not stand there, or nothing tells."""
    values = layer.column(column)
    if are_decimals(values):
        return 0
    texts = {value for value in values if isinstance(value, str) and ("O" in value or "o" in value)}
    if not any(reads(text, 1) for text in texts):
        return 0
    sign = find_sign_of_o({value for value in values if isinstance(value, str)}, column, lambda text: reads(text, 1))
    if sign:
        name = show_value(column)
        east, west = (
            f"The letter O in '{name}' was read as the east.",
            f"The letter O in '{name}' was read as the west.",
        )
        places.notes.append(east if sign == 1 else west)
    return sign


def _read_pairs(
    places: Places,
    layer: RawLayer,
    columns: tuple[str, str],
    readers: tuple[Callable[[Plain], float | None], Callable[[Plain], float | None]],
) -> np.ndarray[Any, np.dtype[np.float64]]:
    """Read x and y of each row; NaN where one is none, each listed."""
    xy = np.full((len(layer.rows), 2), np.nan)
    for axis, (column, read) in enumerate(zip(columns, readers, strict=True)):
        values = layer.column(column)
        if are_decimals(values):
            xy[:, axis] = np.fromiter(map(float, values), dtype=float, count=len(values))
            continue
        for row, number in enumerate(_read_each(values, read)):
            if number is not None:
                xy[row, axis] = number
            elif row not in places.faults:
                _note_unread(places, row, column, values[row], _NO_NUMBER)
    return xy


def _read_each(values: Sequence[Plain], read: Callable[[Plain], float | None]) -> Iterator[float | None]:
    """Read values, each text once however often it stands in the column."""
    known = {value: read(value) for value in {value for value in values if isinstance(value, str)}}
    return (known[value] if isinstance(value, str) else read(value) for value in values)


def _set_points(places: Places, xy: np.ndarray[Any, np.dtype[np.float64]]) -> None:
    sound = np.flatnonzero(np.isfinite(xy).all(axis=1))
    places.shapes[sound] = shapely.points(xy[sound])


def _read_shapes(places: Places, layer: RawLayer, column: str, limits: Limits) -> None:
    vertices = 0
    for row, (value, number) in enumerate(zip(layer.column(column), layer.numbers, strict=True)):
        # positions and empty shapes stand between commas: they are counted before anything is made of them
        vertices += value.count(",") + 1 if isinstance(value, str) and "(" in value else 0
        if vertices > limits.vertices:
            raise limit_error("vertices", limits, f"row {number}")
        if nesting(value) > limits.depth:
            raise limit_error("depth", limits, f"row {number}")
        shape = places.shapes[row] = read_wkt(value)
        if shape is not None and not shape.is_empty and (whole := without_hollow(shape)) is not shape:
            places.change(np.array([row]), np.array([whole], dtype=object), NO_POSITIONS)
        if shape is None:
            _note_unread(places, row, column, value, *why_no_wkt(text_of(value)))


def _read_points(places: Places, layer: RawLayer, column: str) -> None:
    values = layer.column(column)
    sign_of_o = _find_o(places, layer, column, lambda text, sign: read_pair(text, sign) is not None)
    for row, value in enumerate(values):
        pair = read_pair(value, sign_of_o)
        if pair is not None:
            places.shapes[row] = shapely.Point(pair)
        elif read_pair(value, 1) is not None:
            places.faults[row] = (column, text_of(value), _NO_SIDE, _WRITE_SIDE)
        else:
            _note_unread(places, row, column, value, "It is to be latitude and longitude, such as 31.25, 34.25")
    if any(map(is_geopoint, values)):
        places.notes.append(
            f"Height and accuracy follow latitude and longitude in '{show_value(column)}'; they were left aside."
        )


def _note_unread(places: Places, row: int, column: str, value: Plain, reason: str, remedy: str = "Correct it") -> None:
    text = text_of(value)
    is_missing = not text or text in NOTHING or value == [None, None]
    places.faults[row] = (column, text, NO_PLACE, ADD_PLACE) if is_missing else (column, text, reason, remedy)


def _flatten(places: Places) -> None:
    """Leave heights aside, and take a collection of one shape for that shape: the map is flat and draws no other."""
    if shapely.has_z(places.shapes).any() or shapely.has_m(places.shapes).any():
        places.notes.append("Heights and measures of positions were left aside: the map is flat.")
    was_read = ~shapely.is_missing(places.shapes)
    places.shapes = shapely.force_2d(places.shapes)
    for row in np.flatnonzero(was_read & shapely.is_missing(places.shapes)).tolist():
        places.faults[row] = ("geometry", "", _CURVED, _STRAIGHTEN)
    kinds = shapely.get_type_id(places.shapes)
    for row in np.flatnonzero((kinds == _COLLECTION) | (kinds == _MULTIPOINT)).tolist():
        if len(places.shapes[row].geoms) == 1:
            places.shapes[row] = places.shapes[row].geoms[0]
