"""The evidence for a feature, in words: who claims what, where it stands, and who drew the shape from what."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from geo.citing import deep_link, independent_origins
from geo.dataset import Dataset
from geo.dates import format_interval
from geo.measures import format_measure
from geo.model import Claim, Feature
from geo.selection import select
from geo.view import View
from layers.words import name_source, read_words, theme_label

Line = tuple[str, str]
"""A label and what stands beside it."""


@dataclass(frozen=True, slots=True)
class ClaimEvidence:
    """One claim in words.

    Parameters
    ----------
    statement
        What is claimed.
    lines
        Who, how, when and how many, each after its label.
    reference
        The source, and the paragraph in it.
    link
        Address of the passage, empty where the source has none.
    disputes
        What disagrees with it, and in what.
    is_shown
        Whether the claim passes the present filters.
    """

    statement: str
    lines: tuple[Line, ...]
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
        Its theme, its date, and how many independent origins stand behind it.
    claims
        In the order of the data.
    shape
        How the shape was made, or why there is none, each after its label.
    """

    name: str
    names: tuple[Line, ...]
    summary: str
    claims: tuple[ClaimEvidence, ...]
    shape: tuple[Line, ...]


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
        return None
    shown = {claim.id for claim in select(dataset, view).claims.get(feature.id, ())}
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
        shape=_tell_shape(feature, language, words),
    )


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
        reference=f"{name_source(source, view.language)}, {paragraph}: “{claim.citation.start} … {claim.citation.end}”",
        link=deep_link(source.URL, claim.citation) if source.URL else "",
        disputes=tuple(
            f"{words['disagrees']} ({words[f'about-{dispute.about}']}): {dispute.reason} "
            f"{_name_claim(dataset, other, language)}"
            for other, dispute in dataset.disputes(claim.id)
        ),
        is_shown=is_shown,
    )


def _name_claim(dataset: Dataset, identity: str, language: str) -> str:
    feature, claim = dataset.claim(identity)
    byline = dataset.source(claim.citation.id).byline
    return f"({byline}: {feature.names.get(language, feature.name)})"


def _tell_shape(feature: Feature, language: str, words: Mapping[str, str]) -> tuple[Line, ...]:
    if feature.unplaced:
        return ((words["not-drawn"], feature.unplaced),)
    provenance = feature.provenance
    if provenance is None:
        return ()
    means = words[f"precision-{provenance.precision}-means"]
    if provenance.precision_m:
        means = f"{means} {words['within'].format(_format_length(provenance.precision_m))}"
    lines = [
        (words[f"precision-{provenance.precision}"], means),
        (words[f"method-{provenance.method}"].rstrip(":"), provenance.basis),
        ("", provenance.note or ""),
    ]
    return tuple(line for line in lines if line[1])


def _format_length(length_m: float) -> str:
    return f"{length_m / 1000:g} km" if length_m >= 1000 else f"{length_m:g} m"
