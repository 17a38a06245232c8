"""CSV and its kin: encoding and delimiter found, each cell kept as the text that stands there."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import islice

from geo.intake.reading.decoding import decode_text
from geo.intake.reading.gathering import GatheredLayer, Gathering
from geo.intake.reading.headings import (
    DATA_WORDS,
    TAGS,
    count_titles,
    has_decimals,
    is_heading,
    is_tags,
    name_columns,
    tell_titles,
)
from geo.intake.reading.layouts import Layout, find_layout
from geo.intake.reading.short_headings import lacks_first_name, lacks_last_names
from geo.intake.reading.stray_quotes import STRAY, find_stray_quotes
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
    gathering.note(f"Its columns are divided by {_DELIMITERS[delimiter]}.")
    layout = _find_layout(text, delimiter)
    # other delimiters than its own are those of programs, which quote
    has_quotes = layout is None or layout.has_quotes or delimiter != layout.delimiter
    # one more than the heading and all rows that are allowed: enough to see that there are too many
    records = list(islice(_read_records(text, delimiter, has_quotes=has_quotes), gathering.limits.features + 2))
    if not records:
        raise unreadable("It holds no rows", "Give a table with a heading and rows")
    layer = gathering.open_layer("")
    if layout is None:
        names, records = _take_heading(_without_titles(records, gathering), layer)
    else:
        names = list(layout.names)
        layer.add_fields(names)
        gathering.note(f"It has no heading; its {len(names)} columns are those of {layout.title}.")
    if not records:
        raise unreadable("It has a heading and no rows", "Give a table with rows")
    stray = find_stray_quotes(text, delimiter) if has_quotes else {}
    for line in sorted(stray.keys() - {line for line, _ in records}):
        layer.change(0, "", stray[line], " | ".join(names), STRAY)
    _read_table(records, names, layer, stray)


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
    # of a data set without quoting, a cell that begins with a quotation mark would swallow what follows it
    cells = {delimiter: _first_line(sample).split(delimiter) for delimiter in _DELIMITERS}
    known = next((delimiter for delimiter in _DELIMITERS if find_layout(cells[delimiter], delimiter)), None)
    if known is not None:
        return known
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


def _find_layout(text: str, delimiter: str) -> Layout | None:
    """Find a data set that is given out without a heading, by its first row."""
    sample = text[:_SAMPLE_LETTERS]
    first = next(csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter), [])
    return find_layout(first, delimiter) or find_layout(_first_line(sample).split(delimiter), delimiter)


def _first_line(text: str) -> str:
    return text.partition("\n")[0].rstrip("\r")


def _without_titles(records: list[Record], gathering: Gathering) -> list[Record]:
    titles = count_titles(cells for _, cells in records)
    if titles:
        gathering.note(
            tell_titles([" ".join(filter(None, cells)) for _, cells in records[:titles]], records[titles][0])
        )
    return records[titles:]


def _take_heading(records: list[Record], layer: GatheredLayer) -> tuple[list[str], list[Record]]:
    """Take the names of the columns from the first record, and leave the rows; numbered where it holds data."""
    first, rows = records[0][1], [cells for _, cells in records[1:]]
    if is_heading(first, rows):
        return name_columns(_complete(first, rows, layer), layer), records[1:]
    # numbered as wide as every row alike; rows of other widths are at fault
    widths = set(map(len, rows))
    width = max(len(first), min(widths, default=0) if len(widths) == 1 else 0)
    names = [f"column {place}" for place in range(1, width + 1)]
    layer.add_fields(names)
    words = DATA_WORDS[not has_decimals(first)]
    layer.whole.note(f"Its first line holds {words}, so that it was read as data; the columns are numbered.")
    return names, records


def _complete(heading: list[str], rows: list[list[str]], layer: GatheredLayer) -> list[str]:
    """Complete a heading that is too short for every row alike, where the rows tell which columns have no name."""
    widths = set(map(len, rows))
    if len(widths) != 1 or (width := widths.pop()) <= len(heading):
        return heading
    if lacks_first_name(heading, rows):
        layer.whole.note("Its heading has a name less than each row has cells: the first column is the one without.")
        return ["", *heading]
    return heading + [""] * (width - len(heading)) if lacks_last_names(heading, rows) else heading


def _read_records(text: str, delimiter: str, *, has_quotes: bool) -> Iterator[Record]:
    lines = io.StringIO(text, newline="")
    before = 0
    if text.startswith("sep=") and len(text.partition("\n")[0].rstrip()) <= 5:
        lines.readline()  # a spreadsheet's own word for the delimiter, no record
        before = 1
    reader = csv.reader(lines, delimiter=delimiter, quoting=csv.QUOTE_MINIMAL if has_quotes else csv.QUOTE_NONE)
    line = last = before + 1
    for cells in reader:
        if cells and (cells[0].strip() or any(map(str.strip, cells))):
            yield line, cells
        last, line = line, before + reader.line_num + 1
    lines.close()  # it takes four times the text's room
    if has_quotes and _is_unclosed(text, last, delimiter):
        raise unreadable(f"A quote that opens in line {last} is never closed", 'Close it, or write it twice: ""')


def _is_unclosed(text: str, line: int, delimiter: str) -> bool:
    """Tell whether the last record, which begins at a line, ends within quotes."""
    rest = text.replace("\r\n", "\n").replace("\r", "\n").split("\n", line - 1)[-1]
    # a further line is swallowed by an open quote, and is a record of its own otherwise
    records = list(csv.reader([*io.StringIO(rest, newline=""), "\n", "end\n"], delimiter=delimiter))
    return not records or records[-1] != ["end"]


def _read_table(records: Sequence[Record], names: list[str], layer: GatheredLayer, stray: dict[int, str]) -> None:
    kept, numbers, lines = list[list[str]](), list[int](), list[int]()
    for line, cells in records:
        number = layer.count()
        if number == 1 and is_tags(cells):
            layer.set_aside(number, "", " | ".join(cells), *TAGS)
            continue
        fitting = cells if len(cells) == len(names) else _fit(cells, line, number, names, layer)
        if fitting is not None:
            if line in stray:
                layer.change(number, "", stray[line], " | ".join(fitting), STRAY)
            kept.append(fitting)
            numbers.append(number)
            lines.append(line)
    columns = zip(*kept, strict=True) if kept else [()] * len(names)
    layer.keep_table(dict(zip(names, columns, strict=True)), numbers, lines)


def _fit(cells: list[str], line: int, number: int, names: list[str], layer: GatheredLayer) -> list[str] | None:
    """Bring a row to the heading's width; none where it has more to say than the heading has columns."""
    beyond = cells[len(names) :]
    if any(map(str.strip, beyond)):
        reason = f"Line {line} has {len(cells)} cells, the heading {len(names)}."
        layer.refuse(
            number, "", " | ".join(cells), reason, "Quote cells that hold the delimiter, or complete the heading."
        )
        return None
    missing = [""] * (len(names) - len(cells))
    field, reason = (
        (names[len(cells)], "Cells missing at the end are empty")
        if missing
        else ("", "Empty cells beyond the heading were left out")
    )
    layer.change(number, field, f"{len(cells)} cells", f"{len(names)} cells", reason)
    return cells[: len(names)] + missing
