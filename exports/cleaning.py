"""Texts without the signs that a file format cannot hold."""

from __future__ import annotations

import re
from typing import Any

# XML 1.0, production 2: all else is no character of a document; NUL also ends a text within SQLite's clients
_CONTROLS = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

NOTE = "Control characters, which this format cannot hold, are left out of {} texts."
"""What a receipt says of them."""


def drop_controls(text: str) -> str:
    r"""Leave out the characters that XML cannot hold: control characters but tab and line breaks, and non-characters.

    Examples
    --------
    >>> drop_controls("a\x00b\x1b\n")
    'ab\n'
    """
    return _CONTROLS.sub("", text)


def one_line(text: str) -> str:
    r"""Bring a text onto one line, its spaces single, without control characters.

    Examples
    --------
    >>> one_line("a\n b\x00")
    'a b'
    """
    return " ".join(drop_controls(text).split())


def clean_record(record: dict[str, Any]) -> tuple[dict[str, Any], int]:
    """Drop control characters from the texts of a record, and count the texts that had any.

    Parameters
    ----------
    record
        Values by name; those that are no text stay as they are.
    """
    cleaned = {name: drop_controls(value) if isinstance(value, str) else value for name, value in record.items()}
    return cleaned, sum(cleaned[name] != value for name, value in record.items())
