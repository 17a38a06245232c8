"""What stands beside the map, one below the other: legend, key or the two sides of a disagreement, sources."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from exports.drawing import Box, Layer, NumberedSource
from exports.furniture import write_sources
from exports.legend import draw_legend, draw_sureness
from exports.palette import Palette
from exports.sides import Sides, write_sides
from exports.subjects import Subject, is_own_and_open
from exports.symbols import choose_brush
from geo.model import Precision
from geo.view import Language
from layers.style import Glyph, Hatch, ThemeStyle

_GAP_PT = 6.0


def fill_panel(
    panel: Box,
    drawn: Mapping[str, Sequence[Subject]],
    sources: Sequence[NumberedSource],
    dress: tuple[Sequence[ThemeStyle], Palette, Language],
    sides: Sides | None = None,
) -> tuple[Layer, ...]:
    """Fill the panel.

    Parameters
    ----------
    panel
        Where there is room.
    drawn
        What is drawn, by theme.
    sources
        Those of what is drawn.
    dress
        Styles of the themes in the order of the legend, colours, language of the words.
    sides
        Stand in place of the key to sureness where a disagreement is shown.
    """
    styles, palette, language = dress
    numbers = {source.key: source.number for source in sources}
    themes = []
    for style in styles:
        cited = sorted({numbers[key] for subject in drawn[style.key] for key in subject.source_keys})
        if drawn[style.key]:
            themes.append((style, cited, len(drawn[style.key])))
    legend, top = draw_legend(themes, panel, palette, language)
    rest = Box(panel.left, top + _GAP_PT, panel.right, panel.bottom)
    middle, top = write_sides(sides, rest, palette, language) if sides else _draw_key(drawn, rest, dress)
    rest = Box(panel.left, top + _GAP_PT, panel.right, panel.bottom)
    return (legend, middle, write_sources(sources, rest, palette, language))


def _draw_key(
    drawn: Mapping[str, Sequence[Subject]], box: Box, dress: tuple[Sequence[ThemeStyle], Palette, Language]
) -> tuple[Layer, float]:
    styles, palette, language = dress
    marks = [subject for subjects in drawn.values() for subject in subjects]
    kinds = {value.value: any(mark.precision is value for mark in marks) for value in Precision}
    looks = {
        "hollow": any(mark.hollow for mark in marks),
        "own-hollow": any(is_own_and_open(mark) for mark in marks),
        "double": any(mark.corroborated for mark in marks),
    }
    # the key is drawn with what the map has: a theme with a mark and a hatch, or else with a mark
    own = [style for style in styles if drawn[style.key] and style.glyph not in {Glyph.LINE, Glyph.ARROW}]
    example = min(own, key=lambda style: style.hatch is Hatch.NONE, default=styles[0])
    return draw_sureness(choose_brush(example, palette), {**kinds, **looks}, box, palette, language)
