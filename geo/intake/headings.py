"""Headings of tables: the names of columns, each given once and none empty."""

from __future__ import annotations

import re
from typing import Any

from geo.intake.gathering import GatheredLayer
from geo.intake.limits import limit_error

# a number with a decimal point stands in data, hardly in a heading; years and codes stand in both
_DECIMAL = re.compile(r"\s*[-+]?\d+[.,]\d+\s*")
_TAG = re.compile(r"#[a-z]\w*(?:\s*\+\s*\w+)*", re.ASCII | re.IGNORECASE)


def is_heading(cells: list[str]) -> bool:
    """Tell whether a first row names columns: it does unless a decimal number stands in it.

    Examples
    --------
    >>> is_heading(["name", "2011"]), is_heading(["Rafah", "34.24"])
    (True, False)
    """
    return not any(_DECIMAL.fullmatch(cell) for cell in cells)


def is_tags(cells: list[str]) -> bool:
    """Tell whether a row holds HXL tags alone, as the first of tables of the Humanitarian Data Exchange does.

    Examples
    --------
    >>> is_tags(["#event+id", "#date+occurred", ""]), is_tags(["#1", "#2"])
    (True, False)
    """
    tags = [cell for cell in cells if cell.strip()]
    return len(tags) > 1 and all(_TAG.fullmatch(cell.strip()) for cell in tags)


def name_columns(cells: list[Any], layer: GatheredLayer) -> list[str]:
    """Name the columns of a table by its heading; what had to be named otherwise is listed.

    Parameters
    ----------
    cells
        The heading, as read.
    layer
        Takes the fields and the changes.

    Raises
    ------
    InputError
        If there are more columns than the limit.
    """
    if len(cells) > layer.whole.limits.fields:
        raise limit_error("fields", layer.whole.limits)
    names: list[str] = []
    taken: set[str] = set()
    for place, cell in enumerate(cells, start=1):
        text = ("" if cell is None else str(cell)).strip()
        name = text or f"column {place}"
        if name in taken:
            name = next(each for n in range(2, len(cells) + 2) if (each := f"{name} ({n})") not in taken)
        if name != text:
            reason = "A name of a column is given once" if text else "A column without a name is numbered"
            layer.change(0, name, text, name, reason)
        names.append(name)
        taken.add(name)
    layer.add_fields(names)
    return names
