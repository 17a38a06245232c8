"""Everything that is wrong with an input, at once: each fault with its feature, its claim and the rule it breaks."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from geo.comparing import check_comparisons
from geo.cross_references import check_ids, check_references, claims_in, list_ids, name_record
from geo.dates import read_interval
from geo.errors import Problem
from geo.faults import explain_fault
from geo.geojson import check_geometry
from geo.model import Feature, Method, Precision, Source
from geo.units import UNITS
from geo.wording import show_value

_FEATURE_MEMBERS = {"type", "id", "geometry", "properties", "bbox"}
# stands in for a geometry that was refused, so that the rest of its feature is still checked
_ANY_POINT = {"type": "Point", "coordinates": [34.24, 31.28]}

RecordT = TypeVar("RecordT", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class Checked:
    """What an input holds if it is sound, and what is wrong with it if it is not.

    Parameters
    ----------
    features, sources
        In the order of the input; both empty where there is any problem.
    problems
        Every fault that was found.
    """

    features: tuple[Feature, ...]
    sources: tuple[Source, ...]
    problems: tuple[Problem, ...]


def check_collection(collection: Any, items: Any) -> Checked:
    """Check a feature collection and its sources.

    Parameters
    ----------
    collection
        GeoJSON FeatureCollection as JSON gives it, with the atlas's properties.
    items
        CSL-JSON array of the sources that its claims cite.
    """
    sources, problems = check_sources(items)
    raw_features, faults = _features_in(collection)
    problems += faults
    features = []
    for number, raw in enumerate(raw_features, start=1):
        feature, faults = check_feature(raw, number)
        problems += faults
        if feature is not None:
            features.append(feature)
    problems += check_ids(raw_features)
    problems += check_references(raw_features, set(list_ids(items)))
    problems += _check_comparisons(features, raw_features)
    if problems:
        return Checked((), (), tuple(problems))
    return Checked(tuple(features), tuple(sources), ())


def check_feature(raw: Any, number: int) -> tuple[Feature | None, list[Problem]]:
    """Check one feature by itself, its geometry included.

    Parameters
    ----------
    raw
        GeoJSON Feature as JSON gives it.
    number
        Its place in the input, from 1; it names a feature that has no id.

    Returns
    -------
    tuple
        The feature, ``None`` where it has any problem; and the problems.
    """
    name = name_record(raw, number)
    problems = _check_form(raw, name)
    if not isinstance(raw, dict) or not isinstance(raw.get("properties"), dict):
        return None, problems
    geometry = raw.get("geometry")
    if geometry is not None:
        problems += check_geometry(geometry, name)
    flat = {**raw["properties"], "geometry": _ANY_POINT if problems else geometry}
    if "id" in raw:
        flat["id"] = raw["id"]
    feature, error = _validate(Feature, flat)
    if error is not None:
        faults = [fault for fault in error.errors(include_url=False) if not _is_echo(fault, flat)]
        problems += [_feature_problem(fault, flat, name) for fault in faults]
    if feature is not None:
        problems += [] if problems else _check_precision(feature)
        problems += _check_units(feature)
    return (None if problems else feature), problems


def _is_echo(fault: Any, flat: dict[str, Any]) -> bool:
    # where its only claim is at fault, pydantic says besides that the feature has none
    return fault["type"] == "too_short" and fault["loc"] == ("claims",) and bool(flat.get("claims"))


def check_sources(items: Any) -> tuple[list[Source], list[Problem]]:
    """Check a CSL-JSON array.

    Parameters
    ----------
    items
        The array as JSON gives it.
    """
    if not isinstance(items, list):
        message = f"Invalid sources '{show_value(items)}'. They are a CSL-JSON array. Correct it."
        return [], [Problem("sources", message)]
    sources, problems = [], []
    for number, item in enumerate(items, start=1):
        source, error = _validate(Source, item)
        name = name_record(item, number)
        if error is not None:
            for fault in error.errors(include_url=False):
                rule, message = explain_fault(fault, fault["loc"])
                problems.append(Problem(rule, f"Source {name}: {message}"))
        if source is not None:
            sources.append(source)
            problems += _check_published(source)
    counted = Counter(list_ids(items))
    problems += [
        Problem("unique-source", f"Invalid source id '{show_value(key)}'. It is given {n} times. Keep one record.")
        for key, n in counted.items()
        if n > 1
    ]
    return sources, problems


def _validate(record: type[RecordT], value: Any) -> tuple[RecordT | None, ValidationError | None]:
    try:
        # as JSON, so that a text is not taken for a number nor a number for a text
        return record.model_validate_json(json.dumps(value), strict=True), None
    except ValidationError as error:
        return None, error


def _features_in(collection: Any) -> tuple[list[Any], list[Problem]]:
    rule = "feature-collection"
    kind = collection.get("type") if isinstance(collection, dict) else collection
    if not isinstance(collection, dict) or kind != "FeatureCollection":
        message = f"Invalid type '{show_value(kind)}'. The data are a GeoJSON FeatureCollection. Put them in one."
        return [], [Problem(rule, message)]
    features = collection.get("features")
    if not isinstance(features, list) or not features:
        message = f"Invalid features '{show_value(features)}'. They are a list of one or more. Add a feature."
        return [], [Problem(rule, message)]
    if collection.get("crs") is None:
        return features, []
    message = (
        f"Invalid crs '{show_value(collection['crs'])}'. GeoJSON is longitude and latitude on WGS 84 (RFC 7946). "
        "Reproject the data and take the member out."
    )
    return features, [Problem("crs", message)]


def _check_form(raw: Any, name: str) -> list[Problem]:
    if not isinstance(raw, dict):
        return [Problem("feature", f"Invalid feature '{show_value(raw)}'. It is an object. Correct it.", name)]
    faults = []
    properties = raw.get("properties")
    if raw.get("type") != "Feature":
        faults.append(("feature", f"Invalid type '{show_value(raw.get('type'))}'. It is 'Feature'. Correct it."))
    if not isinstance(properties, dict):
        faults.append(("feature", f"Invalid properties '{show_value(properties)}'. They are an object. Correct them."))
    elif {"id", "geometry"} & properties.keys():
        faults.append(("feature", "Invalid properties. 'id' and 'geometry' are the feature's own. Move them up."))
    if "geometry" not in raw:
        faults.append(("feature", "Missing geometry. It is a shape, or null with the reason in 'unplaced'. Add it."))
    members = ", ".join(sorted(_FEATURE_MEMBERS))
    faults += [
        ("unknown-field", f"Invalid member '{show_value(member)}'. A feature has {members}. Take it out.")
        for member in sorted(raw.keys() - _FEATURE_MEMBERS)
    ]
    return [Problem(rule, message, name) for rule, message in faults]


def _feature_problem(fault: Any, flat: dict[str, Any], name: str) -> Problem:
    place, claim = fault["loc"], ""
    if len(place) > 1 and place[0] == "claims":
        claim, place = name_record(flat["claims"][place[1]], place[1] + 1), place[2:] or ("claim",)
    rule, message = explain_fault(fault, place)
    return Problem(rule, message, name, claim)


def _check_comparisons(features: list[Feature], raw_features: list[Any]) -> list[Problem]:
    claims = [claim for _, _, claim in claims_in(raw_features)]
    return check_comparisons(features, set(list_ids(raw_features)), set(list_ids(claims)))


def _check_published(source: Source) -> list[Problem]:
    try:
        read_interval(source.published)
    except ValueError:
        parts = show_value(list(source.issued.date_parts[0]))
        given = f"Source {source.id}: Invalid issued '{parts}'."
        message = f"{given} It is year, month and day as far as known. Correct it."
        return [Problem("date", message)]
    return []


def _check_precision(feature: Feature) -> list[Problem]:
    provenance, geometry = feature.provenance, feature.geometry
    if provenance is None or geometry is None:
        return []
    precision, is_point = provenance.precision, geometry.type in {"Point", "MultiPoint"}
    if precision == Precision.EXACT:
        if "Polygon" in geometry.type or provenance.method not in {Method.GAZETTEER, Method.DATASET}:
            message = (
                f"Invalid precision 'exact' of a {geometry.type} by method '{provenance.method}'. "
                "Exact is a point or line taken from a gazetteer or data set. Choose a vaguer precision."
            )
            return [Problem("precision", message, feature.id)]
    elif is_point and provenance.precision_m is None:
        message = (
            f"Invalid precision '{precision}' of a {geometry.type}. "
            "A point that is not exact says how far off it may be. "
            "Add precision_m, in metres, or draw an area."
        )
        return [Problem("precision", message, feature.id)]
    return []


def _check_units(feature: Feature) -> list[Problem]:
    problems = []
    for claim in feature.claims:
        for measure in claim.measures:
            units = [measure.unit, *([measure.converted.unit] if measure.converted else [])]
            problems += [_unit_problem(unit, feature.id, claim.id) for unit in units if unit not in UNITS]
    return problems


def _unit_problem(unit: str, feature: str, claim: str) -> Problem:
    message = f"Invalid unit '{show_value(unit)}'. The units are those of geo/units.py. Use one, or add it there."
    return Problem("unit", message, feature, claim)
