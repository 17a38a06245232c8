"""Names that could pass for another mark's: of wide areas, of towns that stay, and beside dots seen from near."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page

from geo.view import Language, View
from tests.browser.pages import DESKTOP, PHONE, opened

pytestmark = pytest.mark.browser

NEAR_RAFAH = "extent=34.2,31.25,34.29,31.30"

# names of areas of which a part stands in a smaller area of their theme; a place may be named within its own part
MISPLACED = """() => {
  const { map, data, marks } = atlas, { geometry: g } = data,
    frame = atlas.frame(map, map.containerPointToLayerPoint([0, 0]), map.getSize()),
    sizeOf = (row) => (g.east[row] - g.west[row]) * (g.south[row] - g.north[row]),
    isWide = (row) => Math.min(g.east[row] - g.west[row], g.south[row] - g.north[row]) * frame.scale > 150;
  return atlas.placedLabels.filter(({ owner, left, right, top, bottom }) => {
    const row = data.rowOf.get(owner);
    if (row === undefined || atlas.settings.themes[data.theme[row]].key === "places") return false;
    if (g.kind[row] !== atlas.kinds.AREA || !isWide(row)) return false;
    const spots = [left + 3, (left + right) / 2, right - 3].map((x) => [x, (top + bottom) / 2]);
    return [...data.theme.keys()].some((other) => data.theme[other] === data.theme[row] && marks.shown[other]
      && g.kind[other] === atlas.kinds.AREA && data.twin[other] !== data.twin[row] && sizeOf(other) < sizeOf(row)
      && spots.some(([x, y]) => atlas.isInArea(g, other, x / frame.scale + frame.west, y / frame.scale + frame.north)));
  }).map(({ owner }) => owner);
}"""

IS_ON_BODY = """(id) => {
  const { map, data } = atlas, frame = atlas.frame(map, map.containerPointToLayerPoint([0, 0]), map.getSize()),
    label = atlas.placedLabels.find(({ owner }) => owner === id);
  if (!label) return false;
  const x = (label.left + label.right) / 2, y = (label.top + label.bottom) / 2;
  return atlas.isInArea(data.geometry, data.rowOf.get(id), x / frame.scale + frame.west, y / frame.scale + frame.north);
}"""

# the strongest contrast with the land at the corners of the reach, where its edge runs over land
CONTRAST = """() => {
  const { map, data } = atlas, { geometry: g } = data, row = data.rowOf.get("drone-reach"), size = map.getSize(),
    frame = atlas.frame(map, map.containerPointToLayerPoint([0, 0]), size), canvas = document.createElement("canvas"),
    context = canvas.getContext("2d"), shown = atlas.marks.shown;
  [canvas.width, canvas.height] = [size.x, size.y];
  const land = atlas.brushes.colour("land");
  context.fillStyle = land;
  context.fillRect(0, 0, size.x, size.y);
  atlas.marks.shown = shown.map((_, other) => Number(other === row));
  atlas.paintTheme(context, frame, data.theme[row]);
  atlas.marks.shown = shown;
  const light = ([r, g, b]) => [[r, 0.2126], [g, 0.7152], [b, 0.0722]].reduce((sum, [part, share]) => {
    const value = part / 255;
    return sum + share * (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);
  }, 0.05);
  const ground = light([1, 3, 5].map((at) => parseInt(land.slice(at, at + 2), 16))), found = [],
    { data: pixels } = context.getImageData(0, 0, size.x, size.y);
  for (let i = g.starts[g.pieces[row]]; i < g.starts[g.pieces[row] + 1]; i++) {
    const x = Math.round(frame.x(g.x[i])), y = Math.round(frame.y(g.y[i]));
    if (x < 9 || y < 9 || x > size.x - 9 || y > size.y - 9) continue;
    const contrasts = [-2, -1, 0, 1, 2].flatMap((dy) => [-2, -1, 0, 1, 2].map((dx) => {
      const at = 4 * ((y + dy) * size.x + x + dx), own = light(pixels.slice(at, at + 3));
      return Math.max(own, ground) / Math.min(own, ground);
    }));
    found.push(Math.max(...contrasts));
  }
  return found;
}"""


def named(page: Page) -> set[str]:
    owners: list[str] = page.evaluate("() => atlas.placedLabels.map(({ owner }) => owner)")
    return set(owners)


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("size", [DESKTOP, PHONE, (640, 400)])
def test_the_name_of_a_wide_area_stands_in_nothing_smaller_of_its_theme(
    chromium: Browser, write_page: Callable[..., str], size: tuple[int, int], language: Language
) -> None:
    with opened(chromium, write_page(View(language=language)), size) as page:
        assert page.evaluate(MISPLACED) == []
        page.evaluate("() => atlas.change({ themes: ['drones'] })")
        page.wait_for_timeout(200)
        assert page.evaluate(MISPLACED) == []
        if size != (640, 400):
            assert page.evaluate(IS_ON_BODY, "drone-reach")


def test_a_wide_area_without_room_for_its_name_has_none(chromium: Browser, write_page: Callable[..., str]) -> None:
    with opened(chromium, f"{write_page()}#themes=drones&extent=33.76,31.10,33.84,31.15") as page:
        assert "drone-reach" not in named(page), "all that is seen is the vicinity of El Arish"


@pytest.mark.parametrize("appearance", ["light", "dark"])
def test_the_edge_of_the_reach_can_be_seen(chromium: Browser, write_page: Callable[..., str], appearance: str) -> None:
    with opened(chromium, f"{write_page()}#themes=drones&appearance={appearance}") as page:
        contrasts = page.evaluate(CONTRAST)
        assert len(contrasts) > 5
        assert min(contrasts) >= 3


# --- towns of the ground ---

DOTS = """() => {
  const { map, labelCanvas: { _container: canvas, _bounds: bounds }, data } = atlas,
    frame = atlas.frame(map, bounds.min, bounds.getSize()), ratio = canvas.width / bounds.getSize().x,
    isMarked = ({ x, y }) => [...data.theme.keys()].some((row) => data.geometry.kind[row] === atlas.kinds.POINT
      && atlas.marks.shown[row] && atlas.isThemeShown(data.theme[row])
      && Math.hypot(frame.x(data.geometry.west[row]) - x, frame.y(data.geometry.north[row]) - y) < 8);
  const { data: pixels } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
  return atlas.groundLabels(frame).filter((label) => label.isTown && !isMarked(label)).map(({ x, y, lines }) =>
    [lines[0].text, pixels[4 * (Math.round(y * ratio) * canvas.width + Math.round(x * ratio)) + 3]]);
}"""


@pytest.mark.parametrize(
    "query", ["themes=drones", "", "themes=actors,border,buffer-zone,context,drones,events,tunnels"]
)
@pytest.mark.parametrize("size", [DESKTOP, PHONE])
def test_towns_of_the_ground_keep_their_dots(
    chromium: Browser, write_page: Callable[..., str], size: tuple[int, int], query: str
) -> None:
    with opened(chromium, f"{write_page()}#{query}", size) as page:
        dots = dict(page.evaluate(DOTS))
        assert len(dots) > 2
        assert min(dots.values()) > 200, "a dot"


def test_a_ring_gives_way_to_the_town_within_it(chromium: Browser, write_page: Callable[..., str]) -> None:
    with opened(chromium, f"{write_page()}#themes=drones") as page:
        texts = page.evaluate("() => atlas.placedLabels.map(({ text }) => text)")
        assert {"El Arish", "Sheikh Zuweid", "Drones near El Arish", "Drones near Sheikh Zuweid"} <= set(texts)


# --- from near ---

GAPS = """() => {
  const { map, data } = atlas, frame = atlas.frame(map, map.containerPointToLayerPoint([0, 0]), map.getSize());
  return atlas.placedLabels.filter(({ owner }) => {
    const row = data.rowOf.get(owner);
    return row !== undefined && data.geometry.kind[row] === atlas.kinds.POINT;
  }).map(({ owner, left, right, top, bottom }) => {
    const row = data.rowOf.get(owner), x = frame.x(data.geometry.west[row]), y = frame.y(data.geometry.north[row]);
    return [owner, Math.hypot(Math.max(left - x, 0, x - right), Math.max(top - y, 0, y - bottom)) - 4.5];
  });
}"""


# names of places that stand about the dot of another
OF_ANOTHER = """() => {
  const { map, data, marks } = atlas, { geometry: g } = data,
    frame = atlas.frame(map, map.containerPointToLayerPoint([0, 0]), map.getSize()),
    isPoint = (row) => row !== undefined && g.kind[row] === atlas.kinds.POINT && marks.shown[row];
  return atlas.placedLabels.filter(({ owner }) => isPoint(data.rowOf.get(owner)))
    .filter(({ owner, left, right, top, bottom }) => {
      const away = (row) => Math.hypot(
        frame.x(g.west[row]) - (left + right) / 2, frame.y(g.north[row]) - (top + bottom) / 2);
      const own = away(data.rowOf.get(owner));
      return [...data.theme.keys()].some((row) =>
        isPoint(row) && atlas.isThemeShown(data.theme[row]) && away(row) < own);
    }).map(({ owner }) => owner);
}"""


@pytest.mark.parametrize(
    "extent", ["extent=34.2,31.25,34.29,31.30", "extent=33.74,31.08,33.9,31.18", "extent=30,27,37,34"]
)
def test_a_name_stands_beside_its_own_dot_however_near_the_map_is(
    chromium: Browser, write_page: Callable[..., str], extent: str
) -> None:
    with opened(chromium, f"{write_page()}#themes=places&{extent}") as page:
        gaps = dict(page.evaluate(GAPS))
        assert gaps
        assert max(gaps.values()) <= 8
        assert page.evaluate(OF_ANOTHER) == []


def test_areas_of_many_screens_have_no_name(chromium: Browser, write_page: Callable[..., str]) -> None:
    with opened(chromium, f"{write_page()}#themes=places") as page:
        assert "gaza-strip" in named(page)
    with opened(chromium, f"{write_page()}#themes=places&{NEAR_RAFAH}") as page:
        assert not {"gaza-strip", "sinai-peninsula"} & named(page)
        page.evaluate("() => atlas.choose('gaza-strip')")
        page.wait_for_timeout(200)
        assert "gaza-strip" in named(page), "what is chosen is named"
