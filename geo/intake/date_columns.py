"""Which columns hold dates where none is called just so: ``death_date``, ``Date of report``, a year beside a month."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence

from geo.intake.column_names import fold_name
from geo.intake.dating import forms_of, read_month, read_when
from geo.intake.digits import plain_digits
from geo.intake.rows import RawLayer
from geo.intake.texts import code_of, text_of

_LEAST_DATES = 0.5
_LEAST_FILLING = 0.5
_WORD = re.compile(r"[A-Z]?[^\W\d_A-Z]+|[A-Z]+(?![^\W\d_A-Z])")
_ENDINGS = ("date", "datetime")
_DATES = frozenset({"datum", "fecha", "tarih", "tarihi", "data", "дата", "تاريخ", "תאריך"})
_NO_DATES = frozenset({"update", "candidate", "mandate"})
# what tells of the row, of its source, or of another day than that of the event
_OF_OTHER_THINGS = frozenset(
    {
        *("created", "create", "creation", "updated", "update", "modified", "modification", "edited", "edit", "last"),
        *("entered", "entry", "added", "inserted", "uploaded", "upload", "imported", "import", "accessed", "access"),
        *("retrieved", "fetched", "downloaded", "deleted", "archived", "coded", "verified", "verification", "source"),
        *("birth", "born", "dob", "hire", "hired", "due", "expiry", "expiration", "valid", "release", "version"),
        *("end", "ended", "ending", "until", "to", "closing", "closed", "precision", "prec", "type", "flag"),
    }
)
_OF_EVENTS = frozenset(
    {
        *("event", "incident", "incidence", "attack", "occurrence", "occurred", "accident", "crime", "offense"),
        *("offence", "strike", "death", "killed", "died", "start", "begin", "from", "violation", "protest"),
    }
)
_SUREST, _FARTHEST = 0, 2
_OF_REPORTS = frozenset({"report", "reported", "reporting", "published", "publication", "recorded", "registered"})
_VAGUE = frozenset(map(fold_name, ("year", "month", "year month", "day")))
# forms that people fill in tell by these when that was done
_OF_FORMS = frozenset({"start", "begin", "timestamp", "time"})
# by what stands before them, in each habit of writing them
_PARTS = (
    ("year", "month", "day"),
    ("start year", "start month", "start day"),
    ("event year", "event month", "event day"),
    ("incident year", "incident month", "incident day"),
)
_ENDS = {"start": "end", "begin": "end", "from": "to"}
_LAST_PARTS = (("end year", "end month", "end day"),)


def find_dates(layer: RawLayer, named: str | None, taken: Collection[str]) -> tuple[str, ...]:
    """Find the columns of the date: the one that is called so, else the parts of one, else one of another name.

    Parameters
    ----------
    layer
        As it was parsed.
    named
        The column that is called as a date is; ``None`` where there is none.
    taken
        Columns that play other roles.

    Returns
    -------
    tuple
        One column, or those of year, month and day in that order; none where nothing holds a date.
    """
    if named is not None and fold_name(named) not in _VAGUE:
        if fold_name(named) not in _OF_FORMS:
            return (named,)
        farthest = _SUREST if _holds_dates(layer, named) else _FARTHEST
        return (_find_other(layer, taken, farthest) or named,)
    parts = _find_parts(layer, _PARTS)
    other = _find_other(layer, taken) if len(parts) < len(_PARTS[0]) else None
    if other is not None:
        return (other,)
    return parts or ((named,) if named is not None else ())


def find_last_dates(layer: RawLayer) -> tuple[str, ...]:
    """Find the columns of year, month and day of the last day; none where a file has none."""
    parts = _find_parts(layer, _LAST_PARTS)
    return parts if len(parts) > 1 else ()


def find_last_date(layer: RawLayer, first: str) -> tuple[str, ...]:
    """Find the column of the last day, which is called as that of the first is, but for its end; none if none is.

    Parameters
    ----------
    layer
        As it was parsed.
    first
        The column of the first day.
    """
    name = fold_name(first)
    others = {name.replace(begins, ends) for begins, ends in _ENDS.items()} | {f"{name}end", f"end{name}"}
    if "date" not in name:
        return ()
    alike = (field for field in layer.fields if fold_name(field) in others - {name})
    return next(((field,) for field in alike if _holds_dates(layer, field, least=0)), ())


def _find_parts(layer: RawLayer, names: Sequence[tuple[str, ...]]) -> tuple[str, ...]:
    folded: dict[str, str] = {}
    for field in layer.fields:
        folded.setdefault(fold_name(field), field)
    for parts in names:
        here = _parts_here(layer, folded, parts)
        if here:
            return here
    return ()


def _parts_here(layer: RawLayer, folded: Mapping[str, str], parts: Sequence[str]) -> tuple[str, ...]:
    columns = [folded[name] for name in map(fold_name, parts) if name in folded]
    if fold_name(parts[0]) not in folded:
        return ()
    year, *others = ([text_of(value) for value in layer.sample(column)] for column in columns)
    texts = [text for column in others for text in column if text]
    # a week or a remark among months and days is told of its row
    whole = sum(_is_whole(text) or read_month(text) is not None for text in texts)
    is_year = all(_is_whole(text) or not text for text in year)
    return tuple(columns) if is_year and whole >= _LEAST_DATES * len(texts) else ()


def _is_whole(text: str) -> bool:
    return code_of(plain_digits(text)).isdecimal()


def _find_other(layer: RawLayer, taken: Collection[str], farthest: int = _FARTHEST) -> str | None:
    """Find a column whose name has the word date in it, and which holds dates: of the event before of the report.

    Parameters
    ----------
    layer, taken
        As of `find_dates`.
    farthest
        Greatest number that `_rank` may give its name.
    """
    ranks = {field: rank for field in layer.fields if field not in taken and (rank := _rank(field)) is not None}
    near = sorted((field for field, rank in ranks.items() if rank <= farthest), key=ranks.__getitem__)
    return next((field for field in near if _holds_dates(layer, field)), None)


def _rank(field: str) -> int | None:
    """Tell how near a column's name is to that of an event's date, 0 the nearest; ``None`` where it is none.

    Examples
    --------
    >>> _rank("death_date"), _rank("dateOfEntry"), _rank("Date of birth"), _rank("Reported Date"), _rank("candidate")
    (0, None, None, 2, None)
    """
    words = [word.casefold() for word in _WORD.findall(field)]
    has_date = any((word.endswith(_ENDINGS) and word not in _NO_DATES) or word in _DATES for word in words)
    bare = {part for word in words for part in (word, *(word.removesuffix(ending) for ending in _ENDINGS))}
    if not has_date or bare & _OF_OTHER_THINGS:
        return None
    return 0 if bare & _OF_EVENTS else 2 if bare & _OF_REPORTS else 1


def _holds_dates(layer: RawLayer, column: str, least: float = _LEAST_FILLING) -> bool:
    texts = [text_of(value) for value in layer.sample(column)]
    filled = [text for text in texts if text]
    if len(filled) < least * len(texts) or not filled:
        return False
    return sum(bool(read_when(text) or forms_of(text)) for text in filled) >= _LEAST_DATES * len(filled)
