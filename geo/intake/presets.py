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
        Columns by which it is recognised; all of them are there, and together in no other data set.
    needs
        Columns without which nothing can be placed or dated.
    columns
        By role, the columns that play it, as far as a file has them.
    labels
        Words for the codes of the theme column.
    date_forms
        Forms of dates besides ISO 8601 (`geo.intake.dating.FORMS`).
    """

    title: str
    marks: tuple[str, ...]
    needs: tuple[str, ...]
    columns: Mapping[str, tuple[str, ...]]
    labels: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    date_forms: tuple[str, ...] = ()


PRESETS: Mapping[str, Preset] = MappingProxyType(
    {
        "acled": Preset(
            title="ACLED (Armed Conflict Location & Event Data)",
            marks=("event_id_cnty", "event_date", "sub_event_type"),
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
            # the export tool writes 16 May 2025, older files 16-May-2025 or 16/05/2025, the interface 2025-05-16
            date_forms=("month-names", "day-month-year"),
        ),
        "ucdp": Preset(
            title="UCDP GED (Georeferenced Event Dataset)",
            marks=("type_of_violence", "where_coordinates", "date_start", "date_end"),
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
                    "statement": ("source_headline", "where_description"),
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
            marks=("GLOBALEVENTID", "ActionGeo_Lat", "ActionGeo_Long"),
            needs=("ActionGeo_Lat", "ActionGeo_Long"),
            columns=MappingProxyType(
                {
                    "lon": ("ActionGeo_Long",),
                    "lat": ("ActionGeo_Lat",),
                    "id": ("GLOBALEVENTID",),
                    "name": ("ActionGeo_FullName",),
                    "theme": ("QuadClass",),
                    "when": ("SQLDATE",),
                    "statement": ("Actor1Name", "EventCode", "Actor2Name"),
                    "source": ("SOURCEURL",),
                    "locator": ("GLOBALEVENTID",),
                    "precision": ("ActionGeo_Type",),
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
    }
)
"""By the key that a command line names them by."""
