from __future__ import annotations

import html
import io
import shutil
import subprocess
import zipfile
from collections import Counter
from pathlib import Path

import fastkml
import pytest
from lxml import etree

from exports.kml import render_kml, render_kmz
from geo.dataset import Dataset
from geo.selection import select
from geo.view import View
from tests.hostile_data import HOSTILE, hostile_dataset

NAMESPACE = {"k": "http://www.opengis.net/kml/2.2"}
VIEWS = ("", "themes=tunnels,border&since=2013-06", "statuses=official,denied", "themes=none", "language=ar&q=rafah")


@pytest.fixture(scope="module")
def schema() -> etree.XMLSchema:
    return etree.XMLSchema(file=Path(fastkml.__file__).parent / "schema" / "ogckml22.xsd")


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Dataset:
    return hostile_dataset(tmp_path_factory.mktemp("hostile"))


def texts(kml: bytes, path: str) -> list[str]:
    return [element.text or "" for element in etree.fromstring(kml).iterfind(path, NAMESPACE)]


@pytest.mark.parametrize("query", VIEWS)
def test_kml_is_valid_and_holds_what_is_shown(dataset: Dataset, schema: etree.XMLSchema, query: str) -> None:
    view = View.from_query(query)
    root = etree.fromstring(render_kml(dataset, view))
    schema.assertValid(root.getroottree())
    selection = select(dataset, view)
    placemarks = root.findall(".//k:Placemark", NAMESPACE)
    shown = [placemark.findtext(".//k:SimpleData[@name='feature_id']", "", NAMESPACE) for placemark in placemarks]
    assert Counter(shown) == Counter(feature.id for feature in selection.features)
    drawn = [each for each in placemarks if each.find("k:ExtendedData", NAMESPACE).getnext() is not None]
    assert len(drawn) == len(selection.drawn)


def test_kml_keeps_every_text(hostile: Dataset, schema: etree.XMLSchema) -> None:
    kml = render_kml(hostile, View())
    schema.assertValid(etree.fromstring(kml).getroottree())
    shown = [*(feature.name for feature in hostile.features), *HOSTILE]
    assert sorted(texts(kml, ".//k:Placemark/k:name")) == sorted(shown)
    evidence = "\n".join(texts(kml, ".//k:SimpleData[@name='evidence']"))
    claims = [claim for feature in hostile.features for claim in feature.claims]
    assert [claim.id for claim in claims if claim.statement not in evidence] == []


def test_balloons_hold_no_markup_of_the_data(hostile: Dataset) -> None:
    balloons = "".join(texts(render_kml(hostile, View()), ".//k:description"))
    assert "<script" not in balloons
    assert "&lt;script&gt;" in balloons
    kml = render_kml(hostile, View())
    # $[name] would bring the name's own markup into the balloon
    assert set(texts(kml, ".//k:BalloonStyle/k:text")) == {"$[description]"}
    for name, balloon in zip(
        texts(kml, ".//k:Placemark/k:name"), texts(kml, ".//k:Placemark/k:description"), strict=True
    ):
        assert balloon.startswith(f"<b>{html.escape(name, quote=False).strip()}</b><br>")


def test_control_characters_are_left_out_and_accounted_for(hostile: Dataset) -> None:
    feature = hostile.features[0].model_copy(update={"name": "a\x00b\x1b"})
    data = Dataset((feature,), hostile.sources, hostile.basemap, "", "0" * 64)
    kml = render_kml(data, View())
    assert texts(kml, ".//k:Placemark/k:name") == ["ab"]
    assert "left out of 1 texts" in texts(kml, "k:Document/k:description")[0]


@pytest.mark.parametrize(
    ("number", "span"),
    [
        (0, ("2015-07-01", "2015-07-01")),
        (1, ("2015-07-01", "2015-07-31")),
        (2, None),
        (3, ("2014-01-01", "2016-12-31")),
        (4, ("2013-06-01", None)),
    ],
)
def test_dates_are_spans(hostile: Dataset, number: int, span: tuple[str | None, str | None] | None) -> None:
    root = etree.fromstring(render_kml(hostile, View(themes=("road-blocks",))))
    element = root.findall(".//k:Placemark", NAMESPACE)[number].find("k:TimeSpan", NAMESPACE)
    told = None if element is None else tuple(element.findtext(f"k:{tag}", None, NAMESPACE) for tag in ("begin", "end"))
    assert told == span


def test_open_start_has_an_end_alone(dataset: Dataset) -> None:
    root = etree.fromstring(render_kml(dataset, View()))
    spans = root.findall(".//k:TimeSpan", NAMESPACE)
    assert {tuple(etree.QName(end).localname for end in span) for span in spans} == {
        ("begin", "end"),
        ("begin",),
        ("end",),
    }


def test_kmz_holds_the_kml_first(dataset: Dataset) -> None:
    with zipfile.ZipFile(io.BytesIO(render_kmz(dataset, View()))) as archive:
        assert archive.namelist() == ["doc.kml"]
        assert archive.read("doc.kml") == render_kml(dataset, View())


def test_kml_reaches_for_nothing_outside(dataset: Dataset) -> None:
    assert texts(render_kml(dataset, View()), ".//k:href") == []


@pytest.mark.parametrize("suffix", ["kml", "kmz"])
def test_gdal_reads_every_feature(dataset: Dataset, tmp_path: Path, suffix: str) -> None:
    if shutil.which("ogrinfo") is None:
        pytest.skip("ogrinfo is not here: it would read the file")
    view = View.from_query("themes=tunnels,border")
    path = tmp_path / f"x.{suffix}"
    path.write_bytes((render_kml if suffix == "kml" else render_kmz)(dataset, view))
    run = subprocess.run(["ogrinfo", "-al", "-q", path], capture_output=True, text=True, check=True)
    assert "ERROR" not in run.stderr
    assert run.stdout.count("OGRFeature(") == select(dataset, view).shown


def test_kml_makes_same_bytes_twice(hostile: Dataset) -> None:
    assert render_kml(hostile, View()) == render_kml(hostile, View())
    assert render_kmz(hostile, View()) == render_kmz(hostile, View())
