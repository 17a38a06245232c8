"""Tables that readers bring, on the page: named, coloured, credited; several points of one event are all there."""

from __future__ import annotations

import json
import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, expect

from geo.dataset import Dataset, join_datasets
from geo.intake.loading import About
from geo.model import Precision
from geo.view import Language, View
from layers.words import read_words
from tests.browser.pages import DESKTOP, PHONE, opened
from tests.loading_here import load_here

pytestmark = pytest.mark.browser

HOSTILE = "</script><img src=x onerror=window.ran=1>{{7*7}}"
POSTS = {
    "type": "FeatureCollection",
    "features": [
        {
            "type": "Feature",
            "id": "posts",
            "properties": {"name": "Three posts", "kind": HOSTILE},
            "geometry": {"type": "MultiPoint", "coordinates": [[34.0, 31.1], [34.2, 31.2], [34.4, 31.25]]},
        },
        {
            "type": "Feature",
            "id": "after",
            "properties": {"name": "The one after", "kind": "Other"},
            "geometry": {"type": "Point", "coordinates": [34.3, 31.3]},
        },
    ],
}


@pytest.fixture(scope="module")
def own(dataset: Dataset) -> Dataset:
    about = About("Posts of 2015", licence=f"{HOSTILE} CC0", colour="#0072B2")
    return join_datasets([dataset, load_here(json.dumps(POSTS), "posts.geojson", about=about).dataset])


def test_a_table_has_the_name_colour_and_credit_that_its_reader_gave(
    chromium: Browser, write_page: Callable[..., str], own: Dataset
) -> None:
    key = next(iter(own.tables[0].themes))
    with opened(chromium, write_page(None, own)) as page:
        row = page.locator("li", has=page.locator(f"input[data-layer-toggle='{key}']"))
        expect(row.locator(".layer-name")).to_have_text(HOSTILE)
        theme = page.evaluate("key => atlas.settings.themes.find((theme) => theme.key === key)", key)
        assert (theme["light"], theme["credit"]) == ("#0072b2", f"Posts of 2015. Licence: {HOSTILE} CC0")
        page.evaluate("() => atlas.choose('posts')")
        expect(page.locator("#atlas-card .credit")).to_have_text(f"Posts of 2015. Licence: {HOSTILE} CC0")
        page.evaluate("() => atlas.choose(atlas.data.features.id[0])")
        expect(page.locator("#atlas-card .credit")).to_have_count(0)
        assert page.evaluate("() => window.ran") is None


def test_several_points_of_one_event_are_all_there_and_shift_no_other(
    chromium: Browser, write_page: Callable[..., str], own: Dataset
) -> None:
    find = """([lon, lat]) => {
        const [x, y] = atlas.mercator(lon, lat);
        return atlas.hitRows(atlas.map, x, y).map((row) => atlas.data.features.id[row]);
    }"""
    with opened(chromium, write_page(None, own)) as page:
        for place in POSTS["features"][0]["geometry"]["coordinates"]:  # type: ignore[index]
            assert "posts" in page.evaluate(find, place)
        assert "posts" not in page.evaluate(find, [34.1, 31.15]), "nothing lies between two of them"
        assert "after" in page.evaluate(find, [34.3, 31.3])


def graded(precision: str, kind: str = "Blocks") -> str:
    """A table of one event, with how exactly its place is known."""
    return f"id,name,kind,lon,lat,precision\nb1,A block,{kind},34.1,31.2,{precision}\n"


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("precision", list(Precision))
def test_key_says_the_same_of_open_marks_whatever_was_added(
    chromium: Browser, write_page: Callable[..., str], dataset: Dataset, precision: Precision, language: Language
) -> None:
    both, words = join_datasets([dataset, load_here(graded(precision)).dataset]), read_words(language)
    with opened(chromium, write_page(View(language=language), both)) as page:
        page.locator(".certainty summary").click()
        key = page.locator(".certainty")
        expect(key.locator("> p")).to_have_text([words["hollow-means"], words["double-means"]])
        said = [
            words["how-sure"],
            *(words[f"precision-{each}{means}"] for each in Precision for means in ("", "-means")),
        ]
        said += [words["hollow-means"], words["double-means"]]
        assert "".join(str(key.text_content()).split()) == "".join("".join(said).split()), "and nothing else"


@pytest.mark.parametrize("size", [DESKTOP, PHONE])
@pytest.mark.parametrize("name", ["Explosions_RemoteViolence_ShellingArtilleryMissileAttack", "x" * 3000, "a b " * 700])
def test_a_long_name_leaves_count_and_button_in_the_panel(
    chromium: Browser, write_page: Callable[..., str], dataset: Dataset, name: str, size: tuple[int, int]
) -> None:
    own = load_here(graded("exact", name)).dataset
    with opened(chromium, write_page(None, join_datasets([dataset, own])), size) as page:
        if size == PHONE:
            page.get_by_role("button", name="Layers", exact=True).click()
        row = page.locator("#atlas-legend .layers li").last
        row.scroll_into_view_if_needed()
        panel, line_px = page.locator(".panes").bounding_box(), 20
        assert panel is not None
        for part in (row.locator(".count"), row.locator(".only")):
            box = part.bounding_box()
            assert box is not None
            assert panel["x"] <= box["x"] < box["x"] + box["width"] <= panel["x"] + panel["width"]
        tall = row.bounding_box()
        assert tall is not None
        assert tall["height"] < 5 * line_px, "a long name is cut"
        whole = page.evaluate("() => atlas.settings.themes.at(-1).label.en")
        assert name.startswith(whole.rstrip("…"))
        assert str(row.locator("label").get_attribute("title")).splitlines()[0] == whole, "the tooltip has all of it"
        expect(row.get_by_role("checkbox")).to_have_accessible_name(re.compile(f"^{re.escape(whole)}"))
        page.get_by_role("button", name="List", exact=True).click()
        wide, room = page.locator(".panes").evaluate("pane => [pane.scrollWidth, pane.clientWidth]")
        assert wide <= room, "the list's headings break too"
