"""JSON that is a table: a list of objects, at the top of a file or under one of its keys, as interfaces answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from geo.intake.limits import limit_error
from geo.intake.reading.gathering import GatheredLayer, Gathering, show
from geo.intake.reading.json_text import LineFault, Lines, RepeatingObject, is_of_geojson, tell_repeated
from geo.intake.refusing import unreadable
from geo.wording import show_value

_LEAST_OBJECTS = 0.5
_MOST_BESIDE = 20
_SHOWN_LETTERS = 80


@dataclass(frozen=True, slots=True)
class JsonTable:
    """A list of objects within a file.

    Parameters
    ----------
    rows
        As they stand; some may be no objects.
    key, whole
        Under which the list stands, and in what; empty where it stands at the top.
    """

    rows: Sequence[Any]
    key: str
    whole: dict[str, Any]


def find_table(whole: Any) -> JsonTable | None:
    """Find the list of objects that a file is, or that stands under one of its keys.

    Parameters
    ----------
    whole
        As parsed.

    Returns
    -------
    JsonTable or None
        ``None`` where there is no such list, or its objects are GeoJSON.

    Raises
    ------
    InputError
        If several lists of objects stand side by side, one is given twice, or the only list is empty.

    Examples
    --------
    >>> find_table({"status": 200, "data": [{"lon": 34.2, "lat": 31.2}]}).key
    'data'
    >>> find_table([1, 2]) is None
    True
    """
    if isinstance(whole, list):
        return JsonTable(whole, "", {}) if _is_table(whole) else None
    if not isinstance(whole, dict):
        return None
    lists = [key for key, value in whole.items() if isinstance(value, list)]
    tables = [key for key in lists if _is_table(whole[key])]
    if len(tables) > 1:
        named = ", ".join(f"'{show_value(key)}'" for key in tables[:_MOST_BESIDE])
        raise unreadable(f"It holds several lists of objects ({named})", "Give one of them as a file of its own")
    if tables:
        (key,) = tables
        if isinstance(whole, RepeatingObject) and any(name == key for name, _ in whole.dropped):
            raise unreadable(f"It has the member '{show_value(key)}' twice", "Join the two lists")
        return JsonTable(whole[key], key, whole)
    if len(lists) == 1 and not whole[lists[0]] and "type" not in whole:
        raise unreadable(f"Its list '{show_value(lists[0])}' is empty", "Give a table with rows")
    return None


def _is_table(values: list[Any]) -> bool:
    """Tell whether a list holds objects for the most part, and none that looks like GeoJSON."""
    objects = [value for value in values if isinstance(value, dict)]
    if not objects or len(objects) < _LEAST_OBJECTS * len(values):
        return False
    return not any(map(is_of_geojson, objects))


def read_table(table: JsonTable | Lines, gathering: Gathering) -> None:
    """Read a list of objects, or a file of lines, into one layer without geometry; coordinates are not looked for here.

    Parameters
    ----------
    table
        As `find_table` or `geo.intake.reading.json_text.parse_lines` give it.
    gathering
        Takes the rows.

    Raises
    ------
    InputError
        If a limit is reached.
    """
    layer = gathering.open_layer("")
    if isinstance(table, JsonTable):
        lines: Lines = ((0, row) for row in table.rows)
        _tell_beside(table, layer)
    else:
        lines = table
        gathering.note("Each of its lines is an object, and was read as a row.")
    columns, numbers, places = dict[str, list[Any]](), list[int](), list[int]()
    for line, row in lines:
        number = layer.count()
        if isinstance(row, LineFault):
            layer.refuse(number, "", row.line, row.reason, "Correct it.")
        elif not isinstance(row, dict):
            layer.refuse(number, "", row, "It is no row: it is no object.", "Take it out.")
        else:
            tell_repeated(row, layer, number)
            for name, value in row.items():
                _append(columns.setdefault(name, []), value, len(numbers))
            if len(columns) > gathering.limits.fields:
                raise limit_error("fields", gathering.limits)
            numbers.append(number)
            places.append(line)
    layer.add_fields(list(columns))
    for column in columns.values():
        column.extend([None] * (len(numbers) - len(column)))
    layer.keep_table(columns, numbers, places)


def _append(column: list[Any], value: Any, place: int) -> None:
    """Put a value at its place; the rows before it that lack the field have none."""
    column.extend([None] * (place - len(column)))
    column.append(value)


def _tell_beside(table: JsonTable, layer: GatheredLayer) -> None:
    if table.key:
        layer.whole.note(f"Its rows are the list '{show_value(table.key)}'.")
    tell_repeated(table.whole, layer, 0)
    members = [(key, value) for key, value in table.whole.items() if key != table.key][:_MOST_BESIDE]
    told = ", ".join(f"{show_value(key)} ({show(value)[:_SHOWN_LETTERS]})" for key, value in members)
    if told:
        layer.whole.note(f"Beside its rows the file has: {told}.")
