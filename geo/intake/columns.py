"""Which column of a file plays which role: found by name and content, shown to a person, and changed by them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from types import MappingProxyType
from typing import Self

from geo.errors import InputError, Problem
from geo.intake.column_names import BEGINNINGS, NAMES, fold_name
from geo.intake.date_columns import find_dates, find_last_dates
from geo.intake.exactness import CODES, read_precision
from geo.intake.place_columns import LEAST_SHARE, find_place_columns, share_of_texts
from geo.intake.placing import is_pair, is_wkt
from geo.intake.presets import FURTHER, PRESETS, Preset
from geo.intake.rows import RawLayer
from geo.intake.texts import NOTHING, text_of
from geo.wording import show_value

PLACE_ROLES = ("lon", "lat", "latlon", "wkt", "easting", "northing")
"""Where a row lies: degrees in two columns, both in one (latitude first), well-known text, or metres of a CRS."""

ROLES = (*PLACE_ROLES, "id", "name", "theme", "when", "until", "statement", "source", "locator", "precision")
"""All roles; ``until`` is the last day of what began on ``when``, ``precision`` how exactly the place is known."""

JOINED_ROLES = frozenset({"name", "statement", "source", "locator"})
"""Roles that several columns may play together, their texts joined by commas."""

MOST_THEMES = 40
"""Themes that one file may bring: each has a layer of its own on the map and a line of its own in the legend."""

_NAMED_ROLES = tuple(role for role in ROLES if role not in PLACE_ROLES)
_SAMPLE_ROWS = 200
_LEAST_FILLING = 0.5
_MOST_NAMED = 12
_SHAPEFILE_NAME = 10
_FIRST_PARTS = frozenset({"startyear", "beginyear"})
_ROUNDED = re.compile(r"\d(?:[.,]\d+)?[eE]\+\d+", re.ASCII)


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
    preset: str = ""
    found: tuple[str, ...] = ()

    def of(self, role: str) -> tuple[str, ...]:
        """Return the columns that play a role; none where it is open."""
        return self.columns.get(role, ())

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


def suggest_mapping(layer: RawLayer, preset: str = "") -> ColumnMap:
    """Suggest which column plays which role, and tell in words what was found.

    Parameters
    ----------
    layer
        As it was parsed.
    preset
        Key of `geo.intake.presets.PRESETS`; empty takes the one whose columns the layer has, if any.

    Raises
    ------
    InputError
        If there is no such preset, or the layer lacks the columns that it needs.
    """
    folded: dict[str, str] = {}
    for name in layer.fields:
        folded.setdefault(fold_name(name), name)
    chosen = _find_preset(folded, preset, layer)
    if chosen is not None:
        return _from_preset(chosen, folded, layer)
    places = {} if layer.has_geometry else find_place_columns(layer, folded)
    columns = _find_roles(layer, folded, places)
    return ColumnMap(MappingProxyType(places | columns), found=_tell(places | columns, layer))


def _find_roles(
    layer: RawLayer, folded: Mapping[str, str], given: Mapping[str, tuple[str, ...]]
) -> dict[str, tuple[str, ...]]:
    """Find by names and content which columns play the roles that are not given, and play none of those."""
    columns: dict[str, tuple[str, ...]] = {}
    taken = {name for names in given.values() for name in names}
    for role in _NAMED_ROLES:
        if role in given:
            continue
        named = [folded[name] for name in NAMES[role] if name in folded and folded[name] not in taken]
        able = [column for column in named if _plays(role, column, layer, {**given, **columns})]
        found: tuple[str, ...] = (_fullest(role, able, layer),) if able else ()
        if role == "when":
            found = find_dates(layer, found[0] if found else None, taken)
        elif role == "until":
            found = found or _find_last(layer, columns)
        if found:
            columns[role] = found
    return columns


def _find_last(layer: RawLayer, columns: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """Find the parts of the last day, where those of the first are told to be of the first."""
    first = columns.get("when", ())
    return find_last_dates(layer) if first and fold_name(first[0]) in _FIRST_PARTS else ()


def fit_mapping(mapping: ColumnMap | None, layer: RawLayer) -> ColumnMap:
    """Complete a person's map for a layer: what it leaves open, or names of other layers, is suggested.

    Parameters
    ----------
    mapping
        The person's; ``None`` is wholly suggested. A role given with no column stays open.
    layer
        As it was parsed.

    Raises
    ------
    InputError
        As `suggest_mapping`.
    """
    suggested = suggest_mapping(layer, mapping.preset if mapping else "")
    if mapping is None:
        return suggested
    columns = dict(suggested.columns)
    for role, names in mapping.columns.items():
        here = tuple(name for name in names if name in layer.fields)
        if here or not names:
            columns[role] = here
    if any(mapping.of(role) and columns.get(role) == mapping.of(role) for role in PLACE_ROLES):
        # a place that a person names stands alone
        named = {role for role in PLACE_ROLES if mapping.of(role)}
        columns = {role: names for role, names in columns.items() if role not in PLACE_ROLES or role in named}
    return replace(
        suggested,
        columns=MappingProxyType(columns),
        crs=mapping.crs or suggested.crs,
        labels=mapping.labels or suggested.labels,
        date_forms=mapping.date_forms or suggested.date_forms,
        found=_tell(columns, layer),
    )


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


def _find_preset(folded: Mapping[str, str], key: str, layer: RawLayer) -> Preset | None:
    if not key:
        return next((each for each in (*PRESETS.values(), *FURTHER) if _is_of(each, folded, layer)), None)
    if key not in PRESETS:
        message = f"Invalid preset '{show_value(key)}'. It is one of {', '.join(PRESETS)}. Correct it."
        raise InputError([Problem("preset", message)])
    preset = PRESETS[key]
    missing = _missing(preset, folded, layer)
    if missing:
        message = (
            f"Invalid preset '{key}'. It needs the columns {', '.join(preset.needs)}; "
            f"the file lacks {', '.join(missing)}. Leave the preset out, or name the columns one by one."
        )
        raise InputError([Problem("preset", message)])
    return preset


def _is_of(preset: Preset, folded: Mapping[str, str], layer: RawLayer) -> bool:
    """Tell whether a layer is of a data set, and whole enough for its preset."""
    marked = any(all(_find_column(name, preset, folded) for name in group) for group in preset.marks)
    return marked and not _missing(preset, folded, layer)


def _missing(preset: Preset, folded: Mapping[str, str], layer: RawLayer) -> list[str]:
    """List the columns that a preset needs and a layer lacks; places of another name or shape stand for its own."""
    places = {name for role in PLACE_ROLES for name in preset.columns.get(role, ())}
    missing = [name for name in preset.needs if not _find_column(name, preset, folded)]
    if not places.isdisjoint(missing) and (layer.has_geometry or find_place_columns(layer, folded)):
        return [name for name in missing if name not in places]
    return missing


def _find_column(name: str, preset: Preset, folded: Mapping[str, str]) -> str | None:
    """Find a column of a preset, or what stands for it, by its name or as a Shapefile cuts it."""
    written = (part for each in (name, *preset.instead.get(name, ())) for part in (each, each[:_SHAPEFILE_NAME]))
    return next((folded[each] for each in map(fold_name, written) if each in folded), None)


def _from_preset(preset: Preset, folded: Mapping[str, str], layer: RawLayer) -> ColumnMap:
    columns = {}
    for role, names in preset.columns.items():
        here = tuple(dict.fromkeys(filter(None, (_find_column(name, preset, folded) for name in names))))
        if here and not (layer.has_geometry and role in PLACE_ROLES):
            columns[role] = here
    if not layer.has_geometry and not {"lon", "lat"} <= columns.keys():
        columns = {role: here for role, here in columns.items() if role not in PLACE_ROLES}
        columns |= find_place_columns(layer, folded)
    if "id" in columns and _are_rounded(layer, columns["id"][0]):
        columns = {role: here for role, here in columns.items() if here != columns["id"]}
    # what an extract of the data set lacks, or calls otherwise
    columns |= _find_roles(layer, folded, columns)
    if "id" in columns and "locator" not in columns and preset.columns["locator"] == preset.columns["id"]:
        columns["locator"] = columns["id"]
    return ColumnMap(
        MappingProxyType(columns),
        labels=preset.labels,
        words=MappingProxyType({folded[fold_name(n)]: w for n, w in preset.words.items() if fold_name(n) in folded}),
        nothing=NOTHING,
        date_forms=preset.date_forms,
        found=(f"The columns are those of {preset.title}.", *_tell(columns, layer)),
    )


def _plays(role: str, column: str, layer: RawLayer, columns: Mapping[str, tuple[str, ...]]) -> bool:
    """Tell whether a column that is called after a role can play it."""
    if role == "id" and _are_rounded(layer, column):
        return False
    if role == "until":
        return "when" in columns and fold_name(columns["when"][0]) in BEGINNINGS
    if role == "theme":
        values = {text_of(value) for value in layer.column(column)} - {""}
        return 0 < len(values) <= MOST_THEMES
    if role == "name" and any(share_of_texts(layer, column, test) >= LEAST_SHARE for test in (is_pair, is_wkt)):
        return False
    if role == "precision":
        texts = {text_of(value) for value in layer.column(column)} - {""}
        # a column of that name may hold metres, unless its name tells which codes it holds
        return any(fold_name(column) in CODES or read_precision(text, column) for text in texts)
    return any(text_of(value) for value in layer.column(column))


def _fullest(role: str, columns: Sequence[str], layer: RawLayer) -> str:
    """Return the first of columns that is not mostly empty or is called as the role itself; the first if none is."""
    if len(columns) == 1:
        return columns[0]
    filled = (column for column in columns if fold_name(column) == role or _filling(layer, column) >= _LEAST_FILLING)
    return next(filled, columns[0])


def _filling(layer: RawLayer, column: str) -> float:
    values = layer.column(column)
    return sum(bool(text_of(value)) for value in values) / len(values) if values else 0.0


def _are_rounded(layer: RawLayer, column: str) -> bool:
    """Tell whether a spreadsheet has rounded long ids to such as 2.01E+11, so that they tell no rows apart."""
    texts = [text for value in layer.column(column, _SAMPLE_ROWS) if (text := text_of(value))]
    return bool(texts) and all(map(_ROUNDED.fullmatch, texts))


def _tell(columns: Mapping[str, tuple[str, ...]], layer: RawLayer) -> tuple[str, ...]:
    """Tell a map in sentences, role by role in the order of `ROLES`."""
    words = ["The places are the file's own shapes."] if layer.has_geometry else []
    played = [role for role in ROLES if columns.get(role)]
    words += [
        f"{_MEANINGS[role]}: {' and '.join(f'column {show_value(name)!r}' for name in columns[role])}."
        for role in played
    ]
    missing = [role for role in _STAND_INS if role not in played]
    words += [f"{_MEANINGS[role]}: {_STAND_INS[role]}." for role in missing]
    if not layer.has_geometry and not any(role in PLACE_ROLES for role in played):
        words.append("No column with places was found.")
    return tuple(words)


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
        "precision": "none, each place is drawn as exact",
    }
)
