"""Sizes of a page's letters: small on paper, which is read in the hand, larger on slides, which are read in a room."""

from __future__ import annotations

from dataclasses import dataclass

_PAPER = frozenset({"a4", "a3"})


@dataclass(frozen=True, slots=True)
class LetterSizes:
    """How large the words of a page are, points.

    Parameters
    ----------
    names
        Names of marks, in sizes of those on paper.
    town, water, country
        Names of the ground; those of regions are as waters'.
    graticule, scale
        At the frame's edge; of the scale bar.
    shown, finding
        Below the title: what is shown, and the sentence of who makes the file.
    heading, legend, source, side, story
        Beside the map: headings, rows of the legend and its key, sources, sides of a disagreement, a tour's text.
    credit
        At the foot.
    """

    names: float
    town: float
    water: float
    country: float
    graticule: float
    scale: float
    shown: float
    finding: float
    heading: float
    legend: float
    source: float
    side: float
    story: float
    credit: float


PAPER_SIZES = LetterSizes(
    names=1.0,
    town=7.5,
    water=8.5,
    country=8.0,
    graticule=6.5,
    scale=7.0,
    shown=9.5,
    finding=12.0,
    heading=9.5,
    legend=8.0,
    source=8.0,
    side=8.0,
    story=11.0,
    credit=6.5,
)
SCREEN_SIZES = LetterSizes(
    names=1.17,
    town=10.0,
    water=10.0,
    country=10.0,
    graticule=8.0,
    scale=9.0,
    shown=11.0,
    finding=14.0,
    heading=11.5,
    legend=10.5,
    source=8.5,
    side=9.5,
    story=12.0,
    credit=8.0,
)


def choose_letter_sizes(page: str) -> LetterSizes:
    """Choose the sizes for a page by its name, as `exports.pages.measure_page` has it."""
    return PAPER_SIZES if page in _PAPER else SCREEN_SIZES
