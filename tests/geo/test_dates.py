"""Dates: what is read, what is refused, how they are told."""

from __future__ import annotations

import datetime as dt

import pytest

from geo.dates import format_interval, read_interval


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2015", "2015-01-01", "2015-12-31"),
        ("2016-02", "2016-02-01", "2016-02-29"),
        ("2015-07-01", "2015-07-01", "2015-07-01"),
        ("2013-06/2015-07", "2013-06-01", "2015-07-31"),
        ("2015-12-01~/2015-12-10~", "2015-12-01", "2015-12-10"),
    ],
)
def test_read_interval_accepts(text: str, first: str, last: str) -> None:
    interval = read_interval(text)
    assert (interval.first, interval.last) == (dt.date.fromisoformat(first), dt.date.fromisoformat(last))


LEVEL_2 = ["~2015-07", "?2004-06-~11", "[1667,1668]", "{1960,1961}", "2015-XX-01", "15XX-12-25", "Y17E7", "1950S2"]


@pytest.mark.parametrize(
    "text",
    ["", "2015-13", "2015-02-30", "July 2015", "2015-W27-1", "../..", "2015/2016/2017", *LEVEL_2, "0000", "-0500"],
)
def test_read_interval_rejects_what_is_no_date(text: str) -> None:
    with pytest.raises(ValueError, match=r"Invalid date '.*'\. A date is EDTF"):
        read_interval(text)


def test_read_interval_rejects_ends_out_of_order() -> None:
    with pytest.raises(ValueError, match=r"ends on or after its first day\. Swap its ends"):
        read_interval("2015-12/2015-11")


@pytest.mark.parametrize(
    ("text", "english"),
    [
        ("2015", "2015"),
        ("2015-07", "July 2015"),
        ("2015-07-01", "1 July 2015"),
        ("2016-03~", "about March 2016"),
        ("2015-12-01/2015-12-10", "early December 2015"),
        ("2015-12-11/2015-12-20", "mid-December 2015"),
        ("2015-12-21/2015-12-31", "late December 2015"),
        ("2013-06/..", "since June 2013"),
        ("../2014", "until 2014"),
        ("2013-06/2015-07", "June 2013 to July 2015"),
        ("2015-05/2015-12", "May 2015 to December 2015"),
        ("2015-01/2015-03", "January 2015 to March 2015"),
        ("2015-01-01/2015-01-05", "1 January 2015 to 5 January 2015"),
        ("2014-12-31/2015-12-31", "31 December 2014 to 31 December 2015"),
        ("2013/2015-06", "2013 to June 2015"),
        ("2018-01/..", "since January 2018"),
        ("2013-07/", "from July 2013, until when is not known"),
        ("2018-01-01/..", "since 1 January 2018"),
        ("../2015-12", "until December 2015"),
        ("2015-01/2015-12", "2015"),
        ("2014-08/2015-07~", "August 2014 to about July 2015"),
        ("2014-08~/2015-07~", "about August 2014 to July 2015"),
        ("2013-07%/2018-01", "perhaps about July 2013 to January 2018"),
        ("../2015-07~", "until about July 2015"),
        ("2014?/..", "since perhaps 2014"),
        ("2015-01~/2015-12", "about January 2015 to December 2015"),
        ("2015-21", "March 2015 to May 2015"),
        ("201X", "January 2010 to December 2019"),
        ("2015-XX", "2015"),
        ("2015-07-XX~", "about July 2015"),
        ("2015-07-01T10:30:00Z", "1 July 2015"),
        ("2015?", "perhaps 2015"),
        ("2015-07%", "perhaps about July 2015"),
    ],
)
def test_format_interval_is_as_exact_as_the_date(text: str, english: str) -> None:
    assert format_interval(text) == english


def test_format_interval_in_arabic() -> None:
    assert format_interval("2015-07", "ar") == "يوليو 2015"
