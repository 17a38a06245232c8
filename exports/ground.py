"""The ground of a drawing: land, lakes, boundaries, graticule, and names to orient by."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import shapely
from shapely.geometry import shape

from exports.drawing import Fill, Item, Layer, Path, Stroke, Writing
from exports.glyphs import trace_glyph
from exports.lettering import clean_text, write_at
from exports.palette import Palette
from exports.placing import Label
from exports.projecting import Frame, project_within, to_lines, to_rings
from exports.strings import read_own_words
from geo.graticule import build_graticule
from geo.model import Extent
from geo.view import Language
from layers.style import Glyph

_SCALES = ("world", "wide", "frame")
LAND = frozenset({"world-land", "land"})
"""Kinds of the base map's features that are land."""

# kinds of named things: which of the page's sizes each has
_SIZES = {"town": "town", "water-label": "water", "region-label": "water", "country-label": "country"}
# a country's name of each scale stands up to this denominator, from that of the finer one on
_COUNTRY_ROOM = {"frame": (0.0, 1_500_000.0), "wide": (1_500_000.0, 9_000_000.0), "world": (9_000_000.0, np.inf)}
_TOWN_PT = 1.5
# the least important rank of names that a scale still has room for, as denominators of the scale
_ROOM = ((1_500_000, 3), (4_000_000, 2), (12_000_000, 1))


def draw_ground(basemap: Mapping[str, Any], frame: Frame, palette: Palette, language: Language) -> tuple[Layer, ...]:
    """Draw the land and the graticule.

    Parameters
    ----------
    basemap
        GeoJSON FeatureCollection as `geo.dataset.Dataset` has it.
    frame
        Where it is drawn.
    palette
        Its colours.
    language
        Of the layers' names.
    """
    words = read_own_words(language)
    features = [feature for feature in basemap["features"] if feature["geometry"]["type"] != "Point"]
    shapes = project_within(frame, np.array([shape(feature["geometry"]) for feature in features], dtype=object))
    used = _finest_scale(features, frame)
    items = [Item("sea", "Sea", paths=(Path((frame.box.ring,), fill=Fill(palette["sea"])),))]
    drawn = []
    for feature, geometry in zip(features, shapes, strict=True):
        properties = feature["properties"]
        if geometry is not None and properties.get("scale", "frame") in used:
            drawn.append((_order(properties), properties, geometry))
    for _, properties, geometry in sorted(drawn, key=lambda row: row[0]):
        path = _draw_part(properties, geometry, frame, palette)
        if path is not None:
            name = f"{properties['kind'].replace('-', ' ').capitalize()}: {properties.get('name') or ''}".rstrip(": ")
            items.append(Item("", name, paths=(path,)))
    return (
        Layer("ground", words["ground"], "", tuple(items), is_decorative=True),
        Layer("graticule", words["graticule"], "", _draw_graticule(frame, palette), is_decorative=True),
    )


def _order(properties: Mapping[str, Any]) -> tuple[int, int]:
    kind, scale = properties["kind"], properties.get("scale", "frame")
    return (0 if kind in LAND else 1 if kind == "lake" else 2, _SCALES.index(scale))


def _finest_scale(features: list[Any], frame: Frame) -> set[str]:
    """Leave the coarse world out where the finer ground fills the frame."""
    finer = [f for f in features if f["properties"]["kind"] == "land" and f["properties"].get("scale") != "world"]
    if not finer:
        return set(_SCALES)
    sides = shapely.bounds(np.array([shape(feature["geometry"]) for feature in finer], dtype=object))
    west, south, east, north = frame.bounds_deg
    fills = west >= sides[:, 0].min() and south >= sides[:, 1].min() and east <= sides[:, 2].max()
    return {"wide", "frame"} if fills and north <= sides[:, 3].max() else set(_SCALES)


def _draw_part(properties: Mapping[str, Any], geometry: Any, frame: Frame, palette: Palette) -> Path | None:
    kind = properties["kind"]
    if kind in LAND or kind == "lake":
        rings = to_rings(shapely.intersection(geometry, frame.polygon))
        colour = palette["sea" if kind == "lake" else "land"]
        # a hairline of its own colour closes the seams between neighbours
        stroke = None if kind == "lake" else Stroke(colour, 0.6)
        return Path(rings, rings, Fill(colour), stroke) if rings else None
    lines = to_lines(shapely.intersection(geometry, frame.polygon))
    if not lines or kind not in {"boundary", "governorate-line"}:
        return None
    dash = (3.75, 3.0) if properties.get("disputed") else () if kind == "boundary" else (1.0, 2.0)
    return Path(lines=lines, stroke=Stroke(palette["boundary"], 0.75 if kind == "boundary" else 0.5, 1.0, dash))


def _draw_graticule(frame: Frame, palette: Palette) -> tuple[Item, ...]:
    """Draw lines of longitude and latitude, each named where it leaves the frame below or on the left."""
    west, south, east, north = frame.bounds_deg
    items = []
    for line in build_graticule(Extent(west=west, south=south, east=east, north=north)):
        projected = frame.project(np.array([shapely.LineString(line.coordinates)], dtype=object))[0]
        lines = to_lines(shapely.intersection(projected, frame.polygon)) if shapely.is_valid(projected) else ()
        if not lines:
            continue
        letters = (Writing(line.label, palette.letters.graticule, palette["graticule-text"]),)
        box = frame.box
        if line.is_meridian:
            x, y = max((point for part in lines for point in part), key=lambda point: point[1])
            words = write_at((x, box.bottom + 1.5), letters, "middle") if y > box.bottom - 1 else None
        else:
            x, y = min(point for part in lines for point in part)
            words = write_at((box.left - 2, y - 4), letters, "right") if x < box.left + 1 else None
        path = Path(lines=lines, stroke=Stroke(palette["graticule"], 0.45))
        items.append(Item("", line.label, paths=(path,), words=(words,) if words else ()))
    return tuple(items)


def name_ground(basemap: Mapping[str, Any], frame: Frame, palette: Palette, language: Language) -> list[Label]:
    """List the names of towns, waters and regions that the scale has room for, the most important first."""
    room = next((rank for denominator, rank in _ROOM if frame.denominator <= denominator), 0)
    features = [feature for feature in basemap["features"] if feature["properties"]["kind"] in _SIZES]
    places = project_within(frame, np.array([shape(feature["geometry"]) for feature in features], dtype=object))
    ranked = []
    for row, (feature, place) in enumerate(zip(features, places, strict=True)):
        properties = feature["properties"]
        kind, rank = properties["kind"], properties.get("rank") or 2
        if place is None or not _has_room(properties, frame, room) or not place.intersects(frame.polygon):
            continue
        name = clean_text(properties["names"].get(language.value, properties["names"]["en"]))
        name = name.upper() if kind == "country-label" else name
        size_pt: float = getattr(palette.letters, _SIZES[kind])
        ink = palette["water-text" if kind == "water-label" else "quiet-text"]
        # only Latin letters lean
        line = Writing(name, size_pt, ink, italic=kind == "water-label" and language is Language.ENGLISH)
        anchors = ((place.x, place.y),) if kind == "town" else _around(place.x, place.y)
        reach = _TOWN_PT if kind == "town" else None
        ranked.append((rank if kind == "town" else 0, row, Label(f"ground-{kind}-{row}", (line,), anchors, reach)))
    return [label for _, _, label in sorted(ranked, key=lambda item: item[:2])]


def _has_room(properties: Mapping[str, Any], frame: Frame, room: int) -> bool:
    """Tell whether a name is wide enough for the scale of the frame."""
    if properties["kind"] == "country-label":
        least, most = _COUNTRY_ROOM[properties["scale"]]
        return bool(least <= frame.denominator < most)
    return bool((properties.get("rank") or 2) <= (room if properties["kind"] == "town" else room + 1))


def _around(x: float, y: float) -> tuple[tuple[float, float], ...]:
    """Give the name of a wide thing some places to go to, around the one it was given."""
    return tuple((x + across, y + down) for down in (0, -10, 10, -20, 20) for across in (0, -15, 15, -30, 30))


def dot_town(label: Label, palette: Palette) -> Path:
    """Draw the small dot of a town that is named."""
    outline = trace_glyph(Glyph.DOT, label.anchors[0], _TOWN_PT)
    return Path(
        outline.lines, outline.lines, Fill(palette["land"]), Stroke(palette["quiet-text"], 0.75), outline.ellipse
    )
