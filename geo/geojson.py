"""GeoJSON geometries as they are written (RFC 7946): what is wrong with one, in words."""

from __future__ import annotations

from typing import Any

from shapely import LinearRing, Polygon
from shapely.geometry import shape
from shapely.validation import explain_validity

from geo.errors import Problem
from geo.wording import show_value

# west, south, east, north of the ground where swapped coordinates are recognised, degrees
_CORRIDOR_DEG = (33.0, 30.4, 35.0, 31.9)
_DEPTHS = {
    "Point": 0,
    "MultiPoint": 1,
    "LineString": 1,
    "MultiLineString": 2,
    "Polygon": 2,
    "MultiPolygon": 3,
}
_FORMS = {
    "Point": "one position",
    "MultiPoint": "a list of positions",
    "LineString": "a list of two or more positions",
    "MultiLineString": "a list of lines of two or more positions",
    "Polygon": "a list of rings of four or more positions",
    "MultiPolygon": "a list of polygons, each a list of rings of four or more positions",
}
_LEAST_POSITIONS = {"LineString": 2, "MultiLineString": 2, "Polygon": 4, "MultiPolygon": 4}
_MEMBERS = {"type", "coordinates", "bbox"}

Fault = tuple[str, str]
"""A broken rule and its message."""


def check_geometry(geometry: Any, feature: str) -> list[Problem]:
    """Tell everything that is wrong with a geometry; where its form is wrong, nothing further.

    Parameters
    ----------
    geometry
        Value of a feature's ``geometry`` member, as JSON gives it: longitude before latitude, degrees.
    feature
        Id of the feature, for the messages.

    References
    ----------
    RFC 7946, sections 3.1 (forms, closed rings and their direction), 4 (longitude before latitude, WGS 84).
    """
    faults = _check_form(geometry)
    if not faults:
        parts = _parts(geometry["coordinates"], _DEPTHS[geometry["type"]])
        faults = _check_positions(parts)
    if not faults and geometry["type"] in {"Polygon", "MultiPolygon"}:
        faults = _check_rings(geometry)
    return [Problem(rule, message, feature) for rule, message in faults]


def _check_form(geometry: Any) -> list[Fault]:
    if not isinstance(geometry, dict):
        return [("geometry", f"Invalid geometry '{show_value(geometry)}'. It is an object or null. Correct it.")]
    kind = geometry.get("type")
    if not isinstance(kind, str) or kind not in _DEPTHS:
        message = f"Invalid geometry type '{show_value(kind)}'. It is one of {', '.join(_DEPTHS)}. Correct it."
        return [("geometry", message)]
    unknown = sorted(geometry.keys() - _MEMBERS)
    if unknown:
        return [("geometry", f"Invalid geometry member '{show_value(unknown[0])}'. Take it out.")]
    if not _has_depth(geometry.get("coordinates"), _DEPTHS[kind], kind):
        shown = show_value(geometry.get("coordinates"))
        message = (
            f"Invalid coordinates '{shown}'. Those of a {kind} are {_FORMS[kind]}, "
            "each position two numbers: longitude and latitude. Correct them."
        )
        return [("geometry", message)]
    return []


def _has_depth(value: Any, depth: int, kind: str) -> bool:
    if not isinstance(value, list):
        return False
    if depth == 0:
        return len(value) == 2 and all(isinstance(n, int | float) and not isinstance(n, bool) for n in value)
    # rings that are too short are told apart below, with those that are not closed
    least = 1 if depth > 1 or "Polygon" in kind else _LEAST_POSITIONS.get(kind, 1)
    return len(value) >= least and all(_has_depth(part, depth - 1, kind) for part in value)


def _parts(coordinates: Any, depth: int) -> list[list[list[float]]]:
    if depth == 0:
        return [[coordinates]]
    if depth == 1:
        return [coordinates]
    return [part for inner in coordinates for part in _parts(inner, depth - 1)]


def _check_positions(parts: list[list[list[float]]]) -> list[Fault]:
    positions = [position for part in parts for position in part]
    first_beyond = next((p for p in positions if abs(p[0]) > 180 or abs(p[1]) > 90), None)
    swapped = [p for p in positions if not _is_in_corridor(*p) and _is_in_corridor(p[1], p[0])]
    if len(swapped) * 2 >= len(positions):
        message = (
            f"Invalid position '{show_value(swapped[0])}'. Longitude comes before latitude; "
            "swapped, it lies in the corridor. Swap the two numbers."
        )
        return [("swapped", message)]
    if first_beyond is None:
        return []
    longitude, latitude = first_beyond
    hint = (
        "Swap the two numbers if they are latitude and longitude."
        if _is_swappable(longitude, latitude)
        else "Give degrees on WGS 84, not metres of a projection."
    )
    message = (
        f"Invalid position '{show_value(first_beyond)}'. "
        f"Longitude reaches from -180 to 180 and latitude from -90 to 90. {hint}"
    )
    return [("range", message)]


def _is_swappable(longitude: float, latitude: float) -> bool:
    return abs(longitude) <= 90 < abs(latitude) <= 180


def _is_in_corridor(longitude: float, latitude: float) -> bool:
    west, south, east, north = _CORRIDOR_DEG
    return west <= longitude <= east and south <= latitude <= north


def _check_rings(geometry: dict[str, Any]) -> list[Fault]:
    polygons = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
    faults = [
        fault for rings in polygons for i, ring in enumerate(rings) for fault in _check_ring(ring, is_exterior=i == 0)
    ]
    if any(rule in {"ring-closed", "ring-length"} for rule, _ in faults):
        return faults
    for rings in polygons:
        polygon = Polygon(rings[0], rings[1:])
        if not polygon.is_valid:
            faults.append(_crossing(explain_validity(polygon)))
    if not faults:
        whole = shape(geometry)
        if not whole.is_valid:
            faults.append(_crossing(explain_validity(whole)))
    return faults


def _crossing(reason: str) -> Fault:
    shown = show_value(reason, 80)
    return ("polygon", f"Invalid polygon '{shown}'. Its rings neither cross nor overlap. Redraw it there.")


def _check_ring(ring: list[list[float]], *, is_exterior: bool) -> list[Fault]:
    first = show_value(ring[0])
    if ring[0] != ring[-1]:
        last = show_value(ring[-1])
        message = f"Invalid ring from '{first}' to '{last}'. A ring ends where it begins. Repeat its first position."
        return [("ring-closed", message)]
    if len(ring) < 4 or len({tuple(position) for position in ring}) < 3:
        message = f"Invalid ring at '{first}'. A ring has three corners or more, and its first again. Add positions."
        return [("ring-length", message)]
    if LinearRing(ring).is_ccw != is_exterior:
        name, way = ("Outer", "counter-clockwise") if is_exterior else ("Inner", "clockwise")
        message = f"Invalid ring at '{first}'. {name} rings run {way} (RFC 7946). Reverse the order of its positions."
        return [("ring-direction", message)]
    return []
