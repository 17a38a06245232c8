"""Which 8-bit encoding a text is in: that of Latin letters, or of a script of the region and its readers."""

from __future__ import annotations

import codecs
import re

# one of each script, since those of one can hardly be told apart
_LATIN, _ARABIC, _HEBREW, _CYRILLIC = "cp1252", "cp1256", "cp1255", "cp1251"
_SAMPLE_BYTES = 50_000
_WORD = re.compile(rb"[A-Za-z\x80-\xff]+")
_PLAIN_LETTER = re.compile(rb"[A-Za-z]")
_HEBREW_LETTERS = frozenset(range(0xE0, 0xFB))


def guess_encoding(data: bytes) -> str:
    r"""Guess the encoding of text that is not UTF-8, from the lines that are not ASCII.

    Examples
    --------
    >>> guess_encoding("id,name\n1,رفح\n".encode("cp1256")), guess_encoding("café".encode("latin-1"))
    ('cp1256', 'cp1252')
    """
    sample = b"\n".join(line for line in data.splitlines() if not line.isascii())[:_SAMPLE_BYTES]
    words = [word for word in _WORD.findall(sample) if not word.isascii()]
    # accented letters stand beside plain ones, those of other scripts do not
    if 2 * sum(bool(_PLAIN_LETTER.search(word)) for word in words) >= len(words):
        return _LATIN
    # Arabic needs other letters too, and Cyrillic its capitals
    if all(_HEBREW_LETTERS.issuperset(word) for word in words):
        return _HEBREW
    # few files come so far, and the library takes long to load
    from chardet import detect  # noqa: PLC0415

    found = detect(b" ".join(words), include_encodings=(_LATIN, _ARABIC, _HEBREW, _CYRILLIC))["encoding"]
    return codecs.lookup(found).name if found else _LATIN
