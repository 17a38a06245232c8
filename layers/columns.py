"""Features and claims as columns: the compact form in which the page receives them."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import numpy as np
import shapely

from geo.checks import check_claims
from geo.citing import deep_link
from geo.dataset import Dataset
from geo.dates import format_interval, read_interval
from geo.disagreements import disagreements
from geo.measures import format_measure
from geo.model import Claim, Feature, Precision, Source, Status
from geo.view import Language

DEGREE_PARTS = 100_000
"""Coordinates travel as whole hundred-thousandths of a degree: 1.1 m at the equator, finer than any shape here."""

_LAST_SINGLE_TYPE = shapely.GeometryType.POLYGON
_DIMENSIONS_OF_AREA = 2
_EPOCH = date(1970, 1, 1)
_LANGUAGES = tuple(language.value for language in Language)


class Index:
    """Gives each distinct value a small number, in the order of first meeting."""

    def __init__(self, values: Iterable[Hashable] = ()) -> None:
        self.numbers: dict[Any, int] = {}
        for value in values:
            self.number(value)

    def number(self, value: Hashable) -> int:
        """Return the value's number, a new one where it is met for the first time."""
        return self.numbers.setdefault(value, len(self.numbers))

    @property
    def values(self) -> list[Any]:
        """The values in the order of their numbers."""
        return list(self.numbers)


@dataclass(frozen=True, slots=True)
class Indexes:
    """Numbers of what columns tell by number; each is added to as new values are met.

    Parameters
    ----------
    themes, sources
        Of slugs and ids; a reader's own event names its source in words.
    dates
        Of EDTF dates.
    origins, attributions
        Of origins of claims, and of those who say them.
    """

    themes: Index
    sources: Index
    dates: Index = field(default_factory=Index)
    origins: Index = field(default_factory=Index)
    attributions: Index = field(default_factory=Index)


def feature_columns(features: tuple[Feature, ...], indexes: Indexes) -> dict[str, Any]:
    """Lay out features as columns; what few of them have is keyed by row number.

    Parameters
    ----------
    features
        Rows, in order.
    indexes
        Numbers of themes and dates.
    """
    themes, dates = indexes.themes, indexes.dates
    precisions = list(Precision)
    provenances = [feature.provenance for feature in features]
    return {
        "id": [feature.id for feature in features],
        "name": [feature.name for feature in features],
        "theme": [themes.number(feature.theme.value) for feature in features],
        "precision": [-1 if p is None else precisions.index(p.precision) for p in provenances],
        "radius": [0 if p is None else p.precision_m or 0 for p in provenances],
        "disputed": {row: 1 for row, p in enumerate(provenances) if p is not None and p.disputed},
        "when": [-1 if feature.when is None else dates.number(feature.when) for feature in features],
        "claims": [len(feature.claims) for feature in features],
        "names": {row: feature.names for row, feature in enumerate(features)},
        "aliases": {row: feature.aliases for row, feature in enumerate(features) if feature.aliases},
        "unplaced": {row: feature.unplaced for row, feature in enumerate(features) if feature.unplaced},
        "provenance": {
            row: {"method": p.method, "basis": p.basis, "note": p.note or ""}
            for row, p in enumerate(provenances)
            if p is not None
        },
    }


def geometry_columns(shapes: Sequence[shapely.Geometry | None] | np.ndarray[Any, Any]) -> dict[str, list[int]]:
    """Lay out shapes as columns of whole numbers.

    Parameters
    ----------
    shapes
        Longitude before latitude, degrees; ``None`` where nothing is drawn.

    Returns
    -------
    dict
        ``kind`` by row: 0 nothing, 1 one point, 2 line or several points, 3 area. ``rings``: how many lines, points
        or rings each row of kind 2 and 3 has. ``sizes``: positions of each of those. ``xy``: longitude and latitude in
        turn, in `DEGREE_PARTS`, each as the difference from the one before it. Rings run one way and their holes the
        other, so that areas of one theme, which are one path, can lie upon each other.
    """
    geometries = np.asarray(shapes, dtype=object)
    dimensions, positions = shapely.get_dimensions(geometries), shapely.get_num_coordinates(geometries)
    geometries = _with_rings_turned(geometries, dimensions == _DIMENSIONS_OF_AREA)
    # several points are pieces of a line's kind, each of one position
    dimensions = np.where(positions > 1, np.maximum(dimensions, 1), 0)
    kinds = np.where(shapely.is_missing(geometries) | shapely.is_empty(geometries), 0, dimensions + 1)
    many = geometries[kinds > 1]
    parts, owners = many, np.arange(len(many))
    while (shapely.get_type_id(parts) > _LAST_SINGLE_TYPE).any():
        parts, indexes = shapely.get_parts(parts, return_index=True)
        kept = ~shapely.is_empty(parts)
        parts, owners = parts[kept], owners[indexes][kept]
    pieces, piece_owners = _rings_and_lines(parts, owners)
    xy = np.round(shapely.get_coordinates(geometries) * DEGREE_PARTS).astype(np.int64)
    return {
        "kind": kinds.tolist(),
        "rings": np.bincount(piece_owners, minlength=len(many)).tolist(),
        "sizes": shapely.get_num_coordinates(pieces).tolist(),
        "xy": np.diff(xy, axis=0, prepend=np.zeros((1, 2), np.int64)).ravel().tolist(),
    }


def _with_rings_turned(geometries: Any, has_rings: Any) -> Any:
    """Turn outer rings counterclockwise and holes clockwise; what has no rings costs nothing."""
    turned = geometries.copy()
    turned[has_rings] = shapely.orient_polygons(geometries[has_rings])
    return turned


def _rings_and_lines(parts: Any, owners: Any) -> tuple[Any, Any]:
    is_area = shapely.get_dimensions(parts) == _DIMENSIONS_OF_AREA
    rings, ring_parts = shapely.get_rings(parts[is_area], return_index=True)
    places = np.flatnonzero(is_area)[ring_parts]
    pieces = np.concatenate([rings, parts[~is_area]])
    order = np.argsort(np.concatenate([places, np.flatnonzero(~is_area)]), kind="stable")
    piece_owners = np.concatenate([owners[places], owners[~is_area]])
    return pieces[order], piece_owners[order].astype(np.int64)


def claim_columns(dataset: Dataset, indexes: Indexes) -> dict[str, Any]:
    """Lay out the claims of a dataset as columns, in the order of its features.

    Parameters
    ----------
    dataset
        Whose claims are laid out.
    indexes
        Numbers of sources, dates, origins and attributions.
    """
    claims = [claim for feature in dataset.features for claim in feature.claims]
    links = {source.id: source.URL for source in dataset.sources if source.URL}
    statuses = list(Status)
    sources, dates, origins, attributions = indexes.sources, indexes.dates, indexes.origins, indexes.attributions
    return {
        "id": [claim.id for claim in claims],
        "source": [sources.number(claim.citation.id) for claim in claims],
        "status": [statuses.index(claim.status) for claim in claims],
        "when": [-1 if claim.when is None else dates.number(claim.when) for claim in claims],
        "reported": [dates.number(claim.reported) for claim in claims],
        "origin": [origins.number(claim.origin or claim.citation.id) for claim in claims],
        "by": [attributions.number(claim.attributed_to) for claim in claims],
        "statement": [claim.statement for claim in claims],
        "locator": [int(claim.citation.locator) for claim in claims],
        "start": [claim.citation.start for claim in claims],
        "end": [claim.citation.end for claim in claims],
        "link": {
            row: deep_link(links[c.citation.id], c.citation) for row, c in enumerate(claims) if c.citation.id in links
        },
        "measures": {row: _measures(claim) for row, claim in enumerate(claims) if claim.measures},
        "findings": finding_column(dataset),
    }


def finding_column(dataset: Dataset) -> dict[int, list[dict[str, Any]]]:
    """List what became of checking the claims' numbers, by the claims' row numbers.

    Parameters
    ----------
    dataset
        Whose claims are numbered in the order of its features.
    """
    rows = _row_numbers(dataset)
    found: dict[int, list[dict[str, Any]]] = {}
    for finding in check_claims(dataset):
        entry = {"verdict": finding.verdict.value, "words": finding.words}
        found.setdefault(rows[finding.claim], []).append(entry)
    return found


def disagreement_column(dataset: Dataset) -> list[dict[str, Any]]:
    """List the pairs of claims that disagree, each once, by the claims' row numbers.

    Parameters
    ----------
    dataset
        Whose claims are numbered in the order of its features.
    """
    rows = _row_numbers(dataset)
    return [
        {
            "claims": [rows[side.claim.id] for side in pair.sides],
            "about": pair.about,
            "reason": pair.reason,
            "difference": dict(pair.difference),
        }
        for pair in disagreements(dataset)
    ]


def _row_numbers(dataset: Dataset) -> dict[str, int]:
    claims = (claim for feature in dataset.features for claim in feature.claims)
    return {claim.id: row for row, claim in enumerate(claims)}


def _measures(claim: Claim) -> dict[str, list[str]]:
    return {language: [format_measure(measure, language) for measure in claim.measures] for language in _LANGUAGES}


def source_records(sources: tuple[Source, ...], dates: Index) -> list[dict[str, Any]]:
    """Write sources as the page tells them.

    Parameters
    ----------
    sources
        The cited works, in the order of their numbers.
    dates
        Numbers of the EDTF dates, added to as they are met.
    """
    return [
        {
            "id": source.id,
            "title": source.title,
            "byline": source.byline,
            "container": source.container_title or source.publisher or "",
            "published": dates.number(source.published),
            "url": source.URL or "",
            "inferred": source.inferred,
        }
        for source in sources
    ]


def date_column(dates: Index, worded: int) -> dict[str, Any]:
    """Lay out dates: as written, their first and last day counted from 1970-01-01, and their words by language.

    Parameters
    ----------
    dates
        The EDTF dates and their numbers.
    worded
        How many of them, from the first, are told in words; the page tells the rest as it meets them.
    """
    intervals = [read_interval(text) for text in dates.values]
    return {
        "edtf": dates.values,
        "first": [_day_number(interval.first) for interval in intervals],
        "last": [_day_number(interval.last) for interval in intervals],
        "words": {
            language: [format_interval(text, language) for text in dates.values[:worded]] for language in _LANGUAGES
        },
    }


def _day_number(day: date | None) -> int | None:
    return None if day is None else (day - _EPOCH).days
