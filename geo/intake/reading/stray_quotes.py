"""Records of a delimited table whose quotes do not fit, which are read as far as they can be and listed."""

from __future__ import annotations

import csv
import io
import re
from collections import deque
from collections.abc import Iterator

STRAY = "A quote within a quoted cell is written twice; here it is not, and the cell was read as it stands"

# blanks between the end of a cell and its delimiter are harmless
_BLANKS_BEHIND = re.compile(r'" +(?=[,;|\t\r\n]|\Z)')


def find_stray_quotes(text: str, delimiter: str) -> dict[int, str]:
    r"""Find the records in which more follows the quote that closes a cell.

    Parameters
    ----------
    text
        The whole table.
    delimiter
        What divides its columns.

    Returns
    -------
    dict
        Each such record as written, by the line where it begins, from 1.

    Examples
    --------
    >>> find_stray_quotes('id,name\n1,"a "big" b"\n2,"c""d"\n', ",")
    {2: '1,"a "big" b"'}
    """
    if '"' not in text or _is_strict(io.StringIO(text, newline=""), delimiter):
        return {}
    stray = dict[int, str]()
    taken: list[str] = []

    def feed() -> Iterator[str]:
        for line in io.StringIO(text, newline=""):
            taken.append(line)
            yield line

    reader, first = csv.reader(feed(), delimiter=delimiter), 1
    for _ in reader:
        record = "".join(taken)
        if '"' in record and not _is_strict(io.StringIO(_BLANKS_BEHIND.sub('"', record), newline=""), delimiter):
            stray[first] = record.rstrip("\r\n")
        taken.clear()
        first = reader.line_num + 1
    return stray


def _is_strict(lines: io.StringIO, delimiter: str) -> bool:
    try:
        deque(csv.reader(lines, delimiter=delimiter, strict=True), maxlen=0)
    except csv.Error:
        return False
    return True
