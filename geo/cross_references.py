"""What is wrong between records: ids that several have, sources and claims that are named and not there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from geo.errors import Problem
from geo.wording import show_value


def check_ids(raw_features: list[Any]) -> list[Problem]:
    """Tell which ids several features or several claims have.

    Parameters
    ----------
    raw_features
        GeoJSON features as JSON gives them.
    """
    counted = Counter(list_ids(raw_features))
    problems = [
        Problem("unique-feature", f"Invalid id '{name}'. {n} features have it. Give each its own.", name)
        for name, n in ((show_value(key, 80), n) for key, n in counted.items())
        if n > 1
    ]
    owners: dict[str, list[str]] = {}
    for feature, claim, raw in claims_in(raw_features):
        if isinstance(raw.get("id"), str):
            owners.setdefault(claim, []).append(feature)
    for claim, features in owners.items():
        if len(features) > 1:
            among = ", ".join(dict.fromkeys(features))
            message = f"Invalid id '{claim}'. {len(features)} claims have it, of {among}. Give each its own."
            problems.append(Problem("unique-claim", message, features[-1], claim))
    return problems


def check_references(raw_features: list[Any], sources: set[str]) -> list[Problem]:
    """Tell which claims cite a source, or dispute a claim, that is not there.

    Parameters
    ----------
    raw_features
        GeoJSON features as JSON gives them.
    sources
        Ids of the sources.
    """
    claims = list(claims_in(raw_features))
    ids = set(list_ids([claim for _, _, claim in claims]))
    problems = []
    for feature, name, claim in claims:
        citation = claim.get("citation")
        source = citation.get("id") if isinstance(citation, dict) else None
        if isinstance(source, str) and source not in sources:
            listed = ", ".join(sorted(sources)) or "none"
            given = f"Invalid source '{show_value(source)}'."
            message = f"{given} The sources are {show_value(listed, 300)}. Cite one, or add it."
            problems.append(Problem("known-source", message, feature, name))
        for dispute in _objects(claim.get("disputes")):
            message = _explain_dispute(dispute.get("claim"), claim.get("id"), ids)
            problems += [Problem("dispute", message, feature, name)] if message else []
    return problems


def _explain_dispute(other: Any, own: Any, ids: set[str]) -> str:
    if not isinstance(other, str):
        return ""
    if other == own:
        return f"Invalid dispute '{show_value(other)}'. A claim does not dispute itself. Name the other claim."
    if other not in ids:
        return f"Invalid dispute '{show_value(other)}'. No claim has this id. Name a claim of the data."
    return ""


def claims_in(raw_features: list[Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Yield each claim that is an object, after what messages call its feature and it."""
    for number, raw in enumerate(raw_features, start=1):
        if isinstance(raw, dict) and isinstance(raw.get("properties"), dict):
            for place, claim in enumerate(_objects(raw["properties"].get("claims")), start=1):
                yield name_record(raw, number), name_record(claim, place), claim


def list_ids(values: Any) -> list[str]:
    """List the ids of those values that are objects and have a text for one."""
    return [value["id"] for value in _objects(values) if isinstance(value.get("id"), str)]


def _objects(values: Any) -> Iterator[dict[str, Any]]:
    if isinstance(values, list | tuple):
        yield from (value for value in values if isinstance(value, dict))


def name_record(raw: Any, number: int) -> str:
    """Name a record for messages: by its id, else by its place in the input, counted from 1."""
    identity = raw.get("id") if isinstance(raw, dict) else None
    return show_value(identity, 80) if isinstance(identity, str) and identity else f"number {number}"
