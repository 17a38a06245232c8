"""What stands in and beside the map: legend, scale bar, north arrow, inset, title, sources, credits."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import shapely
from shapely.geometry import shape

from exports.drawing import Box, Fill, Item, Layer, Line, NumberedSource, Path, Stroke, Words, Writing
from exports.layout import Layout
from exports.lettering import LEADING, measure_width, shorten, wrap, write_at
from exports.palette import Palette
from exports.projecting import Frame, to_lines, to_rings
from exports.strings import read_own_words
from exports.subjects import format_numbers
from geo.view import Language

_TITLE_PT, _SUBTITLE_PT, _SOURCE_PT, _CREDIT_PT, _HEADING_PT = 20.0, 9.5, 8.0, 6.5, 9.5
_TITLE_SIZES_PT, _TITLE_ROOM = (_TITLE_PT, 17.0, 14.0, 12.0), 0.92
# lines are broken as if their letters were light, and bold ones are wider by this
_BOLD_SHARE = 0.86
_SCALE_STEPS = (1, 2, 5)
_SCALE_WIDTH_PT = 130.0
_SCALE_PARTS = 4
_INSET_WIDTH_PT = 104.0
# from Libya to Iran, from the Sahel to the Black Sea: west, south, east, north
_REGION_DEG = (9.0, 14.0, 64.0, 43.0)
_INSET_MARK_PT = 5.0
_PLATE_MARGIN_PT, _PLATE_ALPHA = 3.0, 0.75
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


def draw_neat_line(frame: Frame, palette: Palette) -> Layer:
    """Draw the line around the map."""
    ring = (frame.box.ring,)
    item = Item("neat-line", "Neat line", paths=(Path(lines=ring, stroke=Stroke(palette["quiet-text"], 0.75)),))
    return Layer("neat-line", "Neat line", "", (item,), is_decorative=True)


def draw_scale_bar(frame: Frame, palette: Palette, language: Language) -> Layer:
    """Draw a scale bar: as long as its kilometres are on the ground at the frame's middle."""
    words = read_own_words(language)
    length_m = _round_length(_SCALE_WIDTH_PT / frame.points_per_ground_metre)
    part = length_m * frame.points_per_ground_metre / _SCALE_PARTS
    left, top, height = frame.box.left + 14, frame.box.bottom - 26, 4.0
    bars, letters = [], []
    for step in range(_SCALE_PARTS):
        box = Box(left + step * part, top, left + (step + 1) * part, top + height)
        fill = Fill(palette["text"] if step % 2 == 0 else palette["paper"])
        bars.append(Path((box.ring,), (box.ring,), fill, Stroke(palette["text"], 0.5)))
    unit = "kilometres" if length_m >= 1000 else "metres"
    size = length_m / (1000 if length_m >= 1000 else 1)
    for share in (0.0, 0.5, 1.0):
        text = f"{size * share:g}" + (f" {words[unit]}" if share == 1 else "")
        line = (Writing(text, 7.0, palette["text"]),)
        letters.append(
            write_at((left + share * _SCALE_PARTS * part, top + height + 1.5), line, "middle", palette["halo"])
        )
    alt = f"{words['scale-bar']}: {size:g} {words[unit]}"
    plate = _draw_plate([bar.rings[0] for bar in bars], letters, palette)
    item = Item("scale-bar", words["scale-bar"], alt, (plate, *bars), tuple(letters))
    return Layer("scale-bar", words["scale-bar"], alt, (item,))


def _draw_plate(rings: Sequence[Line], letters: Sequence[Words], palette: Palette) -> Path:
    """Draw a plate of the ground's colour that keeps marks from what stands on it."""
    corners = [point for ring in (*rings, *(words.box.ring for words in letters)) for point in ring]
    across, down = zip(*corners, strict=True)
    box = Box(min(across), min(down), max(across), max(down)).grown(_PLATE_MARGIN_PT)
    return Path((box.ring,), (), Fill(palette["land"], _PLATE_ALPHA), role="plate")


def _round_length(length_m: float) -> float:
    """Return the greatest round length that is not above another, metres."""
    power = 10 ** math.floor(math.log10(length_m))
    return float(max(step * power for step in _SCALE_STEPS if step * power <= length_m))


def draw_north_arrow(frame: Frame, palette: Palette, language: Language) -> Layer:
    """Draw an arrow to true north at the frame's middle."""
    words = read_own_words(language)
    x, y = frame.box.right - 20, frame.box.top + 24
    turn = math.radians(frame.north_deg)
    needle = ((0, -12), (5, 6), (0, 2.5), (-5, 6), (0, -12))
    ring = tuple(
        (
            round(x + px * math.cos(turn) - py * math.sin(turn), 2),
            round(y + px * math.sin(turn) + py * math.cos(turn), 2),
        )
        for px, py in needle
    )
    path = Path((ring,), (ring,), Fill(palette["text"]), Stroke(palette["halo"], 0.75))
    letter = write_at(
        (x, y + 7), (Writing(words["north"], 9.0, palette["text"], bold=True),), "middle", palette["halo"]
    )
    alt = f"{words['north-arrow']}: {frame.north_deg:+.2f}°"
    item = Item("north-arrow", words["north-arrow"], alt, (_draw_plate([ring], [letter], palette), path), (letter,))
    return Layer("north-arrow", words["north-arrow"], alt, (item,))


def draw_inset(basemap: Mapping[str, Any], frame: Frame, palette: Palette, language: Language) -> Layer | None:
    """Draw where in the region the frame lies; nothing where the frame is as wide as the region."""
    west, south, east, north = _REGION_DEG
    seen = frame.bounds_deg
    is_within = west < seen[0] and south < seen[1] and seen[2] < east and seen[3] < north
    if seen[2] - seen[0] > (east - west) / 2 or not is_within:
        return None
    squeeze = math.cos(math.radians((south + north) / 2))
    scale = _INSET_WIDTH_PT / ((east - west) * squeeze)
    height = (north - south) * scale
    right, bottom = frame.box.right - 6, frame.box.bottom - 6
    box = Box(right - _INSET_WIDTH_PT, bottom - height, right, bottom)

    def to_inset(points: Any) -> Any:
        return np.column_stack(
            [box.left + (points[:, 0] - west) * squeeze * scale, box.top + (north - points[:, 1]) * scale]
        )

    # the finer land fills the place that the coarse world leaves for it
    land = [shape(f["geometry"]) for f in basemap["features"] if f["properties"]["kind"] in {"world-land", "land"}]
    clipped = shapely.intersection(np.array(land, dtype=object), shapely.box(*_REGION_DEG))
    ground = shapely.simplify(shapely.transform(shapely.union_all(clipped), to_inset), 0.2)
    place = shapely.transform(shapely.box(*seen), to_inset)
    sides = shapely.bounds(place)
    spare = max(0.0, _INSET_MARK_PT - min(sides[2] - sides[0], sides[3] - sides[1])) / 2
    mark = Box(sides[0] - spare, sides[1] - spare, sides[2] + spare, sides[3] + spare)
    name = read_own_words(language)["inset"]
    paths = (
        Path((box.ring,), (), Fill(palette["sea"])),
        Path(to_rings(ground), to_lines(ground), Fill(palette["land"]), Stroke(palette["boundary"], 0.3)),
        Path((), (box.ring,), None, Stroke(palette["quiet-text"], 0.6)),
        Path((), (mark.ring,), None, Stroke(palette["accent"], 1.1)),
    )
    return Layer("inset", name, name, (Item("inset", name, name, paths),))


def furniture_boxes(layers: Sequence[Layer | None]) -> list[Box]:
    """Return the ground that furniture in the frame takes, so that no name runs under it."""
    boxes = []
    for layer in layers:
        for item in layer.items if layer else ():
            points = [point for path in item.paths for line in (*path.rings, *path.lines) for point in line]
            corners = [corner for words in item.words for corner in words.box.ring]
            sides = [*points, *corners]
            across, down = zip(*sides, strict=True)
            boxes.append(Box(min(across), min(down), max(across), max(down)).grown(2))
    return boxes


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
