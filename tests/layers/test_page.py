"""The page as a document: self-contained, the same every time, with data in it that nothing runs."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import Any

import pytest

from geo.corridor import CORRIDOR
from geo.dataset import Dataset, join_datasets
from geo.intake.loading import About
from geo.view import View
from layers.elements import json_block
from layers.map import build_map
from layers.page import render_page
from layers.style import theme_styles
from tests.loading_here import load_here

HOSTILE = (
    "</script><script>window.ran=1</script>{{7*7}}{% for x in y %}{# ${1+1} `\\ \u2028"
    "<!--atlas:data--><img src=x onerror=alert(1)>"
)


def block(document: str, name: str) -> dict[str, object]:
    text = re.search(rf'<script type="application/json" id="atlas-{name}">(.*?)</script>', document, re.DOTALL)
    assert text
    value: dict[str, object] = json.loads(text[1])
    return value


def settings(document: str) -> dict[str, Any]:
    return block(document, "settings")


@pytest.fixture(scope="module")
def document(dataset: Dataset) -> str:
    return render_page(dataset)


def test_render_page_writes_the_same_bytes_twice(dataset: Dataset, document: str) -> None:
    assert render_page(dataset) == document


def test_build_map_saves_the_same_document(dataset: Dataset, document: str) -> None:
    assert build_map(dataset).get_root().render() == document


def test_rendering_a_map_twice_changes_nothing(dataset: Dataset) -> None:
    root = build_map(dataset).get_root()
    assert root.render() == root.render()


@pytest.mark.parametrize("name", ["src=", 'href="http', "@import", "url(http"])
def test_document_names_nothing_outside_itself(document: str, name: str) -> None:
    markup = re.sub(r"<script.*?</script>", "", document, flags=re.DOTALL)
    assert name not in markup


def test_policy_allows_no_inline_code_and_no_host(document: str) -> None:
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', document)
    assert policy
    assert "unsafe" not in policy[1]
    assert "http" not in policy[1]
    assert policy[1].startswith("default-src 'none'; script-src 'sha256-")


def test_policy_opens_for_the_chosen_basemap_only(dataset: Dataset) -> None:
    document = render_page(dataset, View(basemap="osm"))
    assert "img-src data: blob: https://tile.openstreetmap.org;" in document


def test_unknown_basemap_is_refused(dataset: Dataset) -> None:
    with pytest.raises(
        ValueError, match=r"Invalid basemap 'mars'\. The atlas knows atlas, osm, grey, imagery\. Choose"
    ):
        build_map(dataset, View(basemap="mars"))


def test_every_feature_travels_whatever_the_view(dataset: Dataset) -> None:
    document = render_page(dataset, View(themes=("border",)))
    features = block(document, "dataset")["features"]
    assert isinstance(features, dict)
    assert features["id"] == [feature.id for feature in dataset.features]


def test_hostile_text_stays_data(dataset: Dataset) -> None:
    first = dataset.features[0].model_copy(update={"name": HOSTILE, "names": {"en": HOSTILE, "ar": HOSTILE}})
    document = render_page(replace(dataset, features=(first, *dataset.features[1:])))
    features = block(document, "dataset")["features"]
    assert isinstance(features, dict)
    assert features["name"][0] == HOSTILE
    assert document.count("</script>") == 5


def own_table(title: str, lon: float = 20.0, lat: float = 32.0) -> Dataset:
    return load_here(
        f"id,name,kind,lon,lat\na,A,Raids,{lon},{lat}\nb,B,Raids,{lon + 2},32.5\n", about=About(title)
    ).dataset


def test_map_begins_where_the_data_lie(dataset: Dataset) -> None:
    west, south, east, north = settings(render_page(own_table("Raids")))["home"]
    assert (west, south) < (20, 32)
    assert (east, north) > (22, 32.5)
    for data in (dataset, own_table("Raids", 34.0, 31.2), join_datasets([dataset, own_table("Raids")])):
        block_ = settings(render_page(data))
        assert (tuple(block_["home"]), block_["isCorridor"]) == (CORRIDOR.bounds, True)


def test_map_of_one_table_has_its_title(dataset: Dataset) -> None:
    ours = "Corridor Atlas: Gaza and Sinai"
    one, other = own_table("Raids <b>"), own_table("Others")
    titles = [settings(render_page(data))["title"] for data in (one, join_datasets([one, other]), dataset)]
    assert titles == ["Raids <b>", ours, ours]
    assert settings(render_page(join_datasets([dataset, one])))["title"] == ours
    assert "<title>Raids &lt;b&gt;</title>" in render_page(one)


def test_json_block_survives_a_lone_surrogate() -> None:
    json_block("name", ["\ud800"]).encode("utf-8")


def luminance(ink: str) -> float:
    channels = [int(ink[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """WCAG 2.2, contrast ratio."""
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


STYLES = theme_styles([f"guest-{n}" for n in range(8)])


@pytest.mark.parametrize("style", STYLES, ids=[style.key for style in STYLES])
def test_inks_keep_three_to_one_against_land_and_sea(style: object) -> None:
    light, dark = style.light, style.dark  # type: ignore[attr-defined]
    assert min(contrast(light, ground) for ground in ("#f6f2ea", "#dde8ef")) >= 3
    assert min(contrast(dark, ground) for ground in ("#20262c", "#141a20")) >= 3


def test_guest_themes_never_share_ink_and_glyph() -> None:
    looks = [(style.light, style.glyph) for style in theme_styles([f"guest-{n}" for n in range(30)])[10:]]
    assert len(set(looks)) == len(looks)
