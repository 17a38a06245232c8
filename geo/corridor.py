"""The grounds that views show: the corridor, and a frame around what is anywhere."""

from __future__ import annotations

from geo.model import Extent

CORRIDOR = Extent(west=33.72, south=31.03, east=34.55, north=31.56)
"""El Arish to Gaza City, degrees."""

MERCATOR_DEG = 85.0
"""The latitude at which the map ends in the north and south; Web Mercator (EPSG:3857) is cut near it."""


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
        south=max(south - margin_deg, -MERCATOR_DEG),
        east=min(east + margin_deg, 180.0),
        north=min(north + margin_deg, MERCATOR_DEG),
    )
