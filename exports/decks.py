"""Presentations of several maps: one for each theme of a view, each of its disagreements, or each step of a tour.

A source has one number on all slides of a deck, and the sources stand at its end.
"""

from __future__ import annotations

from dataclasses import replace

from exports.focus import Focus
from exports.options import ExportOptions, Framing
from exports.plotting import Plot, plot_marks
from exports.scene import build_scene, build_scenes
from exports.sides import Sides, find_sides
from exports.slides import write_deck
from exports.strings import read_own_words
from exports.summary import choose_heading
from geo.dataset import Dataset
from geo.tours import Tour, find_tour, step_views
from geo.view import View

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
        return render_tour_deck(dataset, view, find_tour(dataset.tours, options.deck.removeprefix("tour:")), options)
    return write_deck([build_scene(dataset, view, options)])


def render_theme_deck(dataset: Dataset, view: View, options: ExportOptions | None = None) -> bytes:
    """Make a presentation of what a view shows: all of it, then each theme that has marks in the frame.

    Parameters
    ----------
    dataset, view
        What is chosen from, and what to show.
    options
        Page and ground of all slides, title; the subtitle is the first slide's.
    """
    whole = plot_marks(dataset, view, options)
    heading = choose_heading(whole.options.title, dataset, whole.selection, view.language)
    # a theme's slide comes closer, unless a ground was asked for: then all slides have one
    framing = whole.options.frame or (Framing.VIEW if view.extent else Framing.SHOWN)
    ground = whole.extent if framing == Framing.VIEW else None
    plots = [
        _plot(
            dataset,
            view.model_copy(update={"themes": (theme.key,), "extent": ground}),
            options,
            f"{heading} – {theme.label.get(view.language.value, theme.label['en'])}",
        )
        for theme in whole.themes
    ]
    return write_deck(build_scenes([whole, *plots]))


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
    plots = [
        _plot(dataset, view.model_copy(update={"extent": pair.extent}), options, pair.title, pair) for pair in pairs
    ]
    scenes = build_scenes([plot_marks(dataset, view, options), *plots])
    return write_deck(scenes, ["", *(pair.text for pair in pairs)])


def render_tour_deck(dataset: Dataset, view: View, tour: Tour, options: ExportOptions | None = None) -> bytes:
    """Make a presentation with one map for each step of a tour, whose text stands beside it and in the notes.

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
    plots, texts = [], []
    name = tour.title.get(view.language, tour.title["en"])
    for number, (step, shown) in enumerate(zip(tour.steps, step_views(tour, view), strict=True), start=1):
        told = {
            part: words.get(view.language, words["en"]) for part, words in (("title", step.title), ("text", step.text))
        }
        heading = read_own_words(view.language)["step"].format(name, number, len(tour.steps))
        focus = Focus(frozenset(step.features), dims_rest=bool(step.features), heading=heading, text=told["text"])
        plots.append(_plot(dataset, shown, options, told["title"], focus=focus))
        texts.append(told["text"])
    return write_deck(build_scenes(plots), texts, name)


def _plot(
    dataset: Dataset,
    view: View,
    options: ExportOptions | None,
    title: str,
    sides: Sides | None = None,
    focus: Focus | None = None,
) -> Plot:
    dressed = replace(options or ExportOptions(), title=title[:_MAX_TITLE], subtitle="")
    if sides or focus:
        # a disagreement and a step of a tour have a ground of their own
        dressed = replace(dressed, frame=Framing.VIEW)
    return plot_marks(dataset, view, dressed, sides=sides, focus=focus)
