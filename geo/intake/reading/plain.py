"""Values of any format brought to what JSON knows; whatever cannot be kept as it is comes with a reason."""

from __future__ import annotations

import datetime
import math
import re
from decimal import Decimal, InvalidOperation
from typing import Any

from geo.intake.rows import Plain

NO_TEXT = "This character stands for none and would break exports"
OUT_OF_RANGE = "A number as large as this is not kept exactly; it is kept as text"
ROUNDED = "A number has more digits than are kept; it was rounded"
NO_NUMBER = "It is not a number"
BYTES = "Bytes are shown as hexadecimal digits"
# NUL, lone surrogates and the two noncharacters that no XML takes
_NO_TEXT = re.compile("[\x00\ud800-\udfff\ufffe\uffff]")
_BITS_64 = 2**63


class OversizedNumber(str):
    """A number that no float or 64-bit integer holds, as it was written."""

    __slots__ = ()


class LongNumber(float):
    """A number of so many digits that it may be rounded; ``written`` is what stands in the file."""

    __slots__ = ("written",)
    written: str

    @property
    def is_exact(self) -> bool:
        """Whether it is the number that stands there, as far as a float is written with digits."""
        try:
            return Decimal(self.written) == Decimal(repr(float(self)))
        except InvalidOperation:  # its exponent is beyond all that is computed with
            return False


def is_plain_text(text: str) -> bool:
    """Tell whether `to_plain` leaves a text as it is."""
    return (text.isascii() and "\x00" not in text) or not _NO_TEXT.search(text)


def to_plain(value: Any) -> tuple[Plain, str]:
    """Bring a value to what JSON knows.

    Parameters
    ----------
    value
        Text, number, truth value, date, bytes, list or mapping, as a reader gives it.

    Returns
    -------
    tuple
        The value, and why it was changed; empty where nothing was lost. Dates become ISO 8601 texts.
    """
    if type(value) is str:
        return (value, "") if is_plain_text(value) else (_NO_TEXT.sub("\ufffd", value), NO_TEXT)
    if value is None or isinstance(value, bool):
        return value, ""
    if isinstance(value, OversizedNumber):
        return str(value), OUT_OF_RANGE
    if isinstance(value, int):
        return (int(value), "") if -_BITS_64 <= value < _BITS_64 else (str(value), OUT_OF_RANGE)
    if isinstance(value, float):
        if math.isfinite(value):
            return float(value), ROUNDED if isinstance(value, LongNumber) and not value.is_exact else ""
        return None, NO_NUMBER
    if isinstance(value, list | tuple):
        pairs = [to_plain(part) for part in value]
        return [part for part, _ in pairs], next((reason for _, reason in pairs if reason), "")
    if isinstance(value, dict):
        return _plain_object(value)
    return _plain_other(value)


def _plain_object(value: dict[Any, Any]) -> tuple[Plain, str]:
    plain, first = dict[str, Plain](), ""
    for key, part in value.items():
        name, renamed = to_plain(str(key))
        plain[str(name)], reason = to_plain(part)
        first = first or renamed or reason
    return plain, first


def _plain_other(value: Any) -> tuple[Plain, str]:
    if isinstance(value, datetime.datetime | datetime.date | datetime.time):
        return value.isoformat(), ""
    if isinstance(value, bytes | bytearray | memoryview):
        return bytes(value).hex(), BYTES
    if isinstance(value, Decimal):
        return str(value), ""
    if hasattr(value, "item"):  # a number of numpy's
        return to_plain(value.item())
    return to_plain(str(value))
