"""Drafts of layers become one table of events; what no role took as given is kept as an attribute."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from types import MappingProxyType
from typing import Any

import numpy as np

from geo.events import PRECISION, REQUIRED, EventTable
from geo.intake.columns import PLACE_ROLES
from geo.intake.drafting import AND, Draft
from geo.model import Precision
from geo.own_tables import OwnTable

_AS_GIVEN = " (as given)"
_TEXT_ROLES = ("id", "name", "statement", "source", "locator")


def make_table(drafts: Sequence[Draft], table: OwnTable) -> EventTable:
    """Make one table of the rows that have an id by now; `table` is what their reader tells of it."""
    drafts = [draft for draft in drafts if not draft.aside]
    kept = [[row for row in range(len(draft.layer.rows)) if draft.columns["id"][row]] for draft in drafts]
    columns = {
        role: _array([_cell(draft, role, row) for draft, rows in zip(drafts, kept, strict=True) for row in rows])
        for role in (*REQUIRED, *([PRECISION] if any(PRECISION in draft.columns for draft in drafts) else []))
    }
    shapes = [draft.shapes[rows] for draft, rows in zip(drafts, kept, strict=True)]
    geometries = np.concatenate([*shapes, np.array([], dtype=object)]) if shapes else np.array([], dtype=object)
    names = dict.fromkeys(name for draft in drafts for name in _attribute_names(draft))
    attributes = {
        _attribute_name(name): _array(
            [draft.layer.rows[row].values.get(name) for draft, rows in zip(drafts, kept, strict=True) for row in rows]
        )
        for name in names
    }
    return EventTable(MappingProxyType(columns), geometries, MappingProxyType(attributes), (table,))


def _cell(draft: Draft, role: str, row: int) -> str:
    # where one layer says how exactly its places are known, another may not
    return draft.columns[role][row] if role in draft.columns else Precision.EXACT.value


def _array(values: list[Any]) -> np.ndarray[Any, Any]:
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
    return any(
        isinstance(value, str) and value and not _is_decimal(value)
        for value in (row.values.get(name) for row in draft.layer.rows)
    )


def _is_decimal(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


def _attribute_name(name: str) -> str:
    return f"{name}{_AS_GIVEN}" if name in {*REQUIRED, PRECISION, "geometry"} else name
