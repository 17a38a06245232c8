"""How marks look: the symbols of the map page as shapes, so that every drawn format has the same."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from exports.drawing import Box, Fill, Line, Path, Point, Stroke
from exports.glyphs import trace_glyph
from exports.palette import Palette
from exports.projecting import Frame, to_lines, to_rings
from exports.subjects import Subject
from geo.model import Precision
from layers.style import Glyph, Hatch, ThemeStyle

PX_PT = 0.75
"""A pixel of the page, in points; the sizes below are the page's."""

MARK_PX = 4.5
_SMALL_PX, _WIDE_PX, _EDGE_PX = 3, 150, 13
# kinds of shapes whose parts are drawn one by one
_MANY = frozenset({"MultiPoint", "GeometryCollection"})
_DENSE = ((800, MARK_PX), (4000, 3.0))
_DENSEST_PX = 1.4
_FEW_THEMES, _AMONG_MANY = 2, 0.5
# width in pixels and alpha of the faint strokes that make an edge soft
_SOFT_EDGE = ((11, 0.06), (5, 0.08))
# of what the atlas measured, a blurred edge that is seen (3:1 in its middle) and is no outline
_BLUR = ((9, 0.08), (5, 0.16), (1.7, 0.7))
_SOFT_INNER_EDGE = ((9, 0.05), (4, 0.07))
# of a place that nobody says how far off it may be: alpha of its disc, dashes in pixels, whether it has an edge
_VAGUE: Mapping[Precision | None, tuple[float, tuple[float, ...], bool]] = MappingProxyType(
    {
        Precision.APPROXIMATE: (0.16, (), True),
        Precision.AREA: (0.28, (), False),
        Precision.SCHEMATIC: (0.05, (3.0, 2.5), True),
    }
)
# of an armistice line or a disputed one, which is as thick as it is sure; the page's round ends add to its dashes
_DISPUTED_DASH_PX = (10.0, 6.0)
# length of the barbs of an open head, and how far each opens from the line
_BARB_PX, _OPENING_RAD = 9, 0.5
_BEYOND_FRAME_PT = 2 * _EDGE_PX * PX_PT


@dataclass(frozen=True, slots=True)
class Brush:
    """What a theme is drawn with: colours ``#rrggbb``, marks, hatch of areas and by what its alpha is multiplied."""

    ink: str
    land: str
    halo: str
    glyph: Glyph
    hatch: Hatch
    has_heads: bool = False
    strength: float = 1.0


def choose_brush(style: ThemeStyle, palette: Palette, theme_count: int = 1) -> Brush:
    """Return what a theme is drawn with on a ground: among many themes areas are half as strong, as on the page."""
    strength = 1.0 if theme_count <= _FEW_THEMES else _AMONG_MANY
    ink, land, halo = palette.ink(style), palette["land"], palette["halo"]
    return Brush(ink, land, halo, style.glyph, style.hatch, style.has_heads, strength)


def choose_mark_size(count: int) -> float:
    """Return the radius of points' marks, points: the more marks a theme has, the smaller each is."""
    return next((size for most, size in _DENSE if count < most), _DENSEST_PX) * PX_PT


def draw_symbol(
    subject: Subject, geometry: BaseGeometry, frame: Frame, brush: Brush, mark_pt: float
) -> tuple[Path, ...]:
    """Draw a mark as sure as it is known.

    Parameters
    ----------
    subject
        What is drawn.
    geometry
        Its shape on the page, points, unclipped.
    frame
        What is beyond it is cut off.
    brush
        What it is drawn with.
    mark_pt
        Radius of points' marks.

    Returns
    -------
    Its shapes from the lowest to the topmost, one of them without a role: the mark itself. None where nothing of
    the mark is in the frame.
    """
    if not shapely.intersects(geometry, frame.polygon):
        return ()
    if subject.geometry.geom_type in _MANY and hasattr(geometry, "geoms"):
        return _draw_each(subject, geometry, frame, brush, mark_pt)
    kind = shapely.get_dimensions(geometry)
    west, north, east, south = shapely.bounds(geometry)
    if kind == 0 or (kind == 2 and max(east - west, south - north) < _SMALL_PX * PX_PT):
        return _draw_point(subject, ((west + east) / 2, (north + south) / 2), frame, brush, mark_pt)
    if kind == 1 and brush.glyph is Glyph.ARROW:
        return _draw_flow(subject, geometry, frame, brush)
    if kind == 1:
        return _draw_line(subject, geometry, frame, brush)
    parts = (_draw_wide_area if is_wide(geometry) else _draw_area)(subject, geometry, frame, brush)
    if any(path.rings or path.lines for path in parts):
        return parts
    # the frame lies deep within the area: nothing of its edge is seen, yet it is there to be chosen
    return (Path(to_rings(shapely.intersection(geometry, frame.polygon)), fill=Fill(brush.ink, 0.0)),)


def is_wide(geometry: shapely.Geometry) -> bool:
    """Tell whether a shape on the page, points, is an area that would cover the map."""
    west, north, east, south = shapely.bounds(geometry)
    is_area = shapely.get_dimensions(geometry) == 2
    return bool(is_area and min(east - west, south - north) > _WIDE_PX * PX_PT)


def _draw_each(
    subject: Subject, geometry: BaseGeometry, frame: Frame, brush: Brush, mark_pt: float
) -> tuple[Path, ...]:
    """Draw several points, or shapes of several kinds, each as it would be alone; the first of them is the mark."""
    drawn: list[Path] = []
    for part in shapely.get_parts(geometry):
        paths = draw_symbol(replace(subject, geometry=part), part, frame, brush, mark_pt)
        drawn += [replace(path, role=path.role or "further part") for path in paths] if drawn else paths
    return tuple(drawn)


def _pen(colour: str, width_px: float, alpha: float = 1.0, dash_px: tuple[float, ...] = ()) -> Stroke:
    return Stroke(colour, width_px * PX_PT, alpha, tuple(length * PX_PT for length in dash_px))


def _draw_area(subject: Subject, geometry: BaseGeometry, frame: Frame, brush: Brush) -> tuple[Path, ...]:
    inside = shapely.intersection(geometry, frame.polygon)
    edge = to_lines(shapely.intersection(shapely.boundary(geometry), frame.polygon))
    rings, ink = to_rings(inside), brush.ink
    parts: list[Path] = []
    if subject.precision is Precision.AREA:
        pens = _BLUR if subject.measured else [(width, alpha * brush.strength) for width, alpha in _SOFT_EDGE]
        parts += [Path(lines=edge, stroke=_pen(ink, width, alpha), role="soft edge") for width, alpha in pens]
        return (Path(rings, fill=Fill(ink, (0.03 if subject.hollow else 0.08) * brush.strength)), *parts)
    if subject.corroborated:
        parts.append(Path(lines=edge, stroke=_pen(ink, 4, 0.35), role="second outline"))
    if subject.precision is Precision.SCHEMATIC:
        fill = None if subject.hollow or brush.hatch is Hatch.NONE else Fill(ink, 0.45 * brush.strength, brush.hatch)
        parts.append(Path(rings, edge, fill, _pen(ink, 1, 0.75, (6, 4))))
    else:
        width = 1.8 if subject.precision is Precision.EXACT else 1
        parts.append(Path(rings, edge, Fill(ink, 0.03 if subject.hollow else 0.1), _pen(ink, width, 0.9)))
    return tuple(parts)


def _draw_wide_area(subject: Subject, geometry: BaseGeometry, frame: Frame, brush: Brush) -> tuple[Path, ...]:
    """Tint an area that would cover the map along its inner edge only, so that the ground stays quiet."""
    ink = brush.ink
    # an edge so far beyond the frame that its band does not reach into it is cut off first: buffers are slow
    near = shapely.intersection(geometry, _box_of(frame.box.grown(_BEYOND_FRAME_PT)))
    if subject.precision is Precision.AREA:
        bands = [(_inner_band(near, width, frame), alpha * brush.strength) for width, alpha in _SOFT_INNER_EDGE]
        # the first is the mark itself; a click or a tab finds it by its faint tint
        tints = [
            Path(to_rings(band), fill=Fill(ink, alpha), role="soft edge" if i else "")
            for i, (band, alpha) in enumerate(bands)
        ]
        line = to_lines(shapely.intersection(shapely.boundary(near), frame.polygon)) if subject.measured else ()
        return (*tints, *(Path(lines=line, stroke=_pen(ink, *pen), role="soft edge") for pen in _BLUR if line))
    edge = to_lines(shapely.intersection(shapely.boundary(geometry), frame.polygon))
    if subject.precision is Precision.SCHEMATIC:
        is_hatched = brush.hatch is not Hatch.NONE and not subject.hollow
        band = to_rings(_inner_band(near, _EDGE_PX, frame)) if is_hatched else ()
        fill = Fill(ink, 0.4 * brush.strength, brush.hatch) if is_hatched else None
        return (Path(band, edge, fill, _pen(ink, 1, 0.7, (6, 4))),)
    return (Path((), edge, None, _pen(ink, 1, 0.9)),)


def _inner_band(geometry: BaseGeometry, width_px: float, frame: Frame) -> BaseGeometry:
    inner = shapely.buffer(geometry, -width_px * PX_PT, quad_segs=2)
    return shapely.simplify(shapely.difference(shapely.intersection(geometry, frame.polygon), inner), 0.1)


def _box_of(box: Box) -> BaseGeometry:
    return shapely.box(box.left, box.top, box.right, box.bottom)


def _draw_line(subject: Subject, geometry: BaseGeometry, frame: Frame, brush: Brush) -> tuple[Path, ...]:
    lines = to_lines(shapely.line_merge(shapely.intersection(geometry, frame.polygon)))
    is_sure = subject.precision in {None, Precision.EXACT, Precision.APPROXIMATE}
    dash = (2.0, 5.0) if subject.hollow else _DISPUTED_DASH_PX if subject.disputed else () if is_sure else (8.0, 6.0)
    # what is unsure lets a line show through upon which it lies
    casing = _pen(brush.halo, 6, 0.8) if is_sure else _pen(brush.halo, 4.5, 0.35)
    parts = [
        Path(lines=lines, stroke=casing, role="casing"),
        Path(lines=lines, stroke=_pen(brush.ink, 2.6 if is_sure else 1.6, 1 if is_sure else 0.85, dash)),
    ]
    if brush.has_heads:
        heads = to_lines(shapely.intersection(_open_heads(geometry), frame.polygon))
        parts.insert(1, Path(lines=heads, stroke=_pen(brush.halo, 4.5, 0.8), role="casing"))
        parts.append(Path(lines=heads, stroke=_pen(brush.ink, 2), role="head"))
    if subject.corroborated:
        parts.append(Path(lines=lines, stroke=_pen(brush.land, 1), role="second outline"))
    return tuple(parts)


def _open_heads(geometry: BaseGeometry) -> BaseGeometry:
    """Open a head at the end of each line, where something flew to."""
    heads = []
    for line in shapely.get_parts(geometry):
        if line.length < _BARB_PX * PX_PT:
            continue
        tip, back = line.interpolate(1, normalized=True), line.interpolate(-_BARB_PX * PX_PT)
        aim = math.atan2(tip.y - back.y, tip.x - back.x)
        barbs = [
            (tip.x - _BARB_PX * PX_PT * math.cos(aim + turn), tip.y - _BARB_PX * PX_PT * math.sin(aim + turn))
            for turn in (_OPENING_RAD, -_OPENING_RAD)
        ]
        heads.append([barbs[0], (tip.x, tip.y), barbs[1]])
    return shapely.MultiLineString(heads)


def _draw_flow(subject: Subject, geometry: BaseGeometry, frame: Frame, brush: Brush) -> tuple[Path, ...]:
    """Draw a flow: bands that widen from origin to destination and end in a head."""
    bodies = [shapely.Polygon(ring) for line in to_lines(geometry) if (ring := _arrow(np.array(line)))]
    if not bodies:
        return _draw_line(subject, geometry, frame, brush)
    body = shapely.intersection(shapely.union_all(shapely.make_valid(bodies)), frame.polygon)
    rings, edge = to_rings(body), to_lines(body)
    if not rings:
        return _draw_line(subject, geometry, frame, brush)
    dash, alpha = ((5.0, 3.0), 0.55) if subject.precision is Precision.SCHEMATIC else ((), 0.85)
    fill = Fill(brush.land) if subject.hollow else Fill(brush.ink, alpha)
    return (
        Path(lines=edge, stroke=_pen(brush.halo, 2.5, 0.7), role="casing"),
        Path(rings, edge, fill, _pen(brush.ink, 0.7, 1, dash)),
    )


def _arrow(points: NDArray[np.float64]) -> Line:
    """Outline a tapered arrow along a line; empty where the line is too short."""
    along = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(points, axis=0).T))])
    length = float(along[-1])
    if length < 6 * PX_PT:
        return ()
    neck = length - min(11 * PX_PT, length / 2)
    kept = along < neck
    joint = np.array([np.interp(neck, along, points[:, i]) for i in (0, 1)])
    spine = np.vstack([points[kept], joint])
    reach = np.concatenate([along[kept], [neck]])
    tip = points[-1]
    ways = np.vstack([spine[1:], tip]) - np.vstack([spine[:1], spine[:-1]])
    turns = np.arctan2(ways[:, 1], ways[:, 0]) + math.pi / 2
    half = (0.5 + 1.1 * reach / length) * PX_PT
    sides = np.column_stack([half * np.cos(turns), half * np.sin(turns)])
    aim = math.atan2(*(tip - joint)[::-1])
    across = 5 * PX_PT * np.array([-math.sin(aim), math.cos(aim)])
    back = 3 * PX_PT * np.array([math.cos(aim), math.sin(aim)])
    ring = [*(spine + sides), joint + across - back, tip, joint - across - back, *(spine - sides)[::-1]]
    return tuple((float(x), float(y)) for x, y in ring)


def _draw_point(subject: Subject, at: Point, frame: Frame, brush: Brush, mark_pt: float) -> tuple[Path, ...]:
    parts = []
    disc_pt = subject.radius_m * frame.points_per_ground_metre if subject.radius_m else 0.0
    if disc_pt > MARK_PX * PX_PT:
        dash = (5.0, 4.0) if subject.precision is Precision.SCHEMATIC else ()
        fill = Fill(brush.ink, 0.03 if subject.hollow else 0.16)
        parts.append(_disc(at, disc_pt, frame, fill, _pen(brush.ink, 1, 0.9, dash)))
    vague_pt = 0.0
    if not subject.radius_m and subject.precision in _VAGUE:
        # nobody says how far off it may be: the disc is of one size
        vague_pt = 2 * mark_pt
        alpha, dash_px, has_edge = _VAGUE[subject.precision]
        edge = _pen(brush.ink, 0.9, 1, dash_px) if has_edge else None
        parts.append(_disc(at, vague_pt, frame, Fill(brush.ink, alpha), edge))
    fill = Fill(brush.land if subject.hollow else brush.ink)
    if mark_pt > 2 * PX_PT:
        ring = trace_glyph(brush.glyph, at, mark_pt)
        parts.append(Path(lines=ring.lines, stroke=_pen(brush.halo, 3), ellipse=ring.ellipse, role="casing"))
    ring = trace_glyph(brush.glyph, at, mark_pt)
    width = 1.6 if mark_pt > 2 * PX_PT else 0.6
    parts.append(Path(ring.lines, ring.lines, fill, _pen(brush.ink, width), ring.ellipse))
    if subject.corroborated:
        outer = trace_glyph(Glyph.DOT, at, max(mark_pt * 1.3, vague_pt) + 3 * PX_PT)
        parts.append(Path((), outer.lines, None, _pen(brush.ink, 1), outer.ellipse, role="second outline"))
    return tuple(parts)


def _disc(at: Point, radius_pt: float, frame: Frame, fill: Fill, stroke: Stroke | None) -> Path:
    """Draw the disc within which a place lies; where the frame cuts it, as far as the frame goes."""
    box = Box(at[0] - radius_pt, at[1] - radius_pt, at[0] + radius_pt, at[1] + radius_pt)
    circle = shapely.Point(at).buffer(radius_pt, quad_segs=24)
    is_whole = frame.box.holds(box)
    inside = shapely.intersection(circle, frame.polygon)
    edge = shapely.intersection(shapely.boundary(circle), frame.polygon)
    return Path(to_rings(inside), to_lines(edge), fill, stroke, box if is_whole else None, role="uncertainty")
