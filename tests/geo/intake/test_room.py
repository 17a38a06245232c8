"""What one file, and all files of a visit, may take; and that no row goes without a word."""

from __future__ import annotations

from dataclasses import replace

import pytest

from geo.errors import InputError
from geo.intake import shelf as shelves
from geo.intake.limits import Limits
from geo.intake.loading import take
from geo.intake.placing import nesting
from geo.intake.reading.gathering import Gathering
from geo.intake.reading.upload import read_upload
from geo.intake.report import Outcome
from geo.intake.shelf import Shelf

LINE = b'id,wkt\n1,"LINESTRING (34 31, 34.1 31, 34.2 31, 34.3 31, 34.4 31)"\n'
CURVED = b'id,wkt\n1,POINT (34 31)\n2,"GEOMETRYCOLLECTION (CIRCULARSTRING (34 31, 34.1 31.1, 34.2 31))"\n'
TABLE = b"id,lon,lat\n1,34,31\n2,34.1,31.1\n"


def test_a_row_whose_shape_is_curved_is_listed() -> None:
    report = take(CURVED, "a.csv").report
    assert (report.rows_in, report.drawn, report.listed) == (2, 1, 1)
    assert report.refusals[0].row == 2


def test_positions_are_counted_before_shapes_are_made() -> None:
    empties = b'id,wkt\n1,"GEOMETRYCOLLECTION (' + b", ".join([b"POINT EMPTY"] * 9) + b')"\n'
    with pytest.raises(InputError, match=r"at most 8 vertices; the file has more \(row 1\)"):
        take(empties, "a.csv", limits=Limits(vertices=8))


@pytest.mark.parametrize(
    ("text", "depth"),
    [("POINT (1 2)", 1), ("POLYGON ((0 0, 1 0, 1 1, 0 0))", 2), ("", 0), (")(", 0), ("()" * 9, 1), ("(((é))", 3)],
)
def test_nesting_is_that_of_the_deepest_bracket(text: str, depth: int) -> None:
    assert nesting(text) == depth


def test_the_limits_of_a_visit_hold_for_shapes_in_columns() -> None:
    (brought,) = Shelf().bring("a.csv", LINE, Limits(vertices=3)).files
    assert brought.report.outcome is Outcome.LIMIT
    assert Shelf().bring("a.csv", LINE, Limits(vertices=5)).files[0].report.drawn == 1


def test_files_that_are_not_shown_yet_are_limited_in_their_values(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shelves, "MOST_VALUES", 12)
    shelf = Shelf().bring("a.csv", TABLE, Limits()).bring("b.csv", TABLE, Limits())
    shelf = shelf.bring("c.csv", TABLE, Limits())
    assert [each.report.outcome is Outcome.LIMIT for each in shelf.files] == [False, False, True]
    assert shelf.files[-1].report.notes == (
        "Limit reached: at most 12 values in files that are not shown yet. Show one of them on the map, or take one "
        "away, and bring this one again.",
    )
    alone = Shelf().bring("a.csv", TABLE * 3, Limits())
    assert alone.files[0].report.outcome is not Outcome.LIMIT


def test_a_reader_that_loses_rows_is_not_believed(monkeypatch: pytest.MonkeyPatch) -> None:
    finish = Gathering.finish
    monkeypatch.setattr(Gathering, "finish", lambda self, kind: replace(finish(self, kind), rows_in=5))
    with pytest.raises(InputError, match="Reading it lost rows"):
        read_upload(TABLE, "a.csv", Limits())
