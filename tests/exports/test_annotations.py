from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest

from exports.annotations import render_annotations
from geo.dataset import Dataset, read_dataset
from geo.passages import hash_passage
from geo.selection import select
from geo.view import View
from tests.hostile_data import hostile_dataset
from tests.small_data import ARTICLE, write_small_data


def written_annotations(dataset: Dataset, query: str = "") -> list[dict[str, Any]]:
    collection = json.loads(render_annotations(dataset, View.from_query(query)))
    assert (collection["type"], collection["@context"][0]) == (
        "AnnotationCollection",
        "http://www.w3.org/ns/anno.jsonld",
    )
    items: list[dict[str, Any]] = collection["first"]["items"]
    assert collection["total"] == len(items)
    return items


@pytest.mark.parametrize("query", ["", "themes=tunnels,border&since=2013-06", "statuses=denied", "themes=none"])
def test_each_shown_claim_is_an_annotation(dataset: Dataset, query: str) -> None:
    selection = select(dataset, View.from_query(query))
    shown = [claim.id for feature in selection.features for claim in selection.claims[feature.id]]
    listed = written_annotations(dataset, query)
    assert [item["id"].rpartition(":")[2] for item in listed] == shown
    for item in listed:
        assert item["type"] == "Annotation"
        assert item["target"]["source"]
        assert {body["type"] for body in item["body"]} == {"SpecificResource", "TextualBody"}


def test_passage_is_pinned_by_its_ends_and_hash(tmp_path: Path) -> None:
    item = written_annotations(read_dataset(write_small_data(tmp_path)))[0]
    selector = item["target"]["selector"]
    start, end = (unquote(words) for words in selector["value"].removeprefix(":~:text=").split(","))
    paragraph = [line for line in ARTICLE.splitlines() if line][int(selector["paragraph"]) - 1]
    passage = paragraph[paragraph.index(start) : paragraph.index(end) + len(end)]
    assert hash_passage(passage) == selector["sha256"]


def test_annotations_keep_every_text(tmp_path: Path) -> None:
    hostile = hostile_dataset(tmp_path)
    told = [item["body"][1]["value"] for item in written_annotations(hostile)]
    assert told == [claim.statement for feature in hostile.features for claim in feature.claims]


def test_no_passage_is_copied(dataset: Dataset) -> None:
    text = render_annotations(dataset, View()).decode()
    assert "TextQuoteSelector" not in text
