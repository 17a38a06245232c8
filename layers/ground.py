"""The offline base map as columns: land, lakes, boundaries, and names to orient by."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from shapely.geometry import shape

from layers.columns import geometry_columns

ATTRIBUTION = "© OpenStreetMap contributors · GeoNames · Natural Earth"
"""What the data's licences ask to be shown with the map (ODbL 4.3, CC BY 4.0); Natural Earth is named by courtesy."""

_KINDS = {"world-land": "land"}


def ground_columns(basemap: Mapping[str, Any]) -> dict[str, Any]:
    """Lay out the base map for the page.

    Parameters
    ----------
    basemap
        GeoJSON FeatureCollection with ``kind``, ``scale``, ``names``, ``rank`` and ``disputed`` as properties;
        longitude before latitude, degrees.
    """
    features = basemap["features"]
    properties = [feature["properties"] for feature in features]
    return {
        "kinds": [_KINDS.get(item["kind"], item["kind"]) for item in properties],
        "scales": [item.get("scale", "frame") for item in properties],
        "names": {
            row: item["names"] for row, item in enumerate(properties) if item["kind"].endswith(("town", "label"))
        },
        "ranks": [item.get("rank", 0) for item in properties],
        "disputed": [int(bool(item.get("disputed"))) for item in properties],
        "geometry": geometry_columns([shape(feature["geometry"]) for feature in features]),
        "attribution": ATTRIBUTION,
    }
