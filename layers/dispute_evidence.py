"""Two claims that disagree, side by side, in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from geo.dates import format_interval
from geo.disagreements import Disagreement, Side
from geo.view import View
from layers.words import name_source, read_words


@dataclass(frozen=True, slots=True)
class DisputeEvidence:
    """Two claims that disagree, side by side.

    Parameters
    ----------
    about, reason
        In what they disagree, and why it is thought so.
    difference
        The measured difference, empty where there is nothing to measure.
    rows
        A label, and what stands beside it on either side.
    """

    about: str
    reason: str
    difference: str
    rows: tuple[tuple[str, str, str], ...]


def tell_dispute(dispute: Disagreement, view: View) -> DisputeEvidence:
    """Tell two claims that disagree, side by side.

    Parameters
    ----------
    dispute
        One of `geo.disagreements.disagreements`.
    view
        Its language.
    """
    words, language = read_words(view.language), view.language.value
    columns = [_tell_side(side, view, words) for side in dispute.sides]
    labels = ("side-statement", "reported-by", "happened", "side-source", "on-the-map")
    rows = ((words[label], *cells) for label, *cells in zip(labels, *columns, strict=True))
    return DisputeEvidence(
        about=words[f"about-{dispute.about}"],
        reason=dispute.reason,
        difference=dispute.difference.get(language, ""),
        rows=tuple(row for row in rows if any(row[1:])),
    )


def _tell_side(side: Side, view: View, words: Mapping[str, str]) -> tuple[str, ...]:
    claim, feature, language = side.claim, side.feature, view.language.value
    name = feature.names.get(language, feature.name)
    return (
        claim.statement,
        claim.attributed_to,
        format_interval(claim.when, language) if claim.when else "",
        f"{name_source(side.source, view.language)}, {words['paragraph'].format(claim.citation.locator)}",
        name if feature.geometry else f"{name} ({words['shelf']})",
    )
