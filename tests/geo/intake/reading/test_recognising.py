"""Formats are recognised by what is in a file; a name that says another is refused."""

from __future__ import annotations

import io
import zipfile

import pytest

from geo.errors import InputError
from geo.intake.limits import Limits
from geo.intake.reading.recognising import recognise


def zipped(*names: str) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name in names:
            archive.writestr(name, b"x")
    return target.getvalue()


@pytest.mark.parametrize(
    ("data", "name", "kind"),
    [
        (b'{"type": "Feature"}', "a.json", "geojson"),
        (b'\xef\xbb\xbf {"type": "Feature"}', "A.GEOJSON", "geojson"),
        (b'{"type": "Feature"}', "upload", "geojson"),
        (b"[1", "a.geojson", "geojson"),
        ("{}".encode("utf-16"), "a.json", "geojson"),
        (b"a,b\n1,2\n", "a.csv", "csv"),
        (b"a\tb\n1\t2\n", "a.TSV", "csv"),
        (b"a,b\n1,2\n", "upload", "csv"),
        (b"MZ,b\n1,2\n", "a.csv", "csv"),
        (b"<?xml version='1.0'?><!-- x --><kml/>", "a.kml", "kml"),
        (b"<k:kml xmlns:k='x'/>", "a.xml", "kml"),
        (b"SQLite format 3\x00", "a.gpkg", "geopackage"),
        (b"PAR1", "a.parquet", "geoparquet"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "a.xls", "excel"),
    ],
)
def test_formats_are_recognised(data: bytes, name: str, kind: str) -> None:
    assert recognise(data, name, Limits()) == kind


@pytest.mark.parametrize(
    ("data", "name", "words"),
    [
        (b"<kml/>", "a.geojson", "Its name ends in .geojson, but it holds KML. Name it .kml if that is right"),
        (b"SQLite format 3\x00", "a.csv", "Its name ends in .csv, but it holds GeoPackage."),
        (b"a,b\n1,2\n", "a.gpkg", "Its name ends in .gpkg, but it is no GeoPackage."),
        (b"a,b\n1,2\n", "a.md", "It looks like a .md file, which is not read here."),
        (b"\x89PNG\r\n", "a.kml", "It looks like a PNG picture, which is not read here."),
        (b"\x1f\x8b", "a.gz", "It looks like a gzip archive"),
        (b"%PDF-1.7", "a.pdf", "It looks like a PDF document"),
        (b"<svg/>", "a.xml", "It looks like an SVG picture"),
        (b"<rss/>", "a.xml", "It looks like an RSS feed"),
        (b"<odd/>", "a.xml", "It looks like XML with the root 'odd'"),
        (b"<html>", "a.csv", "It looks like a web page"),
        (b"<OGRVRTDataSource>", "a.csv", "It looks like an OGR VRT, which points to other files"),
        (b"<wfs:FeatureCollection>", "a.gml", "It looks like GML"),
        (b"!table\r\n!version 300\r\n!charset WindowsArabic\r\n", "a.tab", "It looks like a MapInfo table"),
        (bytes.fromhex("0902060000001000"), "a.xls", "It looks like a sheet of Excel 3 (save it as .xlsx)"),
        (zipped("a.gdb/a00000001.gdbtable", "a.gdb/gdb"), "a.gdb.zip", "It looks like an Esri file geodatabase"),
    ],
)
def test_others_are_refused_by_name(data: bytes, name: str, words: str) -> None:
    with pytest.raises(InputError) as refused:
        recognise(data, name, Limits())
    (problem,) = refused.value.problems
    assert problem.rule == "unreadable"
    assert problem.message.startswith(words)
