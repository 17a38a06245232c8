"""GeoPackage: every table of every kind, each row kept or listed; views and what is damaged are told."""

from __future__ import annotations

import sqlite3
import struct
from collections.abc import Callable
from pathlib import Path

import pytest
import shapely

from geo.errors import InputError
from geo.intake.limits import Limits
from geo.intake.reading.upload import read_upload
from geo.intake.rows import Parsed
from tests.loading_here import load_here

SCHEMA = """
CREATE TABLE gpkg_spatial_ref_sys (srs_name, srs_id, organization, organization_coordsys_id, definition);
CREATE TABLE gpkg_contents (table_name, data_type, srs_id);
CREATE TABLE gpkg_geometry_columns (table_name, column_name, geometry_type_name, srs_id, z, m);
INSERT INTO gpkg_spatial_ref_sys VALUES ('UTM', 32636, 'EPSG', 32636, ''), ('WGS', 4326, 'epsg', 4326, '');
INSERT INTO gpkg_contents VALUES ('events', 'features', 32636), ('notes', 'attributes', 0);
INSERT INTO gpkg_geometry_columns VALUES ('events', 'geom', 'POINT', 32636, 0, 0);
CREATE TABLE events (fid INTEGER PRIMARY KEY, geom BLOB, name TEXT, n INTEGER, data BLOB);
CREATE TABLE notes (id, words);
INSERT INTO notes VALUES (1, 'one'), (2, NULL);
"""


def blob(wkb: bytes, flags: int = 1) -> bytes:
    return b"GP\x00" + bytes([flags]) + struct.pack("<i", 32636) + wkb


POINT = shapely.to_wkb(shapely.Point(600000, 3450000))


@pytest.fixture
def pack(tmp_path: Path) -> Callable[..., bytes]:
    def packed(*statements: str, shapes: tuple[bytes | None, ...] = ()) -> bytes:
        path = tmp_path / "a.gpkg"
        database = sqlite3.connect(path)
        database.executescript(SCHEMA)
        for shape in shapes:
            database.execute("INSERT INTO events (geom, name, n, data) VALUES (?, 'a', 5, NULL)", (shape,))
        for statement in statements:
            database.execute(statement)
        database.commit()
        database.close()
        content = path.read_bytes()
        path.unlink()
        return content

    return packed


def read(data: bytes, **limits: int) -> Parsed:
    return read_upload(data, "a.gpkg", Limits(**limits))


def test_all_tables_are_layers(pack: Callable[..., bytes]) -> None:
    parsed = read(pack(shapes=(blob(POINT), None)))
    events, notes = parsed.layers
    assert (events.name, events.crs, events.fields) == ("events", "EPSG:32636", ("fid", "name", "n", "data"))
    assert [row.values for row in events.rows] == [{"fid": n, "name": "a", "n": 5, "data": None} for n in (1, 2)]
    assert events.rows[0].geometry == shapely.Point(600000, 3450000)
    assert events.rows[1].geometry is None
    assert (notes.has_geometry, [row.values["words"] for row in notes.rows]) == (False, ["one", None])
    assert parsed.rows_in == 4
    assert (parsed.changes, parsed.refusals, parsed.notes) == ((), (), ())


def test_an_unknown_reference_system_is_told_with_what_is_taken(pack: Callable[..., bytes]) -> None:
    local = """INSERT INTO gpkg_spatial_ref_sys VALUES ('site', 7, 'NONE', 7, 'LOCAL_CS["site",UNIT["metre",1]]')"""
    data = pack(local, "UPDATE gpkg_geometry_columns SET srs_id = 7", shapes=(blob(POINT),))
    parsed = read(data)
    assert parsed.layers[0].crs is None
    told = (
        "The layer 'events' states an unknown coordinate reference system (7). Unless you name one, the coordinates are"
    )
    assert parsed.notes == (f"{told} taken for longitude and latitude on WGS 84.",)


@pytest.mark.parametrize(
    "files", ['"PROJ4_GRIDS","@conus,/etc/passwd"', '"PROJ4","+proj=utm +zone=36 +nadgrids=/etc/passwd +units=m"']
)
def test_files_that_a_reference_system_names_are_left_out_of_it(pack: Callable[..., bytes], files: str) -> None:
    system = (
        'PROJCS["UTM 36, Clarke",GEOGCS["Clarke 1866",DATUM["unknown",SPHEROID["clrk66",6378206.4,294.9786982138982],'
        f'EXTENSION[{files}]],PRIMEM["Greenwich",0],UNIT["degree",0.0174532925199433]],'
        'PROJECTION["Transverse_Mercator"],PARAMETER["latitude_of_origin",0],PARAMETER["central_meridian",33],'
        'PARAMETER["scale_factor",0.9996],PARAMETER["false_easting",500000],PARAMETER["false_northing",0],'
        'UNIT["Meter",1]]'
    )
    row = f"INSERT INTO gpkg_spatial_ref_sys VALUES ('old', 7, 'NONE', 7, '{system}')"
    data = pack(row, "UPDATE gpkg_geometry_columns SET srs_id = 7", shapes=(blob(POINT),))
    (layer, *_), report = read(data).layers, load_here(data, "a.gpkg").report
    assert layer.crs == system.replace(f",EXTENSION[{files}]", "")
    told = "No way is known from the datum of UTM 36, Clarke to WGS 84; it was taken for the same, so places may be off"
    assert any(note.startswith(told) for note in report.notes)


def test_truth_values_are_read_as_such(pack: Callable[..., bytes]) -> None:
    table = "CREATE TABLE raids (id INTEGER, night boolean, armed BOOLEAN NOT NULL DEFAULT 0, odd BOOLEAN)"
    rows = "INSERT INTO raids VALUES (1, 1, 0, 7), (0, NULL, 1, 'yes')"
    parsed = read(pack(table, "INSERT INTO gpkg_contents VALUES ('raids', 'attributes', 0)", rows))
    values = [list(row.values.values()) for row in parsed.layers[-1].rows]
    # values that are none of the two stay as they are
    assert [[repr(value) for value in row] for row in values] == [
        ["1", "True", "False", "7"],
        ["0", "None", "True", "'yes'"],
    ]


def test_bad_shapes_are_listed(pack: Callable[..., bytes]) -> None:
    bad = (b"no blob", blob(POINT[:-1]), blob(b"\x01\x63\x00\x00\x00"), blob(POINT, 0x21), blob(b""))
    parsed = read(pack(shapes=(*bad, blob(POINT))))
    assert [entry.row for entry in parsed.refusals] == [1, 2, 3, 4, 5]
    assert [entry.reason for entry in parsed.refusals][:3] == [
        "It is no shape of a GeoPackage.",
        "The shape is cut off.",
        "It is no known type of shape.",
    ]
    assert [row.number for row in parsed.layers[0].rows] == [6]


def test_bytes_and_broken_text_are_told(pack: Callable[..., bytes]) -> None:
    insert = "INSERT INTO events (name, data) VALUES (CAST(x'61FF' AS TEXT), x'00FF')"
    parsed = read(pack(insert, shapes=(blob(POINT),)))
    assert parsed.layers[0].rows[1].values == {"fid": 2, "name": "a\ufffd", "n": None, "data": "00ff"}
    assert [(change.row, change.field) for change in parsed.changes] == [(2, "name"), (2, "data")]


def test_views_are_left_aside_and_told(pack: Callable[..., bytes]) -> None:
    endless = "WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x FROM c) SELECT x AS id FROM c"
    view = (f"CREATE VIEW v AS {endless}", "INSERT INTO gpkg_contents VALUES ('v', 'features', 4326)")
    parsed = read(pack(*view))
    assert parsed.notes == ("The layer 'v' is a view or missing, and only tables are read; it was left aside.",)
    assert parsed.rows_in == 2
    with pytest.raises(InputError, match="The layer 'v' is a view or missing"):
        read(pack(*view, "DELETE FROM gpkg_contents WHERE table_name <> 'v'", "DELETE FROM gpkg_geometry_columns"))


def test_names_are_quoted(pack: Callable[..., bytes]) -> None:
    name = 'a"; DROP TABLE notes; --'
    quoted = name.replace('"', '""')
    table = (f'CREATE TABLE "{quoted}" (x)', f'INSERT INTO "{quoted}" VALUES (1)')
    listed = "INSERT INTO gpkg_contents VALUES ('" + name + "', 'attributes', 0)"
    parsed = read(pack(*table, listed))
    assert [(layer.name, len(layer.rows)) for layer in parsed.layers] == [("events", 0), ("notes", 2), (name, 1)]


@pytest.mark.parametrize("size", [16, 100, 4000])
def test_damaged_files_are_refused(pack: Callable[..., bytes], size: int) -> None:
    with pytest.raises(InputError) as refused:
        read(pack(shapes=(blob(POINT),))[:size])
    assert refused.value.problems[0].rule == "unreadable"
    assert "Package" in refused.value.problems[0].message


def test_other_databases_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    with sqlite3.connect(path) as database:
        database.execute("CREATE TABLE a (x)")
    database.close()
    with pytest.raises(InputError, match="It is an SQLite database, but no GeoPackage: it has no table gpkg_contents"):
        read(path.read_bytes())


def test_instants_in_whole_numbers_are_offered_to_be_read(pack: Callable[..., bytes]) -> None:
    data = pack(
        "ALTER TABLE events ADD COLUMN time INTEGER", "UPDATE events SET time = 1451606399", shapes=(blob(POINT),)
    )
    assert [mend.kind for mend in load_here(data, "a.gpkg").offered] == ["unix-seconds"]
    events = load_here(data, "a.gpkg", mends=("unix-seconds",)).dataset.events
    assert events is not None
    assert events.columns["when"].tolist() == ["2015-12-31"]
