"""Tables that readers bring, in files: names, licences and shapes of every kind, whatever they are called."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from exports.formats import FORMATS, write
from exports.receipt import LICENCES, build_receipt, format_receipt
from exports.scene import build_scene
from geo.dataset import Dataset, join_datasets
from geo.intake.loading import About
from geo.selection import select
from geo.view import View
from tests.hostile_data import HOSTILE
from tests.loading_here import load_here

POINT = {"type": "Point", "coordinates": [34.0, 31.0]}
AREA = {"type": "Polygon", "coordinates": [[[34.0, 31.0], [34.4, 31.0], [34.4, 31.3], [34.0, 31.0]]]}
POSTS = {"type": "MultiPoint", "coordinates": [[34.0, 31.1], [34.2, 31.2], [34.4, 31.25]]}
MIXED = {"type": "GeometryCollection", "geometries": [POINT, AREA, POSTS]}


def own_table(shapes: list[Any], names: tuple[str, ...], about: About) -> Dataset:
    features = [
        {"type": "Feature", "geometry": shape, "properties": {"name": name, "theme": name, "source": name}}
        for shape, name in zip(shapes, names, strict=True)
    ]
    return load_here(
        json.dumps({"type": "FeatureCollection", "features": features}), "own.geojson", about=about
    ).dataset


@pytest.fixture(scope="module")
def hostile(dataset: Dataset) -> Dataset:
    shapes = [POINT, AREA, POSTS, MIXED, POINT, POINT]
    return join_datasets([dataset, own_table(shapes, HOSTILE, About(HOSTILE[0], HOSTILE[1], "", HOSTILE[2]))])


@pytest.mark.parametrize("suffix", FORMATS)
def test_every_format_takes_any_name_and_shape(hostile: Dataset, suffix: str, tmp_path: Path) -> None:
    view = View(themes=tuple(hostile.tables[0].themes))
    assert write(hostile, view, tmp_path / f"own{suffix}").stat().st_size > 0


def test_a_receipt_tells_the_licences_of_the_tables_that_are_shown(dataset: Dataset) -> None:
    tables = [
        own_table([POINT], (name,), About(title, licence, "", source))
        for name, title, licence, source in (
            ("Blocks", "Road blocks", "CC BY 4.0", "A. Reader"),
            ("Posts", "Posts of 2015", "", ""),
        )
    ]
    both = join_datasets([dataset, *tables])
    receipt = build_receipt(both, View(), select(both, View()))
    assert receipt["licences"][len(LICENCES) :] == [
        {"part": "Events: Road blocks", "licence": "CC BY 4.0", "attribution": "A. Reader"},
        {"part": "Events: Posts of 2015", "licence": "not stated", "attribution": "Posts of 2015"},
    ]
    assert "Licence: Events: Road blocks: CC BY 4.0, A. Reader.\n" in format_receipt(receipt)
    one = View(themes=("posts",))
    shown = build_receipt(both, one, select(both, one))["licences"][len(LICENCES) :]
    assert [licence["part"] for licence in shown] == ["Events: Posts of 2015"]


def test_a_drawing_has_a_mark_for_each_of_several_points_and_credits_the_table(dataset: Dataset) -> None:
    own = own_table([POSTS, MIXED], ("Posts", "Mixed"), About("Posts of 2015", "CC0"))
    scene = build_scene(join_datasets([dataset, own]), View(themes=("posts", "mixed")))
    marks = {item.key: item.paths for layer in scene.layers if layer.is_theme for item in layer.items}
    events = own.events
    assert events is not None
    posts, mixed = (marks[identity] for identity in events.columns["id"])
    assert [path.role for path in posts].count("further part") == 2
    for paths in (posts, mixed):
        assert sum(not path.role for path in paths) == 1, "one of them is the mark"
    words = " ".join(
        line.text for layer in scene.layers for item in layer.items for words in item.words for line in words.lines
    )
    assert "Posts of 2015. Licence: CC0" in words
