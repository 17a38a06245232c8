"""What a view shows as tables for the screen: words to read, and dates that sort."""

from __future__ import annotations

from typing import Any

from geo.checks import check_claim
from geo.citing import deep_link, independent_origins
from geo.dataset import Dataset
from geo.dates import format_interval
from geo.measures import format_measure
from geo.model import Claim, Feature
from geo.selection import select
from geo.view import View
from layers.words import read_words, theme_label

FEATURE_COLUMNS = ("name", "name-ar", "theme", "when", "edtf", "precision", "claims", "origins", "sources")
CLAIM_COLUMNS = (
    *("name", "theme", "statement", "by", "status", "when", "edtf"),
    *("numbers", "checks", "source", "paragraph", "link"),
)
"""Keys of the columns; each is called ``column-KEY`` among the words of the app. ``edtf`` sorts by time."""


def feature_rows(dataset: Dataset, view: View) -> list[dict[str, Any]]:
    """Lay out the shown features, one a row, keyed by `FEATURE_COLUMNS`.

    Parameters
    ----------
    dataset
        What is chosen from.
    view
        What to show; only claims that pass are counted.
    """
    words, selection = read_words(view.language), select(dataset, view)
    rows = []
    for feature in selection.features:
        claims = selection.claims[feature.id]
        precision = feature.provenance and feature.provenance.precision
        rows.append(
            _shared_cells(feature, feature.when, view)
            | {
                "name-ar": feature.names.get("ar"),
                "precision": words[f"precision-{precision}"] if precision else None,
                "claims": len(claims),
                "origins": len(independent_origins(claims)),
                "sources": ", ".join(sorted({dataset.source(claim.citation.id).byline for claim in claims})),
            }
        )
    return rows


def claim_rows(dataset: Dataset, view: View) -> list[dict[str, Any]]:
    """Lay out the shown claims, one a row, keyed by `CLAIM_COLUMNS`.

    Parameters
    ----------
    dataset
        What is chosen from.
    view
        What to show.
    """
    selection = select(dataset, view)
    return [
        _shared_cells(feature, claim.when or feature.when, view) | _claim_cells(dataset, claim, view)
        for feature in selection.features
        for claim in selection.claims[feature.id]
    ]


def _shared_cells(feature: Feature, when: str | None, view: View) -> dict[str, Any]:
    return {
        "name": feature.names.get(view.language.value, feature.name),
        "theme": theme_label(feature.theme.value, view.language),
        "when": format_interval(when, view.language.value) if when else None,
        "edtf": when,
    }


def _claim_cells(dataset: Dataset, claim: Claim, view: View) -> dict[str, Any]:
    source = dataset.source(claim.citation.id)
    return {
        "statement": claim.statement,
        "by": claim.attributed_to,
        "status": read_words(view.language)[f"status-{claim.status}"],
        "numbers": "; ".join(format_measure(measure, view.language.value) for measure in claim.measures) or None,
        "checks": " ".join(finding.words[view.language.value] for finding in check_claim(claim, dataset)) or None,
        "source": source.byline,
        "paragraph": int(claim.citation.locator),
        "link": deep_link(source.URL, claim.citation) if source.URL else None,
    }
