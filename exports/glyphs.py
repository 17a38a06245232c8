"""Marks of points and fills of areas as outlines: the page's glyphs and hatches."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from exports.drawing import Box, Line, Point
from layers.style import Glyph, Hatch

_CIRCLE_POINTS = 48
# outlines of radius 1 around the origin, x to the right and y down, as the page draws them
_OUTLINES: dict[Glyph, Line] = {
    Glyph.DIAMOND: ((0, -1.25), (1.25, 0), (0, 1.25), (-1.25, 0)),
    Glyph.SQUARE: ((-0.9, -0.9), (0.9, -0.9), (0.9, 0.9), (-0.9, 0.9)),
    Glyph.TRIANGLE: ((0, -1.15), (1.1, 0.85), (-1.1, 0.85)),
    Glyph.LINE: ((-1.3, -0.35), (1.3, -0.35), (1.3, 0.35), (-1.3, 0.35)),
    Glyph.ARROW: ((1.3, 0), (-1, 1), (-0.4, 0), (-1, -1)),
    Glyph.CROSS: (
        (-0.35, -1.1),
        (0.35, -1.1),
        (0.35, -0.35),
        (1.1, -0.35),
        (1.1, 0.35),
        (0.35, 0.35),
        (0.35, 1.1),
        (-0.35, 1.1),
        (-0.35, 0.35),
        (-1.1, 0.35),
        (-1.1, -0.35),
        (-0.35, -0.35),
    ),
}
_RING_HOLE = 0.45
HATCH_PT = 6.0
"""From one line of a hatch to the next, along the page."""

_HATCH_SLOPES = {
    Hatch.RISING: (-1,),
    Hatch.FALLING: (1,),
    Hatch.CROSSED: (-1, 1),
}
_DOT_PT = 0.86
# a dot of a hatch around the origin: at its size nobody tells an octagon from a circle
_DOT_RING = np.array([(math.cos(turn), math.sin(turn)) for turn in np.linspace(0, 2 * math.pi, 9)]) * _DOT_PT


@dataclass(frozen=True, slots=True)
class Outline:
    """A glyph on the page: its rings, points; its box where it is an ellipse."""

    lines: tuple[Line, ...]
    ellipse: Box | None = None


def trace_glyph(glyph: Glyph, at: Point, radius_pt: float) -> Outline:
    """Outline a glyph around a place of the page.

    Parameters
    ----------
    glyph
        Which.
    at, radius_pt
        Its middle; its radius, points.
    """
    if glyph in {Glyph.DOT, Glyph.RING}:
        box = Box(at[0] - radius_pt, at[1] - radius_pt, at[0] + radius_pt, at[1] + radius_pt)
        outer = _circle(at, radius_pt)
        if glyph is Glyph.DOT:
            return Outline((outer,), box)
        return Outline((outer, _circle(at, radius_pt * _RING_HOLE)[::-1]))
    ring = tuple((round(at[0] + x * radius_pt, 2), round(at[1] + y * radius_pt, 2)) for x, y in _OUTLINES[glyph])
    return Outline(((*ring, ring[0]),))


def _circle(at: Point, radius_pt: float) -> Line:
    turns = (2 * math.pi * step / _CIRCLE_POINTS for step in range(_CIRCLE_POINTS))
    ring = [(round(at[0] + radius_pt * math.cos(t), 2), round(at[1] + radius_pt * math.sin(t), 2)) for t in turns]
    return (*ring, ring[0])


def trace_hatch(hatch: Hatch, rings: tuple[Line, ...]) -> tuple[Line, ...]:
    """Draw the lines, or rings of dots, of a hatch within rings; all hatches of a page run on one grid.

    Parameters
    ----------
    hatch
        Which.
    rings
        Outlines of the area, as `exports.drawing.Path` has them.
    """
    area = fill_of(rings)
    if hatch is Hatch.NONE or shapely.is_empty(area):
        return ()
    left, top, right, bottom = shapely.bounds(area)
    if hatch is Hatch.DOTS:
        return _dots(area, (left, top, right, bottom))
    lines: Any = shapely.linestrings(np.array(_grid(hatch, left, top, right, bottom)))
    grid: Any = shapely.multilinestrings(lines)
    return _to_straight_lines(shapely.intersection(grid, area))


def _to_straight_lines(geometry: BaseGeometry) -> tuple[Line, ...]:
    """Return the straight lines of a geometry, all at once: a page has tens of thousands of them."""
    parts = shapely.get_parts(geometry)
    parts = parts[shapely.get_dimensions(parts) == 1]
    ends = np.hstack([shapely.get_coordinates(shapely.get_point(parts, place)) for place in (0, -1)]).round(2)
    return tuple(((a, b), (c, d)) for a, b, c, d in ends.tolist() if (a, b) != (c, d))


def fill_of(rings: tuple[Line, ...]) -> BaseGeometry:
    """Return the area that rings fill by the even-odd rule."""
    polygons = shapely.polygons([shapely.linearrings(ring) for ring in rings])
    area: BaseGeometry = shapely.build_area(shapely.GeometryCollection([p.exterior for p in polygons]))
    return area


def _grid(hatch: Hatch, left: float, top: float, right: float, bottom: float) -> list[Line]:
    if hatch is Hatch.LEVEL:
        return [((left, y), (right, y)) for y in _steps(top, bottom)]
    if hatch is Hatch.UPRIGHT:
        return [((x, top), (x, bottom)) for x in _steps(left, right)]
    lines: list[Line] = []
    for slope in _HATCH_SLOPES[hatch]:
        first, last = (left - bottom, right - top) if slope == 1 else (left + top, right + bottom)
        lines += [((start + slope * top, top), (start + slope * bottom, bottom)) for start in _steps(first, last)]
    return lines


def _steps(first: float, last: float) -> list[float]:
    return [HATCH_PT * n for n in range(math.floor(first / HATCH_PT), math.ceil(last / HATCH_PT) + 1)]


def _dots(area: shapely.Geometry, bounds: tuple[float, float, float, float]) -> tuple[Line, ...]:
    left, top, right, bottom = bounds
    grid = np.array([(x, y) for x in _steps(left, right) for y in _steps(top, bottom)])
    places = np.concatenate([grid, grid + HATCH_PT / 2])
    shapely.prepare(area)
    kept = places[shapely.contains_xy(area, places)]
    # all at once: a page has tens of thousands of them
    rings = (kept[:, None, :] + _DOT_RING).round(2).tolist()
    return tuple(tuple((x, y) for x, y in ring) for ring in rings)
