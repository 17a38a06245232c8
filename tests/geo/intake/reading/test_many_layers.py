"""Files of very many layers or tables: refused before their rows are read, and told without end in no report."""

from __future__ import annotations

import io
import json
import sqlite3
import struct
import zipfile

import pytest
import shapely

from geo.errors import InputError
from geo.intake.limits import Limits
from geo.intake.reading.gathering import MOST_LAYERS, MOST_NOTES
from geo.intake.reading.upload import read_upload

POINT = b"GP\0\1" + struct.pack("<i", 4326) + shapely.to_wkb(shapely.Point(34.2, 31.2))


def geopackage(layers: int, unlisted: int = 0, point: bytes = POINT) -> bytes:
    database = sqlite3.connect(":memory:")
    database.executescript(
        "CREATE TABLE gpkg_spatial_ref_sys(srs_id, organization, organization_coordsys_id, definition);"
        "INSERT INTO gpkg_spatial_ref_sys VALUES(4326, 'EPSG', 4326, '');"
        "CREATE TABLE gpkg_contents(table_name, data_type);"
        "CREATE TABLE gpkg_geometry_columns(table_name, column_name, srs_id);"
    )
    for number in range(layers):
        database.execute(f"CREATE TABLE t{number}(geom, name)")
        database.execute("INSERT INTO gpkg_contents VALUES(?, 'features')", (f"t{number}",))
        database.execute("INSERT INTO gpkg_geometry_columns VALUES(?, 'geom', 4326)", (f"t{number}",))
        database.execute(f"INSERT INTO t{number} VALUES(?, 'a')", (point,))
    for number in range(unlisted):
        database.execute(f"CREATE TABLE x{number}(a)")
    return bytes(database.serialize())


def kmz(layers: int) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for number in range(layers):
            archive.writestr(
                f"{number}.kml", "<kml><Placemark><Point><coordinates>x</coordinates></Point></Placemark></kml>"
            )
    return target.getvalue()


@pytest.mark.parametrize(
    ("data", "name"), [(geopackage(MOST_LAYERS + 1, point=b"none"), "a.gpkg"), (kmz(MOST_LAYERS + 1), "a.kmz")]
)
def test_too_many_layers_are_refused_before_their_rows_are_read(data: bytes, name: str) -> None:
    # not one of their rows is sound: had they been read, that were the reason
    with pytest.raises(InputError) as refused:
        read_upload(data, name, Limits())
    (problem,) = refused.value.problems
    assert problem.rule == "limit"
    assert problem.message.startswith("Limit reached: at most 200 layers from a file; this one has 201.")


def test_as_many_layers_as_there_may_be_are_read() -> None:
    assert len(read_upload(geopackage(MOST_LAYERS), "a.gpkg", Limits()).layers) == MOST_LAYERS


def test_tables_beside_the_contents_are_told_in_one_sentence() -> None:
    parsed = read_upload(geopackage(1, unlisted=50), "a.gpkg", Limits())
    assert parsed.notes == (
        "50 tables are not among the GeoPackage's contents and were left aside: "
        "'x0', 'x1', 'x2', 'x3', 'x4', 'x5', 'x6', 'x7', 'x8', 'x9', ….",
    )


def test_of_very_many_notes_the_rest_is_counted() -> None:
    members = {f"member {number}": 1 for number in range(100)}
    feature = {"type": "Feature", "geometry": None, "properties": {"a": 1}} | members
    data = json.dumps({"type": "FeatureCollection", "features": [feature]}).encode()
    parsed = read_upload(data, "a.geojson", Limits())
    assert len(parsed.notes) == MOST_NOTES + 1
    assert "'member 0'" in parsed.notes[0]
    assert parsed.notes[-1] == "There are 80 more notes."
