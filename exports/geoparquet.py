"""What a view shows as GeoParquet 1.1: one row a feature, its claims nested as JSON."""

from __future__ import annotations

import io
import json
from typing import Any

import geopandas as gpd
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from exports.cleaning import NOTE, clean_record, drop_unheld
from exports.geojson import Kept, cited_sources, feature_object, source_item
from exports.own_columns import gather_own_columns
from exports.receipt import build_receipt
from exports.records import COLUMNS, iterate_records, make_frame
from geo.dataset import Dataset
from geo.selection import Selection, select
from geo.view import View

RECEIPT_KEY, SOURCES_KEY = b"corridor_atlas_receipt", b"corridor_atlas_sources"
"""Keys of the file's metadata that hold the receipt and the cited sources (CSL-JSON), each as JSON."""


CLAIMS = "claims_json"
"""Column that holds a feature's claims."""


def render_parquet(dataset: Dataset, view: View) -> bytes:
    """Write what is shown as GeoParquet: the columns of `exports.records`, ``claims_json`` and the geometry.

    One row is one feature, so that a shape is there once and a map needs no grouping; ``claims_json`` holds the
    claims as GeoJSON has them, and an event of a reader's own has none, but the further columns of its table.

    Parameters
    ----------
    dataset
        What is chosen from.
    view
        What to show; a feature without a shape has a null geometry.

    References
    ----------
    GeoParquet 1.1.0; longitude before latitude, OGC:CRS84.
    """
    selection = select(dataset, view)
    records = list(iterate_records(dataset, selection))
    own = gather_own_columns(dataset, selection, (*COLUMNS, CLAIMS, "geometry"))
    cleaned = [clean_record(record.values | own.cells(record.row), drop_unheld) for record in records]
    frame = make_frame([values for values, _ in cleaned], {**COLUMNS, **own.kinds})
    frame.insert(len(COLUMNS), CLAIMS, pd.Series(_claims(selection, len(records)), dtype="string"))
    shapes = gpd.GeoDataFrame(frame, geometry=[record.geometry for record in records], crs="OGC:CRS84")
    file = io.BytesIO()
    shapes.to_parquet(file, index=False, schema_version="1.1.0", write_covering_bbox=False)
    receipt = build_receipt(dataset, view, selection)
    dropped = own.renamed + sum(count for _, count in cleaned)
    if dropped:
        receipt["notes"] = [NOTE.format(dropped)]
    return _add_metadata(file, receipt, dataset, selection)


def _claims(selection: Selection, count: int) -> list[str | None]:
    kept = Kept.gather(selection)
    told: list[str | None] = [
        json.dumps(
            feature_object(feature, selection.claims[feature.id], kept)["properties"]["claims"], ensure_ascii=False
        )
        for feature in selection.features
    ]
    return told + [None] * (count - len(told))


def _add_metadata(file: io.BytesIO, receipt: dict[str, Any], dataset: Dataset, selection: Selection) -> bytes:
    file.seek(0)
    table = pq.read_table(file)
    sources = [source_item(source) for source in cited_sources(dataset, selection)]
    told = {RECEIPT_KEY: receipt, SOURCES_KEY: sources}
    added = {key: json.dumps(value, ensure_ascii=False).encode() for key, value in told.items()}
    packed = pa.BufferOutputStream()
    pq.write_table(table.replace_schema_metadata({**table.schema.metadata, **added}), packed, compression="zstd")
    content: bytes = packed.getvalue().to_pybytes()
    return content
