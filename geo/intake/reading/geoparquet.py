"""GeoParquet: columns as plain values, shapes as guarded well-known binary."""

from __future__ import annotations

import io
import json
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
from shapely.geometry.base import BaseGeometry

from geo.errors import InputError
from geo.intake.limits import Limits, limit_error
from geo.intake.reading.crs_names import TAKEN, WGS84, recognise_crs, recognise_json
from geo.intake.reading.field_names import name_fields
from geo.intake.reading.gathering import GatheredLayer, Gathering
from geo.intake.reading.json_text import nesting_of
from geo.intake.reading.parquet_values import read_column
from geo.intake.reading.shapes import Mend, ShapeError
from geo.intake.reading.wkb import read_wkb
from geo.intake.refusing import library_words, unreadable
from geo.wording import show_value

_BATCH_ROWS = 10_000
_WITHOUT = "Save it again, or without them"
_FAULTS = (pa.ArrowException, OSError, ValueError, KeyError, TypeError, NotImplementedError, OverflowError)


def read_rows(data: bytes, gathering: Gathering) -> None:
    """Read a Parquet file with well-known binary in its main column of geometry; without one, as a plain table.

    Raises
    ------
    InputError
        If it is damaged, lacks its column of geometry or has it in another encoding, or reaches a limit.
    """
    try:
        file = pq.ParquetFile(io.BytesIO(data))
        metadata = file.metadata
        if metadata.num_rows > gathering.limits.features:
            raise limit_error("features", gathering.limits)
        if len(file.schema_arrow.names) > gathering.limits.fields:
            raise limit_error("fields", gathering.limits)
        unpacked = sum(metadata.row_group(group).total_byte_size for group in range(metadata.num_row_groups))
        if unpacked > gathering.limits.unpacked_bytes:
            raise limit_error("unpacked_bytes", gathering.limits)
        names = file.schema_arrow.names
        column, crs = _read_geo(file, gathering)
        place = names.index(column) if column else None
        layer = gathering.open_layer("", crs, has_geometry=place is not None)
        fields = name_fields([name for at, name in enumerate(names) if at != place], layer)
        for batch in file.iter_batches(batch_size=_BATCH_ROWS, use_threads=False):
            _read_batch(batch, place, fields, layer)
    except (InputError, MemoryError):
        raise
    except _FAULTS as error:
        if "deeply nested" in str(error):
            raise limit_error("depth", gathering.limits) from error
        words = library_words(error, (pa.ArrowException, OSError))
        raise unreadable(f"The Parquet file cannot be read{words}", "Save it again") from error


def _read_geo(file: pq.ParquetFile, gathering: Gathering) -> tuple[str, str | None]:
    """Return the name of the main column of geometry and its reference system, by the file's ``geo`` metadata.

    References
    ----------
    GeoParquet 1.1.0, "File metadata" and "Column metadata".
    """
    text = (file.schema_arrow.metadata or {}).get(b"geo")
    if text is None:
        gathering.note("It is Parquet without the metadata of GeoParquet: it was read as a plain table.")
        return "", None
    if nesting_of(text) > gathering.limits.depth:
        raise limit_error("depth", gathering.limits)
    column, columns = _parse_geo(text)
    if column not in file.schema_arrow.names:
        reason = f"Its metadata name '{show_value(column)}' as its column of geometry, and it has no such column"
        raise unreadable(reason, "Save it again with that column, or without the metadata of GeoParquet")
    described = columns[column]
    if described.get("encoding") != "WKB":
        shown = show_value(described.get("encoding"))
        raise unreadable(f"Its geometry is encoded as '{shown}', and only WKB is read", "Save it with WKB")
    if len(columns) > 1:
        gathering.note(f"Of its columns of geometry '{show_value(column)}' was drawn; the others are kept as values.")
    return column, _read_crs(described, gathering)


def _parse_geo(text: bytes) -> tuple[str, dict[str, dict[str, Any]]]:
    """Return the name of the main column of geometry, and what is said of each."""
    try:
        geo = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise unreadable("Its metadata of GeoParquet are no JSON", _WITHOUT) from error
    geo = geo if isinstance(geo, dict) else {}
    column, columns = geo.get("primary_column"), geo.get("columns")
    if not isinstance(column, str) or not isinstance(columns, dict) or not isinstance(columns.get(column), dict):
        raise unreadable("Its metadata of GeoParquet do not say which column is its geometry", _WITHOUT)
    return column, columns


def _read_crs(described: dict[str, Any], gathering: Gathering) -> str | None:
    if "crs" not in described:
        return WGS84
    crs = described["crs"]
    if crs is None:
        gathering.note(f"It states that its coordinate reference system is unknown. {TAKEN}")
        return None
    known = recognise_json(crs) if isinstance(crs, dict) else recognise_crs(crs) if isinstance(crs, str) else None
    if known is None:
        gathering.note(f"Its coordinate reference system is none that is known here. {TAKEN}")
    return known


def _read_batch(batch: pa.RecordBatch, place: int | None, fields: list[str], layer: GatheredLayer) -> None:
    shapes = read_column(batch.column(place))[0] if place is not None else [None] * batch.num_rows
    columns = [read_column(array) for at, array in enumerate(batch.columns) if at != place]
    shape_field = batch.schema.names[place] if place is not None else ""
    for row in range(batch.num_rows):
        number = layer.count()
        mends: list[Mend] = []
        try:
            geometry = _read_shape(shapes[row], layer.whole.limits, mends)
        except ShapeError as error:
            layer.refuse(number, shape_field, error.value, error.reason, error.remedy)
            continue
        for old, new, reason in mends:
            layer.change(number, shape_field, old, new, reason)
        for name, (values, reasons) in zip(fields, columns, strict=True):
            if row in reasons:
                layer.change(number, name, values[row], values[row], reasons[row])
        layer.keep(number, {name: values[row] for name, (values, _) in zip(fields, columns, strict=True)}, geometry)


def _read_shape(written: Any, limits: Limits, mends: list[Mend]) -> BaseGeometry | None:
    if written is None:
        return None
    if not isinstance(written, bytes):
        raise ShapeError(written, "The shape is no well-known binary.", "Save the geometry as WKB.")
    return read_wkb(written, limits, mends)
