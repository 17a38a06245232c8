"""The ground that a drawing shows: that of the view, or what is around the marks that are shown."""

from __future__ import annotations

import math

import numpy as np
import shapely
from numpy.typing import NDArray

from exports.options import Framing
from geo.corridor import home_extent, with_strip
from geo.dataset import Dataset
from geo.model import Extent
from geo.selection import Selection
from geo.view import View

_MARGIN = 0.2
# no closer: a shape that was drawn from words would look more exact than they are
_LEAST_KM, _KM_DEG = 12.0, 111.2
# what takes so much of the home's ground leaves nothing to come closer for
_NEARLY_ALL = 0.8


def choose_extent(dataset: Dataset, view: View, selection: Selection, framing: Framing | str | None) -> Extent:
    """Choose the ground that a drawing shows.

    Parameters
    ----------
    dataset, selection
        What was chosen from, and what is shown of it.
    view
        What was asked for.
    framing
        The view's ground or that of the marks; ``None`` is the view's where it has an extent, else that of the marks.
    """
    home = with_strip(home_extent(dataset, selection))
    if framing is None:
        framing = Framing.VIEW if view.extent else Framing.SHOWN
    if framing == Framing.VIEW:
        return view.extent or home
    return _fit_shown(dataset, selection, home)


def _fit_shown(dataset: Dataset, selection: Selection, home: Extent) -> Extent:
    """Fit a frame to the marks within the home, as far as they lie in it; it is never wider than the home.

    A mark that is wider than the home, as a flow to a far country, forces nothing: some of it is seen.
    """
    shapes = np.array([feature.shape for feature in selection.drawn], dtype=object)
    if dataset.events is not None:
        shapes = np.concatenate([shapes, dataset.events.geometries[selection.events]])
    ground = shapely.box(*home.bounds)
    shapes = shapes[shapely.intersects(shapes, ground)]
    wide = _are_wide(shapes, home)
    if not len(shapes) or wide.all():
        return home
    core = shapely.box(*shapely.total_bounds(shapely.intersection(_sound(shapes[~wide]), ground)))
    # of what is wide, the place nearest to all else
    nearest = shapely.shortest_line(core, shapely.intersection(_sound(shapes[wide]), ground))
    west, south, east, north = shapely.total_bounds([core, *nearest]).tolist()
    return _leave_room(west, south, east, north, home)


def _are_wide(shapes: NDArray[np.object_], home: Extent) -> NDArray[np.bool_]:
    bounds = shapely.bounds(shapes).reshape(-1, 4)
    return np.asarray(
        (bounds[:, 2] - bounds[:, 0] > home.east - home.west) | (bounds[:, 3] - bounds[:, 1] > home.north - home.south)
    )


def _sound(shapes: NDArray[np.object_]) -> NDArray[np.object_]:
    return np.asarray(shapely.make_valid(shapes))


def _leave_room(west: float, south: float, east: float, north: float, home: Extent) -> Extent:
    """Add a margin, and what is missing to the least width; return the home where that is nearly as much."""
    squeeze = max(math.cos(math.radians((south + north) / 2)), 0.01)
    width_km, height_km = (east - west) * squeeze * _KM_DEG, (north - south) * _KM_DEG
    margin_km = _MARGIN * max(width_km, height_km)
    across_deg = max(margin_km, (_LEAST_KM - width_km) / 2) / (_KM_DEG * squeeze)
    # a page is wider than it is high
    up_deg = max(margin_km, (_LEAST_KM / 2 - height_km) / 2) / _KM_DEG
    fitted = Extent(
        west=max(west - across_deg, -180.0),
        south=max(south - up_deg, -90.0),
        east=min(east + across_deg, 180.0),
        north=min(north + up_deg, 90.0),
    )
    is_home_near = (home.east - home.west) * squeeze * _KM_DEG < _LEAST_KM
    share = (fitted.east - fitted.west) * (fitted.north - fitted.south)
    is_nearly_all = share > _NEARLY_ALL * (home.east - home.west) * (home.north - home.south)
    return home if is_nearly_all and not is_home_near else fitted
