"""Names on the map: each inside its own shape, one for all that share a line or area, and a way past others."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect
from shapely.geometry import mapping
from shapely.geometry.base import BaseGeometry

from geo.dataset import Dataset
from geo.model import Feature, Theme
from geo.view import Language, View
from tests.browser.pages import PHONE, opened

pytestmark = pytest.mark.browser

# features whose shape lies under the middle of a placed name
UNDER_NAME = """(owner) => {
  const { left, right, top, bottom } = atlas.placedLabels.find((label) => label.owner === owner),
    { lat, lng } = atlas.map.containerPointToLatLng([(left + right) / 2, (top + bottom) / 2]);
  return atlas.hitRows(atlas.map, ...atlas.mercator(lng, lat)).map((row) => atlas.data.features.id[row]);
}"""


def named(page: Page) -> dict[str, str]:
    labels: list[dict[str, str]] = page.evaluate("() => atlas.placedLabels")
    return {label["owner"]: label["text"] for label in labels}


def sharing(dataset: Dataset, theme: str) -> list[list[str]]:
    """Ids of the features of a theme that have the very same line or area, in their order."""
    groups = defaultdict(list)
    for feature in dataset.features:
        if feature.theme.value == theme and feature.shape is not None and feature.shape.geom_type != "Point":
            groups[feature.shape.wkb].append(feature.id)
    return [group for group in groups.values() if len(group) > 1]


def reshaped(feature: Feature, name: str, shape: BaseGeometry | dict[str, Any]) -> Feature:
    geometry = shape if isinstance(shape, dict) else mapping(shape)
    claim = feature.claims[0].model_copy(update={"id": f"{name}-claim", "disputes": ()})
    changes = {"id": name, "name": name, "names": {"en": name, "ar": name}, "geometry": geometry, "claims": (claim,)}
    # a copy would keep the shape that the feature has read already
    return Feature.model_validate(feature.model_dump() | changes)


def square(lon: float, lat: float, half_deg: float) -> dict[str, Any]:
    ring = [(-1, -1), (1, -1), (1, 1), (-1, 1), (-1, -1)]
    return {"type": "Polygon", "coordinates": [[(lon + x * half_deg, lat + y * half_deg) for x, y in ring]]}


def find(dataset: Dataset, feature_id: str) -> Feature:
    return next(feature for feature in dataset.features if feature.id == feature_id)


@pytest.mark.parametrize(
    ("theme", "label", "language"),
    [
        ("flows", "Flows", Language.ENGLISH),
        ("flows", "تدفقات", Language.ARABIC),
        ("actors", "Actors", Language.ENGLISH),
    ],
)
def test_what_several_share_bears_their_theme_and_number(
    chromium: Browser, write_page: Callable[..., str], dataset: Dataset, theme: str, label: str, language: Language
) -> None:
    groups = sharing(dataset, theme)
    assert len(groups) > 1
    with opened(chromium, f"{write_page(View(language=language))}#themes={theme}&language={language}") as page:
        names = named(page)
    for group in groups:
        assert names.get(group[0]) == f"{label} ({len(group)})"
        assert not names.keys() & {*group[1:]}


def test_a_chosen_one_of_several_bears_its_own_name(
    chromium: Browser, write_page: Callable[..., str], dataset: Dataset
) -> None:
    for theme in ("flows", "actors"):
        first, second, *_ = sharing(dataset, theme)[0]
        with opened(chromium, f"{write_page()}#themes={theme}&feature={second}") as page:
            names = named(page)
            assert names[second] == find(dataset, second).names["en"]
            assert first not in names


def test_a_name_of_several_counts_those_that_are_shown(
    chromium: Browser, write_page: Callable[..., str], dataset: Dataset
) -> None:
    group = max(sharing(dataset, "actors"), key=len)
    with opened(chromium, f"{write_page()}#themes=actors&sources=savage-2015") as page:
        shown = [name for name in group if page.evaluate("id => atlas.marks.shown[atlas.data.rowOf.get(id)]", name)]
        assert 1 < len(shown) < len(group)
        assert named(page)[shown[0]] == f"Actors ({len(shown)})"


def test_a_click_on_a_line_of_several_offers_all_of_them(
    chromium: Browser, write_page: Callable[..., str], dataset: Dataset
) -> None:
    group = max(sharing(dataset, "flows"), key=len)
    with opened(chromium, f"{write_page()}#themes=flows") as page:
        box = page.evaluate("owner => atlas.placedLabels.find((label) => label.owner === owner)", group[0])
        stage = page.locator(".atlas-map").bounding_box()
        assert stage
        page.mouse.click(stage["x"] + (box["left"] + box["right"]) / 2, stage["y"] + (box["top"] + box["bottom"]) / 2)
        expect(page.locator("#atlas-card .stack")).to_contain_text(" of ")
        offered = page.evaluate("() => atlas.stack.map((row) => atlas.data.features.id[row])")
        assert {*group} <= {*offered}


def test_a_line_told_the_other_way_round_is_another(
    chromium: Browser, write_page: Callable[..., str], dataset: Dataset
) -> None:
    flow = find(dataset, "arms-sinai-to-gaza")
    there = [(33.9, 31.1), (34.1, 31.2), (34.3, 31.3)]
    lines = [
        reshaped(flow, name, {"type": "LineString", "coordinates": positions})
        for name, positions in (("there", there), ("back", there[::-1]), ("likewise", there))
    ]
    data = replace(dataset, features=tuple(lines), tours=())
    with opened(chromium, write_page(None, data)) as page:
        assert page.evaluate("() => Array.from(atlas.data.twin)") == [0, 1, 0]


@pytest.mark.parametrize("query", ["", "extent=34.1,31.15,34.5,31.4", "extent=34.15,31.2,34.3,31.33"])
@pytest.mark.parametrize("feature", ["southern-gaza", "gaza-strip"])
def test_an_area_is_named_on_its_own_ground(
    chromium: Browser, write_page: Callable[..., str], query: str, feature: str
) -> None:
    with opened(chromium, f"{write_page()}#{query}") as page:
        assert feature in page.evaluate(UNDER_NAME, feature)


def test_a_bent_area_is_named_inside_and_in_its_wide_part(
    chromium: Browser, write_page: Callable[..., str], dataset: Dataset
) -> None:
    ring = [(33.9, 31.1), (34.4, 31.1), (34.4, 31.2), (33.95, 31.2), (33.95, 31.5), (33.9, 31.5), (33.9, 31.1)]
    bent = reshaped(find(dataset, "gaza-strip"), "bent", {"type": "Polygon", "coordinates": [ring]})
    data = replace(dataset, features=(bent,), tours=())
    with opened(chromium, write_page(None, data)) as page:
        assert page.evaluate(UNDER_NAME, "bent") == ["bent"]
        box = page.evaluate("() => atlas.placedLabels.find((label) => label.owner === 'bent')")
        north = page.evaluate("() => atlas.map.latLngToContainerPoint([31.2, 34]).y")
        assert box["top"] > north, "the arm is too narrow for it"


def test_areas_with_one_middle_are_named_beside_one_another(
    chromium: Browser, write_page: Callable[..., str], dataset: Dataset
) -> None:
    place = find(dataset, "gaza-strip")
    areas = [reshaped(place, name, square(34.1, 31.25, size)) for name, size in (("a", 0.2), ("b", 0.15), ("c", 0.1))]
    data = replace(dataset, features=tuple(areas), tours=())
    with opened(chromium, write_page(None, data)) as page:
        assert {"a", "b", "c"} <= named(page).keys()
        assert all(name in page.evaluate(UNDER_NAME, name) for name in "abc")


def test_short_lines_with_one_middle_are_named_above_and_below_one_another(
    chromium: Browser, write_page: Callable[..., str], dataset: Dataset
) -> None:
    # at sea, where no town keeps its dot clear
    line = {"type": "LineString", "coordinates": [(33.95, 31.42), (34.0, 31.42)]}
    names = [f"a-name-much-longer-than-its-line-{theme}" for theme in ("border", "drones", "places")]
    lines = [
        reshaped(find(dataset, "arms-sinai-to-gaza"), name, line).model_copy(
            update={"theme": Theme(name.split("-")[-1])}
        )
        for name in names
    ]
    data = replace(dataset, features=tuple(lines), tours=())
    with opened(chromium, write_page(None, data)) as page:
        assert {*names} <= named(page).keys()


@pytest.mark.parametrize("size", [(1280, 800), PHONE])
def test_a_line_that_leaves_the_map_is_named_where_it_is_seen(
    chromium: Browser, write_page: Callable[..., str], dataset: Dataset, size: tuple[int, int]
) -> None:
    line = {"type": "LineString", "coordinates": [(20.0, 20.0), (34.0, 31.2), (34.3, 31.35)]}
    far = reshaped(find(dataset, "arms-sinai-to-gaza"), "far", line)
    data = replace(dataset, features=(far,), tours=())
    with opened(chromium, f"{write_page(None, data)}#extent=33.8,31.05,34.5,31.5", size) as page:
        assert page.evaluate(UNDER_NAME, "far") == ["far"]


# of each name off its shape: how far its line ends from the edge of that shape, and what is in the way of it
LED = """() => {
  const { map, data, placedLabels: labels } = atlas,
    frame = atlas.frame(map, map.containerPointToLayerPoint([0, 0]), map.getSize()),
    side = (a, b, c) => Math.sign((b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x)),
    doCross = (a, b) => side(a.from, a.to, b.from) !== side(a.from, a.to, b.to)
      && side(b.from, b.to, a.from) !== side(b.from, b.to, a.to),
    diagonals = ({ left, right, top, bottom }) => [
      { from: { x: left, y: top }, to: { x: right, y: bottom } },
      { from: { x: left, y: bottom }, to: { x: right, y: top } },
    ],
    led = labels.filter(({ line }) => line);
  const edgeDistance = (row, at) => {
    const { x, y, pieces, starts } = data.geometry;
    let nearest = Infinity;
    for (let i = starts[pieces[row]] + 1; i < starts[pieces[row] + 1]; i++) {
      const ax = frame.x(x[i - 1]), ay = frame.y(y[i - 1]), dx = frame.x(x[i]) - ax, dy = frame.y(y[i]) - ay,
        t = Math.max(0, Math.min(1, ((at.x - ax) * dx + (at.y - ay) * dy) / (dx * dx + dy * dy || 1)));
      nearest = Math.min(nearest, Math.hypot(ax + t * dx - at.x, ay + t * dy - at.y));
    }
    return nearest;
  };
  return led.map((label) => ({
    owner: label.owner,
    away: edgeDistance(data.rowOf.get(label.owner), label.line.to),
    crossed: labels.filter((other) => other !== label && diagonals(other).some((each) => doCross(each, label.line)))
      .concat(led.filter((other) => other !== label && doCross(other.line, label.line)))
      .map(({ owner }) => owner),
  }));
}"""


@pytest.mark.parametrize("language", [Language.ENGLISH, Language.ARABIC])
def test_tunnels_buffer_zone_and_philadelphi_are_named_at_first_sight(
    chromium: Browser, write_page: Callable[..., str], language: Language
) -> None:
    with opened(chromium, write_page(View(language=language))) as page:
        names = named(page)
        assert {"philadelphi-corridor", "buffer-zone"} <= names.keys()
        assert len(names.keys() & {"tunnel-area", "tunnel-excavation"}) == 1, "of two, one in the other, one is led to"
        for led in page.evaluate(LED):
            assert led["away"] < 1, "the line ends at the edge of what it names"
            assert led["crossed"] == []


def test_a_click_on_a_name_off_its_shape_opens_it(chromium: Browser, write_page: Callable[..., str]) -> None:
    with opened(chromium, write_page()) as page:
        owner, x, y = page.evaluate(
            """() => {
              const label = atlas.placedLabels.find(({ line }) => line);
              return [label.owner, (label.left + label.right) / 2, (label.top + label.bottom) / 2];
            }"""
        )
        page.locator(".atlas-map").click(position={"x": x, "y": y})
        page.wait_for_function("id => atlas.view.feature === id", arg=owner)


def test_a_line_from_a_name_runs_through_no_other(chromium: Browser, write_page: Callable[..., str]) -> None:
    with opened(chromium, f"{write_page()}#extent=33.5,30.8,34.6,31.6") as page:
        names = page.evaluate(LED)
        assert len(names) > 1
        assert [led["crossed"] for led in names] == [[] for _ in names]


def test_what_leaves_the_frame_is_not_led_to(chromium: Browser, write_page: Callable[..., str]) -> None:
    with opened(chromium, f"{write_page()}#extent=34.0,31.0,34.25,31.3") as page:
        beyond = {"gaza-maritime", "tunnel-area"}
        assert not beyond & {led["owner"] for led in page.evaluate(LED)}
