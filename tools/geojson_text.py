"""GeoJSON as text that stays the same byte for byte: rounded, rings right-handed, one feature a line."""

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


def write_collection(features: Iterable[dict[str, Any]], path: Path, head: dict[str, Any] | None = None) -> None:
    """Write a FeatureCollection (RFC 7946) with one feature a line, in the order given.

    Parameters
    ----------
    features
        GeoJSON features.
    path
        File to write.
    head
        Members of the collection besides its type and features.
    """
    opening = json.dumps({"type": "FeatureCollection", **(head or {})}, ensure_ascii=False)[:-1]
    lines = ",\n".join(json.dumps(feature, ensure_ascii=False, separators=(",", ":")) for feature in features)
    path.write_text(f'{opening},"features":[\n{lines}\n]}}\n', encoding="utf-8")
