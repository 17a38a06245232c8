"""Tables of events as data sets give them out: their own headings and forms of values, and rows that are invented."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import xlsxwriter

Row = dict[str, str]

ACLED = (
    *("event_id_cnty", "event_date", "year", "time_precision", "disorder_type", "event_type", "sub_event_type"),
    *("actor1", "assoc_actor_1", "inter1", "actor2", "assoc_actor_2", "inter2", "interaction", "civilian_targeting"),
    *("iso", "region", "country", "admin1", "admin2", "admin3", "location", "latitude", "longitude", "geo_precision"),
    *("source", "source_scale", "notes", "fatalities", "tags", "timestamp"),
)
"""Since 2023: 31 columns."""

ACLED_2019 = (
    *("data_id", "iso", "event_id_cnty", "event_id_no_cnty", "event_date", "year", "time_precision", "event_type"),
    *("sub_event_type", "actor1", "assoc_actor_1", "inter1", "actor2", "assoc_actor_2", "inter2", "interaction"),
    *("region", "country", "admin1", "admin2", "admin3", "location", "latitude", "longitude", "geo_precision"),
    *("source", "source_scale", "notes", "fatalities", "timestamp", "iso3"),
)
ACLED_2015 = (
    *("GWNO", "EVENT_ID_CNTY", "EVENT_ID_NO_CNTY", "EVENT_DATE", "YEAR", "TIME_PRECISION", "EVENT_TYPE", "ACTOR1"),
    *("ALLY_ACTOR_1", "INTER1", "ACTOR2", "ALLY_ACTOR_2", "INTER2", "INTERACTION", "COUNTRY", "ADMIN1", "ADMIN2"),
    *("ADMIN3", "LOCATION", "LATITUDE", "LONGITUDE", "GEO_PRECISION", "SOURCE", "NOTES", "FATALITIES"),
)
UCDP = (
    *("id", "relid", "year", "active_year", "code_status", "type_of_violence", "conflict_dset_id", "conflict_new_id"),
    *("conflict_name", "dyad_dset_id", "dyad_new_id", "dyad_name", "side_a_dset_id", "side_a_new_id", "side_a"),
    *("side_b_dset_id", "side_b_new_id", "side_b", "number_of_sources", "source_article", "source_office"),
    *("source_date", "source_headline", "source_original", "where_prec", "where_coordinates", "where_description"),
    *("adm_1", "adm_2", "latitude", "longitude", "geom_wkt", "priogrid_gid", "country", "country_id", "region"),
    *("event_clarity", "date_prec", "date_start", "date_end", "deaths_a", "deaths_b", "deaths_civilians"),
    *("deaths_unknown", "best", "high", "low", "gwnoa", "gwnob"),
)
"""From 17.1 to 26.1, and of candidate events: 49 columns."""

_ACTOR_PARTS = (
    "Code Name CountryCode KnownGroupCode EthnicCode Religion1Code Religion2Code Type1Code Type2Code Type3Code"
)
_PLACE_PARTS = "Type FullName CountryCode ADM1Code ADM2Code Lat Long FeatureID"
GDELT_2 = (
    *("GLOBALEVENTID", "SQLDATE", "MonthYear", "Year", "FractionDate"),
    *(f"{actor}{part}" for actor in ("Actor1", "Actor2") for part in _ACTOR_PARTS.split()),
    *("IsRootEvent", "EventCode", "EventBaseCode", "EventRootCode", "QuadClass", "GoldsteinScale"),
    *("NumMentions", "NumSources", "NumArticles", "AvgTone"),
    *(f"{of}Geo_{part}" for of in ("Actor1", "Actor2", "Action") for part in _PLACE_PARTS.split()),
    *("DATEADDED", "SOURCEURL"),
)
"""61 columns; the files have no heading."""

GDELT_1 = tuple(name for name in GDELT_2 if "ADM2" not in name)
"""58 columns; before April 2013 without the last."""

GTD = (
    *("eventid", "iyear", "imonth", "iday", "approxdate", "extended", "resolution", "country", "country_txt", "region"),
    *("region_txt", "provstate", "city", "latitude", "longitude", "specificity", "vicinity", "location", "summary"),
    *("attacktype1", "attacktype1_txt", "targtype1", "targtype1_txt", "target1", "gname", "nkill", "nwound"),
    *("scite1", "dbsource"),
)
"""The columns that tell of places, times and deeds, of 135."""

SCAD = (
    *("eventid", "ccode", "id", "countryname", "startdate", "enddate", "duration", "stday", "stmo", "styr"),
    *("eday", "emo", "eyr", "etype", "escalation", "actor1", "target1", "npart", "ndeath", "elocal", "ilocal"),
    *("sublocal", "locnum", "gislocnum", "issue1", "issuenote", "nsource", "notes", "coder", "ACD_questionable"),
    *("latitude", "longitude", "geo_comments", "location_precision"),
)
ICEWS = (
    *("Event ID", "Event Date", "Source Name", "Source Sectors", "Source Country", "Event Text", "CAMEO Code"),
    *("Intensity", "Target Name", "Target Sectors", "Target Country", "Story ID", "Sentence Number", "Publisher"),
    *("City", "District", "Province", "Country", "Latitude", "Longitude"),
)

ACLED_ROWS: tuple[Row, ...] = (
    {
        "event_id_cnty": "EXA101",
        "event_date": "03 March 2015",
        "year": "2015",
        "time_precision": "1",
        "event_type": "Battles",
        "sub_event_type": "Armed clash",
        "actor1": "Forces of Example (2014-)",
        "iso": "818",
        "country": "Egypt",
        "location": "Invented Town",
        "latitude": "31.2345",
        "longitude": "34.1234",
        "geo_precision": "1",
        "source": "Invented Paper; Invented Agency",
        "notes": 'On 3 March 2015, two sides, "A" and "B", met.\nA second line; no more.',
        "fatalities": "3",
        "timestamp": "1589220519",
    },
    {
        "event_id_cnty": "EXA102",
        "event_date": "31 December 2014",
        "year": "2014",
        "time_precision": "2",
        "event_type": "Explosions/Remote violence",
        "sub_event_type": "Remote explosive/landmine/IED",
        "country": "Egypt",
        "location": "Near Invented Town",
        "latitude": "31.1",
        "longitude": "33.8",
        "geo_precision": "2",
        "source": "Invented Paper",
        "notes": "A device was found.",
        "fatalities": "0",
    },
    {
        "event_id_cnty": "EXA103",
        "event_date": "01 July 2013",
        "year": "2013",
        "time_precision": "3",
        "event_type": "Protests",
        "sub_event_type": "Peaceful protest",
        "country": "Egypt",
        "location": "Invented Desert",
        "latitude": "-0.4876",
        "longitude": "-100.5",
        "geo_precision": "3",
        "source": "Invented Agency",
        "notes": "Some gathered.",
        "fatalities": "0",
    },
)
UCDP_ROWS: tuple[Row, ...] = (
    {
        "id": "900001",
        "relid": "EXA-2015-1-1-1",
        "year": "2015",
        "type_of_violence": "1",
        "dyad_name": "Government of Example - Group",
        "number_of_sources": "2",
        "source_article": '"Invented Agency,2015-07-02,Two met";"Invented Paper,2015-07-03,They met, it is said"',
        "source_headline": "Two met;They met, it is said",
        "where_prec": "1",
        "where_coordinates": "Invented town",
        "where_description": "the square of Invented town",
        "latitude": "31.285",
        "longitude": "34.240833",
        "geom_wkt": "POINT (34.240833 31.285000)",
        "date_prec": "1",
        "date_start": "2015-07-01 00:00:00.000",
        "date_end": "2015-07-01 00:00:00.000",
        "best": "6",
        "high": "9",
        "low": "4",
    },
    {
        "id": "900002",
        "year": "1990",
        "type_of_violence": "3",
        "dyad_name": "Group - Civilians",
        "number_of_sources": "-1",
        "source_article": 'Invented Times 13 Jan 1990 "An old headline',
        "where_prec": "4",
        "where_coordinates": "Invented province",
        "latitude": "30.75",
        "longitude": "33.75",
        "geom_wkt": "POINT (33.750000 30.750000)",
        "date_prec": "3",
        "date_start": "1990-01-07 00:00:00.000",
        "date_end": "1990-01-13 00:00:00.000",
        "best": "1",
        "high": "1",
        "low": "0",
    },
    {
        "id": "900003",
        "year": "2020",
        "type_of_violence": "2",
        "dyad_name": "Group - Other group",
        "source_article": "Invented Agency",
        "where_prec": "7",
        "where_coordinates": "Invented Sea",
        "latitude": "32.5",
        "longitude": "33.0",
        "date_start": "2020-02-01",
        "date_end": "2020-02-29",
        "best": "0",
    },
)
GDELT_ROWS: tuple[Row, ...] = (
    {
        "GLOBALEVENTID": "741000001",
        "SQLDATE": "20150701",
        "MonthYear": "201507",
        "Year": "2015",
        "FractionDate": "2015.4959",
        "Actor1Name": "EXAMPLIA",
        "Actor2Name": "REBEL",
        "IsRootEvent": "1",
        "EventCode": "0871",
        "EventBaseCode": "087",
        "EventRootCode": "08",
        "QuadClass": "2",
        "GoldsteinScale": "9.0",
        "NumMentions": "10",
        "AvgTone": "-0.66953610712577",
        "Actor1Geo_Type": "1",
        "Actor1Geo_Lat": "20",
        "Actor1Geo_Long": "77",
        "ActionGeo_Type": "4",
        "ActionGeo_FullName": 'Invented "Town", Shamal Sina\', Egypt',
        "ActionGeo_Lat": "31.2833",
        "ActionGeo_Long": "34.2333",
        "ActionGeo_FeatureID": "-290692",
        "DATEADDED": "20150702234500",
        "SOURCEURL": "https://example.org/a?x=1&y=2",
    },
    {
        "GLOBALEVENTID": "741000002",
        "SQLDATE": "20150702",
        "MonthYear": "201507",
        "Year": "2015",
        "FractionDate": "2015.4986",
        "Actor1Name": '"REBEL',
        "EventRootCode": "19",
        "QuadClass": "4",
        "ActionGeo_Type": "1",
        "ActionGeo_FullName": "Egypt",
        "ActionGeo_Lat": "27",
        "ActionGeo_Long": "30",
        "SOURCEURL": "https://example.org/b",
    },
    {
        "GLOBALEVENTID": "741000003",
        "SQLDATE": "20150703",
        "MonthYear": "201507",
        "Year": "2015",
        "FractionDate": "2015.5014",
        "Actor2Name": "EXAMPLIA",
        "EventRootCode": "04",
        "QuadClass": "1",
        "ActionGeo_Type": "0",
        "SOURCEURL": "https://example.org/c",
    },
)
GTD_ROWS: tuple[Row, ...] = (
    {
        "eventid": "201507010001",
        "iyear": "2015",
        "imonth": "7",
        "iday": "1",
        "city": "Invented Town",
        "latitude": "31.2",
        "longitude": "34.1",
        "specificity": "1",
        "summary": "7/1/2015: An invented deed.",
        "attacktype1_txt": "Armed Assault",
        "nkill": "2",
        "scite1": '"A headline," Invented Agency, July 2, 2015.',
        "dbsource": "Invented",
    },
    {
        "eventid": "197000000001",
        "iyear": "1970",
        "imonth": "0",
        "iday": "0",
        "city": "Unknown",
        "specificity": "5",
        "attacktype1_txt": "Bombing/Explosion",
        "dbsource": "Invented",
    },
    {
        "eventid": "197103000002",
        "iyear": "1971",
        "imonth": "3",
        "iday": "0",
        "city": "Invented Village",
        "latitude": "30.5",
        "longitude": "33.5",
        "specificity": "3",
        "attacktype1_txt": "Bombing/Explosion",
        "dbsource": "Invented",
    },
)
SCAD_ROWS: tuple[Row, ...] = (
    {
        "eventid": "9010001",
        "id": "1",
        "startdate": "3/2/2012",
        "enddate": "4/1/2012",
        **dict(zip(("stday", "stmo", "styr", "eday", "emo", "eyr"), ("2", "3", "2012", "1", "4", "2012"), strict=True)),
        "etype": "1",
        "elocal": "Invented Town",
        "notes": "Some march.",
        "latitude": "31.2",
        "longitude": "34.1",
        "location_precision": "1",
    },
    {
        "eventid": "9010001",
        "id": "2",
        "startdate": "12/25/2013",
        "enddate": "12/25/2013",
        **dict(zip(("stday", "stmo", "styr", "eday", "emo", "eyr"), ("25", "12", "2013") * 2, strict=True)),
        "etype": "4",
        "notes": "Some riot.",
        "latitude": "-99",
        "longitude": "-99",
    },
)
ICEWS_ROWS: tuple[Row, ...] = (
    {
        "Event ID": "90718170",
        "Event Date": "2014-01-01",
        "Source Name": "Police (Exampleland)",
        "Event Text": "Accuse",
        "CAMEO Code": "112",
        "Target Name": "Criminal (Exampleland)",
        "Story ID": "93000000",
        "Publisher": "Invented Agency",
        "City": "Invented Town",
        "Latitude": "31.2",
        "Longitude": "34.1",
    },
    {
        "Event ID": "90718171",
        "Event Date": "2014-01-02",
        "Source Name": "Citizen (Exampleland)",
        "Event Text": "Demonstrate or rally",
        "CAMEO Code": "141",
        "Publisher": "Invented Paper",
        "City": "Shamal Sina",
        "Latitude": "30.5",
        "Longitude": "33.5",
    },
)


@dataclass(frozen=True, slots=True)
class Style:
    """How a table is written: its delimiter, with a heading or without, quoted or not."""

    delimiter: str = ","
    has_heading: bool = True
    quoting: Literal[0, 1, 3] = csv.QUOTE_MINIMAL


GIVEN_OUT_RAW = Style("\t", has_heading=False, quoting=csv.QUOTE_NONE)
"""As GDELT does: tabs, no heading, a quotation mark a sign as any other."""


def write_table(heading: Sequence[str], rows: Sequence[Row], style: Style = Style()) -> str:
    """Write rows under a heading; a cell that a row does not have is empty."""
    if style.quoting == csv.QUOTE_NONE:
        lines = [*([heading] if style.has_heading else []), *([row.get(name, "") for name in heading] for row in rows)]
        return "".join(f"{style.delimiter.join(line)}\n" for line in lines)
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=style.delimiter, quoting=style.quoting, lineterminator="\n")
    writer.writerows([heading] if style.has_heading else [])
    writer.writerows([[row.get(name, "") for name in heading] for row in rows])
    return text.getvalue()


def write_workbook(heading: Sequence[str], rows: Sequence[Sequence[object]]) -> bytes:
    """Write rows under a heading into the only sheet of an Excel workbook."""
    return write_sheets({"Sheet1": [heading, *rows]})


def write_sheets(sheets: Mapping[str, Sequence[Sequence[object]]]) -> bytes:
    """Write lines of cells into the sheets of an Excel workbook, by name."""
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True, "default_date_format": "yyyy-mm-dd"}) as book:
        for name, lines in sheets.items():
            sheet = book.add_worksheet(name)
            for line, cells in enumerate(lines):
                sheet.write_row(line, 0, cells)
    return target.getvalue()
