"""JSON that is a list of objects is read as a table: as interfaces answer, as programs write rows, one on each line."""

from __future__ import annotations

import json
from typing import Any

import pytest

from geo.errors import InputError
from geo.events import EventTable
from geo.intake.limits import Limits
from geo.intake.loading import Intake, take
from geo.intake.reading.upload import read_upload
from geo.intake.rows import Parsed
from tests.event_tables import ACLED, ACLED_ROWS, UCDP, UCDP_ROWS
from tests.loading_here import load_here

LIMITS = Limits()
NUMBERS = {"latitude": float, "longitude": float, "id": int, "where_prec": int, "type_of_violence": int, "best": int}

ACLED_LIST = [{name: row.get(name, "") for name in ACLED} for row in ACLED_ROWS]
UCDP_LIST = [
    {name: NUMBERS.get(name, str)(row[name]) if name in row else None for name in UCDP}
    | {"date_start": f"{row['date_start'][:10]}T00:00:00", "date_end": f"{row['date_end'][:10]}T00:00:00"}
    for row in UCDP_ROWS
]


def read(value: Any, name: str = "a.json", limits: Limits = LIMITS) -> Parsed:
    data = value if isinstance(value, bytes) else json.dumps(value).encode()
    return read_upload(data, name, limits)


def refusal(value: Any, limits: Limits = LIMITS) -> str:
    with pytest.raises(InputError) as refused:
        read(value, limits=limits)
    (problem,) = refused.value.problems
    return problem.message


def events_of(intake: Intake) -> EventTable:
    assert intake.dataset.events is not None
    return intake.dataset.events


def lines_of(rows: list[dict[str, Any]]) -> bytes:
    return "".join(f"{json.dumps(row, ensure_ascii=False)}\n" for row in rows).encode()


ACLED_ANSWERS = {
    "the interface's answer": (
        json.dumps({"status": 200, "success": True, "count": 3, "messages": [], "data": ACLED_LIST}).encode(),
        "acled.json",
    ),
    "its rows alone": (json.dumps(ACLED_LIST, indent=2).encode(), "acled.json"),
    "a row on each line": (lines_of(ACLED_LIST), "acled.jsonl"),
    "a row on each line, with a mark and empty lines": (
        b"\xef\xbb\xbf" + lines_of(ACLED_LIST).replace(b"\n", b"\r\n\r\n"),
        "acled.ndjson",
    ),
}


@pytest.mark.parametrize("form", ACLED_ANSWERS)
def test_acled_is_right_as_json(form: str) -> None:
    intake = load_here(*ACLED_ANSWERS[form])
    assert intake.mappings[0].found[0].startswith("The columns are those of ACLED")
    assert (intake.report.rows_in, intake.report.drawn, intake.report.listed) == (3, 3, 0)
    events = events_of(intake)
    assert [(shape.x, shape.y) for shape in events.geometries] == [(34.1234, 31.2345), (33.8, 31.1), (-100.5, -0.4876)]
    assert events.columns["when"].tolist() == ["2015-03-03", "2014-12-31", "2013-07-01"]
    assert events.columns["precision"].tolist() == ["approximate", "area", "schematic"]
    assert events.columns["id"].tolist() == ["EXA101", "EXA102", "EXA103"]
    assert events.columns["statement"].tolist() == [row["notes"] for row in ACLED_ROWS]
    assert events.columns["source"].tolist() == [row["source"] for row in ACLED_ROWS]
    assert events.attributes["fatalities"].tolist() == ["3", "0", "0"]


def test_ucdp_is_right_as_its_interface_answers() -> None:
    answer = {"TotalCount": 3, "TotalPages": 2, "PreviousPageUrl": "", "NextPageUrl": "x", "Result": UCDP_LIST}
    intake = take(json.dumps(answer).encode(), "ged.json")
    assert intake.mappings[0].found[0].startswith("The columns are those of UCDP GED")
    assert (intake.report.rows_in, intake.report.drawn, intake.report.listed) == (3, 3, 0)
    events = events_of(intake)
    assert events.columns["id"].tolist() == ["900001", "900002", "900003"]
    assert events.columns["when"].tolist() == ["2015-07-01", "1990-01-07/1990-01-13", "2020-02-01/2020-02-29"]
    assert events.columns["precision"].tolist() == ["exact", "area", "schematic"]
    assert list(intake.table.themes.values()) == ["State-based conflict", "One-sided violence", "Non-state conflict"]
    assert events.attributes["best"].tolist() == [6, 1, 0]
    assert intake.report.notes[:2] == (
        "Its rows are the list 'Result'.",
        "Beside its rows the file has: TotalCount (3), TotalPages (2), PreviousPageUrl (), NextPageUrl (x).",
    )


def test_values_stay_as_they_are() -> None:
    rows: list[dict[str, Any]]
    rows = [{"id": 1, "zip": "00501", "n": 2**53 + 1, "list": [1, {"a": "b"}]}, {"id": 2, "more": None, "x": 0.5}]
    parsed = read(rows)
    (layer,) = parsed.layers
    assert (layer.fields, layer.has_geometry, parsed.rows_in) == (("id", "zip", "n", "list", "more", "x"), False, 2)
    missing = dict.fromkeys(layer.fields)
    assert [row.values for row in layer.rows] == [{**missing, **row} for row in rows]
    assert (parsed.changes, parsed.refusals, parsed.notes) == ((), (), ())


def test_what_is_no_row_is_listed_and_the_others_kept() -> None:
    parsed = read([{"a": 1}, 7, None, {"a": 2}, {"a": 3}])
    assert [row.number for row in parsed.layers[0].rows] == [1, 4, 5]
    assert [(each.row, each.value, each.reason) for each in parsed.refusals] == [
        (2, "7", "It is no row: it is no object."),
        (3, "", "It is no row: it is no object."),
    ]


def test_a_line_that_is_no_json_is_listed_and_the_others_kept() -> None:
    parsed = read(b'{"a": 1}\n{"a": 2}\n\n{"a": \n[1]\n{"a": NaN}\n{"a": 3}\n', "a.jsonl")
    assert [(row.number, row.line, row.values) for row in parsed.layers[0].rows] == [
        (1, 1, {"a": 1}),
        (2, 2, {"a": 2}),
        (6, 7, {"a": 3}),
    ]
    assert [(each.row, each.value) for each in parsed.refusals] == [(3, '{"a":'), (4, "[1]"), (5, '{"a": NaN}')]
    assert parsed.rows_in == 6


@pytest.mark.parametrize("end", [b"\n", b"\r\n", b"\r"])
def test_lines_with_a_type_of_their_own_are_rows(end: bytes) -> None:
    rows = [{"type": "raid", "lon": 34.2, "lat": 31.2}, {"type": "strike", "lon": 34.3, "lat": 31.3}]
    parsed = read(lines_of(rows).replace(b"\n", end), "a.jsonl")
    assert [row.values for row in parsed.layers[0].rows] == rows


def test_a_key_given_twice_is_told() -> None:
    parsed = read(b'{"n": 1, "n": 2, "rows": [{"a": 1, "a": 2}]}')
    assert [(each.row, each.field, each.old, each.new) for each in parsed.changes] == [
        (0, "n", "1", "2"),
        (1, "a", "1", "2"),
    ]
    told = "It has the member 'rows' twice. Join the two lists."
    assert refusal(b'{"rows": [{"a": 1}], "rows": [{"a": 2}]}') == told


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ([], "It is JSON, but no GeoJSON: it is no object."),
        ([1, 2, {"a": 1}], "It is JSON, but no GeoJSON: it is no object."),
        ({"data": {}}, "It is JSON, but no GeoJSON: it has no 'type'."),
        ({"data": [[1]], "columns": ["a"]}, "It is JSON, but no GeoJSON: it has no 'type'."),
        ({"count": 0, "events": []}, "Its list 'events' is empty. Give a table with rows."),
        (
            {"a": [{"x": 1}], "b": [{"x": 1}]},
            "It holds several lists of objects ('a', 'b'). Give one of them as a file",
        ),
        # GeoJSON stays GeoJSON, whole or not
        ([{"type": "Feature", "geometry": None, "properties": {}}], "It is JSON, but no GeoJSON: it is no object."),
        ({"features": [{"lon": 1}]}, "It has features, but its 'type' is not 'FeatureCollection'."),
        ({"elements": [{"lat": 1}], "generator": "x"}, "It looks like OpenStreetMap data from Overpass"),
        (
            b'{"type": "Feature"}\n{"type": "Feature"}\n',
            "It is newline-delimited GeoJSON, with a feature on each line, and is not read.",
        ),
    ],
)
def test_what_is_no_table_is_refused(value: Any, words: str) -> None:
    assert refusal(value).startswith(words)


def test_limits_hold() -> None:
    rows = [{"a": 1, "b": 2}, {"c": 3}]
    assert "at most 1 features" in refusal(rows, Limits(features=1))
    assert "at most 2 fields" in refusal({"rows": rows}, Limits(fields=2))
    assert "at most 2 levels of nesting" in refusal([{"a": [1]}], Limits(depth=2))
    assert "at most 2 levels of nesting" in refusal(b'{"a": 1}\n{"a": [[1]]}\n', Limits(depth=2))


def test_a_table_without_places_is_refused_with_its_columns() -> None:
    with pytest.raises(InputError, match=r"No coordinates were found\. It has the columns a, b\. Name the columns lon"):
        load_here(json.dumps([{"a": 1, "b": 2}]), "a.json")


def test_many_rows_are_right_by_way_of_the_process_apart() -> None:
    rows = [
        row | {"event_id_cnty": f"EXA{number}", "latitude": f"{number / 1000:.3f}"}
        for number, row in enumerate(ACLED_LIST * 7_000)
    ]
    intake = take(json.dumps({"data": rows}).encode(), "acled.json")
    assert (intake.report.rows_in, intake.report.drawn, intake.report.listed) == (21_000, 21_000, 0)
    assert [shape.y for shape in events_of(intake).geometries] == [number / 1000 for number in range(21_000)]
