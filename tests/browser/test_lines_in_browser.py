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
