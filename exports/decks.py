"""Presentations of several maps: one for each theme of a view, or for each step of a tour."""

from __future__ import annotations

from exports.drawing import Scene
from exports.palette import Style
from exports.scene import PAGES, build_scene
from exports.slides import write_deck
from geo.dataset import Dataset
from geo.tours import Tour
from geo.view import View


def render_theme_deck(dataset: Dataset, view: View, *, style: Style | str | None = None) -> bytes:
    """Make a presentation of what a view shows: all of it, then each theme that has marks in the frame.

    Parameters
    ----------
    dataset, view
        What is chosen from, and what to show.
    style
        As in `exports.scene.build_scene`.
    """
    whole = _draw(dataset, view, style, "")
    themes = [(layer.key, layer.name) for layer in reversed(whole.layers) if layer.is_theme]
    scenes = [
        _draw(dataset, view.model_copy(update={"themes": (key,)}), style, f"{whole.title} – {name}")
        for key, name in themes
    ]
    return write_deck([whole, *scenes])


def render_tour_deck(dataset: Dataset, view: View, tour: Tour, *, style: Style | str | None = None) -> bytes:
    """Make a presentation with one map for each step of a tour; its text stands in the notes.

    Parameters
    ----------
    dataset
        What is chosen from.
    view
        Its language and appearance are kept; what to show is the steps' own.
    tour
        One of the dataset's.
    style
        As in `exports.scene.build_scene`.
    """
    dress = {"language": view.language, "appearance": view.appearance}
    scenes, texts = [], []
    for step in tour.steps:
        shown = View.from_query(step.view).model_copy(update=dress)
        told = {
            name: words.get(view.language, words["en"]) for name, words in (("title", step.title), ("text", step.text))
        }
        scenes.append(_draw(dataset, shown, style, told["title"]))
        texts.append(told["text"])
    return write_deck(scenes, texts)


def _draw(dataset: Dataset, view: View, style: Style | str | None, title: str) -> Scene:
    return build_scene(dataset, view, page=PAGES["slide"], style=style, title=title)
