"""GeoJSON (RFC 7946) and lists of plain objects, read by our own hands: nothing that they name is opened."""

from __future__ import annotations

from types import MappingProxyType
from typing import Any

import shapely
from shapely.geometry.base import BaseGeometry

from geo.intake.reading.crs_names import TAKEN, recognise_crs
from geo.intake.reading.curves import build_node
from geo.intake.reading.gathering import GatheredLayer, Gathering, show
from geo.intake.reading.json_curves import CURVES, has_measures, read_curve, without_measures
from geo.intake.reading.json_tables import find_table, read_table
from geo.intake.reading.json_text import RepeatingObject, parse_lines, parse_text, tell_repeated
from geo.intake.reading.shapes import KINDS, NO_MEASURES, Mend, ShapeError, build_shape
from geo.intake.refusing import unaccepted, unreadable
from geo.wording import show_value

_OWN = frozenset({"type", "geometry", "properties", "id", "bbox"})
_OF_GEOMETRY = frozenset({"type", "coordinates", "geometries", "bbox", "measures"})
_COLLECTION = frozenset({"type", "features", "crs", "name", "bbox"})
_OTHER_FORMATS = MappingProxyType(
    {
        "Topology": "TopoJSON",
        "gdal_streamed_alg": "a GDAL pipeline, which points to other files",
        "Sphere": "TopoJSON",
    }
)
_BESIDE = "A member that GeoJSON does not define"


def read_rows(data: bytes, gathering: Gathering) -> None:
    """Read a FeatureCollection, a Feature or a geometry into one layer, or a list of plain objects as a table.

    Raises
    ------
    InputError
        If it is no JSON, or JSON of another kind, or reaches a limit.
    """
    lines = parse_lines(data, gathering)
    if lines is not None:
        read_table(lines, gathering)
        return
    whole = parse_text(data, gathering)
    table = None if isinstance(whole, dict) and _is_known(whole) else find_table(whole)
    if table is not None:
        read_table(table, gathering)
        return
    if not isinstance(whole, dict):
        raise unreadable("It is JSON, but no GeoJSON: it is no object", "Give a FeatureCollection")
    kind = whole.get("type")
    _refuse_others(whole, kind)
    layer = gathering.open_layer(_name_of(whole), _crs_of(whole, gathering), has_geometry=True)
    if kind == "FeatureCollection":
        _read_collection(whole, layer)
    elif kind == "Feature":
        _read_feature(whole, layer)
    else:
        tell_repeated(whole, layer, 1)
        geometry = {key: value for key, value in whole.items() if key != "crs"}
        _read_feature({"type": "Feature", "geometry": geometry, "properties": None}, layer)


def _is_known(whole: dict[str, Any]) -> bool:
    """Tell whether an object is GeoJSON or of another format by its members, whatever lists it has."""
    kind = whole.get("type")
    if isinstance(kind, str) and kind in {*_OTHER_FORMATS, "FeatureCollection", "Feature", *KINDS, *CURVES}:
        return True
    return "features" in whole or _is_esri(whole) or _is_overpass(whole)


def _is_esri(whole: dict[str, Any]) -> bool:
    members = {"geometryType", "spatialReference", "fieldAliases", "displayFieldName", "rings", "paths"}
    return not whole.keys().isdisjoint(members)


def _is_overpass(whole: dict[str, Any]) -> bool:
    return isinstance(whole.get("elements"), list) and not whole.keys().isdisjoint({"osm3s", "generator"})


def _refuse_others(whole: dict[str, Any], kind: Any) -> None:
    if isinstance(kind, str) and kind in _OTHER_FORMATS:
        raise unaccepted(_OTHER_FORMATS[kind])
    if isinstance(kind, str) and kind in {"FeatureCollection", "Feature", *KINDS, *CURVES}:
        return
    if _is_esri(whole):
        raise unaccepted("Esri JSON")
    if _is_overpass(whole):
        raise unaccepted("OpenStreetMap data from Overpass (convert them to GeoJSON)")
    if "features" in whole:
        raise unreadable("It has features, but its 'type' is not 'FeatureCollection'", "Add the type")
    shown = show_value(kind) if isinstance(kind, str) else ""
    reason = f"its 'type' is '{shown}'" if shown else "it has no 'type'"
    raise unreadable(f"It is JSON, but no GeoJSON: {reason}", "Give a FeatureCollection")


def _name_of(whole: dict[str, Any]) -> str:
    name = whole.get("name")
    return name if whole.get("type") == "FeatureCollection" and isinstance(name, str) else ""


def _crs_of(whole: dict[str, Any], gathering: Gathering) -> str | None:
    crs = whole.get("crs")
    if crs is None:
        return None
    kind = crs.get("type") if isinstance(crs, dict) else None
    properties = crs.get("properties") if isinstance(crs, dict) else None
    properties = properties if isinstance(properties, dict) else {}
    if kind in ("link", "url") and properties:
        raise unreadable(
            "Its member 'crs' links to another file, and links are not followed", "Give the CRS by its name, or none"
        )
    name = properties.get("name", properties.get("code"))
    known = recognise_crs(f"EPSG:{name}" if kind == "EPSG" else str(name)) if name is not None else None
    if known is None:
        gathering.note(
            f"The coordinate reference system '{show_value(name if isinstance(name, str) else crs)}' is unknown. "
            f"{TAKEN} Look whether they lie where they should."
        )
    return known


def _read_collection(whole: dict[str, Any], layer: GatheredLayer) -> None:
    features = whole.get("features")
    if not isinstance(features, list):
        raise unreadable("Its member 'features' is no list", "Give a list of features, even if it is empty")
    tell_repeated(whole, layer, 0)
    if isinstance(whole, RepeatingObject) and any(key == "features" for key, _ in whole.dropped):
        raise unreadable("It has the member 'features' twice", "Join the two lists")
    beside = [key for key in whole if key not in _COLLECTION]
    if beside:
        told = ", ".join(f"{show_value(key)} ({show(whole[key])[:80]})" for key in beside[:20])
        layer.whole.note(f"Beside its features the collection has: {told}.")
    if not features:
        layer.whole.note("It holds no features.")
    for feature in features:
        _read_feature(feature, layer)


def _read_feature(feature: Any, layer: GatheredLayer) -> None:
    number = layer.count()
    if not isinstance(feature, dict):
        layer.refuse(number, "", feature, "It is no feature: it is no object.", "Take it out.")
        return
    kind = feature.get("type")
    if isinstance(kind, str) and kind in {*KINDS, *CURVES}:
        layer.change(number, "type", kind, "Feature", "A bare geometry was taken for a feature without properties")
        feature = {"type": "Feature", "geometry": feature, "properties": None}
    elif kind != "Feature":
        layer.refuse(number, "type", kind, "The 'type' of a feature is 'Feature'.", "Correct it.")
        return
    if not isinstance(feature.get("properties"), dict | None):
        reason = "The properties of a feature are an object or null."
        layer.refuse(number, "properties", feature["properties"], reason, "Correct them.")
        return
    if isinstance(feature.get("id"), dict | list | bool):
        layer.refuse(number, "id", feature["id"], "The id of a feature is a text or a number.", "Correct it.")
        return
    tell_repeated(feature, layer, number)
    values = _values_of(feature, layer, number)
    mends: list[Mend] = []
    try:
        if "geometry" not in feature:
            layer.change(number, "geometry", "", "null", "The member 'geometry' is missing: the row has no place")
        geometry = _read_geometry(feature.get("geometry"), layer, number, mends)
    except ShapeError as error:
        layer.refuse(number, "geometry", error.value, error.reason, error.remedy)
        return
    if geometry is None and not values and "properties" not in feature:
        reason = "The feature is empty: it has neither a place nor the member 'properties'."
        layer.refuse(number, "", "", reason, "Add them or take it out.")
        return
    for old, new, reason in mends:
        layer.change(number, "geometry", old, new, reason)
    layer.keep(number, values, geometry)


def _values_of(feature: dict[str, Any], layer: GatheredLayer, number: int) -> dict[str, Any]:
    properties = feature.get("properties")
    values: dict[str, Any] = {}
    if isinstance(properties, dict):
        tell_repeated(properties, layer, number)
        values = dict(properties)
    elif "properties" not in feature:
        layer.change(number, "properties", "", "null", "The member 'properties' is missing")
    for key, value in feature.items():
        if key in _OWN and key != "id":
            continue
        if key == "id" and (value is None or (key in values and values[key] == value)):
            continue
        name = key
        while name in values:
            name = f"feature {name}"
        if key != "id":
            layer.whole.note(f"{_BESIDE}, '{show_value(key)}', stands beside the properties; it was read as a field.")
        values[name] = value
    return values


def _read_geometry(geometry: Any, layer: GatheredLayer, number: int, mends: list[Mend]) -> BaseGeometry | None:
    if geometry is None:
        return None
    if not isinstance(geometry, dict):
        raise ShapeError(geometry, "A geometry is an object or null.", "Correct it.")
    tell_repeated(geometry, layer, number)
    kind = geometry.get("type")
    for key in (each for each in geometry if each not in _OF_GEOMETRY):
        layer.whole.note(f"{_BESIDE}, '{show_value(key)}', stands in a geometry; it was left out.")
    if has_measures(geometry):
        mends.append(NO_MEASURES)
        geometry = without_measures(geometry)
    if isinstance(kind, str) and kind in CURVES:
        shape: BaseGeometry = build_node(read_curve(geometry, mends), mends)
        return shape
    if not isinstance(kind, str) or kind not in KINDS:
        raise ShapeError(kind, f"The type of a geometry is one of {', '.join(KINDS)}.", "Correct it.")
    if kind == "GeometryCollection":
        return _read_parts(geometry, layer, number, mends)
    if "coordinates" not in geometry:
        raise ShapeError("", "The geometry has no coordinates.", "Add them or make the geometry null.")
    return build_shape(kind, geometry["coordinates"], mends)


def _read_parts(geometry: dict[str, Any], layer: GatheredLayer, number: int, mends: list[Mend]) -> BaseGeometry | None:
    parts = geometry.get("geometries")
    if not isinstance(parts, list):
        raise ShapeError(parts, "A collection has a list of geometries.", "Add it.")
    shapes = [_read_geometry(part, layer, number, mends) for part in parts]
    if None in parts:
        mends.append(("null", "", "Empty coordinates are no place"))
    present = [shape for shape in shapes if shape is not None]
    if not present:
        mends.append(("[]", "", "An empty collection is no place"))
        return None
    return shapely.geometrycollections(present)
