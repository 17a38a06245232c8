"""Texts that a spreadsheet would run as a formula, made to stand as text."""

from __future__ import annotations

import re
from typing import Any

# spreadsheets pass over blanks and invisible signs, and some read full-width signs as plain ones
_FORMULA_START = re.compile("[\\s\ufeff\u200b-\u200f\u202a-\u202e\u2060-\u2069]*[=+\\-@＝＋－＠]|[\t\r\n]")


def guard_formula(value: Any) -> Any:
    """Put an apostrophe before a text that a spreadsheet would take for a formula; numbers stay numbers.

    Examples
    --------
    >>> guard_formula("=1+1")
    "'=1+1"
    >>> guard_formula(-33.5)
    -33.5
    """
    return f"'{value}" if isinstance(value, str) and _FORMULA_START.match(value) else value
