"""UTM zones in a column of their own: rows of another zone than the numbers are read in are listed, and not turned."""

from __future__ import annotations

import pytest

from geo.intake.column_map import ColumnMap
from geo.intake.zones import is_in_zone, read_zone
from tests.loading_here import load_here

ROWS = "A,{},620000,3462000\nB,{},620000,3462000\nC,{},621000,3463000\n"


@pytest.mark.parametrize(
    ("name", "zones"),
    [
        ("Zone", ("36R", "37R", "36 N")),
        ("UTM zone", ("36", "37", "")),
        ("zone", ("UTM 36N", "WGS 84 / UTM zone 35N", "Zone 36")),
        ("utm_zone", ("EPSG:32636", "32736", "36 north")),
        ("Zone", ("36S", "36K", "36")),
    ],
)
def test_rows_of_other_zones_are_listed(name: str, zones: tuple[str, str, str]) -> None:
    table = f"name,{name},Easting,Northing\n{ROWS.format(*zones)}"
    (offered,) = load_here(table).offered
    assert (offered.kind, offered.rows) == ("utm-36n", 2)
    for choices in ({"mends": ("utm-36n",)}, {"mapping": ColumnMap(crs="EPSG:32636")}):
        report = load_here(table, **choices).report
        ((row, reason),) = [(each.row, each.reason) for each in report.refusals]
        assert (row, reason) == (2, f"Its own zone is '{zones[1]}', and it would be read as zone 36N")
        assert report.drawn == 2


@pytest.mark.parametrize("zones", [("1", "2", "3"), ("north", "south", ""), ("A", "B", "37R")])
def test_districts_are_no_zones(zones: tuple[str, str, str]) -> None:
    report = load_here(f"name,zone,Easting,Northing\n{ROWS.format(*zones)}", mends=("utm-36n",)).report
    assert report.drawn == 3


def test_a_table_of_another_zone_is_offered_nothing() -> None:
    assert load_here(f"name,zone,Easting,Northing\n{ROWS.format('37R', '37R', '37R')}").offered == ()
    assert load_here(f"name,UTM zone,Easting,Northing\n{ROWS.format('37', '37', '37')}").offered == ()


def test_zones_are_read() -> None:
    assert read_zone(" " * 10_000 + "x") is None
    assert read_zone("61N") is None
    assert is_in_zone("", "36N")
    assert not is_in_zone("36C", "36N")
    assert is_in_zone("36C", "36S")
