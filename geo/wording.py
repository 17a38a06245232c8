"""How values are shown in messages: short, on one line, with nothing in them that steers a terminal."""

from __future__ import annotations

import json
import unicodedata
from typing import Any

_BIDI_CONTROLS = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_STEERING_CATEGORIES = frozenset({"Cc", "Cs", "Zl", "Zp"})


def escape_controls(text: str) -> str:
    r"""Write control characters, line breaks and direction marks as escapes, and leave all else alone.

    Examples
    --------
    >>> escape_controls("red \x1b[31m")
    'red \\x1b[31m'
    """
    return "".join(_escape(letter) if _steers(letter) else letter for letter in text)


def show_value(value: Any, limit: int = 60) -> str:
    """Show a value within a message.

    Parameters
    ----------
    value
        Text, or anything that JSON knows.
    limit
        Greatest number of characters; what is beyond is an ellipsis.

    Examples
    --------
    >>> show_value(["a", 1])
    '["a", 1]'
    """
    if isinstance(value, str):
        text = value[: limit + 1]
    elif isinstance(value, dict | list):
        text = json.dumps(value, ensure_ascii=False) if _is_small(value) else "[…]"
    else:
        text = json.dumps(value)
    shown = escape_controls(text)
    return shown if len(shown) <= limit else f"{shown[: limit - 1]}…"


def _is_small(value: dict[str, Any] | list[Any]) -> bool:
    # one level only: a deep value would cost as much to show as to read
    parts = value.values() if isinstance(value, dict) else value
    return len(value) < 10 and not any(isinstance(part, dict | list) for part in parts)


def _steers(letter: str) -> bool:
    return letter in _BIDI_CONTROLS or unicodedata.category(letter) in _STEERING_CATEGORIES


def _escape(letter: str) -> str:
    return f"\\x{ord(letter):02x}" if ord(letter) < 0x100 else f"\\u{ord(letter):04x}"
