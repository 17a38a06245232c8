"""What columns are called that play a role, in the languages and habits of those who make tables."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from types import MappingProxyType

NAMES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "lon": (
            *("lon", "longitude", "long", "lng", "decimallongitude", "longitudewgs84", "lonwgs84", "wgs84lon"),
            *(
                "geolon",
                "geolong",
                "geolng",
                "geolongitude",
                "gpslon",
                "gpslongitude",
                "xlon",
                "loncoord",
                "longdd",
                "londd",
            ),
            *("longitudedd", "longituded", "longitudedms", "longdms", "londms", "pointlon", "placelon"),
            *("longitud", "longitudine", "langengrad", "boylam", "خطالطول", "קואורך", "x", "xcoord", "pointx"),
        ),
        "lat": (
            *(
                "lat",
                "latitude",
                "decimallatitude",
                "latitudewgs84",
                "latwgs84",
                "wgs84lat",
                "geolat",
                "geolatitude",
                "gpslat",
            ),
            *("gpslatitude", "ylat", "latcoord", "latdd", "latitudedd", "latituded", "latitudedms", "latdms"),
            *("pointlat", "placelat", "latitud", "latitudine", "breitengrad", "enlem", "خطالعرض", "קורוחב"),
            *("y", "ycoord", "pointy"),
        ),
        "latlon": ("latlon", "latlng", "latlong", "coordinates", "coordinate", "coords", "gps", "position", "geopoint"),
        "wkt": ("wkt", "geomwkt", "wktgeom", "geometrywkt", "thegeom", "geom", "geometry", "shape"),
        "easting": ("easting", "eastings", "utmeasting", "utme", "utmx", "xutm", "east", "e", "xm"),
        "northing": ("northing", "northings", "utmnorthing", "utmn", "utmy", "yutm", "north", "n", "ym"),
        "id": (
            *("featureid", "id", "eventid", "incidentid", "uid", "uuid", "guid", "identifier", "globalid"),
            *("objectid", "gid", "ogcfid", "fid", "recordid", "caseid"),
        ),
        "name": (
            *("name", "title", "label", "eventname", "placename", "locationname", "sitename", "place", "location"),
            *("site", "town", "village", "event", "headline", "nom", "nombre", "الاسم", "שם"),
        ),
        "theme": ("theme", "category", "eventtype", "type", "kind", "class", "eventcategory", "folder"),
        "when": (
            *("when", "whenedtf", "date", "eventdate", "incidentdate", "dateofevent", "datetime", "day", "eventday"),
            *("occurredon", "begin", "start", "startdate", "datestart", "begindate", "timestamp", "time"),
            *("datum", "fecha", "التاريخ", "תאריך", "yearmonth", "month", "year"),
        ),
        "until": ("until", "end", "enddate", "dateend"),
        "statement": (
            *("statement", "evidence", "description", "notes", "note", "summary", "text", "details", "desc", "comment"),
            *("comments", "remarks", "narrative"),
        ),
        "source": ("source", "sources", "reference", "references", "citation", "sourceurl", "url", "link"),
        "precision": ("precision", "geoprecision", "geoprecis", "whereprec", "actiongeotype"),
        "locator": ("locator", "paragraph", "page", "pages", "sourcelocator"),
    }
)
"""By role, the names of columns as `fold_name` writes them, the surest first."""

BEGINNINGS = frozenset({"begin", "start", "startdate", "datestart", "begindate"})
"""Names of columns with the first of two days."""


def fold_name(name: str) -> str:
    """Fold a column's name for comparison: lower case, without accents, spaces and signs.

    Examples
    --------
    >>> fold_name("Sub-Event Type")
    'subeventtype'
    """
    plain = unicodedata.normalize("NFKD", name).casefold()
    return "".join(letter for letter in plain if letter.isalnum())
