"""CSV and its kin: encoding and delimiter found, each cell kept as the text that stands there."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator
from itertools import islice

from geo.intake.decoding import decode_text
from geo.intake.gathering import GatheredLayer, Gathering
from geo.intake.headings import is_heading, name_columns
from geo.intake.refusing import unreadable

_DELIMITERS = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "vertical bars"}
_SAMPLE_RECORDS = 100
_SAMPLE_LETTERS = 200_000

Record = tuple[int, list[str]]
"""Line where a record begins, from 1, and its cells."""


def read_rows(data: bytes, gathering: Gathering) -> None:
    """Read a delimited table into one layer without geometry; coordinates are not looked for here.

    Raises
    ------
    InputError
        If it is no text, a quote is never closed, it has no rows, or it reaches a limit.
    """
    text = decode_text(data, gathering)
    # all of the text may be one field, and a line is added to see whether it is closed (`_is_unclosed`)
    csv.field_size_limit(max(csv.field_size_limit(), len(text) + len("\nend\n")))
    delimiter = find_delimiter(text)
    if delimiter != ",":
        gathering.note(f"Its columns are divided by {_DELIMITERS[delimiter]}.")
    # one more than the heading and all rows that are allowed: enough to see that there are too many
    records = list(islice(_read_records(text, delimiter), gathering.limits.features + 2))
    if not records:
        raise unreadable("It holds no rows", "Give a table with a heading and rows")
    layer = gathering.open_layer("")
    widths = {len(cells) for _, cells in records[1:]}
    # a heading that is too short for every row alike lacks names; too short for some, those rows are at fault
    width = max(len(records[0][1]), min(widths, default=0) if len(widths) == 1 else 0)
    heading = records[0][1] + [""] * (width - len(records[0][1]))
    if is_heading(heading):
        names = name_columns(heading, layer)
        records = records[1:]
    else:
        names = [f"column {place}" for place in range(1, width + 1)]
        layer.add_fields(names)
        gathering.note("Its first line holds numbers, so that it was read as data; the columns are numbered.")
    if not records:
        raise unreadable("It has a heading and no rows", "Give a table with rows")
    for record in records:
        _read_record(record, names, layer)


def find_delimiter(text: str) -> str:
    r"""Find what divides the columns: what gives the most columns in the most records alike.

    Examples
    --------
    >>> find_delimiter("id;lon\na;34,2\nb;34,3\n")
    ';'
    """
    sample = text[:_SAMPLE_LETTERS]
    if text.startswith("sep=") and text[4:5] in _DELIMITERS:
        return text[4]
    best, best_rank = ",", (0.0, 0)
    for delimiter in _DELIMITERS:
        rows = csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter)
        widths = [len(row) for row, _ in zip(rows, range(_SAMPLE_RECORDS), strict=False) if row]
        width, count = Counter(widths).most_common(1)[0] if widths else (1, 0)
        heading = widths[0] if widths else 1
        # alike in width, and as wide as the heading
        share = (count / len(widths) if widths else 0) * (1.0 if heading == width else 0.5)
        rank = (share if width > 1 else 0.0, width)
        if rank > best_rank:
            best, best_rank = delimiter, rank
    return best


def _read_records(text: str, delimiter: str) -> Iterator[Record]:
    lines = io.StringIO(text, newline="")
    if text.startswith("sep=") and len(text.partition("\n")[0].rstrip()) <= 5:
        lines.readline()  # a spreadsheet's own word for the delimiter, no record
    reader = csv.reader(lines, delimiter=delimiter)
    line = last = 1
    for cells in reader:
        if any(cell.strip() for cell in cells):
            yield line, cells
        last, line = line, reader.line_num + 1
    if _is_unclosed(text, last, delimiter):
        raise unreadable(f"A quote that opens in line {last} is never closed", 'Close it, or write it twice: ""')


def _is_unclosed(text: str, line: int, delimiter: str) -> bool:
    """Tell whether the last record, which begins at a line, ends within quotes."""
    rest = io.StringIO(text, newline="")
    for _ in range(line - 1):
        rest.readline()
    # a further line is swallowed by an open quote, and is a record of its own otherwise
    records = list(csv.reader([*rest, "\n", "end\n"], delimiter=delimiter))
    return not records or records[-1] != ["end"]


def _read_record(record: Record, names: list[str], layer: GatheredLayer) -> None:
    line, cells = record
    number = layer.count()
    beyond = cells[len(names) :]
    if any(cell.strip() for cell in beyond):
        reason = f"Line {line} has {len(cells)} cells, the heading {len(names)}."
        layer.refuse(
            number, "", " | ".join(cells), reason, "Quote cells that hold the delimiter, or complete the heading."
        )
        return
    if beyond:
        layer.change(
            number, "", f"{len(cells)} cells", f"{len(names)} cells", "Empty cells beyond the heading were left out"
        )
    elif len(cells) < len(names):
        layer.change(
            number,
            names[len(cells)],
            f"{len(cells)} cells",
            f"{len(names)} cells",
            "Cells missing at the end are empty",
        )
        cells = cells + [""] * (len(names) - len(cells))
    layer.keep(number, dict(zip(names, cells, strict=False)), line=line)
