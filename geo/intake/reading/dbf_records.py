"""The table beside a Shapefile (.dbf): each record by its number, deleted ones too, and no value dropped in silence."""

from __future__ import annotations

import math
import re
import struct
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Any

from geo.intake.reading.plain import OversizedNumber

STARS = "Stars stand for no value, or for a number too long for its field"
NO_NUMBER = "It is no number, as its field should hold; it is kept as text"
MEMO = "A memo's text stands in another file (.dbt), which is not read"
REPLACED = "Bytes that are none of its encoding were replaced"

# as Visual FoxPro writes them: by letter and width
_BINARY = MappingProxyType({("I", 4): struct.Struct("<i"), ("B", 8): struct.Struct("<d")})
_POINTER_BYTES = 4
_HEAD_BYTES = 32
_FIELD_BYTES = 32
_NAME_BYTES = 11
_HEADING_END = b"\r"
_DELETED = b"*"
_WHOLE = re.compile(rb"[-+]?[0-9]+")
_NUMBER = re.compile(rb"[-+]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]+)?")


class DbfError(ValueError):
    """A .dbf that cannot be read, with what is wrong in it."""


@dataclass(frozen=True, slots=True)
class DbfField:
    """A column.

    Parameters
    ----------
    name
        As written, before it is told apart from others.
    kind
        Letter of its type: ``C`` text, ``N`` and ``F`` numbers, ``D`` dates, ``L`` truth values, ``M`` memos; ``I`` and
        ``B`` whole numbers and fractions in binary form.
    begin, end
        Bytes of a record where its values stand.
    has_decimals
        Whether its numbers have a fraction.
    """

    name: str
    kind: str
    begin: int
    end: int
    has_decimals: bool


@dataclass(frozen=True, slots=True)
class Doubt:
    """A value that is not what stands in the file, or not of its field's kind: its field's place, its text, and why."""

    place: int
    old: str
    reason: str


@dataclass(frozen=True, slots=True)
class DbfRecord:
    """A record: a value for each field, what is to be told of them, and whether it is marked as deleted."""

    values: tuple[Any, ...]
    doubts: tuple[Doubt, ...]
    is_deleted: bool


@dataclass(frozen=True, slots=True)
class DbfTable:
    """A table, opened by `open_table`; ``count`` records of the same width follow its heading."""

    data: bytes
    encoding: str
    fields: tuple[DbfField, ...]
    count: int
    begin: int
    width: int

    def read_record(self, place: int) -> DbfRecord:
        """Read a record by its place, from 0; numbers that no float holds are an `OversizedNumber`."""
        start = self.begin + place * self.width
        written = self.data[start : start + self.width]
        values, doubts = [], []
        for number, field in enumerate(self.fields):
            raw = written[field.begin : field.end]
            value, reason = _read_value(raw, field, self.encoding)
            values.append(value)
            if reason:
                doubts.append(Doubt(number, _show_raw(raw, self.encoding), reason))
        return DbfRecord(tuple(values), tuple(doubts), written[:1] == _DELETED)


def open_table(data: bytes, encoding: str) -> DbfTable:
    """Read the heading of a .dbf.

    Parameters
    ----------
    data
        The whole file.
    encoding
        Of its texts; its first 128 letters are those of ASCII.

    Raises
    ------
    DbfError
        If it is cut off, or its heading and its records disagree.
    """
    if len(data) <= _HEAD_BYTES:
        raise DbfError("its .dbf is cut off")
    count, begin, width = struct.unpack_from("<IHH", data, 4)
    fields, end = list[DbfField](), 1
    place = _HEAD_BYTES
    # some programs leave out the sign that ends the heading, and its length tells
    while data[place : place + 1] != _HEADING_END and place + _FIELD_BYTES <= begin:
        if place + _FIELD_BYTES > len(data):
            raise DbfError("the heading of its .dbf has no end")
        name = data[place : place + _NAME_BYTES].partition(b"\x00")[0].decode(encoding, "backslashreplace")
        size, decimals = data[place + 16], data[place + 17]
        fields.append(DbfField(name, chr(data[place + _NAME_BYTES]).upper(), end, end + size, decimals > 0))
        end += size
        place += _FIELD_BYTES
    if end > width:
        raise DbfError("the fields of its .dbf are longer than its records")
    whole = max(len(data) - begin, 0) // width
    if whole < count:
        raise DbfError(f"its .dbf ends in record {whole + 1:,} of {count:,}")
    return DbfTable(data, encoding, tuple(fields), count, begin, width)


def _read_value(raw: bytes, field: DbfField, encoding: str) -> tuple[Any, str]:
    if field.kind in {"N", "F"}:
        return _read_number(raw, field, encoding)
    if field.kind == "D":
        return _read_date(raw, encoding)
    if field.kind == "L":
        return _read_truth(raw, encoding)
    if field.kind == "M" and (len(raw) == _POINTER_BYTES or raw.strip(b" \x00").isdigit()):
        # what stands here is only where the text begins in that file
        return None, MEMO if raw.strip(b"0 \x00") else ""
    binary = _BINARY.get((field.kind, len(raw)))
    if binary:
        return binary.unpack(raw)[0], ""
    if field.kind in {"C", "M"} or all(32 <= byte < 127 for byte in raw):
        return _read_text(raw, encoding)
    return raw, ""  # listed as bytes when the row is kept


def _read_text(raw: bytes, encoding: str) -> tuple[str, str]:
    filled = raw.rstrip(b" \x00")
    try:
        return filled.decode(encoding), ""
    except UnicodeDecodeError:
        return filled.decode(encoding, "replace"), REPLACED


def _read_number(raw: bytes, field: DbfField, encoding: str) -> tuple[Any, str]:
    digits = raw.partition(b"\x00")[0].strip()
    if not digits:
        return None, ""
    if not digits.strip(b"*"):
        return None, STARS
    if _WHOLE.fullmatch(digits) and not field.has_decimals:
        return int(digits), ""
    if not _NUMBER.fullmatch(digits):
        text, replaced = _read_text(raw.strip(), encoding)
        return text, replaced or NO_NUMBER
    number = float(digits)
    if not math.isfinite(number):
        return OversizedNumber(digits.decode()), ""
    return (int(number) if number.is_integer() and not field.has_decimals else number), ""


def _read_date(raw: bytes, encoding: str) -> tuple[str | None, str]:
    # zeros, blanks and zero bytes stand for no date
    if not raw.strip(b"0 \x00"):
        return None, ""
    text, reason = _read_text(raw, encoding)
    if re.fullmatch("[0-9]{8}", text):
        try:
            return date(int(text[:4]), int(text[4:6]), int(text[6:])).isoformat(), ""
        except ValueError:
            return text, ""
    return text, reason


def _read_truth(raw: bytes, encoding: str) -> tuple[bool | str | None, str]:
    if raw in {b" ", b"?", b"\x00", b""}:
        return None, ""
    if raw in {b"Y", b"y", b"T", b"t", b"1"}:
        return True, ""
    if raw in {b"N", b"n", b"F", b"f", b"0"}:
        return False, ""
    return _read_text(raw, encoding)


def _show_raw(raw: bytes, encoding: str) -> str:
    return raw.strip(b" \x00").decode(encoding, "backslashreplace")
