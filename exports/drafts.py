"""Drafts of the places of a new article: as JSON to edit, as lines to read."""

from __future__ import annotations

import json
from collections.abc import Sequence

from geo.suggesting import Suggestion, draft_of
from geo.wording import escape_controls

FORMATS = ("json", "text")
"""Forms that a draft is written in."""


def format_draft(suggestions: Sequence[Suggestion], source: str, form: str) -> str:
    """Write suggestions in one of `FORMATS`.

    Parameters
    ----------
    suggestions
        Places proposed, in order.
    source
        Id of the article's source.
    form
        ``json`` or ``text``.
    """
    if form == "json":
        return json.dumps(draft_of(suggestions, source), ensure_ascii=False, indent=2)
    return "\n".join([*map(_line, suggestions), f"{len(suggestions)} names found. Read each paragraph and choose."])


def _line(suggestion: Suggestion) -> str:
    meanings = [
        f"{c.feature} (in the atlas)" if c.feature else _tell_record(c.name, c.record) for c in suggestion.candidates
    ]
    spellings = ", ".join(suggestion.spellings)
    paragraphs = ", ".join(map(str, suggestion.paragraphs))
    return escape_controls(f"{spellings}: {' or '.join(meanings) or 'not known'}; paragraph {paragraphs}")


def _tell_record(name: str, record: int | None) -> str:
    return f"{name} (GeoNames {record})" if record is not None else f"{name} (no position known)"
