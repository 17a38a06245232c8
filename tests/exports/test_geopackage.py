from __future__ import annotations

import json
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pyogrio
import pytest
from lxml import etree

from exports import geopackage
from exports.geopackage import render_gpkg
from geo.dataset import Dataset
from geo.model import Theme
from geo.selection import select
from geo.view import View
from tests.hostile_data import HOSTILE, hostile_dataset

VIEWS = ("", "themes=tunnels,border&since=2013-06", "statuses=official,denied", "themes=none", "precisions=exact")
LAYERS = ("points", "lines", "areas", "mixed", "unplaced")
VALIDATORS = Path("/usr/lib/python3/dist-packages/osgeo_utils/samples/validate_gpkg.py")


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Dataset:
    return hostile_dataset(tmp_path_factory.mktemp("hostile"))


@pytest.fixture
def package(dataset: Dataset, tmp_path: Path) -> Path:
    path = tmp_path / "x.gpkg"
    path.write_bytes(render_gpkg(dataset, View()))
    return path


@pytest.fixture
def tables(package: Path) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(package)) as connection:
        yield connection


def read(path: Path, query: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(query).fetchall()


def names(path: Path) -> set[str]:
    return {str(row[0]) for row in read(path, "SELECT table_name FROM gpkg_contents")}


@pytest.mark.parametrize("query", VIEWS)
def test_package_holds_what_is_shown(dataset: Dataset, tmp_path: Path, query: str) -> None:
    view = View.from_query(query)
    selection = select(dataset, view)
    path = tmp_path / "x.gpkg"
    path.write_bytes(render_gpkg(dataset, view))
    present = [layer for layer in LAYERS if layer in names(path)]
    ids = [row[0] for layer in present for row in read(path, f"SELECT feature_id FROM {layer}")]
    assert sorted(map(str, ids)) == sorted(feature.id for feature in selection.features)
    claims = [row[0] for row in read(path, "SELECT claim_id FROM claims ORDER BY fid")]
    assert claims == [claim.id for feature in selection.features for claim in selection.claims[feature.id]]
    drawn = sum(pyogrio.read_info(path, layer)["features"] for layer in present if layer != "unplaced")
    assert drawn == len(selection.drawn)


def test_package_keeps_every_text(hostile: Dataset, tmp_path: Path) -> None:
    path = tmp_path / "x.gpkg"
    path.write_bytes(render_gpkg(hostile, View()))
    told = [row[0] for layer in LAYERS if layer in names(path) for row in read(path, f"SELECT name FROM {layer}")]
    assert sorted(map(str, told)) == sorted([*(feature.name for feature in hostile.features), *HOSTILE])
    statements = {row[0] for row in read(path, "SELECT statement FROM claims")}
    assert {claim.statement for feature in hostile.features for claim in feature.claims} | set(HOSTILE) == statements
    assert {row[0] for row in read(path, "SELECT title FROM sources")} == {hostile.source("gazette-2015").title}


def test_package_has_a_style_for_every_layer_and_theme(tables: sqlite3.Connection) -> None:
    found = tables.execute("SELECT f_table_name, f_geometry_column, useAsDefault, styleQML FROM layer_styles")
    styles = found.fetchall()
    assert len(styles) >= 3
    for layer, column, is_default, qml in styles:
        assert (column, is_default) == ("geom", 1)
        root = etree.fromstring(qml)
        styled = {category.get("value") for category in root.iterfind(".//category")}
        present = {row[0] for row in tables.execute(f"SELECT DISTINCT theme FROM {layer}")}
        assert present - styled == set()
        assert len(root.findall(".//symbol")) == len(styled)


def test_claims_lead_to_features_and_sources(tables: sqlite3.Connection, dataset: Dataset) -> None:
    count = sum(len(feature.claims) for feature in dataset.features)
    relations = tables.execute("SELECT base_table_name, related_table_name, mapping_table_name FROM gpkgext_relations")
    rows: dict[str, int] = {}
    for base, related, mapping in relations.fetchall():
        query = (
            f"SELECT count(*) FROM {mapping} JOIN {base} ON {base}.fid = base_id JOIN {related} r ON r.fid = related_id"
        )
        rows[related] = rows.get(related, 0) + tables.execute(query).fetchone()[0]
    assert rows == {"claims": count, "sources": count}


def test_receipt_is_the_metadata(package: Path, dataset: Dataset) -> None:
    (text,) = (row[0] for row in read(package, "SELECT metadata FROM gpkg_metadata WHERE metadata LIKE '%receipt%'"))
    (item,) = etree.fromstring(str(text)).xpath("//*[@key='receipt']")
    receipt = json.loads(item.text)
    assert receipt["data"]["sha256"] == dataset.sha256
    assert set(read(package, "SELECT last_change FROM gpkg_contents")) == {(f"{receipt['made']}T00:00:00.000Z",)}


def test_control_characters_are_left_out_and_accounted_for(hostile: Dataset, tmp_path: Path) -> None:
    feature = hostile.features[0].model_copy(update={"name": "a\x00b\ud800"})
    path = tmp_path / "x.gpkg"
    path.write_bytes(render_gpkg(Dataset((feature,), hostile.sources, hostile.basemap, "", "0" * 64), View()))
    assert read(path, "SELECT name FROM points") == [("ab",)]
    assert "left out of 1 texts" in str(read(path, "SELECT metadata FROM gpkg_metadata"))


def test_gdal_finds_nothing_wrong(hostile: Dataset, tmp_path: Path) -> None:
    if shutil.which("ogrinfo") is None:
        pytest.skip("ogrinfo is not here: it would open the package")
    path = tmp_path / "x.gpkg"
    path.write_bytes(render_gpkg(hostile, View()))
    run = subprocess.run(["ogrinfo", "-al", "-q", path], capture_output=True, text=True, check=True)
    assert run.stderr == ""
    assert run.stdout.count("\nOGRFeature(") == sum(
        int(str(read(path, f"SELECT count(*) FROM {name}")[0][0])) for name in names(path)
    )


def test_validator_finds_nothing_wrong(package: Path) -> None:
    if not VALIDATORS.is_file():
        pytest.skip("GDAL's validate_gpkg.py is not here: it would hold the package against the standard")
    run = subprocess.run(["/usr/bin/python3", VALIDATORS, package], capture_output=True, text=True, check=False)
    assert (run.returncode, run.stderr) == (0, "")


def test_qgis_opens_every_layer_styled(package: Path) -> None:
    program = """
import os, sys
from qgis.core import QgsApplication, QgsVectorLayer
app = QgsApplication([], False)
app.initQgis()
for name in ("points", "lines", "areas"):
    layer = QgsVectorLayer(f"{sys.argv[1]}|layername={name}", name, "ogr")
    print(name, layer.renderer().type(), len(layer.renderer().categories()), layer.labelsEnabled())
sys.stdout.flush()
os._exit(0)
"""
    python = "/usr/bin/python3"
    if subprocess.run([python, "-c", "import qgis.core"], capture_output=True, check=False).returncode:
        pytest.skip("PyQGIS is not here: it would open the package")
    environment = {"QT_QPA_PLATFORM": "offscreen", "HOME": str(package.parent), "PATH": "/usr/bin"}
    command = [python, "-c", program, str(package)]
    run = subprocess.run(command, capture_output=True, text=True, check=True, env=environment)
    told = f"categorizedSymbol {len(Theme)} True"
    assert run.stdout.splitlines() == [f"{name} {told}" for name in ("points", "lines", "areas")]


def test_package_makes_same_bytes_twice(hostile: Dataset, monkeypatch: pytest.MonkeyPatch) -> None:
    first = render_gpkg(hostile, View())
    assert first == render_gpkg(hostile, View())
    # one more write on the way, as GDAL makes when its clock moves on, leaves no trace
    fix_times = geopackage._fix_times

    def fix_times_twice(connection: sqlite3.Connection) -> None:
        connection.execute("UPDATE gpkg_contents SET last_change = '2026-01-01T00:00:00.000Z'")
        connection.commit()
        fix_times(connection)

    monkeypatch.setattr(geopackage, "_fix_times", fix_times_twice)
    assert first == render_gpkg(hostile, View())
