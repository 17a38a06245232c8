"""What rows are called by: ids that no other row has, themes, and what stands for texts that are not there."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Mapping, Sequence
from types import MappingProxyType
from typing import Any

import numpy as np

from geo.errors import InputError, Problem
from geo.event_files import NO_LINE
from geo.events import make_slug
from geo.intake.columns import MOST_THEMES
from geo.intake.drafting import AND, Draft
from geo.intake.mends import Mend
from geo.intake.texts import code_of
from geo.model import Theme
from geo.view import LONGEST_ID
from geo.wording import show_value

_LONGEST_LINE = 120
# controls, marks without a width, blanks
_UNSEEN = {"Cc", "Cf", "Zs", "Zl", "Zp"}


def name_rows(drafts: Sequence[Draft], slug: str) -> None:
    """Give rows without an id one that stays: the file's title, the layer where there are several, the row's number."""
    several = len(drafts) > 1
    for number, draft in enumerate(drafts, 1):
        stem = f"{slug}-{number}" if several else slug
        ids = draft.columns["id"]
        for row, (given, counted) in enumerate(zip(ids, draft.layer.numbers, strict=True)):
            if not 0 < len(given) <= LONGEST_ID:
                ids[row] = f"{stem}-{counted}"
            if len(given) > LONGEST_ID:
                reason = f"An id has at most {LONGEST_ID} signs; the text is kept"
                draft.changes.append((row, AND.join(draft.mapping.of("id")), given, ids[row], reason))


def tell_ids_apart(drafts: Sequence[Draft], mends: Collection[str]) -> None:
    """List rows whose id another has already, or give them one where that was asked for."""
    drafts = [draft for draft in drafts if not draft.aside]
    ids = [identity for draft in drafts for identity in draft.columns["id"]]
    changed = _number_ids(ids)
    if not changed:
        return
    if len(drafts) > 1 and not any(len(set(draft.columns["id"])) < len(draft.columns["id"]) for draft in drafts):
        # each layer counts for itself, as GeoPackage does: no row is another's twin
        mends = (*mends, "number-ids")
    places = [(draft, row) for draft in drafts for row in range(len(draft.layer.rows))]
    for at, new in changed.items():
        draft, row = places[at]
        if "number-ids" in mends:
            reason = "Another row has this id already"
            draft.changes.append((row, AND.join(draft.mapping.of("id")) or "id", ids[at], new, reason))
            draft.columns["id"][row] = new
        else:
            remedy = "Give it an id of its own, or try the mend number-ids"
            field = AND.join(draft.mapping.of("id")) or "id"
            draft.refusals[row] = (field, ids[at], "Another row has this id already; the first is kept", remedy)
            draft.columns["id"][row] = ""
    if "number-ids" not in mends:
        words = f"The id '{show_value(ids[next(iter(changed))])}' stands in several rows, and others too."
        words = words if len({ids[at] for at in changed}) > 1 else words.replace(", and others too", "")
        drafts[0].offered.append(Mend("number-ids", len(changed), f"{words} The later ones can be numbered."))


def set_themes(drafts: Sequence[Draft], title: str) -> Mapping[str, str]:
    """Set the themes of rows as slugs, and return their names by slug in the order of first meeting."""
    themes: dict[str, str] = {}
    drafts = [draft for draft in drafts if not draft.aside]
    several = len([draft for draft in drafts if draft.layer.rows and draft.layer.name]) > 1
    for draft in drafts:
        fallback = (clean_line(draft.layer.name) if several else "") or title
        slugs = dict[str, str]()
        rows = []
        for text in draft.columns["theme"]:
            if text not in slugs:
                label = clean_line(draft.mapping.labels.get(code_of(text), text)) or fallback
                slugs[text] = _own_slug(label)
                if themes.setdefault(slugs[text], label) != text:
                    draft.kept.update(draft.mapping.of("theme"))
            rows.append(slugs[text])
        draft.columns["theme"] = rows
    if len(themes) > MOST_THEMES:
        message = (
            f"Limit reached: at most {MOST_THEMES} themes from a file; this one has {len(themes):,}. "
            "Let another column be the theme, or none."
        )
        raise InputError([Problem("limit", message)])
    return MappingProxyType(themes)


def _own_slug(label: str) -> str:
    slug = make_slug(label)
    return f"own-{slug}" if slug in set(Theme) else slug


def fill_gaps(drafts: Sequence[Draft], source: str) -> np.ndarray[Any, np.dtype[np.bool_]]:
    """Let what is there stand for what is not, since no fact is made up.

    Returns
    -------
    numpy.ndarray
        Whether `source` stands in for the source of an event, in the order of the rows that have an id by now.
    """
    unsourced = []
    for draft in drafts:
        columns, numbers = draft.columns, draft.layer.numbers
        columns["name"] = [name or identity for name, identity in zip(columns["name"], columns["id"], strict=True)]
        columns["statement"] = [told or name for told, name in zip(columns["statement"], columns["name"], strict=True)]
        if not draft.aside:
            pairs = zip(columns["source"], columns["id"], strict=True)
            unsourced += [not text for text, identity in pairs if identity]
        columns["source"] = [text or source for text in columns["source"]]
        columns["locator"] = [text or f"row {row}" for text, row in zip(columns["locator"], numbers, strict=True)]
    return np.array(unsourced, dtype=bool)


def clean_line(text: str) -> str:
    r"""Bring a text to one short line, as it stands in legends and slides; one in which nothing is to be seen is empty.

    Examples
    --------
    >>> clean_line(" a\tb\0 "), clean_line("\u200b\ufeff")
    ('a b', '')
    """
    if all(unicodedata.category(sign) in _UNSEEN for sign in text):
        return ""
    return " ".join(NO_LINE.sub(" ", text).split())[:_LONGEST_LINE].strip()


def _number_ids(ids: Sequence[str]) -> dict[int, str]:
    """Give rows whose id another has already an id of their own, with a number after it.

    Returns
    -------
    dict
        By row, its new id.

    Examples
    --------
    >>> _number_ids(["a", "a", "b", "a-2", "a"])
    {1: 'a-3', 4: 'a-4'}
    """
    taken, changed = set(ids), dict[int, str]()
    numbers: dict[str, int] = {}
    for row, identity in enumerate(ids):
        if not identity or identity not in numbers:
            numbers[identity] = 1
            continue
        number = numbers[identity] + 1
        while f"{identity}-{number}" in taken:
            number += 1
        numbers[identity] = number
        changed[row] = f"{identity}-{number}"
        taken.add(changed[row])
    return changed
