"""Coordinate reference systems: those that files name, read without opening a file, and those that numbers suggest."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any

import numpy as np
import pyproj
import shapely
from shapely.geometry.base import BaseGeometry

from geo.errors import InputError, Problem
from geo.wording import show_value

Shapes = np.ndarray[Any, Any]
"""Shapes of shapely, ``None`` where there is none."""

PROJECTIONS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "utm-36n": ("EPSG:32636", "UTM zone 36N, metres"),
        "web-mercator": ("EPSG:3857", "Web Mercator, metres"),
        "israeli-tm": ("EPSG:2039", "Israeli Transverse Mercator, metres"),
        "palestine-grid": ("EPSG:28191", "Palestine Grid of 1923, metres"),
    }
)
"""Projections that numbers of the region are often in: what they are called, and how."""

EARTH_DEG = (-180.0, -90.0, 180.0, 90.0)
"""West, south, east, north of all places."""

HOME_DEG = (32.2, 27.6, 36.0, 33.4)
"""West, south, east, north of Sinai, Palestine and Israel, where swapped and projected numbers are recognised."""

_HALF_TURN_DEG = 180.0
_PIECES = 100
_NUMBER = re.compile(r"\d{4,6}", re.ASCII)
_CODE = re.compile(r"(?:urn:ogc:def:crs:)?(EPSG|OGC|ESRI|IGNF|IAU_2015)(?::[\d.]*)?:(\w+)", re.IGNORECASE | re.ASCII)
_WKT = re.compile(r"(?:GEOG|PROJ|GEODC|BOUND|COMPOUND|COMPD_|LOCAL_|ENG)[A-Z_]*\[", re.ASCII)
# well-known text may name files of grids, in three ways, and PROJ would open them
_FILES = re.compile(r"PARAMETERFILE|PROJ4_GRIDS|(?:grids|init|file)\s*=\s*(?!@null)", re.IGNORECASE)
_MOST_LETTERS = 20_000
_LEAST_METRES = 10_000
_SAMPLE = 1_000
_LEAST_OF_SAMPLE = 0.25
# not OGC:CRS84: between its datum and some others, such as that of Palestine 1923, PROJ knows no way
_DEGREES = "EPSG:4326"
_PLAIN = {("OGC", "CRS84"), ("OGC", "CRS84h"), ("EPSG", "4326"), ("EPSG", "4979")}


def read_crs(text: str) -> pyproj.CRS:
    """Read the name or the well-known text of a coordinate reference system; a number alone is a code of EPSG.

    Raises
    ------
    InputError
        If it is neither, or names a file.
    """
    plain = text.strip().removeprefix("crs=")
    code = _CODE.fullmatch(f"EPSG:{plain}" if _NUMBER.fullmatch(plain) else plain)
    try:
        if code:
            return pyproj.CRS.from_authority(code[1].upper(), code[2].upper())
        if _WKT.match(plain) and len(plain) <= _MOST_LETTERS and not _FILES.search(plain):
            return pyproj.CRS.from_wkt(plain)
    except pyproj.exceptions.CRSError:
        pass
    message = (
        f"Invalid CRS '{show_value(text)}'. It is not known here, so nothing can be placed. "
        "Name the one of the coordinates, for example crs=EPSG:32636."
    )
    raise InputError([Problem("crs", message)])


def is_degrees(crs: pyproj.CRS) -> bool:
    """Tell whether coordinates are longitude and latitude on WGS 84, as near as makes no difference here."""
    return crs.to_authority() in _PLAIN or (crs.is_geographic and crs.to_epsg() in {4326, 4979})


def to_degrees(shapes: Shapes, crs: pyproj.CRS) -> Shapes:
    """Turn shapes round to longitude and latitude in degrees on WGS 84; what cannot be turned gets infinite numbers."""
    transformer = pyproj.Transformer.from_crs(crs, _DEGREES, always_xy=True)

    def turn(points: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
        return np.column_stack(transformer.transform(points[:, 0], points[:, 1])) if len(points) else points

    turned: Shapes = shapely.transform(shapely.force_2d(shapes), turn)
    return turned


def find_crossing(shapes: Shapes, turned: Shapes, crs: pyproj.CRS) -> Shapes:
    """Tell which lines and areas cross longitude 180: their positions in degrees would join the wrong way round.

    Parameters
    ----------
    shapes, turned
        In their projection, and as `to_degrees` returns them; finite.
    crs
        Their projection.

    Returns
    -------
    numpy.ndarray
        A mask of the shapes. One that truly reaches half round the earth is none: what lies between its positions
        tells.
    """
    crossing: Shapes = np.zeros(len(shapes), dtype=bool)
    bounds = shapely.bounds(turned)
    for row in np.flatnonzero((bounds[:, 2] - bounds[:, 0] > _HALF_TURN_DEG) & (shapely.get_dimensions(shapes) > 0)):
        pieces = shapely.segmentize(shapes[row : row + 1], shapely.length(shapes[row]) / _PIECES)
        (fine,) = to_degrees(pieces, crs)
        steps = (np.diff(shapely.get_coordinates(edge)[:, 0]) for edge in _edges_of(fine))
        crossing[row] = any(np.abs(step).max(initial=0) > _HALF_TURN_DEG for step in steps)
    return crossing


def _edges_of(shape: BaseGeometry) -> Iterator[BaseGeometry]:
    for part in shapely.get_parts(shape):
        yield from shapely.get_parts(shapely.boundary(part) if shapely.get_dimensions(part) == 2 else part)


def knows_datum(crs: pyproj.CRS) -> bool:
    """Tell whether a way is known from the datum of a CRS to WGS 84; else `to_degrees` takes them for the same."""
    try:
        pyproj.Transformer.from_crs(crs, _DEGREES, always_xy=True, allow_ballpark=False)
    except pyproj.exceptions.ProjError:
        return False
    return True


def guess_projections(shapes: Shapes) -> dict[str, Shapes]:
    """List the projections by which shapes whose numbers are no degrees come to lie in the region.

    Returns
    -------
    dict
        By key of `PROJECTIONS`, a mask of the shapes that do; those projections by which most do.
    """
    found = {}
    # the Palestine Grid begins in the region: pixels and counts would lie there too
    large = np.abs(np.nan_to_num(shapely.bounds(shapes))).max(axis=1, initial=0) >= _LEAST_METRES
    for key, (crs, _) in PROJECTIONS.items():
        # a look at some of them first: to turn all of them takes a second for each hundred thousand
        some = shapes[:: max(1, len(shapes) // _SAMPLE)]
        if not len(some) or within(to_degrees(some, pyproj.CRS(crs)), HOME_DEG).mean() < _LEAST_OF_SAMPLE:
            continue
        inside = large & within(to_degrees(shapes, pyproj.CRS(crs)), HOME_DEG)
        if inside.mean() >= 0.5:
            found[key] = inside
    return found


def within(shapes: Shapes, box: tuple[float, float, float, float]) -> Shapes:
    """Tell which shapes lie wholly within a box: west, south, east, north."""
    west, south, east, north = shapely.bounds(shapes).T
    with np.errstate(invalid="ignore"):
        inside: Shapes = (west >= box[0]) & (south >= box[1]) & (east <= box[2]) & (north <= box[3])
    return inside
