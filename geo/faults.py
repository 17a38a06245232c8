"""Faults that pydantic finds, told in the atlas's own words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from types import MappingProxyType
from typing import Any

from geo.model import MATTERS
from geo.wording import show_value

_SLUG = "It is lower-case letters, digits and single hyphens. Write for example 'rafah-crossing'."
_HASH = "A hash is 64 hexadecimal digits in lower case. Let 'python atlas.py cite' make it."
_FORMS = MappingProxyType(
    {
        "sha256": _HASH,
        "locator": 'It is the number of a paragraph, from 1, as text. Write for example "12".',
        "label": "It is 'paragraph'. Correct it.",
        "about": f"It is one of {', '.join(MATTERS)}. Choose one.",
        "URL": "An address begins with https:// or http://. Correct it or leave it out.",
        "names": "A language is two lower-case letters. Write for example 'ar'.",
    }
)
_MISSING = MappingProxyType(
    {
        "claims": "A feature has claims, each with its citation. Add one.",
        "citation": "Every claim cites the passage that carries it. Let 'python atlas.py cite' make it.",
        "citation.id": "Every citation names its source. Add the source's id.",
    }
)
_TYPES = MappingProxyType(
    {
        "string_type": "a text",
        "float_type": "a number",
        "int_type": "a whole number",
        "int_from_float": "a whole number",
        "bool_type": "true or false",
        "tuple_type": "a list",
        "list_type": "a list",
        "dict_type": "an object",
        "model_type": "an object",
        "model_attributes_type": "an object",
    }
)
_LIMITS = MappingProxyType(
    {
        "string_too_long": "It has at most {max_length} characters. Shorten it.",
        "string_too_short": "It is not empty. Fill it or leave it out.",
        "too_long": "It has at most {max_length} items. Take some out.",
        "too_short": "It has at least {min_length}. Add to it.",
        "greater_than": "It is more than {gt}. Correct it.",
        "greater_than_equal": "It is {ge} or more. Correct it.",
        "less_than_equal": "It is {le} or less. Correct it.",
    }
)


def explain_fault(fault: Any, place: Sequence[str | int]) -> tuple[str, str]:
    """Name the rule that a fault breaks, and say what is wrong and what to do.

    Parameters
    ----------
    fault
        One of a pydantic ``ValidationError``'s errors.
    place
        Keys and positions that lead from the named feature, claim or source to the fault.
    """
    field, kind, context = _field(place), fault["type"], fault.get("ctx", {})
    if kind == "missing":
        return _explain_missing(field)
    if kind == "extra_forbidden":
        message = f"Invalid field '{show_value(field)}'. The data dictionary has none of that name. Take it out."
        return "unknown-field", message
    if kind == "value_error":
        return _explain_value(str(fault["msg"]).removeprefix("Value error, "), field)
    return _explain_content(field, kind, context, fault["input"])


def _explain_content(field: str, kind: str, context: dict[str, Any], value: Any) -> tuple[str, str]:
    given = f"Invalid {field} '{show_value(value)}'."
    last = re.split(r"[.\[]", field)[-1] or field
    if kind == "string_pattern_mismatch":
        last = "names" if field.startswith("names") else last
        return ("hash" if last == "sha256" else "form"), f"{given} {_FORMS.get(last, _SLUG)}"
    if kind in {"enum", "literal_error"}:
        return "closed-list", f"{given} It is one of {_listed(context['expected'])}. Choose one."
    if kind == "too_short" and field == "claims":
        return _explain_missing(field)
    if kind in _TYPES:
        if last == "sha256":
            return "hash", f"{given} {_HASH}"
        return "type", f"{given} It is {_TYPES[kind]}. Correct it."
    if kind in _LIMITS:
        return "limit", f"{given} {_LIMITS[kind].format(**context)}"
    return "value", f"{given} The data dictionary has no such value. Correct it."


def _explain_missing(field: str) -> tuple[str, str]:
    is_cited = field in _MISSING
    advice = _MISSING.get(field, "The data dictionary requires it. Add it.")
    return ("cited" if is_cited else "required-field"), f"Missing {field}. {advice}"


def _explain_value(message: str, field: str) -> tuple[str, str]:
    if message.startswith("Invalid date "):
        return "date", message.replace("Invalid date", f"Invalid {field}", 1)
    return "value", message if message.startswith("Invalid") else f"Invalid {field}. {message}. Correct it."


def _field(place: Sequence[str | int]) -> str:
    parts = [f"[{part}]" if isinstance(part, int) else f".{part}" for part in place if part != "[key]"]
    return show_value("".join(parts).removeprefix("."), 100)


def _listed(expected: str) -> str:
    return expected.replace("'", "").replace(" or ", ", ")
