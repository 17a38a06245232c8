"""Parts of a shape without positions, which GeoJSON and others have no way to write."""

from __future__ import annotations

from typing import Any

import shapely
from shapely.geometry.base import BaseGeometry, BaseMultipartGeometry

NO_POSITIONS = "Empty coordinates are no place"
"""What is told where such parts are left out."""

_COLLECTION = "GeometryCollection"


def without_hollow(geometry: BaseGeometry) -> BaseGeometry:
    """Leave out parts without positions, at any depth; the same object where there is none.

    Parameters
    ----------
    geometry
        Not empty as a whole.

    Examples
    --------
    >>> without_hollow(shapely.from_wkt("MULTIPOINT ((34 31), EMPTY)")).wkt
    'MULTIPOINT ((34 31))'
    """
    try:
        if not isinstance(geometry, BaseMultipartGeometry) or not _has_hollow(geometry):
            return geometry
    except NotImplementedError:  # a curve is among its parts, and shapely has no name for it
        return geometry
    parts = [without_hollow(part) for part in shapely.get_parts(geometry).tolist() if not part.is_empty]
    make: Any = type(geometry)
    whole: BaseGeometry = make(parts)
    return whole


def _has_hollow(geometry: BaseGeometry) -> bool:
    parts = shapely.get_parts(geometry)
    return bool(shapely.is_empty(parts).any()) or (geometry.geom_type == _COLLECTION and any(map(_has_hollow, parts)))
