"""Letters of hemispheres in columns of their own: applied and listed, and rows that they do not tell of are listed."""

from __future__ import annotations

import pytest

from geo.view import Language
from layers.telling import tell
from tests.loading_here import load_here


def drawn(text: str) -> list[tuple[float, float] | None]:
    events = load_here(text).dataset.events
    assert events is not None
    return [(shape.x, shape.y) if shape is not None else None for shape in events.geometries]


@pytest.mark.parametrize(
    ("north", "east"),
    [
        ("N/S", "E/W"),
        ("lat_dir", "lon_dir"),
        ("GPSLatitudeRef", "GPSLongitudeRef"),
        ("Hemisphere (N/S)", "Hemisphere (E/W)"),
        ("hemisphere", "hemisphere 2"),
        ("a", "b"),
    ],
)
def test_letters_give_degrees_their_sign_and_each_is_listed(north: str, east: str) -> None:
    intake = load_here(f"lat,{north},lon,{east}\n33.85,S,18.4,E\n14.68,N,17.43,W\n31,N,34,E\n")
    assert intake.dataset.events is not None
    assert [(shape.x, shape.y) for shape in intake.dataset.events.geometries] == [
        (18.4, -33.85),
        (-17.43, 14.68),
        (34, 31),
    ]
    changes = [(change.row, change.old, change.new) for change in intake.report.changes]
    assert changes == [(1, "18.4 E 33.85 S", "18.4, -33.85"), (2, "17.43 W 14.68 N", "-17.43, 14.68")]
    assert {tell(change.reason, Language.ARABIC) is not None for change in intake.report.changes} == {True}


def test_a_row_whose_letter_is_missing_or_contradicts_is_listed() -> None:
    intake = load_here("lat,NS,lon\n33.85,S,18.4\n31,,34\n-31,N,34\n-31,S,34\n31N,S,34\n,S,34\n")
    assert [each.row for each in intake.report.refusals] == [2, 3, 5, 6]
    assert {each.field for each in intake.report.refusals} == {"NS", "lat"}
    assert [change.row for change in intake.report.changes] == [1]


def test_columns_that_tell_of_other_things_change_nothing() -> None:
    # a side of a street is no hemisphere, nor are letters that all say north and east
    assert drawn("lat,lon,side\n31,34,W\n31,34,E\n") == [(34, 31), (34, 31)]
    assert load_here("lat,NS,lon,EW\n31,N,34,E\n31,,34,E\n").report.changes == ()
    assert drawn("lat,lon,NS\n31,34,Nablus\n31,34,S\n") == [(34, 31), (34, 31)]


def test_o_is_the_other_side() -> None:
    assert drawn("lat,lon,E/O\n31,34,E\n31,7,O\n") == [(34, 31), (-7, 31)]
    assert drawn("lat,lon,W/O\n31,34,O\n31,7,W\n") == [(34, 31), (-7, 31)]
    assert drawn("lat,lon,lon dir\n31,34,O\n") == [None]
