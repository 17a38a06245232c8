"""The grounds that views show: the corridor, and a frame around what is anywhere."""

from __future__ import annotations

import numpy as np
import shapely

from geo.dataset import Dataset
from geo.model import Extent
from geo.selection import Selection

CORRIDOR = Extent(west=33.72, south=31.03, east=34.55, north=31.56)
"""El Arish to Gaza City, degrees."""

_STRIP_EAST, _STRIP_NORTH = 34.575, 31.6
"""The corner of the Gaza Strip that lies furthest from El Arish, degrees, with a little ground beside it."""

_MERCATOR_DEG = 85.0
"""The latitude at which the map ends in the north and south; Web Mercator (EPSG:3857) is cut near it."""

_HOME_SHARE, _HOME_LEAST_DEG = 0.1, 0.02


def home_extent(dataset: Dataset, selection: Selection) -> Extent:
    """Return the ground of a view that has no extent: the corridor, or where nothing shown lies in it, what is shown.

    Parameters
    ----------
    dataset
        What was chosen from.
    selection
        What the view shows of it.
    """
    shapes = np.array([feature.shape for feature in selection.drawn], dtype=object)
    if dataset.events is not None:
        shapes = np.concatenate([shapes, dataset.events.geometries[selection.events]])
    bounds = shapely.bounds(shapes)
    if np.isnan(bounds).all() or shapely.intersects(shapes, shapely.box(*CORRIDOR.bounds)).any():
        return CORRIDOR
    west, south = np.nanmin(bounds[:, :2], axis=0).tolist()
    east, north = np.nanmax(bounds[:, 2:], axis=0).tolist()
    return frame_around(west, south, east, north, share=_HOME_SHARE, least_deg=_HOME_LEAST_DEG)


def with_strip(home: Extent) -> Extent:
    """Return a home that has the whole Gaza Strip, whose end the corridor's frame just misses; others stay as they are.

    A frame of other proportions than the corridor's may have room for no more than it.

    Parameters
    ----------
    home
        As of `home_extent`.
    """
    if home != CORRIDOR:
        return home
    return home.model_copy(update={"east": max(home.east, _STRIP_EAST), "north": max(home.north, _STRIP_NORTH)})


def frame_around(west: float, south: float, east: float, north: float, *, share: float, least_deg: float) -> Extent:
    """Return an extent around bounds that leaves some ground to see beside them.

    Parameters
    ----------
    west, south, east, north
        Bounds in degrees on WGS 84.
    share
        Margin at each side, as a share of the longer side of the bounds.
    least_deg
        Least margin at each side, in degrees.
    """
    margin_deg = max(least_deg, share * max(east - west, north - south))
    return Extent(
        west=max(west - margin_deg, -180.0),
        south=max(min(south, _MERCATOR_DEG) - margin_deg, -_MERCATOR_DEG),
        east=min(east + margin_deg, 180.0),
        north=min(max(north, -_MERCATOR_DEG) + margin_deg, _MERCATOR_DEG),
    )
