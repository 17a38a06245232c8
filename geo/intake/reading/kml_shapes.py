"""The shapes of a placemark, from KML's strictly read coordinates."""

from __future__ import annotations

import re
from typing import Any
from xml.etree.ElementTree import Element

import shapely
from shapely.geometry.base import BaseGeometry

from geo.intake.reading.shapes import Mend, ShapeError, build_shape, close_ring

_GEOMETRIES = frozenset(
    {"Point", "LineString", "LinearRing", "Polygon", "MultiGeometry", "Model", "Track", "MultiTrack"}
)
_POSITIONED = frozenset({"Point", "LineString", "LinearRing"})
_NUMBER = re.compile(r"[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?")


def find_geometries(placemark: Element) -> list[Element]:
    """Return the elements of a placemark that are shapes."""
    return [child for child in placemark if child.tag in _GEOMETRIES]


def build_geometry(elements: list[Element], mends: list[Mend]) -> BaseGeometry | None:
    """Build the shape of a placemark.

    Parameters
    ----------
    elements
        Its shapes; KML allows one, and several are joined.
    mends
        Takes what was changed.

    Returns
    -------
    BaseGeometry or None
        Longitude before latitude, degrees on WGS 84, perhaps with height; ``None`` where there is no shape.

    Raises
    ------
    ShapeError
        If coordinates are no numbers, too few or missing.
    """
    if len(elements) > 1:
        mends.append((f"{len(elements)} shapes", "1 shape", "The shapes of the placemark were joined"))
    shapes = [shape for element in elements for shape in _shapes_of(element, mends)]
    if not shapes:
        if any(element.tag in _POSITIONED and not len(element) for element in elements):
            raise ShapeError("", "The shape has no coordinates.", "Add them or take the shape out.")
        return None
    return shapes[0] if len(shapes) == 1 else _join(shapes)


def _join(shapes: list[BaseGeometry]) -> BaseGeometry:
    flat: list[Any] = [part for shape in shapes for part in (shape.geoms if hasattr(shape, "geoms") else [shape])]
    kinds = {part.geom_type for part in flat}
    if kinds <= {"Point"}:
        return shapely.MultiPoint(flat)
    if kinds <= {"LineString", "LinearRing"}:
        return shapely.MultiLineString(flat)
    if kinds <= {"Polygon"}:
        return shapely.MultiPolygon(flat)
    return shapely.GeometryCollection(flat)


def _shapes_of(element: Element, mends: list[Mend]) -> list[BaseGeometry]:
    kind = element.tag
    if kind in {"MultiGeometry", "MultiTrack"}:
        parts = [child for child in element if child.tag in _GEOMETRIES]
        return [shape for part in parts for shape in _shapes_of(part, mends)]
    if kind == "Model":
        mends.append(("Model", "", "A 3-D model is not drawn"))
        return []
    if kind == "Track":
        return _track(element, mends)
    shape = _polygon(element, mends) if kind == "Polygon" else _simple(element, kind, mends)
    return [] if shape is None else [shape]


def _simple(element: Element, kind: str, mends: list[Mend]) -> BaseGeometry | None:
    positions = _positions(element)
    if not positions:
        mends.append((kind, "", "Empty coordinates are no place"))
        return None
    if kind == "Point":
        if len(positions) > 1:
            mends.append((f"{len(positions)} positions", "1 position", "A point has one position: the first was kept"))
        return build_shape("Point", positions[0], mends)
    if len(positions) == 1 or len(set(map(tuple, positions))) == 1:
        mends.append((f"{kind} of one place", "Point", "A line of one place is drawn as a point"))
        return build_shape("Point", positions[0], mends)
    return build_shape("LineString", positions, mends)


def _polygon(element: Element, mends: list[Mend]) -> BaseGeometry | None:
    outer, inner = _rings(element, "outerBoundaryIs"), _rings(element, "innerBoundaryIs")
    if not outer and not inner:
        mends.append(("Polygon", "", "Empty coordinates are no place"))
        return None
    if len(outer) != 1:
        # taken for a hole, or a hole for an area, it would be drawn the wrong way round
        raise ShapeError(str(len(outer)), "A polygon has one outer ring.", "Make each a polygon of its own.")
    # the wild often leaves out the last position, even of a triangle
    mends += [close_ring(ring) for ring in (*outer, *inner) if len(ring) > 1 and ring[0] != ring[-1]]
    return build_shape("Polygon", [*outer, *inner], mends)


def _rings(polygon: Element, name: str) -> list[list[list[float]]]:
    """Return the rings of one kind of boundary that have positions."""
    rings = [ring for boundary in polygon if boundary.tag == name for ring in boundary if ring.tag == "LinearRing"]
    return [positions for positions in map(_positions, rings) if positions]


def _track(element: Element, mends: list[Mend]) -> list[BaseGeometry]:
    texts = [(child.text or "").split() for child in element if child.tag == "coord"]
    positions = [[_number(part) for part in text] for text in texts if text]
    if not positions:
        mends.append(("Track", "", "Empty coordinates are no place"))
        return []
    if not all(texts):
        mends.append(("coord", "", "Empty coordinates are no place"))
    if len(positions) == 1:
        mends.append(("Track of one place", "Point", "A line of one place is drawn as a point"))
        shape = build_shape("Point", positions[0], mends)
    else:
        shape = build_shape("LineString", positions, mends)
    return [] if shape is None else [shape]


def _positions(element: Element) -> list[list[float]]:
    texts = [child.text or "" for child in element if child.tag == "coordinates"]
    # blanks are made single first: looking for a comma behind each of many would take their square
    joined = " ".join(" ".join(texts).split()).replace(" ,", ",").replace(", ", ",")
    return [[_number(part) for part in text.rstrip(",").split(",")] for text in joined.split()]


def _number(text: str) -> float:
    if not _NUMBER.fullmatch(text):
        raise ShapeError(text, "Coordinates are numbers: longitude, latitude and perhaps height.", "Correct them.")
    return float(text)
