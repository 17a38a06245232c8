"""Tables without a heading: longitude and latitude are found by their numbers, or not at all."""

from __future__ import annotations

from types import MappingProxyType

import pytest

from geo.intake.column_map import ColumnMap
from geo.intake.columns import fit_mapping, suggest_mapping
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


@pytest.mark.parametrize(
    ("table", "is_told"),
    [
        ("a,42.5,1.48,x\nb,42.6,1.44,y\n", True),
        ("a,2.2144,48.8096\nb,8.4808,53.4921\n", True),
        ("1,34.73,-109.73,a\n2,33.47,-110.37,b\n", False),
        ("a,34.25,31.25\nb,34.26,31.26\n", False),
        ("name,lon,lat\na,1.48,42.5\n", False),
    ],
)
def test_numbers_that_may_be_either_are_told(table: str, *, is_told: bool) -> None:
    (layer,) = read_upload(table.encode(), "a.csv", Limits()).layers
    told = "The numbers leave open which of the two is the latitude: choose the columns if it is the other way round."
    mapping = suggest_mapping(layer)
    assert (told in mapping.found) == is_told
    chosen = ColumnMap(MappingProxyType({"lon": ("column 1",), "lat": ("column 2",)}))
    assert told not in fit_mapping(chosen, layer).found
