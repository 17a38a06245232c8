"""What columns are called that play a role, in the languages and habits of those who make tables."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from types import MappingProxyType


def fold_name(name: str) -> str:
    """Fold a column's name for comparison: lower case, without accents, spaces and signs.

    Examples
    --------
    >>> fold_name("Sub-Event Type"), fold_name("Längengrad")
    ('subeventtype', 'langengrad')
    """
    plain = unicodedata.normalize("NFKD", name).casefold()
    return "".join(letter for letter in plain if letter.isalnum())


def _fold_all(*names: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(map(fold_name, names)))


_X = (
    *("x", "x coord", "point x", "coord x", "geom x", "x koord", "koord x", "x koordinate", "x koordinat"),
    "coordenada x",
)
_Y = (
    *("y", "y coord", "point y", "coord y", "geom y", "y koord", "koord y", "y koordinate", "y koordinat"),
    "coordenada y",
)

AXIS_PAIRS = tuple(zip(_fold_all(*_X), _fold_all(*_Y), strict=True))
"""Names of longitude and latitude that other numbers and words have too: they count where numbers stand below them."""

_BEGINNINGS = _fold_all(
    *("begin", "start", "start date", "date start", "begin date", "début", "date début", "date de début"),
    *("beginn", "startdatum", "inicio", "fecha inicio", "fecha de inicio", "başlangıç", "başlangıç tarihi"),
    *("تاريخ البداية", "تاريخ البدء", "תאריך התחלה"),
)

O_IN_NAMES: Mapping[str, int] = MappingProxyType(
    {
        **dict.fromkeys(_fold_all("Längengrad", "Laengengrad", "geographische Länge", "Länge", "Laenge"), 1),
        **dict.fromkeys(_fold_all("longitud", "longitudine"), -1),
    }
)
"""Names of longitude in languages that write O: 1 where it is the east (Ost), -1 where the west (Oeste, Ovest)."""

NAMES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "lon": _fold_all(
            *("lon", "longitude", "long", "lng", "decimal longitude", "longitude wgs84", "lon wgs84", "wgs84 lon"),
            *("geo lon", "geo long", "geo lng", "geo longitude", "gps lon", "gps longitude", "gps lng", "x lon"),
            "longitude e",
            *("lon coord", "long dd", "lon dd", "longitude dd", "longitude d", "longitude dms", "long dms", "lon dms"),
            *("point lon", "place lon", "longitud", "longitudine", "Längengrad", "Laengengrad", "geographische Länge"),
            *("centroid lon", "centroid long", "centroid lng", "centroid longitude"),
            *("lengtegraad", "længdegrad", "lengdegrad", "boylam", "خط الطول", "خط طول", "طول جغرافیایی", "קו אורך"),
            *("долгота", "довгота", "经度", "經度", "経度", "경도", *_X),
        ),
        "lat": _fold_all(
            *("lat", "latitude", "decimal latitude", "latitude wgs84", "lat wgs84", "wgs84 lat"),
            *("geo lat", "geo latitude", "gps lat", "gps latitude", "y lat", "latitude n"),
            *("lat coord", "lat dd", "latitude dd", "latitude d", "latitude dms", "lat dms"),
            *("point lat", "place lat", "latitud", "latitudine", "Breitengrad", "geographische Breite"),
            *("centroid lat", "centroid latitude"),
            *("breedtegraad", "breddegrad", "enlem", "خط العرض", "خط عرض", "دائرة العرض", "عرض جغرافیایی", "קו רוחב"),
            *("широта", "纬度", "緯度", "위도", *_Y),
        ),
        "latlon": _fold_all(
            *("latlon", "latlng", "latlong", "coordinates", "coordinate", "coords", "gps", "position", "geopoint"),
            *("geolocation", "gps coordinates", "gps location", "location gps"),
        ),
        "wkt": _fold_all("wkt", "geom wkt", "wkt geom", "geometry wkt", "the geom", "geom", "geometry", "shape"),
        "easting": _fold_all(
            *(
                "easting",
                "eastings",
                "utm easting",
                "utm e",
                "utm x",
                "x utm",
                "east",
                "e",
                "x m",
                "Rechtswert",
                "Ostwert",
            )
        ),
        "northing": _fold_all(
            *("northing", "northings", "utm northing", "utm n", "utm y", "y utm", "north", "n", "y m", "Hochwert"),
            "Nordwert",
        ),
        "id": _fold_all(
            *("feature id", "id", "event id", "incident id", "uid", "uuid", "guid", "identifier", "global id"),
            *("object id", "gid", "ogc fid", "fid", "record id", "case id", "occurrence id", "gbif id"),
            *("event id cnty", "global event id", "sind event id", "main id", "web id", "dis no", "event no"),
            *("case number", "case no", "incident number", "incident no", "event number"),
        ),
        "name": _fold_all(
            *("name", "title", "label", "event name", "place name", "location name", "site name", "place", "location"),
            *("site", "town", "village", "event", "headline", "locality", "incident title", "event title"),
            *("location of event", "event location", "incident location", "location description", "where coordinates"),
            "city",
            *("nom", "nom du lieu", "lieu", "intitulé", "titre", "localité", "Bezeichnung", "Ortsname", "Ort", "Titel"),
            *("nombre", "nombre del lugar", "lugar", "título", "localidad", "adı", "isim", "yer adı", "yer", "başlık"),
            *("الاسم", "اسم", "اسم المكان", "اسم الموقع", "المكان", "الموقع", "البلدة", "القرية", "المدينة", "الحدث"),
            *("שם", "שם המקום", "שם האתר", "מקום", "יישוב", "ישוב", "כותרת", "אירוע"),
        ),
        "theme": _fold_all(
            *("theme", "category", "event type", "type", "kind", "class", "event category", "folder"),
            *("incident type", "attack type", "attacktype1 txt", "type of violence", "type of event"),
            *("type of incident", "type of attack", "crime type", "primary type", "disaster type", "violation type"),
            *(
                "catégorie",
                "type d'événement",
                "Kategorie",
                "Typ",
                "categoría",
                "tipo",
                "tipo de evento",
                "kategori",
                "tür",
            ),
            *("نوع الحدث", "النوع", "الفئة", "التصنيف", "סוג האירוע", "סוג", "קטגוריה", "status"),
        ),
        "when": _fold_all(
            *(
                "when",
                "when edtf",
                "date",
                "event date",
                "incident date",
                "date of event",
                "date of incident",
                "datetime",
                "day",
                "event day",
            ),
            *("occurred on", *_BEGINNINGS, "timestamp", "time"),
            *("date de l'événement", "date événement", "Datum", "Ereignisdatum", "Zeitpunkt"),
            *("fecha", "fecha del evento", "fecha evento", "tarih", "olay tarihi", "дата", "日期"),
            *("التاريخ", "تاريخ", "تاريخ الحدث", "تاريخ الواقعة", "תאריך", "תאריך האירוע", "תאריך אירוע"),
            *("year month", "month", "year"),
        ),
        "until": _fold_all(
            *("until", "end", "end date", "date end", "fin", "date fin", "date de fin", "Ende", "Enddatum"),
            *("fecha fin", "fecha de fin", "bitiş", "bitiş tarihi", "تاريخ النهاية", "تاريخ الانتهاء", "תאריך סיום"),
        ),
        "statement": _fold_all(
            *("statement", "evidence", "description", "notes", "note", "summary", "text", "details", "desc", "comment"),
            *("event description", "incident description", "event summary", "event details", "incident details"),
            *("comments", "remarks", "narrative", "résumé", "remarques", "Beschreibung", "Bemerkungen", "descripción"),
            *("observaciones", "resumen", "açıklama", "الوصف", "وصف", "التفاصيل", "ملاحظات", "תיאור", "פרטים", "הערות"),
        ),
        "source": _fold_all(
            *("source", "sources", "reference", "references", "citation", "information source", "source name"),
            *("source article", "source url", "url", "link"),
            *("Quelle", "fuente", "kaynak", "المصدر", "מקור"),
        ),
        "precision": _fold_all("precision", "geo precision", "geo precis", "where prec", "action geo type"),
        "locator": _fold_all("locator", "paragraph", "page", "pages", "source locator"),
    }
)
"""By role, the names of columns as `fold_name` writes them, the surest first."""

BEGINNINGS = frozenset(_BEGINNINGS)
"""Names of columns with the first of two days."""
