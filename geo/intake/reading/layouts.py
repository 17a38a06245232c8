"""Tables that are given out without a heading, recognised by how many columns they have and what some of them hold."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Layout:
    """What the columns of a table without a heading are.

    Parameters
    ----------
    title
        Name of the data set.
    names
        Of the columns, as the data set's own documents write them.
    delimiter
        What divides the columns as the data set is given out; programs that write it anew put commas.
    signs
        By column from 0, what stands in it; together they stand so in no other table of that width.
    has_quotes
        Whether cells are quoted; where they are not, a quotation mark is a sign as any other.
    """

    title: str
    names: tuple[str, ...]
    delimiter: str
    signs: Mapping[int, re.Pattern[str]]
    has_quotes: bool = True


_OF_PROGRAMS = ","
_ACTOR = (
    *("Code", "Name", "CountryCode", "KnownGroupCode", "EthnicCode", "Religion1Code", "Religion2Code"),
    *("Type1Code", "Type2Code", "Type3Code"),
)
_PLACE = ("Type", "FullName", "CountryCode", "ADM1Code", "Lat", "Long", "FeatureID")
_PLACE_2 = ("Type", "FullName", "CountryCode", "ADM1Code", "ADM2Code", "Lat", "Long", "FeatureID")


def _gdelt(place: Sequence[str], last: Sequence[str]) -> tuple[str, ...]:
    return (
        *("GLOBALEVENTID", "SQLDATE", "MonthYear", "Year", "FractionDate"),
        *(f"{actor}{part}" for actor in ("Actor1", "Actor2") for part in _ACTOR),
        *("IsRootEvent", "EventCode", "EventBaseCode", "EventRootCode", "QuadClass", "GoldsteinScale"),
        *("NumMentions", "NumSources", "NumArticles", "AvgTone"),
        *(f"{of}Geo_{part}" for of in ("Actor1", "Actor2", "Action") for part in place),
        *last,
    )


_UCDP = (
    *("id", "relid", "year", "active_year", "code_status", "type_of_violence"),
    *("conflict_dset_id", "conflict_new_id", "conflict_name", "dyad_dset_id", "dyad_new_id", "dyad_name"),
    *("side_a_dset_id", "side_a_new_id", "side_a", "side_b_dset_id", "side_b_new_id", "side_b"),
    *("number_of_sources", "source_article", "source_office", "source_date", "source_headline", "source_original"),
    *("where_prec", "where_coordinates", "where_description", "adm_1", "adm_2", "latitude", "longitude", "geom_wkt"),
    *("priogrid_gid", "country", "country_id", "region", "event_clarity", "date_prec", "date_start", "date_end"),
    *("deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown", "best", "high", "low", "gwnoa", "gwnob"),
)
_NUMBER, _DECIMAL = re.compile(r"\d+", re.ASCII), re.compile(r"-?\d+(?:\.\d+)?", re.ASCII)
_YEAR, _MONTH, _DAY = (re.compile(rf"[12]\d{{{digits}}}", re.ASCII) for digits in (3, 5, 7))
_GDELT_SIGNS = MappingProxyType({0: _NUMBER, 1: _DAY, 2: _MONTH, 3: _YEAR, 4: re.compile(r"[12]\d{3}\.\d+", re.ASCII)})
_UCDP_SIGNS = MappingProxyType(
    {0: _NUMBER, 2: _YEAR, 5: re.compile("[123]"), 24: re.compile("[1-7]"), 29: _DECIMAL, 30: _DECIMAL}
)

LAYOUTS = (
    Layout("GDELT 2.0 events", _gdelt(_PLACE_2, ("DATEADDED", "SOURCEURL")), "\t", _GDELT_SIGNS, has_quotes=False),
    Layout("GDELT 1.0 events", _gdelt(_PLACE, ("DATEADDED", "SOURCEURL")), "\t", _GDELT_SIGNS, has_quotes=False),
    Layout("GDELT 1.0 events before April 2013", _gdelt(_PLACE, ("DATEADDED",)), "\t", _GDELT_SIGNS, has_quotes=False),
    Layout("UCDP GED", _UCDP, ",", _UCDP_SIGNS),
)
"""All that are known.

References
----------
GDELT event database, data format codebooks 1.03 (2013, 57 and 58 columns) and 2.0 (2015, 61 columns). Files of UCDP GED
and of its candidate events have 49 columns, and some of the latter no heading.
"""


def find_layout(cells: Sequence[str], delimiter: str) -> Layout | None:
    r"""Find of which known data set without a heading a first row is.

    Parameters
    ----------
    cells
        Of the first row.
    delimiter
        What divides them.

    Examples
    --------
    >>> row = ["1", "20150701", "201507", "2015", "2015.4959"]
    >>> find_layout([*row, *[""] * 56], "\t").title, find_layout(row, "\t")
    ('GDELT 2.0 events', None)
    """
    return next(
        (
            layout
            for layout in LAYOUTS
            if len(cells) == len(layout.names)
            and delimiter in {layout.delimiter, _OF_PROGRAMS}
            and all(sign.fullmatch(cells[place].strip()) for place, sign in layout.signs.items())
        ),
        None,
    )
