from __future__ import annotations

import pytest

from geo.measures import CLDR_UNITS
from geo.units import METRES_PER_UNIT, UNITS


def test_units_told_by_babel_are_units() -> None:
    assert set(CLDR_UNITS) <= UNITS


@pytest.mark.parametrize(("unit", "value", "metres"), [("mi", 30, 48_280.32), ("yd", 820, 749.808), ("km", 50, 50_000)])
def test_metres_per_unit(unit: str, value: float, metres: float) -> None:
    assert value * METRES_PER_UNIT[unit] == pytest.approx(metres)
