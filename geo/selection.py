"""What a view shows of a dataset, and why the rest is hidden."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from geo.citing import independent_origins
from geo.dataset import Dataset
from geo.dates import Interval, read_interval
from geo.model import Claim, Feature
from geo.view import View


class Filter(StrEnum):
    """The parts of a view that hide features, in the order in which a hidden feature is put down to one."""

    THEMES = "themes"
    PRECISIONS = "precisions"
    SOURCES = "sources"
    STATUSES = "statuses"
    KNOWN = "known"
    TIME = "time"
    ORIGINS = "origins"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Selection:
    """The features that a view shows, with the claims that pass it.

    Parameters
    ----------
    features
        Shown features in the order of the dataset, those without a shape included.
    claims
        By feature id, the claims that pass the view's filters.
    total
        Number of features in the dataset.
    hidden
        How many features each filter hides; a feature counts under the first that hides it.
    """

    features: tuple[Feature, ...]
    claims: Mapping[str, tuple[Claim, ...]]
    total: int
    hidden: Mapping[Filter, int]

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
    return Selection(tuple(shown), claims, len(dataset.features), dict(hidden))


def fold(text: str) -> str:
    """Fold text for search: compatibility forms, no accents or vowel marks, lower case.

    Examples
    --------
    >>> fold("Al-ʿArīsh")
    'al-ʿarish'
    """
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(letter for letter in decomposed if not unicodedata.category(letter).startswith("M")).lower()


def searched_text(feature: Feature) -> str:
    """Gather the words of a feature that a search looks through, folded."""
    parts = [feature.name, *feature.names.values(), *feature.aliases]
    for claim in feature.claims:
        parts += [claim.statement, claim.attributed_to]
    return fold("\n".join(parts))


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
    if view.text and not all(word in searched_text(feature) for word in fold(view.text).split()):
        return (), Filter.TEXT
    return claims, None


def _has_precision(feature: Feature, view: View) -> bool:
    if view.precisions is None:
        return True
    return feature.provenance is not None and feature.provenance.precision in view.precisions


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
    if view.since is None and view.until is None:
        return True
    when = claim.when or feature.when
    if when is None:
        return view.undated
    first = read_interval(view.since).first if view.since else None
    last = read_interval(view.until).last if view.until else None
    return Interval(first, last).overlaps(read_interval(when))


_CLAIM_FILTERS = {
    Filter.SOURCES: _is_of_source,
    Filter.STATUSES: _has_status,
    Filter.KNOWN: _is_known,
    Filter.TIME: _is_in_window,
}
