"""Where claims disagree, and by how much."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from babel.numbers import format_decimal

from geo.checks import distance_between_m
from geo.dates import Interval, read_interval
from geo.measures import format_amount
from geo.model import Claim, Feature, Measure, Source

if TYPE_CHECKING:
    from geo.dataset import Dataset


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two claims of a disagreement, with the feature that it belongs to and its source."""

    claim: Claim
    feature: Feature
    source: Source


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Two claims that disagree.

    Parameters
    ----------
    sides
        The two, in the order of the dataset.
    about, reason
        In what they disagree, and why it is thought so.
    difference
        The measured difference in words, by language; empty where there is nothing to measure.
    """

    sides: tuple[Side, Side]
    about: str
    reason: str
    difference: Mapping[str, str]


_WORDS = MappingProxyType(
    {
        "en": {
            "days": "The dates lie {} apart.",
            "overlap": "The dates overlap.",
            "same-number": "The numbers are the same: {}.",
            "numbers": "{} against {}: the difference is {}.",
            "ratio": "{} against {}: the difference is {}, the ratio {}.",
            "apart": "The shapes lie {} apart.",
            "shapes-overlap": "The shapes overlap.",
        },
        "ar": {
            "days": "بين التاريخين {}.",
            "overlap": "التاريخان متداخلان.",
            "same-number": "العددان متساويان: {}.",
            "numbers": "{} مقابل {}: الفرق {}.",
            "ratio": "{} مقابل {}: الفرق {}، والنسبة {}.",
            "apart": "المسافة بين الشكلين {}.",
            "shapes-overlap": "الشكلان متداخلان.",
        },
    }
)
_SPATIAL = {"place", "extent", "direction"}


def disagreements(dataset: Dataset) -> tuple[Disagreement, ...]:
    """Collect the disagreements of a dataset, each pair of claims once for each thing that they differ in.

    Parameters
    ----------
    dataset
        Whose claims are gone through in order; a pair that both sides tell has the reason of the first.
    """
    found: dict[tuple[frozenset[str], str], Disagreement] = {}
    for feature in dataset.features:
        for claim in feature.claims:
            for other, dispute in dataset.disputes(claim.id):
                key = (frozenset({claim.id, other}), dispute.about)
                if key not in found:
                    sides = (_side(claim.id, dataset), _side(other, dataset))
                    found[key] = Disagreement(sides, dispute.about, dispute.reason, _measure_difference(sides, key[1]))
    return tuple(found.values())


def _measure_difference(sides: tuple[Side, Side], about: str) -> dict[str, str]:
    """Measure in what two claims differ: dates in days, numbers in their unit, places in kilometres.

    Parameters
    ----------
    sides
        The two claims.
    about
        In what they disagree; actors and statuses have nothing to measure.

    Returns
    -------
    Words by language, empty where there is nothing to measure.
    """
    words = {language: " ".join(_tell_difference(sides, about, language)) for language in _WORDS}
    return {language: text for language, text in words.items() if text}


def _side(claim_id: str, dataset: Dataset) -> Side:
    feature, claim = dataset.claim(claim_id)
    return Side(claim, feature, dataset.source(claim.citation.id))


def _tell_difference(sides: tuple[Side, Side], about: str, language: str) -> Iterator[str]:
    first, last = sides
    if about == "date" and first.claim.when and last.claim.when:
        yield _tell_dates(read_interval(first.claim.when), read_interval(last.claim.when), language)
    elif about == "number":
        for pair in _comparable_numbers(first.claim, last.claim):
            yield _tell_numbers(*pair, language)
    elif about in _SPATIAL and first.feature.id != last.feature.id:
        yield from _tell_shapes(first.feature, last.feature, language)


def _tell_dates(first: Interval, last: Interval, language: str) -> str:
    if first.overlaps(last):
        return _WORDS[language]["overlap"]
    # intervals that share no day have closed ends where they face each other
    gaps = [(b.first - a.last).days for a, b in ((first, last), (last, first)) if a.last and b.first]
    return _WORDS[language]["days"].format(format_amount(max(gaps), "days", language))


def _comparable_numbers(first: Claim, last: Claim) -> Iterator[tuple[Measure, Measure]]:
    for measure in first.measures:
        matches = [m for m in last.measures if m.unit == measure.unit and m.value is not None]
        # of several numbers in one unit, that of the same thing
        matches.sort(key=lambda m: m.quantity != measure.quantity)
        if measure.value is not None and matches:
            yield measure, matches[0]


def _tell_numbers(first: Measure, last: Measure, language: str) -> str:
    assert first.value is not None
    assert last.value is not None
    words = _WORDS[language]
    a, b = (format_amount(value, first.unit, language) for value in (first.value, last.value))
    if first.value == last.value:
        return words["same-number"].format(a)
    difference = format_amount(round(abs(first.value - last.value), 6), first.unit, language)
    least, greatest = sorted((first.value, last.value))
    if least <= 0:
        return words["numbers"].format(a, b, difference)
    return words["ratio"].format(a, b, difference, format_decimal(round(greatest / least, 2), locale=language))


def _tell_shapes(first: Feature, last: Feature, language: str) -> Iterator[str]:
    if first.shape is None or last.shape is None:
        return
    # the radius of an uncertain point is part of what is drawn
    least_km = distance_between_m(first, last).least / 1000
    if least_km == 0:
        yield _WORDS[language]["shapes-overlap"]
    else:
        amount = format_amount(round(least_km, 0 if least_km >= 10 else 1), "km", language)
        yield _WORDS[language]["apart"].format(amount)
