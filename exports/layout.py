"""How a page is divided: head, frame of the map, panel beside or below it, foot."""

from __future__ import annotations

from dataclasses import dataclass

from exports.drawing import Box
from exports.letter_sizes import PAPER_SIZES, LetterSizes
from exports.lettering import LEADING, wrap

_MARGIN_PT, _GAP_PT = 24.0, 14.0
# width of the panel beside the map: larger letters need more
_PANEL_PT, _WIDE_PANEL_PT, _LARGE_PT = 236.0, 258.0, 9.0
_HEAD_PT, _FOOT_PT, _GRATICULE_PT = 66.0, 54.0, 34.0
# a page that is no wider than so many times its height has the panel below the map
_UPRIGHT = 1.15
# the least height of the panel is told in sizes of the legend's letters
_COLUMNS, _PANEL_SHARE, _PANEL_LEAST = 3, 0.16, 25.6
_MAX_FINDING_LINES = 2


@dataclass(frozen=True, slots=True)
class Layout:
    """Where the parts of a page stand, points: head above, frame of the map, foot below.

    Parameters
    ----------
    panel
        One column beside the map, or three below it.
    """

    head: Box
    frame: Box
    panel: tuple[Box, ...]
    foot: Box


def wrap_finding(finding: str, width_pt: float, letters: LetterSizes) -> list[str]:
    """Break the sentence below the title into lines; none where there is none."""
    return wrap(finding, letters.finding, width_pt, most=_MAX_FINDING_LINES) if finding else []


def lay_out(width_pt: float, height_pt: float, letters: LetterSizes = PAPER_SIZES, finding: str = "") -> Layout:
    """Divide a page among its parts: the panel stands beside the map, on an upright or square page below it.

    Parameters
    ----------
    width_pt, height_pt
        Of the page.
    letters
        Sizes of what is written on it.
    finding
        The sentence below the title, for which the head has room; empty where there is none.
    """
    right = width_pt - _MARGIN_PT
    lines = wrap_finding(finding, right - _MARGIN_PT, letters)
    head = Box(_MARGIN_PT, 16.0, right, _HEAD_PT + len(lines) * letters.finding * LEADING)
    if width_pt <= _UPRIGHT * height_pt:
        return _lay_out_upright(head, height_pt, letters)
    panel_left = right - (_WIDE_PANEL_PT if letters.legend > _LARGE_PT else _PANEL_PT)
    bottom = height_pt - _FOOT_PT
    return Layout(
        head,
        Box(_GRATICULE_PT + 8, head.bottom + 4, panel_left - _GAP_PT, bottom),
        (Box(panel_left, head.bottom + 2, right, height_pt - 12),),
        Box(_MARGIN_PT, bottom + 12, panel_left - _GAP_PT, height_pt - 8),
    )


def _lay_out_upright(head: Box, height_pt: float, letters: LetterSizes) -> Layout:
    foot_top = height_pt - _FOOT_PT + 18
    panel_top = foot_top - max(_PANEL_LEAST * letters.legend, _PANEL_SHARE * height_pt)
    width = (head.width - (_COLUMNS - 1) * _GAP_PT) / _COLUMNS
    lefts = [head.left + number * (width + _GAP_PT) for number in range(_COLUMNS)]
    return Layout(
        head,
        Box(_GRATICULE_PT + 8, head.bottom + 4, head.right, panel_top - 2 * _GAP_PT),
        tuple(Box(left, panel_top, left + width, foot_top - 4) for left in lefts),
        Box(head.left, foot_top, head.right, height_pt - 6),
    )
