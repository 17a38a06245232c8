"""The first and the last day of a row joined to one date, and what is told of each of them."""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

from geo.intake.dating import is_instant, join_days, read_when
from geo.intake.digits import plain_digits
from geo.intake.texts import code_of

UNREAD = "It is not a date that is read as it stands; the row is undated, and the text is kept"
LAST_UNREAD = "The last day is not a date that is read as it stands; the first stands alone, and the text is kept"
LAST_ALONE = "No first day is given: the date ends on the last day, and is open before it"
WHOLE_SPAN = "It is the first of the days that the row tells of, as its data set counts them"
LAST_BESIDE = "One of the two is an interval already, which no last day is joined to; the text is kept"

_DIGITS = "Its digits were written as 0 to 9"
_POINT = "It is a whole number, and its point was left out"
_MARKS = "Its marks of direction were left out, and its hyphens written as those of a keyboard"
_PLAIN = frozenset("0123456789")
_FIRST, _LAST, _BOTH = (0,), (1,), (0, 1)


class SpanChange(NamedTuple):
    """What is told of a row's date: whether of its first end (0), its last (1) or both, old and new text, and why."""

    ends: tuple[int, ...]
    old: str
    new: str
    reason: str


def read_span(texts: tuple[str, str], days: tuple[str | None, str | None]) -> tuple[str, list[SpanChange]]:
    """Join a first and a last day; where either is not what stands there, that is told.

    Parameters
    ----------
    texts
        First and last day as they stand; empty where there is none.
    days
        What was read of each; ``None`` where it is no date.

    Returns
    -------
    tuple
        EDTF, empty where the row is undated, and what is to be told.

    Examples
    --------
    >>> read_span(("2015-07-01", "2015-07-03"), ("2015-07-01", "2015-07-03"))
    ('2015-07-01/2015-07-03', [])
    >>> read_span(("", "2015-07-03"), ("", "2015-07-03"))[0], read_span(("soon", "2015"), (None, "2015"))[0]
    ('../2015-07-03', '')
    """
    first, last = days
    if not texts[1] and first == texts[0]:
        return first, []
    if first is None and last is None:
        return "", [SpanChange(_BOTH, _show(texts), "", UNREAD)]
    if first is None:
        return "", [SpanChange(_FIRST, texts[0], "", UNREAD)]
    told = [
        SpanChange(ends, text, day, _reason(text, day))
        for ends, text, day in ((_FIRST, texts[0], first), (_LAST, texts[1], last))
        if day is not None and day != text
    ]
    if last is None:
        # without a first day there is no date at all
        return first, [*told, SpanChange(_LAST, texts[1], "", LAST_UNREAD if first else UNREAD)]
    joined = join_days(first, last)
    if read_when(joined) is None:
        return "", [SpanChange(_BOTH, _show(texts), "", UNREAD)]
    if len(told) == len(_BOTH) and told[0].reason == told[1].reason:
        told = [SpanChange(_BOTH, _show(texts), joined, told[0].reason)]
    if last and joined != last and not first:
        return joined, [SpanChange(_LAST, texts[1], joined, LAST_ALONE)]
    if _leaves_out(first, last):
        told.append(SpanChange(_LAST, texts[1], "", LAST_BESIDE))
    return joined, told


def lengthen(text: str, found: tuple[str, list[SpanChange]], days: int) -> tuple[str, list[SpanChange]]:
    """Let a day stand for as many as begin with it; what is no day stays as it is.

    Parameters
    ----------
    text
        As it stands.
    found
        As `read_span` returns it.
    days
        How many.

    Examples
    --------
    >>> lengthen("2016-02-06", ("2016-02-06", []), 7)[0], lengthen("2016", ("2016", []), 7)[0]
    ('2016-02-06/2016-02-12', '2016')
    """
    try:
        last = dt.date.fromisoformat(found[0]) + dt.timedelta(days - 1)
    except (ValueError, OverflowError):
        return found
    joined = join_days(found[0], last.isoformat())
    return joined, [SpanChange(_FIRST, text, joined, WHOLE_SPAN)]


def _leaves_out(first: str, last: str) -> bool:
    """Tell whether a last day is lost, since one of the two is an interval."""
    return bool(first and last) and first != last and "/" in first + last and first.rpartition("/")[2] != last


def _show(texts: tuple[str, str]) -> str:
    """Write both days as they stand; those with slashes of their own are not divided by one."""
    several = " and " if "/" in "".join(texts) else "/"
    return several.join(dict.fromkeys(filter(None, texts)))


def _reason(given: str, day: str) -> str:
    plain = plain_digits(given)
    if plain == day:
        return _DIGITS if any(map(str.isdecimal, set(given) - _PLAIN)) else _MARKS
    if code_of(plain) == day:
        return _POINT
    if ":" in given or plain.startswith(f"{day}T"):
        return "The time of day was cut off"
    if is_instant(given):
        return "It was read as an instant counted from 1970; its day is that of UTC"
    return "It was read as a date of the form that was chosen, or that its data set has"
