"""The JSON Schema of the data file, made from the models."""

from __future__ import annotations

from typing import Any

from geo.model import Feature

_DIALECT = "https://json-schema.org/draft/2020-12/schema"


def build_schema() -> dict[str, Any]:
    """Build the schema of ``places.geojson``: a GeoJSON FeatureCollection of the atlas's features.

    References
    ----------
    JSON Schema, draft 2020-12; RFC 7946, section 3.
    """
    record = Feature.model_json_schema(ref_template="#/$defs/{model}")
    fields = dict(record["properties"])
    members = {"type": {"const": "Feature"}, "id": fields.pop("id"), "geometry": fields.pop("geometry")}
    properties = {
        "type": "object",
        "additionalProperties": False,
        "properties": fields,
        "required": [name for name in record["required"] if name in fields],
    }
    feature = {
        "description": record["description"],
        "type": "object",
        "additionalProperties": False,
        "properties": members | {"bbox": {"type": "array"}, "properties": properties},
        "required": ["type", "id", "geometry", "properties"],
    }
    return {
        "$schema": _DIALECT,
        "title": "Places of the Corridor Atlas",
        "type": "object",
        "properties": {
            "type": {"const": "FeatureCollection"},
            "version": {"type": "string", "description": "calendar version of the data"},
            "features": {"type": "array", "minItems": 1, "items": {"$ref": "#/$defs/Feature"}},
        },
        "required": ["type", "features"],
        "$defs": record["$defs"] | {"Feature": feature},
    }
