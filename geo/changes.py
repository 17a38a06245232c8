"""What changed between two versions of the data, by the stable ids of features, claims and sources."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from pydantic import BaseModel

from geo.dataset import Dataset
from geo.event_files import event_object
from geo.model import Feature


class ChangeKind(StrEnum):
    """What became of a record; the order is that of a report."""

    ADDED = "added"
    REMOVED = "removed"
    MOVED = "moved"
    REDRAWN = "redrawn"
    REGRADED = "re-graded"
    PASSAGE_REPLACED = "passage replaced"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class Change:
    """One change of one record.

    Parameters
    ----------
    kind
        What became of it. A feature is redrawn where its shape differs, and re-graded where its precision does; a
        claim is moved where it belongs to another feature, and re-graded where its status differs.
    noun
        ``feature``, ``claim``, ``source`` or ``event`` (a row of a reader's own table).
    identity
        Its id.
    field
        What of it changed; empty where all of it came or went.
    before, after
        The values, as JSON has them; ``None`` where there was or is none.
    """

    kind: ChangeKind
    noun: str
    identity: str
    field: str = ""
    before: Any = None
    after: Any = None


_KINDS = {
    ("feature", "geometry"): ChangeKind.REDRAWN,
    ("feature", "precision"): ChangeKind.REGRADED,
    ("feature", "precision_m"): ChangeKind.REGRADED,
    ("event", "geometry"): ChangeKind.REDRAWN,
    ("event", "precision"): ChangeKind.REGRADED,
    ("claim", "feature"): ChangeKind.MOVED,
    ("claim", "status"): ChangeKind.REGRADED,
    ("claim", "citation"): ChangeKind.PASSAGE_REPLACED,
}
# what a record that came or went is told by
_LABELS = {"feature": "name", "claim": "statement", "source": "title", "event": "name"}


def find_changes(old: Dataset, new: Dataset) -> tuple[Change, ...]:
    """List the changes from one version of the data to another.

    Parameters
    ----------
    old, new
        The two versions.

    Returns
    -------
    tuple of Change
        By noun, then kind, then in the order of the data.
    """
    pairs = (
        ("feature", _features(old.features), _features(new.features)),
        ("claim", _claims(old.features), _claims(new.features)),
        ("source", _sources(old), _sources(new)),
        ("event", _events(old), _events(new)),
    )
    order = list(ChangeKind)
    return tuple(
        change
        for noun, before, after in pairs
        for change in sorted(_compare(noun, before, after), key=lambda change: order.index(change.kind))
    )


def _compare(noun: str, before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[Change]:
    label = _LABELS[noun]
    for identity in after:
        if identity not in before:
            yield Change(ChangeKind.ADDED, noun, identity, after=after[identity][label])
    for identity in before:
        if identity in after:
            yield from _compare_fields(noun, identity, before[identity], after[identity])
        else:
            yield Change(ChangeKind.REMOVED, noun, identity, before=before[identity][label])


def _compare_fields(noun: str, identity: str, before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[Change]:
    for field in dict.fromkeys([*before, *after]):
        if before.get(field) != after.get(field):
            kind = _KINDS.get((noun, field), ChangeKind.CHANGED)
            yield Change(kind, noun, identity, field, before.get(field), after.get(field))


def _features(features: Iterable[Feature]) -> dict[str, dict[str, Any]]:
    found = {}
    for feature in features:
        fields = _fields(feature, {"id", "claims", "provenance"})
        # the fields of the provenance stand beside the others: each says by itself what changed
        found[feature.id] = fields | (_fields(feature.provenance, set()) if feature.provenance else {})
    return found


def _claims(features: Iterable[Feature]) -> dict[str, dict[str, Any]]:
    return {
        claim.id: {"feature": feature.id, **_fields(claim, {"id"})} for feature in features for claim in feature.claims
    }


def _sources(dataset: Dataset) -> dict[str, dict[str, Any]]:
    return {source.id: _fields(source, {"id"}) for source in dataset.sources}


def _events(dataset: Dataset) -> dict[str, dict[str, Any]]:
    table = dataset.events
    if table is None:
        return {}
    written = (event_object(table, row) for row in range(len(table)))
    return {each["id"]: {"geometry": each["geometry"], **each["properties"], "id": None} for each in written}


def _fields(record: BaseModel, but: set[str]) -> dict[str, Any]:
    return record.model_dump(mode="json", by_alias=True, exclude_none=True, exclude=but)
