"""What a view shows as tables for the screen: words to read, and dates that sort."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import islice
from typing import Any

from geo.checks import check_claim
from geo.citing import deep_link, independent_origins
from geo.dataset import Dataset
from geo.dates import format_interval
from geo.events import PRECISION
from geo.measures import format_measure
from geo.model import Claim, Feature, Precision, Status
from geo.selection import Selection, select
from geo.view import View
from layers.words import read_words, theme_label

FEATURE_COLUMNS = ("name", "theme", "when", "sources", "claims", "origins", "precision", "name-ar", "edtf")
CLAIM_COLUMNS = (
    *("name", "theme", "statement", "by", "status", "when"),
    *("numbers", "checks", "source", "paragraph", "link", "edtf"),
)
"""Keys of the columns; each is called ``column-KEY`` among the words of the app. ``edtf`` sorts by time."""


MOST_ROWS = 500
"""Rows that a table for the screen has at most: each change of the map sends them anew."""

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Table:
    """The first rows of what a view shows.

    Parameters
    ----------
    rows
        By the keys of the columns; at most `MOST_ROWS`.
    total
        How many rows there are in all.
    """

    rows: list[Row]
    total: int


def feature_table(dataset: Dataset, view: View) -> Table:
    """Lay out the shown features and events, one a row, keyed by `FEATURE_COLUMNS`.

    Parameters
    ----------
    dataset
        What is chosen from.
    view
        What to show; only claims that pass are counted.
    """
    selection = select(dataset, view)
    rows = (_feature_row(dataset, feature, selection.claims[feature.id], view) for feature in selection.features)
    return _cut(rows, len(selection.features), _event_rows(dataset, selection, view, _event_cells), selection)


def claim_table(dataset: Dataset, view: View) -> Table:
    """Lay out the shown claims, those of events among them, one a row, keyed by `CLAIM_COLUMNS`.

    Parameters
    ----------
    dataset
        What is chosen from.
    view
        What to show.
    """
    selection = select(dataset, view)
    rows = (
        _shared_cells(feature, claim.when or feature.when, view) | _claim_cells(dataset, claim, view)
        for feature in selection.features
        for claim in selection.claims[feature.id]
    )
    count = sum(len(claims) for claims in selection.claims.values())
    return _cut(rows, count, _event_rows(dataset, selection, view, _event_claim_cells), selection)


def _cut(rows: Iterable[Row], count: int, events: Iterable[Row], selection: Selection) -> Table:
    first = list(islice(rows, MOST_ROWS))
    return Table([*first, *islice(events, MOST_ROWS - len(first))], count + len(selection.events))


def _feature_row(dataset: Dataset, feature: Feature, claims: tuple[Claim, ...], view: View) -> Row:
    precision = feature.provenance and feature.provenance.precision
    return _shared_cells(feature, feature.when, view) | {
        "name-ar": feature.names.get("ar"),
        "precision": read_words(view.language)[f"precision-{precision}"] if precision else None,
        "claims": len(claims),
        "origins": len(independent_origins(claims)),
        "sources": ", ".join(sorted({dataset.source(claim.citation.id).byline for claim in claims})),
    }


def _event_rows(
    dataset: Dataset, selection: Selection, view: View, rest: Callable[[dict[str, str], View], Row]
) -> Iterable[Row]:
    """Lay out events one by one, as they are asked for: of a large table only the first are."""
    columns = dataset.events.columns if dataset.events else {}
    for row in selection.events:
        cells = {name: column[row] for name, column in columns.items()}
        when = cells["when"] or None
        yield {
            "name": cells["name"],
            "theme": theme_label(cells["theme"], view.language, dataset.tables),
            "when": format_interval(when, view.language.value) if when else None,
            "edtf": when,
        } | rest(cells, view)


def _event_cells(cells: dict[str, str], view: View) -> Row:
    precision = read_words(view.language)[f"precision-{cells.get(PRECISION, Precision.EXACT)}"]
    return {"name-ar": None, "precision": precision, "claims": 1, "origins": 1, "sources": cells["source"]}


def _event_claim_cells(cells: dict[str, str], view: View) -> Row:
    return {
        "statement": cells["statement"],
        "by": cells["source"],
        "status": read_words(view.language)[f"status-{Status.REPORTED}"],
        "numbers": None,
        "checks": None,
        "source": cells["source"],
        "paragraph": cells["locator"],
        "link": None,
    }


def _shared_cells(feature: Feature, when: str | None, view: View) -> Row:
    return {
        "name": feature.names.get(view.language.value, feature.name),
        "theme": theme_label(feature.theme.value, view.language),
        "when": format_interval(when, view.language.value) if when else None,
        "edtf": when,
    }


def _claim_cells(dataset: Dataset, claim: Claim, view: View) -> Row:
    source = dataset.source(claim.citation.id)
    return {
        "statement": claim.statement,
        "by": claim.attributed_to,
        "status": read_words(view.language)[f"status-{claim.status}"],
        "numbers": "; ".join(format_measure(measure, view.language.value) for measure in claim.measures) or None,
        "checks": " ".join(finding.words[view.language.value] for finding in check_claim(claim, dataset)) or None,
        "source": source.byline,
        # numbers sort; beside events, whose places in a source are any text, a column can hold text only
        "paragraph": int(claim.citation.locator) if dataset.events is None else claim.citation.locator,
        "link": deep_link(source.URL, claim.citation) if source.URL else None,
    }
