"""Dates as people write them, brought to EDTF: what is certain is read, what could mean two days is asked about."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from types import MappingProxyType

from geo.dates import read_interval

_DATE_TIME = re.compile(
    r"(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d(?::\d\d(?:[.,]\d{1,9})?)?)\s?(?:Z|UTC|[+-]\d\d:?(?:\d\d)?)?", re.ASCII
)
_NUMBERED = re.compile(r"(\d{1,2})([/.\-])(\d{1,2})\2(\d{4})", re.ASCII)
_YEAR_FIRST = re.compile(r"(\d{4})([/.])(\d{1,2})\2(\d{1,2})", re.ASCII)
_BASIC = re.compile(r"(\d{4})(\d\d)(\d\d)", re.ASCII)
_SERIAL = re.compile(r"(\d{4,5})(?:\.\d+)?", re.ASCII)
_NAMED = re.compile(r"(?:(\d{1,2})(?:st|nd|rd|th)?[\s\-]+)?([A-Za-z]{3,9})\.?,?[\s\-]+(\d{4})", re.ASCII)
_NAMED_MONTH_FIRST = re.compile(r"([A-Za-z]{3,9})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})", re.ASCII)
_MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
# a day number of Excel's 1900 system counts from 1899-12-30 on, since Excel takes 1900 for a leap year
_EXCEL_EPOCH = dt.date(1899, 12, 30)
_EXCEL_YEARS = (1950, 2100)


def read_when(text: str) -> str | None:
    """Read a date that can mean one thing only: EDTF as it stands, or ISO 8601 with a time, which is cut to the day.

    Returns
    -------
    str or None
        EDTF; ``None`` where the text is neither.

    Examples
    --------
    >>> read_when("2015-12~"), read_when("2015-12-31T23:10:00Z"), read_when("31/12/2015")
    ('2015-12~', '2015-12-31', None)
    """
    if not text:
        return ""
    timed = _DATE_TIME.fullmatch(text)
    plain = timed.group(1) if timed else text
    return plain if _is_edtf(plain) else None


def read_form(text: str, form: str) -> str | None:
    """Read a date of a form that was chosen; ``None`` where the text is not of it.

    Parameters
    ----------
    text
        As it stands in the file.
    form
        Key of `FORMS`.

    Examples
    --------
    >>> read_form("31/12/2015", "day-month-year"), read_form("Dec 2015", "month-names")
    ('2015-12-31', '2015-12')
    """
    read = FORMS[form](text)
    return read if read and _is_edtf(read) else None


@lru_cache(maxsize=8192)
def forms_of(text: str) -> tuple[str, ...]:
    """List the forms by which a text that `read_when` does not read is a date.

    Examples
    --------
    >>> forms_of("31/12/2015"), forms_of("03/04/2015")
    (('day-month-year',), ('day-month-year', 'month-day-year'))
    """
    return tuple(form for form in FORMS if read_form(text, form))


def join_days(first: str, last: str) -> str:
    """Join a first and a last date to an interval; one date where they are the same or one is missing.

    Examples
    --------
    >>> join_days("2015-07-01", "2015-07-03"), join_days("2015-07-01", "2015-07-01")
    ('2015-07-01/2015-07-03', '2015-07-01')
    """
    if not first or not last or first == last or "/" in first + last:
        return first or last
    return f"{first}/{last}"


@lru_cache(maxsize=8192)
def _is_edtf(text: str) -> bool:
    try:
        read_interval(text)
    except ValueError:
        return False
    return True


def _iso(year: str, month: str, day: str) -> str:
    return f"{year}-{int(month):02d}-{int(day):02d}"


def _day_first(text: str) -> str | None:
    found = _NUMBERED.fullmatch(text)
    return _iso(found[4], found[3], found[1]) if found else None


def _month_first(text: str) -> str | None:
    found = _NUMBERED.fullmatch(text)
    return _iso(found[4], found[1], found[3]) if found else None


def _digits(text: str) -> str | None:
    found = _BASIC.fullmatch(text) or None
    if found:
        return _iso(*found.groups())
    slashed = _YEAR_FIRST.fullmatch(text)
    return _iso(slashed[1], slashed[3], slashed[4]) if slashed else None


def _named(text: str) -> str | None:
    found, month_first = _NAMED.fullmatch(text), _NAMED_MONTH_FIRST.fullmatch(text)
    day, name, year = ("", "", "")
    if found:
        day, name, year = (part or "" for part in found.groups())
    elif month_first:
        name, day, year = month_first.groups()
    months = [number for number, month in enumerate(_MONTHS, 1) if name and month.startswith(name.lower())]
    if len(months) != 1 and name.lower() != "sept":
        return None
    month = months[0] if months else _MONTHS.index("september") + 1
    return f"{year}-{month:02d}-{int(day):02d}" if day else f"{year}-{month:02d}"


def _excel(text: str) -> str | None:
    found = _SERIAL.fullmatch(text)
    if not found:
        return None
    day = _EXCEL_EPOCH + dt.timedelta(days=int(found[1]))
    return day.isoformat() if _EXCEL_YEARS[0] <= day.year < _EXCEL_YEARS[1] else None


FORMS: Mapping[str, Callable[[str], str | None]] = MappingProxyType(
    {
        "day-month-year": _day_first,
        "month-day-year": _month_first,
        "yyyymmdd": _digits,
        "month-names": _named,
        "excel-days": _excel,
    }
)
"""Forms of dates by the name of the mend that reads them."""

FORM_WORDS: Mapping[str, str] = MappingProxyType(
    {
        "day-month-year": "day, month, year, such as 31/12/2015",
        "month-day-year": "month, day, year, such as 12/31/2015",
        "yyyymmdd": "year, month, day, such as 20151231 or 2015/12/31",
        "month-names": "the month as a word, such as 31 December 2015 or Dec 2015",
        "excel-days": "days counted as Excel does, such as 42369",
    }
)
"""What each form looks like."""
