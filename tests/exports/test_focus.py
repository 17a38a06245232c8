"""What stands out of a drawing: outlined, named in bold letters, and in a tour told beside the map."""

from __future__ import annotations

import io

import pytest
from pptx import Presentation

from exports.decks import render_pptx
from exports.drawing import Layer, Path, Scene
from exports.focus import Focus
from exports.options import ExportOptions
from exports.plotting import plot_marks
from exports.scene import build_scene, lay_out_plot
from exports.sides import find_sides
from geo.dataset import Dataset
from geo.geodesy import distance_m
from geo.tours import step_views
from geo.view import Language, View

KINDS = ["el-arish", "philadelphi-corridor", "attack-july-2015", "egypt-gaza-border", "arms-sinai-to-gaza"]


def outlines(scene: Scene) -> dict[str, list[Path]]:
    return {item.key: [path for path in item.paths if not path.role] for item in scene.find_layer("focus").items}


def bold_names(scene: Scene) -> set[str]:
    items = scene.find_layer("names").items
    return {item.key for item in items if all(line.bold for part in item.words for line in part.lines)}


def alphas(layer: Layer) -> dict[str, float]:
    return {
        item.key: sum(part.alpha for path in item.paths for part in (path.fill, path.stroke) if part)
        for item in layer.items
    }


@pytest.mark.parametrize("key", KINDS)
def test_a_chosen_feature_is_outlined_in_the_frame_and_named_in_bold(dataset: Dataset, key: str) -> None:
    scene = build_scene(dataset, View(feature=key))
    assert list(outlines(scene)) == [key]
    points = [point for path in outlines(scene)[key] for line in path.lines for point in line]
    assert points
    assert all(scene.frame.grown(0.1).distance(point) == 0 for point in points)
    assert key in bold_names(scene)
    assert outlines(build_scene(dataset, View())) == {}


def test_the_ring_around_a_place_is_wider_than_its_disc(dataset: Dataset) -> None:
    plot = plot_marks(dataset, View(feature="el-arish"))
    path = outlines(lay_out_plot(plot))["el-arish"][0]
    radius_m = next(mark.subject.radius_m for mark in plot.marks if mark.subject.key == "el-arish")
    across = [point[0] for line in path.lines for point in line]
    down = [point[1] for line in path.lines for point in line]
    west, east = (plot.frame.locate(x, (min(down) + max(down)) / 2) for x in (min(across), max(across)))
    assert distance_m(*west, *east) > 2 * radius_m


@pytest.mark.parametrize("language", list(Language))
def test_a_step_of_a_tour_lights_its_features_and_dims_the_rest(dataset: Dataset, language: Language) -> None:
    tour = next(tour for tour in dataset.tours if tour.id == "where-is-the-corridor")
    for step, view in zip(tour.steps, step_views(tour, View(language=language)), strict=True):
        focus = Focus(frozenset(step.features), dims_rest=True, heading="Heading", text=step.text[language.value])
        scene, plain = (lay_out_plot(plot_marks(dataset, view, focus=each)) for each in (focus, Focus()))
        lit = {mark.key for mark in scene.marks} & set(step.features)
        assert set(outlines(scene)) == lit
        assert lit <= bold_names(scene)
        for layer in (layer for layer in scene.layers if layer.is_theme):
            before, after = alphas(plain.find_layer(layer.key)), alphas(layer)
            assert all(after[key] < 0.5 * before[key] for key in after if key not in lit and before[key])
        story = scene.find_layer("story").items[0].words[0]
        legend = scene.find_layer("legend").items
        assert story.box.bottom < min(part.box.top for item in legend for part in item.words)
        assert " ".join(line.text for line in story.lines[1:]) == step.text[language.value]
        assert max(part.box.bottom for item in scene.find_layer("sources").items for part in item.words) < 540


def test_a_slide_of_a_tour_has_the_text_of_its_step_and_its_outlines(dataset: Dataset) -> None:
    tour = dataset.tours[0]
    deck = Presentation(io.BytesIO(render_pptx(dataset, View(), ExportOptions(deck=f"tour:{tour.id}"))))
    slides = [slide for slide in deck.slides if slide.has_notes_slide]
    for slide, step in zip(slides, tour.steps, strict=True):
        named = {shape.name: shape for shape in slide.shapes}
        story = next(shape for name, shape in named.items() if name.startswith(tour.title["en"]))
        told = " ".join(paragraph.text for part in story.shapes for paragraph in part.text_frame.paragraphs)
        assert step.text["en"] in told
        assert ("Outlined" in named) is bool(step.features)


def test_of_two_sides_the_first_has_a_firm_outline_and_the_second_a_dashed_one(dataset: Dataset) -> None:
    seen = 0
    for pair in find_sides(dataset, View()):
        scene = build_scene(dataset, View(extent=pair.extent), sides=pair)
        found = outlines(scene)
        assert set(found) == {mark.key for mark in scene.marks}
        for key, paths in found.items():
            assert {bool(path.stroke and path.stroke.dash_pt) for path in paths} == {pair.tags[key] == "B"}
            seen += 1
    assert seen > 10


def test_a_pair_is_titled_by_why_they_disagree_and_nothing_of_it_is_cut(dataset: Dataset) -> None:
    pairs = find_sides(dataset, View())
    assert pairs
    for pair in pairs:
        scene = build_scene(dataset, View(extent=pair.extent), ExportOptions(title=pair.title), sides=pair)
        title = scene.find_layer("title").items[0].words[0]
        assert " ".join(line.text for line in title.lines) == pair.title
        shown = scene.find_layer("shown").items[0].words[0].box
        assert title.box.bottom <= shown.top < shown.bottom < scene.frame.top
