"""Which format a file has, by what is in it; its name must agree."""

from __future__ import annotations

import re
import zipfile
from types import MappingProxyType
from typing import NoReturn

from geo.intake.limits import Limits
from geo.intake.reading.archives import is_hidden, open_archive
from geo.intake.refusing import unaccepted, unreadable
from geo.wording import show_value

TITLES = MappingProxyType(
    {
        "geojson": "GeoJSON",
        "csv": "CSV",
        "excel": "Excel",
        "kml": "KML",
        "kmz": "KMZ",
        "geopackage": "GeoPackage",
        "shapefile": "a zipped Shapefile",
        "geoparquet": "GeoParquet",
    }
)
"""The formats that are read, as they are called."""

_SUFFIXES = MappingProxyType(
    {
        "geojson": ("geojson", "json", "jsonl", "ndjson"),
        "csv": ("csv", "tsv", "tab", "psv", "ssv", "txt"),
        "excel": ("xlsx", "xlsm", "xls"),
        "kml": ("kml", "xml"),
        "kmz": ("kmz", "zip"),
        "geopackage": ("gpkg",),
        "shapefile": ("zip", "shz"),
        "geoparquet": ("parquet", "geoparquet"),
    }
)
_SIGNATURES = (
    (b"\x1f\x8b", "a gzip archive"),
    (b"BZh", "a bzip2 archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive"),
    (b"Rar!", "a RAR archive"),
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"II*\x00", "a TIFF picture"),
    (b"MM\x00*", "a TIFF picture"),
    (b"%PDF", "a PDF document"),
    (b"fgb\x03", "FlatGeobuf"),
    (b"ARROW1", "an Arrow file"),
    (b"\x7fELF", "a program"),
    (b"MZ", "a program"),
    (b"\x09\x00\x04\x00", "a sheet of Excel 2 (save it as .xlsx)"),
    (b"\x09\x02\x06\x00", "a sheet of Excel 3 (save it as .xlsx)"),
    (b"\x09\x04\x06\x00", "a sheet of Excel 4 (save it as .xlsx)"),
    (b"\x00\x00\x27\x0a", "the .shp part of a Shapefile without its others (zip all of them)"),
)
_ROOTS = MappingProxyType(
    {
        "gpx": "GPX",
        "trainingcenterdatabase": "a TCX track",
        "html": "a web page",
        "svg": "an SVG picture",
        "rss": "an RSS feed",
        "feed": "an Atom feed",
        "rdf": "an RDF document",
        "ogrvrtdatasource": "an OGR VRT, which points to other files",
        "vrtdataset": "a GDAL VRT, which points to other files",
        "featurecollection": "GML",
        "osm": "OpenStreetMap XML",
        "workbook": "an Excel 2003 XML workbook (save it as .xlsx)",
    }
)
_KML_PARTS = frozenset({"document", "folder", "placemark", "update", "style", "stylemap", "networklink"})
_ROOT = re.compile(rb"<(?:[\w.-]+:)?([A-Za-z_][\w.-]*)")
_ASIDE = re.compile(rb"<\?.*?\?>|<!--.*?-->|<!DOCTYPE\s+(?P<doctype>\w+)[^>\[]*(?:\[.*?\]\s*)?>", re.DOTALL)
_MAPINFO = re.compile(rb"!table\s*\n!version\b", re.IGNORECASE)
_HEAD_BYTES = 4096


def recognise(data: bytes, name: str, limits: Limits) -> str:
    """Tell which format a file has.

    Parameters
    ----------
    data
        The whole file.
    name
        Its name; only what follows the last full stop is looked at.
    limits
        Those of unpacking: an archive is looked into.

    Returns
    -------
    str
        A key of `TITLES`.

    Raises
    ------
    InputError
        If it is of no format that is read, if its name says another, or an archive goes beyond a limit.
    """
    suffix = name.rpartition(".")[2].strip().lower() if "." in name else ""
    kind = _kind_of(data, suffix, limits)
    claimed = [each for each, suffixes in _SUFFIXES.items() if suffix in suffixes]
    if claimed and kind not in claimed:
        raise unreadable(
            f"Its name ends in .{show_value(suffix)}, but it holds {TITLES[kind]}",
            f"Name it .{_SUFFIXES[kind][0]} if that is right, else save it again",
        )
    if suffix and not claimed and kind == "csv":
        raise unaccepted(f"a .{suffix} file")
    return kind


def _kind_of(data: bytes, suffix: str, limits: Limits) -> str:
    if data.startswith(b"SQLite format 3\x00"):
        return "geopackage"
    if data.startswith(b"PK\x03\x04") or data.startswith(b"PK\x05\x06"):
        archive = open_archive(data, limits)
        return kind_of_archive(archive) or _refuse_archive(archive)
    if data.startswith(b"PAR1"):
        return "geoparquet"
    if data.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return "excel"
    for signature, what in _SIGNATURES:
        if data.startswith(signature) and not (
            suffix in _SUFFIXES["csv"] and data[:64].isascii() and b"\x00" not in data[:64]
        ):
            raise unaccepted(what)
    return _kind_of_text(data, suffix)


def kind_of_archive(archive: zipfile.ZipFile) -> str | None:
    """Tell which format a zip archive is as a whole; ``None`` where it only packs other files.

    Raises
    ------
    InputError
        If it is an OpenDocument file.
    """
    names = [entry.filename.lower() for entry in archive.infolist() if not is_hidden(entry.filename)]
    if any(name.startswith("xl/") for name in names):
        return "excel"
    if "mimetype" in names and _is_open_document(archive):
        raise unaccepted("an OpenDocument file (save it as .xlsx or CSV)")
    if any(name.endswith(".shp") for name in names):
        return "shapefile"
    if any(name.endswith(".kml") for name in names):
        return "kmz"
    return None


def _refuse_archive(archive: zipfile.ZipFile) -> NoReturn:
    if any(entry.filename.lower().endswith(".gdbtable") for entry in archive.infolist()):
        raise unaccepted("an Esri file geodatabase (save it as GeoPackage)")
    raise unreadable(
        "The zip archive holds neither a Shapefile (.shp, .shx, .dbf, .prj), nor a KML, nor one table alone",
        "Give the data alone",
    )


def _is_open_document(archive: zipfile.ZipFile) -> bool:
    try:
        with archive.open("mimetype") as file:
            return file.read(64).startswith(b"application/vnd.oasis.opendocument")
    except (KeyError, OSError, RuntimeError, ValueError, zipfile.BadZipFile, NotImplementedError):
        return False


def _kind_of_text(data: bytes, suffix: str) -> str:
    head = _as_ascii(data[:_HEAD_BYTES]).lstrip()
    if _MAPINFO.match(head):
        raise unaccepted("a MapInfo table (save it as GeoPackage)")
    if head.startswith(b"<") or suffix in _SUFFIXES["kml"]:
        return _kind_of_xml(head, suffix)
    if suffix in _SUFFIXES["csv"]:
        if re.match(rb'\{\s*"|\[\s*[\[{]', head):
            return "geojson"
        return "csv"
    if suffix in _SUFFIXES["geojson"] or head.startswith((b"{", b"[")):
        return "geojson"
    claimed = next((kind for kind, suffixes in _SUFFIXES.items() if suffix in suffixes), "")
    if claimed:
        raise unreadable(
            f"Its name ends in .{suffix}, but it is no {TITLES[claimed].removeprefix('a ')}",
            "Save it again from the program that wrote it, or correct the name",
        )
    return "csv"


def _kind_of_xml(head: bytes, suffix: str) -> str:
    if not head.startswith(b"<"):
        raise unreadable("It is no KML: it does not begin with '<'", "Give a KML as its program wrote it")
    doctype = next((match["doctype"] for match in _ASIDE.finditer(head) if match["doctype"]), b"")
    bare = _ASIDE.sub(b"", head)
    root = _ROOT.search(bare)
    name = (root[1] if root else doctype).decode("ascii", "replace").lower()
    if name == "kml" or (suffix == "kml" and (not root or name in _KML_PARTS)):
        return "kml"
    if name in _ROOTS:
        raise unaccepted(_ROOTS[name])
    if doctype.lower() == b"html" or b"<html" in head.lower() or b"<body" in head.lower():
        raise unaccepted("a web page")
    raise unaccepted(f"XML with the root '{name}'" if name else "XML")


def _as_ascii(head: bytes) -> bytes:
    """Drop byte-order marks and the zero bytes of wide encodings: enough to see how a text begins."""
    for mark in (b"\xef\xbb\xbf", b"\xff\xfe\x00\x00", b"\x00\x00\xfe\xff", b"\xff\xfe", b"\xfe\xff"):
        if head.startswith(mark):
            head = head[len(mark) :]
            break
    return head.replace(b"\x00", b"")
