"""The legend of a drawing: which themes it shows, how many marks of each, and how sureness is drawn."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import shapely
from shapely.geometry.base import BaseGeometry

from exports.drawing import Box, Fill, Item, Layer, Path, Stroke, Writing
from exports.lettering import LEADING, wrap, write_at
from exports.palette import Palette
from exports.projecting import Frame
from exports.strings import read_own_words
from exports.subjects import Subject, format_numbers
from exports.symbols import MARK_PX, PX_PT, Brush, draw_symbol
from exports.text_blocks import start_side
from geo.model import Precision
from geo.view import Language
from layers.style import Glyph, Hatch, ThemeStyle
from layers.words import read_words

# height of a row, and width and height of its swatch, in sizes of its letters
_ROW, _SWATCH = 1.55, (3.0, 1.375)
# size of the marks that show how sure a place is, in those of the map: a ring or a disc has room around them
_EXAMPLE_SHARE = 0.8


def draw_legend(
    themes: Sequence[tuple[ThemeStyle, Sequence[int], int]],
    box: Box,
    palette: Palette,
    language: Language,
    *,
    share: float = 1.0,
) -> tuple[Layer, float]:
    """Draw the legend at the top of a box.

    Parameters
    ----------
    themes
        Those that are drawn: style, numbers of sources, number of marks. Those there is no room for are counted.
    box
        Where there is room.
    palette
        Colours.
    language
        Of the names.
    share
        How much of the box's height it may take.

    Returns
    -------
    The layer, and where it ends, points from the top.
    """
    words, side = read_own_words(language), start_side(language)
    if not themes:
        return Layer("legend", words["legend"], "", ()), box.top
    top, items = _head("legend", words["legend"], box, palette, side)
    last = box.top + box.height * share
    for place, (style, numbers, count) in enumerate(themes):
        name = style.label.get(language.value, style.label["en"])
        text = f"{name} ({count}) {format_numbers(numbers)}"
        paths = _theme_swatch(style, _swatch_box(box, top, palette, side), palette)
        row = _row(f"legend-{style.key}", text, paths, (box, top), palette, side)
        if top + _row_height(row) > last:
            row = _row("legend-more", words["more-themes"].format(len(themes) - place), (), (box, top), palette, side)
        items.append(row)
        top += _row_height(row)
        if row.key == "legend-more":
            break
    return Layer("legend", words["legend"], "", tuple(items)), top


def draw_sureness(
    brush: Brush,
    kinds: Mapping[str, bool],
    box: Box,
    palette: Palette,
    language: Language,
    *,
    is_short: bool = False,
) -> tuple[Layer, float]:
    """Draw the key to how sureness is drawn; nothing where no kind occurs.

    Parameters
    ----------
    brush
        What the examples are drawn with.
    kinds
        Which occur: a `geo.model.Precision`, ``hollow``, ``double``.
    box, palette, language
        As in `draw_legend`.
    is_short
        Whether each kind is named and not explained.

    Returns
    -------
    The layer, and where it ends, points from the top.
    """
    words, side = read_words(language), start_side(language)
    own = read_own_words(language)
    if not any(kinds.values()):
        return Layer("sureness", own["how-sure"], "", ()), box.top
    top, items = _head("sureness", own["how-sure"], box, palette, side)
    for kind, occurs in kinds.items():
        if not occurs:
            continue
        is_precision = kind in set(Precision)
        name = words[f"precision-{kind}"] if is_precision else words[f"{kind}-means"]
        text = f"{name}: {words[f'precision-{kind}-means']}" if is_precision and not is_short else name
        paths = _sureness_swatch(kind, _swatch_box(box, top, palette, side), brush)
        row = _row(f"sureness-{kind}", text, paths, (box, top), palette, side)
        items.append(row)
        top += _row_height(row)
    return Layer("sureness", own["how-sure"], "", tuple(items)), top


def _head(key: str, text: str, box: Box, palette: Palette, side: str) -> tuple[float, list[Item]]:
    """Write a heading at the top of a box; return where what follows begins, points from the top, and the heading."""
    edge = box.right if side == "right" else box.left
    size_pt = palette.letters.heading
    words = write_at((edge, box.top), (Writing(text, size_pt, palette["text"], bold=True),), side)
    return box.top + size_pt * LEADING + 3, [Item(f"{key}-heading", text, words=(words,))]


def _row(key: str, text: str, paths: tuple[Path, ...], place: tuple[Box, float], palette: Palette, side: str) -> Item:
    box, top = place
    size_pt = palette.letters.legend
    inset = _SWATCH[0] * size_pt + 7
    x = box.right - inset if side == "right" else box.left + inset
    lines = tuple(Writing(line, size_pt, palette["text"]) for line in wrap(text, size_pt, box.width - inset, most=4))
    return Item(key, text, paths=paths, words=(write_at((x, top + 1), lines, side),))


def _row_height(row: Item) -> float:
    return max(_ROW * row.words[0].lines[0].size_pt, row.words[0].box.height + 3)


def _swatch_box(box: Box, top: float, palette: Palette, side: str) -> Box:
    width, height = (share * palette.letters.legend for share in _SWATCH)
    left = box.right - width if side == "right" else box.left
    return Box(left, top + 0.5, left + width, top + 0.5 + height)


def _theme_swatch(style: ThemeStyle, box: Box, palette: Palette) -> tuple[Path, ...]:
    """Draw a theme's hatch with its glyph on it, or its line or arrow."""
    ink = palette.ink(style)
    brush = Brush(ink, palette["land"], palette["halo"], style.glyph, style.hatch)
    if style.glyph in {Glyph.LINE, Glyph.ARROW}:
        way = shapely.LineString([(box.left, box.bottom - 2), (box.right, box.top + 2)])
        return _example(brush, way, box, Precision.EXACT)
    paths = []
    if style.hatch is not Hatch.NONE:
        dashes = Stroke(ink, 0.75, 0.75, (3.0, 2.25))
        paths.append(Path((box.ring,), (box.ring,), Fill(ink, 0.45, style.hatch), dashes))
    # the glyph is the map's own, halo and all, as the page's legend has it
    return (*paths, *_example(brush, shapely.Point(box.centre), box.grown(4), Precision.EXACT, share=1.0))


def _sureness_swatch(kind: str, box: Box, brush: Brush) -> tuple[Path, ...]:
    x, y = box.centre
    if kind in {Precision.AREA, Precision.SCHEMATIC}:
        inner = shapely.box(box.left + 3, box.top + 2, box.right - 3, box.bottom - 2)
        return _example(brush, inner, box.grown(3), Precision(kind))
    precision = Precision.APPROXIMATE if kind == Precision.APPROXIMATE else Precision.EXACT
    return _example(brush, shapely.Point(x, y), box.grown(4), precision, kind=kind)


def _example(
    brush: Brush,
    geometry: BaseGeometry,
    box: Box,
    precision: Precision,
    *,
    kind: str = "",
    share: float = _EXAMPLE_SHARE,
) -> tuple[Path, ...]:
    subject = Subject("", "", (), "", geometry, precision, 0.0, kind == "hollow", kind == "double", (), None)
    return draw_symbol(subject, geometry, Frame(box, "", 0.0, 0.0, 1.0), brush, MARK_PX * PX_PT * share)
