"""Archives that hold one table are read as that table; others are refused in a sentence, and no size is believed."""

from __future__ import annotations

import gzip
import io
import json
import zipfile

import geopandas as gpd
import pytest
import shapely
import xlsxwriter

from geo.errors import InputError
from geo.intake.limits import Limits
from geo.intake.parsing import parse
from geo.intake.reading.upload import read_upload
from tests.event_tables import GDELT_1, GDELT_ROWS, GIVEN_OUT_RAW, write_table
from tests.loading_here import load_here

TABLE = b"name,lon,lat\nA,34.25,31.25\nB,34.3,31.3\n"
GEOJSON = json.dumps(
    {"type": "Feature", "geometry": {"type": "Point", "coordinates": [34.25, 31.25]}, "properties": {"name": "A"}}
).encode()


def zipped(*entries: tuple[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries:
            archive.writestr(name, content)
    return target.getvalue()


def name_of(value: object) -> str | None:
    """Name a test by its texts alone: archives hold the time when they were made."""
    return "bytes" if isinstance(value, bytes) else None


def workbook() -> bytes:
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate((["name", "lon", "lat"], ["A", 34.25, 31.25])):
            sheet.write_row(number, 0, row)
    return target.getvalue()


def parquet() -> bytes:
    target = io.BytesIO()
    gpd.GeoDataFrame({"name": ["A"]}, geometry=[shapely.Point(34.25, 31.25)], crs=4326).to_parquet(target)
    return target.getvalue()


@pytest.mark.parametrize(
    ("entry", "content", "kind", "rows"),
    [
        ("GEDEvent_v25_1.csv", TABLE, "csv", 2),
        ("20160101.export.CSV", TABLE, "csv", 2),
        ("data/events.tsv", TABLE.replace(b",", b"\t"), "csv", 2),
        ("events.txt", TABLE, "csv", 2),
        ("events.geojson", GEOJSON, "geojson", 1),
        ("events.json", GEOJSON, "geojson", 1),
        ("events.xlsx", workbook(), "excel", 1),
        ("events.parquet", parquet(), "geoparquet", 1),
        ("events.kmz", zipped(("doc.kml", b"<kml><Placemark><name>A</name></Placemark></kml>")), "kmz", 1),
    ],
    ids=name_of,
)
def test_a_table_alone_in_an_archive_is_read(entry: str, content: bytes, kind: str, rows: int) -> None:
    parsed = read_upload(zipped((entry, content)), "download.zip", Limits())
    assert (parsed.kind, parsed.rows_in) == (kind, rows)
    assert f"The file '{entry}' of the zip archive was read." in parsed.notes
    assert not any("Other files" in note for note in parsed.notes[:2])


@pytest.mark.parametrize(
    ("beside", "others"),
    [
        (("README.txt", "LICENCE.pdf"), 2),
        (("readme.csv", "Metadata_Country.csv", "datapackage.json", "codebook.xlsx"), 4),
        (("__MACOSX/._events.csv", "__MACOSX/data/._events.csv", ".DS_Store", "data/.hidden.csv"), 0),
        (("notes.txt", "picture.png", "style.qml", "metadata.xml"), 4),
        (("older.zip",), 1),
        (("docs/",), 0),
    ],
)
def test_what_lies_beside_the_table_is_left_aside_and_told(beside: tuple[str, ...], others: int) -> None:
    data = zipped(
        *((name, b"PK or words, no table" if name[-1] != "/" else b"") for name in beside), ("a/e.csv", TABLE)
    )
    parsed = read_upload(data, "events.zip", Limits())
    told = (f"Other files in it were left aside: {others}.",) if others else ()
    divided = "Its columns are divided by commas."
    assert parsed.notes == ("The file 'a/e.csv' of the zip archive was read.", *told, divided)
    assert [row.values["name"] for row in parsed.layers[0].rows] == ["A", "B"]


def test_a_table_that_is_called_as_a_companion_is_read_where_it_stands_alone() -> None:
    data = zipped(("license_plates.csv", TABLE), ("readme.txt", b"words"))
    assert read_upload(data, "a.zip", Limits()).rows_in == 2


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("events.csv.gz", TABLE, "csv"),
        ("events.geojson.GZ", GEOJSON, "geojson"),
        ("events.gz", TABLE, "csv"),
        ("events", TABLE, "csv"),
        ("events.xlsx.gz", workbook(), "excel"),
    ],
    ids=name_of,
)
def test_what_gzip_packs_is_read(name: str, content: bytes, kind: str) -> None:
    assert read_upload(gzip.compress(content), name, Limits()).kind == kind


def test_parts_of_gzip_one_after_another_are_one_file() -> None:
    assert read_upload(gzip.compress(TABLE) + gzip.compress(b"C,34.4,31.4\n"), "a.csv.gz", Limits()).rows_in == 3


@pytest.mark.parametrize(
    ("name", "title"), [("ged251.csv.zip", "ged251"), ("ged251.zip", "ged251"), ("a.b.zip", "a.b"), ("x.CSV.GZ", "x")]
)
def test_the_title_is_the_name_without_its_suffixes(name: str, title: str) -> None:
    data = gzip.compress(TABLE) if name.endswith("GZ") else zipped(("e.csv", TABLE))
    intake = load_here(data, name)
    assert (intake.table.title, intake.report.drawn) == (title, 2)


def test_a_day_of_gdelt_is_read_as_it_is_given_out() -> None:
    table = write_table(GDELT_1, [dict(row) for row in GDELT_ROWS], GIVEN_OUT_RAW).encode()
    intake = load_here(zipped(("20150702.export.CSV", table)), "20150702.export.CSV.zip")
    assert intake.mappings[0].found[0] == "The columns are those of GDELT (event database)."
    assert (intake.table.title, intake.report.rows_in, intake.report.drawn) == ("20150702.export", 3, 2)


def test_it_is_unpacked_in_the_process_apart() -> None:
    assert parse(zipped(("e.csv", TABLE)), "e.zip").rows_in == 2
    assert parse(gzip.compress(TABLE), "e.csv.gz").rows_in == 2


SEVERAL = zipped(*((f"{letter}.csv", TABLE) for letter in "abcdefg"))


@pytest.mark.parametrize(
    ("data", "name", "words"),
    [
        (
            zipped(("a.csv", TABLE), ("deep/b.xlsx", b"x")),
            "a.zip",
            "The zip archive holds several tables ('a.csv', 'deep/b.xlsx'). Unpack it and give them one by one.",
        ),
        (SEVERAL, "a.zip", "The zip archive holds several tables ('a.csv', 'b.csv', 'c.csv', 'd.csv', 'e.csv', …)."),
        (
            zipped(("a.txt", TABLE), ("b.txt", TABLE)),
            "a.zip",
            "The zip archive holds several tables ('a.txt', 'b.txt').",
        ),
        (
            zipped(("inner.zip", zipped(("a.csv", TABLE))), ("b.pdf", b"x")),
            "a.zip",
            "The zip archive holds further archives, which are not unpacked. Unpack it and give what they hold",
        ),
        (zipped(("a.csv", zipped(("b.csv", TABLE)))), "a.zip", "The zip archive holds neither a Shapefile"),
        (zipped(("a.csv", gzip.compress(TABLE))), "a.zip", "It looks like a gzip archive"),
        (gzip.compress(zipped(("b.csv", TABLE))), "b.zip.gz", "The zip archive holds neither a Shapefile"),
        (gzip.compress(gzip.compress(TABLE)), "a.csv.gz", "It looks like a gzip archive"),
        (gzip.compress(b"x" * 600), "a.tgz", "It looks like a .tar file"),
        (zipped(("readme.pdf", b"x")), "a.zip", "The zip archive holds neither a Shapefile"),
        (zipped(("readme.txt", TABLE)), "a.zip", "The zip archive holds neither a Shapefile"),
        (zipped(("a.csv", b"\n")), "a.zip", "The file is empty."),
        (gzip.compress(b""), "a.csv.gz", "The file is empty."),
        (zipped(("a.csv", TABLE)), "a.csv", "The zip archive holds neither a Shapefile"),
        (gzip.compress(TABLE), "a.csv", "It looks like a gzip archive"),
        (zipped(("a.geojson", TABLE)), "a.zip", "It is no JSON"),
        (zipped(("a.csv", GEOJSON)), "a.zip", "Its name ends in .csv, but it holds GeoJSON."),
        (zipped(("../a.csv", TABLE)), "a.zip", "The zip archive's entry '../a.csv' leads out of its folder."),
        (zipped(("a.csv", TABLE))[:-8], "a.zip", "The zip archive is damaged."),
        (gzip.compress(TABLE)[:-8], "a.csv.gz", "The gzip archive is damaged."),
        (gzip.compress(TABLE) + b"more", "a.csv.gz", "The gzip archive is damaged."),
        (b"\x1f\x8b\x08\x00 no deflate at all", "a.csv.gz", "The gzip archive is damaged."),
    ],
    ids=name_of,
)
def test_other_archives_are_refused_in_a_sentence(data: bytes, name: str, words: str) -> None:
    with pytest.raises(InputError) as refused:
        read_upload(data, name, Limits())
    (problem,) = refused.value.problems
    assert problem.rule == "unreadable"
    assert problem.message.startswith(words)


@pytest.mark.parametrize(("pack", "name"), [(lambda table: zipped(("a.csv", table)), "a.zip"), (gzip.compress, "a.gz")])
def test_no_more_is_unpacked_than_the_limit(pack: object, name: str) -> None:
    assert callable(pack)
    data = pack(TABLE)
    assert read_upload(data, name, Limits(unpacked_bytes=len(TABLE))).rows_in == 2
    with pytest.raises(InputError, match="when unpacked; the file holds more") as refused:
        read_upload(data, name, Limits(unpacked_bytes=len(TABLE) - 1))
    assert refused.value.problems[0].rule == "limit"


def test_the_size_that_a_directory_states_is_not_believed() -> None:
    data = zipped(("a.csv", TABLE + b"C,34.4,31.4\n" * 1000))
    true, false = len(TABLE) + 12_000, 50
    lying = data.replace(true.to_bytes(4, "little"), false.to_bytes(4, "little"))
    assert lying != data
    with pytest.raises(InputError, match=r"damaged or locked|when unpacked"):
        read_upload(lying, "a.zip", Limits(unpacked_bytes=1000))
