"""Which marks of a drawing are named, in which order, and where their names may stand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

import numpy as np
import shapely
from numpy.typing import NDArray

from exports.drawing import Point, Writing
from exports.lettering import measure, wrap_evenly
from exports.placing import Label
from exports.projecting import Frame
from exports.subjects import Subject, format_numbers
from exports.symbols import MARK_PX, PX_PT, is_wide
from geo.dataset import Dataset
from geo.model import Precision

_IMPORTANCE = {"places": 0, "border": 1, "buffer-zone": 2, "tunnels": 3, "drones": 4}
_LEAST = 4
_NAMED_ALONE = "places"
_FEW_THEMES = 2
_LETTERS_PT = {0: 9.5, 1: 9.0, 2: 9.0}
_LOCAL_PT = 8.5
_ALONG = (0.5, 0.35, 0.65, 0.2, 0.8, 0.1, 0.9)
_GRID, _WIDE_GRID = 5, 11
_SAME_PT = 1.0
_STEP_PT = 18.0
_WIDE_PT = 150.0
# how near its edge a place counts as upon it, and how far beside it a name begins
_ON_EDGE_PT, _BESIDE_PT = 0.5, (4.0, 12.0, 20.0)

MOST_OWN_NAMES = 40
"""Readers' own events are named where no more of them are drawn; of more, names of some would be picked at random."""

ANY_LETTER = "M"
"""What stands for the letter of a line or area that several marks share until it has its own: as wide as any."""

Mark = tuple[Subject, shapely.Geometry]
"""What is drawn, and its shape on the page."""


def find_shared_areas(dataset: Dataset) -> frozenset[str]:
    """Return the ids of features and events whose very area others have too, be they shown or not."""
    placed = [feature for feature in dataset.features if feature.shape is not None]
    keys = [feature.id for feature in placed]
    shapes = np.array([feature.shape for feature in placed], dtype=object)
    if dataset.events is not None:
        keys += dataset.events.columns["id"].tolist()
        shapes = np.concatenate([shapes, dataset.events.geometries])
    rows = np.flatnonzero(shapely.get_dimensions(shapes) == 2)
    areas = shapely.to_wkb(shapes[rows]).tolist()
    counts = Counter(areas)
    return frozenset(keys[row] for row, area in zip(rows.tolist(), areas, strict=True) if counts[area] > 1)


def name_marks(
    marks: Sequence[Mark],
    frame: Frame,
    inks: Mapping[str, str],
    numbers: Mapping[str, int],
    lit: Collection[str],
    shared: Collection[str] = (),
) -> list[Label]:
    """List the names that marks bear, the most important first, by the rules of the map page.

    Parameters
    ----------
    marks
        What is drawn, with its shape on the page, points.
    frame
        Of the map.
    inks
        Of the names of each theme.
    numbers
        Of sources, by their keys.
    lit
        Ids of what stands out: it is always named, in bold letters.
    shared
        Ids of what has the very shape that others of the dataset have too, be they drawn or not.
    """
    few = len({subject.theme for subject, _ in marks}) <= _FEW_THEMES
    alone, gathered = _gather_shared(marks, lit, shared)
    named = [mark for mark, _ in gathered] + [
        (subject, geometry)
        for subject, geometry in alone
        if few or subject.theme in _IMPORTANCE or subject.key in lit or shapely.get_dimensions(geometry) == 0
    ]
    own = [subject.key for subject, _ in named if subject.is_own]
    if len(own) > MOST_OWN_NAMES:
        named = [mark for mark in named if not mark[0].is_own or mark[0].key in lit]

    def rank(mark: Mark) -> float:
        subject, geometry = mark
        if subject.key in lit:
            return -1
        importance = _LEAST + 1 if subject.is_own else _IMPORTANCE.get(subject.theme, _LEAST)
        return importance + (0.5 if shapely.get_dimensions(geometry) else 0)

    labels = (
        _label(subject, geometry, frame, inks[subject.theme], numbers) for subject, geometry in sorted(named, key=rank)
    )
    # beside one of several lines that run side by side a number would pass for its neighbour's
    upon = {subject.key: names for (subject, _), names in gathered}
    return [
        replace(label, reach_pt=None, stands_for=upon[label.owner]) if label.owner in upon else _stress(label, lit)
        for label in labels
    ]


def keep_from_smaller(labels: Sequence[Label], marks: Sequence[Mark], lit: Collection[str]) -> list[Label]:
    """Keep the names of wide areas out of smaller areas of their theme, for whose names they would pass.

    Parameters
    ----------
    labels
        In letters of the size that they are drawn in.
    marks, lit
        As of `name_marks`; what stands out may have its name anywhere upon it.
    """
    by_key = {subject.key: (subject, geometry) for subject, geometry in marks}
    wide = {key for key, (subject, geometry) in by_key.items() if subject.theme != _NAMED_ALONE and is_wide(geometry)}
    areas = [mark for mark in marks if shapely.get_dimensions(mark[1]) == 2] if wide else []
    return [
        _without_meeting(label, *by_key[label.owner], areas) if label.owner in wide - set(lit) else label
        for label in labels
    ]


def _without_meeting(label: Label, subject: Subject, geometry: shapely.Geometry, areas: Sequence[Mark]) -> Label:
    """Leave out the places of a name where it would meet an area of its theme that is smaller than its own.

    Where none is left, the edge is drawn and no other theme has areas there, the name adjoins it from outside.
    """
    smaller = [
        other for mate, other in areas if mate.theme == subject.theme and shapely.area(other) < shapely.area(geometry)
    ]
    if not smaller or not label.anchors:
        return label
    size, places = np.array(measure(label.lines)), np.array(label.anchors)
    clear = places[_is_apart(places, size, shapely.union_all(shapely.make_valid(smaller)))]
    is_alone = all(mate.theme == subject.theme for mate, _ in areas)
    if not len(clear) and is_alone and subject.precision is not Precision.AREA:
        edge = places[shapely.distance(shapely.points(places), shapely.boundary(geometry)) < _ON_EDGE_PT]
        steps = [(side * (size[0] / 2 + gap), 0) for gap in _BESIDE_PT for side in (-1, 1)]
        beside = np.vstack([edge + step for step in steps])
        clear = beside[_is_apart(beside, size, geometry)]
        # at half its height first: by a corner it would seem to be of what lies there
        clear = clear[np.abs(clear[:, 1] - shapely.centroid(geometry).y).argsort(kind="stable")]
    return replace(label, anchors=tuple((float(x), float(y)) for x, y in clear))


def _is_apart(places: NDArray[np.float64], size: NDArray[np.float64], ground: shapely.Geometry) -> NDArray[np.bool_]:
    """Tell about which places a name of that width and height does not meet a ground."""
    boxes = shapely.box(*(places - size / 2).T, *(places + size / 2).T)
    return np.asarray(~shapely.intersects(boxes, ground), dtype=np.bool_)


def _stress(label: Label, lit: Collection[str]) -> Label:
    """Return a label in bold letters where what it names stands out."""
    if label.owner not in lit:
        return label
    return replace(label, lines=tuple(replace(line, bold=True) for line in label.lines))


def _gather_shared(
    marks: Sequence[Mark], lit: Collection[str], shared: Collection[str]
) -> tuple[list[Mark], list[tuple[Mark, tuple[str, ...]]]]:
    """Part the marks that bear their own name, as all places do, from lines and areas that several of a theme share.

    Such a shape bears a letter, and stands for their names; none where one of them stands out, whose name it bears
    then, nor where it is so wide that a letter in its middle would seem to mark a spot. An area that other themes have
    too, and of its own theme one alone, bears no name: it would pass for the whole area's.
    """
    shapes: dict[tuple[str, bytes], list[Mark]] = {}
    for subject, geometry in marks:
        kind = shapely.get_dimensions(geometry)
        if kind and subject.theme != _NAMED_ALONE:
            shapes.setdefault((subject.theme, shapely.to_wkb(geometry)), []).append((subject, geometry))
    kept: set[str] = set(lit)
    gathered: list[tuple[Mark, tuple[str, ...]]] = []
    for mates in shapes.values():
        first, geometry = mates[0]
        keys = {subject.key for subject, _ in mates}
        if len(mates) == 1 and (shapely.get_dimensions(geometry) == 1 or first.key not in shared):
            kept.add(first.key)
        elif len(mates) > 1 and not keys & set(lit) and not is_wide(geometry):
            cited = tuple(dict.fromkeys(key for subject, _ in mates for key in subject.source_keys))
            one = replace(first, name=ANY_LETTER, local_names=(), source_keys=cited)
            gathered.append(((one, geometry), tuple(subject.name for subject, _ in mates)))
    grouped = {subject.key for mates in shapes.values() for subject, _ in mates}
    return [mark for mark in marks if mark[0].key not in grouped or mark[0].key in kept], gathered


def _label(subject: Subject, geometry: shapely.Geometry, frame: Frame, ink: str, numbers: Mapping[str, int]) -> Label:
    kind = int(shapely.get_dimensions(geometry))
    cited = format_numbers(sorted(numbers[key] for key in subject.source_keys))
    lines = [Writing(f"{subject.name} {cited}", _LETTERS_PT[kind], ink, bold=kind == 0 or subject.name == ANY_LETTER)]
    lines += [Writing(name, _LOCAL_PT, ink) for name in subject.local_names]
    if kind == 0:
        x, y = shapely.get_coordinates(geometry).mean(axis=0).tolist()
        return Label(subject.key, tuple(lines), ((x, y),), MARK_PX * PX_PT + 1.5)
    if kind == 1:
        inside = shapely.intersection(_one_way(geometry), frame.polygon)
        return Label(subject.key, tuple(lines), _along(inside), 1.0)
    seen = shapely.intersection(geometry, frame.polygon)
    if not is_wide(geometry):
        return Label(subject.key, tuple(lines), _within(seen, _GRID), None)
    edge = shapely.intersection(shapely.boundary(geometry), frame.polygon)
    broken = [replace(line, text=part) for line in lines for part in wrap_evenly(line.text, line.size_pt, _WIDE_PT)]
    return Label(subject.key, tuple(broken), _within(seen, _WIDE_GRID) + _upon(edge), None)


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


def _upon(edge: shapely.Geometry) -> tuple[Point, ...]:
    """Return places along the edge of an area, in steps of a few lines of text."""
    places = [
        line.interpolate(along)
        for line in shapely.get_parts(shapely.line_merge(edge))
        if line.geom_type == "LineString"
        for along in np.arange(_STEP_PT / 2, line.length, _STEP_PT)
    ]
    return tuple((place.x, place.y) for place in places)


def _within(geometry: shapely.Geometry, places: int) -> tuple[Point, ...]:
    """Return places within an area: where it is widest first, then over all of it from its middle outwards."""
    areas = [part for part in shapely.get_parts(geometry) if shapely.get_dimensions(part) == 2]
    if not areas:
        return ()
    largest = max(areas, key=lambda part: part.area)
    widest = shapely.get_coordinates(shapely.maximum_inscribed_circle(largest, tolerance=1.0))[0]
    left, top, right, bottom = shapely.bounds(largest)
    shares = (np.arange(places) + 0.5) / places
    grid = np.array([(left + a * (right - left), top + b * (bottom - top)) for a in shares for b in shares])
    kept = grid[shapely.contains_xy(largest, grid[:, 0], grid[:, 1])]
    order = np.hypot(*(kept - widest).T).argsort(kind="stable")
    return tuple((x, y) for x, y in [widest.tolist(), *kept[order].tolist()])
