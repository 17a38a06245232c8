"""Bytes of unknown encoding read as text; what was guessed is told."""

from __future__ import annotations

import codecs
from types import MappingProxyType

from geo.intake.reading.encodings import guess_encoding
from geo.intake.reading.gathering import Gathering
from geo.intake.refusing import unreadable

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_HEAD_BYTES = 1_000
# a text read with the wrong width is full of letters of the far east, or of none
_WIDE = MappingProxyType({"utf-32-le": 4, "utf-32-be": 4, "utf-16-le": 2, "utf-16-be": 2})
_NEARBY_END = "\u0800"
_LEAST_NEARBY = 0.9


def decode_text(data: bytes, gathering: Gathering) -> str:
    """Decode a text: by its byte-order mark, as UTF-8, or as the likeliest other encoding, which is noted.

    Raises
    ------
    InputError
        If it is none of the encoding that its byte-order mark or its zero bytes tell, or is no text.
    """
    mark, encoding = find_mark(data)
    if mark:
        return _decode_marked(data[len(mark) :], encoding, gathering)
    wide = _find_wide(data)
    if wide:
        gathering.note(f"The file is in {wide.upper()}, without a byte-order mark.")
        return _decode_wide(data, wide, f"It looks like {wide.upper()}")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        place = error.start
    if b"\x00" in data:
        raise unreadable("It is no text: it holds zero bytes", "Save it as text in UTF-8")
    encoding = guess_encoding(data)
    line = data.count(b"\n", 0, place) + 1
    gathering.note(
        f"The file is not in UTF-8 (byte {place + 1}, line {line}); it was read as {encoding}. "
        "Look at its accented letters, and save it as UTF-8 if they are wrong."
    )
    return decode_guessed(data, encoding, gathering)


def find_mark(data: bytes) -> tuple[bytes, str]:
    """Find the byte-order mark that a text begins with, and the encoding that it tells; both empty without one."""
    return next(((mark, encoding) for mark, encoding in _MARKS if data.startswith(mark)), (b"", ""))


def decode_guessed(data: bytes, encoding: str, gathering: Gathering) -> str:
    """Decode a text in an encoding that was guessed; bytes that are none of it are replaced, and told."""
    text = data.decode(encoding, "replace")
    if replaced := text.count("\ufffd"):
        gathering.note(f"{replaced:,} bytes that are no letters of {encoding} were replaced by \ufffd.")
    return text


def _decode_marked(data: bytes, encoding: str, gathering: Gathering) -> str:
    if encoding != "utf-8":
        gathering.note(f"The file is in {encoding.upper()}, by its byte-order mark.")
    return _decode_wide(data, encoding, f"Its byte-order mark says {encoding.upper()}")


def _find_wide(data: bytes) -> str:
    """Find the encoding of two or four bytes a letter whose zero bytes stand in a text without a mark; else empty."""
    head = data[:_HEAD_BYTES]
    if b"\x00" not in head:
        return ""
    for encoding, width in _WIDE.items():
        letters = head[: len(head) // width * width].decode(encoding, "replace")
        if sum(letter in "\t\r\n" or " " <= letter < _NEARBY_END for letter in letters) > _LEAST_NEARBY * len(letters):
            return encoding
    return ""


def _decode_wide(data: bytes, encoding: str, why: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise unreadable(f"{why}, but byte {error.start + 1} is none", "Save it as UTF-8") from error
