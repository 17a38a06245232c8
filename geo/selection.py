"""What a view shows of a dataset, and why the rest is hidden."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from geo.citing import independent_origins
from geo.dataset import Dataset
from geo.dates import Interval, read_interval
from geo.event_selection import select_events
from geo.filters import Filter, fold, window_of
from geo.model import Claim, Feature
from geo.view import View


@dataclass(frozen=True, slots=True)
class Selection:
    """The features that a view shows, with the claims that pass it.

    Parameters
    ----------
    features
        Shown features in the order of the dataset, those without a shape included.
    claims
        By feature id, the claims that pass the view's filters.
    events
        Row numbers of the shown events of a reader's own table; none where there is no table.
    total
        Number of features and events in the dataset.
    hidden
        How many features each filter hides; a feature counts under the first that hides it.
    """

    features: tuple[Feature, ...]
    claims: Mapping[str, tuple[Claim, ...]]
    events: np.ndarray[Any, Any]
    total: int
    hidden: Mapping[Filter, int]

    @property
    def shown(self) -> int:
        """Number of shown features and events."""
        return len(self.features) + len(self.events)

    @property
    def drawn(self) -> tuple[Feature, ...]:
        """Shown features that have a shape."""
        return tuple(feature for feature in self.features if feature.geometry is not None)


def select(dataset: Dataset, view: View) -> Selection:
    """Tell what a view shows of a dataset.

    A feature is shown if its theme, precision, origins and words pass, and at least one of its claims
    passes source, status, day of report and time window. A claim without a date of its own has its feature's.

    Parameters
    ----------
    dataset
        The features and their claims.
    view
        What to show; its extent frames the map and hides nothing.
    """
    shown: list[Feature] = []
    claims: dict[str, tuple[Claim, ...]] = {}
    hidden: Counter[Filter] = Counter()
    for feature in dataset.features:
        passing, reason = _weigh(feature, view)
        if reason is None:
            shown.append(feature)
            claims[feature.id] = passing
        else:
            hidden[reason] += 1
    rows, total = np.array([], dtype=np.int64), len(dataset.features)
    if dataset.events is not None:
        rows, hidden_events = select_events(dataset.events, view)
        hidden.update(hidden_events)
        total += len(dataset.events)
    return Selection(tuple(shown), claims, rows, total, dict(hidden))


def _weigh(feature: Feature, view: View) -> tuple[tuple[Claim, ...], Filter | None]:
    if view.themes is not None and feature.theme not in view.themes:
        return (), Filter.THEMES
    if not _has_precision(feature, view):
        return (), Filter.PRECISIONS
    claims = feature.claims
    for name, passes in _CLAIM_FILTERS.items():
        claims = tuple(claim for claim in claims if passes(feature, claim, view))
        if not claims:
            return (), name
    if len(independent_origins(claims)) < view.origins:
        return (), Filter.ORIGINS
    if not _has_words(feature, view):
        return (), Filter.TEXT
    return claims, None


def _has_precision(feature: Feature, view: View) -> bool:
    if view.precisions is None:
        return True
    return feature.provenance is not None and feature.provenance.precision in view.precisions


def _has_words(feature: Feature, view: View) -> bool:
    words = fold(view.text).split()
    if not words:
        return True
    text = _searched_text(feature)
    return all(word in text for word in words)


def _searched_text(feature: Feature) -> str:
    """Gather the words of a feature that a search looks through, folded."""
    parts = [feature.name, *feature.names.values(), *feature.aliases]
    for claim in feature.claims:
        parts += [claim.statement, claim.attributed_to]
    return fold("\n".join(parts))


def _is_of_source(_: Feature, claim: Claim, view: View) -> bool:
    return view.sources is None or claim.citation.id in view.sources


def _has_status(_: Feature, claim: Claim, view: View) -> bool:
    return view.statuses is None or claim.status in view.statuses


def _is_known(_: Feature, claim: Claim, view: View) -> bool:
    if view.known is None:
        return True
    # a month of publication counts from its first day: the report may have been read then
    return Interval(None, read_interval(view.known).last).overlaps(read_interval(claim.reported))


def _is_in_window(feature: Feature, claim: Claim, view: View) -> bool:
    window = window_of(view)
    if window is None:
        return True
    when = claim.when or feature.when
    return view.undated if when is None else window.overlaps(read_interval(when))


_CLAIM_FILTERS = {
    Filter.SOURCES: _is_of_source,
    Filter.STATUSES: _has_status,
    Filter.KNOWN: _is_known,
    Filter.TIME: _is_in_window,
}
