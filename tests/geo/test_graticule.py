from fractions import Fraction

import pytest

from geo.graticule import build_graticule, choose_step, format_angle
from geo.model import Extent

CORRIDOR = Extent(west=33.7, south=31.0, east=34.6, north=31.6)


@pytest.mark.parametrize(
    ("value", "letters", "label"),
    [
        (31.25, "NS", "31°15′ N"),
        (34, "EW", "34° E"),
        (-34.5, "EW", "34°30′ W"),
        (0, "NS", "0°"),
        (Fraction(1, 3600), "NS", "0°00′01″ N"),
    ],
)
def test_format_angle_reads_as_written(value: Fraction | float, letters: str, label: str) -> None:
    assert format_angle(value, *letters) == label


def test_build_graticule_covers_extent() -> None:
    lines = build_graticule(CORRIDOR)
    meridians = ["33°50′ E", "34° E", "34°10′ E", "34°20′ E", "34°30′ E"]
    assert [line.label for line in lines if line.is_meridian] == meridians
    assert [line.label for line in lines if not line.is_meridian] == ["31° N", "31°10′ N", "31°20′ N", "31°30′ N"]
    for line in lines:
        ends = line.coordinates[0], line.coordinates[-1]
        along = (CORRIDOR.south, CORRIDOR.north) if line.is_meridian else (CORRIDOR.west, CORRIDOR.east)
        assert tuple(end[1 if line.is_meridian else 0] for end in ends) == along


@pytest.mark.parametrize(
    ("extent", "minutes"),
    [
        (CORRIDOR, 10),
        (Extent(west=34.2, south=31.2, east=34.35, north=31.35), 2),
        (Extent(west=10, south=12, east=65, north=46), 600),
    ],
)
def test_choose_step_gives_a_handful_of_lines(extent: Extent, minutes: int) -> None:
    assert choose_step(extent) == Fraction(minutes, 60)
