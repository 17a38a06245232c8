"""The errors of formulas in an .xls of Excel 97 to 2003, which are lost where its cells are read as values."""

from __future__ import annotations

import io
import struct
from itertools import pairwise
from types import MappingProxyType

import olefile

from geo.intake.reading.excel_cells import ErrorText, OddCell

_BEGIN, _END, _SHEET, _LOCKED, _FORMULA, _ERROR = 0x809, 0x0A, 0x85, 0x2F, 0x06, 0x205
_VERSION_8, _VERSION_5 = 0x0600, 0x0500
_WORKSHEET = 0
_STREAMS = ("Workbook", "Book")
_FAULTS = (
    *(OSError, ValueError, LookupError, ArithmeticError, TypeError, AttributeError),
    *(StopIteration, RecursionError, struct.error),
)
_TEXTS = MappingProxyType(
    {
        **{0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: "#N/A"},
        43: "#GETTING_DATA",
    }
)
# the last bytes of a formula's result where it is no number, and the first where it is an error
_NO_NUMBER, _IS_ERROR = b"\xff\xff", 2


class WorkbookError(ValueError):
    """A workbook whose cells cannot be walked."""


def find_errors(data: bytes) -> dict[str, list[OddCell]]:
    """Find the cells that hold an error.

    Parameters
    ----------
    data
        The whole file.

    Returns
    -------
    dict
        By sheet, its cells; a sheet without such is there too.

    Raises
    ------
    WorkbookError
        If the workbook is damaged, locked, or older than Excel 5.
    """
    book = _read_book(data)
    try:
        sheets = _find_sheets(book)
        starts = sorted(set(sheets.values()))
        # each part of the book is looked at once, whatever its sheets say of where they begin
        cells = {start: _find_in_sheet(book, start, end) for start, end in pairwise([*starts, len(book)])}
        return {name: cells[start] for name, start in sheets.items()}
    except (struct.error, IndexError) as error:
        raise WorkbookError from error


def _read_book(data: bytes) -> bytes:
    """Read the stream of records out of the container in which such a workbook stands."""
    try:
        with olefile.OleFileIO(io.BytesIO(data)) as container:
            name = next(name for name in _STREAMS if container.exists(name))
            book: bytes = container.openstream(name).read()
    except _FAULTS as error:
        raise WorkbookError from error
    return book


def _find_sheets(book: bytes) -> dict[str, int]:
    """Find the sheets by name, each with the byte at which it begins."""
    kind, size, version = struct.unpack_from("<HHH", book, 0)
    if kind != _BEGIN or version not in {_VERSION_8, _VERSION_5}:
        raise WorkbookError
    sheets: dict[str, int] = {}
    place = 4 + size
    while kind != _END:
        kind, size = struct.unpack_from("<HH", book, place)
        if kind == _LOCKED:
            raise WorkbookError
        if kind == _SHEET and book[place + 9] == _WORKSHEET:
            name = book[place + 10 : place + 4 + size]
            sheets[_read_name(name, version)] = struct.unpack_from("<I", book, place + 4)[0]
        place += 4 + size
    return sheets


def _read_name(written: bytes, version: int) -> str:
    if version == _VERSION_5:
        return written[1 : 1 + written[0]].decode("cp1252", "replace")
    is_wide = written[1] & 1
    letters = written[2 : 2 + written[0] * (2 if is_wide else 1)]
    return letters.decode("utf-16-le" if is_wide else "latin-1", "replace")


def _find_in_sheet(book: bytes, place: int, end: int) -> list[OddCell]:
    cells = list[OddCell]()
    depth, head = 0, struct.Struct("<HH")
    while place < end:
        kind, size = head.unpack_from(book, place)
        start = place + 4
        place = start + size
        if kind in {_FORMULA, _ERROR}:
            code = _find_code(book, start, is_formula=kind == _FORMULA)
            # drawings within a sheet have cells of their own
            if code is not None and depth == 1:
                row, column = head.unpack_from(book, start)
                cells.append(OddCell(row, column, ErrorText(_TEXTS.get(code, "#ERROR!"))))
        elif kind == _BEGIN:
            depth += 1
        elif kind == _END:
            depth -= 1
            if depth <= 0:
                break
    return cells


def _find_code(book: bytes, start: int, *, is_formula: bool) -> int | None:
    """Find the number of a cell's error; ``None`` where it has none."""
    if is_formula:
        is_error = book[start + 12 : start + 14] == _NO_NUMBER and book[start + 6] == _IS_ERROR
        return book[start + 8] if is_error else None
    return book[start + 6] if book[start + 7] else None
