"""Events as columns, after those of the features: one claim each, and no object made for an event alone."""

from __future__ import annotations

from typing import Any

import numpy as np

from geo.events import EventTable
from geo.model import Status
from layers.columns import Index, Indexes

_NONE = -1


def append_events(columns: dict[str, Any], events: EventTable, indexes: Indexes) -> None:
    """Append a table of events to the columns of a dataset's features and claims, their geometry apart.

    Parameters
    ----------
    columns
        ``features`` and ``claims`` as `layers.columns` lays them out; lengthened in place.
    events
        What is appended. A shape is drawn where it is given, as exactly as its table says; what is claimed stands
        as reported by its source.
    indexes
        As those columns have them.
    """
    count, features, claims, given = len(events), columns["features"], columns["claims"], events.columns
    features["id"] += given["id"].tolist()
    features["name"] += given["name"].tolist()
    features["theme"] += _numbers(events, "theme", indexes.themes)
    features["precision"] += events.precisions.tolist()
    features["radius"] += [0] * count
    features["when"] += [_NONE] * count
    features["claims"] += [1] * count
    claims["source"] += _numbers(events, "source", indexes.sources)
    claims["status"] += [list(Status).index(Status.REPORTED)] * count
    claims["when"] += _numbers(events, "when", indexes.dates)
    claims["reported"] += [_NONE] * count
    claims["origin"] += _numbers(events, "source", indexes.origins)
    claims["by"] += _numbers(events, "source", indexes.attributions)
    claims["statement"] += given["statement"].tolist()
    claims["locator"] += given["locator"].tolist()


def _numbers(events: EventTable, name: str, index: Index) -> list[int]:
    codes, values = events.numbered(name)
    numbers = np.array([index.number(value) if value else _NONE for value in values], dtype=np.int64)
    return numbers[codes].tolist() if len(codes) else []
