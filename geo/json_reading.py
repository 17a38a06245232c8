"""JSON read strictly: what a lenient reader would lose or bend in silence is a problem in words."""

from __future__ import annotations

import json
import math
import re
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from geo.errors import InputError, Problem
from geo.wording import escape_controls, show_value

MAX_BYTES = 50_000_000
# whole numbers that JavaScript and GeoJSON readers keep exactly (RFC 8259, section 6)
_MAX_INTEGER = 2**53
_MOST_INTEGER = 2**64
_MAX_DIGITS = 20
# not characters of a text: controls but tab and line breaks, lone surrogates, noncharacters
_NO_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


class _RefusedError(ValueError):
    """A number that JSON has no place for."""


def read_bytes(path: Path, most: int = MAX_BYTES) -> bytes:
    """Read a file whole.

    Parameters
    ----------
    path
        The file.
    most
        Greatest number of its bytes.

    Raises
    ------
    InputError
        If there is no such file, it is no file such as a disk holds, it cannot be read, or it is too large.
    """
    try:
        if path.is_dir():
            raise InputError([_problem("file", path, "It is a folder. Give a file.")])
        # a device or a pipe may have no end, or keep whoever opens it waiting
        if not path.is_file() and path.stat():
            raise InputError([_problem("file", path, "It is a device or a pipe. Give a file.")])
        with path.open("rb") as file:
            content = file.read(most + 1)
        if len(content) > most:
            limit = f"A file holds at most {most // 1_000_000} MB. Split it."
            raise InputError([_problem("file", path, limit)])
        return content
    except FileNotFoundError as error:
        raise InputError([_problem("file", path, "There is no such file. Check its name and folder.")]) from error
    except (OSError, ValueError) as error:
        if isinstance(error, InputError):
            raise
        reason = getattr(error, "strerror", None) or str(error)
        message = f"It cannot be read ({escape_controls(reason)}). Check its permissions."
        raise InputError([_problem("file", path, message)]) from error


def parse_json(content: bytes, path: Path, aside: Callable[[Any], Iterable[Any]] | None = None) -> Any:
    """Parse UTF-8 JSON text strictly.

    Parameters
    ----------
    content
        Bytes of the file; a byte-order mark is allowed.
    path
        The file, for the messages.
    aside
        Gives those parts of the whole whose texts and whole numbers of 64 bits stay as they are, whatever they hold.

    Raises
    ------
    InputError
        Naming every key given twice, every whole number out of range and every text with characters that are none, or
        the first place where the file is no JSON: NaN and Infinity, other numbers out of range and endless nesting
        included.
    """
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        message = f"Byte {error.start} is not UTF-8. Save the file as UTF-8."
        raise InputError([_problem("utf-8", path, message)]) from error
    value, repeated = _load(text, path)
    problems = [
        _problem("duplicate-key", path, f"Key '{show_value(key)}' is given twice in one object. Keep one.")
        for key in repeated
    ]
    problems += [_problem(rule, path, message) for rule, message in _tell_faults(value, aside(value) if aside else ())]
    if problems:
        raise InputError(problems)
    return value


def _load(text: str, path: Path) -> tuple[Any, list[str]]:
    """Load JSON text; return with it the keys that one of its objects has twice."""
    repeated: list[str] = []

    def object_from_pairs(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        value = dict(pairs)
        if len(value) < len(pairs):
            times = Counter(key for key, _ in pairs)
            repeated.extend(sorted(key for key, count in times.items() if count > 1))
        return value

    try:
        value = json.loads(
            text,
            object_pairs_hook=object_from_pairs,
            parse_constant=_refuse_constant,
            parse_int=_integer,
            parse_float=_finite,
        )
    except json.JSONDecodeError as error:
        message = f"It is no JSON: {error.msg}, line {error.lineno}, column {error.colno}. Correct that place."
        raise InputError([_problem("json", path, message)]) from error
    except _RefusedError as error:
        raise InputError([_problem("json", path, str(error))]) from error
    except RecursionError as error:
        message = "It is nested too deeply. GeoJSON needs fewer than 20 levels. Take the nesting out."
        raise InputError([_problem("json", path, message)]) from error
    return value, repeated


def _problem(rule: str, path: Path, message: str) -> Problem:
    return Problem(rule, f"Invalid file '{show_value(str(path), 200)}'. {message}")


def _refuse_constant(name: str) -> Any:
    message = f"It holds {name}, which JSON does not know. Give a number or null."
    raise _RefusedError(message)


def _integer(digits: str) -> int:
    # those between are looked at where they stand
    if len(digits) > _MAX_DIGITS or abs(int(digits)) > _MOST_INTEGER:
        raise _RefusedError(_out_of_range(digits))
    return int(digits)


def _out_of_range(digits: str) -> str:
    return f"Number '{show_value(digits, 30)}' is out of range. Whole numbers reach 2^53. Correct it."


def _finite(digits: str) -> float:
    number = float(digits)
    if not math.isfinite(number):
        message = f"Number '{show_value(digits, 30)}' is out of range. Correct it."
        raise _RefusedError(message)
    return number


def _tell_faults(value: Any, aside: Iterable[Any]) -> list[tuple[str, str]]:
    """Tell of numbers and texts at fault, each with its rule, but for those within the parts that are left aside."""
    faults, rest, passed = list[tuple[str, str]](), [value], {id(part) for part in aside}
    while rest:
        part = rest.pop()
        if isinstance(part, str):
            if _NO_TEXT.search(part):
                faults.append(("text", f"'{show_value(part)}' holds a character that is no text. Take it out."))
        elif isinstance(part, int):
            if abs(part) > _MAX_INTEGER:
                faults.append(("json", _out_of_range(str(part))))
        elif isinstance(part, dict):
            rest += [*part.values(), *part.keys()] if id(part) not in passed else []
        elif isinstance(part, list):
            rest += part
    return faults
