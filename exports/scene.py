"""The one drawing behind all drawn formats: what a view shows, on a page, with its sources numbered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
import shapely
from numpy.typing import NDArray

from exports.beyond import draw_beyond
from exports.drawing import Box, Item, Layer, NumberedSource, Path, Point, Scene
from exports.focus import Focus, outline_focus
from exports.furniture import (
    draw_inset,
    draw_neat_line,
    draw_north_arrow,
    draw_scale_bar,
    furniture_boxes,
)
from exports.ground import dot_town, draw_ground, name_ground
from exports.lettering import clean_text
from exports.naming_marks import ANY_LETTER, MOST_OWN_NAMES, find_shared_areas, keep_from_smaller, name_marks
from exports.options import ExportOptions
from exports.pages import choose_page
from exports.palette import Palette
from exports.panel import Gathered, fill_panel, write_gathered
from exports.placing import Label, Marks, PlacedLabel, place_in_turns, place_labels
from exports.plotting import Drawn, Plot, plot_marks
from exports.projecting import Frame
from exports.receipt import account_for_words, build_receipt
from exports.sides import Sides
from exports.strings import read_own_words
from exports.subjects import describe, note_subject, number_sources
from exports.summary import choose_heading, sum_up
from exports.text_blocks import Heading, write_credits, write_heading
from geo.dataset import Dataset
from geo.model import Precision
from geo.view import Language, View
from layers.ground import ATTRIBUTION
from layers.style import Hatch, ThemeStyle
from layers.words import read_words

_TOWN_CLEARANCE_PT = 2.5
# a shape no wider than this is seen as a point
_SMALL_PT = 9.0

_Drawing = tuple[bytes, Precision | None, bool, bool]
"""What a line or area looks like: its shape, and how sure it is."""


def build_scene(
    dataset: Dataset, view: View, options: ExportOptions | None = None, *, sides: Sides | None = None
) -> Scene:
    """Lay out what a view shows on a page.

    Parameters
    ----------
    dataset
        What is chosen from.
    view
        What to show; its extent is the frame: a mark is drawn if its shape meets the frame, and what lies outside is
        counted below the title.
    options
        Page, ground and title; its language and scope are those of the view already.
    sides
        Two claims that disagree: their features alone are drawn, marked A and B.
    """
    return lay_out_plot(plot_marks(dataset, view, options, sides=sides))


def build_scenes(plots: Sequence[Plot]) -> list[Scene]:
    """Lay out several pages of one file: a source has the same number on all of them.

    Parameters
    ----------
    plots
        The marks of each page, all of one dataset.
    """
    keys = tuple(dict.fromkeys(key for plot in plots for key in plot.source_keys))
    return [lay_out_plot(plot, keys) for plot in plots]


def lay_out_plot(plot: Plot, source_keys: Sequence[str] = ()) -> Scene:
    """Name and number what is plotted, and put around it what belongs to a map.

    Parameters
    ----------
    plot
        The marks.
    source_keys
        Of the works that have numbers where there are more of them than the plot's own.
    """
    dataset, view, language = plot.dataset, plot.view, plot.view.language
    sources = number_sources(
        dataset,
        [mark.subject for mark in plot.marks],
        language,
        plot.sides.sources if plot.sides else (),
        source_keys or plot.source_keys,
    )
    numbers = {source.key: source.number for source in sources}
    heading = choose_heading(plot.options.title, dataset, plot.selection, language)
    finding = clean_text(plot.options.subtitle)
    shown = sum_up(view, plot.selection, len(plot.marks), plot.unplaced, dataset.tables)
    page = choose_page(plot.options.page)
    return Scene(
        page.width_pt,
        page.height_pt,
        plot.layout.frame,
        plot.palette["paper"],
        language.value,
        heading,
        f"{read_own_words(language)['map-alt'].format(len(plot.marks), len(sources))} {shown}",
        _stack_layers(plot, sources, numbers, Heading(heading, finding, shown)),
        sources,
        tuple(note_subject(mark.subject, dataset, numbers, language) for mark in plot.marks),
        {
            **build_receipt(dataset, view, plot.selection),
            "drawn": plot.account,
            **account_for_words(plot.options),
        },
    )


def _stack_layers(
    plot: Plot, sources: Sequence[NumberedSource], numbers: dict[str, int], heading: Heading
) -> tuple[Layer, ...]:
    """Draw all that stands on a page, from the ground up."""
    dataset, frame, layout, palette = plot.dataset, plot.frame, plot.layout, plot.palette
    language = plot.view.language
    ground, graticule = draw_ground(dataset.basemap, frame, palette, language)
    in_frame = (
        draw_scale_bar(frame, palette, language),
        draw_north_arrow(frame, palette, language),
        draw_inset(dataset.basemap, frame, palette, language),
    )
    panel, room = fill_panel(
        layout.panel,
        {key: [row.subject for row in rows] for key, rows in plot.drawn.items()},
        sources,
        (plot.styles, palette, language),
        plot.sides,
        plot.focus,
    )
    names, gathered = _place_names(plot, numbers, furniture_boxes(in_frame), room)
    return (
        ground,
        draw_beyond(dataset.basemap, frame, palette),
        graticule,
        *_theme_layers(plot.drawn, numbers, language, plot.styles, plot.focus),
        outline_focus([(mark.subject, mark.geometry) for mark in plot.marks], plot.focus, frame, palette, language),
        names,
        draw_neat_line(frame, palette),
        *(layer for layer in in_frame if layer),
        *write_heading(layout, heading, palette, language),
        *panel,
        *gathered,
        write_credits(_credits(dataset, frame, language), layout.foot, palette, language),
    )


def _theme_layers(
    drawn: Mapping[str, Sequence[Drawn]],
    numbers: dict[str, int],
    language: Language,
    styles: Sequence[ThemeStyle],
    focus: Focus,
) -> list[Layer]:
    """Make a layer of each theme that is drawn; the legend's first is the last, on top."""
    layers = []
    for style in reversed(styles):
        rows = drawn[style.key]
        if not rows:
            continue
        name = style.label.get(language.value, style.label["en"])
        # areas below lines below points, as on the page; of marks drawn alike, the one that stands out is seen
        rows = sorted(
            rows, key=lambda row: (-int(shapely.get_dimensions(row.geometry)), row.subject.key not in focus.keys)
        )
        seen: dict[_Drawing, str] = {}
        items = tuple(focus.dim(_item(row, numbers, language, seen)) for row in rows)
        alt = f"{name}: {len(items)} {read_own_words(language)['marks']}"
        layers.append(Layer(style.key, name, alt, items, is_theme=True))
    return layers


def _item(row: Drawn, numbers: dict[str, int], language: Language, seen: dict[_Drawing, str]) -> Item:
    """Make a mark's item; one drawn exactly as another of its theme is there to be chosen, and tints nothing."""
    subject = row.subject
    alt = describe(subject, numbers, language)
    cited = tuple(sorted(numbers[key] for key in subject.source_keys))
    paths = row.paths
    drawing = (shapely.to_wkb(row.geometry), subject.precision, subject.hollow, subject.corroborated)
    twin = seen.setdefault(drawing, subject.name) if shapely.get_dimensions(row.geometry) else ""
    if twin and twin != subject.name:
        alt = f"{alt} ({read_own_words(language)['same-ground'].format(twin)})"
        paths = tuple(_faded(path) for path in paths if not path.role)
    return Item(subject.key, subject.name, alt, paths, numbers=cited)


def _faded(path: Path) -> Path:
    return replace(
        path,
        fill=replace(path.fill, alpha=0.0, hatch=Hatch.NONE) if path.fill else None,
        stroke=replace(path.stroke, alpha=0.0) if path.stroke else None,
    )


def _place_names(plot: Plot, numbers: dict[str, int], taken: list[Box], room: Box) -> tuple[Layer, tuple[Layer, ...]]:
    """Place the names of marks, then those of the ground that no mark bears already.

    Returns
    -------
    The names; what the letters of lines and areas that several marks share stand for, where that has room.
    """
    dataset, frame, palette, drawn, language = plot.dataset, plot.frame, plot.palette, plot.marks, plot.view.language
    inks = {style.key: palette.name_ink(style) for style in plot.styles}
    named_marks = [(mark.subject, mark.geometry) for mark in drawn]
    labels = name_marks(named_marks, frame, inks, numbers, plot.focus.keys, find_shared_areas(dataset))
    if not _explain_letters(plot, [label for label in labels if label.stands_for], room):
        labels = [label for label in labels if not label.stands_for]
    labels = [label.scaled(palette.letters.names) for label in labels]
    labels = keep_from_smaller(labels, named_marks, plot.focus.keys)
    # so many of a reader's own events that none is named leave the names of all else their room
    is_crowd = sum(mark.subject.is_own for mark in drawn) > MOST_OWN_NAMES
    points = [mark for mark in drawn if _is_small(mark.geometry) and not (is_crowd and mark.subject.is_own)]
    sides = shapely.bounds(np.array([mark.geometry for mark in points], dtype=object)).reshape(-1, 4)
    centres = (sides[:, :2] + sides[:, 2:]) / 2
    marks = Marks(tuple(mark.subject.key for mark in points), centres)
    last = {mark.subject.key for mark in drawn if mark.subject.is_own} - plot.focus.keys
    placed = place_in_turns(labels, last, frame.box, taken, marks, palette["halo"])
    lettered = sorted(
        (label for label in labels if label.stands_for and label.owner in {other.owner for other in placed}),
        key=lambda label: label.anchors[0][::-1],
    )
    letters = dict(zip((label.owner for label in lettered), read_own_words(language)["letters"], strict=False))
    placed = tuple(_write_letter(label, letters[label.owner]) if label.owner in letters else label for label in placed)
    named = {mark.subject.name for mark in drawn if mark.subject.key in {label.owner for label in placed}}
    ground = [
        label
        for label in name_ground(dataset.basemap, frame, palette, language)
        if label.lines[0].text not in named and not _stands_on(label, centres)
    ]
    towns = _place_ground(ground, placed, frame, [*taken, *marks.boxes], (marks, palette))
    items = [Item(label.owner, f"Label: {label.words.lines[0].text}", words=(label.words,)) for label in placed]
    dots = {label.owner: dot_town(label, palette) for label in ground if label.reach_pt is not None}
    items += [
        Item(
            label.owner,
            f"Label: {label.words.lines[0].text}",
            paths=(dots[label.owner],) if label.owner in dots else (),
            words=(label.words,),
        )
        for label in towns
    ]
    names = Layer("names", read_own_words(language)["names"], "", tuple(items))
    return names, _explain_letters(plot, lettered, room)


def _explain_letters(plot: Plot, labels: Sequence[Label], room: Box) -> tuple[Layer, ...]:
    """Tell which marks each letter stands for; nothing where there are no letters, or no room for all of it."""
    language, letters = plot.view.language, read_own_words(plot.view.language)["letters"]
    if not labels or len(labels) > len(letters):
        return ()
    themes = {mark.subject.key: mark.subject.theme for mark in plot.marks}
    titles = {style.key: style.label.get(language.value, style.label["en"]) for style in plot.styles}
    groups = [
        Gathered(letter, titles[themes[label.owner]], label.stands_for)
        for letter, label in zip(letters, labels, strict=False)
    ]
    layer = write_gathered(groups, room, plot.palette, language)
    return (layer,) if layer else ()


def _write_letter(label: PlacedLabel, letter: str) -> PlacedLabel:
    first, *rest = label.words.lines
    first = replace(first, text=first.text.replace(ANY_LETTER, letter, 1), bold=True)
    return replace(label, words=replace(label.words, lines=(first, *rest)))


def _stands_on(label: Label, centres: NDArray[np.float64]) -> bool:
    """Tell whether a town of the base map is where a mark stands already."""
    x, y = label.anchors[0]
    return label.reach_pt is not None and bool(
        (np.hypot(centres[:, 0] - x, centres[:, 1] - y) < _TOWN_CLEARANCE_PT).any()
    )


def _is_small(geometry: shapely.Geometry) -> bool:
    left, top, right, bottom = shapely.bounds(geometry)
    return bool(max(right - left, bottom - top) < _SMALL_PT)


def _place_ground(
    labels: Sequence[Label],
    placed: Sequence[PlacedLabel],
    frame: Frame,
    taken: Sequence[Box],
    dress: tuple[Marks, Palette],
) -> tuple[PlacedLabel, ...]:
    marks, palette = dress
    # a town whose dot a name has covered, or that a name would seem to belong to, is left out whole
    labels = [label for label in labels if label.reach_pt is None or _is_clear(label.anchors[0], placed)]
    towns = [label for label in labels if label.reach_pt is not None]
    places = np.array([label.anchors[0] for label in towns] + [label.anchor for label in placed]).reshape(-1, 2)
    owners = (*marks.owners, *(label.owner for label in towns), *(label.owner for label in placed))
    both = Marks(owners, np.vstack([marks.places, places]))
    boxes = [*taken, *(label.words.box for label in placed)]
    return place_labels(labels, frame.box, boxes, both, palette["halo"])


def _is_clear(place: Point, placed: Sequence[PlacedLabel]) -> bool:
    """Tell whether a place is plainly further from every placed name than the mark that the name belongs to."""
    return all(
        label.words.box.distance(place) > max(_TOWN_CLEARANCE_PT, label.words.box.distance(label.anchor) + 1)
        for label in placed
    )


def _credits(dataset: Dataset, frame: Frame, language: Language) -> tuple[str, ...]:
    words, own = read_words(language), read_own_words(language)
    return (
        own["numbers-note"],
        ATTRIBUTION,
        *(clean_text(table.credit) for table in dataset.tables),
        own["projection"].format(frame.projection, f"{frame.denominator:,}"),
        own["data"].format(clean_text(f"{dataset.version} ({dataset.sha256[:12]})".strip())),
        words["lines-note"],
    )
