"""Which marks of a drawing are named, in which order, and where their names may stand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import shapely

from exports.drawing import Point, Writing
from exports.placing import Label
from exports.projecting import Frame
from exports.subjects import Subject, format_numbers
from exports.symbols import MARK_PX, PX_PT

_IMPORTANCE = {"places": 0, "border": 1, "buffer-zone": 2, "tunnels": 3, "drones": 4}
_LEAST = 4
_MOST_NAMES = 250
_FEW_THEMES = 2
_LETTERS_PT = {0: 8.5, 1: 7.5, 2: 7.5}
_LOCAL_PT = 7.5
_ALONG = (0.5, 0.35, 0.65, 0.2, 0.8, 0.1, 0.9)
_GRID = 5


def name_marks(
    marks: Sequence[tuple[Subject, shapely.Geometry]],
    frame: Frame,
    inks: Mapping[str, str],
    numbers: Mapping[str, int],
    chosen: str | None,
) -> list[Label]:
    """List the names that marks bear, the most important first, by the rules of the map page.

    Parameters
    ----------
    marks
        What is drawn, with its shape on the page, points.
    frame
        Of the map.
    inks
        By theme.
    numbers
        Of sources, by their keys.
    chosen
        Id of the feature that the view has chosen; it is always named.
    """
    few = len({subject.theme for subject, _ in marks}) <= _FEW_THEMES
    named = [
        (subject, geometry)
        for subject, geometry in marks
        if few or subject.theme in _IMPORTANCE or subject.key == chosen or shapely.get_dimensions(geometry) == 0
    ]
    if len(named) > _MOST_NAMES:
        named = [(subject, geometry) for subject, geometry in named if subject.key == chosen]

    def rank(mark: tuple[Subject, shapely.Geometry]) -> float:
        subject, geometry = mark
        if subject.key == chosen:
            return -1
        return _IMPORTANCE.get(subject.theme, _LEAST) + (0.5 if shapely.get_dimensions(geometry) else 0)

    return [_label(subject, geometry, frame, inks, numbers) for subject, geometry in sorted(named, key=rank)]


def _label(
    subject: Subject, geometry: shapely.Geometry, frame: Frame, inks: Mapping[str, str], numbers: Mapping[str, int]
) -> Label:
    kind = int(shapely.get_dimensions(geometry))
    cited = format_numbers(sorted(numbers[key] for key in subject.source_keys))
    ink = inks[subject.theme]
    lines = [Writing(f"{subject.name} {cited}", _LETTERS_PT[kind], ink, bold=kind == 0)]
    lines += [Writing(name, _LOCAL_PT, ink) for name in subject.local_names]
    if kind == 0:
        x, y = shapely.get_coordinates(geometry).mean(axis=0).tolist()
        return Label(subject.key, tuple(lines), ((x, y),), MARK_PX * PX_PT + 1.5)
    inside = shapely.intersection(geometry, frame.polygon)
    if kind == 1:
        return Label(subject.key, tuple(lines), _along(inside), 1.0)
    return Label(subject.key, tuple(lines), _within(inside), None)


def _along(geometry: shapely.Geometry) -> tuple[Point, ...]:
    """Return places along the longest piece of a line, its middle first."""
    pieces = [part for part in shapely.get_parts(shapely.line_merge(geometry)) if shapely.get_dimensions(part) == 1]
    if not pieces:
        return ()
    longest = max(pieces, key=lambda piece: piece.length)
    places = (shapely.line_interpolate_point(longest, share, normalized=True) for share in _ALONG)
    return tuple((place.x, place.y) for place in places)


def _within(geometry: shapely.Geometry) -> tuple[Point, ...]:
    """Return places within an area: where it is widest first, then over all of it from its middle outwards."""
    areas = [part for part in shapely.get_parts(geometry) if shapely.get_dimensions(part) == 2]
    if not areas:
        return ()
    largest = max(areas, key=lambda part: part.area)
    widest = shapely.get_coordinates(shapely.maximum_inscribed_circle(largest, tolerance=1.0))[0]
    left, top, right, bottom = shapely.bounds(largest)
    shares = (np.arange(_GRID) + 0.5) / _GRID
    grid = np.array([(left + a * (right - left), top + b * (bottom - top)) for a in shares for b in shares])
    kept = grid[shapely.contains_xy(largest, grid[:, 0], grid[:, 1])]
    order = np.hypot(*(kept - widest).T).argsort(kind="stable")
    return tuple((x, y) for x, y in [widest.tolist(), *kept[order].tolist()])
