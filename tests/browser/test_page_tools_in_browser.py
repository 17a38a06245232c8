"""The page's tools in a real browser: comparing, touring, measuring, playing through time."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from geographiclib.geodesic import Geodesic
from playwright.sync_api import Browser, expect

from geo.dataset import Dataset, read_dataset
from geo.disagreements import disagreements
from geo.model import Extent
from geo.view import View
from tests.browser.pages import PHONE, opened
from tests.conftest import open_recorded_page
from tests.small_data import small_collection, write_small_data

pytestmark = pytest.mark.browser


@pytest.mark.parametrize(
    ("start", "end"),
    [
        ((33.8, 31.13), (34.24, 31.28)),
        ((-73.78, 40.64), (-0.45, 51.47)),
        ((0.0, 0.0), (90.0, 0.0)),
        ((34, 31), (34, 31)),
    ],
)
def test_measured_distance_is_that_of_geographiclib(
    chromium: Browser, write_page: Callable[..., str], start: tuple[float, float], end: tuple[float, float]
) -> None:
    with opened(chromium, write_page()) as page:
        measured_m = page.evaluate("([a, b]) => atlas.geodesicDistance_m(a, b)", [start, end])
    expected_m = Geodesic.WGS84.Inverse(start[1], start[0], end[1], end[0])["s12"]
    assert measured_m == pytest.approx(expected_m, abs=0.01)


def test_measuring_by_keyboard_tells_the_length(chromium: Browser, write_page: Callable[..., str]) -> None:
    with opened(chromium, write_page()) as page:
        page.get_by_role("button", name="Measure a distance").click()
        page.keyboard.press("Space")
        page.evaluate("() => { atlas.map.panBy([200, 0], { animate: false }) }")
        page.keyboard.press("Space")
        expect(page.locator("#atlas-measure-note")).to_contain_text("km")
        page.keyboard.press("Escape")
        expect(page.locator("#atlas-measure-note")).to_be_hidden()


def test_compare_shows_both_sides_and_both_shapes(
    chromium: Browser, write_page: Callable[..., str], dataset: Dataset
) -> None:
    with opened(chromium, write_page()) as page:
        page.get_by_role("button", name="Compare").click()
        page.locator("#atlas-compare .entry").first.click()
        expect(page.locator("#atlas-compare .side")).to_have_count(2)
        pair = page.evaluate("() => atlas.view.compare")
        assert all(dataset.claim(claim) for claim in pair)
        page.wait_for_function("() => location.hash.includes('compare=')")
        address = page.url
    with opened(chromium, address) as page:
        expect(page.locator("#atlas-compare .side")).to_have_count(2)


def test_two_claims_that_differ_in_several_things_stand_side_by_side_once(
    chromium: Browser, write_page: Callable[..., str], tmp_path: Path
) -> None:
    collection = small_collection()
    (dispute,) = collection["features"][0]["properties"]["claims"][0]["disputes"]
    more = dispute | {"about": "actor", "reason": "The clerk speaks for himself."}
    collection["features"][0]["properties"]["claims"][1]["disputes"] = [more | {"claim": "lorries-counted"}]
    (write_small_data(tmp_path) / "places.geojson").write_text(json.dumps(collection), encoding="utf-8")
    data = read_dataset(tmp_path)
    assert [one.about for one in disagreements(data)] == ["number", "actor"]
    with opened(chromium, write_page(None, data)) as page:
        page.get_by_role("button", name="Compare").click()
        expect(page.locator("#atlas-compare > .note")).to_contain_text("1 pair")
        for number in range(2):
            page.evaluate("number => atlas.compare(number)", number)
            expect(page.locator("#atlas-compare .open")).to_have_count(1)
            expect(page.locator("#atlas-compare .side")).to_have_count(2)
            heading = page.locator("#atlas-compare .entry")
            expect(heading).to_have_attribute("aria-expanded", "true")
            expect(heading).to_contain_text(f"{dispute['reason']} {more['reason']}")
            expect(heading).to_contain_text("number, actor")


def test_each_tour_can_be_walked_to_its_end(
    chromium: Browser, write_page: Callable[..., str], dataset: Dataset
) -> None:
    with opened(chromium, write_page()) as page:
        page.get_by_role("button", name="Guide").click()
        for tour in dataset.tours:
            page.get_by_role("button", name=tour.title["en"]).click()
            for number, step in enumerate(tour.steps, start=1):
                expect(page.locator("#atlas-tour h3")).to_have_text(step.title["en"])
                lit = page.evaluate("() => atlas.touredRows().filter(row => atlas.marks.shown[row]).length")
                assert lit == len(step.features), (tour.id, number)
                if number < len(tour.steps):
                    page.keyboard.press("ArrowRight")
            page.get_by_role("button", name="Leave the tour").click()
            expect(page.locator("#atlas-tour")).to_be_hidden()
            # what was shown before the story, and the place that it was chosen at
            assert page.evaluate("() => atlas.queryFromView(atlas.view)") == ""
            assert page.evaluate("() => document.activeElement.dataset.pane") == "about"


@pytest.mark.parametrize("size", [PHONE, (360, 640)])
def test_a_tour_on_a_phone_has_the_ground_of_its_list(
    chromium: Browser, write_page: Callable[..., str], dataset: Dataset, size: tuple[int, int]
) -> None:
    with opened(chromium, write_page(), size, has_touch=True, is_mobile=True) as page:
        page.get_by_role("button", name="Guide").tap()
        page.get_by_role("button", name=dataset.tours[0].title["en"]).tap()
        expect(page.locator("#atlas-about")).to_be_hidden()
        panel = page.locator("#atlas-tour").bounding_box()
        assert panel
        assert panel["y"] > size[1] / 3, "the map is seen above it"
        for step in dataset.tours[0].steps[1:]:
            onward = page.get_by_role("button", name="Next")
            box = onward.bounding_box()
            panel = page.locator("#atlas-tour").bounding_box()
            assert box
            assert panel
            assert box["y"] + box["height"] <= panel["y"] + panel["height"], "not cut off"
            onward.tap()
            expect(page.locator("#atlas-tour h3")).to_have_text(step.title["en"])


def test_link_to_a_step_shows_the_step(chromium: Browser, write_page: Callable[..., str]) -> None:
    with opened(chromium, f"{write_page()}#tour=how-sure&step=3") as page:
        expect(page.locator("#atlas-tour")).to_contain_text("step 3 of 5")
        assert page.evaluate("() => atlas.view.precisions") == ["area"]


def test_handles_of_the_time_window_stop_at_each_other(chromium: Browser, write_page: Callable[..., str]) -> None:
    with opened(chromium, write_page()) as page:
        first, last = page.locator("[data-field=since]"), page.locator("[data-field=until]")
        last.evaluate("handle => { handle.value = 10; handle.dispatchEvent(new Event('input')); }")
        until = page.evaluate("() => atlas.view.until")
        first.evaluate("handle => { handle.value = 30; handle.dispatchEvent(new Event('input')); }")
        assert page.evaluate("() => [atlas.view.since, atlas.view.until]") == [until, until]
        expect(first).to_have_attribute("aria-valuetext", until)
        expect(last).to_have_attribute("aria-valuetext", until)


def test_dates_typed_the_wrong_way_round_are_refused(chromium: Browser, write_page: Callable[..., str]) -> None:
    with opened(chromium, f"{write_page()}#since=2016") as page:
        field = page.locator("[data-typed=until]")
        field.fill("2015")
        field.dispatch_event("change")
        assert field.evaluate("field => field.validationMessage") == "It ends before it begins."
        assert page.evaluate("() => [atlas.view.since, atlas.view.until]") == ["2016", None]
        field.fill("2016-03")
        field.dispatch_event("change")
        assert page.evaluate("() => atlas.view.until") == "2016-03"


@pytest.mark.parametrize("name", ["since", "until", "known"])
def test_what_is_no_date_is_refused_with_an_example(
    chromium: Browser, write_page: Callable[..., str], name: str
) -> None:
    with opened(chromium, write_page()) as page:
        field = page.locator(f"[data-typed={name}]")
        for text in ("../2015", "2014/2015", "2015/..", "/2015", "soon"):
            field.fill(text)
            field.dispatch_event("change")
            assert field.evaluate("field => field.validationMessage").startswith("Write a date as 2015")
            assert page.evaluate("name => atlas.view[name]", name) is None
        page.get_by_role("button", name="All time").click()
        assert field.evaluate("field => [field.value, field.validationMessage]") == ["", ""]


def test_an_area_that_many_claims_share_bears_no_name_of_one(chromium: Browser, write_page: Callable[..., str]) -> None:
    with opened(chromium, f"{write_page()}#themes=actors") as page:
        texts = page.evaluate("() => atlas.placedLabels.map((label) => label.text)")
        names = page.evaluate(
            """() => [...atlas.data.features.id.keys()].filter((row) =>
              atlas.data.geometry.kind[row] === atlas.kinds.AREA
              && Array.from(atlas.data.twin).filter((twin) => twin === atlas.data.twin[row]).length > 1
            ).map(atlas.ownName)"""
        )
        assert len(names) > 8
        assert not {*texts} & {*names} - {"Gaza Strip", "Sinai Peninsula"}


def test_zoom_on_several_is_offered_where_it_comes_nearer(chromium: Browser, write_page: Callable[..., str]) -> None:
    with opened(chromium, write_page()) as page:
        assert page.evaluate("() => atlas.wouldComeNearer([...Array(atlas.data.count).keys()], 17)") is False
        assert page.evaluate("() => atlas.wouldComeNearer([atlas.data.rowOf.get('rafah-egypt')], 17)") is True


def test_what_is_chosen_is_outlined_as_firmly_as_it_is_known(chromium: Browser, write_page: Callable[..., str]) -> None:
    with opened(chromium, write_page()) as page:
        told = page.evaluate(
            """() => {
              const { data } = atlas, stroked = {};
              const context = new Proxy({}, {
                get: (_, name) => (name === 'setLineDash' ? (dash) => { context_.dash = dash.length; }
                  : name === 'stroke' ? () => context_.strokes.push([context_.lineWidth, context_.dash]) : () => {}),
                set: (_, name, value) => { context_[name] = value; return true; },
              });
              let context_;
              for (let row = 0; row < data.count; row++) {
                if (data.geometry.kind[row] !== atlas.kinds.AREA) continue;
                context_ = { strokes: [], dash: 0 };
                const frame = atlas.frame(atlas.map, L.point(0, 0), atlas.map.getSize());
                atlas.paintFocus(context, frame, row, true);
                stroked[atlas.settings.precisions[data.precision[row]]] = context_.strokes;
              }
              return stroked;
            }"""
        )
        assert min(width for width, _ in told["area"]) > 4, "a soft edge has no firm line"
        assert told["schematic"][-1] == [2, 2], "a scheme is dashed"


def test_play_moves_the_window_and_stops(chromium: Browser, write_page: Callable[..., str]) -> None:
    with opened(chromium, write_page()) as page:
        page.get_by_role("button", name="Play through time").click()
        first = page.evaluate("() => atlas.view.since")
        page.wait_for_function("first => atlas.view.since !== first", arg=first)
        page.get_by_role("button", name="Pause").click()
        since, until = page.evaluate("() => [atlas.view.since, atlas.view.until]")
        assert View(since=since, until=until).to_query() == f"since={since}&until={until}"


def test_touch_on_a_phone_reaches_the_evidence(chromium: Browser, write_page: Callable[..., str]) -> None:
    with opened(chromium, write_page(), PHONE, has_touch=True, is_mobile=True) as page:
        page.get_by_role("button", name="List", exact=True).tap()
        page.locator('[data-feature="sheikh-zuweid"]').tap()
        expect(page.locator("#atlas-card h3")).to_have_text("Sheikh Zuweid")
        inside = page.evaluate(
            "() => { const row = atlas.data.rowOf.get('sheikh-zuweid'), g = atlas.data.geometry;"
            " return atlas.map.getBounds().contains([atlas.latitude(g.north[row]), atlas.longitude(g.west[row])]) }"
        )
        assert inside
        # card and list have one place: a tab shows its pane there, and what is chosen shows its card again
        page.get_by_role("button", name="List", exact=True).tap()
        page.locator('[data-feature="sheikh-zuweid"]').tap()
        expect(page.locator("#atlas-card h3")).to_be_visible()
        layers = page.get_by_role("button", name="Layers", exact=True)
        layers.tap()
        expect(page.locator("#atlas-legend")).to_be_visible()
        layers.tap()
        expect(page.locator("#atlas-card h3")).to_be_visible()


def test_search_marks_its_hits(chromium: Browser, write_page: Callable[..., str]) -> None:
    with opened(chromium, write_page()) as page:
        page.get_by_role("searchbox", name="Search").fill("zuweid")
        page.keyboard.press("Enter")
        expect(page.locator('[data-feature="sheikh-zuweid"] mark').first).to_have_text("Zuweid")


def test_the_whole_journey_by_keyboard_alone(chromium: Browser, write_page: Callable[..., str]) -> None:
    with opened(chromium, write_page()) as page:
        page.get_by_role("searchbox", name="Search").focus()
        page.keyboard.type("sheikh zuweid")
        page.keyboard.press("Enter")
        page.keyboard.press("Enter")
        expect(page.locator("#atlas-card h3")).to_contain_text("Sheikh Zuweid")
        page.get_by_role("button", name="Layers", exact=True).focus()
        page.keyboard.press("Enter")
        layer = page.locator("input[data-layer-toggle=drones]")
        layer.focus()
        page.keyboard.press("Space")
        page.get_by_label("From", exact=True).focus()
        page.keyboard.type("2015")
        page.keyboard.press("Tab")
        page.keyboard.type("2015")
        page.keyboard.press("Tab")
        page.get_by_role("button", name="Copy link to this feature").focus()
        page.keyboard.press("Enter")
        expect(page.locator("#atlas-card .actions")).to_contain_text("Cop")
        address, query = page.evaluate("() => [atlas.address(), atlas.queryFromView(atlas.view)]")
        view = View.from_query(query)
        assert (view.since, view.until, view.text) == ("2015", "2015", "sheikh zuweid")
        assert view.themes is not None
        assert "drones" not in view.themes
    with opened(chromium, address) as page:
        assert page.evaluate("() => atlas.queryFromView(atlas.view)") == query


def test_a_frame_without_room_at_first_shows_the_view_once_it_has_some(
    chromium: Browser, write_page: Callable[..., str], tmp_path: Path
) -> None:
    view = View(extent=Extent(west=34.1, south=31.2, east=34.3, north=31.4))
    host = tmp_path / "host.html"
    host.write_text(
        f'<iframe src="{write_page(view)}" style="width:0;height:0;border:0"></iframe>',
        encoding="utf-8",
    )
    with open_recorded_page(chromium, reaches_localhost=False) as recorded:
        recorded.page.goto(host.as_uri())
        frame = recorded.page.locator("iframe").element_handle().content_frame()
        assert frame is not None
        frame.wait_for_selector("html[data-ready=true]", state="attached")
        recorded.page.locator("iframe").evaluate(
            "(node) => Object.assign(node.style, { width: '900px', height: '700px' })"
        )
        frame.wait_for_function("() => atlas.map.getZoom() > 9")
        box = frame.evaluate("() => atlas.map.getBounds().toBBoxString()")
        west, south, east, north = (float(side) for side in box.split(","))
        assert west < 34.1
        assert east > 34.3
        assert south < 31.2
        assert north > 31.4


def test_another_ground_leaves_what_is_open_as_it_is(chromium: Browser, write_page: Callable[..., str]) -> None:
    with opened(chromium, write_page()) as page:
        page.locator(".certainty summary").click()
        swatch = page.locator(".certainty canvas").first
        light, legend = (
            node.evaluate("(canvas) => canvas.toDataURL()") for node in (swatch, page.locator(".layers canvas").first)
        )
        page.emulate_media(color_scheme="dark")
        page.wait_for_selector("html[data-appearance=dark]")
        assert page.locator("details.certainty[open]").count() == 1
        assert swatch.evaluate("(canvas) => canvas.toDataURL()") != light
        assert page.locator(".layers canvas").first.evaluate("(canvas) => canvas.toDataURL()") != legend
