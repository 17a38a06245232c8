"""JSON of strangers, whole or a text a line: nesting measured before it is parsed, each loss of a reader told."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from geo.intake.limits import limit_error
from geo.intake.reading.decoding import decode_text
from geo.intake.reading.gathering import GatheredLayer, Gathering
from geo.intake.reading.plain import LongNumber, OversizedNumber
from geo.intake.refusing import unreadable

_CHUNK_BYTES = 1 << 20
_HEAD_BYTES = 1 << 18
_MAX_DIGITS = 18
# as long as programs write a float, and a zero
_EXACT_LETTERS, _ZERO_LETTERS = 19, 4
_FEATURES = frozenset({"Feature", "FeatureCollection"})
_SHAPES = frozenset({"geometry", "coordinates", "geometries"})
# texts are passed over whole, so that a comma within one is never met
# (and never tried twice, however it ends)
_STRING_OR_COMMA = re.compile(r'"(?:[^"\\]|\\.)*+(?:"|\Z)|(,)(?=\s*+[\]}])', re.DOTALL)


class RepeatingObject(dict[str, Any]):
    """An object with a key given more than once; ``dropped`` holds what stood there before the last."""

    dropped: list[tuple[str, Any]]


class _UnknownConstantError(ValueError):
    """NaN or an infinity, which JSON does not know."""


@dataclass(frozen=True, slots=True)
class LineFault:
    """A line that is no JSON, and why."""

    line: str
    reason: str


Lines = Iterator[tuple[int, Any]]
"""By line of a file, from 1, its value or a `LineFault`."""


def parse_text(data: bytes, gathering: Gathering) -> Any:
    """Parse JSON, UTF-8 or with a byte-order mark.

    Parameters
    ----------
    data
        Bytes of the file.
    gathering
        Takes the notes on the encoding; its limits hold for the nesting.

    Returns
    -------
    Any
        Objects that repeat a key are `RepeatingObject`; numbers that no float or 64-bit integer holds are
        `OversizedNumber`, those of many digits `LongNumber`.

    Raises
    ------
    InputError
        If it is no JSON, with line and column, or is nested beyond the limit.
    """
    text = decode_text(data, gathering)
    if nesting_of(data if data.isascii() else text.encode("utf-8", "replace")) > gathering.limits.depth:
        raise limit_error("depth", gathering.limits)
    try:
        return _load(text)
    except json.JSONDecodeError as error:
        if _is_feature_a_line(text, error):
            reason = "It is newline-delimited GeoJSON, with a feature on each line, and is not read"
            raise unreadable(reason, "Save it as GeoJSON, which is one text with all features") from error
        mended = _without_trailing_commas(text, gathering)
        if mended is not None:
            return mended
        place = f"{error.msg}, line {error.lineno}, column {error.colno}"
        raise unreadable(f"It is no JSON: {place}", "Correct that place or save the file again") from error
    except _UnknownConstantError as error:
        raise unreadable(f"It holds {error}, which JSON does not know", "Give a number or null") from error
    except RecursionError as error:
        raise limit_error("depth", gathering.limits) from error


def parse_lines(data: bytes, gathering: Gathering) -> Lines | None:
    r"""Parse JSON Lines: an object on each line; ``None`` where the first two lines are no plain objects.

    Parameters
    ----------
    data
        Bytes of the file.
    gathering
        Takes the notes on the encoding; its limits hold for the nesting.

    Returns
    -------
    Lines or None
        By line of the file, from 1, the value, or why it is none as `LineFault`; empty lines are left out, and each is
        parsed when it is asked for. Lines of GeoJSON features are no table.

    Raises
    ------
    InputError
        If it is nested beyond the limit, or no text.
    """
    if not _begins_with_lines(data):
        return None
    text = decode_text(data, gathering)
    if nesting_of(data if data.isascii() else text.encode("utf-8", "replace")) > gathering.limits.depth:
        raise limit_error("depth", gathering.limits)
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return ((number, _load_line(line)) for number, line in enumerate(lines, 1) if line.strip())


def _is_feature_a_line(text: str, error: json.JSONDecodeError) -> bool:
    """Tell whether a feature stands where the text should end, behind another."""
    is_whole = error.msg == "Extra data" and error.lineno > 1
    return is_whole and text[error.pos] == "{" and '"Feature"' in text[: error.pos]


def _begins_with_lines(data: bytes) -> bool:
    """Tell whether the first two lines are an object each, and none of them GeoJSON."""
    if not data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        return False
    first = [line.strip() for line in data[:_HEAD_BYTES].removeprefix(b"\xef\xbb\xbf").splitlines() if line.strip()]
    # the last may be cut off
    whole = first if len(data) <= _HEAD_BYTES else first[:-1]
    values = [_load_line(line.decode("utf-8", "replace")) for line in whole[:2]]
    return len(values) > 1 and all(isinstance(value, dict) and not is_of_geojson(value) for value in values)


def is_of_geojson(value: dict[str, Any]) -> bool:
    """Tell whether an object looks like a feature or a shape, whose place would be lost in a table.

    Examples
    --------
    >>> is_of_geojson({"type": "Feature"}), is_of_geojson({"type": "raid", "lon": 34.2, "lat": 31.2})
    (True, False)
    """
    kind = value.get("type")
    return isinstance(kind, str) and (kind in _FEATURES or not _SHAPES.isdisjoint(value))


def _load_line(line: str) -> Any:
    try:
        return _load(line)
    except json.JSONDecodeError as error:
        return LineFault(line.strip(), f"The line is no JSON: {error.msg}, column {error.colno}.")
    except (_UnknownConstantError, RecursionError) as error:
        return LineFault(line.strip(), f"The line holds {error}, which JSON does not know.")


def tell_repeated(value: dict[str, Any], layer: GatheredLayer, number: int) -> None:
    """List what was lost where an object gives a key more than once.

    Raises
    ------
    InputError
        If it repeats keys more often than a file may have fields.
    """
    if isinstance(value, RepeatingObject):
        if len(value.dropped) > layer.whole.limits.fields:
            raise limit_error("fields", layer.whole.limits)
        for key, dropped in value.dropped:
            layer.change(number, key, dropped, value[key], "A key given twice keeps its last value")


def _load(text: str) -> Any:
    return json.loads(
        text,
        object_pairs_hook=_to_object,
        parse_constant=_refuse_constant,
        parse_int=_to_integer,
        parse_float=_to_float,
    )


def _without_trailing_commas(text: str, gathering: Gathering) -> Any | None:
    """Read a JSON text whose only fault is commas before closing brackets; ``None`` where it has others."""
    commas = [match.start(1) for match in _STRING_OR_COMMA.finditer(text) if match[1]]
    if not commas:
        return None
    parts = [text[begin + 1 : end] for begin, end in zip([-1, *commas], [*commas, len(text)], strict=True)]
    try:
        value = _load(" ".join(parts))
    except (ValueError, RecursionError):
        return None
    line = text.count("\n", 0, commas[0]) + 1
    gathering.note(f"A comma that nothing follows was left out ({len(commas)} in all, the first in line {line}).")
    return value


def nesting_of(data: bytes) -> int:
    r"""Return the greatest number of arrays and objects that enclose a place of a JSON text.

    Examples
    --------
    >>> nesting_of(b'{"a": [[1], "]]] [[[ \\" [[["]}')
    3
    """
    # quotes and brackets behind a backslash are text; so is all between two quotes
    plain = np.frombuffer(_without_escapes(data), dtype=np.uint8)
    deepest, depth, quotes = 0, 0, 0
    for start in range(0, len(plain), _CHUNK_BYTES):
        chunk = plain[start : start + _CHUNK_BYTES]
        counted = np.cumsum(chunk == ord('"'), dtype=np.int64) + quotes
        outside = counted % 2 == 0
        opens = ((chunk == ord("[")) | (chunk == ord("{"))) & outside
        closes = ((chunk == ord("]")) | (chunk == ord("}"))) & outside
        depths = depth + np.cumsum(opens.astype(np.int64) - closes)
        deepest, depth, quotes = max(deepest, int(depths.max())), int(depths[-1]), int(counted[-1])
    return deepest


def _without_escapes(data: bytes) -> bytes:
    return data.replace(b"\\\\", b"").replace(b'\\"', b"")


def _to_object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    value = dict(pairs)
    if len(value) == len(pairs):
        return value
    repeating, seen = RepeatingObject(value), dict[str, Any]()
    repeating.dropped = []
    for key, part in pairs:
        if key in seen:
            repeating.dropped.append((key, seen[key]))
        seen[key] = part
    return repeating


def _refuse_constant(name: str) -> Any:
    raise _UnknownConstantError(name)


def _to_integer(digits: str) -> int | OversizedNumber:
    if len(digits) <= _MAX_DIGITS:
        return int(digits)
    is_64_bits = len(digits) <= _MAX_DIGITS + 2 and -(2**63) <= int(digits) < 2**63
    return int(digits) if is_64_bits else OversizedNumber(digits)


def _to_float(digits: str) -> float | OversizedNumber:
    number = float(digits)
    if not math.isfinite(number):
        return OversizedNumber(digits)
    if len(digits) <= (_EXACT_LETTERS if number else _ZERO_LETTERS):
        return number
    # whether it is exact is looked at where it is a value: of positions there are very many
    long = LongNumber(number)
    long.written = digits
    return long
