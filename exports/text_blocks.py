"""Blocks of text beside the map: title, sources, credits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from exports.drawing import Box, Item, Layer, NumberedSource, Words, Writing
from exports.layout import Layout, wrap_finding
from exports.lettering import LEADING, measure_width, shorten, wrap, write_at
from exports.palette import Palette
from exports.strings import read_own_words
from exports.subjects import format_numbers
from geo.view import Language
from layers.words import read_words

_TITLE_PT = 20.0
_TITLE_SIZES_PT, _TITLE_ROOM = (_TITLE_PT, 17.0, 14.0, 12.0), 0.92
# lines are broken as if their letters were light, and bold ones are wider by this
_BOLD_SHARE = 0.86
_MAX_SOURCE_LINES, _MOST_ADDRESS = 4, 56


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


@dataclass(frozen=True, slots=True)
class Heading:
    """What stands above a map: title, a sentence of who makes the file (empty where there is none), what is shown."""

    title: str
    finding: str
    shown: str


def write_heading(layout: Layout, heading: Heading, palette: Palette, language: Language) -> tuple[Layer, ...]:
    """Write the title, below it the sentence of who makes the file, and what is shown in one line or two."""
    side, head, letters = start_side(language), layout.head, palette.letters
    first = fit_title(heading.title, head.width, palette["text"])
    top = head.top + max(_TITLE_PT, sum(line.size_pt for line in first)) * LEADING + 1
    finding = [
        Writing(line, letters.finding, palette["text"]) for line in wrap_finding(heading.finding, head.width, letters)
    ]
    below = Box(head.left, top, head.right, head.bottom)
    if finding:
        below = replace(below, top=top + len(finding) * letters.finding * LEADING + 1)
    most = max(1, int(below.height / (letters.shown * LEADING)))
    lines = [
        Writing(line, letters.shown, palette["quiet-text"])
        for line in wrap(heading.shown, letters.shown, head.width, most=most)
    ]
    own = read_own_words(language)
    told = (
        ("title", own["title"], own["title"], first, head),
        ("finding", own["finding"], heading.finding, finding, replace(below, top=top)),
        ("shown", own["not-shown"], heading.shown, lines, below),
    )
    return tuple(
        Layer(key, name, "", (Item(key, item, words=(write_block(written, box, side),)),))
        for key, name, item, written, box in told
        if written
    )


def write_sources(sources: Sequence[NumberedSource], box: Box, palette: Palette, language: Language) -> Layer:
    """List the numbered sources in a box: in full, else by who wrote them and where; those without room are counted."""
    words, side, size_pt = read_own_words(language), start_side(language), palette.letters.source
    lines = [Writing(words["sources"], palette.letters.heading, palette["text"], bold=True)]
    room = int((box.height - palette.letters.heading * LEADING) / (size_pt * LEADING))
    if not sources:
        lines.append(Writing(words["no-sources"], size_pt, palette["quiet-text"]))
    written = 0
    # no more of them than lines have room, however many there are
    told_of = _wrap_sources(sources[: room + 1], box.width, room, size_pt)
    if sum(map(len, told_of)) > room:
        # one line tells how many more there are
        room -= 1
    for source, told in zip(sources, told_of, strict=False):
        if len(told) > room:
            break
        room -= len(told)
        written += 1
        lines += [Writing(line, size_pt, palette["text"], url=source.url) for line in told]
    if written < len(sources):
        more = words["more-sources"].format(len(sources) - written)
        lines.append(Writing(more, size_pt, palette["quiet-text"]))
    item = Item("sources", words["sources"], words=(write_block(lines, box, side),))
    return Layer("sources", words["sources"], "", (item,))


def name_address(url: str, language: Language) -> str:
    """Write an address as a table shows it: host and path, a long one cut in its middle; that none is known if so."""
    if not url:
        return read_words(language)["no-address"].rstrip(".")
    parts = urlsplit(url)
    text = f"{(parts.hostname or '')}{parts.path.rstrip('/')}"
    if len(text) <= _MOST_ADDRESS:
        return text
    kept = _MOST_ADDRESS - 1
    return f"{text[: kept - kept // 2]}…{text[-(kept // 2) :]}"


def write_numbers(sources: Sequence[NumberedSource], box: Box, palette: Palette, language: Language) -> Layer:
    """Write the numbers of the sources, which stand in full at the end of the file."""
    words, size_pt = read_own_words(language), palette.letters.source
    text = words["sources-at-end"].format(format_numbers([source.number for source in sources]))
    lines = wrap(text if sources else words["no-sources"], size_pt, box.width)
    written = [Writing(line, size_pt, palette["quiet-text"]) for line in lines]
    item = Item("sources", words["sources"], words=(write_block(written, box, start_side(language)),))
    return Layer("sources", words["sources"], "", (item,))


def _wrap_sources(sources: Sequence[NumberedSource], width_pt: float, room: int, size_pt: float) -> list[list[str]]:
    """Break the sources into lines: in full where all have room, else their short names, cut only as a last resort."""
    told: list[list[str]] = []
    for is_short, most in ((False, _MAX_SOURCE_LINES), (True, 2), (True, 1)):
        told = [
            wrap(f"[{source.number}] {source.short if is_short else source.text}", size_pt, width_pt, most=most)
            for source in sources
        ]
        if sum(map(len, told)) <= room:
            break
    return told


def measure_short_sources(sources: Sequence[NumberedSource], width_pt: float, palette: Palette) -> float:
    """Return how high a list of the sources' short names with its heading is, points."""
    size_pt = palette.letters.source
    count = sum(len(wrap(f"[{source.number}] {source.short}", size_pt, width_pt, most=2)) for source in sources)
    return (palette.letters.heading + count * size_pt) * LEADING


def write_credits(texts: Sequence[str], box: Box, palette: Palette, language: Language) -> Layer:
    """Write who is to be credited and how the map is made, at the foot of the page."""
    size_pt = palette.letters.credit
    most = int(box.height / (size_pt * LEADING))
    lines = wrap(" · ".join(text.rstrip(".") for text in texts if text), size_pt, box.width, most=most)
    block = [Writing(line, size_pt, palette["quiet-text"]) for line in lines]
    name = read_own_words(language)["licences"]
    item = Item("credits", name, words=(write_block(block, box, start_side(language)),))
    return Layer("credits", name, "", (item,))
