"""Several tables of events as one: each event keeps its table's theme, name and colour, and has an id of its own."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import Any

import numpy as np

from geo.errors import InputError, Problem
from geo.events import PRECISION, REQUIRED, EventTable, make_slug
from geo.model import Precision
from geo.view import LONGEST_ID
from geo.wording import show_value

MOST_THEMES = 200
"""Themes of all tables together: the page numbers them in one byte, those of the atlas among them."""

_GIVEN_ID = "id (as given)"
_MOST_PROBLEMS = 200


def join_events(tables: Sequence[EventTable], taken: Collection[str] = ()) -> EventTable:
    """Join tables of events, in their order.

    Parameters
    ----------
    tables
        One or more.
    taken
        Ids that features have.

    Returns
    -------
    EventTable
        Where tables that tell a title share an id with what comes before them, theirs begins with their title, and the
        id as given is kept as an attribute; a theme that two of them share by its slug stays one for each.

    Raises
    ------
    InputError
        Naming the ids that a table without a title shares, or if there are more than `MOST_THEMES` themes.
    """
    known, parts, themes = set(taken), list[EventTable](), set[str]()
    for table in tables:
        part = _apart(_own_ids(table, known), themes)
        known.update(part.columns["id"].tolist())
        themes.update(key for each in part.tables for key in each.themes)
        parts.append(part)
    joined = parts[0] if len(parts) == 1 else _stack(parts)
    if len(joined.themes) > MOST_THEMES:
        message = (
            f"Limit reached: at most {MOST_THEMES} themes of all tables; these have {len(joined.themes):,}. "
            "Take a table out, or let another of its columns be the theme."
        )
        raise InputError([Problem("limit", message)])
    return joined


def _own_ids(table: EventTable, known: set[str]) -> EventTable:
    """Give events whose id is known already an id that begins with their table's title."""
    ids = table.columns["id"].tolist()
    shared = [row for row, identity in enumerate(ids) if identity in known]
    if not shared:
        return table
    if not table.tables:
        raise InputError(
            [
                Problem(
                    "unique-feature",
                    f"Invalid id '{show_value(ids[row])}'. Several data sets have it. Give each its own.",
                    ids[row],
                )
                for row in shared[:_MOST_PROBLEMS]
            ]
        )
    own, stem = set(ids), table.tables[0].slug or make_slug(table.tables[0].title)
    fresh = table.columns["id"].copy()
    for row in shared:
        fresh[row] = next(each for each in _numbered(f"{stem}-{ids[row]}") if each not in own and each not in known)
        own.add(fresh[row])
    columns = MappingProxyType({**table.columns, "id": fresh})
    attributes = MappingProxyType({_GIVEN_ID: table.columns["id"], **table.attributes})
    return replace(table, columns=columns, attributes=attributes)


def _numbered(stem: str) -> Iterator[str]:
    number = 1
    while True:
        end = "" if number == 1 else f"-{number}"
        yield stem[: LONGEST_ID - len(end)] + end
        number += 1


def _apart(table: EventTable, themes: set[str]) -> EventTable:
    """Give themes of a table that tells their names other slugs where one before it has them."""
    shared = [key for each in table.tables for key in each.themes if key in themes]
    if not shared:
        return table
    own = {key for each in table.tables for key in each.themes}
    renamed = {}
    for key in shared:
        renamed[key] = next(each for each in _numbered_slugs(key) if each not in own and each not in themes)
        own.add(renamed[key])

    def _rename(key: str, name: str, title: str) -> tuple[str, str]:
        return (renamed[key], f"{name} ({title})" if name != title else name) if key in renamed else (key, name)

    column = np.array([renamed.get(key, key) for key in table.columns["theme"].tolist()], dtype=object)
    told = tuple(
        replace(
            each, themes=MappingProxyType(dict(_rename(key, name, each.title) for key, name in each.themes.items()))
        )
        for each in table.tables
    )
    return replace(table, columns=MappingProxyType({**table.columns, "theme": column}), tables=told)


def _numbered_slugs(key: str) -> Iterator[str]:
    number = 2
    while True:
        yield f"{key}-{number}"
        number += 1


def _stack(tables: Sequence[EventTable]) -> EventTable:
    columns = {name: np.concatenate([table.columns[name] for table in tables]) for name in REQUIRED}
    if any(PRECISION in table.columns for table in tables):
        columns[PRECISION] = np.concatenate([_precisions(table) for table in tables])
    names = dict.fromkeys(name for table in tables for name in table.attributes)
    attributes: dict[str, np.ndarray[Any, Any]] = {
        name: np.concatenate([table.attributes.get(name, np.full(len(table), None, dtype=object)) for table in tables])
        for name in names
    }
    return EventTable(
        MappingProxyType(columns),
        np.concatenate([table.geometries for table in tables]),
        MappingProxyType(attributes),
        tuple(each for table in tables for each in table.tables),
    )


def _precisions(table: EventTable) -> np.ndarray[Any, Any]:
    return table.columns.get(PRECISION, np.full(len(table), Precision.EXACT.value, dtype=object))
