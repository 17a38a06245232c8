"""Hemispheres in columns of their own, beside latitudes and longitudes without a sign."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product
from types import MappingProxyType
from typing import Any

import numpy as np

from geo.intake.angles import find_sign_of_o
from geo.intake.column_names import fold_name
from geo.intake.placing import show_place
from geo.intake.rows import RawLayer
from geo.intake.texts import texts_of

Degrees = np.ndarray[Any, np.dtype[np.float64]]

_LEAST_LETTERS = 0.8
_SIGNS: Mapping[str, Mapping[str, int]] = MappingProxyType(
    {
        "lat": {"N": 1, "NORTH": 1, "NORD": 1, "NORTE": 1, "S": -1, "SOUTH": -1, "SUD": -1, "SUR": -1, "SUL": -1},
        "lon": {"E": 1, "EAST": 1, "EST": 1, "OST": 1, "ESTE": 1, "W": -1, "WEST": -1, "OUEST": -1, "OESTE": -1},
    }
)
_AXES = {"lat": ("lat", "latitude", "y"), "lon": ("lon", "long", "lng", "longitude", "x")}
_SIDES = {"lat": ("ns", "northsouth", "nors"), "lon": ("ew", "we", "eastwest", "eorw", "eo", "wo")}
_OTHER_SIDE = "The column of its hemisphere says nothing of it, or another than its degrees"
_WRITE_SIDE = "Write N, S, E or W there, and the degrees without a sign"
_APART = "Its hemisphere stands in a column of its own"
_LETTER = re.compile("[NSEWO]", re.IGNORECASE)
_KINDS = ("dir", "direction", "hemisphere", "hemi", "hem", "ref", "sign", "letter", "cardinal", "indicator")


@dataclass(frozen=True, slots=True)
class Turned:
    """What columns of hemispheres did to rows.

    Parameters
    ----------
    changes
        Row, what stood there, the place that it became, and why.
    faults
        By row at fault, the column, its value, the reason and the remedy.
    """

    changes: list[tuple[int, str, str, str]] = field(default_factory=list)
    faults: dict[int, tuple[str, str, str, str]] = field(default_factory=dict)


def find_hemispheres(layer: RawLayer, places: Mapping[str, str]) -> dict[str, str]:
    """Find the columns that tell the hemispheres, where one tells of the south or the west.

    Parameters
    ----------
    layer
        As it was parsed.
    places
        By axis, ``lon`` and ``lat``, the column of degrees.

    Returns
    -------
    dict
        By axis, a column that is called so and holds letters of the axis. Two that are called otherwise count where
        each follows its column of degrees and holds nothing else.
    """
    found = {}
    for axis, column in places.items():
        named = [name for name in layer.fields if fold_name(name).rstrip("0123456789") in _names_of(axis, column)]
        found[axis] = next((name for name in named if _share(layer, name, axis) >= _LEAST_LETTERS), "")
    if not any(found.values()):
        found = {axis: _follower(layer, column) for axis, column in places.items()}
        if not all(name and _share(layer, name, axis) == 1 for axis, name in found.items()):
            return {}
    return {axis: name for axis, name in found.items() if name and _turns(layer, name, axis)}


def read_signs(layer: RawLayer, column: str, axis: str) -> list[int]:
    """Read the sign of each row from its letter: 1 north or east, -1 south or west, 0 where nothing is told."""
    texts = [text.upper() for text in texts_of(layer.column(column))]
    signs = dict(_SIGNS[axis])
    if axis == "lon" and "O" in texts:
        signs["O"] = find_sign_of_o(set(texts), column, {*"EWO"}.__contains__)
    return [signs.get(text, 0) for text in texts]


def turn_hemispheres(layer: RawLayer, columns: Mapping[str, str], xy: Degrees) -> Turned:
    """Give degrees the sign that a column of hemispheres tells.

    Parameters
    ----------
    layer
        As it was parsed.
    columns
        By axis, ``lon`` before ``lat``, the column of degrees.
    xy
        Longitude and latitude of each row, degrees, NaN where there is none; changed in place, and NaN for rows at
        fault.
    """
    turned = Turned()
    sides = find_hemispheres(layer, columns)
    written = {column: texts_of(layer.column(column)) for column in (*columns.values(), *sides.values()) if sides}
    old = xy.copy()
    for place, axis in enumerate(columns):
        if axis not in sides:
            continue
        signs, texts = read_signs(layer, sides[axis], axis), written[columns[axis]]
        for row in np.flatnonzero(np.isfinite(old[:, place])).tolist():
            degrees, sign = float(old[row, place]), signs[row]
            if sign == 0 or (degrees * sign < 0 and (degrees < 0 or _LETTER.search(texts[row]))):
                turned.faults.setdefault(row, (sides[axis], written[sides[axis]][row], _OTHER_SIDE, _WRITE_SIDE))
                xy[row] = np.nan
            elif sign < 0 < degrees:
                xy[row, place] = -degrees
    shown = [
        written[column] for axis in columns for column in (columns[axis], sides.get(axis, "")) if column in written
    ]
    for row in np.flatnonzero(np.isfinite(xy).all(axis=1) & (xy != old).any(axis=1)).tolist():
        words = " ".join(filter(None, (column[row] for column in shown)))
        turned.changes.append((row, words, show_place(*xy[row].tolist()), _APART))
    return turned


def _names_of(axis: str, column: str) -> set[str]:
    """Return what a column of hemispheres is called, as `fold_name` writes it."""
    kinds = (*_KINDS, *_SIDES[axis], "h")
    heads = dict.fromkeys((*_AXES[axis], fold_name(column), *(f"gps{each}" for each in _AXES[axis])))
    joined = {name for head, kind in product(heads, kinds) for name in (head + kind, kind + head)}
    sides = {side + kind for side, kind in product(_SIDES[axis], ("", *_KINDS))}
    return joined | sides | {kind + side for side, kind in product(_SIDES[axis], _KINDS)} | {"hemisphere", "hemi"}


def _turns(layer: RawLayer, column: str, axis: str) -> bool:
    """Tell whether a column says south or west of a row, or O without telling which side that is."""
    signs = zip(read_signs(layer, column, axis), texts_of(layer.column(column)), strict=True)
    return any(sign < 0 or (sign == 0 and text in ("O", "o")) for sign, text in signs)


def _follower(layer: RawLayer, column: str) -> str:
    place = layer.fields.index(column) + 1
    return layer.fields[place] if place < len(layer.fields) else ""


def _share(layer: RawLayer, column: str, axis: str) -> float:
    """Return how many of the first texts of a column are letters of an axis, as a share."""
    texts: Sequence[str] = [text.upper() for text in texts_of(layer.sample(column)) if text]
    known = {*_SIGNS[axis], *("O" if axis == "lon" else "")}
    return sum(text in known for text in texts) / len(texts) if texts else 0.0
