"""Rings that cross: found alike here and in the process apart, which ends when shapes take too long."""

from __future__ import annotations

import numpy as np
import pytest
import shapely

import geo.intake.rings
from geo.errors import InputError
from geo.intake.limits import Limits
from geo.intake.rings import find_sound
from tests.loading_here import load_here

SOUND = ("POINT (34 31)", "LINESTRING (34 31, 35 32)", "POLYGON ((34 31, 35 31, 35 32, 34 31))")
CROSSED = (
    "POLYGON ((34 31, 35 32, 35 31, 34 32, 34 31))",
    "MULTIPOLYGON (((0 0, 2 0, 2 2, 0 0)), ((1 0, 3 0, 3 2, 1 0)))",
)


def comb(teeth: int) -> shapely.Polygon:
    """A sound polygon that takes long to look at: the boxes around its slanted edges all overlap."""
    edges = [((34 + 2e-6 * number, 31.0), (34.1 + 2e-6 * number, 31.1)) for number in range(teeth)]
    points = [point for number, edge in enumerate(edges) for point in (edge if number % 2 == 0 else edge[::-1])]
    return shapely.Polygon([*points, (34.6, points[-1][1]), (34.6, 30.9), (33.9, 30.9), (33.9, 31.0)])


@pytest.mark.parametrize("cost", [0, 1e12])
def test_the_same_shapes_are_sound_here_and_apart(monkeypatch: pytest.MonkeyPatch, cost: float) -> None:
    monkeypatch.setattr(geo.intake.rings, "_DIRECT_COST", cost)
    shapes = shapely.from_wkt([*SOUND, *CROSSED, *SOUND])
    assert find_sound(shapes, Limits()).tolist() == [True, True, True, False, False, True, True, True]


def test_shapes_that_take_too_long_are_refused_by_the_limit_of_time() -> None:
    with pytest.raises(InputError) as caught:
        find_sound(np.array([comb(20_000)]), Limits(seconds=3))
    assert [problem.message for problem in caught.value.problems] == [
        "Limit reached: at most 1 seconds of reading; the file takes longer (to see whether the rings of its shapes "
        "cross). Split the file, or ask whoever runs this atlas to raise ATLAS_MAX_SECONDS."
    ]


def test_a_table_of_intricate_shapes_is_loaded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(geo.intake.rings, "_DIRECT_COST", 0)
    report = load_here("id,wkt\n" + "".join(f'{n},"{text}"\n' for n, text in enumerate([*SOUND, *CROSSED]))).report
    assert (report.drawn, report.listed) == (3, 2)
    assert [mend.kind for mend in report.offered] == ["untangle-rings"]
