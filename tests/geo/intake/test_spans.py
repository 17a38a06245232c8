"""First and last days: each that is not what stands in the file is told, and no day is left out in silence."""

from __future__ import annotations

import pytest

from geo.intake.spans import LAST_ALONE, LAST_BESIDE, LAST_UNREAD, UNREAD
from tests.loading_here import load_here

CUT = "The time of day was cut off"
CHOSEN = "It was read as a date of the form that was chosen, or that its data set has"


def spans(first: str, last: str, *mends: str) -> tuple[str, list[tuple[str, str, str, str]]]:
    """The date of a row with these days, and what is told of it."""
    intake = load_here(f"start,end,lon,lat\n{first},{last},34.2,31.2\n", mends=mends)
    assert intake.dataset.events is not None
    (when,) = intake.dataset.events.columns["when"].tolist()
    assert intake.dataset.events.attributes["end"].tolist() == [last]
    return when, [(each.field, each.old, each.new, each.reason) for each in intake.report.changes]


@pytest.mark.parametrize(
    ("first", "last", "when", "told"),
    [
        ("2025-05-16", "2025-05-18", "2025-05-16/2025-05-18", None),
        ("2025-05-16", "", "2025-05-16", None),
        ("16/05/2025", "2025-05-18", "", ("start", "16/05/2025", "", UNREAD)),
        ("2025-05-16", "ongoing", "2025-05-16", ("end", "ongoing", "", LAST_UNREAD)),
        ("2025-05-16/2025-05-17", "2025-05-20", "2025-05-16/2025-05-17", ("end", "2025-05-20", "", LAST_BESIDE)),
        ("2025-05-16/2025-05-17", "2025-05-17", "2025-05-16/2025-05-17", None),
        ("soon", "later", "", ("start and end", "soon/later", "", UNREAD)),
        ("2025-05-16", "2025-05-18T10:00", "2025-05-16/2025-05-18", ("end", "2025-05-18T10:00", "2025-05-18", CUT)),
    ],
)
def test_each_day_that_is_not_as_it_stands_is_told(
    first: str, last: str, when: str, told: tuple[str, str, str, str] | None
) -> None:
    assert spans(first, last) == (when, [told] if told else [])


def test_a_last_day_without_a_first_is_the_end_of_what_began_before() -> None:
    rows = ("2025", ""), ("", "2025-05-18"), ("", "ongoing"), ("", "2025-05/2025-06"), ("NA", "2025")
    text = "".join(f"{first},{last},34.2,31.2\n" for first, last in rows)
    intake = load_here(f"start,end,lon,lat\n{text}")
    assert intake.dataset.events is not None
    assert intake.dataset.events.columns["when"].tolist() == [
        *("2025", "../2025-05-18", "", "2025-05/2025-06", "../2025")
    ]
    assert [(each.row, each.old, each.reason) for each in intake.report.changes if each.field == "end"] == [
        (2, "2025-05-18", LAST_ALONE),
        (3, "ongoing", UNREAD),
        (5, "2025", LAST_ALONE),
    ]


@pytest.mark.parametrize(
    ("written", "why"),
    [
        ("\u200f2025-05-16", "Its marks of direction were left out, and its hyphens written as those of a keyboard"),
        (
            "2025\u201105\u201116",
            "Its marks of direction were left out, and its hyphens written as those of a keyboard",
        ),
        ("\u0662\u0660\u0662\u0665-05-16", "Its digits were written as 0 to 9"),
    ],
)
def test_signs_of_other_scripts_are_told_apart(written: str, why: str) -> None:
    assert spans(written, "") == ("2025-05-16", [("start", written, "2025-05-16", why)])


def test_a_point_behind_a_year_is_left_out() -> None:
    told = [("start", "2015.0", "2015", "It is a whole number, and its point was left out")]
    assert spans("2015.0", "") == ("2015", told)


def test_what_is_told_of_one_day_is_no_reason_for_the_other() -> None:
    when, told = spans("16/05/2025", "ongoing", "day-month-year")
    assert when == "2025-05-16"
    assert told == [("start", "16/05/2025", "2025-05-16", CHOSEN), ("end", "ongoing", "", LAST_UNREAD)]
