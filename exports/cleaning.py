"""Texts without the signs that a file format cannot hold: the one rule, by which every writer goes.

Lone surrogates and NUL are left out of every file: UTF-8 has no place for the first, and most readers take the second
for the end of a text. What is XML, and what is written on lines of their own, also leaves out the other control
characters but tab and line breaks, and the non-characters U+FFFE and U+FFFF. The page changes nothing, but shows a
lone surrogate as U+FFFD. Drawn files put each text on one line (`exports.lettering.clean_text`).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

_UNHELD = re.compile("[\x00\ud800-\udfff]")
# XML 1.0, production 2: all else is no character of a document
_CONTROLS = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

NOTE = "Control characters, which this format cannot hold, are left out of {} texts."
"""What a receipt says of them."""


def drop_unheld(text: str) -> str:
    r"""Leave out NUL and lone surrogates, which no file can be relied on to hold.

    Examples
    --------
    >>> drop_unheld("a\x00b\x1b\ud800")
    'ab\x1b'
    """
    return _UNHELD.sub("", text)


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


def clean_record(record: dict[str, Any], clean: Callable[[str], str] = drop_controls) -> tuple[dict[str, Any], int]:
    """Clean the texts of a record, and count those that were changed.

    Parameters
    ----------
    record
        Values by name; those that are no text stay as they are.
    clean
        `drop_controls` or `drop_unheld`, as the format needs.
    """
    cleaned = {name: clean(value) if isinstance(value, str) else value for name, value in record.items()}
    return cleaned, sum(cleaned[name] != value for name, value in record.items() if isinstance(value, str))


def clean_tree(value: Any) -> tuple[Any, int]:
    r"""Leave NUL and lone surrogates out of every text of a JSON value, and count the texts that had any.

    Keys are texts too; one that is another's after cleaning has a number behind it.

    Examples
    --------
    >>> clean_tree({"a\x00": ["b\x00", 1], "a": "c"})
    ({'a': ['b', 1], 'a_2': 'c'}, 2)
    """
    if isinstance(value, str):
        cleaned = drop_unheld(value)
        return cleaned, int(cleaned != value)
    if isinstance(value, list | tuple):
        parts = [clean_tree(part) for part in value]
        return [part for part, _ in parts], sum(count for _, count in parts)
    if not isinstance(value, dict):
        return value, 0
    tree: dict[str, Any] = {}
    changed = 0
    for key, part in value.items():
        name = free_name(drop_unheld(key), tree)
        tree[name], count = clean_tree(part)
        changed += count + (drop_unheld(key) != key)
    return tree, changed


def free_name(name: str, taken: Any, fold: Callable[[str], str] = str) -> str:
    """Return a name, with the least number behind it that makes it none of those that are taken.

    Parameters
    ----------
    name
        As it would be.
    taken
        Names of others, folded.
    fold
        What makes names equal that are to count as one.

    Examples
    --------
    >>> free_name("a", {"a", "a_2"})
    'a_3'
    """
    free, turn = name, 2
    while fold(free) in taken:
        free, turn = f"{name}_{turn}", turn + 1
    return free
