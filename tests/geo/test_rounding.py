from __future__ import annotations

import pytest

from geo.model import Qualifier
from geo.rounding import Agreement, Range, half_unit, judge_number, rounding_of

HOLDS, ROUGHLY, FAILS = Agreement.HOLDS, Agreement.HOLDS_ROUGHLY, Agreement.FAILS
ABOUT = Qualifier.ABOUT


@pytest.mark.parametrize(
    ("value", "strict", "generous", "hedged"),
    [
        (50, 0.5, 5, 5),
        (750, 0.5, 5, 50),
        (820.0, 0.5, 5, 50),
        (1110, 0.5, 5, 500),
        (27, 0.5, 0.5, 5),
        (1.5, 0.05, 0.05, 0.5),
        (0.25, 0.005, 0.005, 0.05),
        (0, 0.5, 0.5, 0.5),
    ],
)
def test_tolerance_is_half_a_unit_of_the_last_figure(
    value: float, strict: float, generous: float, hedged: float
) -> None:
    assert half_unit(value) == strict
    assert rounding_of(value) == generous
    assert rounding_of(value, is_hedged=True) == hedged


@pytest.mark.parametrize(
    ("value", "computed", "qualifier", "verdict"),
    [
        (820, (820.2, 820.2), Qualifier.EXACTLY, HOLDS),
        (820, (820.51, 820.51), Qualifier.EXACTLY, ROUGHLY),
        (820, (825.1, 825.1), Qualifier.EXACTLY, FAILS),
        (30, (31.07, 31.07), Qualifier.EXACTLY, ROUGHLY),
        (35, (31.07, 31.07), Qualifier.EXACTLY, FAILS),
        (50, (40, 60), ABOUT, HOLDS),
        (50, (54, 60), ABOUT, ROUGHLY),
        (50, (14, 29), ABOUT, FAILS),
        (15, (19, 19), ABOUT, ROUGHLY),
        (15, (19, 19), Qualifier.EXACTLY, FAILS),
        (1, (0.9, 1.1), Qualifier.MORE_THAN, HOLDS),
        (1, (5, 6), Qualifier.AT_LEAST, HOLDS),
        (50, (46, 47), Qualifier.MORE_THAN, ROUGHLY),
        (50, (10, 20), Qualifier.MORE_THAN, FAILS),
        (50, (10, 20), Qualifier.UP_TO, HOLDS),
        (50, (56, 60), Qualifier.LESS_THAN, FAILS),
    ],
)
def test_judge_number(value: float, computed: tuple[float, float], qualifier: Qualifier, verdict: Agreement) -> None:
    assert judge_number(value, Range(*computed), qualifier) == verdict
