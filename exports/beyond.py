"""What is beyond the ground that the base map has: paper, neither land nor sea."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import shapely
from shapely.geometry import shape

from exports.drawing import Fill, Item, Layer, Path
from exports.ground import LAND
from exports.palette import Palette
from exports.projecting import Frame, project_within, to_rings

_STEP_DEG = 0.5


def draw_beyond(basemap: Mapping[str, Any], frame: Frame, palette: Palette) -> Layer:
    """Cover what lies beyond the ground of the base map; the layer is empty where the ground fills the frame.

    Parameters
    ----------
    basemap
        GeoJSON FeatureCollection as `geo.dataset.Dataset` has it.
    frame
        Where it is drawn.
    palette
        Its colours.
    """
    land = [shape(part["geometry"]) for part in basemap["features"] if part["properties"]["kind"] in LAND]
    outside = shapely.difference(frame.polygon, _find_sheet(land, frame)) if land else frame.polygon
    rings = to_rings(outside)
    items = (Item("beyond", "Beyond", paths=(Path(rings, fill=Fill(palette["paper"])),)),) if rings else ()
    return Layer("beyond", "Beyond", "", items, is_decorative=True)


def _find_sheet(land: list[Any], frame: Frame) -> shapely.Geometry:
    """Return the part of the page that the rectangle around the land takes."""
    west, south, east, north = shapely.total_bounds(np.array(land, dtype=object)).tolist()
    seen = frame.bounds_deg
    if west <= seen[0] and south <= seen[1] and east >= seen[2] and north >= seen[3]:
        return frame.polygon
    sheet = shapely.segmentize(shapely.box(west, south, east, north), _STEP_DEG)
    placed = project_within(frame, np.array([sheet], dtype=object))[0]
    return shapely.Point() if placed is None else placed
