"""Extracts of event tables, and what is made of them: recognised by few columns, no more exact than their data set."""

from __future__ import annotations

import pytest

from geo.intake.column_map import ColumnMap
from tests.event_tables import (
    ACLED,
    ACLED_ROWS,
    GDELT_2,
    GDELT_ROWS,
    GTD,
    GTD_ROWS,
    ICEWS,
    ICEWS_ROWS,
    UCDP,
    UCDP_ROWS,
    Row,
    Style,
    write_table,
)
from tests.geo.intake.table_columns import column, events_of, places
from tests.loading_here import load_here

AGGREGATED = (
    *("WEEK", "REGION", "COUNTRY", "ADMIN1", "EVENT_TYPE", "SUB_EVENT_TYPE", "EVENTS", "FATALITIES"),
    *("POPULATION_EXPOSURE", "DISORDER_TYPE", "ID", "CENTROID_LATITUDE", "CENTROID_LONGITUDE"),
)
AGGREGATED_ROW = {
    "ADMIN1": "Province",
    "EVENT_TYPE": "Battles",
    "SUB_EVENT_TYPE": "Armed clash",
    "EVENTS": "4",
    "ID": "285",
    "CENTROID_LATITUDE": "30.5",
    "CENTROID_LONGITUDE": "33.75",
}


@pytest.mark.parametrize("date", ["2016-02-06", "06-February-2016", "2016-02-06T00:00:00"])
def test_acled_is_right_where_events_are_added_up_by_week_and_province(date: str) -> None:
    """A day is the Saturday on which a week begins, a place the middle of a province, an id that of the province."""
    rows = [AGGREGATED_ROW | {"WEEK": date}, AGGREGATED_ROW | {"WEEK": date, "SUB_EVENT_TYPE": "Shelling"}]
    intake = load_here(write_table(AGGREGATED, rows), "Middle-East_aggregated_data.csv")
    assert intake.mappings[0].found[0] == "The columns are those of ACLED (events added up by week and province)."
    assert (intake.report.rows_in, intake.report.drawn) == (2, 2)
    assert (places(intake), column(intake, "precision")) == ([(33.75, 30.5)] * 2, ["area"] * 2)
    assert column(intake, "when") == ["2016-02-06/2016-02-12"] * 2
    assert {(change.field, change.old, change.reason) for change in intake.report.changes} == {
        ("WEEK", date, "It is the first of the days that the row tells of, as its data set counts them")
    }
    assert column(intake, "name") == ["Armed clash, Province", "Shelling, Province"]
    assert len(set(column(intake, "id"))) == 2
    assert {name: events_of(intake).attributes[name][0] for name in ("EVENTS", "ID", "WEEK")} == {
        "EVENTS": "4",
        "ID": "285",
        "WEEK": date,
    }


def test_codes_are_known_with_a_point_behind_them() -> None:
    """As programs write numbers of a column in which some are missing."""
    pointed = {"geo_precision", "type_of_violence", "where_prec", "QuadClass", "ActionGeo_Type", "EventRootCode"}
    pointed |= {"iyear", "imonth", "iday", "specificity"}

    def told(heading: tuple[str, ...], rows: tuple[Row, ...]) -> tuple[object, ...]:
        intake = load_here(write_table(heading, rows), "events.csv")
        shown = [column(intake, name) for name in ("when", "precision", "statement", "theme")]
        return shown, dict(intake.table.themes), len(intake.report.changes)

    for heading, rows in ((ACLED, ACLED_ROWS), (UCDP, UCDP_ROWS), (GDELT_2, GDELT_ROWS), (GTD, GTD_ROWS)):
        floats = tuple({key: f"{text}.0" if key in pointed else text for key, text in row.items()} for row in rows)
        assert told(heading, floats) == told(heading, rows)


@pytest.mark.parametrize(
    ("heading", "row", "title", "place"),
    [
        pytest.param(
            *(("SQLDATE", "Actor1Geo_Lat", "Actor1Geo_Long", "ActionGeo_Lat", "ActionGeo_Long"), GDELT_ROWS[0]),
            *("GDELT (event database)", (34.2333, 31.2833)),
            id="a query of GDELT with two places",
        ),
        pytest.param(
            *(("iyear", "imonth", "iday", "city", "latitude", "longitude"), GTD_ROWS[0]),
            *("GTD (Global Terrorism Database)", (34.1, 31.2)),
            id="GTD",
        ),
        pytest.param(
            *(("date_start", "type_of_violence", "latitude", "longitude"), UCDP_ROWS[0]),
            *("UCDP GED (Georeferenced Event Dataset)", (34.240833, 31.285)),
            id="UCDP without last days",
        ),
    ],
)
def test_extracts_without_ids_are_known(
    heading: tuple[str, ...], row: Row, title: str, place: tuple[float, float]
) -> None:
    intake = load_here(write_table(heading, [row]), "extract.csv")
    assert intake.mappings[0].found[0] == f"The columns are those of {title}."
    assert (places(intake), column(intake, "when")) == ([place], ["2015-07-01"])


@pytest.mark.parametrize("further", ["location", "fatalities", "source"])
def test_tables_that_name_dates_and_types_as_acled_does_are_none_of_it(further: str) -> None:
    intake = load_here(f"event_date,event_type,latitude,longitude,{further}\n3/4/2015,Block,31.2,34.2,A\n")
    assert not any("ACLED" in note for note in intake.report.notes)
    assert [mend.kind for mend in intake.offered] == ["day-month-year", "month-day-year"], "either may be meant"
    assert "precision" not in events_of(intake).columns


@pytest.mark.parametrize("further", ["actor1", "admin1", "sub_event_type", "event_id_cnty"])
def test_extracts_of_acled_are_known_by_one_more_column(further: str) -> None:
    heading = ("event_date", "event_type", "latitude", "longitude", further)
    intake = load_here(write_table(heading, [ACLED_ROWS[0]]), "acled.csv")
    assert (column(intake, "when"), column(intake, "precision")) == (["2015-03-03"], ["approximate"])


def test_no_place_is_more_exact_than_its_data_set_has_any() -> None:
    bare = [name for name in ACLED if name != "geo_precision"]
    intake = load_here(write_table(bare, ACLED_ROWS), "acled.csv")
    assert column(intake, "precision") == ["approximate"] * 3
    told = "none, each place is drawn as approximate, since this data set has none more exact"
    assert f"How exactly the place is known: {told}." in intake.report.notes


def test_places_of_icews_are_as_exact_as_what_is_named_of_them() -> None:
    named = [
        ("City", "Town"),
        ("District", "Part"),
        ("Province", "Shamal Sina"),
        ("Country", "Egypt"),
        ("City", "NULL"),
    ]
    rows = [
        ICEWS_ROWS[0] | {"Event ID": str(number), "City": "", "Country": "Egypt", key: name}
        for number, (key, name) in enumerate(named)
    ]
    icews = load_here(write_table(ICEWS, rows, Style("\t")), "icews.tab")
    assert column(icews, "precision") == ["approximate", "area", "area", "schematic", "schematic"]
    names = "column 'City' and column 'District' and column 'Province' and column 'Country'"
    assert f"How exactly the place is known: the finest that is filled of {names}." in icews.report.notes
    without = [name for name in ICEWS if name not in {"City", "District", "Province", "Country"}]
    assert column(load_here(write_table(without, rows, Style("\t")), "icews.tab"), "precision") == ["approximate"] * 5


def test_the_data_set_is_told_where_a_person_chooses_something_too() -> None:
    chosen = ColumnMap().place("name", "location")
    assert load_here(write_table(ACLED, ACLED_ROWS), "acled.csv", mapping=chosen).mappings[0].found[:2] == (
        "The columns are those of ACLED (Armed Conflict Location & Event Data).",
        "Longitude: column 'longitude'.",
    )


def test_the_reduced_files_of_gdelt_name_actors_and_no_source() -> None:
    heading = ("Date", "Source", "Target", "CAMEOCode", "QuadClass", "ActionGeoType", "ActionGeoLat", "ActionGeoLong")
    cells = ("20150701", "EXA", "REB", "190", "4", "1", "27", "30")
    intake = load_here(write_table(heading, [dict(zip(heading, cells, strict=True))], Style("\t")), "GDELT.TXT")
    assert (column(intake, "when"), column(intake, "precision")) == (["2015-07-01"], ["schematic"])
    assert (column(intake, "statement"), column(intake, "source")) == (["EXA, fight, REB"], ["GDELT"])
