"""Well-known binary of strangers: its structure is walked with bounds before any library sees it."""

from __future__ import annotations

import struct

import numpy as np
import shapely
from shapely.geometry import LineString
from shapely.geometry.base import BaseGeometry

from geo.intake.hollow_parts import NO_POSITIONS, without_hollow
from geo.intake.limits import Limits, limit_error
from geo.intake.reading.curves import CIRCULAR, LINE, POINT, POLYGON, TRIANGLE, Node, build_node
from geo.intake.reading.shapes import NO_MEASURES, ONE_PLACE, Mend, ShapeError

_HAS_Z, _HAS_M, _HAS_SRID = 0x80000000, 0x40000000, 0x20000000
_WITH_PARTS = frozenset({4, 5, 6, 7, 9, 10, 11, 12, 15, 16})
_LEAST_BYTES = 5
_GREATEST = 1e12
_SIMPLE_POINTS = {b"\x01\x01\x00\x00\x00": 21, b"\x01\xe9\x03\x00\x00": 29, b"\x01\x01\x00\x00\x80": 29}


def read_wkb(data: bytes, limits: Limits, mends: list[Mend]) -> BaseGeometry | None:
    """Read a shape from well-known binary (ISO or extended).

    Parameters
    ----------
    data
        One shape.
    limits
        That of depth holds for collections within collections.
    mends
        Takes what was changed: arcs, faces and measures.

    Returns
    -------
    BaseGeometry or None
        ``None`` for an empty shape.

    Raises
    ------
    ShapeError
        If it is cut off or of no known type, or has a coordinate that is no number.
    InputError
        If it is nested beyond the limit.

    References
    ----------
    OGC 06-103r4, section 8.
    """
    if _SIMPLE_POINTS.get(data[:5]) == len(data):
        return _checked(shapely.from_wkb(data), mends)
    walker = _Walker(data, limits)
    node = walker.read(1)
    if walker.has_measures:
        mends.append(NO_MEASURES)
    if not node.is_plain or walker.has_measures:
        return _checked(build_node(node, mends), mends)
    try:
        return _checked(shapely.from_wkb(data), mends)
    except (shapely.errors.GEOSException, ValueError) as error:
        raise ShapeError(
            "", f"It is no shape: {str(error)[:80]}.", "Correct it in the program that wrote it."
        ) from error


def _checked(geometry: BaseGeometry, mends: list[Mend]) -> BaseGeometry | None:
    if geometry.is_empty:
        return None
    whole = without_hollow(geometry)
    if whole is not geometry:
        mends.append(("EMPTY", "", NO_POSITIONS))
        geometry = whole
    if isinstance(geometry, LineString) and geometry.length == 0:
        mends.append(ONE_PLACE)
        geometry = shapely.Point(geometry.coords[0])
    ordinates = shapely.get_coordinates(geometry)
    wrong = ordinates[~(np.abs(ordinates) < _GREATEST)]  # NaN too
    if len(wrong):
        shown = str(float(wrong[0]))
        raise ShapeError(shown, "A coordinate is a number, and smaller than this by far.", "Correct the number.")
    if geometry.has_z and not np.isfinite(shapely.get_coordinates(geometry, include_z=True)[:, 2]).all():
        return shapely.force_2d(geometry)
    return geometry


class _Walker:
    """Walks through one shape, never beyond its end."""

    def __init__(self, data: bytes, limits: Limits) -> None:
        self.data, self.limits = data, limits
        self.place, self.has_measures = 0, False

    def read(self, depth: int) -> Node:
        if depth > self.limits.depth:
            raise limit_error("depth", self.limits)
        order = "<" if self._take(1) == b"\x01" else ">"
        kind, has_z, has_m = self._read_type(order)
        self.has_measures |= has_m
        width = 2 + has_z + has_m
        if kind == POINT:
            return Node(kind, (self._positions(order, 1, width, has_m),))
        if kind in {LINE, CIRCULAR}:
            return Node(kind, (self._positions(order, self._count(order, width * 8), width, has_m),))
        if kind in {POLYGON, TRIANGLE}:
            rings = range(self._count(order, 4))
            return Node(kind, tuple(self._positions(order, self._count(order, width * 8), width, has_m) for _ in rings))
        if kind in _WITH_PARTS:
            return Node(kind, parts=tuple(self.read(depth + 1) for _ in range(self._count(order, _LEAST_BYTES))))
        raise ShapeError(str(kind), "It is no known type of shape.", "Save it as points, lines or polygons.")

    def _read_type(self, order: str) -> tuple[int, bool, bool]:
        code = self._number(order)
        if code & _HAS_SRID:
            self._take(4)
        bare = code & 0x0FFFFFFF
        thousands = bare // 1000
        if thousands > 3:
            raise ShapeError(str(code), "It is no known type of shape.", "Save it as points, lines or polygons.")
        has_z = bool(code & _HAS_Z) or thousands in {1, 3}
        has_m = bool(code & _HAS_M) or thousands in {2, 3}
        return bare % 1000, has_z, has_m

    def _take(self, count: int) -> bytes:
        part = self.data[self.place : self.place + count]
        if len(part) < count:
            raise ShapeError("", "The shape is cut off.", "Save the file again.")
        self.place += count
        return part

    def _number(self, order: str) -> int:
        return int(struct.unpack(order + "I", self._take(4))[0])

    def _count(self, order: str, least_bytes: int) -> int:
        count = self._number(order)
        if count * least_bytes > len(self.data) - self.place:
            raise ShapeError("", "The shape is cut off.", "Save the file again.")
        return count

    def _positions(
        self, order: str, count: int, width: int, has_m: bool
    ) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
        read = np.frombuffer(self._take(count * width * 8), dtype=order + "f8").reshape(count, width)
        return read[:, : width - has_m].astype(np.float64)
