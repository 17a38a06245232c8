"""The map on paper, and the bars of the time strip, read from what is drawn."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable

import pytest
from playwright.sync_api import Browser

from geo.dataset import Dataset
from geo.dates import read_interval
from geo.selection import select
from geo.view import View
from tests.browser.pages import DESKTOP, PHONE, PROJECTOR, opened

pytestmark = pytest.mark.browser

SEEN = "() => atlas.map.getBounds().toBBoxString().split(',').map(Number)"
A4_WIDTH_PX = 718
INKED = """() => atlas.themeLayers.filter((layer) => layer.isMounted).map(({ canvas: { _container: canvas } }) => {
  const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
  return data.some((value, i) => i % 4 === 3 && value > 0);
})"""


@pytest.mark.parametrize("size", [DESKTOP, PROJECTOR, PHONE])
def test_a_page_of_paper_has_the_whole_map(
    chromium: Browser, write_page: Callable[..., str], size: tuple[int, int]
) -> None:
    with opened(chromium, f"{write_page()}#extent=33.8,31.05,34.5,31.5&feature=el-arish", size) as page:
        west, south, east, north = page.evaluate(SEEN)
        width = page.evaluate("() => atlas.map.getSize().x")
        page.evaluate("() => window.dispatchEvent(new Event('beforeprint'))")
        printed = page.evaluate(SEEN)
        assert page.evaluate("() => atlas.map.getSize().x") <= A4_WIDTH_PX
        assert (printed[0], printed[1]) <= (west, south)
        assert (printed[2], printed[3]) >= (east, north)
        assert all(page.evaluate(INKED)), "drawn at once"
        assert page.evaluate("() => atlas.placedLabels.length") > 5
        page.evaluate("() => window.dispatchEvent(new Event('afterprint'))")
        assert page.evaluate("() => atlas.map.getSize().x") == width
        assert page.evaluate(SEEN) == pytest.approx([west, south, east, north])
        assert "extent=33.8,31.05,34.5,31.5" in page.evaluate("() => atlas.queryFromView(atlas.view)")


def month_of(day: dt.date) -> int:
    return day.year * 12 + day.month - 1


def months_of(dataset: Dataset, view: View, first: int, last: int) -> list[int]:
    """By month from the first to the last, how many shown claims touch it; the first stands for all time before."""
    counts: Counter[int] = Counter()
    selection = select(dataset, view)
    for feature in selection.features:
        for claim in selection.claims[feature.id]:
            when = claim.when or feature.when
            if when is None:
                continue
            days = read_interval(when)
            start, end = days.first or days.last, days.last or days.first
            assert start is not None
            assert end is not None
            counts.update(range(max(first, month_of(start)), max(first, month_of(end)) + 1))
    return [counts[month] for month in range(first, last + 1)]


@pytest.mark.parametrize("query", ["", "themes=events,flows", "known=2015-12", "q=rafah&since=2014"])
def test_bars_count_what_is_shown_among_all(
    chromium: Browser, write_page: Callable[..., str], dataset: Dataset, query: str
) -> None:
    with opened(chromium, write_page()) as page:
        page.evaluate("query => atlas.restore(query)", query)
        first, last, everything = page.evaluate(
            "() => { const { first, last, all } = atlas.timeBars.bars; return [first, last, Array.from(all)] }"
        )
        assert everything == months_of(dataset, View(), first, last)
        shown = months_of(dataset, View.from_query(query), first, last)
        # the bars follow a change when there is time
        page.wait_for_function("shown => String(Array.from(atlas.timeBars.bars.shown)) === String(shown)", arg=shown)


def test_bars_are_as_tall_as_there_are_claims(chromium: Browser, write_page: Callable[..., str]) -> None:
    with opened(chromium, write_page()) as page:
        told, tall = page.evaluate(
            """() => {
              const { bars: { all }, canvas } = atlas.timeBars, step = canvas.width / all.length,
                { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height),
                alpha = (x, y) => data[4 * (y * canvas.width + x) + 3];
              const tallOf = (month) => {
                const x = Math.floor((month + 0.5) * step);
                let y = canvas.height;
                while (y > 0 && alpha(x, y - 1) === 255) y--;
                return (canvas.height - y) / canvas.height;
              };
              const most = Math.max(...all);
              return [Array.from(all, (count) => count / most), Array.from(all, (_, month) => tallOf(month))];
            }"""
        )
    assert len(told) > 24
    assert tall == pytest.approx(told, abs=0.08)


def test_each_year_begins_with_a_line(chromium: Browser, write_page: Callable[..., str]) -> None:
    with opened(chromium, write_page()) as page:
        years = page.evaluate(
            """() => {
              const { bars, canvas } = atlas.timeBars, written = [];
              const context = canvas.getContext("2d"), fillText = context.fillText;
              context.fillText = (text, ...given) => { written.push(text); fillText.call(context, text, ...given); };
              atlas.drawBars(canvas, bars);
              return written;
            }"""
        )
        assert years[:3] == ["2013", "2014", "2015"]
