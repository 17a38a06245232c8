"""Hatches: lines on one grid, as far as an area is filled."""

from __future__ import annotations

import numpy as np
import pytest
import shapely

from exports.drawing import Line
from exports.glyphs import HATCH_PT, fill_of, trace_hatch
from layers.style import Hatch

# an area with a bay, a hole and a corner on the grid, and a second one apart; no edge runs along a hatch
BAY: Line = ((3.1, 2.2), (90.4, 0.7), (96, 60), (50.3, 18.9), (12, 71.5), (3.1, 2.2))
HOLE: Line = ((20.2, 10.1), (18, 30), (30, 24), (20.2, 10.1))
APART: Line = ((100.3, 6.2), (130.9, 12.1), (120, 48), (100.3, 6.2))
RINGS = (BAY, HOLE, APART)
# what of x and y counts the lines of a hatch
WAYS = {
    Hatch.LEVEL: [(0, 1)],
    Hatch.UPRIGHT: [(1, 0)],
    Hatch.RISING: [(1, 1)],
    Hatch.FALLING: [(1, -1)],
    Hatch.CROSSED: [(1, 1), (1, -1)],
}


@pytest.mark.parametrize("hatch", WAYS)
def test_lines_of_a_hatch_are_those_of_the_grid_within_the_area(hatch: Hatch) -> None:
    lines = np.array(trace_hatch(hatch, RINGS))
    area = fill_of(RINGS)
    assert shapely.covers(shapely.buffer(area, 0.02), shapely.linestrings(lines)).all()
    for across, down in WAYS[hatch]:
        numbers = (lines @ (across, down)) / HATCH_PT
        own = (abs(numbers - numbers.round()) < 0.02).all(axis=1) & (numbers[:, 0].round() == numbers[:, 1].round())
        drawn = shapely.union_all(shapely.linestrings(lines[own]))
        grid = [ruler(across, down, number * HATCH_PT) for number in range(-40, 60)]
        parts = shapely.get_parts(shapely.intersection(shapely.multilinestrings(grid), area))
        # a line that only touches a corner is none
        whole = shapely.union_all(parts[shapely.length(parts) > 0.05])
        assert drawn.length == pytest.approx(whole.length, abs=0.02 * len(lines))
        assert shapely.hausdorff_distance(drawn, whole) < 0.05


def ruler(across: int, down: int, at: float) -> Line:
    """A long line of the grid: where so much of x and y is as much."""
    start, way = np.array([across, down]) * at / (across**2 + down**2), np.array([-down, across]) * 500
    (a, b), (c, d) = (start - way).tolist(), (start + way).tolist()
    return ((a, b), (c, d))


@pytest.mark.parametrize("hatch", Hatch)
def test_nothing_is_drawn_where_there_is_no_area(hatch: Hatch) -> None:
    assert trace_hatch(hatch, ()) == ()
