"""Excel workbooks: every sheet with a heading, values as they were last computed."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from geo.errors import InputError
from geo.intake.limits import limit_error
from geo.intake.reading.archives import check_sizes, open_archive
from geo.intake.reading.excel_cells import ERROR, NO_TIME, ErrorText, OddNumber, Workbook, prepare_workbook, put_back
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
from geo.intake.reading.xls_errors import WorkbookError, find_errors
from geo.intake.refusing import library_words, unreadable
from geo.wording import show_value

_WHOLE = 2**53
# the part of a compound file that holds a locked workbook (MS-OFFCRYPTO, section 2.3.4.4)
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_SHEET_LETTERS = 40
_MOST_TOLD = 10
_ODD: frozenset[type] = frozenset({ErrorText, OddNumber})
_NO_ERRORS = (
    "Cells in which a formula failed are empty here, and cannot be told from others: save the workbook as .xlsx."
)
_PARTLY_HIDDEN = "It has hidden rows or columns, which were read too: look whether they are meant to be seen."


def read_rows(data: bytes, gathering: Gathering) -> None:
    """Read each sheet into a layer without geometry; formulas as the values that are stored beside them.

    Raises
    ------
    InputError
        If it is damaged or locked, has no rows, or reaches a limit.
    """
    book = _open(data, gathering)
    try:
        hidden, notes = _read_sheets(book, gathering)
    except (InputError, MemoryError, KeyboardInterrupt, SystemExit):
        raise
    except BaseException as error:  # a panic of the library's Rust code is no Exception
        words = library_words(error, CalamineError)
        raise unreadable(f"The workbook cannot be read{words}", "Save it again as .xlsx") from error
    if hidden and not gathering.rows:
        reason = f"No sheet that is shown has a heading and rows, and hidden ones are not read ({hidden})"
        raise unreadable(reason, "Unhide those that are to be read, and save the workbook")
    if not gathering.rows:
        raise unreadable("The workbook has no sheet with a heading and rows", "Give one")
    if hidden:
        gathering.note(f"Hidden sheets were left aside: {hidden}. To take one in, unhide it and save the workbook.")
    several = len(gathering.layers) > 1
    for name, note in notes:
        gathering.note(f"Layer '{show_value(name, _SHEET_LETTERS)}'. {note}" if several else note)


def _open(data: bytes, gathering: Gathering) -> Workbook:
    """Find what the cells' own values do not tell; where errors cannot be found, that is noted."""
    if data.startswith(b"PK"):
        archive = open_archive(data, gathering.limits)
        check_sizes(archive)
        if "xl/workbook.bin" in archive.namelist():
            gathering.note(_NO_ERRORS)
        return prepare_workbook(data, archive, gathering.limits)
    if _ENCRYPTED in data:
        raise unreadable("The workbook is locked with a password", "Save it without one")
    try:
        return Workbook(data, find_errors(data), ())
    except WorkbookError:
        gathering.note(_NO_ERRORS)
        return Workbook(data, {}, ())


def _read_sheets(book: Workbook, gathering: Gathering) -> tuple[str, list[tuple[str, str]]]:
    """Read the sheets that are shown; return the names of the hidden ones, and notes with the sheets they are of."""
    workbook = CalamineWorkbook.from_filelike(io.BytesIO(book.data))
    shown = [each for each in workbook.sheets_metadata if each.visible == SheetVisibleEnum.Visible]
    names = [each.name for each in shown if each.typ == SheetTypeEnum.WorkSheet]  # a chart has no rows
    gathering.expect_layers(len(names))
    notes: list[tuple[str, str]] = []
    for name in names:
        sheet = workbook.get_sheet_by_name(name)
        if sheet.width > gathering.limits.fields:
            raise limit_error("fields", gathering.limits)
        rows = sheet.to_python(skip_empty_area=False)
        put_back(rows, book.cells.get(name, []))
        tall = [top for top, bottom in sheet.merged_cell_ranges or () if bottom[0] > top[0]]
        notes += _read_sheet(name, rows, tall, gathering)
        if name in book.partly_hidden:
            notes.append((name, _PARTLY_HIDDEN))
    return _tell_hidden(workbook), notes


def _tell_hidden(workbook: CalamineWorkbook) -> str:
    """Name the sheets that are hidden, which whoever gives the file may not know of; empty where there are none."""
    hidden = [each.name for each in workbook.sheets_metadata if each.visible != SheetVisibleEnum.Visible]
    told = ", ".join(f"'{show_value(name, _SHEET_LETTERS)}'" for name in hidden[:_MOST_TOLD])
    return f"{told}, …" if len(hidden) > _MOST_TOLD else told


def _read_sheet(
    name: str, rows: list[list[Any]], tall: list[tuple[int, int]], gathering: Gathering
) -> Iterator[tuple[str, str]]:
    """Read a sheet; yield its name with each sentence on how it was understood.

    Parameters
    ----------
    name, rows
        The sheet, all its rows.
    tall
        Row and column, from 0, where a cell begins that is merged with others below it.
    gathering
        Takes the rows.
    """
    filled = [(line, row) for line, row in enumerate(rows, start=1) if any(_is_filled(cell) for cell in row)]
    if not filled:
        return
    left = min(next(place for place, cell in enumerate(row) if _is_filled(cell)) for _, row in filled)
    filled = [(line, row[left:]) for line, row in filled] if left else filled
    layer = gathering.open_layer(name)
    titles = count_titles([cell for cell in row if _is_filled(cell)] for _, row in filled)
    told = [str(cell) for _, row in filled[:titles] for cell in row if _is_filled(cell)]
    filled = filled[titles:]
    line, first = filled[0]
    width = max(place for _, row in filled for place, cell in enumerate(row, start=1) if _is_filled(cell))
    heading = [str(_plain(cell)) if _is_filled(cell) else "" for cell in first[:width]]
    if is_heading(heading, [row for _, row in filled[1:]]):
        names = name_columns(heading, layer)
        filled = filled[1:]
    else:
        names = [f"column {place}" for place in range(1, width + 1)]
        layer.add_fields(names)
        words = DATA_WORDS[not has_decimals(heading)]
        yield name, f"The first row of a sheet holds {words}, so that it was read as data; the columns are numbered."
    if told:
        yield name, tell_titles(told, line)
    elif line > 1:
        yield name, f"The sheet's heading was found in line {line}."
    for line, row in filled:
        _read_row(line, row, names, layer)
    lines = {line for line, _ in filled}
    held = sum(row + 1 in lines and any(map(_is_filled, rows[row][column : column + 1])) for row, column in tall)
    if held:
        yield name, f"Merged cells reach over several rows ({held:,}); only the first of these rows has their value."


def _is_filled(cell: Any) -> bool:
    return cell is not None and cell != ""


def _read_row(line: int, row: list[Any], names: list[str], layer: GatheredLayer) -> None:
    number = layer.count()
    texts = [cell if isinstance(cell, str) else "#" for cell in row if _is_filled(cell)] if number == 1 else []
    if is_tags(texts):
        layer.set_aside(number, "", " | ".join(texts), *TAGS)
        return
    if _ODD & set(map(type, row)):
        _tell_odd(number, row, names, layer)
    values = {name: _plain(cell) for name, cell in zip(names, row, strict=False)}
    layer.keep(number, values, line=line)


def _tell_odd(number: int, row: list[Any], names: list[str], layer: GatheredLayer) -> None:
    for name, cell in zip(names, row, strict=False):
        if isinstance(cell, ErrorText):
            layer.change(number, name, str(cell), "", ERROR)
        elif isinstance(cell, OddNumber):
            layer.change(number, name, float(cell), _plain(cell), NO_TIME)


def _plain(cell: Any) -> Any:
    if isinstance(cell, float):
        # Excel holds all numbers as floats, and shows whole ones without a point
        return int(cell) if cell.is_integer() and abs(cell) <= _WHOLE else float(cell)
    if isinstance(cell, timedelta):
        return _tell_hours(cell)
    return "" if isinstance(cell, ErrorText) else cell


def _tell_hours(length: timedelta) -> str:
    """Write a length of time in hours, minutes and seconds, as its cell does."""
    seconds, part = divmod(abs(length), timedelta(seconds=1))
    fraction = f".{part.microseconds:06}".rstrip("0") if part else ""
    sign = "-" if length < timedelta(0) else ""
    return f"{sign}{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}{fraction}"
