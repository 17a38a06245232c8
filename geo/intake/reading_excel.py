"""Excel workbooks: every sheet with a heading, values as they were last computed."""

from __future__ import annotations

import io
from typing import Any

from python_calamine import CalamineWorkbook

from geo.errors import InputError
from geo.intake.archives import check_sizes, open_archive
from geo.intake.gathering import GatheredLayer, Gathering
from geo.intake.headings import is_heading, name_columns
from geo.intake.limits import limit_error
from geo.intake.refusing import first_line, unreadable

_WHOLE = 2**53


def read_rows(data: bytes, gathering: Gathering) -> None:
    """Read each sheet into a layer without geometry; formulas as the values that are stored beside them.

    Raises
    ------
    InputError
        If it is damaged or locked, has no rows, or reaches a limit.
    """
    if data.startswith(b"PK"):
        check_sizes(open_archive(data, gathering.limits))
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(data))
        for name in workbook.sheet_names:
            sheet = workbook.get_sheet_by_name(name)
            if sheet.width > gathering.limits.fields:
                raise limit_error("fields", gathering.limits)
            _read_sheet(name, sheet.to_python(skip_empty_area=False), gathering)
    except (InputError, MemoryError, KeyboardInterrupt, SystemExit):
        raise
    except BaseException as error:  # a panic of the library's Rust code is no Exception
        raise unreadable(f"The workbook cannot be read ({first_line(error)})", "Save it again as .xlsx") from error
    if not any(layer.number for layer in gathering.layers):
        raise unreadable("The workbook has no sheet with a heading and rows", "Give one")


def _read_sheet(name: str, rows: list[list[Any]], gathering: Gathering) -> None:
    filled = [(line, row) for line, row in enumerate(rows, start=1) if any(_is_filled(cell) for cell in row)]
    if not filled:
        return
    layer = gathering.open_layer(name)
    line, first = filled[0]
    width = max(place for _, row in filled for place, cell in enumerate(row, start=1) if _is_filled(cell))
    heading = [str(_plain(cell)) if _is_filled(cell) else "" for cell in first[:width]]
    if is_heading(heading):
        names = name_columns(heading, layer)
        filled = filled[1:]
    else:
        names = [f"column {place}" for place in range(1, width + 1)]
        layer.add_fields(names)
        gathering.note("The first row of a sheet holds numbers, so that it was read as data; the columns are numbered.")
    if line > 1:
        gathering.note(f"The sheet's heading was found in line {line}.")
    for line, row in filled:
        _read_row(line, row, names, layer)


def _is_filled(cell: Any) -> bool:
    return cell is not None and cell != ""


def _read_row(line: int, row: list[Any], names: list[str], layer: GatheredLayer) -> None:
    number = layer.count()
    values = {name: _plain(cell) for name, cell in zip(names, row, strict=False)}
    layer.keep(number, values, line=line)


def _plain(cell: Any) -> Any:
    # Excel holds all numbers as floats, and shows whole ones without a point
    if isinstance(cell, float) and cell.is_integer() and abs(cell) <= _WHOLE:
        return int(cell)
    return cell
