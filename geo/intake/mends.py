"""The mends there are: what each does, and how one is offered in words."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from geo.errors import InputError, Problem
from geo.intake.dating import FORM_WORDS
from geo.intake.referencing import PROJECTIONS
from geo.wording import show_value

MENDS: Mapping[str, str] = MappingProxyType(
    {
        "swap-coordinates": "exchange longitude and latitude where they stand in the wrong order",
        "wrap-longitudes": "take 360 from longitudes over 180 where they are counted from 0 to 360",
        **{key: f"read the numbers as {words}" for key, (_, words) in PROJECTIONS.items()},
        "degrees": "read the numbers as degrees, though the file says that they are metres",
        "number-ids": "give rows whose id another has already an id of their own, with a number after it",
        **{key: f"read dates as {words}" for key, words in FORM_WORDS.items()},
        "untangle-rings": "redraw shapes whose rings cross themselves, so that they cover what they enclose",
    }
)
"""All mends by kind, and what each does."""


IN_REGION, ON_EARTH = "in the region", "on the earth"
"""Where places would lie once longitude and latitude are exchanged."""


@dataclass(frozen=True, slots=True)
class Mend:
    """A mend that is offered or was made.

    Parameters
    ----------
    kind
        Key of `MENDS`, by which it is asked for.
    rows
        How many rows it concerns.
    words
        What was found and what the mend does, as a sentence.
    whole, place, where
        Of how many places the rows are some, one of them, and where they would lie; where `words` says it.
    """

    kind: str
    rows: int
    words: str
    whole: int = 0
    place: str = ""
    where: str = ""


def add_offers(first: Mend, second: Mend) -> Mend:
    """Add up what two layers are offered of one kind; what the sentence counts, it counts in both.

    Examples
    --------
    >>> rings = Mend("untangle-rings", 2, tell_rings(2))
    >>> add_offers(rings, rings).words[:38]
    'Rings cross themselves in 4 of the sha'
    """
    rows, whole = first.rows + second.rows, first.whole + second.whole
    where = first.where if first.where == second.where else ON_EARTH
    words = first.words
    if first.kind == "swap-coordinates":
        words = tell_swap(rows, whole, first.place, where)
    elif first.kind == "untangle-rings":
        words = tell_rings(rows)
    return Mend(first.kind, rows, words, whole, first.place, where)


def tell_swap(rows: int, whole: int, place: str, where: str) -> str:
    """Tell how many of all places, and which, would lie where with longitude and latitude exchanged."""
    if rows < whole:
        return (
            f"{rows:,} of {whole:,} places, such as '{place}', would lie {where} with longitude and "
            "latitude exchanged; the others stay as they are."
        )
    return f"Places such as '{place}' lie {where} once longitude and latitude are exchanged."


def tell_rings(rows: int) -> str:
    """Tell of how many shapes the rings cross."""
    return f"Rings cross themselves in {rows} of the shapes; they can be redrawn to cover what they enclose."


def check_mends(mends: Collection[str]) -> None:
    """Check that mends that were asked for exist.

    Raises
    ------
    InputError
        Naming each that does not.
    """
    problems = [
        Problem("mend", f"Invalid mend '{show_value(kind)}'. It is one of {', '.join(MENDS)}. Correct it.")
        for kind in mends
        if kind not in MENDS
    ]
    if problems:
        raise InputError(problems)
