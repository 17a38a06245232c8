"""Circular arcs drawn as lines of many short parts, and surfaces of many faces as polygons."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from geo.intake.reading.shapes import Mend, ShapeError

Positions = np.ndarray[Any, Any]

POINT, LINE, POLYGON, MULTIPOINT, MULTILINE, MULTIPOLYGON, COLLECTION = range(1, 8)
CIRCULAR, COMPOUND, CURVE_POLYGON, MULTICURVE, MULTISURFACE = range(8, 13)
POLYHEDRAL, TIN, TRIANGLE = 15, 16, 17

_STEP_RAD = math.radians(4)
_ARC = "An arc was drawn as a line of short parts"
_FACES = "A surface of faces was drawn as polygons"


@dataclass(frozen=True, slots=True)
class Node:
    """A shape taken apart.

    Parameters
    ----------
    kind
        Its number in well-known binary.
    positions
        Of a point or line, one array of shape (positions, 2 or 3); of a polygon, one a ring.
    parts
        Shapes that it is made of.
    """

    kind: int
    positions: tuple[Positions, ...] = ()
    parts: tuple[Node, ...] = field(default=())

    @property
    def is_plain(self) -> bool:
        """Whether GEOS knows all of it."""
        return self.kind <= COLLECTION and all(part.is_plain for part in self.parts)


def build_node(node: Node, mends: list[Mend]) -> BaseGeometry:
    """Build a shape that may hold arcs and faces, without them.

    Raises
    ------
    ShapeError
        If its parts do not fit together.
    """
    if not node.is_plain:
        faces = node.kind in {POLYHEDRAL, TIN, TRIANGLE}
        mend = ("faces", "polygons", _FACES) if faces else ("arcs", "lines", _ARC)
        if mend not in mends:
            mends.append(mend)
    try:
        return _build(node)
    except (ValueError, IndexError, shapely.errors.GEOSException) as error:
        raise ShapeError("", "Its parts do not make a shape.", "Correct it in the program that wrote it.") from error


def _build(node: Node) -> BaseGeometry:
    parts: list[Any] = [] if node.kind in {COMPOUND, CURVE_POLYGON} else [_build(part) for part in node.parts]
    match node.kind:
        case 1:
            return shapely.Point(node.positions[0][0])
        case 2 | 8 | 9:
            return shapely.LineString(_line(node))
        case 3 | 17:
            return shapely.Polygon(node.positions[0], list(node.positions[1:]))
        case 10:
            outer, *inner = [_line(part) for part in node.parts]
            return shapely.Polygon(outer, inner)
        case 4:
            return shapely.MultiPoint(parts)
        case 5 | 11:
            return shapely.MultiLineString(parts)
        case 6 | 12 | 15 | 16:
            return shapely.MultiPolygon(parts)
        case _:
            return shapely.GeometryCollection(parts)


def _line(node: Node) -> Positions:
    if node.kind == CIRCULAR:
        return straighten(node.positions[0])
    if node.kind == COMPOUND:
        pieces = [_line(part) for part in node.parts]
        return np.concatenate([pieces[0], *(piece[1:] for piece in pieces[1:])])
    if node.kind != LINE:
        message = "no line"
        raise ValueError(message)
    return node.positions[0]


def straighten(positions: Positions) -> Positions:
    """Draw a chain of arcs as one line.

    Parameters
    ----------
    positions
        Shape (2 n + 1, 2 or 3): each arc goes from one position through the next to the next but one.

    Returns
    -------
    ndarray
        Positions at most 4 degrees of arc apart, ends and middles among them up to rounding; heights run evenly.

    References
    ----------
    ISO 13249-3 (SQL/MM), ST_CircularString; a whole circle begins where it ends, and its middle lies opposite.
    """
    if len(positions) < 3 or len(positions) % 2 == 0:
        message = "an arc has three positions"
        raise ValueError(message)
    pieces = [positions[:1]]
    for first in range(0, len(positions) - 2, 2):
        pieces.append(_arc(*positions[first : first + 3])[1:])
    return np.concatenate(pieces)


def _arc(start: Positions, middle: Positions, end: Positions) -> Positions:
    centre = _centre(start[:2], middle[:2], end[:2])
    if centre is None:
        return np.array([start, middle, end])
    radius = float(np.hypot(*(start[:2] - centre)))
    angles = [math.atan2(*(place[:2] - centre)[::-1]) for place in (start, middle, end)]
    to_middle, to_end = ((angle - angles[0]) % math.tau for angle in angles[1:])
    is_circle = bool(np.array_equal(start[:2], end[:2]))
    sweep = math.tau if is_circle else to_end if to_middle <= to_end else to_end - math.tau
    count = max(2, math.ceil(abs(sweep) / _STEP_RAD)) + 1
    turned = angles[0] + np.linspace(0, sweep, count)
    plane = np.column_stack([centre[0] + radius * np.cos(turned), centre[1] + radius * np.sin(turned)])
    plane[0], plane[-1] = start[:2], end[:2]
    heights = [np.linspace(start[axis], end[axis], count) for axis in range(2, len(start))]
    return np.column_stack([plane, *heights])


def _centre(start: Positions, middle: Positions, end: Positions) -> Positions | None:
    if np.array_equal(start, end):
        return np.asarray((start + middle) / 2)
    # the place as far from all three, by their perpendicular bisectors
    matrix = 2 * np.array([middle - start, end - start])
    squares = np.array([np.dot(each, each) - np.dot(start, start) for each in (middle, end)])
    if abs(np.linalg.det(matrix)) < 1e-14 * max(1.0, float(np.abs(matrix).max()) ** 2):
        return None
    return np.asarray(np.linalg.solve(matrix, squares))
