"""Longitudes that are counted eastward from 0 to 360, as grids and storm tracks have them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import shapely

from geo.intake.referencing import EARTH_DEG, Shapes, within

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

_EASTWARD_DEG = (0.0, -90.0, 360.0, 90.0)
_EAST_HALF_DEG = (0.0, -90.0, 180.0, 90.0)
_WEST_HALF_DEG = (180.0, -90.0, 360.0, 90.0)
_LEAST_EASTWARD = 0.9
_TURN_DEG = 360.0
_DECIMALS = 12


def find_eastward(shapes: Shapes) -> Shapes:
    """Find what lies over 180 in a layer whose longitudes are counted from 0 to 360: some lie there, and none below 0.

    Returns
    -------
    numpy.ndarray
        A mask of the shapes; nothing where the layer is not counted so.
    """
    bounds = shapely.bounds(shapes)
    fits = within(shapes, _EASTWARD_DEG)
    over: Shapes = fits & (bounds[:, 2] > EARTH_DEG[2])
    # a few places that lie nowhere are faults of their own; more of them are pixels or metres
    if not over.any() or bounds[:, 0].min() < 0 or fits.mean() < _LEAST_EASTWARD:
        return np.zeros(len(shapes), dtype=bool)
    return over


def wrap(shapes: Shapes) -> tuple[Shapes, Shapes]:
    """Take 360 from longitudes over 180; lines and areas across 180 are cut there.

    Returns
    -------
    tuple
        The shapes, ``None`` where one could not be cut, and a mask of those that were to be cut.
    """
    turned = shapely.transform(shapes, lambda points: np.where(points[:, :1] > EARTH_DEG[2], _less(points), points))
    has_extent = shapely.get_dimensions(shapes) > 0
    is_cut: Shapes = has_extent & (shapely.bounds(shapes)[:, 0] < EARTH_DEG[2])
    for row in np.flatnonzero(has_extent).tolist():
        turned[row] = _cut(shapes[row]) if is_cut[row] else _turn_back(shapes[row])
    return turned, is_cut


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
