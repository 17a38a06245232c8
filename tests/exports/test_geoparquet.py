from __future__ import annotations

import io
import json

import geopandas as gpd
import pyarrow.parquet as pq
import pytest

from exports.geoparquet import RECEIPT_KEY, SOURCES_KEY, render_parquet
from geo.dataset import Dataset
from geo.selection import select
from geo.view import View
from tests.hostile_data import HOSTILE, hostile_dataset


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Dataset:
    return hostile_dataset(tmp_path_factory.mktemp("hostile"))


@pytest.mark.parametrize("query", ["", "themes=tunnels,border&since=2013-06", "themes=none", "statuses=denied"])
def test_parquet_has_a_row_for_each_shown_feature(dataset: Dataset, query: str) -> None:
    view = View.from_query(query)
    selection = select(dataset, view)
    frame = gpd.read_parquet(io.BytesIO(render_parquet(dataset, view)))
    assert frame["feature_id"].tolist() == [feature.id for feature in selection.features]
    assert frame.geometry.notna().sum() == len(selection.drawn)
    assert frame.crs is not None
    assert frame.crs.to_authority() == ("OGC", "CRS84")
    claims = [claim["id"] for cell in frame["claims_json"] for claim in json.loads(cell)]
    assert claims == [claim.id for feature in selection.features for claim in selection.claims[feature.id]]


def test_parquet_keeps_every_text(hostile: Dataset) -> None:
    frame = gpd.read_parquet(io.BytesIO(render_parquet(hostile, View())))
    assert frame["name"].tolist() == [*(feature.name for feature in hostile.features), *HOSTILE]
    told = [claim["statement"] for cell in frame["claims_json"].dropna() for claim in json.loads(cell)]
    assert told == [claim.statement for feature in hostile.features for claim in feature.claims]


def test_metadata_hold_receipt_and_sources(dataset: Dataset) -> None:
    metadata = pq.read_schema(io.BytesIO(render_parquet(dataset, View()))).metadata
    assert json.loads(metadata[RECEIPT_KEY])["data"]["sha256"] == dataset.sha256
    assert [item["id"] for item in json.loads(metadata[SOURCES_KEY])] == [source.id for source in dataset.sources]
    geo = json.loads(metadata[b"geo"])
    assert (geo["version"], geo["primary_column"]) == ("1.1.0", "geometry")


def test_parquet_makes_same_bytes_twice(hostile: Dataset) -> None:
    assert render_parquet(hostile, View()) == render_parquet(hostile, View())
