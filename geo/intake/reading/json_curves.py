"""Arcs and surfaces of JSON-FG, which stand where GeoJSON has plain shapes."""

from __future__ import annotations

from itertools import islice
from types import MappingProxyType
from typing import Any

import numpy as np

from geo.intake.reading.curves import (
    CIRCULAR,
    COMPOUND,
    CURVE_POLYGON,
    LINE,
    MULTICURVE,
    MULTISURFACE,
    POLYGON,
    Node,
    Positions,
)
from geo.intake.reading.gathering import show
from geo.intake.reading.shapes import Mend, ShapeError, read_positions

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
_PLAIN = MappingProxyType({"LineString": LINE, "Polygon": POLYGON})

_MOST_TOLD = 4


def has_measures(geometry: dict[str, Any]) -> bool:
    """Tell whether a geometry says that the last number of each of its positions is a measure.

    References
    ----------
    OGC 21-045r1 (JSON-FG 1.0), "Measures".
    """
    said = geometry.get("measures")
    return isinstance(said, dict) and said.get("enabled") is True


def without_measures(geometry: dict[str, Any]) -> dict[str, Any]:
    """Return a geometry that `has_measures`, and its parts, without them; its nesting is bounded already."""
    kept = {key: value for key, value in geometry.items() if key != "measures"}
    if "coordinates" in kept:
        kept["coordinates"] = _without_last(kept["coordinates"])
    if isinstance(parts := kept.get("geometries"), list):
        kept["geometries"] = [without_measures(part) if isinstance(part, dict) else part for part in parts]
    return kept


def _without_last(coordinates: Any) -> Any:
    if not isinstance(coordinates, list) or not coordinates:
        return coordinates
    if isinstance(coordinates[0], list):
        return [_without_last(part) for part in coordinates]
    return coordinates[:-1] if len(coordinates) > 2 else coordinates


def read_curve(geometry: dict[str, Any], mends: list[Mend]) -> Node:
    """Read a geometry of JSON-FG that may have arcs.

    Parameters
    ----------
    geometry
        Member of a JSON object, without measures; its nesting is bounded already.
    mends
        As of `geo.intake.reading.shapes.build_shape`.

    Raises
    ------
    ShapeError
        If a part has no place in it or a position is none.

    References
    ----------
    OGC 21-045r1 (JSON-FG 1.0), "Circular Arcs".
    """
    kind = _kind_of(geometry)
    if kind in _PARTS:
        return Node(kind, parts=tuple(read_curve(part, mends) for part in _parts_of(geometry, kind, mends)))
    coordinates = _list_of(geometry, "coordinates")
    lists = coordinates if kind == POLYGON else [coordinates]
    return Node(kind, tuple(_positions(each, mends) for each in lists))


def _kind_of(geometry: Any) -> int:
    """Return the kind of a geometry; 0 where it is none of lines, areas and what is made of them."""
    name = geometry.get("type") if isinstance(geometry, dict) else None
    return CURVES.get(name, _PLAIN.get(name, 0)) if isinstance(name, str) else 0


def _parts_of(geometry: dict[str, Any], kind: int, mends: list[Mend]) -> list[dict[str, Any]]:
    """Return the parts that may stand in a geometry; the others are left out and told, but for an outer ring."""
    listed = _list_of(geometry, "geometries")
    parts = [part for part in listed if _kind_of(part) in _PARTS[kind]]
    others = (part for part in listed if _kind_of(part) not in _PARTS[kind])
    told = ", ".join(show(part.get("type") if isinstance(part, dict) else part) for part in islice(others, _MOST_TOLD))
    if not parts or (kind == CURVE_POLYGON and parts[0] is not listed[0]):
        raise ShapeError(told, "It has a part of another type.", "Correct its parts.")
    if told:
        mends.append((told, "", "A part of another type was left out"))
    return parts


def _list_of(geometry: dict[str, Any], name: str) -> list[Any]:
    value = geometry.get(name)
    if not isinstance(value, list) or not value:
        raise ShapeError(value, f"Its member '{name}' is a list.", "Add it.")
    return value


def _positions(value: Any, mends: list[Mend]) -> Positions:
    if not isinstance(value, list) or not value:
        raise ShapeError(value, "A line has positions.", "Correct the brackets.")
    return np.array(read_positions(value, mends), dtype=np.float64)
