"""Where each shape lies in the main file of a Shapefile (.shp), by its own heads of records and by its index (.shx)."""

from __future__ import annotations

import struct
from dataclasses import dataclass

_HEAD_BYTES = 100
_RECORD_HEAD = struct.Struct(">2i")
_LENGTH_PLACE = 24
_LEAST_BYTES = 4  # the kind of the shape
_FILE_CODE = 9994


class ShpError(ValueError):
    """A .shp that cannot be read, with what is wrong in it."""


@dataclass(frozen=True, slots=True)
class ShpRecord:
    """Where a record begins, its head included, and how many bytes follow the head."""

    offset: int
    length: int


def find_records(shp: bytes, shx: bytes | None, rows: int | None) -> list[ShpRecord]:
    """Find all shapes of a Shapefile.

    Parameters
    ----------
    shp, shx
        The whole files; ``None`` where there is no index.
    rows
        How many rows its table has; ``None`` where it has none. It decides between a .shp and an index that disagree.

    Raises
    ------
    ShpError
        If it is cut off, or a record leads beyond its end and no sound index tells where the records lie.
    """
    if len(shp) < _HEAD_BYTES or struct.unpack_from(">i", shp)[0] != _FILE_CODE:
        raise ShpError("its .shp does not begin as one" if len(shp) >= _HEAD_BYTES else "its .shp is cut off")
    indexed = _read_index(shx, shp) if shx is not None else None
    try:
        walked = _walk(shp)
    except ShpError:
        if indexed is None:
            raise
        return indexed
    if indexed is not None and len(indexed) != len(walked) and len(indexed) == rows:
        return indexed  # records between those of the index are left over from editing
    return walked


def _walk(shp: bytes) -> list[ShpRecord]:
    records, place = list[ShpRecord](), _HEAD_BYTES
    end = 2 * struct.unpack_from(">i", shp, _LENGTH_PLACE)[0]
    while place + _RECORD_HEAD.size <= len(shp):
        record = ShpRecord(place, 2 * _RECORD_HEAD.unpack_from(shp, place)[1])
        if not _lies_within(record, shp):
            if place == end:
                break  # what follows the length that the file gives itself is none of it
            raise ShpError(f"record {len(records) + 1:,} of its .shp is cut off, or of no such length")
        records.append(record)
        place += _RECORD_HEAD.size + record.length
    return records


def _read_index(shx: bytes, shp: bytes) -> list[ShpRecord] | None:
    """Read an index; ``None`` where it is damaged or leads out of the .shp."""
    if len(shx) < _HEAD_BYTES:
        return None
    entries = shx[_HEAD_BYTES : len(shx) - (len(shx) - _HEAD_BYTES) % _RECORD_HEAD.size]
    records = [ShpRecord(2 * offset, 2 * length) for offset, length in _RECORD_HEAD.iter_unpack(entries)]
    return records if all(_lies_within(record, shp) for record in records) else None


def _lies_within(record: ShpRecord, shp: bytes) -> bool:
    end = record.offset + _RECORD_HEAD.size + record.length
    return record.offset >= _HEAD_BYTES and record.length >= _LEAST_BYTES and end <= len(shp)
