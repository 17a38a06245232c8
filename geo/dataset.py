"""The data as one frozen value: features, claims, sources and ground, read and checked; several joined."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from geo.data_files import EVENTS, MOST_EVENT_BYTES, PLACES, TOURS, part_events, read_files
from geo.errors import InputError, Problem
from geo.json_reading import parse_json, read_bytes
from geo.model import Claim, Dispute, Feature, Source
from geo.own_files import damaged, read_own_bytes, read_own_json
from geo.tours import Tour, read_tours
from geo.validation import check_collection
from geo.wording import show_value

if TYPE_CHECKING:
    from geo.events import EventTable
    from geo.own_tables import OwnTable

PACKAGED_DATA = Path(__file__).resolve().parent.parent / "data"
"""Folder of the atlas's own data."""

_BASEMAP = "basemap.geojson"
_MAX_VERSION = 40

RecordT = TypeVar("RecordT")


@dataclass(frozen=True, eq=False)
class Dataset:
    """What the atlas knows; two readings are told apart by `sha256`, in memory by identity.

    Parameters
    ----------
    features
        In the order of the file, those without a shape included.
    sources
        The works that the claims cite.
    basemap
        GeoJSON FeatureCollection of the ground to orient by; it makes no claim.
    version
        Calendar version of the data, empty where the file states none.
    sha256
        Of the bytes of all files that were read, in hexadecimal.
    tours
        Guided stories about the features; none where the data bring none.
    events
        A reader's own table of events, beside the features; ``None`` where there is none.
    """

    features: tuple[Feature, ...]
    sources: tuple[Source, ...]
    basemap: Mapping[str, Any]
    version: str
    sha256: str
    tours: tuple[Tour, ...] = ()
    events: EventTable | None = None

    @property
    def tables(self) -> tuple[OwnTable, ...]:
        """What readers tell of the tables that their events come from, in the order of the legend."""
        return self.events.tables if self.events is not None else ()

    def feature(self, identity: str) -> Feature:
        """Return the feature of that id.

        Raises
        ------
        KeyError
            If no feature has it.
        """
        return _find(self._features, identity, "feature")

    def claim(self, identity: str) -> tuple[Feature, Claim]:
        """Return the claim of that id, after the feature that it belongs to.

        Raises
        ------
        KeyError
            If no claim has it.
        """
        return _find(self._claims, identity, "claim")

    def source(self, identity: str) -> Source:
        """Return the source of that id.

        Raises
        ------
        KeyError
            If no source has it.
        """
        return _find(self._sources, identity, "source")

    def disputes(self, identity: str) -> tuple[tuple[str, Dispute], ...]:
        """Return what a claim is in dispute with: ids of the other claims, each with the dispute.

        The data tell a dispute on one side; it is found from both.
        """
        return self._disputes.get(identity, ())

    @cached_property
    def _features(self) -> dict[str, Feature]:
        return {feature.id: feature for feature in self.features}

    @cached_property
    def _claims(self) -> dict[str, tuple[Feature, Claim]]:
        return {claim.id: (feature, claim) for feature in self.features for claim in feature.claims}

    @cached_property
    def _sources(self) -> dict[str, Source]:
        return {source.id: source for source in self.sources}

    @cached_property
    def _disputes(self) -> dict[str, tuple[tuple[str, Dispute], ...]]:
        found: dict[str, dict[tuple[str, str], Dispute]] = {}
        for _, claim in self._claims.values():
            for dispute in claim.disputes:
                found.setdefault(claim.id, {})[dispute.claim, dispute.about] = dispute
        for _, claim in self._claims.values():
            for dispute in claim.disputes:
                found.setdefault(dispute.claim, {}).setdefault((claim.id, dispute.about), dispute)
        return {
            own: tuple((other, dispute) for (other, _), dispute in disputes.items()) for own, disputes in found.items()
        }


def _find(records: Mapping[str, RecordT], identity: str, noun: str) -> RecordT:
    try:
        return records[identity]
    except KeyError:
        message = f"Invalid {noun} id '{show_value(identity)}'. The dataset has no such {noun}. Check the id."
        raise KeyError(message) from None


def read_dataset(path: Path | str | None = None) -> Dataset:
    """Read and check a dataset; if anything is wrong with it, nothing is returned.

    Parameters
    ----------
    path
        A folder with ``places.geojson`` and ``sources.json``, and perhaps ``tours.json``; a folder with the
        ``events.geojson`` of an import, alone or beside those; or a GeoJSON file that
        has its sources in a member ``sources``, or in ``sources.json`` beside it, and perhaps events
        of readers' tables, told of in a member ``tables``. ``None`` reads the packaged data.

    Raises
    ------
    InputError
        With every problem of every file.
    """
    place = Path(path) if path is not None else PACKAGED_DATA
    events = _read_events(place)
    if events and not (place / PLACES).exists():
        return events
    contents, collection, items = read_files(place)
    if isinstance(collection, dict) and isinstance(collection.get("tables"), list):
        collection, own = _part_events(collection, _hash(contents))
        events = join_datasets([own, events]) if events else own
        if not collection["features"]:
            return events
    stories = _read_tours(place / TOURS, contents) if place.is_dir() else []
    contents.append(read_own_bytes(PACKAGED_DATA / _BASEMAP))
    checked = check_collection(collection, items)
    problems = [*checked.problems, *_check_version(collection)]
    if problems:
        raise InputError(problems)
    dataset = Dataset(
        features=checked.features,
        sources=checked.sources,
        basemap=read_ground(),
        version=collection.get("version", ""),
        sha256=_hash(contents),
        tours=read_tours(stories, checked.features),
    )
    return join_datasets([dataset, events]) if events else dataset


def read_ground() -> Mapping[str, Any]:
    """Read the packaged base map, a GeoJSON FeatureCollection; every dataset is drawn on it."""
    ground = PACKAGED_DATA / _BASEMAP
    basemap: Mapping[str, Any] = read_own_json(ground, dict)
    if not isinstance(basemap.get("features"), list):
        raise damaged(ground)
    return basemap


def _read_events(folder: Path) -> Dataset | None:
    path = folder / EVENTS
    if not path.is_file():
        return None
    from geo.event_files import parse_events  # noqa: PLC0415 - pandas is slow to import, and most data have no events

    content = read_bytes(path, MOST_EVENT_BYTES)
    return _only_events(parse_events(content), _hash([content]))


def _part_events(collection: dict[str, Any], sha256: str) -> tuple[dict[str, Any], Dataset]:
    """Part the events of readers' tables from the atlas's features; the events have the hash of all."""
    from geo.event_files import read_event_objects  # noqa: PLC0415 - as above

    own, rest = part_events(collection)
    table = read_event_objects({"features": own, "tables": collection["tables"]})
    return {**collection, "features": rest}, _only_events(table, sha256)


def _only_events(events: EventTable, sha256: str) -> Dataset:
    return Dataset((), (), read_ground(), "", sha256, events=events)


def _read_tours(path: Path, contents: list[bytes]) -> Any:
    if not path.is_file():
        return []
    contents.append(read_bytes(path))
    return parse_json(contents[-1], path)


def join_datasets(datasets: Sequence[Dataset]) -> Dataset:
    """Join datasets into one; the first gives the ground and the version.

    Parameters
    ----------
    datasets
        One or more; sources that several of them have are the same record in each. Tables of events are joined in
        their order (`geo.event_joining`).

    Raises
    ------
    InputError
        Naming every feature and claim id that two of them share, and every source that differs between them; or if
        tables of events cannot be joined.
    """
    features = {feature.id: feature for dataset in datasets for feature in dataset.features}
    sources = {source.id: source for dataset in datasets for source in dataset.sources}
    problems = [
        Problem(f"unique-{noun}", f"Invalid {noun} id '{identity}'. Several data sets have it. Give each its own.")
        for noun in ("feature", "claim")
        for identity in _repeated_ids(datasets, noun)
    ]
    problems += [
        Problem("unique-source", f"Invalid source '{source.id}'. It differs between data sets. Make them the same.")
        for dataset in datasets
        for source in dataset.sources
        if source != sources[source.id]
    ]
    tables = [dataset.events for dataset in datasets if dataset.events is not None]
    if problems:
        raise InputError(problems)
    return replace(
        datasets[0],
        events=_join_tables(tables, features),
        features=tuple(features.values()),
        sources=tuple(sources.values()),
        sha256=datasets[0].sha256 if len(datasets) == 1 else _hash([dataset.sha256.encode() for dataset in datasets]),
    )


def _join_tables(tables: Sequence[EventTable], features: Mapping[str, Feature]) -> EventTable | None:
    if not tables:
        return None
    from geo.event_joining import join_events  # noqa: PLC0415 - pandas is slow to import, and most data have no events

    return join_events(tables, features.keys())


def _repeated_ids(datasets: Sequence[Dataset], noun: str) -> list[str]:
    features = [feature for dataset in datasets for feature in dataset.features]
    if noun == "feature":
        counted = Counter(feature.id for feature in features)
    else:
        counted = Counter(claim.id for feature in features for claim in feature.claims)
    return [identity for identity, times in counted.items() if times > 1]


def _check_version(collection: Any) -> list[Problem]:
    version = collection.get("version", "") if isinstance(collection, dict) else ""
    if isinstance(version, str) and len(version) <= _MAX_VERSION:
        return []
    message = f"Invalid version '{show_value(version)}'. It is a short text. Write for example '2026.11.0'."
    return [Problem("version", message)]


def _hash(contents: Sequence[bytes]) -> str:
    # the length before each part keeps two divisions of the same bytes apart
    return hashlib.sha256(b"".join(b"%d:%b" % (len(part), part) for part in contents)).hexdigest()
