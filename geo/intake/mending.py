"""What is often wrong with places, recognised and offered to be mended; nothing is mended that was not asked for."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import numpy as np
import pyproj
import shapely

from geo.errors import InputError, Problem
from geo.intake.dating import FORM_WORDS
from geo.intake.limits import Limits
from geo.intake.placing import show_place
from geo.intake.referencing import (
    HOME_DEG,
    PROJECTIONS,
    Shapes,
    guess_projections,
    is_degrees,
    read_crs,
    to_degrees,
    within,
)
from geo.intake.rings import find_sound
from geo.wording import show_value

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

EARTH_DEG = (-180.0, -90.0, 180.0, 90.0)
_EASTWARD_DEG = (0.0, -90.0, 360.0, 90.0)
_EAST_HALF_DEG = (0.0, -90.0, 180.0, 90.0)
_WEST_HALF_DEG = (180.0, -90.0, 360.0, 90.0)
_LEAST_EASTWARD = 0.9
_TURN_DEG = 360.0
_DECIMALS = 12
_TURNED = "Its longitude was counted from 0 to 360; 360 was taken from what lies over 180"
_CUT = "Its longitudes were counted from 0 to 360; 360 was taken from what lies over 180, and the shape was cut there"
MOST_RING_VERTICES = 1_000
"""Vertices of a self-crossing shape that is mended at all: the time goes with their square, some seconds at 1,000."""

_RING_BUDGET = 2 * MOST_RING_VERTICES**2
_METRES = 360.0

MENDS: Mapping[str, str] = MappingProxyType(
    {
        "swap-coordinates": "exchange longitude and latitude where they stand in the wrong order",
        "wrap-longitudes": "take 360 from longitudes over 180 where they are counted from 0 to 360",
        **{key: f"read the numbers as {words}" for key, (_, words) in PROJECTIONS.items()},
        "degrees": "read the numbers as degrees, though the file says that they are metres",
        "number-ids": "give rows whose id another has already an id of their own, with a number after it",
        **{key: f"read dates as {words}" for key, words in FORM_WORDS.items()},
        "untangle-rings": "redraw shapes whose rings cross themselves, so that they cover what they enclose",
    }
)
"""All mends by kind, and what each does."""


_IN_REGION, _ON_EARTH = "in the region", "on the earth"


@dataclass(frozen=True, slots=True)
class Mend:
    """A mend that is offered or was made.

    Parameters
    ----------
    kind
        Key of `MENDS`, by which it is asked for.
    rows
        How many rows it concerns.
    words
        What was found and what the mend does, as a sentence.
    whole, place, where
        Of how many places the rows are some, one of them, and where they would lie; where `words` says it.
    """

    kind: str
    rows: int
    words: str
    whole: int = 0
    place: str = ""
    where: str = ""


def add_offers(first: Mend, second: Mend) -> Mend:
    """Add up what two layers are offered of one kind; what the sentence counts, it counts in both.

    Examples
    --------
    >>> rings = Mend("untangle-rings", 2, _tell_rings(2))
    >>> add_offers(rings, rings).words[:38]
    'Rings cross themselves in 4 of the sha'
    """
    rows, whole = first.rows + second.rows, first.whole + second.whole
    where = first.where if first.where == second.where else _ON_EARTH
    words = first.words
    if first.kind == "swap-coordinates":
        words = _tell_swap(rows, whole, first.place, where)
    elif first.kind == "untangle-rings":
        words = _tell_rings(rows)
    return Mend(first.kind, rows, words, whole, first.place, where)


def _tell_swap(rows: int, whole: int, place: str, where: str) -> str:
    if rows < whole:
        return (
            f"{rows:,} of {whole:,} places, such as '{place}', would lie {where} with longitude and "
            "latitude exchanged; the others stay as they are."
        )
    return f"Places such as '{place}' lie {where} once longitude and latitude are exchanged."


def _tell_rings(rows: int) -> str:
    return f"Rings cross themselves in {rows} of the shapes; they can be redrawn to cover what they enclose."


@dataclass(slots=True)
class Places:
    """The places of a layer's rows, while they are brought to degrees and mended.

    Parameters
    ----------
    shapes
        By row; ``None`` where there is none.
    faults
        By row at fault, the field, value, reason and remedy.
    changes
        By row, the old place, the new and the reason.
    offered
        Mends that would help and were not asked for.
    notes
        What else is to be known.
    """

    shapes: Shapes
    faults: dict[int, tuple[str, str, str, str]] = field(default_factory=dict)
    changes: list[tuple[int, str, str, str]] = field(default_factory=list)
    offered: list[Mend] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def drop(self, rows: np.ndarray[Any, Any], reason: str, remedy: str, field_name: str = "geometry") -> None:
        """Set the shapes of rows aside, each with its reason."""
        for row in rows.tolist():
            self.faults.setdefault(row, (field_name, _place_of(self.shapes[row]), reason, remedy))
            self.shapes[row] = None

    def change(self, rows: np.ndarray[Any, Any], shapes: Shapes, reason: str) -> None:
        """Put other shapes in place of those of rows, each listed."""
        for row, new in zip(rows.tolist(), shapes, strict=True):
            self.changes.append((row, _place_of(self.shapes[row]), _place_of(new), reason))
            self.shapes[row] = new


def check_mends(mends: Collection[str]) -> None:
    """Check that mends that were asked for exist.

    Raises
    ------
    InputError
        Naming each that does not.
    """
    problems = [
        Problem("mend", f"Invalid mend '{show_value(kind)}'. It is one of {', '.join(MENDS)}. Correct it.")
        for kind in mends
        if kind not in MENDS
    ]
    if problems:
        raise InputError(problems)


def mend_places(places: Places, crs_text: str | None, mends: Collection[str], limits: Limits) -> None:
    """Bring places to degrees on WGS 84, mend what was asked for, offer the rest, set aside what lies nowhere.

    Parameters
    ----------
    places
        In the layer's own coordinates; brought on in place.
    crs_text
        What the layer or a person states of them; ``None`` where nothing is.
    mends
        Kinds that were asked for.
    limits
        Held for the time that it takes to see whether rings cross.

    Raises
    ------
    InputError
        If the CRS is stated and not known, or the time is not enough.
    """
    _drop_unusable(places)
    crs = read_crs(crs_text) if crs_text else None
    if crs is not None and not is_degrees(crs):
        _turn_round(places, crs, mends)
    _mend_projected(places, mends)
    _mend_swapped(places, mends)
    _mend_eastward(places, mends)
    _drop_off_the_earth(places)
    _mend_rings(places, mends, limits)


def _drop_unusable(places: Places) -> None:
    empty = np.flatnonzero(shapely.is_empty(places.shapes))
    places.drop(empty, "A shape has at least one position", "Give one, or leave the shape out")
    bounds = shapely.bounds(places.shapes)
    present = ~shapely.is_missing(places.shapes)
    endless = np.flatnonzero(present & ~np.isfinite(bounds).all(axis=1))
    places.drop(endless, "A position is two finite numbers", "Correct it")


def _turn_round(places: Places, crs: pyproj.CRS, mends: Collection[str]) -> None:
    present = np.flatnonzero(~shapely.is_missing(places.shapes))
    looks_degrees = within(places.shapes[present], EARTH_DEG)
    if not crs.is_geographic and len(present) and looks_degrees.all():
        words = f"The file says '{show_value(crs.name)}', a CRS in metres, and all its numbers are degrees."
        if "degrees" in mends:
            places.notes.append(f"{words} They were read as degrees.")
            places.change(present, places.shapes[present].copy(), "Read as degrees, against the file's own CRS")
            return
        places.offered.append(Mend("degrees", len(present), f"{words} They can be read as degrees."))
    turned = to_degrees(places.shapes[present], crs)
    places.notes.append(f"Coordinates were turned from {show_value(crs.name)} to degrees on WGS 84.")
    lost = ~np.isfinite(shapely.bounds(turned)).all(axis=1)
    places.drop(present[lost], f"It lies outside what {show_value(crs.name)} covers", "Correct the place or the CRS")
    kept = present[~lost]
    # two masks, since boolean assignment of an object array takes shapes for sequences
    for row, shape in zip(kept.tolist(), turned[~lost], strict=True):
        places.shapes[row] = shape


def _mend_projected(places: Places, mends: Collection[str]) -> None:
    rows = np.flatnonzero(_reach(places.shapes) > _METRES)
    if not len(rows):
        return
    shapes = places.shapes[rows]
    for key, inside in guess_projections(shapes).items():
        crs, words = PROJECTIONS[key]
        if key in mends:
            chosen = rows[inside]
            places.change(chosen, to_degrees(places.shapes[chosen], pyproj.CRS(crs)), f"Read as {words}")
            return
        told = f"Numbers such as '{_place_of(shapes[0])}' are no degrees; read as {words}, they lie in the region."
        places.offered.append(Mend(key, int(inside.sum()), told))


def _mend_swapped(places: Places, mends: Collection[str]) -> None:
    present = np.flatnonzero(~shapely.is_missing(places.shapes))
    shapes = places.shapes[present]
    swapped = shapely.transform(shapely.force_2d(shapes), lambda points: points[:, ::-1])
    beyond = ~within(shapes, EARTH_DEG) & within(swapped, EARTH_DEG)
    abroad = within(swapped, HOME_DEG) & ~within(shapes, HOME_DEG) & within(shapes, EARTH_DEG)
    at_home = abroad | within(shapes, HOME_DEG)
    # places abroad may be right, but hardly in a table of which most lie at home once those are swapped
    wrong = beyond | abroad if len(present) and at_home.mean() >= 0.5 else beyond
    rows = present[wrong]
    if not len(rows):
        return
    if "swap-coordinates" in mends:
        places.change(rows, swapped[wrong], "Longitude and latitude were exchanged")
        return
    where = _IN_REGION if abroad[wrong].all() else _ON_EARTH
    place, whole = _place_of(places.shapes[rows[0]]), len(present)
    told = _tell_swap(len(rows), whole, place, where)
    places.offered.append(Mend("swap-coordinates", len(rows), told, whole, place, where))


def _mend_eastward(places: Places, mends: Collection[str]) -> None:
    """Mend longitudes that are counted eastward from 0 to 360: some lie over 180, and none below 0."""
    present = np.flatnonzero(~shapely.is_missing(places.shapes))
    shapes = places.shapes[present]
    bounds = shapely.bounds(shapes)
    fits = within(shapes, _EASTWARD_DEG)
    over = fits & (bounds[:, 2] > EARTH_DEG[2]) if len(present) else fits
    # a few places that lie nowhere are faults of their own; more of them are pixels or metres
    if not over.any() or bounds[:, 0].min() < 0 or fits.mean() < _LEAST_EASTWARD:
        return
    rows = present[over]
    if "wrap-longitudes" in mends:
        turned = _wrap(shapes[over])
        is_cut = (bounds[over, 0] < EARTH_DEG[2]) & (shapely.get_dimensions(shapes[over]) > 0)
        places.change(rows[~is_cut], turned[~is_cut], _TURNED)
        sound = is_cut & ~shapely.is_missing(turned)
        places.change(rows[sound], turned[sound], _CUT)
        return
    place = _place_of(places.shapes[rows[0]])
    told = f"Longitudes such as that of '{place}' are counted from 0 to 360; 360 can be taken from those over 180."
    places.offered.append(Mend("wrap-longitudes", len(rows), told))


def _wrap(shapes: Shapes) -> Shapes:
    """Take 360 from longitudes over 180; lines and areas across 180 are cut there, and ``None`` where that fails."""
    turned = shapely.transform(shapes, lambda points: np.where(points[:, :1] > EARTH_DEG[2], _less(points), points))
    west = shapely.bounds(shapes)[:, 0]
    for row in np.flatnonzero(shapely.get_dimensions(shapes) > 0).tolist():
        turned[row] = _turn_back(shapes[row]) if west[row] >= EARTH_DEG[2] else _cut(shapes[row])
    return turned


def _turn_back(shape: BaseGeometry) -> BaseGeometry:
    return shapely.transform(shape, _less)


def _less(points: Shapes) -> Shapes:
    """Take 360 from longitudes, and leave no more decimals than they had."""
    return np.round(points - [_TURN_DEG, 0.0], _DECIMALS)


def _cut(shape: BaseGeometry) -> BaseGeometry | None:
    """Cut a line or area at longitude 180 and turn back what lies beyond; what only touches the cut is left out."""
    dimension = shapely.get_dimensions(shape)
    if not shape.is_valid or shape.geom_type == "GeometryCollection":
        return None
    halves = [shapely.intersection(shape, shapely.box(*half)) for half in (_EAST_HALF_DEG, _WEST_HALF_DEG)]
    parts = [*shapely.get_parts(halves[0]), *map(_turn_back, shapely.get_parts(halves[1]))]
    parts = [part for part in parts if not part.is_empty and shapely.get_dimensions(part) == dimension]
    joined: BaseGeometry = shapely.multilinestrings(parts) if dimension == 1 else shapely.multipolygons(parts)
    return joined


def _drop_off_the_earth(places: Places) -> None:
    present = np.flatnonzero(~shapely.is_missing(places.shapes))
    rows = present[~within(places.shapes[present], EARTH_DEG)]
    kinds = [mend.kind for mend in places.offered if mend.kind != "untangle-rings"]
    remedy = f"Try the mend {' or '.join(kinds)}" if kinds else "Correct the numbers, or name the CRS that they are in"
    places.drop(rows, "Longitude lies within 180 degrees and latitude within 90", remedy)


def _mend_rings(places: Places, mends: Collection[str], limits: Limits) -> None:
    present = np.flatnonzero(~shapely.is_missing(places.shapes))
    rows = present[~find_sound(places.shapes[present], limits)]
    if not len(rows):
        return
    sizes = shapely.get_num_coordinates(places.shapes[rows])
    fits = (sizes <= MOST_RING_VERTICES) & (np.cumsum(np.minimum(sizes, MOST_RING_VERTICES) ** 2) <= _RING_BUDGET)
    if "untangle-rings" in mends:
        # the default method can take minutes on a hundred points; this one is bounded with the vertices
        mended = shapely.make_valid(places.shapes[rows[fits]], method="structure", keep_collapsed=False)
        sound = ~shapely.is_empty(mended)
        places.change(rows[fits][sound], mended[sound], "Its rings crossed themselves and were untangled")
        places.drop(rows[fits][~sound], "Its rings enclose nothing", "Redraw it")
    elif fits.any():
        places.offered.append(Mend("untangle-rings", int(fits.sum()), _tell_rings(int(fits.sum()))))
        remedy = "Try the mend untangle-rings, or redraw it"
        places.drop(rows[fits], "Rings neither cross nor overlap themselves", remedy)
    too_many = (
        "Rings neither cross nor overlap themselves, "
        f"and this is more than is untangled here (limit {MOST_RING_VERTICES:,} vertices a shape)"
    )
    places.drop(rows[~fits], too_many, "Repair it in a GIS")


def _reach(shapes: Shapes) -> Shapes:
    """Return the greatest absolute number of each shape; 0 where there is none."""
    bounds = np.abs(np.nan_to_num(shapely.bounds(shapes)))
    reach: Shapes = bounds.max(axis=1) if len(bounds) else np.zeros(0)
    return reach


def _place_of(shape: Any) -> str:
    if shape is None or shape.is_empty:
        return "" if shape is None else shape.geom_type
    x, y = shapely.get_coordinates(shape)[0].tolist()
    return show_place(x, y) if np.isfinite([x, y]).all() else f"{x}, {y}"


def mend_ids(ids: Sequence[str]) -> dict[int, str]:
    """Give rows whose id another has already an id of their own, with a number after it.

    Returns
    -------
    dict
        By row, its new id.

    Examples
    --------
    >>> mend_ids(["a", "a", "b", "a-2", "a"])
    {1: 'a-3', 4: 'a-4'}
    """
    taken, changed = set(ids), dict[int, str]()
    numbers: dict[str, int] = {}
    for row, identity in enumerate(ids):
        if not identity or identity not in numbers:
            numbers[identity] = 1
            continue
        number = numbers[identity] + 1
        while f"{identity}-{number}" in taken:
            number += 1
        numbers[identity] = number
        changed[row] = f"{identity}-{number}"
        taken.add(changed[row])
    return changed
