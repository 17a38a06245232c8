"""What stands out of a drawing: what a view has chosen, a step of a tour lights, or the two sides of a disagreement."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import shapely

from exports.drawing import Item, Layer, Path, Stroke
from exports.palette import Palette
from exports.projecting import Frame, to_lines
from exports.strings import read_own_words
from exports.subjects import Subject
from exports.symbols import PX_PT
from geo.model import Precision
from geo.view import Language

_SHARE = 0.4
_DASH_PX, _SECOND_DASH_PX = (6.0, 4.0), (11.0, 8.0)
_BESIDE_PX, _RING_PX = 14.0, 9.5
# width in pixels and alpha
_SOFT = ((12.0, 0.12), (5.0, 0.22))
_HALO_PX, _LINE_PX = 6.0, 2.0


@dataclass(frozen=True, slots=True)
class Focus:
    """What stands out of a drawing, and what is told of it.

    Parameters
    ----------
    keys
        Ids of the features that are outlined and named in bold letters; one that is not drawn is passed over.
    dashed
        Of two sides, whose outlines are firm whatever their precision, the second; ``None`` where none are compared.
    dims_rest
        Whether all other marks are drawn fainter.
    heading, text
        Told beside the map, above the legend; where there is a text, legend and sources are short.
    """

    keys: frozenset[str] = frozenset()
    dashed: frozenset[str] | None = None
    dims_rest: bool = False
    heading: str = ""
    text: str = ""

    def dim(self, item: Item) -> Item:
        """Return a mark's item as it is drawn beside what stands out."""
        if not self.dims_rest or item.key in self.keys:
            return item
        return replace(item, paths=tuple(_dim(path) for path in item.paths))


def _dim(path: Path) -> Path:
    return replace(
        path,
        fill=replace(path.fill, alpha=path.fill.alpha * _SHARE) if path.fill else None,
        stroke=replace(path.stroke, alpha=path.stroke.alpha * _SHARE) if path.stroke else None,
    )


def outline_focus(
    marks: Sequence[tuple[Subject, shapely.Geometry]], focus: Focus, frame: Frame, palette: Palette, language: Language
) -> Layer:
    """Outline what stands out, as the map page does; the layer is empty where nothing of it is drawn.

    Parameters
    ----------
    marks
        What is drawn, with its shape on the page, points.
    focus
        What stands out.
    frame
        What is beyond it is cut off.
    palette, language
        Colours; language of the layer's name.
    """
    name = read_own_words(language)["focus"]
    items = tuple(
        Item(subject.key, f"{name}: {subject.name}", paths=_outline(subject, geometry, frame, palette, focus))
        for subject, geometry in marks
        if subject.key in focus.keys
    )
    return Layer("focus", name, "", items, is_decorative=True)


def _outline(
    subject: Subject, geometry: shapely.Geometry, frame: Frame, palette: Palette, focus: Focus
) -> tuple[Path, ...]:
    kind, ink = shapely.get_dimensions(geometry), palette["focus"]
    dash = tuple(length * PX_PT for length in _choose_dash(subject, focus))
    if kind == 1:
        # beside the line, not on it: an arrow's direction stays to be seen
        return (
            Path(
                lines=_within(geometry, frame),
                stroke=Stroke(ink, _BESIDE_PX * PX_PT, 0.4, () if focus.dashed is None else dash),
            ),
        )
    if kind == 2 and subject.precision is Precision.AREA:
        edge = _within(shapely.boundary(geometry), frame)
        return tuple(Path(lines=edge, stroke=Stroke(ink, width * PX_PT, alpha, dash)) for width, alpha in _SOFT)
    if kind == 0:
        disc_pt = subject.radius_m * frame.points_per_ground_metre if subject.radius_m else 0.0
        geometry = shapely.buffer(geometry, max(disc_pt + 2 * PX_PT, _RING_PX * PX_PT), quad_segs=24)
    edge = _within(shapely.boundary(geometry), frame)
    return (
        Path(lines=edge, stroke=Stroke(palette["halo"], _HALO_PX * PX_PT), role="casing"),
        Path(lines=edge, stroke=Stroke(ink, _LINE_PX * PX_PT, 1.0, dash)),
    )


def _choose_dash(subject: Subject, focus: Focus) -> tuple[float, ...]:
    if focus.dashed is not None:
        return _SECOND_DASH_PX if subject.key in focus.dashed else ()
    return _DASH_PX if subject.precision is Precision.SCHEMATIC else ()


def _within(lines: shapely.Geometry, frame: Frame) -> tuple[tuple[tuple[float, float], ...], ...]:
    return to_lines(shapely.line_merge(shapely.intersection(lines, frame.polygon)))
