"""Further columns of readers' own tables, as formats of tables hold them: named apart, of one kind each, none lost."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

import numpy as np

from exports.cleaning import drop_unheld, free_name
from geo.dataset import Dataset
from geo.events import tell_cell
from geo.selection import Selection

REST = "further_columns"
"""Name of the column that holds the cells of all others, as JSON."""

_NAMELESS = "column"
_WHOLE = re.compile(r"0|-?[1-9]\d{0,17}", re.ASCII)
_DECIMAL = re.compile(r"-?(?:0|[1-9]\d*)\.\d+", re.ASCII)

Column = np.ndarray[Any, Any]


@dataclass(frozen=True, slots=True)
class OwnColumns:
    """Columns that stand beside the atlas's.

    Parameters
    ----------
    kinds
        By name, the kind of a column's values: text, whole numbers, numbers or truth values.
    renamed
        How many of the names a file cannot hold as they are given.
    """

    kinds: Mapping[str, type] = field(default_factory=lambda: MappingProxyType({}))
    renamed: int = 0
    _columns: Mapping[str, Column] = field(default_factory=lambda: MappingProxyType({}))
    _rest: Mapping[str, Column] = field(default_factory=lambda: MappingProxyType({}))

    def cells(self, row: int | None) -> dict[str, Any]:
        """Return what the columns hold in a row of the events; nothing where the row is no event."""
        if row is None:
            return dict.fromkeys(self.kinds)
        cells = {name: _as_kind(column[row], self.kinds[name]) for name, column in self._columns.items()}
        if self._rest:
            rest = {name: column[row] for name, column in self._rest.items() if not _is_missing(column[row])}
            cells[REST] = json.dumps(rest, ensure_ascii=False, default=str) if rest else None
        return cells


def gather_own_columns(
    dataset: Dataset,
    selection: Selection,
    taken: Iterable[str],
    clean: Callable[[str], str] = drop_unheld,
    *,
    most_columns: int | None = None,
    most_whole: int = (1 << 63) - 1,
) -> OwnColumns:
    """Gather the columns of the shown events that the atlas itself does not read, and that are not empty.

    A column whose texts are all numbers, each written in the one way in which it comes back, is one of numbers.

    Parameters
    ----------
    dataset
        Whose events they are.
    selection
        Which of them are shown.
    taken
        Names that other columns have, in any case: databases tell no capitals apart.
    clean
        What leaves out of a name what the format cannot hold.
    most_columns
        How many stand for themselves, where the format holds no more; the others stand together in `REST`.
    most_whole
        The largest whole number that the format holds.
    """
    events = dataset.events
    if events is None or not len(selection.events):
        return OwnColumns()
    names, kinds, renamed = {each.casefold() for each in (*taken, REST)}, dict[str, type](), 0
    columns, rest = dict[str, Column](), dict[str, Column]()
    for given, column in events.attributes.items():
        values = [value for value in column[selection.events].tolist() if not _is_missing(value)]
        if not values:
            continue
        if len(columns) == most_columns:
            rest[given] = column
            continue
        cleaned = clean(given)
        name = free_name(cleaned or _NAMELESS, names, fold=str.casefold)
        names.add(name.casefold())
        renamed += cleaned != given
        columns[name], kinds[name] = column, _kind_of(values, most_whole)
    if rest:
        kinds[REST] = str
    return OwnColumns(MappingProxyType(kinds), renamed, MappingProxyType(columns), MappingProxyType(rest))


def _is_missing(value: object) -> bool:
    return value is None or value == "" or value != value  # noqa: PLR0124 - no number equals itself but NaN


def _kind_of(values: Sequence[object], most_whole: int) -> type:
    if all(isinstance(value, bool) for value in values):
        return bool
    if any(isinstance(value, bool) for value in values):
        return str
    if all(_is_whole(value, most_whole) for value in values):
        return int
    return float if all(_is_number(value) for value in values) else str


def _is_whole(value: object, most_whole: int) -> bool:
    if isinstance(value, str):
        return _WHOLE.fullmatch(value) is not None and abs(int(value)) <= most_whole
    return isinstance(value, int) and abs(value) <= most_whole


def _is_number(value: object) -> bool:
    if isinstance(value, str):
        if _WHOLE.fullmatch(value):
            return int(float(value)) == int(value)
        return _DECIMAL.fullmatch(value) is not None and repr(float(value)) == value
    return isinstance(value, float) or (isinstance(value, int) and int(float(value)) == value)


def _as_kind(value: object, kind: type) -> Any:
    if _is_missing(value):
        return value if kind is str and value == "" else None
    return tell_cell(value) if kind is str else kind(value)
