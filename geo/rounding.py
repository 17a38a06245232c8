"""What a number as written may stand for, and whether a computed range agrees with it.

The rule has two readings. The strict one takes every digit as written: 30 stands for 29.5 to 30.5. The generous one
takes the trailing zeros of a whole number as rounding, so that 30 stands for 25 to 35, and a hedged number ("about") as
given to one significant figure, so that about 750 stands for 700 to 800. A computed range that meets the strict reading
holds; one that meets only the generous reading holds roughly; one that meets neither fails.

References
----------
Thompson, A. and Taylor, B. N. (2008). Guide for the use of the International System of Units. NIST Special Publication
811, appendix B.7: a converted number keeps the significant digits of the given one, and stands for half a unit of the
last of them either way.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from math import inf

from geo.model import Qualifier

_NO_UPPER_END = {Qualifier.MORE_THAN, Qualifier.AT_LEAST}
_NO_LOWER_END = {Qualifier.UP_TO, Qualifier.LESS_THAN}


class Agreement(StrEnum):
    """Whether a number agrees with what is computed."""

    HOLDS = "holds"
    HOLDS_ROUGHLY = "holds-roughly"
    FAILS = "fails"


@dataclass(frozen=True, slots=True)
class Range:
    """Numbers from least to greatest, both included."""

    least: float
    greatest: float

    def meets(self, other: Range) -> bool:
        """Tell whether the two have a number in common."""
        return self.least <= other.greatest and other.least <= self.greatest


def judge_number(value: float, computed: Range, qualifier: Qualifier = Qualifier.EXACTLY) -> Agreement:
    """Compare a number as written with a computed range in the same unit.

    Parameters
    ----------
    value
        As the source gives it.
    computed
        What it should be; a range where the ground or the dates are known only so far.
    qualifier
        How the source hedges the number. "More than" and the like leave one side open.

    Examples
    --------
    >>> judge_number(820, Range(820.2, 820.2)).value
    'holds'
    >>> judge_number(30, Range(31.07, 31.07)).value
    'holds-roughly'
    >>> judge_number(50, Range(14.4, 29.1), Qualifier.ABOUT).value
    'fails'
    """
    if computed.meets(_reading(value, half_unit(value), qualifier)):
        return Agreement.HOLDS
    if computed.meets(_reading(value, rounding_of(value, is_hedged=qualifier == Qualifier.ABOUT), qualifier)):
        return Agreement.HOLDS_ROUGHLY
    return Agreement.FAILS


def half_unit(value: float) -> float:
    """Return half a unit of the last digit written.

    Examples
    --------
    >>> half_unit(750), half_unit(1.5)
    (0.5, 0.05)
    """
    exponent = _exponent(Decimal(repr(value)).normalize())
    return float(Decimal(5).scaleb(min(exponent, 0) - 1))


def rounding_of(value: float, *, is_hedged: bool = False) -> float:
    """Return half a unit of the last significant figure, trailing zeros of a whole number being none.

    Parameters
    ----------
    value
        As written.
    is_hedged
        Whether the source says "about": then the first figure alone is significant.

    Examples
    --------
    >>> rounding_of(750), rounding_of(750, is_hedged=True), rounding_of(50), rounding_of(1.5)
    (5.0, 50.0, 5.0, 0.05)
    """
    number = Decimal(repr(value)).normalize()
    return float(Decimal(5).scaleb((number.adjusted() if is_hedged else _exponent(number)) - 1))


def _exponent(number: Decimal) -> int:
    exponent = number.as_tuple().exponent
    assert isinstance(exponent, int), "a measure is a finite number"
    return exponent


def _reading(value: float, tolerance: float, qualifier: Qualifier) -> Range:
    least = -inf if qualifier in _NO_LOWER_END else value - tolerance
    greatest = inf if qualifier in _NO_UPPER_END else value + tolerance
    return Range(least, greatest)
