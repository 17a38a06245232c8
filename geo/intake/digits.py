"""Digits of Arabic and Persian and signs of typesetters, taken for those that they stand for."""

from __future__ import annotations

_DECIMAL_SEPARATOR, _COMMA = 0x66B, 0x60C
_ZEROS = (0x660, 0x6F0)  # of Arabic, of Persian
# signs that tell in which direction a text runs, and the mark that begins some files, have no meaning in a number
_UNSEEN = (0x61C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A), 0xFEFF)
_MINUS_SIGNS = (0x2010, 0x2011, 0x2212)
_PLAIN = {
    **{zero + digit: str(digit) for zero in _ZEROS for digit in range(10)},
    **dict.fromkeys(_UNSEEN),
    **dict.fromkeys(_MINUS_SIGNS, "-"),
    _DECIMAL_SEPARATOR: ".",
    _COMMA: ",",
}


def plain_digits(text: str) -> str:
    """Write digits of Arabic and Persian as 0 to 9, and the signs between them as those of English.

    Marks of direction, which spreadsheets in Arabic and Hebrew put before numbers, are left out; the hyphens and the
    minus of typesetters become those of a keyboard.
    Of a text with any of these, the blanks around are left out too.

    Examples
    --------
    >>> plain_digits("\u0663\u0664\u066b\u0662\u0665"), plain_digits("\u06f2\u06f0\u06f1\u06f5-07"), plain_digits("34")
    ('34.25', '2015-07', '34')
    >>> plain_digits("\u200f\u221234.25\u200e")
    '-34.25'
    """
    return text if text.isascii() else text.translate(_PLAIN).strip()
