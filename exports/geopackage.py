"""What a view shows as a GeoPackage that QGIS opens styled: shapes by kind, claims and sources as related tables."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from types import MappingProxyType
from typing import Any

import geopandas as gpd
import pandas as pd
import pyogrio
from pyogrio.errors import DataLayerError, DataSourceError

from exports.cleaning import NOTE, clean_record, drop_unheld
from exports.geojson import cited_sources
from exports.own_columns import gather_own_columns
from exports.qgis_style import make_qml
from exports.receipt import build_receipt, read_day
from exports.records import COLUMNS, Record, iterate_records, make_frame
from exports.references import format_reference
from exports.scratch import scratch_folder
from exports.table import claim_rows
from geo.citing import deep_link
from geo.dataset import Dataset
from geo.model import Source
from geo.selection import Selection, select
from geo.view import View
from layers.style import ThemeStyle, theme_styles

MOST_OWN_COLUMNS = 1_500
"""Columns of readers' own tables in a layer; SQLite holds 2,000 in a table (SQLite, Limits), and the atlas has some."""

UNPLACED, CLAIMS, SOURCES = "unplaced", "claims", "sources"
_LAYERS = MappingProxyType({"points": "marker", "lines": "line", "areas": "fill", "mixed": "marker"})
"""Layers of shapes, the topmost first, each with the kind of its symbols."""

_LAYER_OF = MappingProxyType({"Point": "points", "MultiPoint": "points", "Polygon": "areas", "MultiPolygon": "areas"})
_GEOMETRY_TYPES = MappingProxyType(
    {"points": "MultiPoint", "lines": "MultiLineString", "areas": "MultiPolygon", "mixed": "GeometryCollection"}
)
_CLAIM_COLUMNS = {
    "feature_id": str,
    "claim_id": str,
    "statement": str,
    "attributed_to": str,
    "status": str,
    "when": str,
    "reported": str,
    "measures": str,
    "checks": str,
    "origin": str,
    "source_id": str,
    "reference": str,
    "url": str,
    "link": str,
    "paragraph": str,
    "start": str,
    "end": str,
    "sha256": str,
    "disputes": str,
}
_SOURCE_COLUMNS = dict.fromkeys(
    ("source_id", "type", "title", "authors", "issued", "container_title", "publisher", "url", "language", "note"), str
) | {"inferred": str, "reference": str}
_STYLE_TABLE = """
CREATE TABLE layer_styles (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, f_table_catalog TEXT(256), f_table_schema TEXT(256),
  f_table_name TEXT(256), f_geometry_column TEXT(256), styleName TEXT(30), styleQML TEXT, styleSLD TEXT,
  useAsDefault BOOLEAN, description TEXT, owner TEXT(30), ui TEXT(30), update_time DATETIME)
"""
_RELATION_TABLE = """
CREATE TABLE gpkgext_relations (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, base_table_name TEXT NOT NULL,
  base_primary_column TEXT NOT NULL DEFAULT 'id', related_table_name TEXT NOT NULL,
  related_primary_column TEXT NOT NULL DEFAULT 'id', relation_name TEXT NOT NULL,
  mapping_table_name TEXT NOT NULL UNIQUE)
"""
_RELATIONS_STANDARD = "http://www.opengis.net/doc/IS/gpkg-rte/1.0"


def render_gpkg(dataset: Dataset, view: View) -> bytes:
    """Write what is shown as a GeoPackage 1.3: layers of points, lines and areas, and tables of the rest.

    What has no shape stands in the table ``unplaced``; ``claims`` leads to the features by ``feature_id`` and to
    ``sources`` by ``source_id``, and by the extension for related tables. The receipt is the package's metadata. The
    further columns of a reader's own table stand beside the atlas's.

    Parameters
    ----------
    dataset
        What is chosen from.
    view
        What to show.

    References
    ----------
    OGC 12-128r17, GeoPackage 1.3; OGC 18-000, related tables. QGIS keeps styles in the table ``layer_styles``.
    """
    selection = select(dataset, view)
    records, rows = list(iterate_records(dataset, selection)), _claim_values(dataset, selection)
    sources = [_source_values(source) for source in cited_sources(dataset, selection)]
    receipt = build_receipt(dataset, view, selection)
    own = gather_own_columns(dataset, selection, (*COLUMNS, "fid", "geom"), most_columns=MOST_OWN_COLUMNS)
    for record in records:
        record.values.update(own.cells(record.row))
    columns = {**COLUMNS, **own.kinds}
    texts = [*(each.values for each in records), *rows, *sources]
    dropped = own.renamed + sum(clean_record(values, drop_unheld)[1] for values in texts)
    if dropped:
        receipt["notes"] = [NOTE.format(dropped)]
    layers = _sort_by_layer(records)
    tables: dict[str, pd.DataFrame] = {name: _shape_table(layers[name], columns) for name in _LAYERS if name in layers}
    tables |= {
        UNPLACED: _table((record.values for record in records if record.geometry is None), columns),
        CLAIMS: _table(rows, _CLAIM_COLUMNS),
        SOURCES: _table(sources, _SOURCE_COLUMNS),
    }
    styles = theme_styles({each.values["theme"] for each in records}, dataset.tables)
    with scratch_folder(sqlite3.Error, DataSourceError, DataLayerError) as folder:
        path = folder / "atlas.gpkg"
        for name, table in tables.items():
            _write_table(path, name, table, receipt)
        with closing(sqlite3.connect(path)) as connection, connection:
            _add_styles(connection, [name for name in tables if name in _LAYERS], styles)
            _add_relations(connection, tables)
            _fix_times(connection)
        return _settle_counter(path.read_bytes())


def _claim_values(dataset: Dataset, selection: Selection) -> list[dict[str, Any]]:
    rows = []
    for row in claim_rows(dataset, selection):
        claim = dataset.claim(row["claim_id"])[1] if row["claim_id"] else None
        link = deep_link(row["url"], claim.citation) if claim and row["url"] else None
        paragraph = None if row["paragraph"] is None else str(row["paragraph"])
        rows.append({**{name: row.get(name) for name in _CLAIM_COLUMNS}, "link": link, "paragraph": paragraph})
    return rows


def _source_values(source: Source) -> dict[str, Any]:
    return {
        "source_id": source.id,
        "type": source.type,
        "title": source.title,
        "authors": source.byline,
        "issued": source.published,
        "container_title": source.container_title,
        "publisher": source.publisher,
        "url": source.URL,
        "language": source.language,
        "note": source.note,
        "inferred": json.dumps(source.inferred, ensure_ascii=False) if source.inferred else None,
        "reference": format_reference(source),
    }


def _sort_by_layer(records: Iterable[Record]) -> dict[str, list[Record]]:
    layers: dict[str, list[Record]] = {}
    for record in records:
        if record.geometry is not None:
            kind = record.geometry.geom_type
            layer = "lines" if "Line" in kind else _LAYER_OF.get(kind, "mixed")
            layers.setdefault(layer, []).append(record)
    return layers


def _shape_table(records: Sequence[Record], columns: Mapping[str, type]) -> pd.DataFrame:
    frame = _table((record.values for record in records), columns)
    shapes: pd.DataFrame = gpd.GeoDataFrame(frame, geometry=[record.geometry for record in records], crs="EPSG:4326")
    return shapes


def _table(rows: Iterable[Mapping[str, Any]], columns: Mapping[str, type]) -> pd.DataFrame:
    return make_frame([clean_record(dict(row), drop_unheld)[0] for row in rows], columns)


def _write_table(path: Path, name: str, table: pd.DataFrame, receipt: Mapping[str, Any]) -> None:
    options: dict[str, Any] = {"layer": name, "driver": "GPKG", "append": False}
    if not path.exists():
        told = {"receipt": json.dumps(receipt, ensure_ascii=False)}
        options |= {"dataset_options": {"VERSION": "1.3"}, "dataset_metadata": told}
    if name in _LAYERS:
        options |= {"geometry_type": _GEOMETRY_TYPES[name], "promote_to_multi": name != "mixed"}
        options |= {"layer_options": {"GEOMETRY_NAME": "geom", "FID": "fid"}}
    else:
        options |= {"layer_options": {"FID": "fid"}}
    pyogrio.write_dataframe(table, path, **options)


def _add_styles(connection: sqlite3.Connection, layers: Iterable[str], styles: Sequence[ThemeStyle]) -> None:
    connection.execute(_STYLE_TABLE)
    connection.execute(
        "INSERT INTO gpkg_contents (table_name, data_type, identifier, description) "
        "VALUES ('layer_styles', 'attributes', 'layer_styles', 'Styles of the layers, as QGIS keeps them')"
    )
    for layer in layers:
        values = ("", "", layer, "geom", "themes", make_qml(styles, _LAYERS[layer]), "", 1, "Themes of the atlas", "")
        connection.execute(
            "INSERT INTO layer_styles (f_table_catalog, f_table_schema, f_table_name, f_geometry_column, styleName, "
            "styleQML, styleSLD, useAsDefault, description, owner) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            values,
        )


def _add_relations(connection: sqlite3.Connection, tables: Mapping[str, pd.DataFrame]) -> None:
    """Relate features to claims, and claims to sources, as OGC 18-000 has it."""
    connection.execute(_RELATION_TABLE)
    pairs = [(name, CLAIMS, "feature_id") for name in tables if name not in {CLAIMS, SOURCES}]
    for base, related, key in [*pairs, (CLAIMS, SOURCES, "source_id")]:
        mapping = f"{base}_{related}"
        # the names are this module's own, no data
        connection.execute(f'CREATE TABLE "{mapping}" (base_id INTEGER NOT NULL, related_id INTEGER NOT NULL)')
        connection.execute(
            f'INSERT INTO "{mapping}" SELECT base.fid, related.fid FROM "{base}" AS base '  # noqa: S608
            f'JOIN "{related}" AS related ON base.{key} = related.{key} ORDER BY 1, 2'
        )
        connection.execute(
            "INSERT INTO gpkgext_relations (base_table_name, base_primary_column, related_table_name, "
            "related_primary_column, relation_name, mapping_table_name) VALUES (?, 'fid', ?, 'fid', 'attributes', ?)",
            (base, related, mapping),
        )
        _register_extension(connection, mapping)
    _register_extension(connection, "gpkgext_relations")


def _register_extension(connection: sqlite3.Connection, table: str) -> None:
    connection.execute(
        "INSERT INTO gpkg_extensions (table_name, column_name, extension_name, definition, scope) "
        "VALUES (?, NULL, 'gpkg_related_tables', ?, 'read-write')",
        (table, _RELATIONS_STANDARD),
    )


def _settle_counter(content: bytes) -> bytes:
    """Set the count of writes to one: GDAL writes its times once more where the clock moved on meanwhile.

    References
    ----------
    SQLite, Database File Format, sections 1.3.8 and 1.3.16: the file change counter (bytes 24 to 27) and the
    version-valid-for number (92 to 95), which is to equal it.
    """
    once = (1).to_bytes(4, "big")
    return b"".join([content[:24], once, content[28:92], once, content[96:]])


def _fix_times(connection: sqlite3.Connection) -> None:
    # the same input makes the same bytes on one day
    moment = f"{read_day().isoformat()}T00:00:00.000Z"
    connection.execute("UPDATE gpkg_contents SET last_change = ?", (moment,))
    connection.execute("UPDATE gpkg_metadata_reference SET timestamp = ?", (moment,))
    connection.execute("UPDATE layer_styles SET update_time = ?", (moment,))
