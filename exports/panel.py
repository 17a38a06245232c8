"""What stands beside or below the map: what is told of it, legend, key or the sides of a disagreement, sources."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from exports.drawing import Box, Item, Layer, NumberedSource, Writing
from exports.focus import Focus
from exports.legend import draw_legend, draw_sureness
from exports.lettering import clean_text, wrap
from exports.palette import Palette
from exports.sides import Sides, write_sides
from exports.strings import read_own_words
from exports.subjects import Subject
from exports.symbols import choose_brush
from exports.text_blocks import measure_short_sources, start_side, write_block, write_numbers, write_sources
from geo.model import Precision
from geo.view import Language
from layers.style import Glyph, Hatch, ThemeStyle

_GAP_PT, _STORY_GAP_PT = 6.0, 12.0
_LEGEND_SHARE, _MOST_GATHERED = 0.6, 2000


def fill_panel(
    panel: Sequence[Box],
    drawn: Mapping[str, Sequence[Subject]],
    sources: Sequence[NumberedSource],
    dress: tuple[Sequence[ThemeStyle], Palette, Language],
    sides: Sides | None = None,
    focus: Focus | None = None,
) -> tuple[tuple[Layer, ...], Box]:
    """Fill the panel: one column with all parts, or one each for legend, key and sources.

    Parameters
    ----------
    panel
        Where there is room, column by column.
    drawn
        What is drawn, by theme.
    sources
        Those of what is drawn.
    dress
        Styles of the themes in the order of the legend, colours, language of the words.
    sides
        Stand in place of the key to sureness where a disagreement is shown.
    focus
        Its text, if it has one, stands above the legend; key and sources are short then.

    Returns
    -------
    The layers, and the room that is left below the sources.
    """
    styles, palette, language = dress
    focus = focus or Focus()
    numbers = {source.key: source.number for source in sources}
    themes = []
    for style in styles:
        cited = sorted({numbers[key] for subject in drawn[style.key] for key in subject.source_keys})
        if drawn[style.key]:
            themes.append((style, cited, len(drawn[style.key])))
    columns = _Columns(panel, language)
    layers = []
    if focus.text:
        layers.append(columns.put(*_write_story(focus, columns.box, palette, language), gap_pt=_STORY_GAP_PT))
    # what is below the legend needs room too
    share = 1.0 if len(panel) > 1 else _LEGEND_SHARE
    layers.append(columns.put(*draw_legend(themes, columns.box, palette, language, share=share)))
    columns.turn()
    if sides:
        layers.append(columns.put(*write_sides(sides, columns.box, palette, language)))
    else:
        # the key explains its entries unless the sources would have no room then
        needed_pt = 0.0 if len(panel) > 1 else measure_short_sources(sources, columns.box.width, palette) + _GAP_PT
        key = _draw_key(drawn, columns.box, dress, is_short=bool(focus.text))
        if key[1] + needed_pt > columns.box.bottom:
            key = _draw_key(drawn, columns.box, dress, is_short=True)
        layers.append(columns.put(*key))
    columns.turn()
    list_sources = write_numbers if focus.text else write_sources
    listed = list_sources(sources, columns.box, palette, language)
    layers.append(columns.put(listed, listed.items[0].words[0].box.bottom))
    return tuple(layers), columns.box


@dataclass(frozen=True, slots=True)
class Gathered:
    """A letter on the map, and the names of the marks on one line or area that it stands for, after their theme's."""

    letter: str
    theme: str
    names: tuple[str, ...]


def write_gathered(groups: Sequence[Gathered], box: Box, palette: Palette, language: Language) -> Layer | None:
    """Write what letters of the map stand for at the top of a box; ``None`` where there is no room for all of it."""
    name, side, letters = read_own_words(language)["gathered"], start_side(language), palette.letters
    texts = [f"{group.letter}: {group.theme}: {'; '.join(group.names)}" for group in groups]
    # what is plainly too long is not measured
    if sum(map(len, texts)) > _MOST_GATHERED:
        return None
    lines = [
        Writing(line, letters.heading, palette["text"], bold=True) for line in wrap(name, letters.heading, box.width)
    ]
    for text in texts:
        lines += [Writing(line, letters.source, palette["text"]) for line in wrap(text, letters.source, box.width)]
    words = write_block(lines, box, side)
    if words.box.bottom > box.bottom:
        return None
    return Layer("gathered", name, "", (Item("gathered", name, words=(words,)),))


class _Columns:
    """The room that is left of a panel: below what was put there, or in its next column."""

    def __init__(self, panel: Sequence[Box], language: Language) -> None:
        self._left = list(panel if start_side(language) == "left" else reversed(panel))
        self.box = self._left.pop(0)

    def put(self, layer: Layer, bottom_pt: float, gap_pt: float = _GAP_PT) -> Layer:
        """Take the room down to a layer's bottom; return the layer."""
        if bottom_pt > self.box.top:
            self.box = replace(self.box, top=bottom_pt + gap_pt)
        return layer

    def turn(self) -> None:
        """Go to the next column if there is one."""
        if self._left:
            self.box = self._left.pop(0)


def _write_story(focus: Focus, box: Box, palette: Palette, language: Language) -> tuple[Layer, float]:
    """Write what is told of a step of a tour, as large as a reader of a slide needs it."""
    side = start_side(language)
    size_pt = palette.letters.story
    lines = [
        *(Writing(line, size_pt - 2, palette["accent"]) for line in _wrap(focus.heading, size_pt - 2, box)),
        *(Writing(line, size_pt, palette["text"]) for line in _wrap(focus.text, size_pt, box)),
    ]
    words = write_block(lines, box, side)
    item = Item("story", clean_text(focus.heading), words=(words,))
    return Layer("story", clean_text(focus.heading), "", (item,)), words.box.bottom


def _wrap(text: str, size_pt: float, box: Box) -> list[str]:
    return wrap(clean_text(text), size_pt, box.width)


def _draw_key(
    drawn: Mapping[str, Sequence[Subject]],
    box: Box,
    dress: tuple[Sequence[ThemeStyle], Palette, Language],
    *,
    is_short: bool,
) -> tuple[Layer, float]:
    styles, palette, language = dress
    marks = [subject for subjects in drawn.values() for subject in subjects]
    kinds = {value.value: any(mark.precision is value for mark in marks) for value in Precision}
    looks = {
        "hollow": any(mark.hollow for mark in marks),
        "double": any(mark.corroborated for mark in marks),
    }
    # the key is drawn with what the map has: a theme with a mark and a hatch, or else with a mark
    own = [style for style in styles if drawn[style.key] and style.glyph not in {Glyph.LINE, Glyph.ARROW}]
    example = min(own, key=lambda style: style.hatch is Hatch.NONE, default=styles[0])
    brush = choose_brush(example, palette)
    return draw_sureness(brush, {**kinds, **looks}, box, palette, language, is_short=is_short)
