"""Coordinate reference systems as files name them; none is looked up anywhere but in PROJ's own database."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

WGS84 = "OGC:CRS84"
"""Longitude and latitude in degrees on WGS 84."""

TAKEN = "Unless you name one, the coordinates are taken for longitude and latitude on WGS 84."
"""What is told where a file names a coordinate reference system that is not known."""

_PLACES = r"(?:urn:(?:x-)?ogc:def:crs:|https?://www\.opengis\.net/def/crs/)?"
_WGS84_NAMES = re.compile(
    _PLACES + r"(?:OGC[:/](?:(?:1\.3|2|0)?[:/])?CRS84h?|EPSG[:/](?:[\d.]*[:/])?4326)|WGS ?84", re.IGNORECASE
)
_EPSG = re.compile(
    _PLACES + r"EPSG[:/](?:[\d.]*[:/])?(\d{4,6})|https?://www\.opengis\.net/gml/srs/epsg\.xml#(\d{4,6})",
    re.IGNORECASE,
)
_MAX_LENGTH = 20_000
# what older programs add for a datum: names of files that may shift it, which are not opened
_GRIDS = re.compile(r',\s*EXTENSION\["PROJ4(?:_GRIDS",\s*"|",\s*"[^"]*grids=(?!@null))[^"]*"\]', re.ASCII)


def recognise_crs(name: str) -> str | None:
    """Bring the name or WKT of a coordinate reference system to what pyproj understands.

    Returns
    -------
    str or None
        An authority and code or WKT; ``None`` where it is unknown.
    """
    text = _GRIDS.sub("", name.strip())
    if _WGS84_NAMES.fullmatch(text):
        return WGS84
    code = _EPSG.fullmatch(text)
    if code:
        text = f"EPSG:{code[1] or code[2]}"
    elif not re.match(r"[A-Z_]{4,}\s*\[", text) and not re.fullmatch(r"(ESRI|IGNF|OGC|IAU_2015):\w+", text):
        return None
    if len(text) > _MAX_LENGTH:
        return None
    # pyproj is slow to load and most files are on WGS 84
    import pyproj  # noqa: PLC0415

    try:
        crs = pyproj.CRS.from_user_input(text)
    except pyproj.exceptions.CRSError:
        return None
    return text if crs.is_geographic or crs.is_projected or crs.is_compound or crs.is_bound else None


def recognise_json(crs: Mapping[str, Any]) -> str | None:
    """Bring a coordinate reference system in PROJJSON, as GeoParquet has it, to what `recognise_crs` returns.

    Parameters
    ----------
    crs
        By its code where it has one; else as it is described.
    """
    identity = crs.get("id")
    if isinstance(identity, dict):
        known = recognise_crs(f"{identity.get('authority')}:{identity.get('code')}")
        if known is not None:
            return known
    import pyproj  # noqa: PLC0415 - as above

    try:
        return recognise_crs(pyproj.CRS.from_json_dict(dict(crs)).to_wkt())
    except (pyproj.exceptions.CRSError, TypeError, ValueError, RecursionError):
        return None
