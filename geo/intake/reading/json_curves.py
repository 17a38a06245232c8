"""Arcs and surfaces of JSON-FG, which stand where GeoJSON has plain shapes."""

from __future__ import annotations

from types import MappingProxyType
from typing import Any

import numpy as np

from geo.intake.reading.curves import (
    CIRCULAR,
    COLLECTION,
    COMPOUND,
    CURVE_POLYGON,
    LINE,
    MULTICURVE,
    MULTISURFACE,
    POINT,
    POLYGON,
    Node,
    Positions,
)
from geo.intake.reading.shapes import ShapeError, read_positions

CURVES = MappingProxyType(
    {
        "CircularString": CIRCULAR,
        "CompoundCurve": COMPOUND,
        "CurvePolygon": CURVE_POLYGON,
        "MultiCurve": MULTICURVE,
        "MultiSurface": MULTISURFACE,
    }
)
"""The types of geometries that JSON-FG adds and that are read, with their numbers in well-known binary."""

_PARTS = MappingProxyType(
    {
        COMPOUND: {LINE, CIRCULAR},
        CURVE_POLYGON: {LINE, CIRCULAR, COMPOUND},
        MULTICURVE: {LINE, CIRCULAR, COMPOUND},
        MULTISURFACE: {POLYGON, CURVE_POLYGON},
    }
)
_PLAIN = MappingProxyType({"Point": POINT, "LineString": LINE, "Polygon": POLYGON, "GeometryCollection": COLLECTION})


def read_curve(geometry: dict[str, Any], measures: bool | None = None) -> Node:
    """Read a geometry of JSON-FG that may have arcs.

    Parameters
    ----------
    geometry
        Member of a JSON object; its nesting is bounded already.
    measures
        Whether the last number of each position is a measure; ``None`` where the geometry itself says so.

    Raises
    ------
    ShapeError
        If a part has no place in it or a position is none.

    References
    ----------
    OGC 21-045r1 (JSON-FG 1.0), "Circular Arcs" and "Measures".
    """
    kind = _kind_of(geometry)
    if measures is None:
        said = geometry.get("measures")
        measures = isinstance(said, dict) and said.get("enabled") is True
    if kind in _PARTS:
        parts = tuple(read_curve(part, measures) for part in _list_of(geometry, "geometries"))
        if not parts or any(part.kind not in _PARTS[kind] for part in parts):
            raise ShapeError(geometry.get("type"), "It has a part of another type.", "Correct its parts.")
        return Node(kind, parts=parts)
    coordinates = _list_of(geometry, "coordinates")
    lists = coordinates if kind == POLYGON else [coordinates]
    return Node(kind, tuple(_positions(each, measures) for each in lists))


def _kind_of(geometry: Any) -> int:
    name = geometry.get("type") if isinstance(geometry, dict) else None
    kind = CURVES.get(name, _PLAIN.get(name)) if isinstance(name, str) else None
    if kind not in {LINE, POLYGON, *CURVES.values()} or kind is None:
        raise ShapeError(name, "It has a part of another type.", "Correct its parts.")
    return kind


def _list_of(geometry: dict[str, Any], name: str) -> list[Any]:
    value = geometry.get(name)
    if not isinstance(value, list) or not value:
        raise ShapeError(value, f"Its member '{name}' is a list.", "Add it.")
    return value


def _positions(value: Any, measures: bool) -> Positions:
    if not isinstance(value, list) or not value:
        raise ShapeError(value, "A line has positions.", "Correct the brackets.")
    if measures:
        value = [part[:-1] if isinstance(part, list) and len(part) > 2 else part for part in value]
    return np.array(read_positions(value, []), dtype=np.float64)
