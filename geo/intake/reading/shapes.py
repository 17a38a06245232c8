"""Shapes built from coordinates as GeoJSON nests them, strictly; what is wrong with one is told in words."""

from __future__ import annotations

from collections.abc import Sequence
from types import MappingProxyType
from typing import Any

import shapely
from shapely.geometry.base import BaseGeometry

from geo.intake.reading.plain import LongNumber, OversizedNumber

Position = tuple[float, ...]
Mend = tuple[str, str, str]
"""What stood there, what stands there now, and why."""

NO_MEASURES: Mend = ("measures", "", "Measures (M) of positions were left out")
"""What is told where positions lose their measures."""

ONE_PLACE: Mend = ("LineString", "Point", "A line of one place is drawn as a point")
"""What is told where a line does not lead anywhere."""

NO_HEIGHTS = "Heights and measures of positions were left aside: the map is flat."
"""What is noted where shapes lose both."""

_GREATEST = 1e12
_NUMBERS = frozenset({float, int, LongNumber})
_TOO_LARGE = "A coordinate is smaller than this by far."
_MOST_TOLD = 4
_DEPTHS = MappingProxyType(
    {"Point": 0, "MultiPoint": 1, "LineString": 1, "MultiLineString": 2, "Polygon": 2, "MultiPolygon": 3}
)
KINDS = (*_DEPTHS, "GeometryCollection")
"""The types of geometries that GeoJSON knows (RFC 7946, section 1.4)."""


class ShapeError(ValueError):
    """A shape that cannot be built.

    Parameters
    ----------
    value
        What stood there.
    reason, remedy
        As of `geo.intake.ledger.Refusal`.
    """

    def __init__(self, value: Any, reason: str, remedy: str) -> None:
        self.value, self.reason, self.remedy = value, reason, remedy
        super().__init__(reason)


def build_shape(kind: str, coordinates: Any, mends: list[Mend]) -> BaseGeometry | None:
    """Build a shape of one type.

    Parameters
    ----------
    kind
        One of GeoJSON's types of geometry, without GeometryCollection.
    coordinates
        Nested lists of positions, each x, y and perhaps z.
    mends
        Takes what was changed: ordinates beyond the third, rings that were closed.

    Returns
    -------
    BaseGeometry or None
        ``None`` where there are no coordinates at all.

    Raises
    ------
    ShapeError
        If the coordinates are not of that type's form.
    """
    if coordinates == []:
        mends.append(("[]", "", "Empty coordinates are no place"))
        return None
    depth = _DEPTHS[kind]
    if depth == 0:
        return shapely.Point(read_positions([coordinates], mends)[0])
    if not isinstance(coordinates, list):
        raise _wrong_form(kind, coordinates)
    if kind == "MultiPoint":
        return shapely.MultiPoint(read_positions(coordinates, mends))
    if kind == "LineString":
        line = _build_line(coordinates, mends)
        if line.length == 0:
            mends.append(ONE_PLACE)
            return shapely.get_point(line, 0)
        return line
    if kind == "MultiLineString":
        return shapely.MultiLineString([_build_line(part, mends) for part in coordinates])
    if kind == "Polygon":
        return _build_polygon(coordinates, mends)
    return shapely.MultiPolygon([_build_polygon(part, mends) for part in coordinates])


def _wrong_form(kind: str, value: Any) -> ShapeError:
    return ShapeError(value, f"It is not the form of a {kind}'s coordinates.", "Correct the brackets.")


def _build_line(positions: Any, mends: list[Mend]) -> shapely.LineString:
    if not isinstance(positions, list):
        raise _wrong_form("LineString", positions)
    read = read_positions(positions, mends)
    if len(read) < 2:
        raise ShapeError(_told_first(read), "A line has two positions or more.", "Add a position or make it a point.")
    return shapely.LineString(read)


def _build_polygon(rings: Any, mends: list[Mend]) -> shapely.Polygon:
    if not isinstance(rings, list) or not rings:
        raise _wrong_form("Polygon", rings)
    outer, *inner = [_build_ring(ring, mends) for ring in rings]
    return shapely.Polygon(outer, inner)


def _build_ring(ring: Any, mends: list[Mend]) -> shapely.LinearRing:
    if not isinstance(ring, list):
        raise _wrong_form("Polygon", ring)
    positions = read_positions(ring, mends)
    if len(positions) < 4 or len(set(positions)) < 3:
        reason = "A ring has three different corners or more, and its first again."
        raise ShapeError(_told_first(positions), reason, "Add positions or make it a line.")
    if positions[0] != positions[-1]:
        mends.append(close_ring(positions))
    return shapely.LinearRing(positions)


def close_ring(positions: list[Any]) -> Mend:
    """Repeat the first position of a ring at its end, and return the change."""
    old = _told(positions[-1])
    positions.append(positions[0])
    return old, f"{old} {_told(positions[-1])}", "An open ring was closed"


def _told(position: Sequence[float]) -> str:
    return " ".join(f"{number:.12g}" for number in position)


def _told_first(positions: Sequence[Sequence[float]]) -> str:
    told = ", ".join(map(_told, positions[:_MOST_TOLD]))
    return f"{told}, …" if len(positions) > _MOST_TOLD else told


def read_positions(positions: list[Any], mends: list[Mend]) -> list[Position]:
    """Read positions of two or three numbers each, all alike; parameters and errors as of `build_shape`."""
    read = [_read_position(position) for position in positions]
    if max(map(len, read), default=2) > 3:
        longest = next(position for position in read if len(position) > 3)
        mends.append(
            (_told(longest), _told(longest[:3]), "Numbers beyond longitude, latitude and height were left out")
        )
        read = [position[:3] for position in read]
    if len({len(position) for position in read}) > 1:
        flat = next(position for position in read if len(position) == 3)
        mends.append((_told(flat), _told(flat[:2]), "Heights were left out, since not every position has one"))
        read = [position[:2] for position in read]
    return read


def _read_position(position: Any) -> Position:
    if not isinstance(position, list | tuple):
        raise ShapeError(position, "A position is two or three numbers.", "Give longitude and latitude.")
    for number in position:
        if isinstance(number, OversizedNumber):
            raise ShapeError(number, _TOO_LARGE, "Correct the number.")
        if type(number) not in _NUMBERS:
            raise ShapeError(number, "A coordinate is a number.", "Give it as a number, without quotes.")
        if not -_GREATEST < number < _GREATEST:
            raise ShapeError(number, _TOO_LARGE, "Correct the number.")
    if len(position) < 2:
        raise ShapeError(position, "A position is two or three numbers.", "Give longitude and latitude.")
    return tuple(position)
