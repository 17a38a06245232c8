"""What a view draws on a page before anything is named or numbered: its marks, in the frame, theme by theme."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import shapely

from exports.drawing import Path
from exports.focus import Focus
from exports.framing import choose_extent
from exports.layout import Layout, lay_out
from exports.letter_sizes import choose_letter_sizes
from exports.lettering import clean_text
from exports.options import ExportOptions
from exports.pages import choose_page
from exports.palette import Palette, choose_palette
from exports.projecting import Frame, Geometries, fit_frame, project_within
from exports.receipt import account_for_frame
from exports.sides import Sides
from exports.subjects import Subject, gather_subjects
from exports.symbols import choose_brush, choose_mark_size, draw_symbol
from geo.dataset import Dataset
from geo.model import Extent
from geo.selection import Selection, select
from geo.view import View
from layers.style import ThemeStyle, theme_styles


@dataclass(frozen=True, slots=True)
class Drawn:
    """A subject that is in the frame: its shape on the page, and its shapes as drawn."""

    subject: Subject
    geometry: shapely.Geometry
    paths: tuple[Path, ...]


@dataclass(frozen=True, slots=True)
class Plot:
    """The marks of a view on a page.

    Parameters
    ----------
    dataset, view, options, sides
        What was asked for, as `plot_marks` has them.
    selection
        What the view shows.
    layout, extent, frame
        Of the page; ground that is asked for; of the map.
    palette, styles
        Its colours; the looks of its themes, in the order of the legend.
    drawn
        What is in the frame, by theme.
    focus
        What stands out.
    """

    dataset: Dataset
    view: View
    options: ExportOptions
    sides: Sides | None
    selection: Selection
    layout: Layout
    extent: Extent
    frame: Frame
    palette: Palette
    styles: Sequence[ThemeStyle]
    drawn: dict[str, list[Drawn]]
    focus: Focus

    @property
    def marks(self) -> list[Drawn]:
        """All that is drawn, in the order of the legend."""
        return [mark for marks in self.drawn.values() for mark in marks]

    @property
    def themes(self) -> list[ThemeStyle]:
        """The themes that have marks in the frame, in the order of the legend."""
        return [style for style in self.styles if self.drawn[style.key]]

    @property
    def unplaced(self) -> int:
        """How many of the shown features and events have no shape."""
        events, selection = self.dataset.events, self.selection
        shapes = [] if events is None else [events.geometries[row] for row in selection.events.tolist()]
        shapeless = sum(1 for shape in shapes if shape is None or shape.is_empty)
        return len(selection.features) - len(selection.drawn) + shapeless

    @property
    def account(self) -> dict[str, Any]:
        """The frame, and how many of what is shown are in it, outside it, and without a shape."""
        return account_for_frame(self.extent, len(self.marks), self.selection.shown, self.unplaced)

    @property
    def source_keys(self) -> tuple[str, ...]:
        """Keys of the works that are listed: those of two sides, then those that marks cite."""
        cited = (key for mark in self.marks for key in mark.subject.source_keys)
        return tuple(dict.fromkeys([*(self.sides.sources if self.sides else ()), *cited]))


def plot_marks(
    dataset: Dataset,
    view: View,
    options: ExportOptions | None = None,
    *,
    sides: Sides | None = None,
    focus: Focus | None = None,
) -> Plot:
    """Draw the marks of a view in the frame of a page.

    Parameters
    ----------
    dataset
        What is chosen from.
    view
        What to show; a mark is drawn if its shape meets the frame, which is its extent if it has one.
    options
        Page, ground and frame; its language and scope are those of the view already.
    sides
        Two claims that disagree: their features alone are drawn, marked A and B.
    focus
        What stands out: the two sides where it is not told, else the feature that the view has chosen.
    """
    options = options or ExportOptions()
    page = choose_page(options.page)
    palette, selection = choose_palette(options.style, view.appearance), select(dataset, view)
    palette = replace(palette, letters=choose_letter_sizes(options.page))
    if sides:
        selection = sides.narrow(selection)
    layout = lay_out(page.width_pt, page.height_pt, palette.letters, clean_text(options.subtitle))
    extent = choose_extent(dataset, view, selection, options.frame)
    frame = fit_frame(extent, layout.frame)
    subjects = gather_subjects(dataset, selection, view.language)
    if sides:
        subjects = [sides.mark(subject) for subject in subjects]
    styles = theme_styles({subject.theme for subject in subjects}, dataset.tables)
    shapes = project_within(frame, np.array([subject.geometry for subject in subjects], dtype=object))
    drawn = _draw_subjects(subjects, shapes, frame, styles, palette)
    if focus is None:
        focus = sides.focus if sides else Focus(frozenset(filter(None, [view.feature])))
    return Plot(dataset, view, options, sides, selection, layout, extent, frame, palette, styles, drawn, focus)


def _draw_subjects(
    subjects: Sequence[Subject],
    shapes: Geometries,
    frame: Frame,
    styles: Sequence[ThemeStyle],
    palette: Palette,
) -> dict[str, list[Drawn]]:
    """Draw what is in the frame, theme by theme in the order of the legend."""
    drawn: dict[str, list[Drawn]] = {}
    by_theme: dict[str, list[tuple[Subject, Any]]] = {style.key: [] for style in styles}
    for subject, shape in zip(subjects, shapes, strict=True):
        if shape is not None and subject.theme in by_theme:
            by_theme[subject.theme].append((subject, shape))
    theme_count = sum(map(bool, by_theme.values()))
    for style in styles:
        brush, own = choose_brush(style, palette, theme_count), by_theme[style.key]
        mark_pt = choose_mark_size(len(own))
        rows = [Drawn(subject, shape, draw_symbol(subject, shape, frame, brush, mark_pt)) for subject, shape in own]
        drawn[style.key] = [row for row in rows if row.paths]
    return drawn
