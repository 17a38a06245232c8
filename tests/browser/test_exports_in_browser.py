"""Every file of a view holds what the page shows for that view: marks counted in each, for ten views."""

from __future__ import annotations

import csv
import io
import json
import re
import sqlite3
import zipfile
from collections.abc import Callable
from contextlib import closing
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import pytest
import shapely
from lxml import etree

from exports.formats import FORMATS
from geo.corridor import CORRIDOR
from geo.dataset import Dataset
from geo.selection import Selection, select
from geo.view import View
from tests.browser.pages import opened

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

QUERIES = (
    "",
    "themes=tunnels,border&since=2013-06",
    "since=2014&until=2015-07&undated=0",
    "statuses=alleged,denied",
    "q=rafah",
    "extent=34.1,31.15,34.4,31.4",
    "extent=33.5,30.9,34.6,31.6&themes=places,drones,flows",
    "extent=20,12,52,40&sources=ipt-2017,wenig-2016",
    "known=2015-12&origins=2&language=ar",
    "precisions=schematic&q=no+such+word",
)
KML = {"k": "http://www.opengis.net/kml/2.2"}
SVG = "{http://www.w3.org/2000/svg}"
SLIDE = "{http://schemas.openxmlformats.org/presentationml/2006/main}"


def shown_on_page(page: Page) -> tuple[set[str], int]:
    """Ids of the features that the page shows, and how many it says that it shows."""
    ids = page.evaluate(
        "() => atlas.data.features.id.filter("
        "(_, row) => atlas.marks.shown[row] && atlas.isThemeShown(atlas.data.theme[row]))"
    )
    told = re.findall(r"\d+", page.inner_text("#atlas-shown"))
    return set(ids), int(told[0])


def in_geojson(content: bytes) -> list[str]:
    return [feature["id"] for feature in json.loads(content)["features"]]


def in_csv(content: bytes) -> list[str]:
    rows = csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""))
    # one row a claim
    return list(dict.fromkeys(row["feature_id"] for row in rows))


def in_gpkg(content: bytes) -> list[str]:
    with closing(sqlite3.connect(":memory:")) as database:
        database.deserialize(content)
        layers = [name for (name,) in database.execute("SELECT table_name FROM gpkg_contents")]
        return [
            key
            for layer in layers
            if "evidence" in {column for _, column, *_ in database.execute(f'PRAGMA table_info("{layer}")')}
            for (key,) in database.execute(f'SELECT feature_id FROM "{layer}"')
        ]


def in_kml(content: bytes) -> list[str]:
    path = ".//k:Placemark//k:SimpleData[@name='feature_id']"
    return [element.text or "" for element in etree.fromstring(content).iterfind(path, KML)]


def in_parquet(content: bytes) -> list[str]:
    ids: list[str] = gpd.read_parquet(io.BytesIO(content))["feature_id"].tolist()
    return ids


def in_pptx(content: bytes) -> list[str]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        slide: Any = etree.fromstring(archive.read("ppt/slides/slide1.xml"))
    names = [element.get("name") for element in slide.iterfind(f".//{SLIDE}nvSpPr/{SLIDE}cNvPr")]
    return [name.rpartition(" #")[2] for name in names if " #" in name]


def in_svg(content: bytes) -> list[str]:
    groups: Any = etree.fromstring(content).iter(f"{SVG}g")
    marks = [group for group in groups if (group.get("id") or "").startswith("feature-")]
    assert all(mark.findtext(f"{SVG}title") for mark in marks)
    return [mark.get("id").removeprefix("feature-") for mark in marks]


HOLD_ALL = {".geojson": in_geojson, ".csv": in_csv, ".gpkg": in_gpkg, ".kml": in_kml, ".parquet": in_parquet}


def told_below_title(content: bytes) -> list[int]:
    """What an SVG says of its own marks: drawn here, outside the frame, without a place; what is none is not said."""
    root: Any = etree.fromstring(content)
    group = next(group for group in root.iter(f"{SVG}g") if group.get("id") == "layer-shown")
    line = " ".join(element.text or "" for element in group.iter(f"{SVG}text"))
    told = (
        r"^(?:العلامات المرسومة: )?(\d+) (?:marks? of|من)",
        r"(\d+) outside the frame|خارج الإطار: (\d+)",
        r"(\d+) without a place|بلا مكان: (\d+)",
    )
    return [int(found[found.lastindex or 0]) if (found := re.search(pattern, line)) else 0 for pattern in told]


@pytest.fixture(scope="module")
def pages(chromium: Browser, write_page: Callable[..., str]) -> dict[str, tuple[set[str], int]]:
    """What one page shows as it is led from view to view."""
    seen = {}
    with opened(chromium, write_page()) as page:
        for query in QUERIES:
            page.evaluate("query => atlas.restore(query)", query)
            page.wait_for_timeout(50)
            seen[query] = shown_on_page(page)
    return seen


@pytest.mark.parametrize("query", QUERIES)
def test_files_hold_what_the_page_shows(pages: dict[str, tuple[set[str], int]], dataset: Dataset, query: str) -> None:
    view = View.from_query(query)
    selection = select(dataset, view)
    shown = {feature.id for feature in selection.features}
    assert pages[query] == (shown, len(shown))
    for suffix, read in HOLD_ALL.items():
        ids = read(FORMATS[suffix].render(dataset, view))
        assert sorted(ids) == sorted(shown), suffix
    expect_drawings(dataset, view, selection)


def expect_drawings(dataset: Dataset, view: View, selection: Selection) -> None:
    """Every drawing has the same marks: all that meet the extent, and no more than have a shape."""
    svg = FORMATS[".svg"].render(dataset, view)
    drawn = in_svg(svg)
    assert len(drawn) == len(set(drawn))
    assert sorted(in_pptx(FORMATS[".pptx"].render(dataset, view))) == sorted(drawn)
    placed = {feature.id: feature for feature in selection.drawn}
    assert set(drawn) <= set(placed)
    here, outside, unplaced = told_below_title(svg)
    assert (here, outside, unplaced) == (
        len(drawn),
        len(placed) - len(drawn),
        len(selection.features) - len(placed),
    )
    ground = shapely.box(*(view.extent or CORRIDOR).bounds)
    within = {key for key, feature in placed.items() if feature.shape and feature.shape.intersects(ground)}
    assert within <= set(drawn)
