"""Tables without a heading: longitude and latitude are found by their numbers, or not at all."""

from __future__ import annotations

import pytest

from geo.intake.limits import Limits
from geo.intake.nameless import find_degrees
from geo.intake.reading.upload import read_upload


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        ("1,34.73,-109.73,a\n2,33.47,-110.37,b\n", ("column 3", "column 2")),
        ("1,-109.73,34.73,a\n2,-110.37,33.47,b\n", ("column 2", "column 3")),
        ("a,42.5,1.48,x\nb,42.6,1.44,y\n", ("column 3", "column 2")),
        ("a,34.25,31.25\nb,34.26,31.26\n", ("column 2", "column 3")),
        ("a,31.25,34.25\nb,31.26,34.26\n", ("column 3", "column 2")),
        ("a,31.25,2015\nb,31.26,2016\n", None),
        ("a,31.25,34.25\nb,31.26,\n", None),
        ("a,310.25,134.25\nb,310.26,134.26\n", None),
        ("name,x,y\na,31.25,34.25\n", None),
    ],
)
def test_degrees_are_found(table: str, expected: tuple[str, str] | None) -> None:
    (layer,) = read_upload(table.encode(), "a.csv", Limits()).layers
    assert find_degrees(layer) == expected
