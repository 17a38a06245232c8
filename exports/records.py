"""Shown features and events as flat records: one value a column, as the formats of maps have them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import pandas as pd
import shapely
from shapely.geometry.base import BaseGeometry

from exports.references import format_reference
from geo.citing import deep_link, independent_origins
from geo.dataset import Dataset
from geo.dates import Interval, format_interval, read_interval
from geo.events import PRECISION, EventTable
from geo.model import Claim, Feature
from geo.selection import Selection

COLUMNS = {
    "feature_id": str,
    "name": str,
    "name_ar": str,
    "aliases": str,
    "theme": str,
    "when_edtf": str,
    "when_words": str,
    "first_day": str,
    "last_day": str,
    "precision": str,
    "precision_m": float,
    "method": str,
    "basis": str,
    "note": str,
    "unplaced": str,
    "claims": int,
    "origins": int,
    "evidence": str,
}
"""Columns in order, with the kind of their values; a value may be missing, except id, name, theme and the counts."""

_DTYPES = MappingProxyType({str: "string", float: "float64", int: "Int64", bool: "boolean"})
EVENT_BASIS = "a table of events of the reader's own"
"""Basis of the shapes that the atlas did not draw."""

EVENT_UNPLACED = "The reader's own table gives it no place."
"""Why an event is not on the map."""


@dataclass(frozen=True, slots=True)
class Record:
    """A shown feature or event.

    Parameters
    ----------
    values
        By the names of `COLUMNS`.
    geometry
        Longitude before latitude, degrees on WGS 84, two dimensions, rings as RFC 7946 has them; ``None`` where
        nothing is drawn.
    row
        Of an event, its number in the table.
    """

    values: dict[str, Any]
    geometry: BaseGeometry | None
    row: int | None = None


def iterate_records(dataset: Dataset, selection: Selection) -> Iterator[Record]:
    """Lay out what is shown, features before events, in the order of the data.

    Parameters
    ----------
    dataset
        What was chosen from.
    selection
        What is shown.
    """
    for feature in selection.features:
        yield Record(_feature_values(feature, selection.claims[feature.id], dataset), _plain_geometry(feature.shape))
    if dataset.events is not None:
        for row in selection.events.tolist():
            geometry = _plain_geometry(dataset.events.geometries[row])
            placed = {"basis": EVENT_BASIS} if geometry else {"unplaced": EVENT_UNPLACED}
            yield Record(_event_values(dataset.events, row) | placed, geometry, row)


def make_frame(rows: Sequence[Mapping[str, Any]], kinds: Mapping[str, type]) -> pd.DataFrame:
    """Lay rows out as a table, each column of its kind; a value may be missing.

    Parameters
    ----------
    rows
        Values by name.
    kinds
        By name in order, the kind of a column's values.
    """
    # column by column: whole numbers beside missing ones would pass through numbers of less digits
    columns = {name: pd.Series([row[name] for row in rows], dtype=_DTYPES[kind]) for name, kind in kinds.items()}
    return pd.DataFrame(columns)


def time_span(feature: Feature, claims: Iterable[Claim]) -> Interval | None:
    """Return the days that the shown claims of a feature tell of; ``None`` where one of them is undated.

    Parameters
    ----------
    feature
        Whose date a claim without one of its own has.
    claims
        Those that are shown.
    """
    dates = [claim.when or feature.when for claim in claims]
    intervals = [read_interval(when) for when in dates if when]
    if not intervals or len(intervals) < len(dates):
        return None
    firsts, lasts = [each.first for each in intervals], [each.last for each in intervals]
    first = None if None in firsts else min(day for day in firsts if day)
    last = None if None in lasts else max(day for day in lasts if day)
    return Interval(first, last)


def _feature_values(feature: Feature, claims: tuple[Claim, ...], dataset: Dataset) -> dict[str, Any]:
    provenance = feature.provenance
    return {
        "feature_id": feature.id,
        "name": feature.name,
        "name_ar": feature.names.get("ar"),
        "aliases": "; ".join(feature.aliases) or None,
        "theme": feature.theme.value,
        **_time_values(feature.when, time_span(feature, claims)),
        "precision": provenance and provenance.precision.value,
        "precision_m": provenance and provenance.precision_m,
        "method": provenance and provenance.method.value,
        "basis": provenance and provenance.basis,
        "note": provenance and provenance.note,
        "unplaced": feature.unplaced,
        "claims": len(claims),
        "origins": len(independent_origins(claims)),
        "evidence": "\n".join(_evidence(claim, dataset) for claim in claims),
    }


def _event_values(events: EventTable, row: int) -> dict[str, Any]:
    cells = {name: column[row] for name, column in events.columns.items()}
    when = cells["when"] or None
    return {
        **dict.fromkeys(COLUMNS),
        "feature_id": cells["id"],
        "name": cells["name"],
        "theme": cells["theme"],
        **_time_values(when, read_interval(when) if when else None),
        "precision": cells.get(PRECISION),
        "claims": 1,
        "origins": 1,
        "evidence": _event_evidence(cells),
    }


def _time_values(when: str | None, span: Interval | None) -> dict[str, str | None]:
    return {
        "when_edtf": when,
        "when_words": format_interval(when) if when else None,
        "first_day": span.first.isoformat() if span and span.first else None,
        "last_day": span.last.isoformat() if span and span.last else None,
    }


def _evidence(claim: Claim, dataset: Dataset) -> str:
    """Tell a claim, who says it, and where it stands, on one line."""
    source = dataset.source(claim.citation.id)
    when = f", {format_interval(claim.when)}" if claim.when else ""
    told = f"{claim.statement} [{claim.status.value}: {claim.attributed_to}{when}]"
    link = f" {deep_link(source.URL, claim.citation)}" if source.URL else ""
    return f"{told} {format_reference(source)} Paragraph {claim.citation.locator}.{link}"


def _event_evidence(cells: Mapping[str, str]) -> str:
    """Tell an event and, apart from its words, where it stands."""
    where = ", ".join(part for part in (cells["source"], cells["locator"]) if part)
    return " ".join(part for part in (cells["statement"], f"[{where}]" if where else "") if part)


def _plain_geometry(geometry: BaseGeometry | None) -> BaseGeometry | None:
    if geometry is None or geometry.is_empty:
        return None
    plain: BaseGeometry = shapely.orient_polygons(shapely.force_2d(geometry))
    return plain
