"""Dates as people write them, brought to EDTF: what is certain is read, what could mean two days is asked about."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import takewhile
from types import MappingProxyType

from geo.dates import is_rare, read_interval
from geo.intake.digits import plain_digits
from geo.intake.texts import NOTHING, code_of

# a time of day, and what the clock is that it was read from
_HOUR = "(?:[01]?[0-9]|2[0-3])"
_CLOCK = rf"(?:{_HOUR}:[0-5]\d(?::(?:[0-5]\d|60)(?:[.,]\d{{1,9}})?)?|24:00(?::00(?:[.,]0{{1,9}})?)?)"
_ZONE = r"(?:\s?(?:Z|UTC|GMT|[+-]\d\d(?::?\d\d)?))?"
_HALF = r"(?:\s?[AaPp]\.?[Mm]\.?)?"
# without colons as ISO 8601 has it too: the hour alone, or its digits beside those of the minute and second
_COMPACT = r"T(?:[01]\d|2[0-3])(?:[0-5]\d(?:[0-5]\d(?:[.,]\d{1,9})?)?)?"
_DATE_TIME = re.compile(rf"(\d{{4}}-\d\d-\d\d)(?:[T ]{_CLOCK}{_HALF}|{_COMPACT}){_ZONE}", re.ASCII)
_NUMBERED = re.compile(r"(\d{1,2})([/.\-])(\d{1,2})\2(\d{4})", re.ASCII)
_YEAR_FIRST = re.compile(r"(\d{4})([/.])(\d{1,2})\2(\d{1,2})", re.ASCII)
_BASIC = re.compile(r"(\d{4})(\d\d)(\d\d)", re.ASCII)
_SERIAL = re.compile(r"(\d{4,5})(?:\.\d+)?", re.ASCII)
_NAMED = re.compile(r"(?:(\d{1,2})(?:st|nd|rd|th)?[\s\-]+)?([A-Za-z]{3,9})\.?,?[\s\-]+(\d{4})", re.ASCII)
# with a time of day, as databases and spreadsheets write it behind the day
_TIMED = re.compile(rf"(.{{6,30}}?),?[ T]\s{{0,9}}{_CLOCK}{_HALF}{_ZONE}", re.ASCII)
_SHORT = re.compile(r"(\d{1,2})[\s\-]([A-Za-z]{3,9})[\s\-](\d\d)", re.ASCII)
_LAST_CENTURY = 69
# 0 and other small numbers stand for no date more often than for the first days of 1970
_SECONDS = re.compile(r"(-?\d{9,10})(?:\.\d+)?", re.ASCII)
_MILLISECONDS = re.compile(r"(-?\d{11,13})(?:\.\d+)?", re.ASCII)
_OFFERED_INSTANT = re.compile(r"(?:\d{10}|\d{13})(?:\.0+)?", re.ASCII)
_HOURLY = re.compile(r"(\d{8})(?:[01]\d|2[0-3])", re.ASCII)
_UNIX_EPOCH = dt.datetime(1970, 1, 1)
_UNIX_YEARS = (1900, 2100)
_NAMED_MONTH_FIRST = re.compile(r"([A-Za-z]{3,9})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})", re.ASCII)
_MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
# a day number of Excel's 1900 system counts from 1899-12-30 on, since Excel takes 1900 for a leap year
_EXCEL_EPOCH = dt.date(1899, 12, 30)
_EXCEL_YEARS = (1950, 2100)

MOST_RARE = 500
"""Distinct dates of rare kinds of EDTF that one column may have."""


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
    plain = _cut_time(plain_digits(text))
    return plain if _is_edtf(plain) else None


def _cut_time(text: str) -> str:
    timed = _DATE_TIME.fullmatch(text)
    return timed[1] if timed else code_of(text)


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
    >>> read_form("12/31/2015 01:30:00 PM", "month-day-year")
    '2015-12-31'
    """
    read = FORMS[form](_without_time(plain_digits(text)))
    return read if read and _is_edtf(read) else None


def _without_time(text: str) -> str:
    timed = _TIMED.fullmatch(text) if ":" in text else None
    return timed[1] if timed else text


def join_parts(year: str, month: str = "", day: str = "") -> str:
    """Join year, month and day to a date, as far as they are known: 0 stands for a part that is not.

    Examples
    --------
    >>> join_parts("2015", "7", "1"), join_parts("2015", "7", "0"), join_parts("2015", "", "1"), join_parts("", "7")
    ('2015-07-01', '2015-07', '2015', '')
    >>> join_parts("2015", "July", "1"), join_parts("2015.0", "7.0", "1.0")
    ('2015-07-01', '2015-07-01')
    """
    year, *parts = ("" if part in NOTHING else code_of(plain_digits(part)) for part in (year, month, day))
    if parts[0].isalpha() and (number := read_month(parts[0])):
        parts[0] = str(number)
    known = [year, *takewhile(lambda part: part.strip("0"), parts)] if year.strip("0") else []
    return "-".join(part.zfill(2) for part in known)


def read_month(name: str) -> int | None:
    """Read the name of a month in English, or how it begins, as its number; ``None`` where it is none or several.

    Examples
    --------
    >>> read_month("Sept"), read_month("may"), read_month("Ju"), read_month("Week")
    (9, 5, None, None)
    """
    months = [number for number, month in enumerate(_MONTHS, 1) if name and month.startswith(name.lower())]
    return months[0] if len(months) == 1 else None


def order_forms(forms: Sequence[str], texts: Collection[str]) -> tuple[str, ...]:
    """Put months before days in forms of dates where a column does so, by a day beyond 12 that tells it.

    Parameters
    ----------
    forms
        Keys of `FORMS`.
    texts
        Of the column.

    Examples
    --------
    >>> order_forms(("day-month-year",), ["4/3/2015", "4/18/2015"]), order_forms(("day-month-year",), ["18/4/2015"])
    (('month-day-year',), ('day-month-year',))
    """
    kinds = {forms_of(text) for text in texts if _NUMBERED.fullmatch(_without_time(plain_digits(text)))}
    is_month_first = ("month-day-year",) in kinds and ("day-month-year",) not in kinds
    return tuple("month-day-year" if is_month_first and form == "day-month-year" else form for form in forms)


def read_days(texts: Iterable[str], forms: Sequence[str]) -> dict[str, str | None]:
    """Read the dates of a column: as `read_when` does, else by the first of the forms that reads them.

    Parameters
    ----------
    texts
        Distinct ones, as they stand.
    forms
        Keys of `FORMS`, the surest first.

    Returns
    -------
    dict
        By text, what was read; ``None`` where it is no date. Of the rare kinds of EDTF, such as seasons and unspecified
        digits, the first `MOST_RARE` are read, since each takes a thousandth of a second.
    """
    found: dict[str, str | None] = {}
    rare = 0
    for text in texts:
        needs_grammar = is_rare(_cut_time(plain_digits(text)))
        rare += needs_grammar
        found[text] = read_when(text) if not needs_grammar or rare <= MOST_RARE else None
        for form in forms:
            if found[text] is None:
                found[text] = read_form(text, form)
    return found


def forms_of(text: str) -> tuple[str, ...]:
    """List the forms by which a text that `read_when` does not read is a date.

    Examples
    --------
    >>> forms_of("31/12/2015"), forms_of("03/04/2015")
    (('day-month-year',), ('day-month-year', 'month-day-year'))
    >>> forms_of("1451520000000"), forms_of("2015123123")
    (('unix-milliseconds',), ())
    """
    return _forms_of_day(_without_time(plain_digits(text)))


# many times of day fall on few days
@lru_cache(maxsize=16384)
def _forms_of_day(text: str) -> tuple[str, ...]:
    likely = FORMS if _looks_instant(text) else FORMS.keys() - INSTANTS
    return tuple(form for form in FORMS if form in likely and (day := FORMS[form](text)) and _is_edtf(day))


def _looks_instant(text: str) -> bool:
    """Tell whether a number looks like an instant of after 2001: of 10 or 13 digits, and no date with an hour."""
    hourly = _HOURLY.fullmatch(text)
    return bool(_OFFERED_INSTANT.fullmatch(text)) and not (hourly and read_form(hourly[1], "yyyymmdd"))


def is_instant(text: str) -> bool:
    """Tell whether a text that was read as a date is an instant counted from 1970, whose day is that of UTC.

    Examples
    --------
    >>> is_instant("1451520000"), is_instant("31/12/2015")
    (True, False)
    """
    plain = plain_digits(text)
    return bool(_SECONDS.fullmatch(plain) or _MILLISECONDS.fullmatch(plain))


def join_days(first: str, last: str) -> str:
    """Join a first and a last date to an interval, open where there is no first; of intervals the first stays as it is.

    Examples
    --------
    >>> join_days("2015-07-01", "2015-07-03"), join_days("2015-07-01", "2015-07-01")
    ('2015-07-01/2015-07-03', '2015-07-01')
    >>> join_days("", "2015-07-03"), join_days("2015-07/2015-08", "2015-09")
    ('../2015-07-03', '2015-07/2015-08')
    """
    if not first and last and "/" not in last:
        return f"../{last}"
    if not first or not last or first == last or "/" in first + last:
        return first or last
    return f"{first}/{last}"


# instants of many seconds fall on few days
@lru_cache(maxsize=16384)
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
    found = _BASIC.fullmatch(code_of(text))
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
    month = read_month(name)
    if month is None:
        return None
    return f"{year}-{month:02d}-{int(day):02d}" if day else f"{year}-{month:02d}"


def _short_year(text: str) -> str | None:
    found = _SHORT.fullmatch(text)
    if not found:
        return None
    year = int(found[3])
    return _named(f"{found[1]} {found[2]} {(1900 if year >= _LAST_CENTURY else 2000) + year}")


def _excel(text: str) -> str | None:
    found = _SERIAL.fullmatch(text)
    if not found:
        return None
    day = _EXCEL_EPOCH + dt.timedelta(days=int(found[1]))
    return day.isoformat() if _EXCEL_YEARS[0] <= day.year < _EXCEL_YEARS[1] else None


def _seconds(text: str) -> str | None:
    found = _SECONDS.fullmatch(text)
    return _day_of(int(found[1])) if found else None


def _milliseconds(text: str) -> str | None:
    found = _MILLISECONDS.fullmatch(text)
    return _day_of(int(found[1]) // 1000) if found else None


def _day_of(seconds: int) -> str | None:
    instant = _UNIX_EPOCH + dt.timedelta(seconds=seconds)
    return instant.date().isoformat() if _UNIX_YEARS[0] <= instant.year < _UNIX_YEARS[1] else None


FORMS: Mapping[str, Callable[[str], str | None]] = MappingProxyType(
    {
        "day-month-year": _day_first,
        "month-day-year": _month_first,
        "yyyymmdd": _digits,
        "month-names": _named,
        "short-years": _short_year,
        "excel-days": _excel,
        "unix-seconds": _seconds,
        "unix-milliseconds": _milliseconds,
    }
)
"""Forms of dates by the name of the mend that reads them."""

FORM_WORDS: Mapping[str, str] = MappingProxyType(
    {
        "day-month-year": "day, month, year, such as 31/12/2015",
        "month-day-year": "month, day, year, such as 12/31/2015",
        "yyyymmdd": "year, month, day, such as 20151231 or 2015/12/31",
        "month-names": "the month as a word, such as 31 December 2015 or Dec 2015",
        "short-years": "the month as a word and two digits of the year, such as 31-Dec-15, from 1969 to 2068",
        "excel-days": "days counted as Excel does, such as 42369",
        "unix-seconds": "seconds since 1970, such as 1451520000, whose days are those of UTC",
        "unix-milliseconds": "milliseconds since 1970, such as 1451520000000, whose days are those of UTC",
    }
)
"""What each form looks like."""

INSTANTS = frozenset({"unix-seconds", "unix-milliseconds"})
"""Forms that count from the beginning of 1970, as databases, ArcGIS and the feeds of the USGS do."""
