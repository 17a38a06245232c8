"""Checks of the articles' numbers against geography and arithmetic: computed from the data, never typed.

A check that fails is a finding about the report, or about the shapes and dates that this atlas holds; it is shown with
the number, not hidden. When a number agrees is the rule of `geo.rounding`.
"""

from __future__ import annotations

from collections.abc import Iterator
from types import MappingProxyType
from typing import TYPE_CHECKING

from babel.numbers import format_percent

from geo.dates import format_interval, read_interval
from geo.findings import CheckKind, Finding, Parts, format_range, tell_finding
from geo.geodesy import distance_range_m
from geo.measures import format_amount, format_measure
from geo.model import Claim, Feature, Measure
from geo.rounding import Agreement, Range, judge_number
from geo.units import DAYS_PER_UNIT, METRES_PER_UNIT

if TYPE_CHECKING:
    from geo.dataset import Dataset

ELAPSED_SINCE = "time-since-"
"""A quantity that begins so is the time from what the claim tells of to its report, unless it names other dates."""

_INFERRED = MappingProxyType(
    {
        "en": "A date with “about” is this atlas's reading of such words.",
        "ar": "التاريخ المسبوق بكلمة «نحو» قراءة هذا الأطلس لمثل هذه الكلمات.",
    }
)


def check_claims(dataset: Dataset) -> tuple[Finding, ...]:
    """Check every number that can be checked, in the order of the dataset.

    Parameters
    ----------
    dataset
        Whose claims are checked, against one another and against the shapes.
    """
    return tuple(
        finding for feature in dataset.features for claim in feature.claims for finding in check_claim(claim, dataset)
    )


def check_claim(claim: Claim, dataset: Dataset) -> tuple[Finding, ...]:
    """Check every number of one claim that can be checked.

    Parameters
    ----------
    claim
        Whose numbers are checked.
    dataset
        Holds the features and claims that they are checked against.
    """
    return tuple(finding for measure in claim.measures for finding in check_measure(claim, measure, dataset))


def check_measure(claim: Claim, measure: Measure, dataset: Dataset) -> Iterator[Finding]:
    """Check one number of a claim in each way that it can be.

    Parameters
    ----------
    claim, measure
        The claim and one of its measures.
    dataset
        Holds the features and the claim that the measure names.
    """
    if measure.value is None:
        return
    if measure.converted is not None:
        yield _check_conversion(claim, measure)
    for origin, destination in measure.between:
        first, last = dataset.feature(origin), dataset.feature(destination)
        if measure.unit in METRES_PER_UNIT and first.shape is not None and last.shape is not None:
            yield _check_distance(claim, measure, first, last)
    dates = dates_between(claim, measure)
    if dates is not None:
        yield _check_elapsed(claim, measure, dates)
    if measure.share_of is not None:
        whole = find_whole(measure, dataset.claim(measure.share_of)[1])
        if whole is not None:
            yield _check_share(claim, measure, whole)


def dates_between(claim: Claim, measure: Measure) -> tuple[str, str] | None:
    """Return the two dates that a measure's time runs between, ``None`` where it is no such time.

    They are the measure's own ``dates``; or, for a quantity that begins with `ELAPSED_SINCE`, the claim's ``when``
    and ``reported``. Dates with an open end span no length.

    Parameters
    ----------
    claim, measure
        The claim and one of its measures.
    """
    dates = measure.dates
    if dates is None and measure.quantity.startswith(ELAPSED_SINCE) and claim.when is not None:
        dates = (claim.when, claim.reported)
    if dates is None or measure.unit not in DAYS_PER_UNIT:
        return None
    intervals = [read_interval(date) for date in dates]
    return None if any(i.first is None or i.last is None for i in intervals) else dates


def elapsed_days(first: str, last: str) -> Range:
    """Return how many days may lie between two dates: whole days count as from any hour to any hour of them.

    Parameters
    ----------
    first, last
        EDTF dates with closed ends.

    Raises
    ------
    ValueError
        If an end is open.

    Examples
    --------
    >>> elapsed_days("2014-09", "2016-03")
    Range(least=517, greatest=578)
    """
    start, stop = read_interval(first), read_interval(last)
    if start.first is None or start.last is None or stop.first is None or stop.last is None:
        message = f"Invalid dates '{first}', '{last}'. A time runs between closed ends. Give both ends."
        raise ValueError(message)
    return Range(max(0, (stop.first - start.last).days - 1), max(0, (stop.last - start.first).days + 1))


def distance_between_m(first: Feature, last: Feature) -> Range:
    """Return the least and greatest geodesic distance between two features, metres.

    Parameters
    ----------
    first, last
        Drawn features; the radius of each one's uncertainty widens the range on either side.

    Raises
    ------
    ValueError
        If one of them has no shape.
    """
    if first.shape is None or last.shape is None:
        message = f"Invalid pair '{first.id}', '{last.id}'. A distance runs between drawn features. Choose two."
        raise ValueError(message)
    uncertain_m = sum(f.provenance.precision_m or 0.0 for f in (first, last) if f.provenance is not None)
    least, greatest = distance_range_m(first.shape, last.shape)
    return Range(max(0.0, least - uncertain_m), greatest + uncertain_m)


def find_whole(measure: Measure, claim: Claim) -> Measure | None:
    """Find the number of a claim that another number is a share of: the first in the same unit.

    Parameters
    ----------
    measure
        The part.
    claim
        Whose measures are looked through.
    """
    return next((whole for whole in claim.measures if whole.unit == measure.unit and whole.value), None)


def _check_conversion(claim: Claim, measure: Measure) -> Finding:
    value, converted = measure.value, measure.converted
    assert value is not None
    assert converted is not None
    exact = value * METRES_PER_UNIT[measure.unit] / METRES_PER_UNIT[converted.unit]
    computed = Range(exact, exact)
    # a hedge is the first number's; from there on it is arithmetic
    verdict = judge_number(converted.value, computed)

    def parts(language: str) -> dict[str, str]:
        return {
            "given": format_amount(value, measure.unit, language),
            "computed": format_amount(float(f"{exact:.4g}"), converted.unit, language),
            "reported": format_amount(converted.value, converted.unit, language),
        }

    words = tell_finding(CheckKind.CONVERSION, verdict, parts)
    return Finding(
        claim.id, measure.quantity, CheckKind.CONVERSION, verdict, converted.value, computed, converted.unit, words
    )


def _check_distance(claim: Claim, measure: Measure, first: Feature, last: Feature) -> Finding:
    metres = distance_between_m(first, last)
    per_unit = METRES_PER_UNIT[measure.unit]
    computed = Range(metres.least / per_unit, metres.greatest / per_unit)

    def parts(language: str) -> dict[str, str]:
        return {"first": first.names.get(language, first.name), "last": last.names.get(language, last.name)}

    return _judge_range(claim, measure, CheckKind.DISTANCE, computed, parts)


def _check_elapsed(claim: Claim, measure: Measure, dates: tuple[str, str]) -> Finding:
    days = elapsed_days(*dates)
    per_unit = DAYS_PER_UNIT[measure.unit]
    is_inferred = any(read_interval(date).is_approximate for date in dates)

    def parts(language: str) -> dict[str, str]:
        first, last = (format_interval(date, language) for date in dates)
        note = " ".join(part for part in (measure.basis, _INFERRED[language] if is_inferred else None) if part)
        return {"first": first, "last": last, "note": note}

    computed = Range(days.least / per_unit, days.greatest / per_unit)
    return _judge_range(claim, measure, CheckKind.ELAPSED_TIME, computed, parts)


def _judge_range(claim: Claim, measure: Measure, kind: CheckKind, computed: Range, parts: Parts) -> Finding:
    assert measure.value is not None
    verdict = judge_number(measure.value, computed, measure.qualifier)
    # the source's own conversion is a check of its own
    alone = measure.model_copy(update={"converted": None})

    def all_parts(language: str) -> dict[str, str]:
        return {
            "computed": format_range(computed, measure.unit, language),
            "reported": format_measure(alone, language),
            **parts(language),
        }

    words = tell_finding(kind, verdict, all_parts)
    return Finding(claim.id, measure.quantity, kind, verdict, measure.value, computed, measure.unit, words)


def _check_share(claim: Claim, measure: Measure, whole: Measure) -> Finding:
    assert measure.value is not None
    assert whole.value is not None
    share = measure.value / whole.value
    verdict = Agreement.HOLDS if share <= 1 else Agreement.FAILS

    def parts(language: str) -> dict[str, str]:
        return {
            "reported": format_measure(measure, language),
            "whole": format_measure(whole, language),
            "computed": format_percent(round(share, 2), locale=language),
        }

    words = tell_finding(CheckKind.SHARE, verdict, parts)
    computed = Range(0.0, whole.value)
    return Finding(claim.id, measure.quantity, CheckKind.SHARE, verdict, measure.value, computed, measure.unit, words)
