"""Dates as the articles give them: EDTF intervals, read by the edtf library, told in words by babel."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from dataclasses import dataclass
from functools import lru_cache
from time import struct_time
from typing import Any

from babel.dates import format_date, format_skeleton
from edtf import EDTFParseException, parse_edtf

_OPEN_ENDS = ("", "..")
# the year 0 and years of other lengths are left to none: neither the calendar of Python nor an address needs them
_PLAIN = re.compile(
    r"(?P<year>[1-9]\d{3})(?:-(?P<month>0[1-9]|1[0-2])(?:-(?P<day>0[1-9]|[12]\d|3[01]))?)?[~?%]?", re.ASCII
)
# unspecified digits from the right, and seasons
_LESS_PLAIN = re.compile(r"[1-9](?:\d\dX|\dXX|\d{3}-(?:XX(?:-XX)?|\d\d-XX|2[1-4]))[~?%]?", re.ASCII)
_MOMENT = re.compile(
    r"([1-9]\d{3}-\d\d-\d\d)T(?:(?:[01]\d|2[0-3]):[0-5]\d:(?:[0-5]\d|60)|24:00:00)(?:Z|[+-]\d\d(?::\d\d)?)?", re.ASCII
)


@dataclass(frozen=True, slots=True)
class Interval:
    """Days that a date may mean, both ends included.

    Parameters
    ----------
    first, last
        First and last day; ``None`` where that end is open or unknown.
    is_approximate
        True where the date is given as "about" (EDTF ``~`` or ``%``).
    is_uncertain
        True where the date is doubtful (EDTF ``?`` or ``%``).
    """

    first: dt.date | None
    last: dt.date | None
    is_approximate: bool = False
    is_uncertain: bool = False

    def overlaps(self, other: Interval) -> bool:
        """Tell whether the two intervals share a day; an open end reaches for ever."""
        starts_in_time = self.first is None or other.last is None or self.first <= other.last
        ends_in_time = self.last is None or other.first is None or self.last >= other.first
        return starts_in_time and ends_in_time


@lru_cache(maxsize=4096)
def read_interval(text: str) -> Interval:
    """Read an EDTF date or interval (ISO 8601-2:2019, levels 0 and 1).

    Parameters
    ----------
    text
        For example ``2015-07-01``, ``2015-12~``, ``2013-06/2015-07`` or ``2013-06/..``.

    Raises
    ------
    ValueError
        If the text is no EDTF date of these levels, names a day that is not in the calendar, or ends before it begins.

    Examples
    --------
    >>> read_interval("2015-02").last
    datetime.date(2015, 2, 28)
    >>> read_interval("2013-06/..").last is None
    True
    """
    first_text, slash, last_text = text.strip().partition("/")
    if not slash:
        return _read_end(first_text, text)
    if "/" in last_text or (first_text in _OPEN_ENDS and last_text in _OPEN_ENDS):
        raise ValueError(_fault(text))
    first = Interval(None, None) if first_text in _OPEN_ENDS else _read_end(first_text, text)
    last = Interval(None, None) if last_text in _OPEN_ENDS else _read_end(last_text, text)
    if first.first and last.last and first.first > last.last:
        message = f"Invalid date '{text}'. An interval ends on or after its first day. Swap its ends."
        raise ValueError(message)
    return Interval(
        first.first,
        last.last,
        first.is_approximate or last.is_approximate,
        first.is_uncertain or last.is_uncertain,
    )


def _fault(text: str) -> str:
    return (
        f"Invalid date '{text}'. A date is EDTF: year, year-month, year-month-day or an interval "
        "of two of them. Write for example 2015-07-01, 2015-12~ or 2013-06/2015-07."
    )


def _read_end(text: str, whole: str) -> Interval:
    moment = _MOMENT.fullmatch(text)
    plain = _read_plain(moment[1] if moment else text)
    if plain:
        return plain
    if not _LESS_PLAIN.fullmatch(text):
        raise ValueError(_fault(whole))
    try:
        parsed: Any = parse_edtf(text)
        first, last = _day(parsed.lower_strict()), _day(parsed.upper_strict())
    except (EDTFParseException, ValueError, TypeError, AttributeError, OverflowError) as error:
        raise ValueError(_fault(whole)) from error
    # the library does not tell the sign for both from neither
    return Interval(first, last, *_signs(text))


def is_rare(text: str) -> bool:
    """Tell whether a text may be a date or interval of a kind that only the grammar reads, in about a millisecond."""
    return any(_LESS_PLAIN.fullmatch(end) for end in text.strip().split("/"))


def _read_plain(text: str) -> Interval | None:
    # the standard library reads a plain calendar date in a thousandth of the grammar's time: tables hold thousands
    plain = _PLAIN.fullmatch(text)
    if not plain:
        return None
    year, month, day = (int(part) if part else None for part in plain.groups())
    assert year is not None
    try:
        first = dt.date(year, month or 1, day or 1)
    except ValueError:
        return None
    whole_month = dt.date(year, month or 12, 1)
    last = first if day else whole_month.replace(day=_last_day(whole_month))
    return Interval(first, last, *_signs(text))


def _signs(text: str) -> tuple[bool, bool]:
    """Tell whether a date is approximate, and whether it is uncertain, by the sign at its end."""
    return text.endswith(("~", "%")), text.endswith(("?", "%"))


def _day(moment: struct_time) -> dt.date:
    return dt.date(moment[0], moment[1], moment[2])


def check_plain_edtf(text: str) -> str:
    """Return the text unchanged if it is a date of year, month and day, or an interval of two: what the page reads too.

    Raises
    ------
    ValueError
        As `read_interval`.
    """
    if not all(end in _OPEN_ENDS or _PLAIN.fullmatch(end) for end in text.strip().split("/")):
        raise ValueError(_fault(text))
    return check_edtf(text)


def check_edtf(text: str) -> str:
    """Return the text unchanged if it is an EDTF date, for use as a pydantic validator.

    Raises
    ------
    ValueError
        As `read_interval`.
    """
    read_interval(text)
    return text


@lru_cache(maxsize=8192)
def format_interval(text: str, language: str = "en") -> str:
    """Tell an EDTF date in words, never more exactly than it is given.

    Parameters
    ----------
    text
        EDTF date or interval.
    language
        Language code of the words: ``en``, ``ar`` or another that babel knows for month names.

    Examples
    --------
    >>> format_interval("2015-07-01")
    '1 July 2015'
    >>> format_interval("2015-12-01/2015-12-10")
    'early December 2015'
    >>> format_interval("2016-03~")
    'about March 2016'
    >>> format_interval("2013-06/..")
    'since June 2013'
    """
    interval, words = read_interval(text), _WORDS.get(language, _WORDS["en"])
    first_text, slash, last_text = text.strip().partition("/")
    if not slash or _doubt(first_text) == _doubt(last_text):
        whole = _tell_whole(interval, language, words)
        if whole:
            return _hedge(whole, _doubt(first_text), words)
    # a date alone that is no day, month or year, such as a season, is told by its months
    texts = (first_text, last_text) if slash else (first_text, first_text)
    start, end = (
        _tell_end(each, language, is_last=each_is_last) for each, each_is_last in zip(texts, (False, True), strict=True)
    )
    if _doubt(texts[0]) == _doubt(texts[1]):
        return _hedge(words["from-to"].format(start, end), _doubt(texts[0]), words)
    # only one end is open or in doubt: it alone is hedged
    start, end = (_hedge(told, _doubt(each), words) for told, each in zip((start, end), texts, strict=True))
    kind = "from-to" if start and end else "until" if end else "since" if last_text else "from"
    return words[kind].format(*(each for each in (start, end) if each))


def _doubt(text: str) -> str:
    """Return the sign of doubt of a date; that of an open end is like no other."""
    return "/" if text in _OPEN_ENDS else text[-1] if text[-1] in "~?%" else ""


def _hedge(told: str, doubt: str, words: dict[str, str]) -> str:
    if doubt in {"~", "%"}:
        told = words["about"].format(told)
    return words["perhaps"].format(told) if doubt in {"?", "%"} else told


_WORDS = {
    "en": {
        "about": "about {}",
        "perhaps": "perhaps {}",
        "since": "since {}",
        "from": "from {}, until when is not known",
        "until": "until {}",
        "from-to": "{} to {}",
        "early": "early {}",
        "middle": "mid-{}",
        "late": "late {}",
    },
    "ar": {
        "about": "نحو {}",
        "perhaps": "ربما {}",
        "since": "منذ {}",
        "from": "من {}، ولا يُعرف حتى متى",
        "until": "حتى {}",
        "from-to": "من {} إلى {}",
        "early": "أوائل {}",
        "middle": "منتصف {}",
        "late": "أواخر {}",
    },
}
_MONTH_THIRDS = {(1, 10): "early", (11, 20): "middle"}


def _tell_whole(interval: Interval, language: str, words: dict[str, str]) -> str:
    """Tell an interval that is a day, a month, a third of one or a year; empty where it is none of them."""
    first, last = interval.first, interval.last
    if first is None or last is None:
        return ""
    third = _third_of_month(first, last)
    return _calendar_unit(first, last, language) or (words[third].format(_month(first, language)) if third else "")


def _last_day(day: dt.date) -> int:
    return calendar.monthrange(day.year, day.month)[1]


def _calendar_unit(first: dt.date, last: dt.date, language: str) -> str:
    if first == last:
        return format_date(first, "d MMMM y", locale=language)
    if (first.year, first.month) == (last.year, last.month) and first.day == 1 and last.day == _last_day(last):
        return _month(first, language)
    if first.year == last.year and (first.month, first.day, last.month, last.day) == (1, 1, 12, 31):
        return format_skeleton("y", first, locale=language)
    return ""


def _third_of_month(first: dt.date, last: dt.date) -> str:
    if (first.year, first.month) != (last.year, last.month):
        return ""
    if first.day == 21 and last.day == _last_day(last):
        return "late"
    return _MONTH_THIRDS.get((first.day, last.day), "")


def _tell_end(text: str, language: str, *, is_last: bool = False) -> str:
    """Tell an end of an interval in the unit that it is written in; a season or decade by its months."""
    if text in _OPEN_ENDS:
        return ""
    interval = _read_end(text, text)
    day = interval.last if is_last else interval.first
    assert day is not None
    plain = _PLAIN.fullmatch(text)
    if plain and not plain["month"]:
        return format_skeleton("y", day, locale=language)
    if plain and plain["day"]:
        return format_date(day, "d MMMM y", locale=language)
    return _month(day, language)


def _month(day: dt.date, language: str) -> str:
    return format_date(day, "MMMM y", locale=language)
