"""How exactly a place is known: codes of data sets, words, and what stands for what is neither."""

from __future__ import annotations

import io

import pytest
import xlsxwriter

from geo.dataset import Dataset
from geo.event_files import parse_events, render_events
from geo.events import EventTable
from geo.intake.column_map import ColumnMap
from geo.intake.exactness import CODES, read_precision
from geo.intake.presets import PRESETS
from tests.loading_here import load_here

UNREAD = "It does not say how exactly the place is known; the least exact, schematic, stands instead"


def events_of(dataset: Dataset) -> EventTable:
    assert dataset.events is not None
    return dataset.events


@pytest.mark.parametrize(
    ("column", "words"),
    [
        ("geo_precision", "approximate area schematic"),
        ("where_prec", "exact approximate area area area schematic schematic"),
        ("ActionGeo_Type", "schematic area approximate approximate area"),
        ("specificity", "approximate area area area schematic"),
    ],
)
def test_codes_come_to_the_words_of_their_codebook(column: str, words: str) -> None:
    expected = words.split()
    assert [read_precision(str(code), column) for code in range(1, len(expected) + 1)] == expected
    assert [read_precision(code, column) for code in ("-1", str(len(expected) + 1), "", "x")] == [None] * 4
    # GDELT writes 0 where it found no place
    assert read_precision("0", column) == ("schematic" if column == "ActionGeo_Type" else None)


def test_every_data_set_that_is_known_says_how_exact_it_is() -> None:
    for preset in PRESETS.values():
        (column,) = preset.columns["precision"]
        assert column.replace("_", "").lower() in CODES


@pytest.mark.parametrize(
    ("text", "word"),
    [("exact", "exact"), (" Area ", "area"), ("", "exact"), ("1", None), ("10 m", None)],
)
def test_words_are_read_in_any_case(text: str, word: str | None) -> None:
    assert read_precision(text, "precision") == word


def test_codes_are_drawn_by_and_kept_and_others_are_told() -> None:
    heading = "event_id_cnty,event_date,sub_event_type,latitude,longitude,geo_precision"
    rows = [f"EX{row},2015-07-01,Attack,31.2,34.{row},{code}" for row, code in enumerate(["1", "2", "3", "7", ""])]
    intake = load_here("\n".join([heading, *rows]), "acled.csv")
    events = events_of(intake.dataset)
    assert events.columns["precision"].tolist() == ["approximate", "area", "schematic", "schematic", "schematic"]
    assert events.attributes["geo_precision"].tolist() == ["1", "2", "3", "7", ""]
    told = [(change.row, change.field, change.old, change.new, change.reason) for change in intake.report.changes]
    assert told == [(row, "geo_precision", old, "schematic", UNREAD) for row, old in ((4, "7"), (5, ""))]
    read = parse_events(render_events(events))
    assert read.columns["precision"].tolist() == events.columns["precision"].tolist()
    assert read.attributes["geo_precision"].tolist() == events.attributes["geo_precision"].tolist()


def test_a_column_is_found_by_name_where_it_says_how_exact_a_place_is() -> None:
    words = events_of(load_here("lon,lat,Precision\n34.2,31.2,Area\n34.3,31.3,\n").dataset)
    assert words.columns["precision"].tolist() == ["area", "exact"]
    assert words.attributes["Precision"].tolist() == ["Area", ""]
    codes = events_of(load_here("lon,lat,where_prec\n34.2,31.2,2\n").dataset)
    assert codes.columns["precision"].tolist() == ["approximate"]
    metres = load_here("lon,lat,precision\n34.2,31.2,10\n")
    assert "precision" not in events_of(metres.dataset).columns, "metres say something else"
    assert events_of(metres.dataset).attributes["precision (as given)"].tolist() == ["10"]
    assert "How exactly the place is known: none, each place is drawn as exact." in metres.report.notes


def test_a_person_names_the_column_or_leaves_the_role_open() -> None:
    text = "lon,lat,sure,precision\n34.2,31.2,approximate,area\n"
    named = load_here(text, mapping=ColumnMap().place("precision", "sure"))
    assert events_of(named.dataset).columns["precision"].tolist() == ["approximate"]
    open_ = load_here(text, mapping=ColumnMap().place("precision"))
    assert "precision" not in events_of(open_.dataset).columns


def test_a_layer_that_says_nothing_is_exact_beside_one_that_does() -> None:
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
        for rows in ([("lon", "lat", "precision"), (34, 31, "area")], [("lon", "lat"), (34, 31)]):
            sheet = book.add_worksheet()
            for line, cells in enumerate(rows):
                sheet.write_row(line, 0, cells)
    intake = load_here(target.getvalue(), "two.xlsx")
    assert events_of(intake.dataset).columns["precision"].tolist() == ["area", "exact"]
