"""Hostile strings on the page, in a real browser: none runs, none asks for anything, each is shown as it stands."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from geo.dataset import Dataset, read_dataset
from geo.view import View
from layers.page import render_page
from tests.conftest import open_recorded_page
from tests.robustness.hostile_strings import FUZZ, OWN, sample
from tests.robustness.string_events import as_title, events_of, titled_events
from tests.small_data import write_small_data

pytestmark = pytest.mark.browser

TRAP = """
window.ran = [];
for (const name of ["alert", "confirm", "prompt", "print", "open"])
  window[name] = () => window.ran.push(name);
"""
MARKUP = "img, svg image, iframe, object, embed, video, audio, base, form, link, meta[http-equiv=refresh], script[src]"
BATCH = 2500


def shown(text: str) -> str:
    """A text as the page shows it: a lone surrogate is the mark for what cannot be read."""
    return "".join("\ufffd" if 0xD800 <= ord(sign) <= 0xDFFF else sign for sign in text)


@contextmanager
def trapped(browser: Browser, path: Path, document: str) -> Iterator[Page]:
    """Open a page whose every way to run or fetch something is watched."""
    path.write_text(document, encoding="utf-8")
    with open_recorded_page(browser, reaches_localhost=False) as recorded:
        page, dialogs = recorded.page, list[str]()
        page.on("dialog", lambda dialog: dialogs.append(dialog.message))
        page.add_init_script(TRAP)
        page.goto(path.as_uri())
        page.wait_for_selector("html[data-ready=true]", state="attached")
        yield page
        assert page.evaluate("() => window.ran") == []
        assert page.locator(MARKUP).count() == 0
        assert page.url.startswith(path.as_uri())
        assert (dialogs, recorded.requests, recorded.console, recorded.errors) == ([], [], [], [])


def texts(page: Page, expression: str) -> Any:
    """What an expression gives for each row of the table, after the row's card was made."""
    return page.evaluate(
        f"""() => {{
            const card = document.getElementById("atlas-card");
            const read = (selector) => card.querySelector(selector).textContent;
            return Array.from({{ length: atlas.data.count }}, (_, row) => {{
                atlas.showCard(row);
                return {expression};
            }});
        }}"""
    )


def test_page_shows_every_text_of_an_event(chromium: Browser, strings: list[str], tmp_path: Path) -> None:
    some = sample(strings, 400)
    for start in range(0, len(some), BATCH):
        batch = some[start : start + BATCH]
        with trapped(chromium, tmp_path / f"{start}.html", render_page(events_of(batch))) as page:
            told = texts(page, '[read("h3"), read(".statement"), read("dd"), read("h4"), read(".citation")]')
            for given, (name, statement, by, heading, citation) in zip(batch, told, strict=True):
                text = shown(given)
                assert (name, statement) == (text, text)
                assert (by, heading) == (text or "No source is named",) * 2
                assert text in citation


def test_list_and_search_show_every_text(chromium: Browser, strings: list[str], tmp_path: Path) -> None:
    # the list ends after three hundred rows
    for start, batch in enumerate(_batches(sample(strings, 250), 300)):
        with trapped(chromium, tmp_path / f"{start}.html", render_page(events_of(batch))) as page:
            listed = page.evaluate(
                """() => {
                    document.getElementById("atlas-list").hidden = false;
                    atlas.writeList();
                    return [...document.querySelectorAll("#atlas-list [data-feature] > span:first-child")]
                        .map((name) => name.textContent);
                }"""
            )
            assert listed == [shown(text) for text in batch]
            for text in sample(batch, 12) if not FUZZ else batch:
                # what is searched for is marked within what is found
                page.evaluate("text => { atlas.change({ text }); atlas.writeList(); }", shown(text)[:200])
                assert page.evaluate("() => atlas.view.text") == shown(text)[:200]


def _batches(strings: list[str], size: int) -> Iterator[list[str]]:
    for start in range(0, len(strings), size):
        yield strings[start : start + size]


def test_page_shows_every_text_of_a_feature(chromium: Browser, strings: list[str], tmp_path: Path) -> None:
    # the atlas's own data are read strictly: they hold no lone surrogate
    some = [text for text in sample(strings, 200) if text and shown(text) == text]
    dataset = read_dataset(write_small_data(tmp_path / "data"))
    feature, source = dataset.features[0], dataset.sources[0]
    provenance = feature.provenance
    assert provenance is not None
    features, sources = [], []
    for number, text in enumerate(some):
        claim = feature.claims[0]
        citation = claim.citation.model_copy(update={"id": f"source-{number}", "start": text, "end": text})
        told = {"id": f"claim-{number}", "statement": text, "attributed_to": text, "citation": citation, "disputes": ()}
        features.append(
            feature.model_copy(
                update={
                    "id": f"feature-{number}",
                    "name": text,
                    "names": {"en": text, "ar": text},
                    "aliases": (text,),
                    "provenance": provenance.model_copy(update={"basis": text, "note": text}),
                    "claims": (claim.model_copy(update=told),),
                }
            )
        )
        titles = {"id": f"source-{number}", "title": text, "container_title": text}
        sources.append(source.model_copy(update=titles))
    hostile = Dataset(tuple(features), tuple(sources), dataset.basemap, some[0], "0" * 64)
    with trapped(chromium, tmp_path / "page.html", render_page(hostile)) as page:
        selectors = ("h3", ".names span", ".aliases", ".statement", "dd", ".citation", ".shape bdi", ".shape .note")
        told = texts(page, f"{list(selectors)}.map(read)")
        for given, (name, arabic, aliases, statement, by, citation, basis, note) in zip(some, told, strict=True):
            text = given
            assert (name, arabic, statement, by, basis, note) == (text,) * 6
            assert aliases.endswith(text)
            assert f"“{text}”, {text}, " in citation
            assert f"“{text} … {text}”" in citation


def test_layers_bear_the_names_of_any_themes(chromium: Browser, strings: list[str], tmp_path: Path) -> None:
    titles = list(dict.fromkeys(filter(None, map(as_title, sample(strings, 10)))))[:600]
    for start, batch in enumerate(_batches(titles, 30)):
        with trapped(chromium, tmp_path / f"{start}.html", render_page(titled_events(batch))) as page:
            names = page.locator("#atlas-legend .layer-name").all_text_contents()
            assert sorted(set(batch) - set(names)) == []
            told = texts(page, 'read(".credit")')
            assert told == [f"{title}. Licence: {title}" for title in batch]


def test_page_shows_every_text_of_an_article(chromium: Browser, strings: list[str], tmp_path: Path) -> None:
    some = [text for text in sample(strings, 2000) if text.strip() and len(text) < 5000]
    small = read_dataset(write_small_data(tmp_path / "data"))
    document = render_page(small, articles={"gazette-2015": some})
    with trapped(chromium, tmp_path / "page.html", document) as page:
        page.get_by_role("button", name="Article").click()
        told = page.evaluate(
            """() => [...document.querySelectorAll("#atlas-article-text [data-paragraph]")].map((paragraph) => {
                paragraph.querySelector(".number").remove();
                return paragraph.textContent;
            })"""
        )
        assert told == [shown(text) for text in some]


def test_address_may_hold_any_text(chromium: Browser, tmp_path: Path) -> None:
    with trapped(chromium, tmp_path / "page.html", render_page(events_of(["one"]), View())) as page:
        for text in OWN:
            page.evaluate(
                "query => atlas.restore(query)",
                f"q={shown(text)[:300]}&feature={shown(text)[:300]}&themes={shown(text)[:99]}",
            )
