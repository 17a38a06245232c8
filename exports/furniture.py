"""What stands in the map's frame beside the marks: neat line, scale bar, north arrow, inset."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import shapely
from shapely.geometry import shape

from exports.drawing import Box, Fill, Item, Layer, Line, Path, Stroke, Words, Writing
from exports.lettering import write_at
from exports.palette import Palette
from exports.projecting import Frame, to_lines, to_rings
from exports.strings import read_own_words
from geo.view import Language

_SCALE_STEPS = (1, 2, 5)
_SCALE_WIDTH_PT = 130.0
_SCALE_PARTS = 4
_INSET_WIDTH_PT = 104.0
# from Libya to Iran, from the Sahel to the Black Sea: west, south, east, north
_REGION_DEG = (9.0, 14.0, 64.0, 43.0)
_INSET_MARK_PT = 5.0
_PLATE_MARGIN_PT, _PLATE_ALPHA = 3.0, 0.75


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
        line = (Writing(text, palette.letters.scale, palette["text"]),)
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
