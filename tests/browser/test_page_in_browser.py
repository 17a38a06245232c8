"""The map page in a real browser, opened as a file with the network cut."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from axe_core_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from geo.dataset import Dataset
from geo.model import Precision, Status, Theme
from geo.selection import select
from geo.view import Appearance, Language, View
from tests.browser.pages import DESKTOP, PHONE, PROJECTOR, opened

pytestmark = pytest.mark.browser

HOSTILE = "</script><img src=x onerror=window.ran=1>{{7*7}}${window.ran=2}`\\ \u202eabc\u202c <b>bold</b>"

# names of others upon the dot of a place that has its name
COVERED = """() => {
  const { map, data, placedLabels: labels } = atlas, { geometry: g } = data,
    frame = atlas.frame(map, map.containerPointToLayerPoint([0, 0]), map.getSize());
  return labels.map(({ owner }) => data.rowOf.get(owner))
    .filter((row) => row !== undefined && g.kind[row] === atlas.kinds.POINT)
    .flatMap((row) => {
      const x = frame.x(g.west[row]), y = frame.y(g.north[row]);
      return labels.filter(({ left, right, top, bottom }) => left < x && x < right && top < y && y < bottom);
    });
}"""


def shown_ids(page: Page) -> set[str]:
    ids: list[str] = page.evaluate(
        "() => atlas.data.features.id.filter("
        "(_, row) => atlas.marks.shown[row] && atlas.isThemeShown(atlas.data.theme[row]))"
    )
    return set(ids)


def layer(page: Page, theme: str) -> Any:
    return page.locator(f"input[data-layer-toggle={theme}]")


# --- the document ------------------------------------------------------------


def test_page_asks_for_nothing_and_complains_of_nothing(chromium: Browser, write_page: Callable[..., str]) -> None:
    with opened(chromium, write_page()) as page:
        page.evaluate(
            "async () => { for (const id of atlas.data.features.id.slice(0, 20)) atlas.choose(id, { fly: true }) }"
        )
        page.wait_for_timeout(300)


def test_everything_is_shown_or_listed(chromium: Browser, write_page: Callable[..., str], dataset: Dataset) -> None:
    with opened(chromium, write_page()) as page:
        assert shown_ids(page) == {feature.id for feature in dataset.features}
        page.get_by_role("button", name="List", exact=True).click()
        listed = page.locator("#atlas-list [data-feature]").evaluate_all("nodes => nodes.map(n => n.dataset.feature)")
        assert sorted(listed) == sorted(feature.id for feature in dataset.features)


NAMED = {
    "rafah egypt": "rafah-egypt",
    "rafah gaza": "rafah-gaza",
    "rafah crossing": "rafah-crossing",
    "el arish": "el-arish",
    "sheikh zuweid": "sheikh-zuweid",
    "philadelphi": "philadelphi-corridor",
    "tunnels area": "tunnel-area",
    "buffer zone": "buffer-zone",
    "drones 50 km": "drone-reach",
    "attack july": "attack-july-2015",
}


@pytest.mark.parametrize(("words", "feature"), NAMED.items())
def test_a_reader_finds_each_named_place(
    chromium: Browser, write_page: Callable[..., str], words: str, feature: str
) -> None:
    with opened(chromium, write_page()) as page:
        page.get_by_role("searchbox", name="Search").fill(words)
        page.get_by_role("button", name="List", exact=True).click()
        # the list follows the search after a pause
        listed = "document.querySelectorAll('#atlas-list [data-feature]').length"
        page.wait_for_function(f"() => atlas.view.text && {listed} <= atlas.shownCount")
        page.locator(f'#atlas-list [data-feature="{feature}"]').click()
        expect(page.locator("#atlas-card .citation").first).to_contain_text("paragraph")


# --- the view ------------------------------------------------------------


def random_view(dataset: Dataset, seed: int) -> View:
    draw = random.Random(seed)

    def some(values: list[str]) -> tuple[str, ...] | None:
        return draw.choice([None, tuple(value for value in values if draw.random() < 0.6)])

    since, until = sorted(draw.sample(["2011", "2013-06", "2014-07-08", "2015-07", "2016", "2018-01-31"], 2))
    return View(
        themes=some([theme.value for theme in Theme]),
        sources=some([source.id for source in dataset.sources]),
        statuses=some([status.value for status in Status]),  # type: ignore[arg-type]
        precisions=some([precision.value for precision in Precision]),  # type: ignore[arg-type]
        since=draw.choice([None, since]),
        until=draw.choice([None, until]),
        undated=draw.random() < 0.5,
        known=draw.choice([None, None, "2015-08", "2016-06-30"]),
        origins=draw.choice([1, 1, 1, 2]),
        text=draw.choice(["", "", "Rafah", "gaza arms", "سيناء", "a'b&c=d +e,f/g:h(i)!*~"]),
        feature=draw.choice([None, dataset.features[0].id]),
        appearance=draw.choice(list(Appearance)),
    )


def test_page_shows_what_python_selects(chromium: Browser, write_page: Callable[..., str], dataset: Dataset) -> None:
    with opened(chromium, write_page()) as page:
        for seed in range(60):
            view = random_view(dataset, seed)
            page.evaluate("query => atlas.restore(query)", view.to_query())
            selection = select(dataset, view)
            assert shown_ids(page) == {feature.id for feature in selection.features}, view.to_query()
            assert page.evaluate("() => atlas.queryFromView(atlas.view)") == view.to_query()


@pytest.mark.parametrize("seed", range(6))
def test_address_restores_the_same_map(
    chromium: Browser, write_page: Callable[..., str], dataset: Dataset, seed: int
) -> None:
    query = random_view(dataset, seed + 100).to_query()
    with opened(chromium, f"{write_page()}#{query}") as page:
        assert page.evaluate("() => atlas.queryFromView(atlas.view)") == query
        assert shown_ids(page) == {feature.id for feature in select(dataset, View.from_query(query)).features}


def test_extent_survives_the_address(chromium: Browser, write_page: Callable[..., str]) -> None:
    with opened(chromium, write_page()) as page:
        page.evaluate("() => { atlas.map.setView([31.25, 34.2], 12, { animate: false }) }")
        page.wait_for_function("() => location.hash.includes('extent=')")
        address, bounds = page.url, page.evaluate("() => atlas.map.getBounds().toBBoxString()")
    with opened(chromium, address) as page:
        assert page.evaluate("() => atlas.map.getBounds().toBBoxString()") == bounds


def test_toggle_hides_the_pane_and_the_count_follows(chromium: Browser, write_page: Callable[..., str]) -> None:
    with opened(chromium, write_page()) as page:
        everything = len(shown_ids(page))
        layer(page, "flows").uncheck()
        expect(page.locator("[data-theme=flows]")).to_be_hidden()
        expect(page.locator("#atlas-shown")).to_contain_text(f"of {everything}: ")
        expect(page.locator("#atlas-shown")).to_contain_text("in hidden layers")
        page.wait_for_function("() => location.hash.includes('themes=') && !location.hash.includes('flows')")
        layer(page, "flows").check()
        expect(page.locator("#atlas-shown")).to_contain_text(f"Showing {everything} of {everything}")


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "Showing {shown} of {all}: {drawn} on the map, {listed} in the list alone · {hidden} not yet reported"),
        ("ar", "المعروض {shown} من {all}: {drawn} على الخريطة و{listed} في القائمة وحدها · {hidden} لم يُنشر بعد"),
    ],
)
def test_line_below_the_title_says_how_many_are_where(
    chromium: Browser, write_page: Callable[..., str], dataset: Dataset, language: str, words: str
) -> None:
    selection = select(dataset, View(known="2015-12"))
    count = {"shown": selection.shown, "all": selection.total, "drawn": len(selection.drawn)}
    count |= {"listed": count["shown"] - count["drawn"], "hidden": count["all"] - count["shown"]}
    with opened(chromium, f"{write_page(View(language=Language(language)))}#known=2015-12") as page:
        expect(page.locator("#atlas-shown")).to_have_text(words.format(**count))


def test_line_below_the_title_is_short_where_all_is_on_the_map(
    chromium: Browser, write_page: Callable[..., str]
) -> None:
    with opened(chromium, f"{write_page()}#themes=places") as page:
        expect(page.locator("#atlas-shown")).to_have_text("Showing 11 of 141 · 130 in hidden layers")


def test_solo_shows_one_theme(chromium: Browser, write_page: Callable[..., str]) -> None:
    with opened(chromium, write_page()) as page:
        page.get_by_role("button", name="Show only Drones").click()
        themes = page.evaluate("() => atlas.view.themes")
        assert themes == ["drones"]


def test_typed_dates_narrow_the_window_and_wrong_ones_are_told(
    chromium: Browser, write_page: Callable[..., str]
) -> None:
    with opened(chromium, write_page()) as page:
        page.get_by_label("From", exact=True).fill("2015-07")
        page.get_by_label("From", exact=True).press("Enter")
        assert page.evaluate("() => atlas.view.since") == "2015-07"
        page.get_by_label("From", exact=True).fill("2015-13")
        page.get_by_label("From", exact=True).press("Enter")
        message = page.get_by_label("From", exact=True).evaluate("node => node.validationMessage")
        assert message == "Write a date as 2015, 2015-07 or 2015-07-01."
        assert page.evaluate("() => atlas.view.since") == "2015-07"


# --- reading and reaching ------------------------------------------------------------


def test_click_on_the_map_opens_the_evidence(chromium: Browser, write_page: Callable[..., str]) -> None:
    with opened(chromium, write_page(View(themes=("places",)))) as page:
        spot = page.evaluate(
            """() => { const row = atlas.data.rowOf.get('el-arish'), g = atlas.data.geometry;
              const p = atlas.map.latLngToContainerPoint([atlas.latitude(g.north[row]), atlas.longitude(g.west[row])]);
              const box = atlas.map.getContainer().getBoundingClientRect(); return [p.x + box.left, p.y + box.top] }"""
        )
        page.mouse.click(*spot)
        expect(page.locator("#atlas-card h3")).to_have_text("El Arish")
        assert "feature=el-arish" in page.evaluate("() => atlas.queryFromView(atlas.view)")


def test_keyboard_alone_reaches_the_evidence_and_leaves_it(chromium: Browser, write_page: Callable[..., str]) -> None:
    with opened(chromium, write_page()) as page:
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        assert page.evaluate("() => document.activeElement.dataset.feature")
        page.keyboard.press("Enter")
        expect(page.locator("#atlas-card")).to_be_visible()
        page.keyboard.press("Escape")
        expect(page.locator("#atlas-card")).to_be_hidden()
        assert page.evaluate("() => document.activeElement.dataset.feature")


@pytest.mark.parametrize("size", [DESKTOP, PROJECTOR, PHONE])
@pytest.mark.parametrize("language", ["en", "ar"])
def test_no_two_labels_overlap(
    chromium: Browser, write_page: Callable[..., str], size: tuple[int, int], language: str
) -> None:
    with opened(chromium, write_page(View(language=Language(language))), size) as page:
        boxes = page.evaluate("() => atlas.placedLabels")
        assert len(boxes) > 8
        width = page.evaluate("() => atlas.map.getSize().x")
        assert all(box["left"] >= 0 and box["right"] <= width for box in boxes), "none is cut off"
        assert page.evaluate(COVERED) == [], "a dot of one place below another's name"
        assert any(box["bottom"] - box["top"] > 30 and len(box["text"]) > 26 for box in boxes), "a name in two lines"
        for i, a in enumerate(boxes):
            for b in boxes[i + 1 :]:
                apart = (
                    a["right"] <= b["left"]
                    or b["right"] <= a["left"]
                    or a["bottom"] <= b["top"]
                    or b["bottom"] <= a["top"]
                )
                assert apart, (a, b)


@pytest.mark.parametrize("size", [DESKTOP, PHONE])
@pytest.mark.parametrize("chosen", ["tunnel-area", "buffer-zone", "smuggling-routes-sinai-gaza", "el-arish"])
def test_what_is_chosen_is_named(
    chromium: Browser, write_page: Callable[..., str], size: tuple[int, int], chosen: str
) -> None:
    with opened(chromium, write_page(), size, reduced_motion="reduce") as page:
        page.evaluate("id => atlas.choose(id, { fly: true })", chosen)
        page.wait_for_function("id => atlas.placedLabels[0].owner === id", arg=chosen)


@pytest.mark.parametrize("size", [DESKTOP, PROJECTOR, PHONE])
def test_nothing_runs_over_the_edge(chromium: Browser, write_page: Callable[..., str], size: tuple[int, int]) -> None:
    with opened(chromium, write_page(), size) as page:
        page.evaluate("() => atlas.choose('el-arish')")
        width, height = page.evaluate(
            "() => [document.documentElement.scrollWidth, document.documentElement.scrollHeight]"
        )
        assert (width, height) == size


@pytest.mark.parametrize("appearance", ["light", "dark"])
@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("is_open", [False, True])
def test_axe_finds_nothing_serious(
    chromium: Browser, write_page: Callable[..., str], appearance: str, language: str, *, is_open: bool
) -> None:
    # axe is put into the page by the test, which the page's own policy would rightly refuse
    view = View(appearance=Appearance(appearance), language=Language(language), feature="el-arish" if is_open else None)
    with opened(chromium, write_page(view), bypass_csp=True) as page:
        page.evaluate("() => document.querySelectorAll('details').forEach(d => { d.open = true })")
        found = Axe().run(page)
        serious = [
            (v["id"], v["nodes"][0]["html"][:120])
            for v in found["violations"]
            if v["impact"] in {"serious", "critical"}
        ]
        assert serious == []


def test_arabic_page_runs_from_right_to_left(chromium: Browser, write_page: Callable[..., str]) -> None:
    with opened(chromium, write_page(View(language=Language.ARABIC))) as page:
        assert page.evaluate("() => [document.dir, document.documentElement.lang]") == ["rtl", "ar"]
        assert page.locator("#atlas-panel").bounding_box()["x"] == 0  # type: ignore[index]
        expect(page.locator("h1")).to_have_text("أطلس الممر: غزة وسيناء")


def test_dark_ground_follows_the_system(chromium: Browser, write_page: Callable[..., str]) -> None:
    with opened(chromium, write_page(), color_scheme="dark") as page:
        assert page.evaluate("() => document.documentElement.dataset.appearance") == "dark"


# --- hostile data ------------------------------------------------------------


def test_hostile_text_is_shown_as_text(chromium: Browser, write_page: Callable[..., str], dataset: Dataset) -> None:
    def poison(feature: Any) -> Any:
        claims = tuple(
            claim.model_copy(update={"statement": HOSTILE, "attributed_to": HOSTILE}) for claim in feature.claims
        )
        changes = {"name": HOSTILE, "names": {"en": HOSTILE, "ar": HOSTILE, "he": HOSTILE}, "aliases": (HOSTILE,)}
        return feature.model_copy(update=changes | {"claims": claims})

    sources = tuple(s.model_copy(update={"title": HOSTILE, "container_title": HOSTILE}) for s in dataset.sources)
    data = replace(dataset, features=tuple(map(poison, dataset.features)), sources=sources)
    with opened(chromium, write_page(None, data)) as page:
        page.evaluate("() => atlas.choose(atlas.data.features.id[0])")
        assert page.locator("#atlas-card h3").text_content() == HOSTILE
        assert page.locator("#atlas-card .statement").first.text_content() == HOSTILE
        assert page.evaluate("() => window.ran") is None
        assert page.locator("img").count() == 0
