"""Presentations of several maps: one for each theme of a view, each of its disagreements, or each step of a tour."""

from __future__ import annotations

from dataclasses import replace

from exports.drawing import Scene
from exports.options import ExportOptions
from exports.scene import build_scene
from exports.sides import Sides, find_sides
from exports.slides import write_deck
from geo.dataset import Dataset
from geo.errors import InputError, Problem
from geo.tours import Tour
from geo.view import View
from geo.wording import show_value

_MAX_TITLE = 200


def render_pptx(dataset: Dataset, view: View, options: ExportOptions | None = None) -> bytes:
    """Make a presentation of what a view shows, with the slides that its options ask for.

    Parameters
    ----------
    dataset, view
        What is chosen from, and what to show.
    options
        Page, ground, title, and which slides.

    Raises
    ------
    InputError
        If the slides are to tell a tour that the data do not have.
    """
    options = options or ExportOptions()
    if options.deck == "themes":
        return render_theme_deck(dataset, view, options)
    if options.deck == "pairs":
        return render_pair_deck(dataset, view, options)
    if options.deck.startswith("tour:"):
        return render_tour_deck(dataset, view, find_tour(dataset, options.deck), options)
    return write_deck([build_scene(dataset, view, options)])


def find_tour(dataset: Dataset, deck: str) -> Tour:
    """Return the tour that a deck ``tour:ID`` names.

    Raises
    ------
    InputError
        If the data have no such tour.
    """
    for tour in dataset.tours:
        if deck == f"tour:{tour.id}":
            return tour
    known = ", ".join(f"tour:{tour.id}" for tour in dataset.tours)
    remedy = f"Choose one of {known}." if known else "Choose another kind."
    message = f"Invalid deck '{show_value(deck)}'. The data have no such tour. {remedy}"
    raise InputError([Problem("deck", message)])


def render_theme_deck(dataset: Dataset, view: View, options: ExportOptions | None = None) -> bytes:
    """Make a presentation of what a view shows: all of it, then each theme that has marks in the frame.

    Parameters
    ----------
    dataset, view
        What is chosen from, and what to show.
    options
        Page, ground and title of all slides.
    """
    whole = build_scene(dataset, view, options)
    themes = [(layer.key, layer.name) for layer in reversed(whole.layers) if layer.is_theme]
    scenes = [
        _draw(dataset, view.model_copy(update={"themes": (key,)}), options, f"{whole.title} – {name}")
        for key, name in themes
    ]
    return write_deck([whole, *scenes])


def render_pair_deck(dataset: Dataset, view: View, options: ExportOptions | None = None) -> bytes:
    """Make a presentation of what a view shows: all of it, then each two claims that disagree, with both sides.

    Parameters
    ----------
    dataset, view
        What is chosen from, and what to show; where the view compares two claims, only they have a slide.
    options
        Page, ground and title.
    """
    pairs = find_sides(dataset, view)
    scenes = [
        _draw(dataset, view.model_copy(update={"extent": pair.extent}), options, pair.title, pair) for pair in pairs
    ]
    return write_deck([build_scene(dataset, view, options), *scenes], ["", *(pair.text for pair in pairs)])


def render_tour_deck(dataset: Dataset, view: View, tour: Tour, options: ExportOptions | None = None) -> bytes:
    """Make a presentation with one map for each step of a tour; its text stands in the notes.

    Parameters
    ----------
    dataset
        What is chosen from.
    view
        Its language and appearance are kept; what to show is the steps' own.
    tour
        One of the dataset's.
    options
        Page and ground.
    """
    dress = {"language": view.language, "appearance": view.appearance}
    scenes, texts = [], []
    for step in tour.steps:
        shown = View.from_query(step.view).model_copy(update=dress)
        told = {
            name: words.get(view.language, words["en"]) for name, words in (("title", step.title), ("text", step.text))
        }
        scenes.append(_draw(dataset, shown, options, told["title"]))
        texts.append(told["text"])
    return write_deck(scenes, texts)


def _draw(dataset: Dataset, view: View, options: ExportOptions | None, title: str, sides: Sides | None = None) -> Scene:
    dressed = replace(options or ExportOptions(), title=title[:_MAX_TITLE])
    return build_scene(dataset, view, dressed, sides=sides)
