"""What is pointed at, what lies in one place, and two claims side by side, in a real browser."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, expect

from geo.dataset import Dataset
from geo.view import Language, View
from tests.browser.pages import opened

pytestmark = pytest.mark.browser

TIP = ".tip:not([hidden])"


def spot_of(page: Page, feature: str) -> tuple[float, float]:
    x, y = page.evaluate(
        """(id) => { const row = atlas.data.rowOf.get(id), g = atlas.data.geometry,
          p = atlas.map.latLngToContainerPoint([atlas.latitude(g.north[row]), atlas.longitude(g.west[row])]),
          box = atlas.map.getContainer().getBoundingClientRect(); return [p.x + box.left, p.y + box.top] }""",
        feature,
    )
    return x, y


@pytest.mark.parametrize("language", list(Language))
def test_what_is_pointed_at_is_named_with_how_many_more_are_there(
    chromium: Browser, write_page: Callable[..., str], dataset: Dataset, language: Language
) -> None:
    with opened(chromium, write_page(View(language=language))) as page:
        page.mouse.move(*spot_of(page, "el-arish"))
        tip = page.locator(TIP)
        expect(tip.locator(".tip-name")).to_have_text(dataset.feature("el-arish").names[language.value])
        more = page.evaluate(
            """() => { const row = atlas.data.rowOf.get('el-arish'), g = atlas.data.geometry;
              return atlas.hitRows(atlas.map, g.west[row], g.north[row]).length - 1 }"""
        )
        assert more > 0
        expect(tip.locator(".count")).to_contain_text(f"+{more} ")
        expect(tip).to_have_attribute("aria-hidden", "true")
        expect(tip.locator("canvas.swatch")).to_have_count(1)
        page.mouse.move(*spot_of(page, "sheikh-zuweid"))
        expect(tip.locator(".tip-name")).to_have_text(dataset.feature("sheikh-zuweid").names[language.value])


def test_no_name_stands_where_nothing_is_or_the_map_is_dragged(
    chromium: Browser, write_page: Callable[..., str]
) -> None:
    with opened(chromium, f"{write_page()}#themes=places") as page:
        x, y = spot_of(page, "el-arish")
        page.mouse.move(x, y)
        expect(page.locator(TIP)).to_have_count(1)
        page.mouse.move(x + 60, y - 300)
        expect(page.locator(TIP)).to_have_count(0)
        page.mouse.move(x, y)
        expect(page.locator(TIP)).to_have_count(1)
        page.evaluate(
            "() => { atlas.looked = 0; const hit = atlas.hitRows;"
            " atlas.hitRows = (...given) => { atlas.looked++; return hit(...given); } }"
        )
        page.mouse.down()
        page.mouse.move(x + 120, y - 60, steps=8)
        expect(page.locator(TIP)).to_have_count(0)
        assert page.evaluate("() => atlas.looked") == 0, "a pan looks for nothing"
        page.mouse.up()


def test_a_name_stays_within_the_map(chromium: Browser, write_page: Callable[..., str]) -> None:
    with opened(chromium, f"{write_page()}#themes=places&extent=33.3,31.0,33.83,31.16") as page:
        page.mouse.move(*spot_of(page, "el-arish"))
        tip, stage = page.locator(TIP).bounding_box(), page.locator(".atlas-map").bounding_box()
        assert tip
        assert stage
        assert tip["x"] + tip["width"] <= stage["x"] + stage["width"]
        assert tip["y"] + tip["height"] <= stage["y"] + stage["height"]


def test_a_finger_is_told_by_the_card_alone(chromium: Browser, write_page: Callable[..., str]) -> None:
    with opened(chromium, write_page(), has_touch=True, is_mobile=True) as page:
        page.touchscreen.tap(*spot_of(page, "el-arish"))
        expect(page.locator("#atlas-card h3")).to_have_text("El Arish")
        expect(page.locator(TIP)).to_have_count(0)


def test_a_click_makes_one_card_and_goes_to_its_heading(chromium: Browser, write_page: Callable[..., str]) -> None:
    with opened(chromium, f"{write_page()}#themes=places") as page:
        page.evaluate(
            "() => { atlas.cards = 0; const show = atlas.showCard;"
            " atlas.showCard = (...given) => { atlas.cards++; return show(...given); } }"
        )
        for count in (1, 2):
            page.mouse.click(*spot_of(page, "el-arish"))
            expect(page.locator("#atlas-card h3")).to_have_text("El Arish")
            expect(page.locator("#atlas-card h3")).to_be_focused()
            assert page.evaluate("() => atlas.cards") == count
        x, y = spot_of(page, "el-arish")
        page.mouse.click(x + 60, y - 300)
        expect(page.locator("#atlas-card")).to_be_hidden()


# --- several in one place ------------------------------------------------------------


def open_stack(page: Page, ids: list[str]) -> None:
    page.evaluate(
        "ids => { atlas.stack = ids.map((id) => atlas.data.rowOf.get(id));"
        " atlas.choose(ids[0], { keepStack: true }); }",
        ids,
    )


def test_of_many_in_one_place_one_can_be_chosen_from_a_list(
    chromium: Browser, write_page: Callable[..., str], dataset: Dataset
) -> None:
    ids = [feature.id for feature in dataset.features][:6]
    with opened(chromium, write_page()) as page:
        open_stack(page, ids)
        chooser = page.get_by_role("combobox", name="Choose one of 6 here")
        assert chooser.locator("option").count() == len(ids)
        chooser.select_option(index=4)
        expect(page.locator("#atlas-card h3")).to_have_text(dataset.features[4].names["en"])
        expect(page.locator("#atlas-card .stack")).to_contain_text("5 of 6 here")
        expect(chooser).to_be_focused()
        page.get_by_role("button", name="Next feature here").click()
        expect(page.locator("#atlas-card .stack")).to_contain_text("6 of 6 here")
        expect(page.get_by_role("button", name="Next feature here")).to_be_focused()
        page.keyboard.press("Enter")
        expect(page.locator("#atlas-card .stack")).to_contain_text("1 of 6 here")


def test_of_few_in_one_place_there_is_no_list(
    chromium: Browser, write_page: Callable[..., str], dataset: Dataset
) -> None:
    with opened(chromium, write_page()) as page:
        open_stack(page, [feature.id for feature in dataset.features][:4])
        expect(page.locator("#atlas-card .stack")).to_contain_text("1 of 4 here")
        expect(page.locator("#atlas-card select")).to_have_count(0)


# --- side by side ------------------------------------------------------------

DRAWN = """() => atlas.data.disagreements.map(({ claims }) =>
  claims.map((claim) => Boolean(atlas.data.geometry.kind[atlas.data.owner[claim]])))"""
SAME = "() => atlas.data.disagreements.map(({ claims }) => new Set(claims.map((c) => atlas.data.owner[c])).size === 1)"


def test_each_compared_pair_says_what_of_it_is_on_the_map(chromium: Browser, write_page: Callable[..., str]) -> None:
    with opened(chromium, write_page(), reduced_motion="reduce") as page:
        drawn, same = page.evaluate(DRAWN), page.evaluate(SAME)
        page.get_by_role("button", name="Compare").click()
        expect(page.locator("#atlas-compare > .note")).not_to_contain_text("marked A and B")
        told = set()
        for number, (pair, is_same) in enumerate(zip(drawn, same, strict=True)):
            page.evaluate("number => atlas.compare(number)", number)
            words = page.locator("#atlas-compare .open > .note")
            if all(pair):
                expected = (
                    "A and B are one shape on the map."
                    if is_same
                    else "On the map, A has a solid outline, B a dashed one."
                )
            elif any(pair):
                expected = f"Only {'AB'[pair.index(True)]} is on the map: the other has no shape there."
            else:
                expected = "Neither has a shape on the map."
            expect(words).to_have_text(expected)
            told.add(expected)
            sides = page.locator("#atlas-compare .side").all_inner_texts()
            assert ["On the map: " in side for side in sides] == pair
            assert ["Not on the map: " in side for side in sides] == [not is_drawn for is_drawn in pair]
        assert len(told) > 2


def test_the_first_of_a_pair_is_outlined_whole_and_the_second_dashed(
    chromium: Browser, write_page: Callable[..., str]
) -> None:
    with opened(chromium, write_page(), reduced_motion="reduce") as page:
        number = next(
            number
            for number, (pair, is_same) in enumerate(zip(page.evaluate(DRAWN), page.evaluate(SAME), strict=True))
            if all(pair) and not is_same
        )
        dashes = page.evaluate(
            """(number) => {
              atlas.compare(number);
              const rows = atlas.comparedRows(), outlines = [], paint = atlas.paintFocus;
              let dash = 0, last = null;
              const context = new Proxy({}, {
                get: (_, name) => name === "setLineDash" ? (given) => { dash = given.length; }
                  : name === "stroke" ? () => { last = dash; } : () => {},
                set: () => true,
              });
              atlas.paintFocus = (...given) => { paint(...given); outlines.push([given[2], last > 0]); };
              atlas.paintFocused(context, atlas.frame(atlas.map, L.point(0, 0), atlas.map.getSize()));
              return outlines.filter(([row]) => rows.includes(row)).map(([row, dashed]) => [rows.indexOf(row), dashed]);
            }""",
            number,
        )
        assert dashes == [[0, False], [1, True]]
