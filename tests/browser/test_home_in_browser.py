"""The ground that everything begins with: all of the corridor, clear of what stands upon the map, on every screen."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, expect

from geo.view import Language, View
from tests.browser.pages import DESKTOP, PHONE, opened

pytestmark = pytest.mark.browser

ON_ITS_SIDE, ENLARGED = (844, 390), (640, 400)

# the tip of the Gaza Strip and El Arish with its circle: each within the map and clear of what stands on it
COVERED = """() => {
  const { map, data } = atlas, stage = map.getContainer().getBoundingClientRect(), faults = [];
  const row = data.rowOf.get("el-arish"), g = data.geometry,
    frame = atlas.frame(map, map.containerPointToLayerPoint([0, 0]), map.getSize()),
    disc = data.radius_m[row] * atlas.pixelsPerMetre(frame, g.north[row]),
    strip = data.rowOf.get("gaza-strip"),
    spots = { disc: [frame.x(g.west[row]), frame.y(g.north[row]), disc],
      tip: [frame.x(g.east[strip]), frame.y(atlas.mercator(34.55, 31.585)[1]), 2],
      north: [frame.x(atlas.mercator(34.49, 31.59)[0]), frame.y(g.north[strip]), 2] };
  for (const [name, [x, y, r]] of Object.entries(spots)) {
    if (x - r < 0 || y - r < 0 || x + r > stage.width || y + r > stage.height) faults.push(`${name} beyond`);
    for (const node of document.querySelectorAll("[data-covers-map]")) {
      const box = node.getBoundingClientRect();
      if (box.width && x + r > box.left - stage.left && x - r < box.right - stage.left
        && y + r > box.top - stage.top && y - r < box.bottom - stage.top)
        faults.push(`${name} below ${node.className}`);
    }
  }
  return faults;
}"""


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("size", [DESKTOP, PHONE, ON_ITS_SIDE, ENLARGED])
def test_home_is_clear_of_what_stands_upon_the_map(
    chromium: Browser, write_page: Callable[..., str], size: tuple[int, int], language: Language
) -> None:
    with opened(chromium, write_page(View(language=language)), size) as page:
        assert page.evaluate(COVERED) == []
        page.evaluate("() => { atlas.map.setView([30, 33], 7, { animate: false }); atlas.goHome(); }")
        assert page.evaluate(COVERED) == []


def test_home_follows_a_phone_that_is_turned(chromium: Browser, write_page: Callable[..., str]) -> None:
    with opened(chromium, write_page(), PHONE) as page:
        page.set_viewport_size({"width": ON_ITS_SIDE[0], "height": ON_ITS_SIDE[1]})
        page.wait_for_function(f"() => ({COVERED})().length === 0")
        page.evaluate("() => { atlas.map.setView([31.2, 34.2], 12, { animate: false }) }")
        page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
        page.wait_for_function("width => atlas.map.getSize().x === width", arg=PHONE[0])
        assert page.evaluate("() => atlas.map.getZoom()") == 12, "a ground of the reader's own stays"


@pytest.mark.parametrize("size", [DESKTOP, PHONE, ON_ITS_SIDE, ENLARGED])
def test_every_screen_says_that_lines_and_names_imply_no_view(
    chromium: Browser, write_page: Callable[..., str], size: tuple[int, int]
) -> None:
    with opened(chromium, write_page(), size) as page:
        note, scale = page.locator(".policy-note"), page.locator(".leaflet-control-scale")
        expect(note).to_be_visible()
        note_box, scale_box = note.bounding_box(), scale.bounding_box()
        assert note_box
        assert scale_box
        assert note_box["y"] + note_box["height"] <= page.locator(".atlas-map").bounding_box()["height"] + 1  # type: ignore[index]
        margin = page.locator(".margin").bounding_box()
        assert margin
        assert scale_box["y"] + scale_box["height"] <= margin["y"] + 1


@pytest.mark.parametrize("size", [ON_ITS_SIDE, ENLARGED])
def test_a_low_screen_is_left_to_the_map(
    chromium: Browser, write_page: Callable[..., str], size: tuple[int, int]
) -> None:
    with opened(chromium, write_page(), size) as page:
        expect(page.locator("#atlas-inset")).to_be_hidden()
        expect(page.locator("#atlas-time")).to_be_hidden()
        plate, ground = page.locator(".plate").bounding_box(), page.locator(".atlas-map").bounding_box()
        assert plate
        assert ground
        assert plate["height"] < 36, "one line"
        assert ground["height"] > 0.85 * size[1]
        page.get_by_role("button", name="Time").click()
        expect(page.locator("#atlas-time")).to_be_visible()
        drawn = "() => atlas.timeBars.canvas.width > 100"
        page.wait_for_function(drawn)
        page.get_by_role("button", name="Layers").click()
        expect(page.locator("#atlas-time")).to_be_hidden()
        page.evaluate("() => atlas.choose('tunnel-area')")
        expect(page.locator("#atlas-card")).to_be_visible()
        last, ground = (
            page.get_by_role("button", name="Full screen").bounding_box(),
            page.locator(".atlas-map").bounding_box(),
        )
        assert last
        assert ground
        assert last["y"] + last["height"] < ground["height"] - 20, "all buttons stand upon the map, clear of its margin"


@pytest.mark.parametrize(("language", "units"), [(Language.ENGLISH, {"km", "mi"}), (Language.ARABIC, {"كم", "ميل"})])
def test_the_scale_is_in_the_letters_of_the_page(
    chromium: Browser, write_page: Callable[..., str], language: Language, units: set[str]
) -> None:
    with opened(chromium, write_page(View(language=language))) as page:
        told = page.locator(".leaflet-control-scale-line").all_inner_texts()
        assert {text.split(" ")[1] for text in told} == units
