"""Articles beside the map: what a reader brings, and what the page gets of it."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from geo.dataset import Dataset, read_dataset
from geo.passages import hash_passage, read_paragraphs
from geo.recognition import weigh_articles
from layers.page import render_page
from layers.reading import Reading, reading_columns
from tests.small_data import ARTICLE, write_small_data

HOSTILE = "</script><script>window.ran = 1</script><!-- {{ 7 * 7 }} {% if %} \u2028 <b>bold</b> & so on"


@pytest.fixture
def small(tmp_path: Path) -> Dataset:
    return read_dataset(write_small_data(tmp_path))


def test_spans_hold_the_cited_passages(small: Dataset) -> None:
    paragraphs = read_paragraphs(ARTICLE)
    (source,) = (columns := reading_columns(small, {"gazette-2015": paragraphs, "unknown": ["Words"]}))
    claims = [claim for feature in small.features for claim in feature.claims]
    passages = columns[source]["passages"]
    assert [number for number, *_ in passages] == [0, 1, 2, 3]
    for number, place, first, last in passages:
        assert hash_passage(paragraphs[place][first:last]) == claims[number].citation.sha256


def test_changed_passage_is_not_marked(small: Dataset) -> None:
    paragraphs = read_paragraphs(ARTICLE.replace("forty", "fifty"))
    assert [
        number for number, *_ in reading_columns(small, {"gazette-2015": paragraphs})["gazette-2015"]["passages"]
    ] == [
        1,
        2,
        3,
    ]


def test_page_holds_hostile_text_as_text(small: Dataset) -> None:
    page = render_page(small, articles={"gazette-2015": [HOSTILE]})
    (block,) = re.findall(r'<script type="application/json" id="atlas-articles">(.*?)</script>', page)
    assert json.loads(block)["gazette-2015"]["paragraphs"] == [HOSTILE]
    assert not re.search("[<>&]", block)


def test_page_without_articles_has_no_block(small: Dataset) -> None:
    assert 'id="atlas-articles"' not in render_page(small)


def test_reading_takes_refuses_and_forgets(small: Dataset) -> None:
    files = [("a.txt", ARTICLE.encode()), ("b.txt", b"\xff"), ("c.txt", ARTICLE.replace("forty", "fifty").encode())]
    reading = Reading().take(files, small)
    assert reading.counts == (1, 3, 4)
    assert ["b.txt" in problem.message for problem in reading.refused] == [True]
    assert (reading.turn, reading.take([], small).articles, reading.take([], small).refused) == (
        1,
        reading.articles,
        (),
    )
    assert reading.forget() == Reading(turn=1)
    whole = weigh_articles({"gazette-2015": read_paragraphs(ARTICLE)}, small)
    assert Reading(whole).texts == {"gazette-2015": tuple(read_paragraphs(ARTICLE))}
