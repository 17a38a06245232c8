"""Workbooks: errors of formulas, numbers that are no times, and what is hidden, each told."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from datetime import datetime
from types import SimpleNamespace
from typing import Any

import pytest
import xlsxwriter
from python_calamine import CalamineWorkbook

from geo.errors import InputError
from geo.intake.limits import Limits
from geo.intake.reading import excel
from geo.intake.reading.upload import read_upload
from geo.intake.rows import Parsed

HEADING = ["id", "lon", "lat", "note"]


def workbook(fill: Callable[[Any], None]) -> bytes:
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
        fill(book)
    return target.getvalue()


def add(book: Any, name: str, *rows: list[Any]) -> Any:
    sheet = book.add_worksheet(name)
    for number, row in enumerate([HEADING, *rows]):
        sheet.write_row(number, 0, row)
    return sheet


def read(fill: Callable[[Any], None]) -> Parsed:
    return read_upload(workbook(fill), "a.xlsx", Limits())


def with_extent(data: bytes, extent: bytes) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as book, zipfile.ZipFile(target, "w") as changed:
        for entry in book.namelist():
            content = book.read(entry)
            if entry == "xl/worksheets/sheet1.xml":
                for tag, written in ((b"dimension", b"A1:E2"), (b"mergeCell", b"D1:E1")):
                    assert b'<%s ref="%s"/>' % (tag, written) in content
                    content = content.replace(b'<%s ref="%s"/>' % (tag, written), b'<%s ref="%s"/>' % (tag, extent))
            changed.writestr(entry, content)
    return target.getvalue()


def told(parsed: Parsed) -> list[tuple[str, int, str, str, str]]:
    return [(change.layer, change.row, change.field, change.old, change.new) for change in parsed.changes]


@pytest.mark.parametrize("extent", [b"1:7", b"A:D", b"", b"$A$1:$D$2", b"Sheet1!A1:D2"])
def test_an_extent_that_is_none_of_cells_does_not_matter(extent: bytes) -> None:
    # LibreOffice writes whole rows where the look of whole rows was set
    data = workbook(lambda book: add(book, "a", ["x1", 34.25, 31.25, "first"]).merge_range(0, 3, 0, 4, "note"))
    parsed = read_upload(with_extent(data, extent), "a.xlsx", Limits())
    (row,) = parsed.layers[0].rows
    assert row.values == {"id": "x1", "lon": 34.25, "lat": 31.25, "note": "first"}


def test_charts_are_not_read_as_tables(monkeypatch: pytest.MonkeyPatch) -> None:
    def fill(book: Any) -> None:
        add(book, "a", ["x1", 34.25, 31.25, "first"])
        chart = book.add_chart({"type": "line"})
        chart.add_series({"values": "=a!$B$2:$C$2"})
        book.add_chartsheet("Chart").set_chart(chart)

    def open_strictly(file: Any) -> Any:
        book = CalamineWorkbook.from_filelike(file)
        # asked for a chart, the library fails in an .xlsb
        tables = {each.name: book.get_sheet_by_name(each.name) for each in book.sheets_metadata if each.name != "Chart"}
        return SimpleNamespace(sheets_metadata=book.sheets_metadata, get_sheet_by_name=tables.__getitem__)

    monkeypatch.setattr(excel, "CalamineWorkbook", SimpleNamespace(from_filelike=open_strictly))
    assert [layer.name for layer in read(fill).layers] == ["a"]


def test_a_locked_workbook_is_refused_in_words() -> None:
    # a compound file's own heading and the name of the part that holds what is locked
    data = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(2000) + "EncryptedPackage".encode("utf-16-le") + bytes(2000)
    with pytest.raises(InputError, match=r"The workbook is locked with a password\. Save it without one\."):
        read_upload(data, "a.xlsx", Limits())


def test_errors_of_formulas_are_listed() -> None:
    def fill(book: Any) -> None:
        sheet = add(book, "a & b", [1, 34.2, 31.2], [2, 34.3, 31.3, "fine"])
        sheet.write_formula("D2", "=1/0", None, "#DIV/0!")
        sheet.write_formula("A4", "=gone!A1", None, "#REF!")
        add(book, "other", [3, 34.4, 31.4])

    parsed = read(fill)
    assert told(parsed) == [("a & b", 1, "note", "#DIV/0!", ""), ("a & b", 3, "id", "#REF!", "")]
    assert parsed.changes[0].reason == "A formula's error is no value"
    assert parsed.layers[0].rows[0].values == {"id": 1, "lon": 34.2, "lat": 31.2, "note": ""}
    assert parsed.rows_in == 4


@pytest.mark.parametrize("number", [1e10, 1e300, -5.0, -1e300])
@pytest.mark.parametrize("form", ["hh:mm", "[h]:mm:ss", "yyyy-mm-dd", "[Red]d mmm"])
def test_a_number_that_is_no_time_is_kept_and_listed(number: float, form: str) -> None:
    def fill(book: Any) -> None:
        sheet = add(book, "s", [1, 34.2, 31.2], [2, 34.3, 31.3])
        sheet.write_number("D2", number, book.add_format({"num_format": form}))
        sheet.write_number("D3", 1.5, book.add_format({"num_format": "[h]:mm:ss"}))

    parsed = read(fill)
    assert [row.values["note"] for row in parsed.layers[0].rows] == [number, "36:00:00"]
    assert [(change.row, change.field) for change in parsed.changes] == [(1, "note")]


def test_numbers_below_zero_in_other_cells_stay_as_they_are() -> None:
    def fill(book: Any) -> None:
        sheet = add(book, "s", [1, -34.2, -31.25])
        sheet.write_number("B2", -34.2, book.add_format({"num_format": "0.00;[Red]-0.00"}))
        sheet.write_datetime("D2", datetime(2015, 3, 1), book.add_format({"num_format": 14}))

    parsed = read(fill)
    assert parsed.layers[0].rows[0].values == {"id": 1, "lon": -34.2, "lat": -31.25, "note": "2015-03-01"}
    assert parsed.changes == ()


def test_hidden_sheets_are_left_aside_and_told() -> None:
    def fill(book: Any) -> None:
        add(book, "data", [1, 34.2, 31.2])
        add(book, "secret", [2, 34.9, 31.9]).hide()
        add(book, "very", [3, 34.9, 31.9]).very_hidden()

    parsed = read(fill)
    assert [layer.name for layer in parsed.layers] == ["data"]
    assert parsed.rows_in == 1
    assert parsed.notes[0] == (
        "Hidden sheets were left aside: 'secret', 'very'. To take one in, unhide it and save the workbook."
    )


def test_a_workbook_whose_data_are_hidden_is_refused_in_words() -> None:
    def fill(book: Any) -> None:
        book.add_worksheet("empty").activate()
        add(book, "secret", [2, 34.9, 31.9]).hide()

    words = r"No sheet that is shown has a heading and rows, and hidden ones are not read \('secret'\)\. Unhide"
    with pytest.raises(InputError, match=words):
        read(fill)


def test_cells_merged_over_several_rows_are_told() -> None:
    def fill(book: Any) -> None:
        places = [[number, 34.2, 31.2, None] for number in range(5)]
        sheet = add(book, "S", *places)
        sheet.merge_range(1, 3, 3, 3, "one report for three")
        sheet.merge_range(4, 2, 4, 3, 31.2)  # beside each other: no row goes without
        sheet.merge_range(1, 5, 2, 5, "")

    parsed = read(fill)
    values = [row.values["note"] for row in parsed.layers[0].rows]
    assert values == ["one report for three", "", "", "", ""]
    told = "Merged cells reach over several rows (1); only the first of these rows has their value."
    assert parsed.notes == (told,)


def test_headings_and_titles_may_be_merged() -> None:
    def fill(book: Any) -> None:
        sheet = book.add_worksheet("S")
        sheet.merge_range(0, 0, 1, 3, "A title")
        for place, name in enumerate(HEADING):
            sheet.merge_range(2, place, 3, place, name)
        sheet.write_row(4, 0, [1, 34.2, 31.2, "a"])

    parsed = read(fill)
    assert [row.values for row in parsed.layers[0].rows] == [{"id": 1, "lon": 34.2, "lat": 31.2, "note": "a"}]
    assert not any("Merged" in note for note in parsed.notes)


@pytest.mark.parametrize("part", ["row", "column"])
def test_hidden_rows_and_columns_are_told(part: str) -> None:
    def fill(book: Any) -> None:
        sheet = add(book, "data", [1, 34.2, 31.2], [2, 34.3, 31.3])
        if part == "row":
            sheet.set_row(1, None, None, {"hidden": True})
        else:
            sheet.set_column("D:D", None, None, {"hidden": True})

    parsed = read(fill)
    assert parsed.rows_in == 2
    assert parsed.notes == (
        "It has hidden rows or columns, which were read too: look whether they are meant to be seen.",
    )


@pytest.mark.parametrize("digits", ["123456789012345678", "-9007199254740993", "98765432109876543210"])
def test_no_digit_of_a_long_number_is_lost(digits: str) -> None:
    with zipfile.ZipFile(io.BytesIO(workbook(lambda book: add(book, "s", [777, 34.2, 31.2])))) as given:
        parts = {name: given.read(name) for name in given.namelist()}
    sheet = "xl/worksheets/sheet1.xml"
    # as openpyxl writes it; Excel itself keeps fifteen digits
    parts[sheet] = parts[sheet].replace(b"<v>777</v>", f"<v>{digits}</v>".encode())
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as packed:
        for name, content in parts.items():
            packed.writestr(name, content)
    parsed = read_upload(target.getvalue(), "a.xlsx", Limits())
    assert str(parsed.layers[0].rows[0].values["id"]) == digits
