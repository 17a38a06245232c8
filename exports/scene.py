"""The one drawing behind all drawn formats: what a view shows, on a page, with its sources numbered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

import numpy as np
import shapely

from exports.drawing import Box, Item, Layer, NumberedSource, Path, Point, Scene
from exports.furniture import (
    draw_inset,
    draw_neat_line,
    draw_north_arrow,
    draw_scale_bar,
    furniture_boxes,
    lay_out,
    write_credits,
    write_sources,
    write_title,
)
from exports.ground import dot_town, draw_ground, name_ground
from exports.legend import draw_legend, draw_sureness
from exports.lettering import clean_text
from exports.naming_marks import name_marks
from exports.palette import Palette, Style, choose_palette
from exports.placing import Label, Marks, PlacedLabel, place_labels
from exports.projecting import Frame, Geometries, fit_frame, project_within
from exports.receipt import build_receipt
from exports.strings import read_own_words
from exports.subjects import Subject, describe, gather_subjects, note_subject, number_sources
from exports.summary import sum_up
from exports.symbols import Brush, choose_mark_size, draw_symbol
from geo.corridor import CORRIDOR
from geo.dataset import Dataset
from geo.model import Precision
from geo.selection import Selection, select
from geo.view import Language, View
from layers.ground import ATTRIBUTION
from layers.style import ThemeStyle, theme_styles
from layers.words import read_words

_POINT_CLEARANCE_PT, _TOWN_CLEARANCE_PT = 4.5, 2.5
# a shape no wider than this is seen as a point
_SMALL_PT = 9.0


@dataclass(frozen=True, slots=True)
class Page:
    """Size of a page, points."""

    width_pt: float
    height_pt: float


PAGES: Mapping[str, Page] = MappingProxyType(
    {"slide": Page(960.0, 540.0), "a4": Page(841.89, 595.28), "a3": Page(1190.55, 841.89)}
)
"""Pages by name: a 16:9 slide of 13⅓ inches; A4 and A3 (ISO 216), lying."""


@dataclass(frozen=True, slots=True)
class _Drawn:
    """A subject that is in the frame: its shape on the page, and its shapes as drawn."""

    subject: Subject
    geometry: shapely.Geometry
    paths: tuple[Path, ...]


def build_scene(
    dataset: Dataset, view: View, *, page: Page | None = None, style: Style | str | None = None, title: str = ""
) -> Scene:
    """Lay out what a view shows on a page.

    Parameters
    ----------
    dataset
        What is chosen from.
    view
        What to show; its extent is the frame, its language that of the words.
    page
        Its size; ``None`` is a slide.
    style
        Light, dark or grey; ``None`` follows the view.
    title
        Above the map; the atlas's own where it is empty.
    """
    page = page or PAGES["slide"]
    palette, language = choose_palette(style, view.appearance), view.language
    layout, selection = lay_out(page.width_pt, page.height_pt), select(dataset, view)
    frame = fit_frame(view.extent or CORRIDOR, layout.frame)
    subjects = gather_subjects(dataset, selection, language)
    styles = theme_styles({subject.theme for subject in subjects})
    shapes = project_within(frame, np.array([subject.geometry for subject in subjects], dtype=object))
    drawn = _draw_subjects(subjects, shapes, frame, styles, palette)
    marks = [mark for marks in drawn.values() for mark in marks]
    sources = number_sources(dataset, [mark.subject for mark in marks], language)
    numbers = {source.key: source.number for source in sources}
    in_frame = (
        draw_scale_bar(frame, palette, language),
        draw_north_arrow(frame, palette, language),
        draw_inset(dataset.basemap, frame, palette, language),
    )
    names = _place_names(dataset, view, frame, marks, (numbers, palette, styles, furniture_boxes(in_frame)))
    heading = clean_text(title) or read_words(language)["title"]
    subtitle = sum_up(view, selection, len(marks), _count_unplaced(dataset, selection))
    layers = (
        *draw_ground(dataset.basemap, frame, palette, language),
        *_theme_layers(drawn, numbers, language, styles),
        names,
        draw_neat_line(frame, palette),
        *(layer for layer in in_frame if layer),
        *write_title(layout, heading, subtitle, palette, language),
        *_fill_panel(layout.panel, drawn, sources, styles, (palette, language)),
        write_credits(_credits(dataset, frame, language), layout.foot, palette, language),
    )
    return Scene(
        page.width_pt,
        page.height_pt,
        layout.frame,
        palette["paper"],
        language.value,
        heading,
        f"{read_own_words(language)['map-alt'].format(len(marks), len(sources))} {subtitle}",
        layers,
        sources,
        tuple(note_subject(mark.subject, dataset, numbers, language) for mark in marks),
        build_receipt(dataset, view, selection),
    )


def _draw_subjects(
    subjects: Sequence[Subject],
    shapes: Geometries,
    frame: Frame,
    styles: Sequence[ThemeStyle],
    palette: Palette,
) -> dict[str, list[_Drawn]]:
    """Draw what is in the frame, theme by theme in the order of the legend."""
    drawn: dict[str, list[_Drawn]] = {}
    for style in styles:
        brush = _brush(style, palette)
        own = [
            (subject, shape)
            for subject, shape in zip(subjects, shapes, strict=True)
            if subject.theme == style.key and shape is not None
        ]
        mark_pt = choose_mark_size(len(own))
        rows = [_Drawn(subject, shape, draw_symbol(subject, shape, frame, brush, mark_pt)) for subject, shape in own]
        drawn[style.key] = [row for row in rows if row.paths]
    return drawn


def _brush(style: ThemeStyle, palette: Palette) -> Brush:
    return Brush(palette.ink(style), palette["land"], palette["halo"], style.glyph, style.hatch)


def _theme_layers(
    drawn: Mapping[str, Sequence[_Drawn]], numbers: dict[str, int], language: Language, styles: Sequence[ThemeStyle]
) -> list[Layer]:
    """Make a layer of each theme that is drawn; the legend's first is the last, on top."""
    layers = []
    for style in reversed(styles):
        rows = drawn[style.key]
        if not rows:
            continue
        name = style.label.get(language.value, style.label["en"])
        # areas below lines below points, as on the page
        rows = sorted(rows, key=lambda row: -int(shapely.get_dimensions(row.geometry)))
        seen: dict[bytes, str] = {}
        items = tuple(_item(row, numbers, language, seen) for row in rows)
        alt = f"{name}: {len(items)} {read_own_words(language)['marks']}"
        layers.append(Layer(style.key, name, alt, items, is_theme=True))
    return layers


def _item(row: _Drawn, numbers: dict[str, int], language: Language, seen: dict[bytes, str]) -> Item:
    """Make a mark's item; one that lies exactly on another of its theme is there to be chosen, and tints nothing."""
    subject = row.subject
    alt = describe(subject, numbers, language)
    cited = tuple(sorted(numbers[key] for key in subject.source_keys))
    paths = row.paths
    twin = seen.setdefault(shapely.to_wkb(row.geometry), subject.name) if shapely.get_dimensions(row.geometry) else ""
    if twin and twin != subject.name:
        alt = f"{alt} ({read_own_words(language)['same-ground'].format(twin)})"
        paths = tuple(_faded(path) for path in paths if not path.role)
    return Item(subject.key, subject.name, alt, paths, numbers=cited)


def _faded(path: Path) -> Path:
    return replace(
        path,
        fill=replace(path.fill, alpha=0.0) if path.fill else None,
        stroke=replace(path.stroke, alpha=0.0) if path.stroke else None,
    )


def _place_names(
    dataset: Dataset,
    view: View,
    frame: Frame,
    drawn: Sequence[_Drawn],
    dress: tuple[dict[str, int], Palette, Sequence[ThemeStyle], list[Box]],
) -> Layer:
    """Place the names of marks, then those of the ground that no mark bears already."""
    numbers, palette, styles, taken = dress
    language = view.language
    inks = {style.key: palette.ink(style) for style in styles}
    labels = name_marks([(mark.subject, mark.geometry) for mark in drawn], frame, inks, numbers, view.feature)
    points = [mark for mark in drawn if _is_small(mark.geometry)]
    sides = shapely.bounds(np.array([mark.geometry for mark in points], dtype=object)).reshape(-1, 4)
    centres = (sides[:, :2] + sides[:, 2:]) / 2
    boxes = [Box(x, y, x, y).grown(_POINT_CLEARANCE_PT) for x, y in centres.tolist()]
    marks = Marks(tuple(mark.subject.key for mark in points), centres)
    placed = place_labels(labels, frame.box, [*taken, *boxes], marks, palette["halo"])
    named = {mark.subject.name for mark in drawn if mark.subject.key in {label.owner for label in placed}}
    ground = [
        label for label in name_ground(dataset.basemap, frame, palette, language) if label.lines[0].text not in named
    ]
    towns = _place_ground(ground, placed, frame, [*taken, *boxes], (marks, palette))
    by_owner = {mark.subject.key: mark.subject.name for mark in drawn}
    items = [Item(label.owner, f"Label: {by_owner[label.owner]}", words=(label.words,)) for label in placed]
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
    return Layer("names", read_own_words(language)["names"], "", tuple(items))


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


def _fill_panel(
    panel: Box,
    drawn: Mapping[str, Sequence[_Drawn]],
    sources: Sequence[NumberedSource],
    styles: Sequence[ThemeStyle],
    dress: tuple[Palette, Language],
) -> tuple[Layer, ...]:
    """Put legend, key and sources below one another."""
    palette, language = dress
    numbers = {source.key: source.number for source in sources}
    themes = []
    for style in styles:
        rows = drawn[style.key]
        cited = sorted({numbers[key] for row in rows for key in row.subject.source_keys})
        if rows:
            themes.append((style, cited, len(rows)))
    legend, top = draw_legend(themes, panel, palette, language)
    marks = [row.subject for rows in drawn.values() for row in rows]
    kinds = {value.value: any(mark.precision is value for mark in marks) for value in Precision}
    looks = {"hollow": any(mark.hollow for mark in marks), "double": any(mark.corroborated for mark in marks)}
    brush = _brush(styles[next((i for i, style in enumerate(styles) if style.key == "tunnels"), 0)], palette)
    key, top = draw_sureness(
        brush, {**kinds, **looks}, Box(panel.left, top + 6, panel.right, panel.bottom), palette, language
    )
    rest = Box(panel.left, top + 6, panel.right, panel.bottom)
    return (legend, key, write_sources(sources, rest, palette, language))


def _count_unplaced(dataset: Dataset, selection: Selection) -> int:
    events = dataset.events
    shapeless = 0 if events is None else sum(events.geometries[row] is None for row in selection.events.tolist())
    return len(selection.features) - len(selection.drawn) + shapeless


def _credits(dataset: Dataset, frame: Frame, language: Language) -> tuple[str, ...]:
    words, own = read_words(language), read_own_words(language)
    return (
        own["numbers-note"],
        ATTRIBUTION,
        own["projection"].format(frame.projection, f"{frame.denominator:,}"),
        own["data"].format(clean_text(f"{dataset.version} ({dataset.sha256[:12]})")),
        words["lines-note"],
    )
