"""A layer's rows on their way to events: places, texts and dates, each read from the columns that play its role."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import numpy as np
import shapely

from geo.events import PRECISION, REQUIRED
from geo.intake.column_map import PLACE_ROLES, ColumnMap
from geo.intake.dating import FORM_WORDS, forms_of, join_parts, order_forms, read_days
from geo.intake.exactness import LEAST, UNREAD, read_precision
from geo.intake.limits import Limits
from geo.intake.locating import ADD_PLACE, NO_PLACE, locate
from geo.intake.mending import mend_places
from geo.intake.mends import MENDS, Mend, add_offers
from geo.intake.rows import RawLayer
from geo.intake.spans import lengthen, read_span
from geo.intake.texts import NOTHING, code_of, texts_of
from geo.model import Precision
from geo.wording import show_value

_NOTHING = "It stands for nothing, as R, databases and spreadsheets write it; the text is kept"

AND = " and "
"""Between the names of columns that a change concerns together."""

_ASIDE = (
    "",
    "",
    "The table has no places and other columns than the layers that have; it was left aside",
    "Add places to it, or give it as a file of its own",
)


@dataclass(slots=True)
class Draft:
    """A layer's rows on their way to events.

    Parameters
    ----------
    layer, mapping
        The rows as parsed, and which column plays which role.
    columns
        By the names of `geo.events.REQUIRED`, a text for each row; an empty id takes the row out of the table. Where a
        column says how exactly the places are known, `geo.events.PRECISION` too.
    shapes
        By row; ``None`` where it has no sound place.
    refusals
        By number of the row in `layer.rows`: field, value, reason and remedy.
    changes
        Number of the row, field, old and new value, reason.
    offered, notes
        Mends that would help; what else is to be known.
    unread_dates
        Texts that are no date as they stand, each with the number of its rows.
    kept
        Columns that stay attributes though a role has them.
    aside
        Whether the whole layer is listed and not loaded.
    """

    layer: RawLayer
    mapping: ColumnMap
    columns: dict[str, list[str]]
    shapes: np.ndarray[Any, Any]
    refusals: dict[int, tuple[str, str, str, str]]
    changes: list[tuple[int, str, str, str, str]]
    offered: list[Mend]
    notes: list[str]
    unread_dates: Counter[str]
    kept: set[str]
    aside: bool = False


def draft_layer(layer: RawLayer, mapping: ColumnMap, mends: Collection[str], limits: Limits) -> Draft:
    """Read a layer's places, texts and dates.

    Parameters
    ----------
    layer, mapping
        The rows as parsed, and which column plays which role.
    mends
        Kinds of `geo.intake.mends.MENDS` that are made where they help; the others are offered.
    limits
        Held for shapes that stand in columns, and for the time that it takes to look at shapes.

    Raises
    ------
    InputError
        If a CRS is not known or a limit is reached.
    """
    places = locate(layer, mapping, limits)
    mend_places(places, mapping.crs or layer.crs, mends, limits)
    texts = {
        role: read_texts(layer, mapping.of(role), mapping.words, mapping.nothing) for role in REQUIRED if role != "when"
    }
    draft = Draft(
        layer,
        mapping,
        texts,
        places.shapes,
        places.faults,
        [(row, "geometry", old, new, reason) for row, old, new, reason in places.changes],
        places.offered,
        places.notes,
        Counter(),
        set(),
    )
    for role, column in texts.items():
        _leave_empty(draft, mapping.of(role), column, mapping.nothing)
    _read_dates(draft, mends)
    _read_precisions(draft)
    for row in np.flatnonzero(shapely.is_missing(draft.shapes)).tolist():
        draft.refusals.setdefault(row, ("geometry", "", NO_PLACE, ADD_PLACE))
    return draft


def _leave_empty(draft: Draft, columns: Sequence[str], texts: list[str], nothing: Collection[str]) -> None:
    """Take words that stand for nothing out of texts that are read from one column, and tell each."""
    if len(columns) == 1 and nothing and not frozenset(nothing).isdisjoint(texts):
        told = {row: text for row, text in enumerate(texts) if text in nothing}
        draft.changes += [(row, columns[0], text, "", _NOTHING) for row, text in told.items()]
        for row in told:
            texts[row] = ""


def read_texts(
    layer: RawLayer,
    columns: Sequence[str],
    words: Mapping[str, Mapping[str, str]] = MappingProxyType({}),
    nothing: Collection[str] = frozenset(),
) -> list[str]:
    """Read the text of each row from one column, or from several, joined by commas without repetition.

    Parameters
    ----------
    layer, columns
        The rows as parsed, and which of their columns.
    words, nothing
        By column, words for its codes, and words that stand for nothing, where there are several columns.
    """
    if not columns:
        return [""] * len(layer.rows)
    if len(columns) == 1:
        return texts_of(layer.column(columns[0]))
    texts = ((words.get(column, {}), texts_of(layer.column(column))) for column in columns)
    cells = ([codes.get(code_of(text), text) for text in each] if codes else each for codes, each in texts)
    return [
        ", ".join(dict.fromkeys(text for text in each if text and text not in nothing))
        for each in zip(*cells, strict=True)
    ]


def leave_aside(drafts: Sequence[Draft]) -> None:
    """List the rows of tables that stand beside layers with places and tell of other things, such as terms of use."""
    placed = [draft.layer.has_geometry or any(map(draft.mapping.of, PLACE_ROLES)) for draft in drafts]
    known = {_called_by(draft.mapping) for draft, is_placed in zip(drafts, placed, strict=True) if is_placed}
    for draft, is_placed in zip(drafts, placed, strict=True):
        if not known or is_placed or not draft.layer.rows:
            continue
        if _called_by(draft.mapping) not in known or not draft.mapping.of("name"):
            draft.aside = True
            draft.refusals = dict.fromkeys(range(len(draft.layer.rows)), _ASIDE)
            draft.changes, draft.offered, draft.notes, draft.unread_dates = [], [], [], Counter()


def _called_by(mapping: ColumnMap) -> tuple[tuple[str, ...], tuple[str, ...]]:
    return mapping.of("id"), mapping.of("name")


def _read_dates(draft: Draft, mends: Collection[str]) -> None:
    """Read the dates; what is none is set aside, and mends are offered for what could be one."""
    first, last = _read_days_of(draft, "when"), _read_days_of(draft, "until")
    forms = [form for form in FORM_WORDS if form in mends]
    forms += [form for form in order_forms(draft.mapping.date_forms, {*first, *last}) if form not in forms]
    spans = list(zip(first, last, strict=True))
    times = Counter(spans)
    days = read_days(dict.fromkeys(text for span in times for text in span), forms)
    for span, rows in times.items():
        draft.unread_dates.update({text: rows for text in span if days[text] is None})
    found = {span: read_span(span, (days[span[0]], days[span[1]])) for span in times}
    several = draft.mapping.days_of("when")
    if several > 1:
        found = {span: lengthen(span[0], each, several) for span, each in found.items()}
    draft.columns["when"] = [found[span][0] for span in spans]
    fields = [AND.join(draft.mapping.of(role)) for role in ("when", "until")]
    told = {
        span: [(AND.join(fields[end] for end in each.ends), each.old, each.new, each.reason) for each in changes]
        for span, (_, changes) in found.items()
        if changes
    }
    draft.changes += [(row, *change) for row, span in enumerate(spans) for change in told.get(span, ())]


def _read_days_of(draft: Draft, role: str) -> list[str]:
    """Read the text of each row's first or last day, from one column or from those of year, month and day."""
    columns = draft.mapping.of(role)
    if len(columns) <= 1:
        texts = read_texts(draft.layer, columns)
        _leave_empty(draft, columns, texts, NOTHING)
        return texts
    # the parts stand beside the date as they are
    draft.kept.update(columns)
    parts = (texts_of(draft.layer.column(column)) for column in columns)
    return [join_parts(*each) for each in zip(*parts, strict=True)]


def _read_precisions(draft: Draft) -> None:
    """Read how exactly the places are known; a code stays an attribute, and what is neither code nor word is told."""
    if draft.mapping.levels:
        draft.columns[PRECISION] = _read_levels(draft)
    elif draft.mapping.precision is not Precision.EXACT:
        # of a data set that has no places as exact as that
        draft.columns[PRECISION] = [draft.mapping.precision.value] * len(draft.layer.rows)
    for column in draft.mapping.of(PRECISION):
        texts = read_texts(draft.layer, (column,))
        found = {text: read_precision(text, column) for text in dict.fromkeys(texts)}
        draft.columns[PRECISION] = [(found[text] or LEAST).value for text in texts]
        draft.changes += [(row, column, text, LEAST.value, UNREAD) for row, text in enumerate(texts) if not found[text]]
        if any(text and text != word for text, word in found.items()):
            draft.kept.add(column)


def _read_levels(draft: Draft) -> list[str]:
    """Read how exactly each place is known by the finest name that its row has for it; one without any, least."""
    found = [LEAST.value] * len(draft.layer.rows)
    for column, level in reversed(list(draft.mapping.levels.items())):
        for row, text in enumerate(texts_of(draft.layer.column(column))):
            if text and text not in NOTHING:
                found[row] = level.value
    return found


def add_up_offers(drafts: Sequence[Draft]) -> tuple[Mend, ...]:
    """Add up the mends of all layers by kind; of dates, those that read most of what could not be read."""
    offers: dict[str, Mend] = {}
    dates: Counter[str] = Counter()
    for draft in drafts:
        dates.update(draft.unread_dates)
        for mend in draft.offered:
            known = offers.get(mend.kind)
            offers[mend.kind] = add_offers(known, mend) if known else mend
    counts: Counter[str] = Counter()
    forms = {text: forms_of(text) for text in dates}
    for text, times in dates.items():
        for form in forms[text]:
            counts[form] += times
    if counts["day-month-year"] != counts["month-day-year"]:
        # one of them reads more: a day beyond 12 tells which comes first
        del counts[min(("day-month-year", "month-day-year"), key=counts.__getitem__)]
    for form, times in counts.most_common():
        example = next(text for text in dates if form in forms[text])
        words = f"Dates such as '{show_value(example)}' can be read as {FORM_WORDS[form]}."
        offers[form] = Mend(form, times, words)
    return tuple(sorted(offers.values(), key=lambda mend: list(MENDS).index(mend.kind)))
