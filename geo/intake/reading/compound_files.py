"""Streams of a compound file, the container in which workbooks of Excel 97 to 2003 (.xls) stand."""

from __future__ import annotations

import struct
from array import array
from collections.abc import Sequence

_HEAD_BYTES = 512
_LAST_SECTOR = 0xFFFFFFFA
_ENTRY_BYTES = 128
_ROOT, _STREAM = 5, 2


class CompoundError(ValueError):
    """A compound file that cannot be read."""


def read_stream(data: bytes, names: Sequence[str]) -> bytes:
    """Read the first stream of one of these names.

    Parameters
    ----------
    data
        The whole file.
    names
        In the order of preference.

    Raises
    ------
    CompoundError
        If it is cut off, goes round in circles, or has none of them.
    """
    try:
        return _read_stream(data, names)
    except (struct.error, IndexError, StopIteration) as error:
        raise CompoundError from error


def _read_stream(data: bytes, names: Sequence[str]) -> bytes:
    shift, small_shift = struct.unpack_from("<HH", data, 30)
    if not (7 <= shift <= 12 and 4 <= small_shift <= shift):
        raise CompoundError
    first_entry, _, least, first_small, _, first_further = struct.unpack_from("<IIIIII", data, 48)
    sectors = _numbers(data[76:_HEAD_BYTES])
    further = first_further
    for _ in range(len(data) >> shift):
        if further >= _LAST_SECTOR:
            break
        more = _numbers(_sector(data, further, shift))
        sectors.extend(more[:-1])
        further = more[-1]
    table = array("I")
    for number in dict.fromkeys(number for number in sectors if number < _LAST_SECTOR):
        table.extend(_numbers(_sector(data, number, shift)))
    entries = _entries(_join(data, first_entry, table, shift))
    root = next(entry for entry in entries.values() if entry[0] == _ROOT)
    kind, start, size = next(entries[name] for name in names if name in entries)
    if kind != _STREAM:
        raise CompoundError
    if size >= least:
        return _join(data, start, table, shift)[:size]
    small_table = _numbers(_join(data, first_small, table, shift))
    return _join(_join(data, root[1], table, shift), start, small_table, small_shift, head=0)[:size]


def _numbers(part: bytes) -> array[int]:
    return array("I", struct.unpack(f"<{len(part) // 4}I", part[: len(part) // 4 * 4]))


def _sector(data: bytes, number: int, shift: int) -> bytes:
    # the head takes the room of one sector
    start = (number + 1) << shift
    if start >= len(data):
        raise CompoundError
    return data[start : start + (1 << shift)]


def _join(data: bytes, first: int, table: Sequence[int], shift: int, head: int = 1) -> bytes:
    parts, number = list[bytes](), first
    while number < _LAST_SECTOR:
        if len(parts) << shift > len(data):
            raise CompoundError
        start = (number + head) << shift
        parts.append(data[start : start + (1 << shift)])
        number = table[number]
    return b"".join(parts)


def _entries(folder: bytes) -> dict[str, tuple[int, int, int]]:
    """Read the entries of the folder: kind, first sector and size in bytes, by name."""
    entries: dict[str, tuple[int, int, int]] = {}
    for start in range(0, len(folder) - _ENTRY_BYTES + 1, _ENTRY_BYTES):
        length, kind = struct.unpack_from("<HB", folder, start + 64)
        name = folder[start : start + max(min(length, 64) - 2, 0)].decode("utf-16-le", "replace")
        first, size = struct.unpack_from("<II", folder, start + 116)
        if kind:
            entries.setdefault(name, (kind, first, size))
    return entries
