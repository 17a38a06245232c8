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
