"""The evidence for a feature, in words: its claims with checks and disagreements, and apart from them its shape."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from geo.checks import check_claim
from geo.citing import deep_link, independent_origins
from geo.dataset import Dataset
from geo.dates import format_interval
from geo.disagreements import disagreements
from geo.event_selection import select_events
from geo.events import EventTable, tell_cell
from geo.measures import format_amount, format_measure
from geo.model import Claim, Feature, Precision
from geo.rounding import Agreement
from geo.selection import select
from geo.view import View
from layers.dispute_evidence import DisputeEvidence, tell_dispute
from layers.words import name_source, read_words, tell_precision, theme_label

_ROW = re.compile(r"row (\d+)", re.ASCII)

Line = tuple[str, str]
"""A label and what stands beside it."""

MOST_FIELDS = 200
"""Cells of an own table's row that are shown; the exports hold all."""


@dataclass(frozen=True, slots=True)
class Check:
    """What became of checking a number of a claim: in words, and a mark where it fails, else empty."""

    words: str
    mark: str


@dataclass(frozen=True, slots=True)
class ClaimEvidence:
    """One claim in words.

    Parameters
    ----------
    statement
        What is claimed.
    lines
        Who, how, when and how many, each after its label.
    checks
        Of its numbers.
    reference
        The source, and the paragraph in it.
    link
        Address of the passage, empty where the source has none.
    disputes
        With whom it disagrees, and in what.
    is_shown
        Whether the claim passes the present filters.
    """

    statement: str
    lines: tuple[Line, ...]
    checks: tuple[Check, ...]
    reference: str
    link: str
    disputes: tuple[str, ...]
    is_shown: bool


@dataclass(frozen=True, slots=True)
class FeatureEvidence:
    """A feature in words.

    Parameters
    ----------
    name
        In the reader's language.
    names
        In the other languages, and as the articles spell it.
    summary
        Its theme, its date, and how many independent origins stand behind it; nobody knows that of a reader's
        own event.
    claims
        In the order of the data.
    disputes
        The disagreements of its claims, each pair once.
    shape
        Who drew the shape, from what, by which rule and how exactly, or why there is none, each after its label.
    row
        Of an event of a reader's own: its table, and what its other columns hold, each after its name.
    """

    name: str
    names: tuple[Line, ...]
    summary: str
    claims: tuple[ClaimEvidence, ...]
    disputes: tuple[DisputeEvidence, ...]
    shape: tuple[Line, ...]
    row: tuple[Line, ...] = ()


def tell_evidence(dataset: Dataset, view: View) -> FeatureEvidence | None:
    """Tell the evidence for the selected feature; ``None`` where none is selected or the dataset lacks it.

    Parameters
    ----------
    dataset
        The features and their sources.
    view
        Which feature, in which language, and which claims pass.
    """
    feature = next((feature for feature in dataset.features if feature.id == view.feature), None)
    if feature is None:
        event = dataset.events.find(view.feature) if dataset.events and view.feature else None
        return _tell_event(event, view) if event else None
    # weighed alone: of many features the rest would take longest
    alone = replace(dataset, features=(feature,), events=None)
    shown = {claim.id for claim in select(alone, view).claims.get(feature.id, ())}
    words, language = read_words(view.language), view.language.value
    origins = len(independent_origins(feature.claims))
    summary = (
        theme_label(feature.theme.value, view.language),
        format_interval(feature.when, language) if feature.when else "",
        words["origins-many"].format(origins) if origins > 1 else words["origins-one"],
    )
    return FeatureEvidence(
        name=feature.names.get(language, feature.name),
        names=_other_names(feature, language, words),
        summary=" · ".join(part for part in summary if part),
        claims=tuple(_tell_claim(dataset, claim, view, is_shown=claim.id in shown) for claim in feature.claims),
        disputes=tuple(
            tell_dispute(dispute, view)
            for dispute in disagreements(dataset)
            if feature.id in {side.feature.id for side in dispute.sides}
        ),
        shape=_tell_shape(feature, view),
    )


def _tell_locator(locator: str, words: Mapping[str, str]) -> str:
    """Tell where in its source an event stands: a number counts paragraphs, and an intake counts rows."""
    row = _ROW.fullmatch(locator)
    if row:
        return words["row-of-table"].format(row[1])
    # a reader's own words for a place say themselves what they count
    return words["paragraph"].format(locator) if locator.isdecimal() else locator


def _tell_event(event: EventTable, view: View) -> FeatureEvidence:
    """Tell a table's only event: one claim, put forward by its source, drawn where it was given."""
    cells = {name: str(column[0]) for name, column in event.columns.items()}
    words, when = read_words(view.language), cells["when"] and format_interval(cells["when"], view.language.value)
    rows, _ = select_events(event, view)
    place = _tell_locator(cells["locator"], words)
    claim = ClaimEvidence(
        statement=cells["statement"],
        lines=tuple(line for line in ((words["happened"], when),) if when),
        checks=(),
        reference=", ".join(part for part in (cells["source"] or words["source-not-stated"], place) if part),
        link="",
        disputes=(),
        is_shown=len(rows) > 0,
    )
    summary = (theme_label(cells["theme"], view.language, event.tables), when)
    return FeatureEvidence(
        name=cells["name"],
        names=(),
        summary=" · ".join(part for part in summary if part),
        claims=(claim,),
        disputes=(),
        shape=_tell_own_shape(event, view),
        row=_tell_row(event, view),
    )


def _tell_row(event: EventTable, view: View) -> tuple[Line, ...]:
    """Tell what a table says beyond what the atlas reads of it; empty cells say nothing."""
    words, theme = read_words(view.language), event.columns["theme"][0]
    credit = next((table.credit for table in event.tables if theme in table.themes), "")
    cells = [(name, tell_cell(column[0])) for name, column in event.attributes.items() if column[0] is not None]
    cells = [(name, value) for name, value in cells if value]
    left = len(cells) - MOST_FIELDS
    more = [("", words["row-more"].format(left))] if left > 0 else []
    table = [(words["row-table"], credit)] if credit else []
    return (*table, *cells[:MOST_FIELDS], *more)


def _tell_own_shape(event: EventTable, view: View) -> tuple[Line, ...]:
    precision = event.precision_of(0)
    if precision in {None, Precision.EXACT} or event.geometries[0] is None:
        return ()
    return ((read_words(view.language)["drawn-exactness"], tell_precision(precision, view.language, is_own=True)),)


def _other_names(feature: Feature, language: str, words: Mapping[str, str]) -> tuple[Line, ...]:
    others = [name for code, name in feature.names.items() if code != language]
    lines = [("", " · ".join(others)), (words["also-written"], ", ".join(feature.aliases))]
    return tuple(line for line in lines if line[1])


def _tell_claim(dataset: Dataset, claim: Claim, view: View, *, is_shown: bool) -> ClaimEvidence:
    words, language = read_words(view.language), view.language.value
    source = dataset.source(claim.citation.id)
    lines = (
        (words["reported-by"], claim.attributed_to),
        (words["put-forward-as"], words[f"status-{claim.status}"]),
        (words["happened"], format_interval(claim.when, language) if claim.when else ""),
        (words["published"], format_interval(claim.reported, language)),
        (words["numbers"], "; ".join(format_measure(measure, language) for measure in claim.measures)),
    )
    paragraph = words["paragraph"].format(claim.citation.locator)
    return ClaimEvidence(
        statement=claim.statement,
        lines=tuple(line for line in lines if line[1]),
        checks=tuple(
            Check(
                finding.words[language],
                words[f"check-fails-{finding.kind}"] if finding.verdict is Agreement.FAILS else "",
            )
            for finding in check_claim(claim, dataset)
        ),
        reference=f"{name_source(source, view.language)}, {paragraph}: “{claim.citation.start} … {claim.citation.end}”",
        link=deep_link(source.URL, claim.citation) if source.URL else "",
        disputes=tuple(
            words["dispute-with"].format(words[f"about-{dispute.about}"], _name_claim(dataset, other, language))
            for other, dispute in dataset.disputes(claim.id)
        ),
        is_shown=is_shown,
    )


def _name_claim(dataset: Dataset, identity: str, language: str) -> str:
    feature, claim = dataset.claim(identity)
    byline = dataset.source(claim.citation.id).byline
    return f"{byline}: {feature.names.get(language, feature.name)}"


def _tell_shape(feature: Feature, view: View) -> tuple[Line, ...]:
    words = read_words(view.language)
    if feature.unplaced:
        return ((words["not-drawn"], feature.unplaced),)
    provenance = feature.provenance
    if provenance is None:
        return ()
    exactness = tell_precision(provenance.precision, view.language)
    if provenance.precision_m:
        exactness = f"{exactness} {words['within'].format(_format_length(provenance.precision_m, view.language))}"
    lines = [
        (words["drawn-by"], words["drawn-by-atlas"]),
        (words["drawn-from"], provenance.basis),
        (words["drawn-rule"], words[f"rule-{provenance.method}"]),
        (words["drawn-exactness"], exactness),
        ("", provenance.note or ""),
    ]
    return tuple(line for line in lines if line[1])


def _format_length(length_m: float, language: str) -> str:
    value, unit = (length_m / 1000, "km") if length_m >= 1000 else (length_m, "m")
    return format_amount(value, unit, language)
