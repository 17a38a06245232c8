"""Workbooks of Excel 97 to 2003: errors of formulas are listed, and no damage or circle holds up the reading."""

from __future__ import annotations

import random
import struct
from collections.abc import Sequence

import pytest

from geo.intake.limits import Limits
from geo.intake.reading.upload import read_upload
from geo.intake.reading.xls_errors import WorkbookError, find_errors

SECTOR, SMALL, LEAST = 512, 64, 4096
FREE, LAST, OF_TABLE, NONE = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD, 0xFFFFFFFF
Value = str | float | tuple[str, int]
HEADING = ["id", "lon", "lat", "note"]


def record(kind: int, content: bytes = b"") -> bytes:
    return struct.pack("<HH", kind, len(content)) + content


def cell(row: int, column: int, value: Value) -> bytes:
    """A record of a cell: text, a number, or an error, written as such or as a formula's result."""
    place = struct.pack("<HHH", row, column, 0)
    if isinstance(value, str):
        return record(0x204, place + struct.pack("<HB", len(value), 0) + value.encode("latin-1"))
    if isinstance(value, tuple):
        how, code = value
        if how == "error":
            return record(0x205, place + bytes([code, 1]))
        return record(0x06, place + bytes([2, 0, code, 0, 0, 0, 255, 255]) + struct.pack("<HIH", 0, 0, 2) + b"\x1c\x2a")
    return record(0x203, place + struct.pack("<d", value))


def stream(*rows: Sequence[Value], version: int = 0x0600) -> bytes:
    """The records of a workbook with one sheet, called S."""
    begin = [record(0x809, struct.pack("<HHHHII", version, kind, 0x0DBB, 0x07CC, 0, 6)) for kind in (5, 0x10)]
    cells = [cell(row, column, value) for row, each in enumerate(rows) for column, value in enumerate(each)]
    head = struct.pack("<IHB", 0, 0, 1)
    length = len(begin[0]) + len(record(0x85, head + b"\x00S")) + len(record(0x0A))
    sheet = record(0x85, struct.pack("<IHB", length, 0, 1) + b"\x00S")
    size = record(0x200, struct.pack("<IIHHH", 0, len(rows), 0, 9, 0))
    return b"".join([begin[0], sheet, record(0x0A), begin[1], size, *cells, record(0x0A)])


def compound(book: bytes) -> bytes:
    """A compound file with the workbook in sectors of its own, or in the small ones of the root where it is short."""
    is_small = len(book) < LEAST
    body = book + bytes(-len(book) % SECTOR)
    count = len(body) // SECTOR
    table = [OF_TABLE, LAST, *range(3, 2 + count), LAST, LAST]
    chain = [*range(1, -(-len(book) // SMALL)), LAST] if is_small else []
    small = struct.pack(f"<{SECTOR // 4}I", *chain, *[FREE] * (SECTOR // 4 - len(chain)))
    root, own = ((2, len(book)), (0, len(book))) if is_small else ((LAST, 0), (2, len(book)))
    entries = b"".join(
        name.encode("utf-16-le").ljust(64, b"\0")
        + struct.pack("<HBB", 2 * len(name) + 2, kind, 1)
        + struct.pack("<III", NONE, NONE, child)
        + bytes(36)
        + struct.pack("<II", *place)
        + bytes(4)
        for name, kind, child, place in (("Root Entry", 5, 1, root), ("Workbook", 2, NONE, own))
    )
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    first_small = 2 + count if is_small else LAST
    head += struct.pack("<IIIIIIIII", 0, 1, 1, 0, LEAST, first_small, int(is_small), LAST, 0)
    head += struct.pack("<109I", 0, *[FREE] * 108)
    fat = struct.pack(f"<{SECTOR // 4}I", *[*table, *[FREE] * (SECTOR // 4 - len(table))])
    return head + fat + entries.ljust(SECTOR, b"\0") + body + small


FEW = stream(HEADING, [1.0, 34.2, 31.2, ("formula", 7)], [2.0, ("error", 42), 31.3, "fine"], [3.0, 34.4, 31.4, "x"])
MANY = stream(HEADING, [1.0, 34.2, 31.2, ("formula", 23)], *((float(n), 34.2, 31.2, "a note") for n in range(2, 90)))


def test_errors_of_formulas_are_listed() -> None:
    parsed = read_upload(compound(FEW), "a.xls", Limits())
    assert [(each.layer, each.row, each.field, each.old, each.new) for each in parsed.changes] == [
        ("S", 1, "note", "#DIV/0!", ""),
        ("S", 2, "lon", "#N/A", ""),
    ]
    assert {each.reason for each in parsed.changes} == {"A formula's error is no value"}
    assert parsed.notes == ()
    assert parsed.layers[0].rows[0].values == {"id": 1, "lon": 34.2, "lat": 31.2, "note": ""}


def test_errors_are_found_in_sectors_of_either_size() -> None:
    assert len(MANY) > LEAST
    for book, places in ((FEW, [(1, 3), (2, 1)]), (MANY, [(1, 3)])):
        (cells,) = find_errors(compound(book)).values()
        assert [(each.row, each.column) for each in cells] == places


def test_where_errors_cannot_be_found_that_is_told() -> None:
    other = compound(
        stream(HEADING, [1.0, 34.2, 31.2, "x"]).replace(b"\x09\x08\x10\x00\x00\x06", b"\x09\x08\x10\x00\x01\x06")
    )
    with pytest.raises(WorkbookError):
        find_errors(other)
    parsed = read_upload(other, "a.xls", Limits())
    assert parsed.notes[0].startswith("Cells in which a formula failed are empty here")


def test_damage_is_one_error() -> None:
    chance = random.Random(9)
    for whole in (compound(FEW), compound(MANY)):
        for _ in range(1_000):
            data = bytearray(whole[: chance.randrange(len(whole))] if chance.random() < 0.2 else whole)
            for _ in range(chance.choice([1, 3, 20]) if data else 0):
                data[chance.randrange(len(data))] = chance.choice([0, 255, chance.randrange(256)])
            try:
                find_errors(bytes(data))
            except WorkbookError:
                continue


def test_sectors_in_a_circle_are_no_endless_file() -> None:
    data = bytearray(compound(MANY))
    struct.pack_into("<I", data, SECTOR + 4 * 3, 2)
    assert find_errors(bytes(data)) == find_errors(compound(MANY)), "the length that is told ends it"
