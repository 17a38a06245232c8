"""GeoJSON as text that stays the same byte for byte: rounded, right-handed, laid out for machines or for people."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry


def round_shape(geometry: BaseGeometry, decimals: int) -> BaseGeometry:
    """Round coordinates and lay the rings as RFC 7946 has them: outer ones counter-clockwise, holes clockwise.

    Parameters
    ----------
    geometry
        Longitude before latitude, degrees.
    decimals
        Places kept; 5 are about 1.1 m on the ground.

    Raises
    ------
    ValueError
        If rounding leaves the shape invalid.
    """
    rounded = shapely.transform(geometry, lambda coordinates: np.round(coordinates, decimals))
    rounded = shapely.remove_repeated_points(rounded)
    if not rounded.is_valid and rounded.geom_type.endswith("Polygon"):
        rounded = shapely.transform(shapely.make_valid(rounded), lambda coordinates: np.round(coordinates, decimals))
        polygons = [part for part in shapely.get_parts(rounded) if part.geom_type == "Polygon"]
        rounded = polygons[0] if len(polygons) == 1 else shapely.multipolygons(polygons)
    if rounded.is_empty or not rounded.is_valid:
        message = (
            f"Invalid shape '{shapely.is_valid_reason(rounded)}'. A rounded shape stays valid. Keep more decimals."
        )
        raise ValueError(message)
    return shapely.orient_polygons(rounded)


def write_collection(features: Iterable[dict[str, Any]], path: Path) -> None:
    """Write a FeatureCollection (RFC 7946) with one feature a line, in the order given.

    Parameters
    ----------
    features
        GeoJSON features.
    path
        File to write.
    """
    lines = ",\n".join(json.dumps(feature, ensure_ascii=False, separators=(",", ":")) for feature in features)
    path.write_text(f'{{"type": "FeatureCollection","features":[\n{lines}\n]}}\n', encoding="utf-8")


def write_editable(collection: dict[str, Any], path: Path) -> None:
    """Write a FeatureCollection as `format_editable` lays it out.

    Parameters
    ----------
    collection
        GeoJSON FeatureCollection.
    path
        File to write.
    """
    path.write_text(format_editable(collection), encoding="utf-8")


def format_editable(collection: dict[str, Any]) -> str:
    """Lay a FeatureCollection out for a person to edit: members indented, each geometry on a line of its own.

    Parameters
    ----------
    collection
        GeoJSON FeatureCollection (RFC 7946); its members and features keep their order.
    """
    members = [_member(key, value) for key, value in collection.items() if key != "features"]
    features = ",\n".join(_format_feature(feature) for feature in collection["features"])
    return ",\n".join(["{\n" + members[0], *members[1:], f' "features": [\n{features}\n ]\n}}\n'])


def _format_feature(feature: dict[str, Any]) -> str:
    """Lay out one feature, two steps in."""
    lines = ",\n".join(_member(key, value, line=key == "geometry") for key, value in feature.items())
    return "  {\n" + lines.replace("\n", "\n  ").join(["  ", "\n  }"])


def _member(key: str, value: Any, *, line: bool = False) -> str:
    """Lay out one member of an object, one step in; on one line where asked."""
    # JSON escapes line breaks within its strings, so every one that is left may be indented
    text = json.dumps(value, ensure_ascii=False, indent=None if line else 1).replace("\n", "\n ")
    return f" {json.dumps(key)}: {text}"
