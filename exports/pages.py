"""Pages that a drawing may stand on: their sizes in points, and in pixels where they are pictures."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

_MIN_SIDE_PX, _MAX_SIDE_PX, _MAX_PIXELS = 64, 20_000, 80_000_000
# a longer slip leaves no room for the legend beside the map, and is more than a slide may measure
_LONGEST = 4
_DEFAULT_DPI = 144
_PRINT_DPI = 300


@dataclass(frozen=True, slots=True)
class Page:
    """Size of a page, points."""

    width_pt: float
    height_pt: float


PAGES: Mapping[str, Page] = MappingProxyType(
    {"slide": Page(960.0, 540.0), "a4": Page(841.89, 595.28), "a3": Page(1190.55, 841.89)}
)
"""Pages by name: a 16:9 slide of 13⅓ inches; A4 and A3 (ISO 216), lying."""


@dataclass(frozen=True, slots=True)
class PixelSize:
    """Size of a picture: pixels, and how many of them to the inch when it is printed.

    Raises
    ------
    ValueError
        If no picture can be so large, so small or so narrow.
    """

    width_px: int
    height_px: int
    dpi: int = _DEFAULT_DPI

    def __post_init__(self) -> None:
        """Refuse what no picture can be."""
        short, long = sorted((self.width_px, self.height_px))
        if (
            short < _MIN_SIDE_PX
            or long > min(_MAX_SIDE_PX, _LONGEST * short)
            or short * long > _MAX_PIXELS
            or not 1 <= self.dpi <= 2400
        ):
            message = (
                f"Invalid size '{self.width_px}×{self.height_px} at {self.dpi} dpi'. Sides have {_MIN_SIDE_PX} to "
                f"{_MAX_SIDE_PX} pixels, one is at most {_LONGEST} times the other, all are at most "
                f"{_MAX_PIXELS // 1_000_000} million, and 1 to 2400 go to the inch. Choose within that."
            )
            raise ValueError(message)


def measure_page(name: str, dpi: int | None = None) -> PixelSize:
    """Return the size of a page as a picture.

    Parameters
    ----------
    name
        One of `PAGES`, or a width and height in pixels such as ``1600x900``.
    dpi
        Pixels to the inch; ``None`` is 144 for a slide and for pixels, 300 for paper.

    Raises
    ------
    ValueError
        If there is no such page, or no picture can have that size.

    Examples
    --------
    >>> measure_page("slide", 300)
    PixelSize(width_px=4000, height_px=2250, dpi=300)
    """
    page = PAGES.get(name)
    if page:
        density = dpi or (_DEFAULT_DPI if name == "slide" else _PRINT_DPI)
        return PixelSize(round(page.width_pt / 72 * density), round(page.height_pt / 72 * density), density)
    sides = re.fullmatch(r"(\d{1,6})[x×](\d{1,6})", name, re.ASCII)
    if sides is None:
        message = f"A page is {', '.join(PAGES)}, or a width and height in pixels such as 1600x900. Choose one."
        raise ValueError(message)
    return PixelSize(int(sides[1]), int(sides[2]), dpi or _DEFAULT_DPI)


def choose_page(name: str) -> Page:
    """Choose the page for a name: a page of pixels has their shape, and room enough for legend and sources.

    Parameters
    ----------
    name
        As in `measure_page`.

    Raises
    ------
    ValueError
        As in `measure_page`.
    """
    return PAGES[name] if name in PAGES else fit_page(measure_page(name))


def fit_page(size: PixelSize) -> Page:
    """Return the smallest page of a picture's shape that has room for legend and sources."""
    smallest = PAGES["slide"]
    scale = max(smallest.width_pt / size.width_px, smallest.height_pt / size.height_px)
    return Page(size.width_px * scale, size.height_px * scale)
