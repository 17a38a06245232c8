"""Findings: what became of checking a number, told in plain words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from babel.numbers import format_decimal

from geo.measures import format_amount
from geo.rounding import Agreement, Range

LANGUAGES = ("en", "ar")
"""Languages that a finding is told in."""

Parts = Callable[[str], Mapping[str, str]]
"""Gives, for a language, the words that fill a sentence."""


class CheckKind(StrEnum):
    """What a number was checked against."""

    CONVERSION = "conversion"
    DISTANCE = "distance"
    ELAPSED_TIME = "elapsed-time"
    SHARE = "share"


@dataclass(frozen=True, slots=True)
class Finding:
    """The outcome of checking one number of a claim.

    Parameters
    ----------
    claim, quantity
        Id of the claim, and what its number is of.
    kind, verdict
        What it was checked against, and whether it agrees.
    reported, computed, unit
        The number as the source gives it, and what it should be, in one unit.
    words
        The verdict and the numbers in short sentences, by language.
    """

    claim: str
    quantity: str
    kind: CheckKind
    verdict: Agreement
    reported: float
    computed: Range
    unit: str
    words: Mapping[str, str]


_VERDICTS = MappingProxyType(
    {
        "en": {Agreement.HOLDS: "Holds", Agreement.HOLDS_ROUGHLY: "Holds roughly", Agreement.FAILS: "Does not hold"},
        "ar": {Agreement.HOLDS: "صحيح", Agreement.HOLDS_ROUGHLY: "صحيح تقريبًا", Agreement.FAILS: "غير صحيح"},
    }
)
_TEMPLATES = MappingProxyType(
    {
        "en": {
            CheckKind.CONVERSION: "{verdict}: {given} is {computed}; the report says {reported}.",
            CheckKind.DISTANCE: "{verdict}: {first} to {last} measures {computed}; the report says {reported}.",
            CheckKind.ELAPSED_TIME: "{verdict}: {first} to {last} is {computed}; the report says {reported}.",
            CheckKind.SHARE: "{verdict}: {reported} of {whole} is {computed}.",
        },
        "ar": {
            CheckKind.CONVERSION: "{verdict}: {given} تساوي {computed}، والتقرير يذكر {reported}.",
            CheckKind.DISTANCE: "{verdict}: المسافة من {first} إلى {last} {computed}، والتقرير يذكر {reported}.",
            CheckKind.ELAPSED_TIME: "{verdict}: المدة من {first} إلى {last} {computed}، والتقرير يذكر {reported}.",
            CheckKind.SHARE: "{verdict}: {reported} من أصل {whole}، أي {computed}.",
        },
    }
)
_RANGES = MappingProxyType({"en": "{} to {}", "ar": "بين {} و{}"})


def tell_finding(kind: CheckKind, verdict: Agreement, parts: Parts) -> dict[str, str]:
    """Tell a finding in every language.

    Parameters
    ----------
    kind, verdict
        Which sentence, and how it begins.
    parts
        What fills it; ``note`` is put after it.
    """
    told = {}
    for language in LANGUAGES:
        words = parts(language)
        sentence = _TEMPLATES[language][kind].format(verdict=_VERDICTS[language][verdict], **words)
        told[language] = f"{sentence} {words.get('note', '')}".rstrip()
    return told


def format_range(computed: Range, unit: str, language: str) -> str:
    """Tell a range with its unit: whole numbers from 10 up, one decimal below.

    Parameters
    ----------
    computed, unit
        From least to greatest, and their unit.
    language
        ``en`` or ``ar``.

    Examples
    --------
    >>> format_range(Range(14.4, 29.1), "km", "en")
    '14 to 29 km'
    """
    least, greatest = (round(end) if end >= 10 else round(end, 1) for end in (computed.least, computed.greatest))
    amount = format_amount(greatest, unit, language)
    if least == greatest:
        return amount
    return _RANGES[language].format(format_decimal(least, locale=language), amount)
