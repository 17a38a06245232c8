"""What stands above a drawing: what is shown, shortly; the sentence of who made the file; and the receipt of both."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from lxml import etree
from pptx import Presentation

import atlas
from exports.drawing import Scene
from exports.formats import find_format, write
from exports.lettering import is_right_to_left
from exports.options import ExportOptions
from exports.receipt import format_receipt, write_receipt
from exports.scene import build_scene
from exports.svg import render_svg
from geo.dataset import Dataset
from geo.model import Extent, Theme
from geo.selection import select
from geo.view import Language, View

FINDING = "Two authors place tunnels under one stretch of the border."


def told(scene: Scene, layer: str = "shown") -> str:
    return " ".join(line.text for words in scene.find_layer(layer).items[0].words for line in words.lines)


def test_zeros_are_not_told(dataset: Dataset) -> None:
    scene = build_scene(dataset, View(themes=(Theme.TUNNELS,)))
    total = select(dataset, View()).total
    assert told(scene) == f"2 marks of {total} features · tunnels · all dates"
    one = build_scene(dataset, View(themes=(Theme.BUFFER_ZONE,)))
    assert told(one).startswith(f"1 mark of {total} features · ")


@pytest.mark.parametrize("language", list(Language))
def test_what_is_not_drawn_and_what_hides_it_is_told(dataset: Dataset, language: Language) -> None:
    view = View(
        language=language,
        text="rafah",
        since="2015",
        known="2016-12",
        origins=2,
        extent=Extent(west=34.3, south=31.4, east=34.5, north=31.5),
    )
    scene, selection = build_scene(dataset, view), select(dataset, view)
    line = told(scene)
    unplaced = len(selection.features) - len(selection.drawn)
    for number in (len(scene.marks), selection.total, selection.shown - unplaced - len(scene.marks)):
        assert str(number) in line
    assert "rafah" in line
    assert "2016" in line
    assert "2015" in line
    assert is_right_to_left(line) is (language is Language.ARABIC)


def test_every_count_is_in_the_receipt(dataset: Dataset) -> None:
    scene = build_scene(dataset, View(themes=(Theme.DRONES,)))
    selection = select(dataset, View(themes=(Theme.DRONES,)))
    drawn = scene.receipt["drawn"]
    assert drawn["in frame"] == len(scene.marks)
    assert drawn["in frame"] + drawn["outside"] + drawn["without a place"] == selection.shown
    assert scene.receipt["hidden"] == {str(reason): count for reason, count in selection.hidden.items()}
    assert f"Drawn: {drawn['in frame']} in frame, {drawn['outside']} outside, " in format_receipt(dict(scene.receipt))


@pytest.mark.parametrize("page", ["slide", "a4", "a3", "1080x1080"])
def test_a_subtitle_stands_below_the_title_and_leaves_the_rest_its_room(dataset: Dataset, page: str) -> None:
    for text in (FINDING, "long " * 39):
        scene = build_scene(dataset, View(), ExportOptions(page=page, subtitle=text))
        assert told(scene, "finding").removesuffix("…") in f"{text.strip()} "
        boxes = [scene.find_layer(key).items[0].words[0].box for key in ("title", "finding", "shown")]
        assert [(one, other) for one, other in pairwise(boxes) if one.bottom > other.top + 0.01] == []
        assert boxes[-1].bottom < scene.frame.top


def test_a_subtitle_is_marked_as_its_makers_words(dataset: Dataset, tmp_path: Path) -> None:
    options = ExportOptions(subtitle=f"{FINDING}\n=1")
    root: Any = etree.fromstring(render_svg(dataset, View(), options))
    receipt = json.loads(root.findtext("{*}metadata"))
    assert receipt["words of the maker"] == {"subtitle": f"{FINDING}\n=1"}
    assert f"In the words of who made this file, not of the atlas: subtitle: {FINDING} =1\n" in format_receipt(receipt)
    beside = write_receipt(dataset, View(), write(dataset, View(), tmp_path / "map.svg", options), options)
    assert json.loads(beside.read_text())["words of the maker"] == receipt["words of the maker"]
    assert "words of the maker" not in build_scene(dataset, View()).receipt


@pytest.mark.parametrize(("suffix", "deck"), [(".svg", "none"), (".pptx", "none"), (".pptx", "tour:summer-2015")])
def test_a_receipt_beside_a_drawing_counts_what_its_frame_leaves_out(
    dataset: Dataset, tmp_path: Path, suffix: str, deck: str
) -> None:
    path, options = tmp_path / f"map{suffix}", ExportOptions(page="a4", deck=deck)
    how = ["--page", "a4", *(["--deck", deck] if suffix == ".pptx" else [])]
    assert atlas.main(["export", str(path), *how, "--receipt"]) == 0
    receipt = json.loads(path.with_name(f"{path.name}.receipt.json").read_text())
    if deck == "none":
        inside: Any = build_scene(dataset, View(), options).receipt
        assert receipt["drawn"] == inside["drawn"]
        assert receipt["drawn"]["outside"] > 0
    else:
        slides = [slide for slide in Presentation(str(path)).slides if slide.has_notes_slide]
        notes = [slide.notes_slide.notes_text_frame.text for slide in slides]
        assert len(notes) == len(receipt["slides"]) > 1
        for slide, text in zip(receipt["slides"], notes, strict=True):
            assert format_receipt(slide) in f"{text}\n"


def test_a_receipt_beside_a_table_tells_of_no_frame(dataset: Dataset, tmp_path: Path) -> None:
    path = write(dataset, View(), tmp_path / "claims.csv")
    beside = write_receipt(dataset, View(), path, ExportOptions(), find_format(path).account)
    assert "drawn" not in json.loads(beside.read_text())
