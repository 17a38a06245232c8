"""Checks of the articles' numbers against geography and arithmetic: computed from the data, never typed.

A check that fails is a finding about the report, or about the shapes and dates that this atlas holds; it is shown with
the number, not hidden. The rule of agreement is `geo.rounding`'s.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING

from geo.dates import format_interval, read_interval
from geo.geodesy import distance_range_m
from geo.measures import format_amount, format_measure
from geo.model import Claim, Feature, Measure, Qualifier
from geo.rounding import Range, Verdict, judge_number
from geo.units import DAYS_PER_UNIT, METRES_PER_UNIT

if TYPE_CHECKING:
    from geo.dataset import Dataset

ELAPSED_SINCE = "time-since-"
"""A quantity that begins so is the time from what the claim tells of to its report, unless it names other dates."""


class Kind(StrEnum):
    """What a number was checked against."""

    CONVERSION = "conversion"
    DISTANCE = "distance"
    ELAPSED_TIME = "elapsed-time"
    SHARE = "share"


@dataclass(frozen=True, slots=True)
class Finding:
    """The outcome of checking one number.

    Parameters
    ----------
    claim, quantity
        Id of the claim, and what its number is of.
    kind, verdict
        What it was checked against, and whether it agrees.
    reported, computed, unit
        The number as the source gives it, and what it should be, in the same unit.
    words
        The verdict and the numbers in one plain sentence, by language.
    """

    claim: str
    quantity: str
    kind: Kind
    verdict: Verdict
    reported: float
    computed: Range
    unit: str
    words: Mapping[str, str]


_VERDICTS = MappingProxyType(
    {
        "en": {
            Verdict.HOLDS: "Holds",
            Verdict.HOLDS_ROUGHLY: "Holds roughly",
            Verdict.FAILS: "Does not hold",
        },
        "ar": {
            Verdict.HOLDS: "صحيح",
            Verdict.HOLDS_ROUGHLY: "صحيح تقريبًا",
            Verdict.FAILS: "غير صحيح",
        },
    }
)
_TEMPLATES = MappingProxyType(
    {
        "en": {
            Kind.CONVERSION: "{given} is {computed}; the report says {reported}.",
            Kind.DISTANCE: "{first} to {last}: {computed} on the map; the report says {reported}.",
            Kind.ELAPSED_TIME: "{first} to {last}: {computed}; the report says {reported}.",
            Kind.SHARE: "{reported} of {whole} is {computed} %.",
        },
        "ar": {
            Kind.CONVERSION: "{given} تساوي {computed}، والتقرير يذكر {reported}.",
            Kind.DISTANCE: "من {first} إلى {last}: {computed} على الخريطة، والتقرير يذكر {reported}.",
            Kind.ELAPSED_TIME: "من {first} إلى {last}: {computed}، والتقرير يذكر {reported}.",
            Kind.SHARE: "{reported} من أصل {whole}، أي {computed} ٪.",
        },
    }
)
_RANGES = MappingProxyType({"en": "{} to {}", "ar": "{} إلى {}"})
_INFERRED = MappingProxyType(
    {
        "en": "A date with “about” is worked out by this atlas, in part from such words.",
        "ar": "التاريخ المسبوق بـ«نحو» استنتجه هذا الأطلس، وأحيانًا من مثل هذه الكلمات.",
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
        finding
        for feature in dataset.features
        for claim in feature.claims
        for measure in claim.measures
        for finding in check_measure(claim, measure, dataset)
    )


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
        yield _check_elapsed(claim, measure, *dates)
    if measure.share_of is not None:
        whole = _whole(measure, dataset.claim(measure.share_of)[1])
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
    """Return how many days may lie between two dates, from the last moment of one to the first of the other and back.

    Parameters
    ----------
    first, last
        EDTF dates with closed ends.

    Examples
    --------
    >>> elapsed_days("2014-09", "2016-03")
    Range(least=517, greatest=578)
    """
    start, stop = read_interval(first), read_interval(last)
    if start.first is None or start.last is None or stop.first is None or stop.last is None:
        message = f"Invalid dates '{first}', '{last}'. Time is counted between closed ends. Give both ends."
        raise ValueError(message)
    return Range(max(0, (stop.first - start.last).days - 1), max(0, (stop.last - start.first).days + 1))


def distance_between_m(first: Feature, last: Feature) -> Range:
    """Return the least and greatest geodesic distance between two features, metres.

    Parameters
    ----------
    first, last
        Drawn features; the radius of each one's uncertainty counts on both sides.
    """
    assert first.shape is not None
    assert last.shape is not None
    slack = sum((f.provenance.precision_m or 0.0) for f in (first, last) if f.provenance is not None)
    least, greatest = distance_range_m(first.shape, last.shape)
    return Range(max(0.0, least - slack), greatest + slack)


def _check_conversion(claim: Claim, measure: Measure) -> Finding:
    value, converted = measure.value, measure.converted
    assert value is not None
    assert converted is not None
    exact = value * METRES_PER_UNIT[measure.unit] / METRES_PER_UNIT[converted.unit]
    # the hedge is the first number's; from there on it is arithmetic
    verdict = judge_number(converted.value, Range(exact, exact))
    words = {
        language: _tell(
            Kind.CONVERSION,
            verdict,
            language,
            given=format_amount(value, measure.unit, language),
            computed=format_amount(float(f"{exact:.4g}"), converted.unit, language),
            reported=format_amount(converted.value, converted.unit, language),
        )
        for language in _TEMPLATES
    }
    computed = Range(exact, exact)
    return _finding(claim, measure, Kind.CONVERSION, verdict, converted.value, computed, converted.unit, words)


def _check_distance(claim: Claim, measure: Measure, first: Feature, last: Feature) -> Finding:
    metres = distance_between_m(first, last)
    per_unit = METRES_PER_UNIT[measure.unit]
    return _check_range(
        claim,
        measure,
        Kind.DISTANCE,
        Range(metres.least / per_unit, metres.greatest / per_unit),
        {language: (f.names.get(language, f.name) for f in (first, last)) for language in _TEMPLATES},
    )
