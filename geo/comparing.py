"""What is wrong with what a number is to be checked against: pairs of features, dates, and the whole of a share."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from geo.checks import find_whole
from geo.dates import read_interval
from geo.errors import Problem
from geo.model import Claim, Feature, Measure
from geo.units import DAYS_PER_UNIT, METRES_PER_UNIT
from geo.wording import show_value


def check_comparisons(features: Sequence[Feature], feature_ids: set[str], claim_ids: set[str]) -> list[Problem]:
    """Check the members ``converted``, ``between``, ``dates`` and ``share_of`` of every measure.

    Parameters
    ----------
    features
        Those that are sound by themselves.
    feature_ids, claim_ids
        Every id of the input, those of refused features included.
    """
    drawn = {feature.id: feature.shape is not None for feature in features}
    claims = {claim.id: claim for feature in features for claim in feature.claims}
    problems = []
    for feature in features:
        for claim in feature.claims:
            for measure in claim.measures:
                messages = [
                    *_explain_numbers(measure),
                    *_explain_pairs(measure, drawn, feature_ids),
                    *_explain_share(measure, claim, claims, claim_ids),
                ]
                problems += [Problem("comparison", message, feature.id, claim.id) for message in messages]
    return problems


def _explain_numbers(measure: Measure) -> Iterator[str]:
    compared = measure.converted or measure.between or measure.dates or measure.share_of
    if compared and measure.value is None:
        yield f"Invalid measure '{measure.quantity}'. Only a number can be checked. Give its value."
    units = [measure.unit, *([measure.converted.unit] if measure.converted else [])]
    if (measure.converted or measure.between) and not all(unit in METRES_PER_UNIT for unit in units):
        yield f"Invalid unit '{show_value(' '.join(units))}'. It is a length here. Choose one, or take the check out."
    if measure.dates and measure.unit not in DAYS_PER_UNIT:
        yield f"Invalid unit '{show_value(measure.unit)}'. It is a time here. Choose one, or take the dates out."
    ends = [read_interval(date) for date in measure.dates or ()]
    for date, interval in zip(measure.dates or (), ends, strict=True):
        if interval.first is None or interval.last is None:
            yield f"Invalid dates '{show_value(date)}'. A time runs between closed ends. Give both ends."
    if measure.dates and ends[0].first and ends[1].last and ends[1].last < ends[0].first:
        yield f"Invalid dates '{show_value(' '.join(measure.dates))}'. A time ends after it began. Swap the two."


def _explain_pairs(measure: Measure, drawn: Mapping[str, bool], ids: set[str]) -> Iterator[str]:
    for pair in measure.between:
        if pair[0] == pair[1]:
            yield f"Invalid between '{pair[0]}'. A distance runs between two features. Name another."
        for identity in pair:
            if identity not in ids:
                yield f"Invalid between '{identity}'. No feature has this id. Name a feature of the data."
            elif not drawn.get(identity, True):
                yield f"Invalid between '{identity}'. The feature has no shape to measure from. Name one that has."


def _explain_share(measure: Measure, claim: Claim, claims: Mapping[str, Claim], ids: set[str]) -> Iterator[str]:
    whole = measure.share_of
    if whole is None:
        return
    if whole == claim.id:
        yield f"Invalid share_of '{whole}'. The whole stands in another claim. Name that claim."
    elif whole not in ids:
        yield f"Invalid share_of '{whole}'. No claim has this id. Name a claim of the data."
    elif whole in claims and find_whole(measure, claims[whole]) is None:
        yield f"Invalid share_of '{whole}'. That claim gives no number of {measure.unit}. Name one that does."
