"""Lines of the themes as a real browser draws them."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser

from geo.dataset import Dataset
from geo.model import Theme
from tests.browser.pages import opened

pytestmark = pytest.mark.browser

# the dashes and widths that one feature alone is stroked with
STROKES = """(id) => {
  const { data, map } = atlas, row = data.rowOf.get(id), strokes = [];
  const canvas = document.createElement("canvas"), context = canvas.getContext("2d");
  context.stroke = () => strokes.push([context.getLineDash().length > 0, context.lineWidth]);
  const shown = atlas.marks.shown;
  atlas.marks.shown = shown.map((_, other) => Number(other === row));
  atlas.paintTheme(context, atlas.frame(map, L.point(0, 0), map.getSize()), data.theme[row]);
  atlas.marks.shown = shown;
  return strokes;
}"""


def test_disputed_line_is_dashed_and_as_thick_as_another(
    chromium: Browser, write_page: Callable[..., str], dataset: Dataset
) -> None:
    lines = {
        feature.id: feature.provenance.disputed
        for feature in dataset.features
        if feature.theme == Theme.BORDER and feature.provenance and feature.shape is not None
        if feature.shape.geom_type == "LineString"
    }
    assert set(lines.values()) == {True, False}
    with opened(chromium, write_page()) as page:
        drawn = {key: page.evaluate(STROKES, key) for key in lines}
    # the casing below is whole
    assert {key: strokes[:2] for key, strokes in drawn.items()} == {
        key: [[False, 6], [disputed, pytest.approx(2.6)]] for key, disputed in lines.items()
    }


# the corners of what one feature alone is stroked with, where there are three of them, and the ends of its pieces
HEADS = """(id) => {
  const { data, map } = atlas, { geometry: g } = data, row = data.rowOf.get(id), heads = [];
  const context = document.createElement("canvas").getContext("2d"), shown = atlas.marks.shown;
  const frame = atlas.frame(map, L.point(0, 0), map.getSize());
  let path = [];
  context.beginPath = () => { path = []; };
  context.moveTo = context.lineTo = (x, y) => path.push([x, y]);
  context.stroke = () => { if (path.length === 3) heads.push(path); };
  atlas.marks.shown = shown.map((_, other) => Number(other === row));
  atlas.paintTheme(context, frame, data.theme[row]);
  atlas.marks.shown = shown;
  const ends = [];
  for (let piece = g.pieces[row]; piece < g.pieces[row + 1]; piece++) {
    const last = g.starts[piece + 1] - 1;
    ends.push([frame.x(g.x[last]), frame.y(g.y[last])]);
  }
  return [heads, ends];
}"""


def test_flights_have_open_heads_where_they_went(chromium: Browser, write_page: Callable[..., str]) -> None:
    with opened(chromium, write_page()) as page:
        heads, ends = page.evaluate(HEADS, "drone-flights-southern-gaza-to-sinai")
        assert {tuple(head[1]) for head in heads} == {tuple(end) for end in ends}
        assert len(ends) == 2
        for barb, (tip_x, tip_y), other in heads:
            # the flights go west and south: both barbs lie east or north of the tip
            assert barb[0] > tip_x or other[0] > tip_x
            assert barb[1] < tip_y
            assert other[1] < tip_y


# the alphas of what one feature alone is stroked and filled with, in their order
ALPHAS = """(id) => {
  const { data, map } = atlas, row = data.rowOf.get(id), alphas = [];
  const context = document.createElement("canvas").getContext("2d"), shown = atlas.marks.shown;
  context.stroke = context.fill = () => alphas.push(context.globalAlpha);
  atlas.marks.shown = shown.map((_, other) => Number(other === row));
  atlas.paintTheme(context, atlas.frame(map, L.point(0, 0), map.getSize()), data.theme[row]);
  atlas.marks.shown = shown;
  return alphas;
}"""

# how much ink the canvas of a theme holds
INK_OF_THEME = """(key) => {
  const { canvas } = atlas.themeLayers[atlas.settings.themes.findIndex((theme) => theme.key === key)],
    { width, height } = canvas._container,
    context = new OffscreenCanvas(width, height).getContext("2d", { willReadFrequently: true });
  context.drawImage(canvas._container, 0, 0);
  return context.getImageData(0, 0, width, height).data.reduce((sum, part, i) => sum + (i % 4 === 3) * part, 0);
}"""


def test_what_is_unsure_or_one_of_many_lets_the_rest_be_seen(chromium: Browser, write_page: Callable[..., str]) -> None:
    with opened(chromium, write_page()) as page:
        border, crossing, flow = (
            page.evaluate(ALPHAS, key) for key in ("egypt-gaza-border", "rafah-crossing", "arms-iran-libya-to-gaza")
        )
        assert crossing[0] < 0.5 < border[0], "the casing of the crossing lies upon the border"
        assert flow[1] < 0.7, "a way that no one knows is no firm band"
        page.evaluate("() => { atlas.replaceFirstPicture(atlas.map) }")
        among_many = page.evaluate(INK_OF_THEME, "tunnels")
        page.evaluate("() => atlas.change({ themes: ['tunnels', 'places'] })")
        assert page.evaluate(INK_OF_THEME, "tunnels") > 1.2 * among_many
        page.evaluate("() => atlas.change({ themes: null })")
        assert page.evaluate(INK_OF_THEME, "tunnels") == among_many
