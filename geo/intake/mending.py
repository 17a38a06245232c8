"""What is often wrong with places, recognised and offered to be mended; nothing is mended that was not asked for."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pyproj
import shapely

from geo.intake.eastward import find_eastward, wrap
from geo.intake.limits import Limits
from geo.intake.mends import IN_REGION, ON_EARTH, Mend, tell_rings, tell_swap
from geo.intake.placing import show_place
from geo.intake.referencing import (
    EARTH_DEG,
    HOME_DEG,
    PROJECTIONS,
    Shapes,
    find_crossing,
    guess_projections,
    is_degrees,
    knows_datum,
    read_crs,
    to_degrees,
    within,
)
from geo.intake.rings import find_sound
from geo.intake.zones import is_in_zone
from geo.wording import show_value

_TURNED = "Its longitude was counted from 0 to 360; 360 was taken from what lies over 180"
_CUT = "Its longitudes were counted from 0 to 360; 360 was taken from what lies over 180, and the shape was cut there"

MOST_RING_VERTICES = 1_000
"""Vertices of a self-crossing shape that is mended at all: the time goes with their square, some seconds at 1,000."""

_RING_BUDGET = 2 * MOST_RING_VERTICES**2
_MOST_DEG = 360.0


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
    zones
        By row, the UTM zone as the row tells it, where it does.
    """

    shapes: Shapes
    faults: dict[int, tuple[str, str, str, str]] = field(default_factory=dict)
    changes: list[tuple[int, str, str, str]] = field(default_factory=list)
    offered: list[Mend] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    zones: Mapping[int, str] = field(default_factory=dict)

    def drop(self, rows: np.ndarray[Any, Any], reason: str, remedy: str) -> None:
        """Set the shapes of rows aside, each with its reason."""
        for row in rows.tolist():
            self.faults.setdefault(row, ("geometry", _place_of(self.shapes[row]), reason, remedy))
            self.shapes[row] = None

    def change(self, rows: np.ndarray[Any, Any], shapes: Shapes, reason: str) -> None:
        """Put other shapes in place of those of rows, each listed."""
        for row, new in zip(rows.tolist(), shapes, strict=True):
            self.changes.append((row, _place_of(self.shapes[row]), _place_of(new), reason))
            self.shapes[row] = new


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
    _tell_origin(places)
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
    present = _drop_other_zones(places, present, crs)
    turned = to_degrees(places.shapes[present], crs)
    places.notes.append(f"Coordinates were turned from {show_value(crs.name)} to degrees on WGS 84.")
    if not knows_datum(crs):
        places.notes.append(
            f"No way is known from the datum of {show_value(crs.name)} to WGS 84; it was taken for the same, so places "
            "may be off by some hundred metres."
        )
    lost = ~np.isfinite(shapely.bounds(turned)).all(axis=1)
    places.drop(present[lost], f"It lies outside what {show_value(crs.name)} covers", "Correct the place or the CRS")
    kept, turned = present[~lost], turned[~lost]
    if not crs.is_geographic:
        crossing = find_crossing(places.shapes[kept], turned, crs)
        places.drop(kept[crossing], "It crosses longitude 180, where the map ends", "Cut it there")
        kept, turned = kept[~crossing], turned[~crossing]
    # two masks, since boolean assignment of an object array takes shapes for sequences
    for row, shape in zip(kept.tolist(), turned, strict=True):
        places.shapes[row] = shape


def _mend_projected(places: Places, mends: Collection[str]) -> None:
    rows = np.flatnonzero(_reach(places.shapes) > _MOST_DEG)
    if not len(rows):
        return
    shapes = places.shapes[rows]
    for key, inside in guess_projections(shapes).items():
        name, words = PROJECTIONS[key]
        crs = pyproj.CRS(name)
        fit = inside & ~_in_other_zones(places, rows, crs)
        if key in mends:
            _drop_other_zones(places, rows, crs)
            chosen = rows[fit]
            places.change(chosen, to_degrees(places.shapes[chosen], crs), f"Read as {words}")
            return
        if not fit.any():
            continue
        told = f"Numbers such as '{_place_of(shapes[0])}' are no degrees; read as {words}, they lie in the region."
        places.offered.append(Mend(key, int(fit.sum()), told))


def _in_other_zones(places: Places, rows: np.ndarray[Any, Any], crs: pyproj.CRS) -> np.ndarray[Any, Any]:
    """Tell which of rows say that they are in another UTM zone than a CRS; none where it is none of UTM."""
    zone = crs.utm_zone if places.zones else None
    others = [zone is not None and not is_in_zone(places.zones.get(row, ""), zone) for row in rows.tolist()]
    return np.array(others, dtype=bool)


def _drop_other_zones(places: Places, rows: np.ndarray[Any, Any], crs: pyproj.CRS) -> np.ndarray[Any, Any]:
    """List those of rows that are in another UTM zone than a CRS, and return the rest."""
    others = _in_other_zones(places, rows, crs)
    for row in rows[others].tolist():
        reason = f"Its own zone is '{show_value(places.zones[row])}', and it would be read as zone {crs.utm_zone}"
        places.drop(np.array([row]), reason, "Give the rows of each zone as a file of their own, with its CRS")
    kept: np.ndarray[Any, Any] = rows[~others]
    return kept


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
    where = IN_REGION if abroad[wrong].all() else ON_EARTH
    place, whole = _place_of(places.shapes[rows[0]]), len(present)
    told = tell_swap(len(rows), whole, place, where)
    places.offered.append(Mend("swap-coordinates", len(rows), told, whole, place, where))


def _mend_eastward(places: Places, mends: Collection[str]) -> None:
    """Mend longitudes that are counted eastward from 0 to 360."""
    present = np.flatnonzero(~shapely.is_missing(places.shapes))
    shapes = places.shapes[present]
    over = find_eastward(shapes)
    rows = present[over]
    if not len(rows):
        return
    if "wrap-longitudes" in mends:
        turned, is_cut = wrap(shapes[over])
        places.change(rows[~is_cut], turned[~is_cut], _TURNED)
        sound = is_cut & ~shapely.is_missing(turned)
        places.change(rows[sound], turned[sound], _CUT)
        return
    place = _place_of(places.shapes[rows[0]])
    told = f"Longitudes such as that of '{place}' are counted from 0 to 360; 360 can be taken from those over 180."
    places.offered.append(Mend("wrap-longitudes", len(rows), told))


def _drop_off_the_earth(places: Places) -> None:
    present = np.flatnonzero(~shapely.is_missing(places.shapes))
    rows = present[~within(places.shapes[present], EARTH_DEG)]
    kinds = [mend.kind for mend in places.offered if mend.kind != "untangle-rings"]
    remedy = f"Try the mend {' or '.join(kinds)}" if kinds else "Correct the numbers, or name the CRS that they are in"
    places.drop(rows, "Longitude lies within 180 degrees and latitude within 90", remedy)


def _tell_origin(places: Places) -> None:
    """Tell of points where the equator meets the prime meridian: programs write so what they do not know."""
    x, y = shapely.get_x(places.shapes), shapely.get_y(places.shapes)
    count = int(((x == 0) & (y == 0)).sum())
    if count:
        places.notes.append(
            f"Points at longitude 0 and latitude 0: {count:,}. Programs write this where a place is not known; "
            "look whether they belong there."
        )


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
        places.offered.append(Mend("untangle-rings", int(fits.sum()), tell_rings(int(fits.sum()))))
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
