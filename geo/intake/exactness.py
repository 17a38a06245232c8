"""How exactly a place is known: words as they stand, and codes of data sets as their codebooks explain them."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from geo.intake.column_names import fold_name
from geo.model import Precision

LEAST = Precision.SCHEMATIC
"""What stands where a column says something that is not understood: a mark is never more exact than the words."""

UNREAD = f"It does not say how exactly the place is known; the least exact, {LEAST.value}, stands instead"
"""Why a value was changed."""

_ACLED = {
    # a town that the report names, by the town's coordinates: where in the town is not known
    "1": Precision.APPROXIMATE,
    # near a town, or in a small part of a region that the town's coordinates stand for
    "2": Precision.AREA,
    # a larger region, for which a provincial capital or a landmark stands
    "3": Precision.SCHEMATIC,
}
_UCDP = {
    # the exact location of the event
    "1": Precision.EXACT,
    # within some 25 km of the point
    "2": Precision.APPROXIMATE,
    # somewhere in the district, in the province, or along the line or in the loose area that the point stands for
    "3": Precision.AREA,
    "4": Precision.AREA,
    "5": Precision.AREA,
    # the country alone, for which any point may stand
    "6": Precision.SCHEMATIC,
    # international waters or airspace
    "7": Precision.SCHEMATIC,
}
_GDELT = {
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

CODES: Mapping[str, Mapping[str, Precision]] = MappingProxyType(
    {
        "geoprecision": _ACLED,
        # as a Shapefile cuts it
        "geoprecis": _ACLED,
        "whereprec": _UCDP,
        "actiongeotype": _GDELT,
    }
)
"""By the name of a column as `fold_name` writes it, what its codes mean; which word each comes to is our reading.

References
----------
ACLED codebook, spatial precision codes. UCDP GED codebook, ``where_prec``. GDELT event database, data format codebook
2.0, ``ActionGeo_Type``.
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
    if codes is not None and word in codes:
        return codes[word]
    if not word:
        return None if codes is not None else Precision.EXACT
    return Precision(word) if word in set(Precision) else None
