"""The files that one reader brings: looked through, shown, renamed, put in order, taken away."""

from __future__ import annotations

from dataclasses import replace

import pytest

from geo.dataset import Dataset
from geo.errors import InputError
from geo.events import EventTable
from geo.intake.brought import Choices
from geo.intake.limits import Limits
from geo.intake.loading import About
from geo.intake.reading.upload import read_upload
from geo.intake.report import Outcome
from geo.intake.shelf import MOST_FILES, Shelf

BLOCKS = b"id,lon,lat,when,kind\nb1,33.8,31.13,12/03/2015,block\nb2,34.24,31.28,31/12/2015,block\n"
PATROLS = b"id,lon,lat,when\nb1,34.3,31.2,2015-05-01\np2,34.4,31.3,2015-06\n"


@pytest.fixture(autouse=True)
def parsing_here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Files are read in this process: the shelf is tried here, not the walls around reading."""
    monkeypatch.setattr("geo.intake.shelf.parse", read_upload)


def bring(*files: tuple[str, bytes]) -> Shelf:
    shelf = Shelf()
    for name, content in files:
        shelf = shelf.bring(name, content, Limits())
    return shelf


def events_of(dataset: Dataset | None) -> EventTable:
    assert dataset is not None
    assert dataset.events is not None
    return dataset.events


def test_nothing_is_shown_before_the_reader_says_so() -> None:
    shelf = bring(("blocks.csv", BLOCKS))
    (brought,) = shelf.files
    assert brought.report.outcome is Outcome.CHANGED
    assert brought.fields == ("id", "lon", "lat", "when", "kind")
    assert shelf.shown == ()
    shown = shelf.show(brought.key)
    assert len(events_of(shown.join(()))) == 2


def test_rows_of_a_large_file_are_let_go_once_it_is_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    shelf = bring(("blocks.csv", BLOCKS))
    assert shelf.show(1).find(1).parsed is not None
    monkeypatch.setattr("geo.intake.brought._MOST_KEPT", 9)
    assert shelf.show(1).find(1).parsed is None, "it has ten values"
    monkeypatch.setattr("geo.intake.brought._MOST_KEPT", 10)
    assert shelf.show(1).find(1).parsed is not None


def test_columns_and_mends_of_a_shown_file_can_be_chosen_anew() -> None:
    shelf = bring(("blocks.csv", BLOCKS)).show(1).retell(1, About("Road blocks", colour="#0072b2"))
    again = shelf.reconsider(1)
    assert again.shown == ()
    assert again.files[0].title == "Road blocks"
    mended = again.settle(1, replace(again.files[0].choices, mends=("day-month-year",))).show(1)
    events = events_of(mended.join(()))
    assert events.columns["when"].tolist() == ["2015-03-12", "2015-12-31"]
    assert (events.tables[0].title, events.tables[0].colour) == ("Road blocks", "#0072b2")


def test_the_same_file_twice_is_known() -> None:
    shelf = bring(("blocks.csv", BLOCKS), ("patrols.csv", PATROLS), ("copy.csv", BLOCKS))
    assert [shelf.twin_of(key) for key in (1, 2)] == [None, None]
    twin = shelf.twin_of(3)
    assert twin is not None
    assert twin.title == "blocks"
    assert shelf.remove(1).twin_of(3) is None


def test_a_mend_that_is_chosen_is_made_and_listed() -> None:
    shelf = bring(("blocks.csv", BLOCKS))
    (mend,) = shelf.files[0].report.offered
    assert mend.kind == "day-month-year"
    settled = shelf.settle(1, Choices(mends=(mend.kind,), about=About(title="Blocks", colour="#0072b2")))
    events = events_of(settled.show(1).join(()))
    assert events.columns["when"].tolist() == ["2015-03-12", "2015-12-31"]
    assert {change.new for change in settled.files[0].report.changes} == {"2015-03-12", "2015-12-31"}
    assert events.tables[0].colour == "#0072b2"


def test_a_refused_file_stays_with_its_reason_and_a_wrong_choice_can_be_taken_back() -> None:
    shelf = bring(("notes.txt", b"only,words\nno,places\n"), ("x.csv", BLOCKS))
    refused, _ = shelf.files
    assert (refused.intake, refused.report.outcome) == (None, Outcome.REFUSED)
    wrong = shelf.settle(2, Choices(about=About(colour="red")))
    assert wrong.find(2).report.notes[0].startswith("Invalid colour 'red'.")
    assert wrong.settle(2, Choices()).find(2).intake is not None


def test_several_files_stand_in_order_each_with_ids_of_its_own() -> None:
    shelf = bring(("blocks.csv", BLOCKS), ("patrols.csv", PATROLS)).show(1).show(2)
    assert [table.title for table in events_of(shelf.join(())).tables] == ["blocks", "patrols"]
    moved = shelf.move(2, -1)
    assert [table.title for table in events_of(moved.join(())).tables] == ["patrols", "blocks"]
    assert moved.move(2, -1) == moved
    ids = events_of(moved.join(())).columns["id"].tolist()
    assert len(set(ids)) == 4
    removed = moved.remove(2)
    assert [table.title for table in events_of(removed.join(())).tables] == ["blocks"]
    assert removed.bring("again.csv", PATROLS, Limits()).files[-1].key == 3, "a number is never given twice"


def test_a_file_moves_past_the_next_that_is_shown() -> None:
    named = [(name, BLOCKS) for name in ("first.csv", "hidden.csv", "second.csv")]
    shelf = bring(*named).show(1).show(3)

    def shown(shelf: Shelf) -> list[str]:
        return [table.title for table in events_of(shelf.join(())).tables]

    assert shown(shelf) == ["first", "second"]
    assert shown(shelf.move(3, -1)) == shown(shelf.move(1, 1)) == ["second", "first"]


def test_a_new_title_leaves_ids_and_themes_as_addresses_have_them() -> None:
    shelf = bring(("patrols.csv", PATROLS)).show(1)
    before, after = events_of(shelf.join(())), events_of(shelf.retell(1, About("  Night   patrols ")).join(()))
    assert after.tables[0].title == "Night patrols"
    assert dict(after.tables[0].themes) == {"patrols": "Night patrols"}
    assert after.columns["id"].tolist() == before.columns["id"].tolist()
    assert shelf.retell(1, About(" ")) is shelf
    assert shelf.retell(1, About("Other")).shown[0].sha256 != shelf.shown[0].sha256, "the page is made anew"


def test_ids_that_another_table_has_too_stay_under_a_new_title() -> None:
    shelf = bring(("blocks.csv", BLOCKS), ("patrols.csv", PATROLS)).show(1).show(2)
    ids = events_of(shelf.join(())).columns["id"].tolist()
    assert "patrols-b1" in ids
    assert events_of(shelf.retell(2, About("Other")).join(())).columns["id"].tolist() == ids


def test_source_licence_and_colour_of_a_shown_file_can_be_changed_and_taken_back() -> None:
    shelf = bring(("patrols.csv", PATROLS)).show(1)
    about = About("Patrols", " CC  BY 4.0 ", "#0072B2", "A. Reader")
    told = shelf.retell(1, about)
    (table,) = events_of(told.join(())).tables
    assert table.credit == "Patrols. A. Reader. Licence: CC BY 4.0"
    assert table.colour == "#0072b2"
    assert told.retell(1, about) is told, "the same words make no new page"
    assert len({each.shown[0].sha256 for each in (shelf, told, told.retell(1, About("Patrols")))}) == 3
    (table,) = events_of(told.retell(1, About("Patrols")).join(())).tables
    assert (table.licence, table.colour, table.source) == ("", "", "")


@pytest.mark.parametrize("colour", ["red", "#ffffff"])
def test_a_colour_that_is_none_or_too_pale_is_refused_in_a_sentence(colour: str) -> None:
    shelf = bring(("patrols.csv", PATROLS)).show(1)
    with pytest.raises(InputError, match=f"Invalid colour '{colour}'"):
        shelf.retell(1, About("Patrols", colour=colour))


def test_events_without_a_source_of_their_own_follow_the_new_source_or_title() -> None:
    shelf = bring(("patrols.csv", PATROLS)).show(1)
    by_title = shelf.retell(1, About("Night patrols"))
    assert set(events_of(by_title.join(())).columns["source"]) == {"Night patrols"}
    by_source = by_title.retell(1, About(source="A. Reader"))
    assert set(events_of(by_source.join(())).columns["source"]) == {"A. Reader"}
    assert set(events_of(by_source.retell(1, About("Other")).join(())).columns["source"]) == {"Other"}
    assert set(events_of(shelf.join(())).columns["source"]) == {"patrols"}, "the shelf before is as it was"


def test_a_source_that_a_column_gives_stays_also_where_it_is_the_title() -> None:
    rows = b"id,lon,lat,source\na,34.3,31.2,news\nb,34.3,31.2,\na,34.3,31.2,twin\nc,34.4,31.2,Wire\n"
    shelf = bring(("news.csv", rows)).show(1)
    assert events_of(shelf.join(())).columns["source"].tolist() == ["news", "news", "Wire"]
    told = shelf.retell(1, About("Wire")).retell(1, About("Other"))
    assert events_of(told.join(())).columns["source"].tolist() == ["news", "Other", "Wire"]


def test_files_at_hand_are_limited_in_number() -> None:
    shelf = bring(*[(f"{n}.csv", PATROLS) for n in range(MOST_FILES + 1)])
    assert len(shelf.files) == MOST_FILES
    assert (shelf.room, shelf.left_out) == (0, (f"{MOST_FILES}.csv",))
    removed = shelf.remove(1)
    assert (removed.room, removed.left_out) == (1, ())


def test_a_file_that_cannot_stand_beside_the_others_is_not_shown() -> None:
    rows = "".join(f"{n},34.3,31.2,kind {n}\n" for n in range(40)).encode()
    shelf = bring(*[(f"{n}.csv", b"id,lon,lat,theme\n" + rows.replace(b"kind", f"k{n}".encode())) for n in range(6)])
    for key in range(1, 6):
        shelf = shelf.show(key)
    with pytest.raises(InputError, match="at most 200 themes"):
        shelf.show(6)
