"""Column names of event tables that analysts use, and what their codes mean."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from geo.intake.event_codes import CAMEO, CAMEO_ROOTS, SCAD_TYPES
from geo.model import Precision


@dataclass(frozen=True, slots=True)
class Preset:
    """A data set's columns by role.

    Parameters
    ----------
    title
        Name of the data set.
    marks
        Columns by which it is recognised: all of one of the groups are there, and together in no other data set.
    needs
        Columns without which nothing can be placed or dated.
    columns
        By role, the columns that play it, as far as a file has them; none where a role is to stay open.
    instead
        By column, others that are taken where a file lacks it.
    labels
        Words for the codes of the theme column.
    words
        By column of `columns`, words for its codes where it is one of several that make a text.
    date_forms
        Forms of dates besides ISO 8601 (`geo.intake.dating.FORMS`), the surest first.
    days
        By column of dates, how many days begin with each of them.
    precision
        The most exact that its places are: so they are drawn where a file lacks the column that says it of each.
    levels
        By column that names a place, how exactly a row is known of which it is the finest name, from the finest on.
    """

    title: str
    marks: tuple[tuple[str, ...], ...]
    needs: tuple[str, ...]
    columns: Mapping[str, tuple[str, ...]]
    instead: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))
    labels: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    words: Mapping[str, Mapping[str, str]] = field(default_factory=lambda: MappingProxyType({}))
    date_forms: tuple[str, ...] = ()
    days: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    precision: Precision = Precision.EXACT
    levels: Mapping[str, Precision] = field(default_factory=lambda: MappingProxyType({}))


PRESETS: Mapping[str, Preset] = MappingProxyType(
    {
        "acled": Preset(
            title="ACLED (Armed Conflict Location & Event Data)",
            # extracts often lack the ids and finer types; others call dates and types of events so too
            marks=tuple(
                ("event_date", "event_type", name) for name in ("event_id_cnty", "sub_event_type", "actor1", "admin1")
            ),
            needs=("event_date", "latitude", "longitude"),
            columns=MappingProxyType(
                {
                    "lon": ("longitude",),
                    "lat": ("latitude",),
                    "id": ("event_id_cnty",),
                    "name": ("sub_event_type", "location"),
                    "theme": ("event_type",),
                    "when": ("event_date",),
                    "statement": ("notes",),
                    "source": ("source",),
                    "locator": ("event_id_cnty",),
                    "precision": ("geo_precision",),
                }
            ),
            # versions before 2019 have no finer types
            instead=MappingProxyType({"sub_event_type": ("event_type",), "location": ("admin3", "admin2", "admin1")}),
            # the export tool writes 16 May 2025, older files 16-May-2025 or 16/05/2025, the interface 2025-05-16,
            # Excel 16-May-25 or 45793 where a file went through it, and a GIS 2025/05/16 or 1747353600000
            date_forms=("month-names", "short-years", "day-month-year", "yyyymmdd", "excel-days", "unix-milliseconds"),
            precision=Precision.APPROXIMATE,
        ),
        "ucdp": Preset(
            title="UCDP GED (Georeferenced Event Dataset)",
            marks=(("type_of_violence", "date_start"),),
            needs=("date_start", "latitude", "longitude"),
            columns=MappingProxyType(
                {
                    "lon": ("longitude",),
                    "lat": ("latitude",),
                    "id": ("id",),
                    "name": ("dyad_name", "where_coordinates"),
                    "theme": ("type_of_violence",),
                    "when": ("date_start",),
                    "until": ("date_end",),
                    "statement": ("source_headline",),
                    "source": ("source_article",),
                    "locator": ("id",),
                    "precision": ("where_prec",),
                }
            ),
            instead=MappingProxyType(
                {
                    "dyad_name": ("conflict_name",),
                    "where_coordinates": ("where_description", "adm_2", "adm_1"),
                    "source_article": ("source_original", "source_office"),
                }
            ),
            # files write 2015-07-01 with a time of day; spreadsheets turn it about
            date_forms=("day-month-year", "month-names", "short-years", "yyyymmdd", "excel-days", "unix-milliseconds"),
            # UCDP GED codebook, type_of_violence
            labels=MappingProxyType(
                {"1": "State-based conflict", "2": "Non-state conflict", "3": "One-sided violence"},
            ),
        ),
        "gdelt": Preset(
            title="GDELT (event database)",
            # queries often leave out the ids
            marks=(("ActionGeo_Lat", "ActionGeo_Long"),),
            needs=("ActionGeo_Lat", "ActionGeo_Long"),
            columns=MappingProxyType(
                {
                    "lon": ("ActionGeo_Long",),
                    "lat": ("ActionGeo_Lat",),
                    "id": ("GLOBALEVENTID",),
                    "name": ("ActionGeo_FullName",),
                    "theme": ("QuadClass",),
                    "when": ("SQLDATE",),
                    "statement": ("Actor1Name", "EventRootCode", "Actor2Name"),
                    "source": ("SOURCEURL",),
                    "locator": ("GLOBALEVENTID",),
                    "precision": ("ActionGeo_Type",),
                }
            ),
            # the codebook of 2015 calls the date so
            instead=MappingProxyType(
                {
                    "SQLDATE": ("Day",),
                    "EventRootCode": (
                        "EventCode",
                        "CAMEOCode",
                        "EventRootDescription",
                        "CAMEOCodeDescription",
                        "EventDescription",
                    ),
                    "ActionGeo_FullName": ("ActionGeo_CountryName",),
                    # the reduced files of 2013
                    "Actor1Name": ("Actor1Code", "Source"),
                    "Actor2Name": ("Actor2Code", "Target"),
                }
            ),
            # spreadsheets take the zero from 01
            words=MappingProxyType(
                {
                    "EventRootCode": MappingProxyType(
                        {code: words for root, words in enumerate(CAMEO_ROOTS, 1) for code in (f"{root:02}", str(root))}
                    ),
                    "EventCode": CAMEO,
                    "CAMEOCode": CAMEO,
                }
            ),
            # GDELT event codebook 2.0, QuadClass
            labels=MappingProxyType(
                {
                    "1": "Verbal cooperation",
                    "2": "Material cooperation",
                    "3": "Verbal conflict",
                    "4": "Material conflict",
                }
            ),
            date_forms=("yyyymmdd",),
            precision=Precision.APPROXIMATE,
        ),
        "gtd": Preset(
            title="GTD (Global Terrorism Database)",
            marks=(("iyear", "imonth", "iday"),),
            needs=("iyear", "latitude", "longitude"),
            columns=MappingProxyType(
                {
                    "lon": ("longitude",),
                    "lat": ("latitude",),
                    "id": ("eventid",),
                    "name": ("attacktype1_txt", "city"),
                    "theme": ("attacktype1_txt",),
                    "when": ("iyear", "imonth", "iday"),
                    "statement": ("summary",),
                    "source": ("scite1", "dbsource"),
                    "locator": ("eventid",),
                    "precision": ("specificity",),
                }
            ),
            precision=Precision.APPROXIMATE,
        ),
    }
)
"""By the key that a command line names them by."""

FURTHER = (
    Preset(
        title="SCAD (Social Conflict Analysis Database)",
        marks=(("eventid", "etype", "styr", "stmo", "stday"), ("eventid", "etype", "startdate", "enddate")),
        needs=("eventid", "latitude", "longitude"),
        columns=MappingProxyType(
            {
                "lon": ("longitude",),
                "lat": ("latitude",),
                "id": ("id",),
                "name": ("etype", "elocal"),
                "theme": ("etype",),
                "when": ("styr", "stmo", "stday"),
                "until": ("eyr", "emo", "eday"),
                "statement": ("notes",),
                "locator": ("eventid",),
            }
        ),
        instead=MappingProxyType({"styr": ("startdate",), "eyr": ("enddate",)}),
        labels=SCAD_TYPES,
        words=MappingProxyType({"etype": SCAD_TYPES}),
        date_forms=("day-month-year", "short-years"),
        precision=Precision.APPROXIMATE,
    ),
    Preset(
        title="ICEWS (Integrated Crisis Early Warning System)",
        marks=(("Event ID", "Event Date", "CAMEO Code", "Source Name", "Target Name"),),
        needs=("Event Date", "Latitude", "Longitude"),
        columns=MappingProxyType(
            {
                "lon": ("Longitude",),
                "lat": ("Latitude",),
                "id": ("Event ID",),
                "name": ("Event Text", "City"),
                "theme": ("CAMEO Code",),
                "when": ("Event Date",),
                "statement": ("Source Name", "Event Text", "Target Name"),
                "source": ("Publisher",),
                "locator": ("Story ID",),
            }
        ),
        instead=MappingProxyType({"City": ("District", "Province", "Country")}),
        labels=MappingProxyType({code: words.capitalize() for code, words in CAMEO.items()}),
        date_forms=("month-day-year", "short-years"),
        precision=Precision.APPROXIMATE,
        # the coordinates are those of what is named most finely
        levels=MappingProxyType(
            {
                "City": Precision.APPROXIMATE,
                "District": Precision.AREA,
                "Province": Precision.AREA,
                "Country": Precision.SCHEMATIC,
            }
        ),
    ),
    Preset(
        title="ACLED (events added up by week and province)",
        marks=(("WEEK", "ADMIN1", "CENTROID_LATITUDE", "CENTROID_LONGITUDE"),),
        needs=("WEEK", "CENTROID_LATITUDE", "CENTROID_LONGITUDE"),
        columns=MappingProxyType(
            {
                "lon": ("CENTROID_LONGITUDE",),
                "lat": ("CENTROID_LATITUDE",),
                # its column ID is the province's
                "id": (),
                "name": ("SUB_EVENT_TYPE", "ADMIN1"),
                "theme": ("EVENT_TYPE",),
                "when": ("WEEK",),
            }
        ),
        date_forms=("month-names", "short-years", "day-month-year", "yyyymmdd", "excel-days"),
        # from Saturday to Friday
        days=MappingProxyType({"WEEK": 7}),
        precision=Precision.AREA,
    ),
)
"""Data sets that are recognised by their columns, besides those that a person may name."""
