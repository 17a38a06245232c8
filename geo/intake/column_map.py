"""Which column of a file plays which role, as a person writes it and as it is told to one."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from types import MappingProxyType
from typing import Self

from geo.errors import InputError, Problem
from geo.intake.nameless import may_be_swapped
from geo.intake.rows import RawLayer
from geo.model import Precision
from geo.wording import show_value

PLACE_ROLES = ("lon", "lat", "latlon", "wkt", "easting", "northing")
"""Where a row lies: degrees in two columns, both in one (latitude first), well-known text, or metres of a CRS."""

ROLES = (*PLACE_ROLES, "id", "name", "theme", "when", "until", "statement", "source", "locator", "precision")
"""All roles; ``until`` is the last day of what began on ``when``, ``precision`` how exactly the place is known."""

JOINED_ROLES = frozenset({"name", "statement", "source", "locator"})
"""Roles that several columns may play together, their texts joined by commas."""

_MOST_NAMED = 12

_MEANINGS = MappingProxyType(
    {
        "lon": "Longitude",
        "lat": "Latitude",
        "latlon": "Latitude and longitude",
        "wkt": "Shape (well-known text)",
        "easting": "Easting",
        "northing": "Northing",
        "id": "Id",
        "name": "Name",
        "theme": "Theme",
        "when": "Date",
        "until": "Last day",
        "statement": "Statement",
        "source": "Source",
        "locator": "Place in the source",
        "precision": "How exactly the place is known",
    }
)
_STAND_INS = MappingProxyType(
    {
        "id": "none, made from the file's title and the row's number",
        "name": "none, the id stands instead",
        "theme": "none, the file is one theme",
        "when": "none, the rows are undated",
        "statement": "none, the name stands instead",
        "source": "none, the file's title stands instead",
        "locator": "none, the row's number stands instead",
    }
)
_DRAWN_AS = MappingProxyType(
    {
        Precision.EXACT: "none, each place is drawn as exact",
        Precision.APPROXIMATE: "none, each place is drawn as approximate, since this data set has none more exact",
        Precision.AREA: "none, each place is drawn as somewhere in an area, since this data set has none more exact",
    }
)


@dataclass(frozen=True, slots=True)
class ColumnMap:
    """Which columns play which role, and what stands for roles that no column plays.

    Parameters
    ----------
    columns
        By role, the columns that play it: one, or several of `JOINED_ROLES`; none where the role is left open. Year,
        month and day may play ``when`` together, in that order, and ``until``.
    crs
        What the coordinates are counted in, such as ``EPSG:32636``; ``None`` takes what the file states, else
        degrees on WGS 84.
    labels
        Words for codes of the theme column, such as ``1``; a code that is not listed keeps its own.
    words
        By column, words for its codes where it is one of several that make a text; the codes stay attributes.
    nothing
        Words that stand for no text, since the data set has no texts like them (`geo.intake.texts.NOTHING`).
    date_forms
        Forms of dates that are read besides ISO 8601 and EDTF (`geo.intake.dating.FORMS`).
    days
        By column of dates, how many days begin with each of them.
    precision
        How exactly places are known where no column says it: exactly, or as the most exact of the data set.
    levels
        By column that names a place, how exactly a row is known of which it is the finest name, from the finest on;
        where a column says how exactly, that is taken.
    preset
        Key of `geo.intake.presets.PRESETS` from which what is left open is taken; empty recognises it.
    found
        What was found and why, as sentences for a person; empty in what a person wrote.
    """

    columns: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))
    crs: str | None = None
    labels: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    words: Mapping[str, Mapping[str, str]] = field(default_factory=lambda: MappingProxyType({}))
    nothing: frozenset[str] = frozenset()
    date_forms: tuple[str, ...] = ()
    days: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    precision: Precision = Precision.EXACT
    levels: Mapping[str, Precision] = field(default_factory=lambda: MappingProxyType({}))
    preset: str = ""
    found: tuple[str, ...] = ()

    def of(self, role: str) -> tuple[str, ...]:
        """Return the columns that play a role; none where it is open."""
        return self.columns.get(role, ())

    def days_of(self, role: str) -> int:
        """Return how many days begin with each date of a role's columns."""
        return max((self.days.get(column, 1) for column in self.of(role)), default=1)

    def place(self, role: str, *columns: str) -> Self:
        """Return a map in which other columns, or none, play a role.

        Raises
        ------
        InputError
            If there is no such role, or it takes one column only.
        """
        if role not in ROLES:
            message = f"Invalid role '{show_value(role)}'. It is one of {', '.join((*ROLES, 'crs'))}. Correct it."
            raise InputError([Problem("column-map", message)])
        if len(columns) > 1 and role not in JOINED_ROLES:
            message = f"Invalid columns '{show_value(', '.join(columns))}'. One column plays {role}. Name one."
            raise InputError([Problem("column-map", message)])
        return replace(self, columns=MappingProxyType({**self.columns, role: columns}))


def check_columns(mapping: ColumnMap, layers: Sequence[RawLayer]) -> None:
    """Check that each column of a person's map stands in one of the layers.

    Raises
    ------
    InputError
        Naming every column that does not.
    """
    present = dict.fromkeys(name for layer in layers for name in layer.fields)
    known = ", ".join(show_value(name, 30) for name in islice(present, _MOST_NAMED)) or "no columns"
    known += ", …" if len(present) > _MOST_NAMED else ""
    problems = [
        Problem(
            "column-map", f"Invalid column '{show_value(name)}' for {role}. The file has {known}. Name one of them."
        )
        for role, names in mapping.columns.items()
        for name in names
        if name not in present
    ]
    if problems:
        raise InputError(problems)


_EITHER_WAY = (
    "The numbers leave open which of the two is the latitude: choose the columns if it is the other way round."
)


def tell_columns(
    columns: Mapping[str, tuple[str, ...]],
    layer: RawLayer,
    precision: Precision = Precision.EXACT,
    levels: Collection[str] = (),
) -> tuple[str, ...]:
    """Tell in sentences which columns of a layer play which role, in the order of `ROLES`, and what stands for none."""
    finest = f"the finest that is filled of {_name_columns(levels)}"
    stand_ins = {**_STAND_INS, "precision": finest if levels else _DRAWN_AS[precision]}
    words = ["The places are the file's own shapes."] if layer.has_geometry else []
    played = [role for role in ROLES if columns.get(role)]
    words += [f"{_MEANINGS[role]}: {_name_columns(columns[role])}." for role in played]
    degrees = [columns[role][0] for role in ("lon", "lat") if role in played]
    if len(degrees) == 2 and may_be_swapped(layer, *degrees):
        words.append(_EITHER_WAY)
    missing = [role for role in stand_ins if role not in played]
    words += [f"{_MEANINGS[role]}: {stand_ins[role]}." for role in missing]
    if not layer.has_geometry and not any(role in PLACE_ROLES for role in played):
        words.append("No column with places was found.")
    return tuple(words)


def _name_columns(names: Collection[str]) -> str:
    return " and ".join(f"column {show_value(name)!r}" for name in names)
