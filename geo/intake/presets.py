"""Column names of event tables that analysts use, and what their codes mean."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType


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
        By role, the columns that play it, as far as a file has them.
    instead
        By column, others that are taken where a file lacks it.
    labels
        Words for the codes of the theme column.
    words
        By column of `columns`, words for its codes where it is one of several that make a text.
    date_forms
        Forms of dates besides ISO 8601 (`geo.intake.dating.FORMS`), the surest first.
    """

    title: str
    marks: tuple[tuple[str, ...], ...]
    needs: tuple[str, ...]
    columns: Mapping[str, tuple[str, ...]]
    instead: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))
    labels: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    words: Mapping[str, Mapping[str, str]] = field(default_factory=lambda: MappingProxyType({}))
    date_forms: tuple[str, ...] = ()


_CAMEO = (
    *("make a public statement", "appeal", "express the intent to cooperate", "consult"),
    *("engage in diplomatic cooperation", "engage in material cooperation", "provide aid", "yield", "investigate"),
    *("demand", "disapprove", "reject", "threaten", "protest", "exhibit force", "reduce relations", "coerce"),
    *("assault", "fight", "use unconventional mass violence"),
)
"""What one actor does to the other, by the root codes of CAMEO from 01 on."""

PRESETS: Mapping[str, Preset] = MappingProxyType(
    {
        "acled": Preset(
            title="ACLED (Armed Conflict Location & Event Data)",
            # extracts often lack the ids
            marks=(("event_id_cnty", "event_date", "event_type"), ("event_date", "event_type", "sub_event_type")),
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
            instead=MappingProxyType({"sub_event_type": ("event_type",)}),
            # the export tool writes 16 May 2025, older files 16-May-2025 or 16/05/2025, the interface 2025-05-16, and
            # Excel 16-May-25 where a file went through it
            date_forms=("month-names", "short-years", "day-month-year"),
        ),
        "ucdp": Preset(
            title="UCDP GED (Georeferenced Event Dataset)",
            marks=(("type_of_violence", "date_start", "date_end"),),
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
            # UCDP GED codebook, type_of_violence
            labels=MappingProxyType(
                {"1": "State-based conflict", "2": "Non-state conflict", "3": "One-sided violence"},
            ),
        ),
        "gdelt": Preset(
            title="GDELT (event database)",
            marks=(("GLOBALEVENTID", "ActionGeo_Lat", "ActionGeo_Long"),),
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
            instead=MappingProxyType({"SQLDATE": ("Day",), "EventRootCode": ("EventCode",)}),
            # spreadsheets take the zero from 01
            words=MappingProxyType(
                {
                    "EventRootCode": MappingProxyType(
                        {code: words for root, words in enumerate(_CAMEO, 1) for code in (f"{root:02}", str(root))}
                    )
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
        ),
        "gtd": Preset(
            title="GTD (Global Terrorism Database)",
            marks=(("eventid", "iyear", "imonth", "iday"),),
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
                    "source": ("scite1",),
                    "locator": ("eventid",),
                    "precision": ("specificity",),
                }
            ),
            instead=MappingProxyType({"scite1": ("dbsource",)}),
        ),
    }
)
"""By the key that a command line names them by."""
