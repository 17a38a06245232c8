"""How exactly a place is known: words as they stand, and codes of data sets as their codebooks explain them."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from geo.intake.column_names import fold_name
from geo.intake.texts import code_of
from geo.model import Precision

LEAST = Precision.SCHEMATIC
"""What stands where a column says something that is not understood: a mark is never more exact than the words."""

UNREAD = f"It does not say how exactly the place is known; the least exact, {LEAST.value}, stands instead"
"""Why a value was changed."""

_ACLED = {
    # a town, or a quarter of a large one, that the report names, by its middle: where in it is not known
    "1": Precision.APPROXIMATE,
    # near a town, or in a small part of a region that the town's coordinates stand for
    "2": Precision.AREA,
    # a larger region, for which a forest, sea or the like stands, or else a provincial capital
    "3": Precision.SCHEMATIC,
}
_UCDP = {
    # the exact location of the event
    "1": Precision.EXACT,
    # within at most some 25 km of the point
    "2": Precision.APPROXIMATE,
    # somewhere in the district or the province that the point stands for, mostly by its middle
    "3": Precision.AREA,
    "4": Precision.AREA,
    # along a line, on an island, in part of a country, or between two places that are named
    "5": Precision.AREA,
    # the country alone, by its middle
    "6": Precision.SCHEMATIC,
    # international waters or airspace, by the middle of the waters or a guess
    "7": Precision.SCHEMATIC,
}
_GDELT = {
    # no place was found in the report, and the row has none
    "0": Precision.SCHEMATIC,
    # the middle of a country
    "1": Precision.SCHEMATIC,
    # the middle of a state of the USA
    "2": Precision.AREA,
    # the middle of a city or landmark, in the USA and elsewhere: where in it is not known
    "3": Precision.APPROXIMATE,
    "4": Precision.APPROXIMATE,
    # the middle of a state or province elsewhere
    "5": Precision.AREA,
}

_GTD = {
    # a town, by its coordinates
    "1": Precision.APPROXIMATE,
    # the middle of the smallest region that is known, for a town that was not found or an attack outside of towns
    "2": Precision.AREA,
    "3": Precision.AREA,
    # the middle of a province
    "4": Precision.AREA,
    # not even the province is known
    "5": Precision.SCHEMATIC,
}

CODES: Mapping[str, Mapping[str, Precision]] = MappingProxyType(
    {
        "geoprecision": _ACLED,
        # as a Shapefile cuts it
        "geoprecis": _ACLED,
        "whereprec": _UCDP,
        "actiongeotype": _GDELT,
        "specificity": _GTD,
    }
)
"""By the name of a column as `fold_name` writes it, what its codes mean; which word each comes to is our reading.

References
----------
Named in ``docs/data.md``, with what was seen of them.
"""


def read_precision(text: str, column: str) -> Precision | None:
    """Read how exactly a place is known; ``None`` where the text does not say.

    Parameters
    ----------
    text
        A code, or a word of `Precision` in any case; an empty one is exact, but in a column of codes says nothing.
    column
        Where it stands: its name tells which codes it holds, if any.

    Examples
    --------
    >>> read_precision("2", "where_prec"), read_precision("Area", "precision"), read_precision("2", "precision")
    (<Precision.APPROXIMATE: 'approximate'>, <Precision.AREA: 'area'>, None)
    """
    codes, word = CODES.get(fold_name(column)), text.strip().lower()
    if codes is not None and code_of(word) in codes:
        return codes[code_of(word)]
    if not word:
        return None if codes is not None else Precision.EXACT
    return Precision(word) if word in set(Precision) else None
