"""Names of files."""

from __future__ import annotations

from datetime import date

import pytest

from exports.naming import file_name
from geo.view import View


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("", "corridor_20261122.csv"),
        ("themes=border,tunnels&since=2013&until=2015", "corridor_border-tunnels_2013-2015_20261122.csv"),
        ("since=2015-02&until=2015-07-01", "corridor_2015_20261122.csv"),
        ("since=2015-02", "corridor_from-2015_20261122.csv"),
        ("until=2015", "corridor_to-2015_20261122.csv"),
        ("themes=none", "corridor_0-themes_20261122.csv"),
        ("themes=border,tunnels,drones,events", "corridor_4-themes_20261122.csv"),
        ("feature=../../x&q=a/b", "corridor_20261122.csv"),
    ],
)
def test_file_name(query: str, name: str) -> None:
    assert file_name(View.from_query(query), ".csv", date(2026, 11, 22)) == name
