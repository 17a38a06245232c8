"""Drafts of layers become one table of events; what no role took as given is kept as an attribute."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from types import MappingProxyType
from typing import Any

import numpy as np

from geo.events import PRECISION, REQUIRED, EventTable
from geo.intake.column_map import PLACE_ROLES
from geo.intake.drafting import AND, Draft
from geo.model import Precision
from geo.own_tables import OwnTable

_AS_GIVEN = " (as given)"
_TEXT_ROLES = ("id", "name", "statement", "source", "locator")


def make_table(drafts: Sequence[Draft], table: OwnTable) -> EventTable:
    """Make one table of the rows that have an id by now; `table` is what their reader tells of it."""
    drafts = [draft for draft in drafts if not draft.aside]
    kept = [np.array([bool(identity) for identity in draft.columns["id"]], dtype=bool) for draft in drafts]
    columns = {
        role: _join([_cells(draft, role) for draft in drafts], kept)
        for role in (*REQUIRED, *([PRECISION] if any(PRECISION in draft.columns for draft in drafts) else []))
    }
    geometries = _join([draft.shapes for draft in drafts], kept)
    names = dict.fromkeys(name for draft in drafts for name in _attribute_names(draft))
    attributes = {_attribute_name(name): _join([draft.layer.column(name) for draft in drafts], kept) for name in names}
    return EventTable(MappingProxyType(columns), geometries, MappingProxyType(attributes), (table,))


def _cells(draft: Draft, role: str) -> Sequence[str]:
    # where one layer says how exactly its places are known, another may not
    return draft.columns.get(role) or [Precision.EXACT.value] * len(draft.layer.rows)


def _join(
    columns: Sequence[Sequence[Any] | np.ndarray[Any, Any]], kept: Sequence[np.ndarray[Any, Any]]
) -> np.ndarray[Any, Any]:
    """Join columns of several layers to one, with the rows that are kept."""
    parts = [_array(column)[rows] for column, rows in zip(columns, kept, strict=True)]
    return np.concatenate([*parts, np.array([], dtype=object)])


def _array(values: Sequence[Any] | np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    # `np.array` would make a second dimension of lists
    return np.fromiter(values, dtype=object, count=len(values))


def _attribute_names(draft: Draft) -> Iterator[str]:
    """List the columns that are kept beside the roles: all but those that a role took as given, value by value."""
    mapping = draft.mapping
    whole = {mapping.of(role)[0] for role in _TEXT_ROLES if len(mapping.of(role)) == 1}
    whole |= {name for role in ("theme", "when", PRECISION, *PLACE_ROLES) for name in mapping.of(role)}
    changed = {part for _, field, *_ in draft.changes for part in field.split(AND)}
    if "geometry" in changed or any(value for _, value, *_ in draft.refusals.values()) or draft.notes:
        changed |= {name for role in PLACE_ROLES for name in mapping.of(role)}
    kept = changed | draft.kept | set(mapping.of("until"))
    return (name for name in draft.layer.fields if name not in whole or name in kept or _is_angles(draft, name))


def _is_angles(draft: Draft, name: str) -> bool:
    """Tell whether a column of places holds more than plain numbers, so that its own words are worth keeping."""
    if not any(name in draft.mapping.of(role) for role in ("lon", "lat", "latlon", "easting", "northing")):
        return False
    return any(isinstance(value, str) and value and not _is_decimal(value) for value in draft.layer.column(name))


def _is_decimal(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    # Python takes digits of any script
    return text.isascii()


def _attribute_name(name: str) -> str:
    return f"{name}{_AS_GIVEN}" if name in {*REQUIRED, PRECISION, "geometry"} else name
