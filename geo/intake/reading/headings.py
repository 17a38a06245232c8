"""Headings of tables: the names of columns, each given once and none empty."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import islice, takewhile
from typing import Any

from geo.intake.limits import limit_error
from geo.intake.placing import is_pair, is_wkt, read_angle
from geo.intake.reading.field_names import name_fields
from geo.intake.reading.gathering import GatheredLayer
from geo.wording import show_value

# a number with a decimal point stands in data, hardly in a heading; years and codes stand in both
_DECIMAL = re.compile(r"\s*[-+]?\d+[.,]\d+\s*")
_DAY = re.compile(r"\d{4}-\d\d-\d\d(?:[T ][\d:.,+Zz -]{1,30})?", re.ASCII)
_MARK = re.compile("[°NSEWnsew]")
_TAG = re.compile(r"#[a-z]\w*(?:\s*\+\s*\w+)*", re.ASCII | re.IGNORECASE)

TAGS = ("The row holds HXL tags, which tell what the columns are, and no data", "Nothing is to be done")
"""Why a row of tags is listed, and what is to be done."""

_MOST_TITLES = 12
_LEAST_COLUMNS = 3
_MOST_TOLD = 3
_TITLE_LETTERS = 60
_SHOWN_BELOW = 20

DATA_WORDS = ("numbers", "places or dates")
"""What stands in a first row that names no columns: decimal numbers, or what stands below it too."""


def is_heading(cells: Sequence[str], below: Sequence[Sequence[Any]] = ()) -> bool:
    """Tell whether a first row names columns.

    It does unless a decimal number stands in it, or a place or a day below which such stand too: days may be names of
    columns, below which are counts.

    Parameters
    ----------
    cells
        Of the row.
    below
        The rows after it, of which the first are looked at.

    Examples
    --------
    >>> is_heading(["name", "2011"]), is_heading(["Rafah", "34.24"])
    (True, False)
    >>> is_heading(["town", "2015-07-01"], [["Rafah", "3"]]), is_heading(["a", "2015-07-01"], [["b", "2015-07-02"]])
    (True, False)
    """
    return not has_decimals(cells) and not _has_its_like(cells, below)


def has_decimals(cells: Sequence[str]) -> bool:
    """Tell whether a decimal number stands in a row."""
    return any(map(_DECIMAL.fullmatch, cells))


def _has_its_like(cells: Sequence[str], below: Sequence[Sequence[Any]]) -> bool:
    """Tell whether a row holds a place or a day, and rows below it the like in the same column."""
    first = below[:_SHOWN_BELOW]
    for place, cell in enumerate(cells):
        for is_like in (is_wkt, is_pair, _is_marked_angle, _is_day):
            if not is_like(cell):
                continue
            others = [str(row[place]) for row in first if place < len(row) and row[place] is not None]
            # one row alone has none below it
            if any(map(is_like, others)) or (not first and is_like in {is_wkt, is_pair}):
                return True
    return False


def _is_marked_angle(text: str) -> bool:
    return bool(_MARK.search(text[:_TITLE_LETTERS])) and any(
        read_angle(text, axis) is not None for axis in ("lat", "lon")
    )


def _is_day(text: str) -> bool:
    return bool(_DAY.fullmatch(text[: 2 * _TITLE_LETTERS].strip()))


def is_tags(cells: list[str]) -> bool:
    """Tell whether a row holds HXL tags alone, as the first of tables of the Humanitarian Data Exchange does.

    Examples
    --------
    >>> is_tags(["#event+id", "#date+occurred", ""]), is_tags(["#1", "#2"])
    (True, False)
    """
    tags = [cell for cell in cells if cell.strip()]
    return len(tags) > 1 and all(_TAG.fullmatch(cell.strip()) for cell in tags)


def count_titles(rows: Iterable[Sequence[Any]]) -> int:
    """Count the lines before a heading that are a title or a remark: one cell each, over a table of three columns on.

    Parameters
    ----------
    rows
        The first lines that are not empty, with their cells.

    Examples
    --------
    >>> count_titles([["Events, 2015"], ["(a sample)"], ["id", "lon", "lat"], ["1", "34.2", "31.2"]])
    2
    >>> count_titles([["id"], ["1"], ["2"]]), count_titles([["id", "lon"], ["1", "34.2"]])
    (0, 0)
    >>> count_titles([["Events"], ["id", "lon", "lat"], ["1", "34.2", "31.2"], ["(provisional)"]])
    1
    """
    first = [[str(cell).strip() for cell in row if cell is not None] for row in islice(rows, _MOST_TITLES + 2)]
    filled = [sum(map(bool, cells)) for cells in first]
    titles = sum(1 for _ in takewhile(lambda count: count == 1, filled))
    if not 0 < titles <= _MOST_TITLES or titles + 1 >= len(filled):
        return 0
    heading, widths = first[titles], filled[titles + 1 :]
    names = [cell for cell in heading if cell]
    # a remark may stand below the rows too, or between some of them
    is_table = len(names) >= _LEAST_COLUMNS and widths[0] > 1 and 2 * widths.count(1) <= len(widths)
    is_named = is_heading(heading, first[titles + 1 :]) and len(set(names)) == len(names)
    return titles if is_table and is_named else 0


def tell_titles(titles: Sequence[str], line: int) -> str:
    """Tell which lines before a heading were left aside, and in which line it stands.

    Examples
    --------
    >>> tell_titles(["Events, 2015"], 3)
    "The heading was found in line 3; what stands before it was left aside: 'Events, 2015'."
    """
    told = ", ".join(f"'{show_value(title.strip(), _TITLE_LETTERS)}'" for title in titles[:_MOST_TOLD])
    return f"The heading was found in line {line}; what stands before it was left aside: {told}" + (
        ", …." if len(titles) > _MOST_TOLD else "."
    )


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
    return name_fields(["" if cell is None else str(cell).strip() for cell in cells], layer)
