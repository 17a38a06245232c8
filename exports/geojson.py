"""The features that a view shows as GeoJSON, which carries its sources and reads back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Self

from exports.json_writing import write_json
from exports.receipt import build_receipt
from geo.dataset import Dataset
from geo.event_files import event_object, tell_tables
from geo.model import Claim, Feature, Source
from geo.selection import Selection, select
from geo.view import View


def render_geojson(dataset: Dataset, view: View) -> bytes:
    """Write the shown features as GeoJSON (RFC 7946), in the form that `geo.dataset.read_dataset` reads.

    Foreign members carry the sources that the shown claims cite (CSL-JSON), the receipt, and beside events of readers'
    own what is told of their tables.

    Parameters
    ----------
    dataset
        What is chosen from.
    view
        What to show; a feature carries only its claims that pass.
    """
    selection = select(dataset, view)
    kept = Kept.gather(selection)
    # what is told of readers' tables makes their events events when the file is read
    tables = {"tables": tell_tables(dataset.tables)} if len(selection.events) else {}
    collection = {
        "type": "FeatureCollection",
        "version": dataset.version,
        "receipt": build_receipt(dataset, view, selection),
        "sources": [source_item(source) for source in cited_sources(dataset, selection)],
        **tables,
        "features": [
            *(feature_object(feature, selection.claims[feature.id], kept) for feature in selection.features),
            *(event_object(dataset.events, row) for row in selection.events if dataset.events),
        ],
    }
    return write_json(collection)


def source_item(source: Source) -> dict[str, Any]:
    """Write a source as its CSL-JSON item."""
    return source.model_dump(mode="json", by_alias=True, exclude_none=True)


@dataclass(frozen=True, slots=True)
class Kept:
    """Ids of the features and claims that a file holds; what it says of others would lead nowhere."""

    features: frozenset[str]
    claims: frozenset[str]

    @classmethod
    def gather(cls, selection: Selection) -> Self:
        """Gather the ids of what is shown."""
        return cls(
            frozenset(feature.id for feature in selection.features),
            frozenset(claim.id for claims in selection.claims.values() for claim in claims),
        )


def feature_object(feature: Feature, shown: Sequence[Claim], kept: Kept) -> dict[str, Any]:
    """Write a feature as GeoJSON, with the claims that pass.

    Parameters
    ----------
    feature
        One of the shown features.
    shown
        Its claims that pass.
    kept
        What else the file holds.
    """
    properties = feature.model_dump(mode="json", exclude_none=True, exclude={"id", "geometry", "claims"})
    claims = []
    for claim in shown:
        value = claim.model_dump(mode="json", exclude_none=True)
        value["disputes"] = [dispute for dispute in value["disputes"] if dispute["claim"] in kept.claims]
        for measure in value["measures"]:
            _leave_out_hidden(measure, kept)
        claims.append(value)
    return {
        "type": "Feature",
        "id": feature.id,
        "geometry": feature.geometry and feature.geometry.model_dump(mode="json", exclude_none=True),
        "properties": properties | {"claims": claims},
    }


def _leave_out_hidden(measure: dict[str, Any], kept: Kept) -> None:
    measure["between"] = [pair for pair in measure["between"] if kept.features.issuperset(pair)]
    if measure.get("share_of") not in kept.claims:
        measure.pop("share_of", None)


def cited_sources(dataset: Dataset, selection: Selection) -> list[Source]:
    """Collect the works that the shown claims cite, in the order of the dataset.

    Parameters
    ----------
    dataset
        What was chosen from.
    selection
        What is shown.
    """
    cited = {claim.citation.id for claims in selection.claims.values() for claim in claims}
    return [source for source in dataset.sources if source.id in cited]
