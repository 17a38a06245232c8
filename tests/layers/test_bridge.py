"""What the app takes from the browser, and what it sends there."""

from __future__ import annotations

import gzip
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.dataset import Dataset
from geo.view import View
from layers.basemaps import OFFLINE
from layers.bridge import MapDocument, MapState, find_differences, read_state
from layers.page import render_page

SOUND: dict[str, Any] = {"query": "q=rafah", "turn": 2}


@pytest.mark.parametrize("change", [{}, {"query": ""}, {"query": "q" * 16_000}, {"turn": 0}])
def test_read_state_accepts(change: dict[str, Any]) -> None:
    assert read_state(SOUND | change) == MapState(**(SOUND | change))


@pytest.mark.parametrize(
    "value",
    [
        None,
        "q=rafah",
        [],
        {},
        SOUND | {"query": None},
        SOUND | {"query": "q" * 16_001},
        SOUND | {"turn": None},
        SOUND | {"turn": -1},
        SOUND | {"turn": True},
        SOUND | {"turn": 1.5},
    ],
)
def test_read_state_rejects(value: Any) -> None:
    assert read_state(value) is None


def test_document_is_packed_alike_each_time() -> None:
    text = "<!doctype html>رفح"
    document = MapDocument.pack(text, "Map")
    assert document == MapDocument.pack(text, "Map")
    assert gzip.decompress(document.content).decode() == text
    assert MapDocument.pack(text + " ", "Map").digest != document.digest


def told(document: MapDocument) -> tuple[list[str], bytes]:
    """The line at the head of what the browser gets, and what follows it."""
    head, _, content = document.tell().partition(b"\n")
    return json.loads(head), gzip.decompress(content)


def amended(base: str, differences: list[tuple[int, int, str]]) -> str:
    """A base with its differences put in, counted as JavaScript counts."""
    units, parts, place = base.encode("utf-16-le"), list[bytes](), 0
    for begin, end, other in differences:
        parts += [units[2 * place : 2 * begin], other.encode("utf-16-le")]
        place = end
    return b"".join([*parts, units[2 * place :]]).decode("utf-16-le")


LINES = st.lists(st.sampled_from(["", "a", "ab", "رفح", "\U0001f310", "\U0001f30f x", "\u2028", "b\r"]), max_size=8)


@given(LINES, LINES)
def test_differences_make_the_text_of_its_base(olds: list[str], news: list[str]) -> None:
    base, text = "\n".join(olds), "\n".join(news)
    assert amended(base, find_differences(base, text)) == text


def test_amended_document_is_small_and_names_its_base(dataset: Dataset) -> None:
    pages = [render_page(dataset, View(basemap=basemap)) for basemap in (OFFLINE, "osm")]
    base = MapDocument.pack(pages[0], "Map")
    other = base.amend(pages[1], "Other")
    assert told(base) == ([base.digest, "Map"], pages[0].encode())
    head, differences = told(other)
    assert head == [other.digest, "Other", base.digest]
    assert other.digest == MapDocument.pack(pages[1], "Other").digest
    assert amended(pages[0], json.loads(differences)) == pages[1]
    assert len(other.tell()) < 1000
