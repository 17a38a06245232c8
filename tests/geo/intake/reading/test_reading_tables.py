"""CSV and Excel: every cell is kept as it stands, every row kept or listed."""

from __future__ import annotations

import contextlib
import datetime
import io
from typing import Any

import pytest
import xlsxwriter

from geo.errors import InputError
from geo.intake.limits import Limits
from geo.intake.reading.upload import read_upload
from geo.intake.rows import Parsed


def read(data: bytes | str, name: str = "a.csv") -> Parsed:
    return read_upload(data.encode() if isinstance(data, str) else data, name, Limits())


def values(parsed: Parsed) -> list[dict[str, Any]]:
    return [row.values for row in parsed.layers[0].rows]


def refusal(data: bytes | str, name: str = "a.csv") -> str:
    with pytest.raises(InputError) as refused:
        read(data, name)
    (problem,) = refused.value.problems
    return problem.message


def workbook(*sheets: tuple[str, list[list[Any]]]) -> bytes:
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
        date = book.add_format({"num_format": "yyyy-mm-dd"})
        for name, rows in sheets:
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                for column, cell in enumerate(row):
                    if isinstance(cell, datetime.date):
                        sheet.write_datetime(number, column, cell, date)
                    else:
                        sheet.write(number, column, cell)
    return target.getvalue()


def test_text_stays_text() -> None:
    parsed = read('zip,cc,n,t\n00501,NA,1e5," a"\n,null,-0,"x ""y"", z"\n')
    assert values(parsed) == [
        {"zip": "00501", "cc": "NA", "n": "1e5", "t": " a"},
        {"zip": "", "cc": "null", "n": "-0", "t": 'x "y", z'},
    ]
    assert not parsed.layers[0].has_geometry
    assert (parsed.changes, parsed.refusals, parsed.notes) == ((), (), ("Its columns are divided by commas.",))


@pytest.mark.parametrize(("delimiter", "told"), [(";", "semicolons"), ("\t", "tabs"), ("|", "vertical bars")])
def test_delimiters_are_found(delimiter: str, told: str) -> None:
    table = "id;lon;text\na;34,2;x, y\nb;34,3;z, w\n".replace(";", delimiter)
    parsed = read(table)
    assert values(parsed)[0] == {"id": "a", "lon": "34,2", "text": "x, y"}
    assert parsed.notes == (f"Its columns are divided by {told}.",)


def test_rows_begin_at_their_lines() -> None:
    parsed = read('a,b\r\n1,"two\r\nlines"\r\n\r\n3,4\r\n')
    assert [(row.number, row.line) for row in parsed.layers[0].rows] == [(1, 2), (2, 5)]
    told = read('sep=;\r\na;b\r1;"two\nlines"\n3;4')
    assert [(row.number, row.line) for row in told.layers[0].rows] == [(1, 3), (2, 5)]
    assert refusal('sep=;\na;b\n1;"x\n2;y\n').startswith("A quote that opens in line 3 is never closed.")
    assert refusal('a,b\r\n1,2\r3,"4').startswith("A quote that opens in line 3 is never closed.")
    assert refusal('"a,b\n1,2').startswith("A quote that opens in line 1 is never closed.")


def test_ragged_rows_are_listed() -> None:
    parsed = read("a,b\n1,2,3\n1\n1,2,\n1,2\n")
    assert parsed.rows_in == 4
    assert [(r.row, r.value, r.reason) for r in parsed.refusals] == [
        (1, "1 | 2 | 3", "Line 2 has 3 cells, the heading 2.")
    ]
    assert [(c.row, c.field, c.old, c.new) for c in parsed.changes] == [
        (2, "b", "1 cells", "2 cells"),
        (3, "", "3 cells", "2 cells"),
    ]
    assert values(parsed)[0] == {"a": "1", "b": ""}


def test_changes_are_told_in_the_order_of_the_rows() -> None:
    parsed = read("a,b\nx\x00,1\n1\n\x00,\ufffe\n,1,2\n")
    assert [(change.row, change.field) for change in parsed.changes] == [(1, "a"), (2, "b"), (3, "a"), (3, "b")]
    assert [refusal.row for refusal in parsed.refusals] == [4]
    assert values(parsed) == [{"a": "x\ufffd", "b": "1"}, {"a": "1", "b": ""}, {"a": "\ufffd", "b": "\ufffd"}]
    assert [row.number for row in parsed.layers[0].rows] == [1, 2, 3]


def test_columns_get_names_of_their_own() -> None:
    parsed = read("a,,a\n1,2,3\n")
    assert values(parsed) == [{"a": "1", "column 2": "2", "a (2)": "3"}]
    assert [(change.old, change.new) for change in parsed.changes] == [("", "column 2"), ("a", "a (2)")]


@pytest.mark.parametrize("third", ["", "a note"])
def test_heading_is_completed_where_its_names_fit_what_stands_below_them(third: str) -> None:
    parsed = read(f"lat,lon\n31.28,34.25,{third}\n31.3,34.3,{third}\n")
    assert values(parsed)[0] == {"lat": "31.28", "lon": "34.25", "column 3": third}
    assert [(change.row, change.new) for change in parsed.changes] == [(0, "column 3")]


def test_shapes_in_words_are_places_whichever_name_is_missing() -> None:
    parsed = read("id,name,WKT\n1,Rafah,town,POINT (34 31)\n2,Rafah,gate,POINT (35 31)\n")
    assert [row["id"] for row in values(parsed)] == ["1", "2"]
    assert [row["column 4"] for row in values(parsed)] == ["POINT (34 31)", "POINT (35 31)"]
    assert refusal("id,lat,lon\n1,31,34,POINT (34 31)\n2,31,35,POINT (35 31)\n")


@pytest.mark.parametrize(
    ("heading", "row"),
    [
        ("lat,lon,deaths", "31.28,34.25,3"),
        ("event_id,lon,lat,date", "E{},34.25,31.28,2025-05-16"),
        ("town,wkt", "Rafah,POINT (34 31)"),
        ("town,gps", "Rafah,31.28 34.25"),
        ("easting,northing", "613000,3462000"),
    ],
)
def test_the_names_of_rows_that_r_writes_have_none_themselves(heading: str, row: str) -> None:
    lines = [f"{name},{row.format(name)}" for name in ("1", "2", "7")]
    parsed = read("\n".join([heading, *lines]))
    given = dict(zip(heading.split(","), row.format("7").split(","), strict=True))
    assert values(parsed)[2] == {"column 1": "7", **given}
    assert "the first column is the one without" in parsed.notes[1]


@pytest.mark.parametrize(
    "text",
    [
        "a,b\n1,2,3\n4,5,6\n",
        "id,name,lat,lon\n1,A,31,28,34,25\n2,B,31,13,33,80\n",
        "lat,lon,name\n31,28,34,25,A\n31,13,33,80,B\n",
        "id,lat,lon\n1,31,28,34\n2,30,28,34\n",
        "lat,lon\n31.28,34.25,1.5\n31.3,34.3,1.6\n",
        "lat,lon\n1,31.28,34.25\n1,31.3,34.3\n",
        "lat,lon\n31.28,34,25\n31.3,34,3\n",
        "lat,lon,date\n31,28,34,2025-05-16\n30,28,34,2025-05-17\n",
        "date,lat,lon\n2025-05-16,31,28,34\n2025-05-17,31,13,33\n",
    ],
)
def test_rows_are_listed_where_nothing_tells_which_column_has_no_name(text: str) -> None:
    assert "Quote cells that hold the delimiter, or complete the heading." in refusal(text)


def test_table_without_a_heading_is_all_data() -> None:
    parsed = read("x,34.2,31.2\ny,34.3,31.3\n")
    assert values(parsed)[0] == {"column 1": "x", "column 2": "34.2", "column 3": "31.2"}
    assert "it was read as data" in parsed.notes[1]


@pytest.mark.parametrize(
    "text",
    [
        "POINT (34.25 31.28)\nPOINT (34.26 31.29)\n",
        "POINT (34.25 31.28)\n",
        "1,Rafah,POINT(34 31)\n2,Arish,POINT(33.8 31.13)\n",
        "1;Rafah;2025-05-16;31.28, 34.25\n2;Arish;2025-05-17;31.13, 33.80\n",
        "31.28 34.25\n31.29 34.26\n",
        "Rafah,31°16'N,34°15'E\nArish,31°08'N,33°48'E\n",
        "1,2025-05-16,613000,3462000\n2,2025-05-17,613100,3462100\n",
    ],
)
def test_a_first_row_of_places_or_dates_is_data(text: str) -> None:
    parsed = read(text)
    assert parsed.rows_in == text.count("\n")
    assert parsed.notes[1].startswith("Its first line holds places or dates, so that it was read as data")


@pytest.mark.parametrize(
    "text",
    [
        "town,2025-05-16,2025-05-17\nRafah,3,4\nArish,,1\n",
        "town,Point (lon lat)\nRafah,34.2 31.2\n",
        "town,E1,N1\nRafah,613000,3462000\n",
        "town,2025-05-16\nRafah,3\n",
    ],
)
def test_a_heading_may_hold_what_looks_like_a_place_or_a_day(text: str) -> None:
    assert list(values(read(text))[0]) == text.partition("\n")[0].split(",")


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ('a,b\n1,"x\n2,y\n', 'A quote that opens in line 2 is never closed. Close it, or write it twice: "".'),
        ("a,b\n", "It has a heading and no rows. Give a table with rows."),
        ("\n\n", "The file is empty. Give one with data."),
        (b"a\xff,b\n\x00,1\n", "It is no text: it holds zero bytes. Save it as text in UTF-8."),
        (
            '{"type": "FeatureCollection"}',
            "Its name ends in .csv, but it holds GeoJSON. Name it .geojson if that is right",
        ),
    ],
)
def test_what_is_no_table_is_refused(data: bytes | str, words: str) -> None:
    assert refusal(data).startswith(words)


def test_zero_byte_of_text_is_replaced_and_told() -> None:
    parsed = read(b"a,b\nx\x00y,1\n")
    assert values(parsed) == [{"a": "x\ufffdy", "b": "1"}]
    assert parsed.changes[0].old == "x\\x00y"


def test_other_encodings_are_told() -> None:
    arabic = "name,x\nمدينة رفح على الحدود المصرية,1\nمعبر كرم أبو سالم التجاري,2\n"
    parsed = read(arabic.encode("cp1256"))
    assert values(parsed)[0]["name"] == "مدينة رفح على الحدود المصرية"
    assert "not in UTF-8 (byte 8, line 2); it was read as cp1256" in parsed.notes[0]


def test_sheets_are_layers_with_values_as_they_are() -> None:
    day = datetime.date(2015, 7, 1)
    data = workbook(
        ("Events", [["id", "when", "n", "ok"], [1, day, 2.5, True], ["00501", None, 3.0, False]]),
        ("Empty", []),
        ("More", [[None, None], ["title", "b"], ["x", "=1+1"]]),
    )
    parsed = read(data, "a.xlsx")
    assert [layer.name for layer in parsed.layers] == ["Events", "More"]
    assert values(parsed) == [
        {"id": 1, "when": "2015-07-01", "n": 2.5, "ok": True},
        {"id": "00501", "when": "", "n": 3, "ok": False},
    ]
    assert parsed.layers[1].rows[0].line == 3
    # a formula that no program has computed has the value that its writer stored
    assert parsed.layers[1].rows[0].values["b"] == 0


@pytest.mark.parametrize("data", [b"PK\x03\x04 cut off", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 cut off"])
def test_damaged_workbook_is_refused(data: bytes) -> None:
    assert "Pack it again." in refusal(data, "a.xlsx") or "The workbook cannot be read" in refusal(data, "a.xlsx")


def test_notes_of_a_workbook_name_the_sheet_where_there_are_several() -> None:
    late: list[list[Any]]
    late, numbers = [[None], ["name", "n"], ["x", 1]], [[34.2, 31.2], [34.3, 31.3]]
    parsed = read(workbook(("A", [["a", "b"], [1, 2]]), ("Late", late), ("Numbers", numbers)), "a.xlsx")
    first = "The first row of a sheet holds numbers, so that it was read as data; the columns are numbered."
    assert parsed.notes == ("Layer 'Late'. The sheet's heading was found in line 2.", f"Layer 'Numbers'. {first}")
    assert read(workbook(("Late", late)), "a.xlsx").notes == ("The sheet's heading was found in line 2.",)


def test_titles_before_a_heading_are_left_aside_and_told() -> None:
    parsed = read("Events of Example\n(a sample)\n\nid,lon,lat,name\n1,34.2,31.2,A\n2,34.3,31.3,B\n")
    assert [(row.line, row.values["id"]) for row in parsed.layers[0].rows] == [(5, "1"), (6, "2")]
    told = "The heading was found in line 4; what stands before it was left aside: 'Events of Example', '(a sample)'."
    assert parsed.notes[1:] == (told,)
    book = workbook(("S", [["Events"], [None], ["id", "lon", "lat"], [1, 34.2, 31.2]]))
    parsed = read(book, "a.xlsx")
    assert [row.values for row in parsed.layers[0].rows] == [{"id": 1, "lon": 34.2, "lat": 31.2}]
    assert parsed.notes == ("The heading was found in line 3; what stands before it was left aside: 'Events'.",)


@pytest.mark.parametrize(
    "text",
    [
        "id\n1\n2\n",
        "title\nid,lon\n1,34.2\n",
        "only\nid,lon,lat\n",
        "only\nid,id,lat\n1,2,3\n",
        "only\n34.2,31.2,1\n34.3,31.3,2\n",
        "only\nid,lon,lat\n1,34.2,31.2\nfoot\nfoot\n",
    ],
)
def test_what_may_be_a_heading_is_no_title(text: str) -> None:
    notes: tuple[str, ...] = ()
    with contextlib.suppress(InputError):  # its rows are wider than such a heading
        notes = read(text).notes
    assert not any("left aside" in note for note in notes)


def test_a_title_is_left_aside_where_a_remark_stands_below_the_rows() -> None:
    parsed = read("A list\nid,lon,lat\n1,34.2,31.2\n2,34.3,31.3\nprovisional\n")
    assert [row.values["id"] for row in parsed.layers[0].rows] == ["1", "2", "provisional"]
    assert "left aside: 'A list'." in parsed.notes[1]
    rows: list[list[Any]]
    rows = [["", "A list"], [], ["", "id", "lon", "lat"], ["", 1, 34.2, 31.2], [], ["", "provisional"]]
    parsed = read(workbook(("S", rows)), "a.xlsx")
    assert [row.values for row in parsed.layers[0].rows] == [
        {"id": 1, "lon": 34.2, "lat": 31.2},
        {"id": "provisional", "lon": "", "lat": ""},
    ]
    assert parsed.changes == (), "empty columns before a table are none of its own"


def test_a_sheet_of_places_has_no_heading() -> None:
    parsed = read(workbook(("S", [["Rafah", "31.28, 34.25"], ["Arish", "31.13, 33.80"]])), "a.xlsx")
    assert parsed.rows_in == 2
    assert parsed.notes[0].startswith("The first row of a sheet holds places or dates")


def test_rows_of_tags_of_a_workbook_are_listed() -> None:
    rows: list[list[Any]]
    rows = [["Date", "lat", "lon"], ["#date", "#geo +lat", "#geo +lon"], ["2023-11-05", 31.5, 34.46]]
    parsed = read(workbook(("S", rows)), "a.xlsx")
    assert (parsed.rows_in, len(parsed.layers[0].rows)) == (2, 1)
    assert parsed.refusals[0].reason.startswith("The row holds HXL tags")
