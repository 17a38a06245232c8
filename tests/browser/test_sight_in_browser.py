"""What the map shows of the ground: home, links, features brought into sight, and stories beside their panel."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from geo.dataset import Dataset, join_datasets
from geo.intake.loading import About
from geo.view import Language, View
from tests.browser.pages import DESKTOP, PHONE, opened
from tests.loading_here import load_here

pytestmark = pytest.mark.browser

# the bounds of the map, and of a feature with the circle of its radius: west, south, east, north in degrees
SEEN = "() => atlas.map.getBounds().toBBoxString().split(',').map(Number)"
EXTENT_OF = """(id) => {
  const row = atlas.data.rowOf.get(id), { west, east, north, south } = atlas.data.geometry,
    lat = atlas.latitude(north[row]),
    tall = atlas.data.radius_m[row] / 111320, wide = tall / Math.cos((lat * Math.PI) / 180);
  return [atlas.longitude(west[row]) - wide, atlas.latitude(south[row]) - tall,
    atlas.longitude(east[row]) + wide, lat + tall];
}"""
LIBYA = "id,name,kind,lon,lat\nl1,Benghazi,Raids,20.07,32.12\nl2,Derna,Raids,22.64,32.77\nl3,Tobruk,Raids,23.96,32.08\n"


def holds(seen: list[float], wanted: list[float]) -> bool:
    return seen[0] <= wanted[0] and seen[1] <= wanted[1] and seen[2] >= wanted[2] and seen[3] >= wanted[3]


def is_seen(page: Page, feature: str) -> bool:
    return holds(page.evaluate(SEEN), page.evaluate(EXTENT_OF, feature))


@pytest.fixture(scope="module")
def libya() -> Dataset:
    return load_here(LIBYA, "libya.csv", about=About("Raids in Cyrenaica")).dataset


def test_show_on_the_map_shows_the_whole_circle(chromium: Browser, write_page: Callable[..., str]) -> None:
    with opened(chromium, write_page(), reduced_motion="reduce") as page:
        page.evaluate("() => atlas.choose('bombing-cairo-2015')")
        assert not is_seen(page, "bombing-cairo-2015")
        page.get_by_role("button", name="Show on the map").click()
        page.wait_for_function("() => atlas.view.extent")
        assert is_seen(page, "bombing-cairo-2015")


def test_the_map_comes_less_near_to_what_is_known_as_an_area_only(
    chromium: Browser, write_page: Callable[..., str]
) -> None:
    table = "id,name,kind,lon,lat,precision\ne,E,Raids,20,32,exact\na,A,Raids,21,32,area\n"
    with opened(chromium, write_page(None, load_here(table).dataset), reduced_motion="reduce") as page:
        zooms = []
        for row in (0, 1):
            page.evaluate("row => atlas.flyTo(row)", row)
            zooms.append(page.evaluate("() => atlas.map.getZoom()"))
        assert zooms == [12, 11]


@pytest.mark.parametrize("size", [DESKTOP, PHONE])
@pytest.mark.parametrize("feature", ["bombing-cairo-2015", "sinai-peninsula", "el-arish"])
def test_a_link_to_a_feature_has_it_in_sight(
    chromium: Browser, write_page: Callable[..., str], feature: str, size: tuple[int, int]
) -> None:
    with opened(chromium, f"{write_page()}#feature={feature}", size) as page:
        assert is_seen(page, feature)
        assert page.evaluate("() => atlas.view.extent") is None, "the link stays as short as it was"


def test_a_link_to_what_is_seen_at_home_or_has_no_place_stays_at_home(
    chromium: Browser, write_page: Callable[..., str], dataset: Dataset
) -> None:
    unplaced = next(feature.id for feature in dataset.features if feature.geometry is None)
    with opened(chromium, write_page()) as page:
        home = page.evaluate(SEEN)
        for feature in ("el-arish", unplaced):
            page.evaluate("query => atlas.restore(query)", f"feature={feature}")
            assert page.evaluate(SEEN) == home
        page.evaluate("query => atlas.restore(query)", "feature=bombing-cairo-2015")
        assert is_seen(page, "bombing-cairo-2015")
        page.evaluate("query => atlas.restore(query)", "")
        assert page.evaluate(SEEN) == home
    with opened(chromium, f"{write_page()}#feature={unplaced}") as page:
        assert page.evaluate(SEEN) == home


def test_a_link_with_an_extent_shows_that(chromium: Browser, write_page: Callable[..., str]) -> None:
    with opened(chromium, f"{write_page()}#feature=bombing-cairo-2015&extent=34.1,31.15,34.5,31.4") as page:
        assert holds(page.evaluate(SEEN), [34.1, 31.15, 34.5, 31.4])
        assert not is_seen(page, "bombing-cairo-2015")


@pytest.mark.parametrize("size", [DESKTOP, PHONE])
def test_data_that_lie_elsewhere_are_where_the_map_begins(
    chromium: Browser, write_page: Callable[..., str], libya: Dataset, size: tuple[int, int]
) -> None:
    with opened(chromium, write_page(None, libya), size) as page:
        everything = [20.07, 32.08, 23.96, 32.77]
        assert holds(page.evaluate(SEEN), everything)
        expect(page.locator("h1")).to_have_text("Raids in Cyrenaica")
        expect(page).to_have_title("Raids in Cyrenaica")
        page.evaluate("() => { atlas.map.setView([10, 10], 6, { animate: false }) }")
        page.get_by_role("button", name="Back to where the data lie").click()
        assert holds(page.evaluate(SEEN), everything)


def test_data_beside_the_atlas_leave_the_corridor_home(
    chromium: Browser, write_page: Callable[..., str], dataset: Dataset, libya: Dataset
) -> None:
    both = join_datasets([dataset, libya])
    with opened(chromium, write_page()) as page:
        home = page.evaluate(SEEN)
    with opened(chromium, write_page(None, both)) as page:
        assert page.evaluate(SEEN) == home
        expect(page.locator("h1")).to_have_text("Corridor Atlas: Gaza and Sinai")
        expect(page.get_by_role("button", name="Back to the corridor")).to_be_visible()


# --- a zoom that is under way ---

# begin to fly, and go on once the zoom has begun
FLY = """(id) => new Promise((go) => {
  atlas.map.once("zoomanim", () => go(true));
  atlas.flyToRows([atlas.data.rowOf.get(id)]);
})"""
# longer than a zoom takes to its end
LATER_MS = 400


def test_home_during_a_zoom_is_home(chromium: Browser, write_page: Callable[..., str]) -> None:
    with opened(chromium, write_page()) as page:
        home = page.evaluate(SEEN)
        page.evaluate(FLY, "el-arish")
        page.evaluate("() => atlas.goHome()")
        page.wait_for_timeout(LATER_MS)
        assert page.evaluate(SEEN) == home
        assert page.evaluate("() => atlas.view.extent") is None


def test_a_link_followed_during_a_zoom_shows_its_own_extent(chromium: Browser, write_page: Callable[..., str]) -> None:
    extent = [34.1, 31.15, 34.5, 31.4]
    with opened(chromium, write_page()) as page:
        page.evaluate(FLY, "el-arish")
        page.evaluate("query => atlas.restore(query)", f"extent={','.join(map(str, extent))}")
        page.wait_for_timeout(LATER_MS)
        assert holds(page.evaluate(SEEN), extent)
        assert page.evaluate("() => atlas.view.extent") == extent


def test_a_second_flight_is_not_lost_in_the_first(chromium: Browser, write_page: Callable[..., str]) -> None:
    with opened(chromium, write_page()) as page:
        page.evaluate(FLY, "el-arish")
        page.evaluate("() => atlas.flyToRows([atlas.data.rowOf.get('rafah-egypt')])")
        page.wait_for_timeout(2 * LATER_MS)
        assert is_seen(page, "rafah-egypt")
        assert not is_seen(page, "el-arish")


def test_a_quiet_move_that_fails_leaves_the_next_one_noted(chromium: Browser, write_page: Callable[..., str]) -> None:
    with opened(chromium, write_page()) as page:
        page.evaluate("() => { try { atlas.moveQuietly(() => { throw Error('no ground') }) } catch {} }")
        page.evaluate("() => { atlas.map.panBy([100, 0], { animate: false }) }")
        assert page.evaluate("() => atlas.view.extent")


# --- the edge of the globe ---


@pytest.mark.parametrize("place", [(178, -38), (-178, 66), (0, 89), (34, 31)])
def test_a_frame_beyond_the_edge_of_the_globe_is_a_link_that_can_be_read(
    chromium: Browser, write_page: Callable[..., str], place: tuple[float, float]
) -> None:
    with opened(chromium, write_page()) as page:
        for zoom in (3, 5):
            page.evaluate(
                "([lon, lat, zoom]) => { atlas.map.setView([lat, lon], zoom, { animate: false }) }", [*place, zoom]
            )
            query = page.evaluate("() => atlas.queryFromView(atlas.view)")
            extent = View.from_query(query).extent
            assert extent
            assert page.evaluate("query => atlas.viewFromQuery(query).extent", query) == [
                extent.west,
                extent.south,
                extent.east,
                extent.north,
            ]


def test_a_frame_wholly_beyond_the_globe_is_no_extent(chromium: Browser, write_page: Callable[..., str]) -> None:
    with opened(chromium, write_page()) as page:
        page.evaluate("() => { atlas.map.setView([31, 300], 8, { animate: false }) }")
        assert page.evaluate("() => atlas.view.extent") is None


# --- stories ---


@pytest.mark.parametrize("size", [DESKTOP, (1024, 640), PHONE])
@pytest.mark.parametrize("language", list(Language))
def test_a_story_does_not_cover_what_it_tells_of(
    chromium: Browser, write_page: Callable[..., str], dataset: Dataset, language: Language, size: tuple[int, int]
) -> None:
    apart = """() => {
      const [west, south, east, north] = atlas.view.extent ?? atlas.settings.home,
        stage = atlas.map.getContainer().getBoundingClientRect(),
        panel = document.getElementById("atlas-tour").getBoundingClientRect(),
        nw = atlas.map.latLngToContainerPoint([north, west]), se = atlas.map.latLngToContainerPoint([south, east]);
      return stage.left + se.x <= panel.left + 1 || stage.left + nw.x >= panel.right - 1
        || stage.top + se.y <= panel.top + 1 || stage.top + nw.y >= panel.bottom - 1;
    }"""
    tour = dataset.tours[0]
    with opened(chromium, write_page(View(language=language)), size, reduced_motion="reduce") as page:
        for step in range(1, len(tour.steps) + 1):
            page.evaluate(
                "([id, step]) => atlas.goToStep(atlas.data.tours.find((t) => t.id === id), step)", [tour.id, step]
            )
            assert page.evaluate(apart), step
        address = json.loads(page.evaluate("() => JSON.stringify(atlas.address())"))
    with opened(chromium, address, size) as page:
        assert page.evaluate(apart), "the link to a step shows it so too"


@pytest.mark.parametrize(("options", "is_told"), [({}, True), ({"has_touch": True, "is_mobile": True}, False)])
def test_arrow_keys_are_told_of_where_there_may_be_some(
    chromium: Browser, write_page: Callable[..., str], options: dict[str, Any], *, is_told: bool
) -> None:
    with opened(chromium, f"{write_page()}#tour=how-sure&step=3", **options) as page:
        expect(page.locator("#atlas-tour .keys")).to_be_visible(visible=is_told)
