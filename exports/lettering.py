"""Letters of a drawing: which can be drawn, and how much room a line of them takes."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import matplotlib as mpl
from matplotlib.font_manager import get_font

from exports.drawing import Box, Point, Words, Writing

LEADING = 1.25
"""From line to line, in sizes of the letters."""

ASCENT = 0.98
"""From the top of a line to what its letters stand on, in their size."""

HALO_PT = 2.6
"""Width of the halo around a name."""

_FONTS = {False: ("DejaVuSans.ttf",), True: ("DejaVuSans-Bold.ttf", "DejaVuSans.ttf")}
_ITALIC = "DejaVuSans-Oblique.ttf"
_RIGHT_TO_LEFT = {"R", "AL"}
_MEASURED_AT = 64
# shares of a width that lines about as long as each other may do with
_NARROWER = (0.5, 0.6, 0.7, 0.8, 0.9)
# a longer line fits no page, and is only judged by its length: to shape a hundred thousand letters takes seconds
_MOST_SHAPED = 2000
# what no file can hold: controls, line separators, lone surrogates, and the two last codes of each plane
_UNWRITABLE = re.compile(
    "[\\x00-\\x1f\\x7f-\\x9f\\u2028\\u2029\\ud800-\\udfff"
    + "".join(chr(plane << 16 | last) for plane in range(17) for last in (0xFFFE, 0xFFFF))
    + "]"
)
# what steers a line rather than being written in it
_STEERING = re.compile(r"[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
_CLOSED_BY = dict.fromkeys("\u202a\u202b\u202d\u202e", "\u202c") | dict.fromkeys("\u2066\u2067\u2068", "\u2069")


def clean_text(text: str) -> str:
    r"""Write a text on one line with nothing in it that a file cannot hold or that steers the lines around it.

    Controls, lone surrogates and characters that are none become spaces; marks that turn the direction are left out.

    Examples
    --------
    >>> clean_text("a\x00b\n\u202ec")
    'a b c'
    """
    # what is printable has neither controls nor steering marks, in any script
    if text.isprintable():
        return " ".join(text.split())
    return " ".join(_UNWRITABLE.sub(" ", _STEERING.sub("", text)).split())


def keep_text(text: str) -> str:
    r"""Write a text on one line with all its blanks, and with marks of direction that end where it ends.

    Controls, ends of lines, lone surrogates and characters that are none become spaces.

    Examples
    --------
    >>> keep_text("a  \u202eb\n")
    'a  \u202eb \u202c'
    """
    if text.isprintable():
        return text
    closing: list[str] = []
    for mark in _STEERING.findall(text):
        if mark in _CLOSED_BY:
            closing.append(_CLOSED_BY[mark])
        elif mark in closing:
            # what was begun within an isolate ends with it
            del closing[len(closing) - 1 - closing[::-1].index(mark) :]
    return _UNWRITABLE.sub(" ", text) + "".join(reversed(closing))


def is_right_to_left(text: str) -> bool:
    """Tell whether a line runs from right to left: by its first letter of a direction (Unicode UAX 9, rule P2)."""
    for letter in text:
        kind = unicodedata.bidirectional(letter)
        if kind == "L":
            return False
        if kind in _RIGHT_TO_LEFT:
            return True
    return False


def script_language(text: str, default: str) -> str:
    """Name the language of a line for programs that shape or speak it: by its script, else the given one."""
    if re.search(r"[\u0590-\u05ff]", text):
        return "he-IL"
    if re.search(r"[\u0600-\u06ff]", text):
        return "ar"
    return "en-GB" if default == "ar" else default


def font_files(*, bold: bool, italic: bool = False) -> tuple[Path, ...]:
    """Return the font files for a line, first choice first: those that matplotlib brings, alike on every machine."""
    folder = Path(mpl.get_data_path()) / "fonts" / "ttf"
    names = (_ITALIC, *_FONTS[False]) if italic else _FONTS[bold]
    return tuple(folder / name for name in names)


def _font(*, bold: bool, italic: bool) -> Any:
    # matplotlib keeps one such font for each thread and sets its size as it draws: it is set anew each time
    font = get_font([str(path) for path in font_files(bold=bold, italic=italic)])
    font.set_size(_MEASURED_AT, 72)
    return font


@cache
def _letters() -> frozenset[int]:
    return frozenset(get_font(str(font_files(bold=False)[0])).get_charmap())


def drawable_text(text: str) -> str:
    """Replace letters that the fonts lack by a box, as a reader would see it, but without a complaint."""
    return "".join(letter if ord(letter) in _letters() else "\u25a1" for letter in text)


@lru_cache(maxsize=4096)
def measure_width(text: str, size_pt: float, *, bold: bool = False, italic: bool = False) -> float:
    """Return the width of a line of text, points, shaped as it is drawn."""
    font = _font(bold=bold, italic=italic)
    letters = text[:_MOST_SHAPED]
    font.set_text(drawable_text(letters), 0.0)
    width = float(font.get_width_height()[0]) / 64 * size_pt / _MEASURED_AT
    return width * len(text) / len(letters) if len(text) > len(letters) else width


def measure_line(line: Writing) -> float:
    """Return the width of a line, points."""
    return measure_width(line.text, line.size_pt, bold=line.bold, italic=line.italic)


def measure(lines: tuple[Writing, ...]) -> Point:
    """Return the width and height of a block of lines, points."""
    return (max(measure_line(line) for line in lines), sum(line.size_pt * LEADING for line in lines))


def write_at(point: Point, lines: tuple[Writing, ...], align: str = "left", halo: str = "") -> Words:
    """Put lines of text so that their top left, top middle or top right is at a point."""
    width, height = measure(lines)
    left = point[0] - {"left": 0.0, "middle": width / 2, "right": width}[align]
    return Words(Box(left, point[1], left + width, point[1] + height), lines, align, halo)


def wrap(text: str, size_pt: float, width_pt: float, *, most: int = 99) -> list[str]:
    """Break a text into lines of at most a width; what is beyond the last line is an ellipsis.

    Parameters
    ----------
    text
        On one line.
    size_pt, width_pt
        Of the letters; of the lines.
    most
        Greatest number of lines.
    """
    lines: list[str] = []
    for word in text.split(" "):
        for piece in _pieces(word, size_pt, width_pt):
            longer = f"{lines[-1]} {piece}" if lines else piece
            if lines and measure_width(longer, size_pt) <= width_pt:
                lines[-1] = longer
            else:
                lines.append(piece)
    if len(lines) > most:
        lines = [*lines[: most - 1], shorten(" ".join(lines[most - 1 :]), size_pt, width_pt)]
    return lines


def wrap_evenly(text: str, size_pt: float, width_pt: float) -> list[str]:
    """Break a text into as few lines of at most a width as it needs, about as long as each other.

    Parameters
    ----------
    text
        On one line.
    size_pt, width_pt
        Of the letters; the greatest of the lines.

    >>> wrap("Region of Sheikh Zuweid and El Arish", 9, 150)
    ['Region of Sheikh Zuweid and El', 'Arish']
    >>> wrap_evenly("Region of Sheikh Zuweid and El Arish", 9, 150)
    ['Region of Sheikh', 'Zuweid and El Arish']
    """
    widest = wrap(text, size_pt, width_pt)
    tried = (wrap(text, size_pt, share * width_pt) for share in _NARROWER)
    # a word that is too long for narrower lines stays whole
    return next((lines for lines in tried if len(lines) == len(widest) and " ".join(lines) == text), widest)


def _pieces(word: str, size_pt: float, width_pt: float) -> list[str]:
    """Cut a word that is wider than a line."""
    if measure_width(word, size_pt) <= width_pt:
        return [word]
    count = max(1, int(len(word) * width_pt / measure_width(word, size_pt)) - 1)
    return [word[i : i + count] for i in range(0, len(word), count)]


def shorten(text: str, size_pt: float, width_pt: float, *, bold: bool = False) -> str:
    """Cut a text so that it fits a width with an ellipsis at its end."""
    if measure_width(text, size_pt, bold=bold) <= width_pt:
        return text
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        if measure_width(f"{text[:middle].rstrip()}…", size_pt, bold=bold) <= width_pt:
            low = middle
        else:
            high = middle - 1
    return f"{text[:low].rstrip()}…"
