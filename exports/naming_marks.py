"""Which marks of a drawing are named, in which order, and where their names may stand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

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
_SAME_PT = 1.0

Mark = tuple[Subject, shapely.Geometry]
"""What is drawn, and its shape on the page."""


def name_marks(
    marks: Sequence[Mark],
    frame: Frame,
    themes: Mapping[str, tuple[str, str]],
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
    themes
        Title and ink of each.
    numbers
        Of sources, by their keys.
    chosen
        Id of the feature that the view has chosen; it is always named.
    """
    few = len({subject.theme for subject, _ in marks}) <= _FEW_THEMES
    alone, gathered = _gather_lines(marks, themes, chosen)
    named = gathered + [
        (subject, geometry)
        for subject, geometry in alone
        if few or subject.theme in _IMPORTANCE or subject.key == chosen or shapely.get_dimensions(geometry) == 0
    ]
    if len(named) > _MOST_NAMES:
        named = [(subject, geometry) for subject, geometry in named if subject.key == chosen]

    def rank(mark: Mark) -> float:
        subject, geometry = mark
        if subject.key == chosen:
            return -1
        return _IMPORTANCE.get(subject.theme, _LEAST) + (0.5 if shapely.get_dimensions(geometry) else 0)

    labels = (
        _label(subject, geometry, frame, themes[subject.theme][1], numbers)
        for subject, geometry in sorted(named, key=rank)
    )
    # beside one of several lines that run side by side a number would pass for its neighbour's
    upon = {subject.key for subject, _ in gathered}
    return [replace(label, reach_pt=None) if label.owner in upon else label for label in labels]


def _gather_lines(
    marks: Sequence[Mark], themes: Mapping[str, tuple[str, str]], chosen: str | None
) -> tuple[list[Mark], list[Mark]]:
    """Part the marks that bear their own name from lines that several of a theme share.

    Such a line bears their theme and number; none where one of them is chosen, whose name it bears then.
    """
    lines: dict[tuple[str, bytes], list[Mark]] = {}
    for subject, geometry in marks:
        if shapely.get_dimensions(geometry) == 1:
            lines.setdefault((subject.theme, shapely.to_wkb(geometry)), []).append((subject, geometry))
    shared = {key: mates for key, mates in lines.items() if len(mates) > 1}
    keys = {subject.key for mates in shared.values() for subject, _ in mates}
    gathered = []
    for (theme, _), mates in shared.items():
        if chosen in {subject.key for subject, _ in mates}:
            continue
        cited = tuple(dict.fromkeys(key for subject, _ in mates for key in subject.source_keys))
        first, geometry = mates[0]
        name = f"{themes[theme][0]} ({len(mates)})"
        gathered.append((replace(first, name=name, local_names=(), source_keys=cited), geometry))
    return [mark for mark in marks if mark[0].key not in keys or mark[0].key == chosen], gathered


def _label(subject: Subject, geometry: shapely.Geometry, frame: Frame, ink: str, numbers: Mapping[str, int]) -> Label:
    kind = int(shapely.get_dimensions(geometry))
    cited = format_numbers(sorted(numbers[key] for key in subject.source_keys))
    lines = [Writing(f"{subject.name} {cited}", _LETTERS_PT[kind], ink, bold=kind == 0)]
    lines += [Writing(name, _LOCAL_PT, ink) for name in subject.local_names]
    if kind == 0:
        x, y = shapely.get_coordinates(geometry).mean(axis=0).tolist()
        return Label(subject.key, tuple(lines), ((x, y),), MARK_PX * PX_PT + 1.5)
    if kind == 1:
        inside = shapely.intersection(_one_way(geometry), frame.polygon)
        return Label(subject.key, tuple(lines), _along(inside), 1.0)
    return Label(subject.key, tuple(lines), _within(shapely.intersection(geometry, frame.polygon)), None)


def _one_way(geometry: shapely.Geometry) -> shapely.Geometry:
    """Return a line that runs both ways, which merged were a ring, once."""
    lines = shapely.get_parts(geometry)
    is_twice = len(lines) == 2 and shapely.hausdorff_distance(*lines) < _SAME_PT
    return lines[0] if is_twice else geometry


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
