"""Encoding of a .dbf that no .cpg tells: by its own byte of the language, else guessed from its texts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from types import MappingProxyType

from geo.intake.reading.dbf_records import DbfError, open_table
from geo.intake.reading.encodings import guess_encoding

_LANGUAGE_BYTE = 29
_MOST_RECORDS = 2_000
_LATIN = "cp1252"
# those for "the machine's own" (0x00, 0x03, 0x57) are left out: many programs write them whatever the texts are in
_LANGUAGES = MappingProxyType(
    {
        **{0x01: "cp437", 0x02: "cp850", 0x08: "cp865", 0x64: "cp852", 0x65: "cp866", 0x66: "cp865", 0x67: "cp861"},
        **{0x6A: "cp737", 0x6B: "cp857", 0x78: "cp950", 0x79: "cp949", 0x7A: "cp936", 0x7B: "cp932", 0x7C: "cp874"},
        **{0x7D: "cp1255", 0x7E: "cp1256", 0xC8: "cp1250", 0xC9: "cp1251", 0xCA: "cp1254", 0xCB: "cp1253"},
        **{0xCC: "cp1257", 0x4D: "cp936", 0x4E: "cp949", 0x4F: "cp950", 0x50: "cp874", 0x58: "cp1252", 0x59: "cp1252"},
    }
)
_WORD = re.compile(r"[^\W\d_]+")


def find_language(data: bytes) -> str:
    """Find the encoding that a .dbf names in its heading; empty where it names none, or its texts are none of it.

    Parameters
    ----------
    data
        The whole file.
    """
    encoding = _LANGUAGES.get(data[_LANGUAGE_BYTE], "") if len(data) > _LANGUAGE_BYTE else ""
    try:
        b"\n".join(_texts(data)).decode(encoding or "ascii")
    except UnicodeDecodeError:
        return ""
    return encoding


def guess_language(data: bytes) -> str:
    """Guess the encoding of a .dbf from its texts: cp1252, unless they are words of another script in another one.

    Parameters
    ----------
    data
        The whole file.
    """
    sample = b"\n".join(_texts(data))
    guessed = guess_encoding(sample)
    words = _WORD.findall(sample.decode(guessed, "replace"))
    # accented letters stand beside plain ones, those of other scripts do not
    mixed = sum(not word.isascii() and any(map(str.isascii, word)) for word in words)
    foreign = sum(not any(map(str.isascii, word)) for word in words)
    return guessed if foreign > mixed else _LATIN


def _texts(data: bytes) -> Iterator[bytes]:
    """Give the texts of the first records that are not ASCII."""
    try:
        table = open_table(data, "latin-1")
    except DbfError:
        return  # told when it is read
    fields = [field for field in table.fields if field.kind == "C"]
    for number in range(min(table.count, _MOST_RECORDS)):
        start = table.begin + number * table.width
        record = data[start : start + table.width]
        for field in fields if not record.isascii() else ():
            text = record[field.begin : field.end].strip(b" \x00")
            if not text.isascii():
                yield text
