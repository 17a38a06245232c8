"""Numbers that the articles give, told in words with their hedge and both units."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Literal

from babel import Locale
from babel.numbers import format_decimal
from babel.units import format_unit

from geo.model import Measure, Qualifier
from geo.own_files import read_own_json
from geo.units import TIMES

_FORMS = Path(__file__).parent / "unit_words.json"

# CLDR unit identifiers (Unicode Technical Standard 35, part 6), so that babel knows the unit in every language
CLDR_UNITS = MappingProxyType(
    {
        "km": "length-kilometer",
        "mi": "length-mile",
        "m": "length-meter",
        "yd": "length-yard",
        "ft": "length-foot",
        "nmi": "length-nautical-mile",
        "minutes": "duration-minute",
        "hours": "duration-hour",
        "days": "duration-day",
        "weeks": "duration-week",
        "months": "duration-month",
        "years": "duration-year",
    }
)

# CLDR's short times are abbreviations in English; in Arabic only up to hours, and babel lacks the long form of the rest
_SPELT_OUT = MappingProxyType({"en": TIMES, "ar": ("minutes", "hours")})

_HEDGES = MappingProxyType(
    {
        "en": {
            Qualifier.EXACTLY: "{}",
            Qualifier.ABOUT: "about {}",
            Qualifier.MORE_THAN: "more than {}",
            Qualifier.AT_LEAST: "at least {}",
            Qualifier.UP_TO: "up to {}",
            Qualifier.LESS_THAN: "less than {}",
            Qualifier.DOZENS: "dozens of {}",
            Qualifier.SCORES: "scores of {}",
            Qualifier.HUNDREDS: "hundreds of {}",
            Qualifier.TENS_OF_THOUSANDS: "tens of thousands of {}",
        },
        "ar": {
            Qualifier.EXACTLY: "{}",
            Qualifier.ABOUT: "نحو {}",
            Qualifier.MORE_THAN: "أكثر من {}",
            Qualifier.AT_LEAST: "{} على الأقل",
            Qualifier.UP_TO: "حتى {}",
            Qualifier.LESS_THAN: "أقل من {}",
            Qualifier.DOZENS: "عشرات: {}",
            Qualifier.SCORES: "عشرات: {}",
            Qualifier.HUNDREDS: "مئات: {}",
            Qualifier.TENS_OF_THOUSANDS: "عشرات الآلاف: {}",
        },
    }
)


def format_measure(measure: Measure, language: str = "en") -> str:
    """Tell a measure in words, with the source's own conversion where it gives one.

    Parameters
    ----------
    measure
        What the source gives.
    language
        ``en`` or ``ar``.

    Examples
    --------
    >>> from geo.model import Conversion
    >>> format_measure(Measure(quantity="distance", value=50, unit="km", qualifier="about",
    ...                        converted=Conversion(value=30, unit="mi")))
    'about 50 km (30 mi)'
    >>> format_measure(Measure(quantity="homes-demolished", value=1110, unit="homes", qualifier="more-than"))
    'more than 1,110 homes'
    """
    hedge = _HEDGES[language][measure.qualifier]
    if measure.value is None:
        return hedge.format(_name_several(measure.unit, language))
    text = hedge.format(format_amount(measure.value, measure.unit, language))
    if measure.converted is None:
        return text
    return f"{text} ({format_amount(measure.converted.value, measure.converted.unit, language)})"


def format_amount(value: float, unit: str, language: str = "en") -> str:
    """Tell a number with its unit.

    Parameters
    ----------
    value, unit
        The number and one of `geo.units.UNITS`.
    language
        ``en`` or ``ar``.

    Examples
    --------
    >>> format_amount(1.5, "years")
    '1.5 years'
    >>> format_amount(1, "people")
    '1 person'
    """
    if unit in CLDR_UNITS:
        length: Literal["short", "long"] = "long" if unit in _SPELT_OUT[language] else "short"
        return format_unit(value, CLDR_UNITS[unit], length=length, locale=language)
    forms = _read_forms()[unit][language]
    count = Locale(language).plural_form(value)
    form = forms.get(count, forms["other"])
    # as CLDR writes its own units: the Arabic dual says the number
    return form if count == "two" else f"{format_decimal(value, locale=language)} {form}"


def _name_several(unit: str, language: str) -> str:
    forms = _read_forms()[unit][language]
    return forms.get("few", forms["other"])


@cache
def _read_forms() -> dict[str, dict[str, dict[str, str]]]:
    """Read how things counted are called, by unit, language and CLDR's category of the number."""
    forms: dict[str, dict[str, dict[str, str]]] = read_own_json(_FORMS, dict)
    return forms
