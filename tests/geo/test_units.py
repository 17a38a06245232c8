from __future__ import annotations

import pytest

from geo.measures import CLDR_UNITS, format_amount
from geo.units import METRES_PER_UNIT, UNITS


def test_units_told_by_babel_are_units() -> None:
    assert set(CLDR_UNITS) <= UNITS


@pytest.mark.parametrize("unit", sorted(UNITS))
@pytest.mark.parametrize("language", ["en", "ar"])
def test_every_unit_has_words(unit: str, language: str) -> None:
    told = {format_amount(number, unit, language) for number in (1, 2, 3, 11, 100, 1.5)}
    assert len(told) == 6
    if language == "ar":
        assert not any(letter.isascii() and letter.isalpha() for amount in told for letter in amount)


@pytest.mark.parametrize(
    ("value", "unit", "language", "told"),
    [
        (1, "people", "en", "1 person"),
        (7, "people", "en", "7 people"),
        (1110, "homes", "ar", "1,110 منازل"),
        (2, "drones", "ar", "طائرتان مسيّرتان"),
        (3, "drones", "ar", "3 طائرات مسيّرة"),
        (3.6, "km", "ar", "3.6 كم"),
    ],
)
def test_number_agrees_with_what_is_counted(value: float, unit: str, language: str, told: str) -> None:
    assert format_amount(value, unit, language) == told


@pytest.mark.parametrize(("unit", "value", "metres"), [("mi", 30, 48_280.32), ("yd", 820, 749.808), ("km", 50, 50_000)])
def test_metres_per_unit(unit: str, value: float, metres: float) -> None:
    assert value * METRES_PER_UNIT[unit] == pytest.approx(metres)
