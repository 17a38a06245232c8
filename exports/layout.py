"""How a page is divided: head, frame of the map, panel beside or below it, foot."""

from __future__ import annotations

from dataclasses import dataclass

from exports.drawing import Box

_MARGIN_PT, _PANEL_PT, _GAP_PT = 24.0, 236.0, 14.0
_HEAD_PT, _FOOT_PT, _GRATICULE_PT = 66.0, 54.0, 34.0
# a page that is no wider than so many times its height has the panel below the map
_UPRIGHT = 1.15
_COLUMNS, _PANEL_SHARE, _PANEL_LEAST_PT = 3, 0.16, 205.0


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


def lay_out(width_pt: float, height_pt: float) -> Layout:
    """Divide a page among its parts: the panel stands beside the map, on an upright or square page below it."""
    right = width_pt - _MARGIN_PT
    head = Box(_MARGIN_PT, 16.0, right, _HEAD_PT)
    if width_pt <= _UPRIGHT * height_pt:
        return _lay_out_upright(head, height_pt)
    panel_left = right - _PANEL_PT
    bottom = height_pt - _FOOT_PT
    return Layout(
        head,
        Box(_GRATICULE_PT + 8, _HEAD_PT + 4, panel_left - _GAP_PT, bottom),
        (Box(panel_left, _HEAD_PT + 2, right, height_pt - 12),),
        Box(_MARGIN_PT, bottom + 12, panel_left - _GAP_PT, height_pt - 8),
    )


def _lay_out_upright(head: Box, height_pt: float) -> Layout:
    foot_top = height_pt - _FOOT_PT + 18
    panel_top = foot_top - max(_PANEL_LEAST_PT, _PANEL_SHARE * height_pt)
    width = (head.width - (_COLUMNS - 1) * _GAP_PT) / _COLUMNS
    lefts = [head.left + number * (width + _GAP_PT) for number in range(_COLUMNS)]
    return Layout(
        head,
        Box(_GRATICULE_PT + 8, _HEAD_PT + 4, head.right, panel_top - 2 * _GAP_PT),
        tuple(Box(left, panel_top, left + width, foot_top - 4) for left in lefts),
        Box(head.left, foot_top, head.right, height_pt - 6),
    )
