"""Which column of a file plays which role, found by names and content where a person leaves it open."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import TypeVar

from geo.intake.column_map import PLACE_ROLES, ROLES, ColumnMap, tell_columns
from geo.intake.column_names import BEGINNINGS, NAMES, fold_name
from geo.intake.date_columns import find_dates, find_last_date, find_last_dates
from geo.intake.exactness import CODES, read_precision
from geo.intake.place_columns import LEAST_SHARE, find_place_columns, share_of_texts
from geo.intake.placing import is_pair, is_wkt
from geo.intake.preset_matching import find_column, find_preset
from geo.intake.presets import Preset
from geo.intake.rows import RawLayer
from geo.intake.texts import NOTHING, text_of

MOST_THEMES = 40
"""Themes that one file may bring: each has a layer of its own on the map and a line of its own in the legend."""

_Told = TypeVar("_Told")
_NAMED_ROLES = tuple(role for role in ROLES if role not in PLACE_ROLES)
_LEAST_FILLING = 0.5
_FIRST_PARTS = frozenset({"startyear", "beginyear"})
_ROUNDED = re.compile(r"\d(?:[.,]\d+)?[eE]\+\d+", re.ASCII)


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
    chosen = find_preset(folded, preset, layer)
    if chosen is not None:
        return _from_preset(chosen, folded, layer)
    places = {} if layer.has_geometry else find_place_columns(layer, folded)
    columns = _find_roles(layer, folded, places)
    return ColumnMap(MappingProxyType(places | columns), found=tell_columns(places | columns, layer))


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
    """Find the last day: its parts, where those of the first are told to be of the first, or what is called alike."""
    first = columns.get("when", ())
    if len(first) == 1:
        return find_last_date(layer, first[0])
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
        found=(
            *_before_columns(suggested, layer),
            *tell_columns(columns, layer, suggested.precision, suggested.levels),
        ),
    )


def _from_preset(preset: Preset, folded: Mapping[str, str], layer: RawLayer) -> ColumnMap:
    columns = {}
    for role, names in preset.columns.items():
        here = tuple(dict.fromkeys(filter(None, (find_column(name, preset, folded) for name in names))))
        # a role that the data set leaves open is not looked for
        if (here or not names) and not (layer.has_geometry and role in PLACE_ROLES):
            columns[role] = here
    if not layer.has_geometry and not {"lon", "lat"} <= columns.keys():
        columns = {role: here for role, here in columns.items() if role not in PLACE_ROLES}
        columns |= find_place_columns(layer, folded)
    if columns.get("id") and _are_rounded(layer, columns["id"][0]):
        columns = {role: here for role, here in columns.items() if here != columns["id"]}
    # what an extract of the data set lacks, or calls otherwise
    columns |= _find_roles(layer, folded, columns)
    if columns.get("id") and "locator" not in columns and preset.columns["locator"] == preset.columns["id"]:
        columns["locator"] = columns["id"]
    levels = _by_column(preset.levels, folded)
    return ColumnMap(
        MappingProxyType(columns),
        labels=preset.labels,
        words=_by_column(preset.words, folded),
        days=_by_column(preset.days, folded),
        precision=preset.precision,
        levels=levels,
        nothing=NOTHING,
        date_forms=preset.date_forms,
        found=(f"The columns are those of {preset.title}.", *tell_columns(columns, layer, preset.precision, levels)),
    )


def _before_columns(mapping: ColumnMap, layer: RawLayer) -> tuple[str, ...]:
    """Return what is told of a suggestion before its columns: the data set that was recognised."""
    columns = tell_columns(mapping.columns, layer, mapping.precision, mapping.levels)
    return mapping.found[: len(mapping.found) - len(columns)]


def _by_column(told: Mapping[str, _Told], folded: Mapping[str, str]) -> Mapping[str, _Told]:
    """Give what a preset tells of columns to those of a layer, by their own names."""
    return MappingProxyType({folded[fold_name(name)]: each for name, each in told.items() if fold_name(name) in folded})


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
    texts = [text for value in layer.sample(column) if (text := text_of(value))]
    return bool(texts) and all(map(_ROUNDED.fullmatch, texts))
