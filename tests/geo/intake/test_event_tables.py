"""Tables of events as analysts get them are right the first time: places, dates, exactness, names, sources, numbers."""

from __future__ import annotations

import csv
import datetime as dt
import random

import pytest
import shapely

from geo.intake.loading import take
from tests.event_tables import (
    ACLED,
    ACLED_2015,
    ACLED_2019,
    ACLED_ROWS,
    GDELT_1,
    GDELT_2,
    GDELT_ROWS,
    GIVEN_OUT_RAW,
    GTD,
    GTD_ROWS,
    ICEWS,
    ICEWS_ROWS,
    SCAD,
    SCAD_ROWS,
    UCDP,
    UCDP_ROWS,
    Row,
    Style,
    write_sheets,
    write_table,
    write_workbook,
)
from tests.geo.intake.table_columns import column, events_of, places
from tests.loading_here import load_here


def upper(rows: tuple[Row, ...]) -> list[Row]:
    return [{name.upper(): value for name, value in row.items()} for row in rows]


def dated(rows: tuple[Row, ...], *dates: str) -> list[Row]:
    return [row | {"event_date": date} for row, date in zip(rows, dates, strict=True)]


ACLED_PLACES = [(34.1234, 31.2345), (33.8, 31.1), (-100.5, -0.4876)]
ACLED_DATES = ["2015-03-03", "2014-12-31", "2013-07-01"]
ACLED_FORMS = {
    "the export tool's": write_table(ACLED, ACLED_ROWS),
    "the interface's": write_table(ACLED, dated(ACLED_ROWS, *ACLED_DATES)),
    "the same without ids of the base": write_table(ACLED[1:], ACLED_ROWS),
    "the old export tool's, by semicolons": write_table(ACLED_2019, ACLED_ROWS, Style(";", quoting=csv.QUOTE_ALL)),
    "one of 2019 that went through Excel": write_table(
        ACLED_2019, dated(ACLED_ROWS, "3-Mar-15", "31-Dec-14", "1-Jul-13")
    ),
    "one with days as Excel counts them": write_table(ACLED_2019, dated(ACLED_ROWS, "42066", "42004", "41456")),
    "one that went through a GIS": write_table(ACLED_2019, dated(ACLED_ROWS, "2015/03/03", "2014/12/31", "2013/07/01")),
    "one that a GIS gives out by instants": write_table(
        ACLED_2019, dated(ACLED_ROWS, "1425340800000", "1419984000000", "1372636800000")
    ),
    "one that went through Excel in America": write_table(
        ACLED_2019, dated(ACLED_ROWS, "3/3/2015", "12/31/2014", "7/1/2013")
    ),
    "version 6, of Africa": write_table(
        ACLED_2015, upper(tuple(dated(ACLED_ROWS, "03/03/2015", "31/12/2014", "01/07/2013")))
    ),
    "version 6, of Asia": write_table(
        ACLED_2015, upper(tuple(dated(ACLED_ROWS, "03-March-2015", "31-December-2014", "01-July-2013")))
    ),
    "the first interface's, by a program that numbers rows": write_table(
        ("", *sorted(name.lower() for name in ACLED_2015)), dated(ACLED_ROWS, *ACLED_DATES)
    ),
}


@pytest.mark.parametrize("form", ACLED_FORMS)
def test_acled_is_right_in_every_form(form: str) -> None:
    intake = load_here(ACLED_FORMS[form], "acled.csv")
    assert intake.mappings[0].found[0].startswith("The columns are those of ACLED")
    assert (intake.report.rows_in, intake.report.drawn, intake.report.listed) == (3, 3, 0)
    assert places(intake) == ACLED_PLACES
    assert column(intake, "when") == ACLED_DATES
    assert column(intake, "precision") == ["approximate", "area", "schematic"]
    kinds = ["Armed clash", "Remote explosive/landmine/IED", "Peaceful protest"]
    if "sub_event_type" not in ACLED_FORMS[form]:
        kinds = [row["event_type"] for row in ACLED_ROWS]
    names = [f"{kind}, {row['location']}" for kind, row in zip(kinds, ACLED_ROWS, strict=True)]
    assert column(intake, "name") == names
    assert column(intake, "statement") == [row["notes"] for row in ACLED_ROWS]
    assert column(intake, "source") == [row["source"] for row in ACLED_ROWS]
    assert list(intake.table.themes.values()) == ["Battles", "Explosions/Remote violence", "Protests"]
    numbers = {name.lower(): values.tolist() for name, values in events_of(intake).attributes.items()}
    assert (numbers["fatalities"], numbers["time_precision"]) == (["3", "0", "0"], ["1", "2", "3"])
    if form != "the same without ids of the base":
        assert column(intake, "id") == column(intake, "locator") == ["EXA101", "EXA102", "EXA103"]


def test_acled_is_right_in_the_curated_workbook() -> None:
    heading = [name.upper() for name in ACLED]
    rows = [
        [
            {
                "EVENT_DATE": dt.date(2015, 3, 3 + number),
                "LATITUDE": 31.5 + number,
                "LONGITUDE": 34.25,
                "GEO_PRECISION": 1 + number,
                "FATALITIES": 7,
            }.get(name, row.get(name.lower(), ""))
            for name in heading
        ]
        for number, row in enumerate(ACLED_ROWS)
    ]
    intake = load_here(write_workbook(heading, rows), "Middle East_2015-2025.xlsx")
    assert (intake.report.rows_in, intake.report.drawn, intake.report.changes) == (3, 3, ())
    assert places(intake) == [(34.25, 31.5), (34.25, 32.5), (34.25, 33.5)]
    assert column(intake, "when") == ["2015-03-03", "2015-03-04", "2015-03-05"]
    assert column(intake, "precision") == ["approximate", "area", "schematic"]
    assert events_of(intake).attributes["FATALITIES"].tolist() == [7, 7, 7]


def test_a_sheet_that_tells_of_the_data_is_no_event() -> None:
    data = [ACLED, *([row.get(name, "") for name in ACLED] for row in ACLED_ROWS)]
    terms = [["Terms of use", "Link"], ["These data may be used", "https://example.org"], ["with a citation", ""]]
    intake = load_here(write_sheets({"Data": data, "Licence": terms}), "acled.xlsx")
    assert (intake.report.rows_in, intake.report.drawn, intake.report.listed) == (5, 3, 2)
    assert column(intake, "id") == ["EXA101", "EXA102", "EXA103"]
    assert list(intake.table.themes.values()) == ["Battles", "Explosions/Remote violence", "Protests"]
    assert [(each.layer, each.row) for each in intake.report.refusals] == [("Licence", 1), ("Licence", 2)]
    assert intake.report.refusals[0].reason.startswith("The table has no places and other columns than the layers")


@pytest.mark.parametrize("style", [Style(), Style(has_heading=False), Style(";")])
def test_ucdp_is_right_with_a_heading_and_without(style: Style) -> None:
    intake = load_here(write_table(UCDP, UCDP_ROWS, style), "GEDEvent_v24_0_1.csv")
    assert intake.mappings[0].found[0].startswith("The columns are those of UCDP GED")
    assert (intake.report.rows_in, intake.report.drawn) == (3, 3)
    assert places(intake) == [(34.240833, 31.285), (33.75, 30.75), (33.0, 32.5)]
    assert column(intake, "when") == ["2015-07-01", "1990-01-07/1990-01-13", "2020-02-01/2020-02-29"]
    assert column(intake, "precision") == ["exact", "area", "schematic"]
    assert column(intake, "id") == ["900001", "900002", "900003"]
    assert column(intake, "name") == [
        "Government of Example - Group, Invented town",
        "Group - Civilians, Invented province",
        "Group - Other group, Invented Sea",
    ]
    # UCDP has headlines of the last years alone; elsewhere the name stands
    assert column(intake, "statement") == ["Two met;They met, it is said", *column(intake, "name")[1:]]
    assert column(intake, "source") == [row["source_article"] for row in UCDP_ROWS]
    assert list(intake.table.themes.values()) == ["State-based conflict", "One-sided violence", "Non-state conflict"]
    deaths = [events_of(intake).attributes[name].tolist() for name in ("low", "best", "high")]
    assert deaths == [["4", "0", ""], ["6", "1", "0"], ["9", "1", ""]]
    assert events_of(intake).attributes["geom_wkt"][0] == "POINT (34.240833 31.285000)"


def test_acled_is_known_by_names_that_a_shapefile_cuts() -> None:
    heading = (
        "event_id_c",
        "event_date",
        "event_type",
        "sub_event_",
        "location",
        "latitude",
        "longitude",
        "geo_precis",
    )
    full = ("event_id_cnty", *heading[1:3], "sub_event_type", *heading[4:7], "geo_precision")
    rows = [{cut: row[name] for cut, name in zip(heading, full, strict=True)} for row in ACLED_ROWS]
    intake = load_here(write_table(heading, rows), "acled.csv")
    assert column(intake, "name")[0] == "Armed clash, Invented Town"
    assert column(intake, "precision") == ["approximate", "area", "schematic"]
    assert column(intake, "id") == ["EXA101", "EXA102", "EXA103"]


def test_ucdp_is_known_by_names_that_a_shapefile_cuts() -> None:
    heading = [name[:10] for name in UCDP if name not in {"conflict_new_id", "side_a_new_id", "side_b_new_id"}]
    rows = [{name[:10]: value for name, value in row.items()} for row in UCDP_ROWS]
    intake = load_here(write_table(list(dict.fromkeys(heading)), rows), "ged50.csv")
    assert column(intake, "name")[0] == "Government of Example - Group, Invented town"
    assert column(intake, "precision") == ["exact", "area", "schematic"]
    assert next(iter(intake.table.themes.values())) == "State-based conflict"


@pytest.mark.parametrize(
    ("first", "last", "days"),
    [
        ("7/31/2017", "8/3/2017", "2017-07-31/2017-08-03"),
        ("31/07/2017 0:00", "03/08/2017 0:00", "2017-07-31/2017-08-03"),
        ("31-Jul-17", "31-Jul-17", "2017-07-31"),
        ("1501459200000", "1501718400000", "2017-07-31/2017-08-03"),
        ("2017-07-31T00:00:00", "2017-08-03T00:00:00", "2017-07-31/2017-08-03"),
    ],
)
def test_ucdp_is_right_after_a_spreadsheet(first: str, last: str, days: str) -> None:
    intake = load_here(write_table(UCDP, [UCDP_ROWS[0] | {"date_start": first, "date_end": last}]), "ged.csv")
    assert column(intake, "when") == [days]
    (change,) = intake.report.changes
    assert change.field == "date_start and date_end"
    assert first in change.old
    assert last in change.old
    assert [events_of(intake).attributes[name][0] for name in ("date_start", "date_end")] == [first, last]


def test_ucdp_is_right_in_extracts() -> None:
    heading = ("id", "type_of_violence", "conflict_name", "adm_1", "lat", "long", "date_start", "date_end", "best")
    row = UCDP_ROWS[0] | {"conflict_name": "Example: Government", "adm_1": "Province", "lat": "31.285", "long": "34.24"}
    intake = load_here(write_table(heading, [row]), "ged_extract.csv")
    assert intake.mappings[0].found[0].startswith("The columns are those of UCDP GED")
    assert (places(intake), column(intake, "name")) == ([(34.24, 31.285)], ["Example: Government, Province"])


GDELT_FORMS = {
    "2.0, without a heading by a program": (GDELT_2, Style(has_heading=False), "gdelt.csv"),
    "2.0, every 15 minutes": (GDELT_2, GIVEN_OUT_RAW, "20150702234500.export.CSV"),
    "1.0, every day": (GDELT_1, GIVEN_OUT_RAW, "20150702.export.CSV"),
    "1.0, of years past": (GDELT_1[:-1], GIVEN_OUT_RAW, "2005.csv"),
    "BigQuery's": (GDELT_2, Style(), "bq-results.csv"),
    "in small letters": (tuple(name.lower() for name in GDELT_2), Style(), "events.csv"),
}


@pytest.mark.parametrize("form", GDELT_FORMS)
def test_gdelt_is_right_with_a_heading_and_without(form: str) -> None:
    heading, style, name = GDELT_FORMS[form]
    rows: list[Row] = [dict(row) for row in GDELT_ROWS]
    if form == "in small letters":
        rows = [{key.lower(): value for key, value in row.items()} for row in rows]
    intake = load_here(write_table(heading, rows, style), name)
    assert intake.mappings[0].found[0] == "The columns are those of GDELT (event database)."
    assert (intake.report.rows_in, intake.report.drawn, intake.report.listed) == (3, 2, 1)
    assert places(intake) == [(34.2333, 31.2833), (30.0, 27.0), None]
    assert column(intake, "when") == ["2015-07-01", "2015-07-02", "2015-07-03"]
    assert column(intake, "precision") == ["approximate", "schematic", "schematic"]
    assert column(intake, "id") == column(intake, "locator") == ["741000001", "741000002", "741000003"]
    assert column(intake, "name") == ['Invented "Town", Shamal Sina\', Egypt', "Egypt", "741000003"]
    assert column(intake, "statement") == ["EXAMPLIA, yield, REBEL", '"REBEL, fight', "consult, EXAMPLIA"]
    if "SOURCEURL" in heading:
        assert column(intake, "source") == [row["SOURCEURL"] for row in GDELT_ROWS]
    assert list(intake.table.themes.values()) == ["Material cooperation", "Material conflict", "Verbal cooperation"]
    kept = {key.lower(): values[0] for key, values in events_of(intake).attributes.items()}
    assert (kept["nummentions"], kept["eventrootcode"], kept["avgtone"]) == ("10", "08", "-0.66953610712577")
    (unplaced,) = intake.report.refusals
    assert (unplaced.row, unplaced.reason) == (3, "The row has no place")


def test_quotation_marks_of_a_table_without_quoting_divide_nothing() -> None:
    chance = random.Random(1)
    # as many commas in each row: were a quarter of the cells to swallow what follows them, these would divide it
    commas = {"Actor1Geo_FullName": "Town, North, Egypt", "ActionGeo_FullName": "Camp, North, Egypt"}
    rows = [
        GDELT_ROWS[1] | commas | {"GLOBALEVENTID": str(number), "Actor1Name": chance.choice(['"REBEL', *["REBEL"] * 3])}
        for number in range(40)
    ]
    intake = load_here(write_table(GDELT_2, rows, GIVEN_OUT_RAW), "20150702234500.export.CSV")
    assert (intake.report.rows_in, intake.report.drawn) == (40, 40)


def test_gdelt_is_right_in_extracts() -> None:
    heading = (
        *("GLOBALEVENTID", "Date", "Actor1Name", "Actor2Name", "EventCode", "ActionGeo_CountryName", "SOURCEURL"),
        *("ActionGeo_Lat", "ActionGeo_Long"),
    )
    row = GDELT_ROWS[0] | {"Date": "2015-07-01", "ActionGeo_CountryName": "Egypt"}
    intake = load_here(write_table(heading, [row]), "gdelt.csv")
    assert intake.mappings[0].found[0] == "The columns are those of GDELT (event database)."
    assert column(intake, "when") == ["2015-07-01"]
    assert column(intake, "name") == ["Egypt"]
    assert column(intake, "statement") == ["EXAMPLIA, yield, REBEL"], "a code of four digits is of a root"


def test_acled_is_right_in_extracts() -> None:
    heading = ("Event ID", "Event Date", "Event Type", "Sub Event Type", "Location", "Lat", "Lon", "Notes")
    keys = (
        "event_id_cnty",
        *(name.lower().replace(" ", "_") for name in heading[1:5]),
        "latitude",
        "longitude",
        "notes",
    )
    rows = [{name: row[key] for name, key in zip(heading, keys, strict=True)} for row in ACLED_ROWS]
    intake = load_here(write_table(heading, rows), "acled.csv")
    assert intake.mappings[0].found[0].startswith("The columns are those of ACLED")
    assert (places(intake), column(intake, "when")) == (ACLED_PLACES, ACLED_DATES)
    assert column(intake, "id") == column(intake, "locator") == ["EXA101", "EXA102", "EXA103"]
    assert column(intake, "name")[0] == "Armed clash, Invented Town"


def test_what_stands_for_nothing_is_none_in_a_known_data_set() -> None:
    nothing = {"notes": "NA", "source": "NA", "geo_precision": "NA", "location": "NA"}
    rows = [ACLED_ROWS[0], ACLED_ROWS[1] | nothing, ACLED_ROWS[2] | {"event_date": "NA", "latitude": "NA"}]
    intake = load_here(write_table(ACLED, rows), "acled.csv")
    assert (intake.report.drawn, intake.report.listed) == (2, 1)
    (unplaced,) = intake.report.refusals
    assert (unplaced.row, unplaced.value, unplaced.reason) == (3, "NA", "The row has no place")
    assert column(intake, "name")[1] == column(intake, "statement")[1] == "Remote explosive/landmine/IED"
    assert (column(intake, "source")[1], column(intake, "when")[2]) == ("acled", "")
    told = [(change.row, change.field) for change in intake.report.changes if change.old == "NA"]
    assert told == [(2, "notes"), (2, "source"), (2, "geo_precision"), (3, "event_date")]
    assert [events_of(intake).attributes[name][1] for name in ("notes", "source (as given)")] == ["NA", "NA"]
    plain = load_here("lon,lat,name,statement\n34.2,31.2,NA,NaN\n34.2,31.2,A,B\n")
    assert (column(plain, "name")[0], column(plain, "statement")[0]) == ("NA", "NaN"), "elsewhere they may be words"


def test_the_rows_of_each_actor_are_told_apart_where_that_is_asked_for() -> None:
    rows = [ACLED_ROWS[0], ACLED_ROWS[0] | {"actor1": "Others"}]
    text = write_table(ACLED, rows)
    assert [(mend.kind, mend.rows) for mend in load_here(text, "acled.csv").offered] == [("number-ids", 1)]
    assert column(load_here(text, "acled.csv", mends=("number-ids",)), "id") == ["EXA101", "EXA101-2"]


def test_scad_is_right() -> None:
    intake = load_here(write_table(SCAD, SCAD_ROWS), "SCAD.csv")
    assert intake.mappings[0].found[0] == "The columns are those of SCAD (Social Conflict Analysis Database)."
    assert (intake.report.rows_in, intake.report.drawn, intake.report.listed) == (2, 1, 1)
    assert places(intake) == [(34.1, 31.2), None]
    assert column(intake, "when") == ["2012-03-02/2012-04-01", "2013-12-25"]
    assert column(intake, "id") == ["1", "2"]
    assert column(intake, "locator") == ["9010001", "9010001"], "an event in two places has two rows"
    assert column(intake, "name") == ["Organized demonstration, Invented Town", "Spontaneous violent riot"]
    assert list(intake.table.themes.values()) == ["Organized demonstration", "Spontaneous violent riot"]


def test_icews_is_right() -> None:
    intake = load_here(write_table(ICEWS, ICEWS_ROWS, Style("\t")), "events.2014.tab")
    assert intake.mappings[0].found[0] == "The columns are those of ICEWS (Integrated Crisis Early Warning System)."
    assert (intake.report.drawn, intake.report.changes) == (2, ())
    assert places(intake) == [(34.1, 31.2), (33.5, 30.5)]
    assert column(intake, "name") == ["Accuse, Invented Town", "Demonstrate or rally, Shamal Sina"]
    assert column(intake, "statement")[0] == "Police (Exampleland), Accuse, Criminal (Exampleland)"
    assert column(intake, "source") == ["Invented Agency", "Invented Paper"]
    assert list(intake.table.themes.values()) == ["Disapprove", "Protest"], "300 codes are 20 themes"


def test_gtd_is_right_with_days_and_months_that_are_not_known() -> None:
    intake = load_here(write_table(GTD, GTD_ROWS), "globalterrorismdb.csv")
    assert (intake.report.rows_in, intake.report.drawn, intake.report.listed) == (3, 2, 1)
    assert places(intake) == [(34.1, 31.2), None, (33.5, 30.5)]
    assert column(intake, "when") == ["2015-07-01", "1970", "1971-03"]
    assert column(intake, "precision") == ["approximate", "schematic", "area"]
    assert column(intake, "name")[0] == "Armed Assault, Invented Town"
    assert column(intake, "statement")[0] == "7/1/2015: An invented deed."
    assert column(intake, "source") == [
        '"A headline," Invented Agency, July 2, 2015., Invented',
        "Invented",
        "Invented",
    ]
    assert events_of(intake).attributes["iday"].tolist() == ["1", "0", "0"]
    assert intake.report.changes == (), "the parts of the dates stand as they are"


def test_ids_that_a_spreadsheet_has_rounded_are_none() -> None:
    rows = [row | {"eventid": "2.01508E+11"} for row in GTD_ROWS]
    intake = load_here(write_table(GTD, rows), "gtd.csv")
    assert column(intake, "id") == ["gtd-1", "gtd-2", "gtd-3"]
    assert column(intake, "locator") == ["row 1", "row 2", "row 3"]
    assert events_of(intake).attributes["eventid"].tolist() == ["2.01508E+11"] * 3
    plain = load_here("id,lon,lat\n1E+5,34.2,31.2\n1E+5,34.3,31.3\n")
    assert plain.report.drawn == 2


def test_a_date_in_three_columns_is_put_together() -> None:
    text = "year,month,day,lon,lat\n2015,7,1,34.2,31.2\n2015,12,,34.2,31.2\n2015,2,30,34.2,31.2\n"
    intake = load_here(text)
    assert column(intake, "when") == ["2015-07-01", "2015-12", ""]
    assert [(change.row, change.field, change.old) for change in intake.report.changes] == [
        (3, "year and month and day", "2015-02-30")
    ]
    assert load_here("year,month,lon,lat\n2015,July,34.2,31.2\n").mappings[0].of("when") == ("year", "month")
    assert load_here("year,month,lon,lat\n2015,Week 3,34.2,31.2\n").mappings[0].of("when") == ("month",)


def test_rows_of_tags_are_listed_and_no_events() -> None:
    heading = ("event_id_cnty", "event_date", "event_type", "latitude", "longitude")
    tags = dict(zip(heading, ("#event+id", "#date+occurred", "#event+type", "#geo+lat", "#geo+lon"), strict=True))
    taken = load_here(write_table(heading, [tags, *ACLED_ROWS]), "acled.csv")
    assert (taken.report.rows_in, taken.report.drawn, taken.report.listed) == (4, 3, 1)
    assert taken.report.refusals[0].reason.startswith("The row holds HXL tags")
    assert list(taken.table.themes.values()) == ["Battles", "Explosions/Remote violence", "Protests"]


def test_many_rows_are_right_by_way_of_the_process_apart() -> None:
    rows = [
        row | {"event_id_cnty": f"EXA{number}", "latitude": f"{number / 1000:.3f}"}
        for number, row in enumerate(ACLED_ROWS * 2_000)
    ]
    intake = take(write_table(ACLED, rows).encode(), "acled.csv")
    assert (intake.report.rows_in, intake.report.drawn, intake.report.listed) == (6_000, 6_000, 0)
    assert shapely.get_y(events_of(intake).geometries).tolist() == [number / 1000 for number in range(6_000)]
    assert column(intake, "when") == ACLED_DATES * 2_000
    assert column(intake, "id") == [f"EXA{number}" for number in range(6_000)]
