"""GeoJSON by RFC 7946: what a strict reader, and the rules that no reader checks, say of an export."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import geopandas as gpd
import pytest
import shapely
from geojson_pydantic import FeatureCollection

from exports.geojson import render_geojson
from geo.dataset import Dataset
from geo.events import read_events
from geo.view import View


def find_faults(content: bytes) -> list[str]:
    collection = json.loads(content)
    FeatureCollection.model_validate(collection)
    faults = [] if "crs" not in collection else ["4: a crs is no longer part of GeoJSON"]
    faults += [
        f"7.1: a feature collection has no {name}"
        for name in ("coordinates", "geometry", "properties")
        if name in collection
    ]
    for feature in collection["features"]:
        faults += [f"{feature['id']}: {fault}" for fault in find_faults_of(feature)]
    return faults


def find_faults_of(feature: dict[str, Any]) -> Iterator[str]:
    if feature.keys() & {"coordinates", "geometries", "features"}:
        yield "7.1: a feature has no members of other objects"
    if not isinstance(feature["id"], str | int):
        yield "3.2: an id is a text or a number"
    geometry = feature["geometry"]
    if geometry is None:
        return
    shape = shapely.from_geojson(json.dumps(geometry))
    west, south, east, north = shape.bounds
    if not (-180 <= west <= east <= 180 and -90 <= south <= north <= 90):
        yield "4: longitude before latitude, in degrees"
    if shapely.has_z(shape):
        yield "3.1.1: no heights are told"
    areas = [part for part in shapely.get_parts(shape).tolist() if part.geom_type == "Polygon"]
    if any(not area.exterior.is_ccw or any(ring.is_ccw for ring in area.interiors) for area in areas):
        yield "3.1.6: outer rings run counterclockwise, holes clockwise"


def test_export_follows_the_standard(dataset: Dataset) -> None:
    table = {
        "id": ["a"],
        "name": ["A"],
        "theme": ["t"],
        "when": [""],
        "statement": ["s"],
        "source": ["b"],
        "locator": [""],
    }
    hole = shapely.box(34, 31, 34.5, 31.5).difference(shapely.box(34.1, 31.1, 34.2, 31.2))
    shapes = [shapely.orient_polygons(hole, exterior_cw=True)]
    events = read_events(gpd.GeoDataFrame(table, geometry=shapes, crs="OGC:CRS84")).events
    assert find_faults(render_geojson(replace(dataset, events=events), View())) == []


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        ({"crs": {}}, "no longer part"),
        (
            {
                "features": [
                    {
                        "type": "Feature",
                        "id": "x",
                        "geometry": {"type": "Point", "coordinates": [31, 134]},
                        "properties": {},
                    }
                ]
            },
            "longitude before latitude",
        ),
        (
            {
                "features": [
                    {
                        "type": "Feature",
                        "id": "x",
                        "properties": {},
                        "geometry": {"type": "Polygon", "coordinates": [[[0, 0], [0, 1], [1, 1], [0, 0]]]},
                    }
                ]
            },
            "counterclockwise",
        ),
    ],
)
def test_planted_fault_is_found(fault: dict[str, Any], words: str) -> None:
    collection: dict[str, Any] = {"type": "FeatureCollection", "features": []}
    assert words in "\n".join(find_faults(json.dumps(collection | fault).encode()))
