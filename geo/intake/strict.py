"""A file of events whose columns are called as the atlas calls them: taken whole, or refused with every fault."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import numpy as np

from geo.errors import InputError, Problem
from geo.events import PRECISION, REQUIRED, check_required
from geo.intake.column_map import PLACE_ROLES
from geo.intake.columns import suggest_mapping
from geo.intake.dating import read_when
from geo.intake.files import read_file
from geo.intake.limits import Limits, limits_from
from geo.intake.locating import locate
from geo.intake.mending import mend_places
from geo.intake.parsing import parse
from geo.intake.rows import Parsed, RawLayer
from geo.intake.texts import text_of
from geo.wording import show_value

Columns = dict[str, np.ndarray[Any, Any]]

_NO_LON_LAT = "Invalid columns. A table of events has its places in lon and lat, in degrees. Add the two columns."


def read_strictly(path: Path) -> tuple[Columns, np.ndarray[Any, Any], Columns]:
    """Read a file of events: its columns `REQUIRED` and `PRECISION` as text, its shapes, and its further columns.

    Parameters
    ----------
    path
        Of any format that `geo.intake.parsing.parse` takes; all layers together.

    Raises
    ------
    InputError
        If it cannot be read, a column is missing, or a row cannot be read or placed: every one of them.
    """
    limits = limits_from(os.environ)
    parsed = _parse(path, limits)
    layers = [layer for layer in parsed.layers if layer.rows] or list(parsed.layers[:1])
    problems = [
        Problem("row", f"Invalid row {each.row} '{show_value(each.value)}'. {each.reason}. {each.remedy}.")
        for each in parsed.refusals
    ]
    columns: dict[str, list[str]] = {name: [] for name in REQUIRED}
    shapes, names = [np.array([], dtype=object)], dict[str, None]()
    if any(PRECISION in layer.fields for layer in layers):
        columns[PRECISION] = []
    for layer in layers:
        check_required(layer.fields)
        for name in columns:
            columns[name] += [text_of(value) for value in layer.column(name)]
        places, faults = _place(layer, limits)
        shapes.append(places)
        problems += faults
        names |= dict.fromkeys(name for name in layer.fields if name not in columns)
    if problems:
        raise InputError(problems)
    # a date with a time of day is that day
    columns["when"] = [read_when(text) or text for text in columns["when"]]
    attributes = {name: _array([value for layer in layers for value in layer.column(name)]) for name in names}
    return {name: _array(values) for name, values in columns.items()}, np.concatenate(shapes), attributes


def _parse(path: Path, limits: Limits) -> Parsed:
    try:
        return parse(read_file(path, limits), path.name, limits)
    except InputError as error:
        file = show_value(path.name)
        raise InputError(
            [problem if problem.rule in {"file", "setting"} else _problem(problem, file) for problem in error.problems]
        ) from None


def _problem(problem: Problem, file: str) -> Problem:
    return Problem(problem.rule, f"Invalid file '{file}'. It cannot be read as a table of events: {problem.message}")


def _place(layer: RawLayer, limits: Limits) -> tuple[np.ndarray[Any, Any], list[Problem]]:
    mapping = suggest_mapping(layer)
    if not layer.has_geometry and not any(mapping.of(role) for role in PLACE_ROLES):
        raise InputError([Problem("columns", _NO_LON_LAT)])
    places = locate(layer, mapping, limits)
    ids = layer.column("id")
    # a row may stand without a place; one that is there and cannot be read is a fault
    places.faults = {row: fault for row, fault in places.faults.items() if fault[1]}
    mend_places(places, layer.crs, (), limits)
    problems = [
        Problem(
            "coordinates",
            f"Invalid place '{show_value(value)}'. {reason}. {remedy}.",
            text_of(ids[row]),
        )
        for row, (_, value, reason, remedy) in sorted(places.faults.items())
    ]
    return places.shapes, problems


def _array(values: list[Any]) -> np.ndarray[Any, Any]:
    # `np.array` would make a second dimension of lists
    return np.fromiter(values, dtype=object, count=len(values))
