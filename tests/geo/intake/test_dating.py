"""Dates as they stand in tables: what EDTF takes is taken, quickly, and what could mean two days is asked about."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.dates import read_interval
from geo.intake.dating import FORM_WORDS, MOST_RARE, forms_of, join_parts, order_forms, read_days, read_form, read_when
from tests.loading_here import load_here

KNOWN = (
    *("2015", "2015-07", "2015-07-01", "2015-07~", "2015?", "2015-07-01%", "2015-07-01/2015-07-03", "2015/2016-02"),
    *("2013-06/..", "../2015", "/2015", "2015/", "2015-21", "201X", "2015-XX", "2004-06-XX", "Y20150", "-0005"),
    *("2016/2015", "2015-02-29", "2016-02-29", "2015-13", "2015-01-00", "0000", "2015-7-1", "20150701", "201507"),
    *("12/31/2015", "2015/12/31", "16 May 2015", "unknown", "2015-182", "2015.07.01", "..", "1560S2", "2004?-06"),
    *("[1667,1668]", "2015~/2016", "2015-07-01~/2015-06-30", "20150", "2015-1", "15XX-12-25", "2015-07-01T10:00:00Z"),
)
SIGNS = st.text("0123456789X-/~?%.[]{},YST: ", max_size=12)


def is_edtf(text: str) -> bool:
    try:
        read_interval(text)
    except ValueError:
        return False
    return True


@pytest.mark.parametrize("text", KNOWN)
def test_what_is_edtf_is_taken_as_it_stands(text: str) -> None:
    timed = text.endswith("Z")
    assert read_when(text) == (text if is_edtf(text) and not timed else "2015-07-01" if timed else None)


@settings(max_examples=200, deadline=None)
@given(
    st.one_of(SIGNS, st.tuples(st.sampled_from(KNOWN), SIGNS, st.integers(0, 12)).map(lambda t: t[0][: t[2]] + t[1]))
)
def test_no_text_is_taken_that_is_no_edtf_and_none_left_that_is(text: str) -> None:
    text = text.strip()
    if text and ":" not in text:
        assert (read_when(text) == text) == is_edtf(text)


def test_dates_in_other_forms_cost_no_grammar() -> None:
    texts = [f"{day} {month} {year}" for year in range(1900, 2100) for month in ("May", "July") for day in range(1, 29)]
    start = time.process_time()
    days = read_days(texts, ("month-names",))
    # the grammar of EDTF takes some two thousandths of a second for each, so 20 s
    assert time.process_time() - start < 3
    assert days["16 May 2015"] == "2015-05-16"
    assert None not in days.values()


def test_rare_kinds_of_edtf_are_read_up_to_a_number() -> None:
    texts = [f"{year}-21" for year in range(1500, 1500 + MOST_RARE + 2)]
    days = read_days(texts, ())
    assert [text for text, day in days.items() if day is None] == texts[MOST_RARE:]
    assert read_days(["2015-07-01", *texts, "2015-07-02"], ())["2015-07-02"] == "2015-07-02"
    times = [f"2015-07-01{sign}10:{second // 60:02}:{second % 60:02}" for second in range(1_000) for sign in " T"]
    assert set(read_days(times, ()).values()) == {"2015-07-01"}, "times of day are not rare"


@pytest.mark.parametrize(
    ("texts", "form"),
    [
        (["04/18/2015", "04/05/2015"], "month-day-year"),
        (["18/04/2015", "04/05/2015"], "day-month-year"),
        (["04/05/2015"], "day-month-year"),
        (["04/18/2015", "18/04/2015"], "day-month-year"),
    ],
)
def test_a_day_beyond_twelve_tells_which_comes_first(texts: list[str], form: str) -> None:
    assert order_forms(("month-names", "day-month-year"), texts) == ("month-names", form)
    assert order_forms(("month-names",), texts) == ("month-names",)


@pytest.mark.parametrize(
    ("text", "day"),
    [("9-May-20", "2020-05-09"), ("31 Dec 98", "1998-12-31"), ("01-Sept-69", "1969-09-01"), ("1-Jan-68", "2068-01-01")],
)
def test_two_digits_of_a_year_are_read_where_that_is_chosen(text: str, day: str) -> None:
    assert read_form(text, "short-years") == day
    assert read_form(text, "month-names") is None
    assert read_form("31-Feb-15", "short-years") is None


def test_parts_of_dates_are_joined_as_far_as_they_are_known() -> None:
    assert [join_parts("1970", month, day) for month, day in [("0", "0"), ("3", "0"), ("0", "5"), ("12", "31")]] == [
        *("1970", "1970-03", "1970", "1970-12-31")
    ]
    assert join_parts("0", "3", "1") == join_parts("") == ""


def test_a_span_that_ends_before_it_begins_is_none() -> None:
    intake = load_here("start,end,lon,lat\n2015-07-03,2015-07-01,34.2,31.2\n2015-07-01,2015-07-03,34.2,31.2\n")
    assert intake.dataset.events is not None
    assert intake.dataset.events.columns["when"].tolist() == ["", "2015-07-01/2015-07-03"]
    (change,) = intake.report.changes
    assert (change.row, change.field, change.old) == (1, "start and end", "2015-07-03/2015-07-01")


@pytest.mark.parametrize(
    ("text", "form", "day"),
    [
        ("09/14/2015 01:30:00 PM", "month-day-year", "2015-09-14"),
        ("7/1/2017 0:00", "month-day-year", "2017-07-01"),
        ("01.07.2017, 14:05", "day-month-year", "2017-07-01"),
        ("1 Jul 2017 14:05:06.5", "month-names", "2017-07-01"),
        ("1-Jul-17 2:05 p.m.", "short-years", "2017-07-01"),
        ("2017/07/01 14:05", "yyyymmdd", "2017-07-01"),
    ],
)
def test_a_time_of_day_is_cut_off_any_form(text: str, form: str, day: str) -> None:
    assert read_form(text, form) == day
    intake = load_here(f'date,lon,lat\n"{text}",34.2,31.2\n', mends=(form,))
    assert [(change.new, change.reason) for change in intake.report.changes] == [(day, "The time of day was cut off")]


def test_a_time_of_day_alone_makes_no_date() -> None:
    assert [
        form for form in FORM_WORDS for text in ("14:05", "about 14:05", "1/2 14:05") if read_form(text, form)
    ] == []
    assert order_forms(("day-month-year",), ["04/18/2015 10:00", "04/05/2015 10:00"]) == ("month-day-year",)


@pytest.mark.parametrize(
    "time_of_day",
    [
        *(" 7:05", "T07", "T0705", "T070500", " 07:05 AM", " 7:05:09 p.m.", "T07:05:00.000+03", " 07:05:00 +03:00"),
        *(" 07:05 UTC", "T24:00:00", "T23:59:60Z", " 00:00:00+00"),
    ],
)
def test_a_time_of_day_is_cut_off_however_it_is_written(time_of_day: str) -> None:
    intake = load_here(f"date,lon,lat\n2025-05-16{time_of_day},34.2,31.2\n")
    assert intake.dataset.events is not None
    assert intake.dataset.events.columns["when"].tolist() == ["2025-05-16"]
    assert [change.reason for change in intake.report.changes] == ["The time of day was cut off"]


@pytest.mark.parametrize("time_of_day", ["T25:61:00", " 25:00", "T10:60", "T25", "T24:01:00", "T7", " 07"])
def test_what_no_clock_shows_is_no_time(time_of_day: str) -> None:
    assert read_when(f"2025-05-16{time_of_day}") is None
    assert not forms_of(f"2025/05/16{time_of_day}")


@pytest.mark.parametrize("zone", ["+00", "+03", "+0300", "+03:00", " UTC", "Z", ""])
def test_dates_of_databases_are_read_with_their_zone(zone: str) -> None:
    text = f"2025/05/16 10:20:30{zone}"
    assert forms_of(text) == ("yyyymmdd",)
    assert read_form(text, "yyyymmdd") == "2025-05-16"
    assert [mend.kind for mend in load_here(f"date,lon,lat\n{text},34.2,31.2\n").offered] == ["yyyymmdd"]


@pytest.mark.parametrize("text", ["2025-05-00", "2025-12-00", "2025-05-16/2025-06-00"])
def test_a_day_zero_is_no_day(text: str) -> None:
    assert read_when(text) is None


def test_months_as_words_are_parts_of_dates() -> None:
    rows = "1,2025,May,16\n2,2025,5,16\n3,2025,Sept,1\n4,2025,week 20,1\n"
    intake = load_here("id,Year,Month,Day,lat,lon\n" + rows.replace("\n", ",31.28,34.25\n"))
    assert intake.mappings[0].of("when") == ("Year", "Month", "Day")
    assert intake.dataset.events is not None
    assert intake.dataset.events.columns["when"].tolist() == ["2025-05-16", "2025-05-16", "2025-09-01", ""]
    assert [(change.row, change.old, change.new) for change in intake.report.changes] == [(4, "2025-week 20-01", "")]
