"""What the app takes from the browser, and what it sends there."""

from __future__ import annotations

import gzip
from typing import Any

import pytest

from layers.bridge import MapDocument, MapState, read_state

SOUND: dict[str, Any] = {"query": "q=rafah", "feature": "rafah-crossing", "shown": 3, "turn": 2}


@pytest.mark.parametrize(
    "change",
    [{}, {"feature": None}, {"feature": "EGY 7_b"}, {"feature": "\U0001f310" * 200}, {"query": ""}, {"shown": 0}],
)
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
        SOUND | {"feature": ""},
        SOUND | {"feature": "a" * 201},
        SOUND | {"feature": ["rafah-crossing"]},
        SOUND | {"shown": -1},
        SOUND | {"shown": True},
        SOUND | {"shown": 1.5},
        SOUND | {"turn": None},
    ],
)
def test_read_state_rejects(value: Any) -> None:
    assert read_state(value) is None


def test_document_is_packed_alike_each_time() -> None:
    text = "<!doctype html>رفح"
    document = MapDocument.pack(text)
    assert document == MapDocument.pack(text)
    assert gzip.decompress(document.content).decode() == text
    assert MapDocument.pack(text + " ").digest != document.digest
