"""Values of a file as text, the same for the same value."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence

from geo.intake.rows import Plain

NOTHING = frozenset({"NA", "N/A", "#N/A", "\\N", "NULL", "<NA>", "NaN", "nan", "NaT"})
"""What R, pandas, databases and spreadsheets write into a cell that holds nothing."""


_POINTED = re.compile(r"\d+\.0+", re.ASCII)


def text_of(value: Plain) -> str:
    """Write a plain value as text; nothing is the empty text, and a whole number has no point.

    Examples
    --------
    >>> text_of(2015.0), text_of(True), text_of(None), text_of(" a ")
    ('2015', 'true', '', 'a')
    """
    if isinstance(value, str):
        return value.strip()
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    return json.dumps(value, ensure_ascii=False)


def code_of(text: str) -> str:
    """Take the point off a whole number: programs write one into each cell of a column in which others are empty.

    Examples
    --------
    >>> code_of("3.0"), code_of("190"), code_of("2.5"), code_of("area")
    ('3', '190', '2.5', 'area')
    """
    return text.partition(".")[0] if _POINTED.fullmatch(text) else text


def texts_of(column: Sequence[Plain]) -> list[str]:
    """Write a column of plain values as texts, each as `text_of` does.

    Examples
    --------
    >>> texts_of([" a", "b "]), texts_of(["1", 1.0])
    (['a', 'b'], ['1', '1'])
    """
    # a call less for each of the cells, which of most tables are texts
    return [value.strip() if isinstance(value, str) else text_of(value) for value in column]
