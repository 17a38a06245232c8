"""Rows become events: each is drawn or listed, nothing is made up, nothing is lost."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import numpy as np
import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from shapely.geometry import LineString, MultiPoint, Point, box

from exports.formats import write
from exports.geojson import render_geojson
from geo.dataset import Dataset, join_datasets, read_dataset
from geo.errors import InputError
from geo.event_files import parse_events, render_events
from geo.events import REQUIRED, EventTable, make_event_dataset
from geo.intake.column_map import ColumnMap
from geo.intake.limits import Limits
from geo.intake.loading import About, take
from geo.intake.report import Outcome, render_report, report_refusal, tell_report
from geo.intake.template import EXAMPLE, render_template
from geo.view import Language, View
from layers.telling import tell
from tests.loading_here import load_here

ACLED = """event_id_cnty,event_date,event_type,sub_event_type,location,latitude,longitude,source,notes,fatalities
EX1,16 May 2015,Battles,Armed clash,Rafah,31.28,34.24,A paper,"An example, with a comma",2
EX2,01 July 2015,Explosions/Remote violence,IED,Sheikh Zuweid,31.21,34.11,B paper,Another example,0
"""
UCDP = """id,type_of_violence,dyad_name,source_article,where_coordinates,latitude,longitude,date_start,date_end
7,1,A - B,"Agency, 2015",Rafah town,31.28,34.24,2015-07-01 00:00:00.000,2015-07-03 00:00:00.000
8,3,C - Civilians,"Paper, 2015",El Arish town,31.13,33.8,2015-08-01,2015-08-01
"""
TABLE = """id,name,theme,when,statement,source,locator,lon,lat
e1,Rafah,Blocks,2015-07-01,A block.,Notes,1,34.2,31.2
e2,Arish,Blocks,2015~,Another.,Notes,2,33.8,31.1
e3,Nowhere,Other,,Third.,Paper,3,,
"""
GDELT = """GLOBALEVENTID\tSQLDATE\tQuadClass\tActor1Name\tActionGeo_FullName\tActionGeo_Lat\tActionGeo_Long\tSOURCEURL
1\t20150701\t4\tEGYPT\tRafah, Egypt\t31.28\t34.24\thttps://example.org/a
2\t20150702\t1\t\tSinai, Egypt\t\t\thttps://example.org/b
"""


def events_of(dataset: Dataset) -> EventTable:
    assert dataset.events is not None
    return dataset.events


def row_of(events: EventTable, row: int) -> dict[str, str]:
    return {name: column[row] for name, column in events.columns.items()}


def test_rows_keep_what_they_hold_and_nothing_is_made_up() -> None:
    intake = load_here("Lat,Lon,town,dead\n31.2,34.2,Rafah,3\n,,Nowhere,\n")
    events = events_of(intake.dataset)
    assert row_of(events, 0) == {
        "id": "road-blocks-1",
        "name": "Rafah",
        "theme": "road-blocks",
        "when": "",
        "statement": "Rafah",
        "source": "road blocks",
        "locator": "row 1",
    }
    assert events.geometries.tolist() == [Point(34.2, 31.2), None]
    assert events.attributes["dead"].tolist() == ["3", ""]
    (refusal,) = intake.report.refusals
    assert (refusal.row, refusal.field, refusal.reason) == (2, "Lon", "The row has no place")
    assert (intake.report.rows_in, intake.report.drawn, intake.report.listed) == (2, 1, 1)


def test_rows_that_could_not_be_read_are_listed_with_the_rest() -> None:
    intake = load_here("lon,lat,n\n34,31,1\n34,31,1,2,3\n,,2\n")
    assert (intake.report.rows_in, intake.report.drawn) == (3, 1)
    assert [refusal.row for refusal in intake.report.refusals] == [2, 3]


def test_the_four_outcomes() -> None:
    assert load_here("lon,lat\n34,31\n").report.outcome is Outcome.ACCEPTED
    assert load_here("lon,lat\n34,310\n").report.outcome is Outcome.CHANGED
    with pytest.raises(InputError) as refused:
        load_here("a,b\n1,2\n")
    assert report_refusal("x.csv", refused.value).outcome is Outcome.REFUSED
    with pytest.raises(InputError) as beyond:
        take(b"lon,lat\n34,31\n34,31\n", "x.csv", limits=Limits(features=1))
    assert report_refusal("x.csv", beyond.value).outcome is Outcome.LIMIT


def test_a_table_without_places_is_refused_with_a_remedy() -> None:
    told = (
        r"No coordinates were found\. It has the columns a, b\. Name the columns lon and lat \(degrees\), or wkt, or "
        r"easting and northing with their CRS; or say which columns they are\."
    )
    with pytest.raises(InputError, match=told):
        load_here("a,b\n1,2\n")


def test_a_table_of_acled_is_loaded_as_it_is() -> None:
    intake = load_here(ACLED, "acled.csv", about=About("ACLED Sinai", "ACLED terms", "#0072B2"))
    events = events_of(intake.dataset)
    assert row_of(events, 0) == {
        "id": "EX1",
        "name": "Armed clash, Rafah",
        "theme": "battles",
        "when": "2015-05-16",
        "statement": "An example, with a comma",
        "source": "A paper",
        "locator": "EX1",
        "precision": "approximate",
    }
    assert dict(intake.table.themes) == {
        "battles": "Battles",
        "explosions-remote-violence": "Explosions/Remote violence",
    }
    assert (intake.table.colour, intake.table.credit) == ("#0072b2", "ACLED Sinai. Licence: ACLED terms")
    assert events.attributes["event_date"].tolist() == ["16 May 2015", "01 July 2015"]
    assert [change.new for change in intake.report.changes] == ["2015-05-16", "2015-07-01"]
    assert intake.report.drawn == 2


def test_a_table_of_ucdp_is_loaded_as_it_is() -> None:
    intake = load_here(UCDP, "ged.csv")
    events = events_of(intake.dataset)
    assert events.columns["when"].tolist() == ["2015-07-01/2015-07-03", "2015-08-01"]
    assert events.columns["theme"].tolist() == ["state-based-conflict", "one-sided-violence"]
    assert events.columns["name"].tolist() == ["A - B, Rafah town", "C - Civilians, El Arish town"]
    assert events.attributes["type_of_violence"].tolist() == ["1", "3"], "the code is kept"
    assert [change.row for change in intake.report.changes] == [1]


def test_a_table_of_gdelt_is_loaded_as_it_is() -> None:
    intake = load_here(GDELT, "20150701.csv")
    events = events_of(intake.dataset)
    assert events.columns["when"].tolist() == ["2015-07-01", "2015-07-02"]
    assert events.columns["theme"].tolist() == ["material-conflict", "verbal-cooperation"]
    assert events.columns["source"][0] == "https://example.org/a"
    assert events.geometries[1] is None


def test_layers_without_a_theme_are_a_theme_each() -> None:
    kml = """<kml xmlns="http://www.opengis.net/kml/2.2"><Document>
    <Folder><name>Roads</name><Placemark><name>A</name><Point><coordinates>34,31</coordinates></Point></Placemark></Folder>
    <Folder><name>Posts</name><Placemark><name>B</name><Point><coordinates>34,31</coordinates></Point></Placemark></Folder>
    </Document></kml>"""
    assert list(load_here(kml, "two.kml").table.themes.values()) == ["Roads", "Posts"]


def book_of(sheets: dict[str, list[list[object]]]) -> bytes:
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
    return target.getvalue()


PLACED: list[list[object]] = [["name", "lon", "lat"], ["Rafah", 34.2, 31.2]]
DATED: list[list[object]] = [["name", "lon", "lat", "kind", "date"], ["Arish", 33.8, 31.1, "Post", "2015"]]


def test_what_was_found_in_several_layers_is_told_of_each_by_its_name() -> None:
    notes = load_here(book_of({"Towns": PLACED, "Posts. Old": DATED, "Notes": [["words"]]}), "a.xlsx").report.notes
    assert notes == (
        "Longitude: column 'lon'.",
        "Latitude: column 'lat'.",
        "Name: column 'name'.",
        "Id: none, made from the file's title and the row's number.",
        "Statement: none, the name stands instead.",
        "Source: none, the file's title stands instead.",
        "Place in the source: none, the row's number stands instead.",
        "How exactly the place is known: none, each place is drawn as exact.",
        "Layer 'Towns'. Theme: none, the layer is one theme.",
        "Layer 'Towns'. Date: none, the rows are undated.",
        "Layer 'Posts. Old'. Theme: column 'kind'.",
        "Layer 'Posts. Old'. Date: column 'date'.",
        "Layers of which no row was read: 'Notes'.",
    )
    for note in notes:
        told = tell(note, Language.ARABIC)
        assert told is not None
        assert ("Posts. Old" in told) == ("Posts. Old" in note)
    alone = load_here(book_of({"Towns": PLACED, "Notes": [["words"]]}), "a.xlsx").report.notes
    assert "Theme: none, the file is one theme." in alone
    assert "Layer 'Towns'" not in " ".join(alone)


def test_what_holds_for_some_of_many_layers_is_told_once_with_their_names() -> None:
    sheets = {f"T{number}": PLACED for number in range(7)}
    notes = load_here(book_of({**sheets, "D": DATED}), "a.xlsx").report.notes
    assert "Layers 'T0', 'T1', 'T2', 'T3', 'T4', …. Date: none, the rows are undated." in notes
    assert "Layer 'D'. Date: column 'date'." in notes
    assert [note for note in notes if tell(note, Language.ARABIC) is None] == []


def test_what_a_geopackage_of_ours_holds_comes_back(tmp_path: Path) -> None:
    intake = load_here(TABLE, "mine.csv")
    written = write(intake.dataset, View(), tmp_path / "x.gpkg")
    read = load_here(written.read_bytes(), "x.gpkg")
    events = events_of(read.dataset)
    for name in ("id", "name", "theme", "when"):
        assert events.columns[name].tolist() == events_of(intake.dataset).columns[name].tolist(), name
    assert events.geometries.tolist() == events_of(intake.dataset).geometries.tolist()
    # statement, source and place in it stand in one column there, the latter two apart
    assert events.columns["statement"][0] == "A block. [Notes, 1]"
    aside = {refusal.layer for refusal in read.report.refusals if "it was left aside" in refusal.reason}
    assert {"claims", "layer_styles"} <= aside, "its tables of claims and styles are no events"


@pytest.mark.parametrize("suffix", [".csv", ".kml"])
def test_what_other_formats_of_ours_hold_comes_back_as_far_as_they_hold_it(suffix: str, tmp_path: Path) -> None:
    intake = load_here(TABLE, "mine.csv")
    written = write(intake.dataset, View(), tmp_path / f"x{suffix}")
    events = events_of(load_here(written.read_bytes(), written.name).dataset)
    names = {".csv": ("id", "name", "theme", "when", "statement", "source", "locator"), ".kml": ("id", "name", "when")}
    for name in names[suffix]:
        assert events.columns[name].tolist() == events_of(intake.dataset).columns[name].tolist(), name
    assert events.geometries.tolist() == events_of(intake.dataset).geometries.tolist()


def test_a_theme_of_the_atlas_is_not_taken_over() -> None:
    intake = load_here("lon,lat,theme\n34,31,Tunnels\n")
    assert dict(intake.table.themes) == {"own-tunnels": "Tunnels"}


def test_what_a_reader_tells_of_a_table_is_part_of_its_hash() -> None:
    tells = [About(), About("T"), About(licence="CC0"), About(colour="#0072b2"), About(source="S")]
    assert len({load_here("lon,lat\n34,31\n", about=about).dataset.sha256 for about in tells}) == len(tells)
    again = load_here("lon,lat\n34,31\n").dataset.sha256
    assert again == load_here("lon,lat\n34,31\n").dataset.sha256


def test_themes_are_limited() -> None:
    rows = "".join(f"34,31,kind {n}\n" for n in range(41))
    told = r"Limit reached: at most 40 themes from a file; this one has 41\. Let another column be the theme, or none\."
    with pytest.raises(InputError, match=told):
        load_here(f"lon,lat,sort\n{rows}", mapping=ColumnMap().place("theme", "sort"))


def test_shapes_in_text_are_limited_in_depth() -> None:
    nested = "GEOMETRYCOLLECTION (" * 65 + "POINT (34 31)" + ")" * 65
    with pytest.raises(InputError, match=r"Limit reached: at most 64 levels of nesting"):
        load_here(f"wkt\n{nested}\n")


@pytest.mark.parametrize(
    ("shape", "reason", "remedy"),
    [
        (
            "CIRCULARSTRING (34 31, 35 31, 35 32)",
            *(CURVED := ("Curves and surfaces in space are not read from", "Save")),
        ),
        ("TINZ (((34 31 0, 35 31 0, 35 32 1, 34 31 0)))", *CURVED),
        (
            "SRID=32636;POINT (620000 3460000)",
            "It states the reference system EPSG:32636, and",
            "Convert it to longitude",
        ),
        ("POINT (34)", "It is to be well-known text, such as POINT (34.25 31.25)", "Correct it"),
    ],
)
def test_why_a_text_is_no_shape_is_told(shape: str, reason: str, remedy: str) -> None:
    report = load_here(f'wkt\n"{shape}"\nPointZ (34.25 31.25 5)\n').report
    (refusal,) = report.refusals
    assert (refusal.row, report.drawn) == (1, 1)
    assert refusal.reason.startswith(reason)
    assert refusal.remedy.startswith(remedy)


def test_parts_of_a_text_without_positions_are_left_out_and_told() -> None:
    intake = load_here('wkt\n"MULTIPOLYGON (((34 31, 35 31, 35 32, 34 31)), EMPTY)"\nPOLYGON EMPTY\n')
    assert events_of(intake.dataset).geometries[0].wkt == "MULTIPOLYGON (((34 31, 35 31, 35 32, 34 31)))"
    assert [(change.row, change.reason) for change in intake.report.changes] == [(1, "Empty coordinates are no place")]


def test_signs_that_are_no_letters_stay_out_of_legends() -> None:
    intake = load_here(b"lon,lat,kind\n34,31,\x1b[31mRed\n34,31,a\x07b\n", about=About(title="x\ny\x00"))
    assert (intake.table.title, list(intake.table.themes.values())) == ("x y", ["[31mRed", "a b"])
    assert events_of(intake.dataset).attributes["kind"].tolist() == ["\x1b[31mRed", "a\x07b"]


def test_ids_too_long_for_an_address_are_replaced() -> None:
    intake = load_here(f"id,lon,lat\n{'x' * 201},34,31\n")
    assert events_of(intake.dataset).columns["id"].tolist() == ["road-blocks-1"]
    (change,) = intake.report.changes
    assert (change.field, change.new, change.reason) == (
        "id",
        "road-blocks-1",
        "An id has at most 200 signs; the text is kept",
    )


def test_a_report_is_told_in_sentences() -> None:
    text = "id,lon,lat,date\nb1,34.2,31.2,31/12/2015\nb1,34.3,31.3,\n"
    assert tell_report(load_here(text).report) == (
        "road blocks.csv: 2 rows in, 1 drawn, 1 listed; 1 value changed.",
        "Its columns are divided by commas.",
        "Longitude: column 'lon'.",
        "Latitude: column 'lat'.",
        "Id: column 'id'.",
        "Date: column 'date'.",
        "Name: none, the id stands instead.",
        "Theme: none, the file is one theme.",
        "Statement: none, the name stands instead.",
        "Source: none, the file's title stands instead.",
        "Place in the source: none, the row's number stands instead.",
        "How exactly the place is known: none, each place is drawn as exact.",
        "Listed: row 2, id 'b1'. Another row has this id already; the first is kept. "
        "Give it an id of its own, or try the mend number-ids.",
        "Changed: row 1, date: '31/12/2015' became ''. "
        "It is not a date that is read as it stands; the row is undated, and the text is kept.",
        "Offered: number-ids (1 row). The id 'b1' stands in several rows. The later ones can be numbered.",
        "Offered: day-month-year (1 row). Dates such as '31/12/2015' can be read as "
        "day, month, year, such as 31/12/2015.",
    )
    many = load_here("lon,lat,n\n" + ",,1\n" * 30)
    assert "… and 10 rows more." in tell_report(many.report)


def test_a_report_as_a_table_holds_every_entry_and_no_formula() -> None:
    intake = load_here('lon,lat,date\n34,31,=1+1\n"=HYPERLINK(""x"")",31,\n', "=x.csv")
    rows = list(csv.DictReader(io.StringIO(render_report([intake.report]).decode("utf-8-sig"))))
    assert [(row["outcome"], row["file"], row["row"], row["field"], row["value"]) for row in rows] == [
        ("listed", "'=x.csv", "2", "lon", '\'=HYPERLINK("x")'),
        ("changed", "'=x.csv", "1", "date", "'=1+1"),
    ]
    assert rows[0]["remedy"] == "Correct it"
    refused = report_refusal("a.csv", InputError([]))
    assert render_report([refused]).decode("utf-8-sig").count("\n") == 1


def test_the_example_is_loaded_whole_and_the_template_has_its_columns() -> None:
    intake = load_here(EXAMPLE.read_bytes(), EXAMPLE.name)
    assert (intake.report.rows_in, intake.report.drawn, len(intake.report.changes)) == (4, 3, 0)
    heading = EXAMPLE.read_text(encoding="utf-8").splitlines()[0]
    assert render_template().decode("utf-8-sig").strip() == heading


def test_a_file_is_taken_by_way_of_the_process_apart() -> None:
    intake = take("name;lat;lon\nRafah;31,28;34,25\n".encode("utf-16"), "excel.csv", about=About(licence="CC0"))
    assert events_of(intake.dataset).geometries[0] == Point(34.25, 31.28)
    assert intake.table.licence == "CC0"


WORDS = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc", "Cn", "Co")), min_size=1, max_size=20).map(
    lambda text: " ".join(text.split())
)
NAMES = WORDS.filter(bool)
NUMBERS = st.floats(-80, 80, allow_nan=False).map(lambda number: round(number, 6))
SHAPES = st.one_of(
    st.none(),
    st.builds(Point, NUMBERS, NUMBERS),
    st.builds(lambda x, y: box(x, y, x + 1, y + 2), NUMBERS, NUMBERS),
    st.builds(lambda x, y: LineString([(x, y), (x + 1, y)]), NUMBERS, NUMBERS),
    st.builds(lambda x, y: MultiPoint([(x, y), (x + 1, y)]), NUMBERS, NUMBERS),
)
DATES = st.sampled_from(["", "2015", "2015-07", "2015-07-01", "2015-12~", "2013-06/..", "2015-01/2015-03-04"])
ROWS = st.lists(st.tuples(NAMES, NAMES, DATES, NAMES, NAMES, NAMES, SHAPES), min_size=1, max_size=6)


def table_of(rows: list[tuple[str, str, str, str, str, str, object]]) -> Dataset:
    names = ("name", "theme", "when", "statement", "source", "locator")
    columns = {name: np.array([row[at] for row in rows], dtype=object) for at, name in enumerate(names)}
    columns["id"] = np.array([f"e{number}" for number in range(len(rows))], dtype=object)
    shapes = np.empty(len(rows), dtype=object)
    for at, row in enumerate(rows):
        shapes[at] = row[-1]
    return make_event_dataset(columns, shapes, {"dead": np.array([*range(len(rows))], dtype=object)})


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(ROWS)
def test_what_is_written_as_geojson_is_read_back_equal(rows: list[tuple[str, str, str, str, str, str, object]]) -> None:
    given_events = events_of(table_of(rows))
    read = events_of(load_here(render_geojson(table_of(rows), View()), "x.geojson").dataset)
    for name in (*REQUIRED[:2], *REQUIRED[3:]):
        assert read.columns[name].tolist() == given_events.columns[name].tolist(), name
    assert read.geometries.tolist() == given_events.geometries.tolist()
    assert [int(each) for each in read.attributes["dead"]] == given_events.attributes["dead"].tolist()


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(ROWS)
def test_what_an_import_writes_is_read_back_equal(rows: list[tuple[str, str, str, str, str, str, object]]) -> None:
    events = events_of(table_of(rows))
    read = parse_events(render_events(events))
    assert all(read.columns[name].tolist() == events.columns[name].tolist() for name in REQUIRED)
    assert read.geometries.tolist() == events.geometries.tolist()
    assert {name: column.tolist() for name, column in read.attributes.items()} == {
        name: column.tolist() for name, column in events.attributes.items()
    }


def test_a_table_stands_beside_the_atlas_and_comes_back_from_its_folder(dataset: Dataset, tmp_path: Path) -> None:
    intake = load_here(ACLED, "acled.csv", about=About("ACLED Sinai", "ACLED terms", "#0072B2"))
    (tmp_path / "events.geojson").write_bytes(render_events(events_of(intake.dataset)))
    read = read_dataset(tmp_path)
    assert read.tables == intake.dataset.tables
    joined = join_datasets([dataset, read])
    assert (len(joined.features), len(events_of(joined))) == (len(dataset.features), 2)
