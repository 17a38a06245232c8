"""Marks of points and fills of areas as outlines: the page's glyphs and hatches."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from exports.drawing import Box, Line, Point
from layers.style import Glyph, Hatch

HATCH_WIDTH_PT = 0.95
"""Width of the lines that fill an area."""

# a circle of radius 1 around the origin
_TURNS = 2 * math.pi * np.arange(48) / 48
_CIRCLE = np.column_stack([np.cos(_TURNS), np.sin(_TURNS)])
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

# for each way that a hatch runs: what of x and y counts its lines, and what runs along them
_RISING, _FALLING = ((1.0, 1.0), (0.0, 1.0)), ((1.0, -1.0), (0.0, 1.0))
_HATCH_WAYS = {
    Hatch.LEVEL: (((0.0, 1.0), (1.0, 0.0)),),
    Hatch.UPRIGHT: (((1.0, 0.0), (0.0, 1.0)),),
    Hatch.RISING: (_RISING,),
    Hatch.FALLING: (_FALLING,),
    Hatch.CROSSED: (_RISING, _FALLING),
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
    across, down = (at + radius_pt * _CIRCLE).round(2).T.tolist()
    ring = tuple(zip(across, down, strict=True))
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
    if hatch is Hatch.NONE or not rings:
        return ()
    if hatch is Hatch.DOTS:
        return _dots(fill_of(rings))
    return tuple(line for ways in _HATCH_WAYS[hatch] for line in _rule(rings, *map(np.array, ways)))


def _rule(rings: tuple[Line, ...], across: NDArray[np.float64], along: NDArray[np.float64]) -> list[Line]:
    """Rule parallel lines over rings, as far as they are filled.

    Each edge is cut by the lines that lie between its ends; between the first and the second cut of a line there is
    filled ground, between the third and the fourth, and so on. An edge's lower end belongs to it and its upper one
    does not, so that a line through a corner is cut once there.
    """
    ways = np.array([across, along])
    starts = np.vstack([np.array(ring[:-1]) for ring in rings]) @ ways.T
    ends = np.vstack([np.array(ring[1:]) for ring in rings]) @ ways.T
    low, high = np.minimum(starts[:, 0], ends[:, 0]), np.maximum(starts[:, 0], ends[:, 0])
    first = np.ceil(low / HATCH_PT).astype(int)
    counts = np.ceil(high / HATCH_PT).astype(int) - first
    edges = np.repeat(np.arange(len(starts)), counts)
    steps = np.arange(len(edges)) - np.repeat(np.cumsum(counts) - counts, counts)
    number = first[edges] + steps
    start, way = starts[edges], (ends - starts)[edges]
    share = (number * HATCH_PT - start[:, 0]) / way[:, 0]
    cuts = np.column_stack([number * HATCH_PT, start[:, 1] + share * way[:, 1]])
    cuts = cuts[np.lexsort((cuts[:, 1], number))] @ np.linalg.inv(ways).T
    ends_of_lines = cuts.round(2).reshape(-1, 4).tolist()
    return [((a, b), (c, d)) for a, b, c, d in ends_of_lines if (a, b) != (c, d)]


def fill_of(rings: tuple[Line, ...]) -> BaseGeometry:
    """Return the area that rings fill by the even-odd rule."""
    polygons = shapely.polygons([shapely.linearrings(ring) for ring in rings])
    area: BaseGeometry = shapely.build_area(shapely.GeometryCollection([p.exterior for p in polygons]))
    return area


def _steps(first: float, last: float) -> list[float]:
    return [HATCH_PT * n for n in range(math.floor(first / HATCH_PT), math.ceil(last / HATCH_PT) + 1)]


def _dots(area: BaseGeometry) -> tuple[Line, ...]:
    if shapely.is_empty(area):
        return ()
    left, top, right, bottom = shapely.bounds(area)
    grid = np.array([(x, y) for x in _steps(left, right) for y in _steps(top, bottom)])
    places = np.concatenate([grid, grid + HATCH_PT / 2])
    shapely.prepare(area)
    kept = places[shapely.contains_xy(area, places)]
    # all at once: a page has tens of thousands of them
    rings = (kept[:, None, :] + _DOT_RING).round(2).tolist()
    return tuple(tuple((x, y) for x, y in ring) for ring in rings)
