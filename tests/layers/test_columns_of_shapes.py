"""Shapes as columns: every kind keeps its place, and none shifts those after it."""

from __future__ import annotations

import numpy as np
import shapely

from geo.dataset import Dataset
from layers.columns import Index, Indexes, feature_columns, geometry_columns


def test_several_points_and_mixed_shapes_shift_no_other() -> None:
    texts = [
        "POINT (1 2)",
        None,
        "MULTIPOINT (1 2, 3 4)",
        "POINT EMPTY",
        "GEOMETRYCOLLECTION (POINT (1 1), MULTIPOLYGON (((0 0, 1 0, 1 1, 0 0)), ((5 5, 6 5, 6 6, 5 5))))",
        "LINESTRING (1 1, 2 2)",
    ]
    columns = geometry_columns(np.array([text and shapely.from_wkt(text) for text in texts], dtype=object))
    assert columns["kind"] == [1, 0, 2, 0, 3, 2]
    assert columns["rings"] == [2, 3, 1]
    assert columns["sizes"] == [1, 1, 1, 4, 4, 2]
    positions = np.cumsum(np.array(columns["xy"]).reshape(-1, 2), axis=0) / 100_000
    # what the page counts: one for each point, then the sizes of the rest
    assert len(positions) == columns["kind"].count(1) + sum(columns["sizes"])
    assert positions[0].tolist() == [1, 2]
    assert positions[-2:].tolist() == [[1, 1], [2, 2]]


def test_rings_run_one_way_and_their_holes_the_other() -> None:
    ring, hole = shapely.box(0, 0, 3, 3, ccw=False).exterior, shapely.box(1, 1, 2, 2, ccw=True).exterior
    pierced = shapely.Polygon(ring, [hole])
    shapes = [pierced, shapely.reverse(pierced), shapely.GeometryCollection([shapely.MultiPolygon([pierced])])]
    columns = geometry_columns([*shapes, shapely.LineString(ring)])
    positions = np.cumsum(np.array(columns["xy"]).reshape(-1, 2), axis=0)
    pieces = np.split(positions, np.cumsum(columns["sizes"])[:-1])
    # a line runs as it is told
    assert [shapely.LinearRing(piece).is_ccw for piece in pieces] == [True, False] * len(shapes) + [ring.is_ccw]
    assert not ring.is_ccw


def test_disputed_lines_are_told_by_row(dataset: Dataset) -> None:
    columns = feature_columns(dataset.features, Indexes(Index(), Index()))
    assert {columns["id"][row] for row in columns["disputed"]} == {"gaza-israel-border"}
