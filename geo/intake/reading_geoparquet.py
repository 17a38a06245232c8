"""GeoParquet: columns as plain values, shapes as guarded well-known binary."""

from __future__ import annotations

import io
import json

import pyarrow as pa
import pyarrow.parquet as pq

from geo.errors import InputError
from geo.intake.crs_names import WGS84, recognise_crs
from geo.intake.gathering import GatheredLayer, Gathering
from geo.intake.json_text import nesting_of
from geo.intake.limits import limit_error
from geo.intake.refusing import first_line, unreadable
from geo.intake.shapes import Mend, ShapeError
from geo.intake.wkb import read_wkb
from geo.wording import show_value

_BATCH_ROWS = 10_000
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
        column, crs = _read_geo(file, gathering)
        layer = gathering.open_layer("", crs, has_geometry=bool(column))
        layer.add_fields([name for name in file.schema_arrow.names if name != column])
        for batch in file.iter_batches(batch_size=_BATCH_ROWS, use_threads=False):
            _read_batch(batch, column, layer)
    except InputError:
        raise
    except _FAULTS as error:
        raise unreadable(f"The Parquet file cannot be read ({first_line(error)})", "Save it again") from error


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
    geo = json.loads(text)
    column = geo["primary_column"]
    if column not in file.schema_arrow.names:
        reason = f"Its metadata name '{show_value(column)}' as its column of geometry, and it has no such column"
        raise unreadable(reason, "Save it again with that column, or without the metadata of GeoParquet")
    described = geo["columns"][column]
    if described.get("encoding") != "WKB":
        shown = show_value(described.get("encoding"))
        raise unreadable(f"Its geometry is encoded as '{shown}', and only WKB is read", "Save it with WKB")
    others = [name for name in geo["columns"] if name != column]
    if others:
        gathering.note(f"Of its columns of geometry '{show_value(column)}' was drawn; the others are kept as values.")
    if "crs" not in described:
        return column, WGS84
    crs = described["crs"]
    if crs is None:
        gathering.note("It states that its coordinate reference system is unknown.")
        return column, None
    identity = crs.get("id", {}) if isinstance(crs, dict) else {}
    known = recognise_crs(f"{identity.get('authority')}:{identity.get('code')}")
    if known is None:
        gathering.note("Its coordinate reference system has no code that is known here.")
    return column, known


def _read_batch(batch: pa.RecordBatch, column: str, layer: GatheredLayer) -> None:
    for row in batch.to_pylist():
        number = layer.count()
        written = row.pop(column, None) if column else None
        mends: list[Mend] = []
        try:
            geometry = read_wkb(bytes(written), layer.whole.limits, mends) if written is not None else None
        except ShapeError as error:
            layer.refuse(number, column, error.value, error.reason, error.remedy)
            continue
        for old, new, reason in mends:
            layer.change(number, column, old, new, reason)
        layer.keep(number, row, geometry)
