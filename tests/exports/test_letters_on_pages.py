"""Letters that are large enough for a room, and lie apart on every slide of every deck."""

from __future__ import annotations

import io
from itertools import combinations

import pytest
from pptx import Presentation

from exports.decks import render_pptx
from exports.drawing import Box, Scene
from exports.focus import Focus
from exports.glyphs import trace_glyph
from exports.options import ExportOptions
from exports.palette import choose_palette
from exports.pdf import _lay_out
from exports.plotting import Plot, plot_marks
from exports.scene import build_scene, build_scenes, lay_out_plot
from exports.sides import find_sides
from exports.symbols import MARK_PX, PX_PT
from exports.text_blocks import name_address
from geo.dataset import Dataset
from geo.model import Theme
from geo.tours import step_views
from geo.view import Appearance, Language, View
from layers.style import theme_styles

LEAST = {"names": 9.9, "legend": 10.5, "sureness": 10.5, "sources": 8.0, "credits": 8.0, "shown": 10.5, "story": 10.0}
FIXED = {"title", "finding", "shown", "legend", "sureness", "sides", "story", "sources", "gathered", "credits"}


def slides_of(dataset: Dataset, kind: str, language: Language) -> list[Scene]:
    view = View(language=language)
    plots: list[Plot] = []
    if kind == "themes":
        plots = [plot_marks(dataset, view.model_copy(update={"themes": (theme,)})) for theme in Theme]
    elif kind == "pairs":
        plots = [
            plot_marks(dataset, view.model_copy(update={"extent": pair.extent}), sides=pair)
            for pair in find_sides(dataset, view)
        ]
    else:
        for tour in dataset.tours:
            for step, shown in zip(tour.steps, step_views(tour, view), strict=True):
                focus = Focus(frozenset(step.features), None, bool(step.features), "step", step.text[language.value])
                plots.append(plot_marks(dataset, shown, focus=focus))
    return build_scenes(plots)


def boxes_of(scene: Scene) -> list[tuple[str, Box]]:
    return [
        (f"{layer.key}: {item.name}", words.box)
        for layer in scene.layers
        if layer.key in FIXED
        for item in layer.items
        for words in item.words
    ]


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("kind", ["themes", "pairs", "tours"])
def test_on_slides_nothing_overlaps_or_is_cut(dataset: Dataset, kind: str, language: Language) -> None:
    for scene in slides_of(dataset, kind, language):
        boxes = boxes_of(scene)
        met = [(a, b) for (a, one), (b, other) in combinations(boxes, 2) if one.grown(-0.2).meets(other)]
        assert met == []
        page = Box(0, 0, scene.width_pt, scene.height_pt)
        assert [name for name, box in boxes if not page.holds(box)] == []
        sources = scene.find_layer("sources").items[0].words[0].lines
        assert [line.text for line in sources if "…" in line.text] == []


def test_letters_of_slides_are_read_in_a_room_and_those_of_paper_in_the_hand(dataset: Dataset) -> None:
    slide, paper = (build_scene(dataset, View(), ExportOptions(page=page)) for page in ("slide", "a4"))
    for key, least in LEAST.items():
        sizes = [
            min(line.size_pt for item in scene.find_layer(key).items for words in item.words for line in words.lines)
            for scene in (slide, paper)
            if key in {layer.key for layer in scene.layers}
        ]
        assert not sizes or sizes[0] >= least > 0
        assert len(sizes) < 2 or key == "shown" or sizes[1] <= sizes[0]


def test_the_legend_has_the_marks_of_the_map(dataset: Dataset) -> None:
    legend = {item.key: item for item in build_scene(dataset, View()).find_layer("legend").items}
    palette = choose_palette(None, Appearance.LIGHT)
    for style in theme_styles({theme.value for theme in Theme}):
        if style.glyph in {"line", "arrow"}:
            continue
        # the last is on top: the whole glyph in its ink, edge and all, of the size that it has on the map
        path = legend[f"legend-{style.key}"].paths[-1]
        assert path.fill
        assert path.stroke
        assert path.fill.colour == path.stroke.colour == palette.ink(style)
        points = [point for ring in path.rings for point in ring]
        middle = ((min(p[0] for p in points) + max(p[0] for p in points)) / 2, 0.0)
        expected = trace_glyph(style.glyph, middle, MARK_PX * PX_PT).lines[0]
        wide = max(p[0] for p in points) - min(p[0] for p in points)
        assert wide == pytest.approx(max(p[0] for p in expected) - min(p[0] for p in expected), abs=0.05)


def test_towns_bear_their_names_in_two_scripts_as_on_the_page(dataset: Dataset) -> None:
    (label,) = [item for item in build_scene(dataset, View()).find_layer("names").items if item.key == "el-arish"]
    assert [line.text for line in label.words[0].lines] == ["El Arish [3]", "العريش"]


@pytest.mark.parametrize("language", list(Language))
def test_a_letter_on_the_map_is_told_in_the_panel(dataset: Dataset, language: Language) -> None:
    scene = lay_out_plot(plot_marks(dataset, View(themes=(Theme.FLOWS,), language=language)))
    key = " ".join(line.text for line in scene.find_layer("gathered").items[0].words[0].lines)
    lettered = {
        item.words[0].lines[0].text.partition(" ")[0]
        for item in scene.find_layer("names").items
        if len(item.words[0].lines[0].text.partition(" ")[0]) == 1
    }
    assert len(lettered) >= 2
    assert all(f"{letter}: " in key for letter in lettered)
    assert key.count("; ") + len(lettered) == sum(mark.name in key for mark in scene.marks)


def test_without_room_for_what_letters_stand_for_there_are_none(dataset: Dataset) -> None:
    scene = build_scene(dataset, View())
    names = [item.words[0].lines[0].text for item in scene.find_layer("names").items]
    assert "gathered" not in {layer.key for layer in scene.layers}
    assert [name for name in names if name.startswith(("M ", "A "))] == []


def test_addresses_are_told_in_tables(dataset: Dataset) -> None:
    deck = Presentation(io.BytesIO(render_pptx(dataset, View())))
    table = next(shape.table for shape in deck.slides[1].shapes if shape.has_table)
    scene = build_scene(dataset, View())
    written = [row.cells[2].text for row in list(table.rows)[1:]]
    assert written == [source["address"] for source in _lay_out(scene)["sources"]]
    assert "No address is known" in written
    for source, text in zip(scene.sources, written, strict=True):
        assert not source.url or (text.split("/")[0] in source.url and "/" in text)


def test_a_long_address_is_cut_in_its_middle() -> None:
    assert name_address("https://a.org/b/c/", Language.ENGLISH) == "a.org/b/c"
    text = name_address(f"https://a.org/{'x' * 90}/end", Language.ENGLISH)
    assert (text[:6], text[-4:], len(text)) == ("a.org/", "/end", 56)
    assert name_address("", Language.ARABIC) == "لا يُعرف عنوانه"
