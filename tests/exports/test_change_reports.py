from __future__ import annotations

import json

from exports.change_reports import format_json, format_text
from geo.changes import Change, ChangeKind

CHANGES = (
    Change(ChangeKind.ADDED, "feature", "gate", after="The gate\x1b[31m"),
    Change(ChangeKind.REDRAWN, "feature", "road", "geometry", None, {"type": "Point", "coordinates": [34.0, 31.0]}),
    Change(ChangeKind.REGRADED, "claim", "rain-fell", "status", "reported", "denied"),
)


def test_text_tells_each_change_and_their_sum() -> None:
    lines = format_text(CHANGES).splitlines()
    assert [line.split()[:3] for line in lines[:3]] == [
        ["added", "feature", "gate:"],
        ["redrawn", "feature", "road:"],
        ["re-graded", "claim", "rain-fell:"],
    ]
    assert lines[1].endswith("no shape → Point")
    assert lines[2].endswith("status: reported → denied")
    assert lines[3] == "3 changes: 1 added, 1 redrawn, 1 re-graded"
    assert "\x1b" not in format_text(CHANGES)


def test_text_tells_where_nothing_changed() -> None:
    assert format_text(()) == "Nothing changed."


def test_json_tells_all() -> None:
    records = json.loads(format_json(CHANGES))
    assert records[2] == {
        "kind": "re-graded",
        "noun": "claim",
        "identity": "rain-fell",
        "field": "status",
        "before": "reported",
        "after": "denied",
    }
