"""Blocks of text beside the map: title, sources, credits."""

from __future__ import annotations

from collections.abc import Sequence

from exports.drawing import Box, Item, Layer, NumberedSource, Words, Writing
from exports.layout import Layout
from exports.lettering import LEADING, measure_width, shorten, wrap, write_at
from exports.palette import Palette
from exports.strings import read_own_words
from exports.subjects import format_numbers
from geo.view import Language

_TITLE_PT, _SUBTITLE_PT, _SOURCE_PT, _CREDIT_PT, _HEADING_PT = 20.0, 9.5, 8.0, 6.5, 9.5
_TITLE_SIZES_PT, _TITLE_ROOM = (_TITLE_PT, 17.0, 14.0, 12.0), 0.92
# lines are broken as if their letters were light, and bold ones are wider by this
_BOLD_SHARE = 0.86
_MAX_SOURCE_LINES = 4


def start_side(language: Language) -> str:
    """Return the side at which lines of a language begin."""
    return "right" if language is Language.ARABIC else "left"


def write_block(lines: Sequence[Writing], box: Box, side: str) -> Words:
    """Put lines at the top of a box, at its left or right side."""
    return write_at((box.right if side == "right" else box.left, box.top), tuple(lines), side)


def fit_title(title: str, width_pt: float, colour: str) -> tuple[Writing, ...]:
    """Write a title on one line, smaller where it is long, else on two; cut only where even that is not enough.

    Parameters
    ----------
    title
        Of the page.
    width_pt
        Room for it; some is left for letters that another program has wider.
    colour
        Of the letters.
    """
    room = width_pt * _TITLE_ROOM
    for size in _TITLE_SIZES_PT:
        if measure_width(title, size, bold=True) <= room:
            return (Writing(title, size, colour, bold=True),)
    size = _TITLE_SIZES_PT[-1]
    first, *rest = wrap(title, size, room * _BOLD_SHARE)
    second = shorten(" ".join(rest), size, room, bold=True)
    return tuple(Writing(line, size, colour, bold=True) for line in (first, second) if line)


def write_title(layout: Layout, title: str, subtitle: str, palette: Palette, language: Language) -> tuple[Layer, ...]:
    """Write the title, and below it what is shown in one line or two."""
    side, head = start_side(language), layout.head
    first = fit_title(title, head.width, palette["text"])
    height = max(_TITLE_PT, sum(line.size_pt for line in first)) * LEADING
    below = Box(head.left, head.top + height + 1, head.right, head.bottom)
    most = max(1, int(below.height / (_SUBTITLE_PT * LEADING)))
    lines = [
        Writing(line, _SUBTITLE_PT, palette["quiet-text"])
        for line in wrap(subtitle, _SUBTITLE_PT, head.width, most=most)
    ]
    own = read_own_words(language)
    return (
        Layer("title", own["title"], "", (Item("title", own["title"], words=(write_block(first, head, side),)),)),
        Layer("shown", own["not-shown"], "", (Item("shown", subtitle, words=(write_block(lines, below, side),)),)),
    )


def write_sources(sources: Sequence[NumberedSource], box: Box, palette: Palette, language: Language) -> Layer:
    """List the numbered sources in a box; those there is no room for are counted."""
    words, side = read_own_words(language), start_side(language)
    lines = [Writing(words["sources"], _HEADING_PT, palette["text"], bold=True)]
    room = int((box.height - _HEADING_PT * LEADING) / (_SOURCE_PT * LEADING))
    if not sources:
        lines.append(Writing(words["no-sources"], _SOURCE_PT, palette["quiet-text"]))
    written = 0
    # no more of them than lines have room, however many there are
    told_of = _wrap_sources(sources[: room + 1], box.width, room)
    if sum(map(len, told_of)) > room:
        # one line tells how many more there are
        room -= 1
    for source, told in zip(sources, told_of, strict=False):
        if len(told) > room:
            break
        room -= len(told)
        written += 1
        lines += [Writing(line, _SOURCE_PT, palette["text"], url=source.url) for line in told]
    if written < len(sources):
        more = words["more-sources"].format(len(sources) - written)
        lines.append(Writing(more, _SOURCE_PT, palette["quiet-text"]))
    item = Item("sources", words["sources"], words=(write_block(lines, box, side),))
    return Layer("sources", words["sources"], "", (item,))


def write_numbers(sources: Sequence[NumberedSource], box: Box, palette: Palette, language: Language) -> Layer:
    """Write the numbers of the sources, which stand in full at the end of the file."""
    words = read_own_words(language)
    text = words["sources-at-end"].format(format_numbers([source.number for source in sources]))
    lines = wrap(text if sources else words["no-sources"], _SOURCE_PT, box.width)
    written = [Writing(line, _SOURCE_PT, palette["quiet-text"]) for line in lines]
    item = Item("sources", words["sources"], words=(write_block(written, box, start_side(language)),))
    return Layer("sources", words["sources"], "", (item,))


def _wrap_sources(sources: Sequence[NumberedSource], width_pt: float, room: int) -> list[list[str]]:
    """Break the sources into lines: each in full where all have room, else each cut to as many lines as have."""
    told: list[list[str]] = []
    for most in range(_MAX_SOURCE_LINES, 0, -1):
        told = [wrap(f"[{source.number}] {source.text}", _SOURCE_PT, width_pt, most=most) for source in sources]
        if sum(map(len, told)) <= room:
            break
    return told


def write_credits(texts: Sequence[str], box: Box, palette: Palette, language: Language) -> Layer:
    """Write who is to be credited and how the map is made, at the foot of the page."""
    most = int(box.height / (_CREDIT_PT * LEADING))
    lines = wrap(" · ".join(text.rstrip(".") for text in texts if text), _CREDIT_PT, box.width, most=most)
    block = [Writing(line, _CREDIT_PT, palette["quiet-text"]) for line in lines]
    name = read_own_words(language)["licences"]
    item = Item("credits", name, words=(write_block(block, box, start_side(language)),))
    return Layer("credits", name, "", (item,))
