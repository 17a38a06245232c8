"""Digits of Arabic and Persian, taken for those that they stand for."""

from __future__ import annotations

_DECIMAL_SEPARATOR, _COMMA = 0x66B, 0x60C
_ZEROS = (0x660, 0x6F0)  # of Arabic, of Persian
_PLAIN = {zero + digit: str(digit) for zero in _ZEROS for digit in range(10)} | {_DECIMAL_SEPARATOR: ".", _COMMA: ","}


def plain_digits(text: str) -> str:
    """Write digits of Arabic and Persian as 0 to 9, and the point and the comma between them as those of English.

    Examples
    --------
    >>> plain_digits("\u0663\u0664\u066b\u0662\u0665"), plain_digits("\u06f2\u06f0\u06f1\u06f5-07"), plain_digits("34")
    ('34.25', '2015-07', '34')
    """
    return text if text.isascii() else text.translate(_PLAIN)
