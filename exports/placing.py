"""Names of a drawing: placed from the most to the least important, each plainly its own mark's, else left out."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from exports.drawing import Box, Point, Words, Writing
from exports.lettering import measure, write_at

_GAP_PT = 2.5
_OWN_PT = 1.0
_CLEARANCE_PT = 4.5
_DIRECTIONS = ((1, 0), (-1, 0), (0, -1), (0, 1), (1, -1), (1, 1), (-1, -1), (-1, 1))
_FURTHER_PT = (0.0, 4.0, 9.0)


@dataclass(frozen=True, slots=True)
class Label:
    """A name that is to be placed.

    Parameters
    ----------
    owner
        Key of what it names.
    lines
        From the top.
    anchors
        Places of the page that it may stand at, best first: one for a point, several for a line or an area.
    reach_pt
        Radius of the mark that it stands beside; ``None`` where it stands upon the place itself.
    stands_for
        Names of the marks that it stands for, where they are several.
    """

    owner: str
    lines: tuple[Writing, ...]
    anchors: tuple[Point, ...]
    reach_pt: float | None
    stands_for: tuple[str, ...] = ()

    def scaled(self, factor: float) -> Label:
        """Return the name in letters that are larger by a factor."""
        return replace(self, lines=tuple(replace(line, size_pt=line.size_pt * factor) for line in self.lines))


@dataclass(frozen=True, slots=True)
class PlacedLabel:
    """A name with its place, and the place of the mark that it belongs to."""

    owner: str
    words: Words
    anchor: Point


@dataclass(frozen=True, slots=True)
class Marks:
    """Middles of the marks that names must be told from: owners, and places as an array of n × 2, points."""

    owners: tuple[str, ...]
    places: NDArray[np.float64]

    @property
    def boxes(self) -> list[Box]:
        """Ground around each mark that no name may take."""
        return [Box(x, y, x, y).grown(_CLEARANCE_PT) for x, y in self.places.tolist()]

    def without(self, owners: Collection[str]) -> Marks:
        """Return the marks of all other owners."""
        kept = np.array([owner not in owners for owner in self.owners], dtype=bool)
        return Marks(tuple(owner for owner in self.owners if owner not in owners), self.places[kept])


def place_labels(
    labels: Sequence[Label], frame: Box, taken: Iterable[Box], marks: Marks, halo: str
) -> tuple[PlacedLabel, ...]:
    """Place names so that none meets another or what is taken, and each is nearer to its own mark than to any other.

    Parameters
    ----------
    labels
        From the most to the least important; one for which there is no room is left out.
    frame
        Names lie within it.
    taken
        Ground that is not free: furniture, marks of points.
    marks
        What names must be told from.
    halo
        Colour of the band around the letters.
    """
    occupied = _Boxes([box for box in taken if box.meets(frame)])
    placed: list[PlacedLabel] = []
    for label in labels:
        found = _place(label, frame, occupied, marks, placed, halo)
        if found:
            occupied.add(found.words.box)
            placed.append(found)
    return tuple(placed)


def place_in_turns(
    labels: Sequence[Label], last: Collection[str], frame: Box, taken: Sequence[Box], marks: Marks, halo: str
) -> tuple[PlacedLabel, ...]:
    """Place names, those of some marks last: where such marks leave no room for another's, it is placed without them.

    Parameters
    ----------
    labels, frame, halo
        As `place_labels` has them.
    last
        Owners of the marks that make room for others' names, and of the names that come last.
    taken
        Ground that is not free besides the marks.
    marks
        What names must be told from, and must not cover.
    """
    firm = marks.without(last)
    all_taken, firm_taken = (
        _Boxes([box for box in (*taken, *each.boxes) if box.meets(frame)]) for each in (marks, firm)
    )
    placed: list[PlacedLabel] = []
    for label in sorted(labels, key=lambda label: label.owner in last):
        found = _place(label, frame, all_taken, marks, placed, halo)
        if not found and label.owner not in last and len(firm.owners) < len(marks.owners):
            found = _place(label, frame, firm_taken, firm, placed, halo)
        if found:
            all_taken.add(found.words.box)
            firm_taken.add(found.words.box)
            placed.append(found)
    return tuple(placed)


def _place(
    label: Label, frame: Box, occupied: _Boxes, marks: Marks, placed: Sequence[PlacedLabel], halo: str
) -> PlacedLabel | None:
    found = _find_place(label, measure(label.lines), frame, occupied, marks)
    if found is None:
        return None
    box, anchor = found
    if any(other.words.box.distance(anchor) <= other.words.box.distance(other.anchor) for other in placed):
        return None
    return PlacedLabel(label.owner, write_at((box.centre[0], box.top), label.lines, "middle", halo), anchor)


class _Boxes:
    """Rectangles that grow in number, met all at once."""

    def __init__(self, boxes: list[Box]) -> None:
        self._sides = [(box.left, box.top, box.right, box.bottom) for box in boxes]

    def add(self, box: Box) -> None:
        self._sides.append((box.left, box.top, box.right, box.bottom))

    def meets(self, box: Box) -> bool:
        if not self._sides:
            return False
        sides = np.array(self._sides)
        across = (sides[:, 0] < box.right) & (sides[:, 2] > box.left)
        return bool((across & (sides[:, 1] < box.bottom) & (sides[:, 3] > box.top)).any())


def _find_place(label: Label, size: Point, frame: Box, occupied: _Boxes, marks: Marks) -> tuple[Box, Point] | None:
    others = marks.places[[owner != label.owner for owner in marks.owners]] if marks.owners else np.empty((0, 2))
    for anchor in label.anchors:
        for left, top in _offsets(size, label.reach_pt):
            box = Box(anchor[0] + left, anchor[1] + top, anchor[0] + left + size[0], anchor[1] + top + size[1])
            if frame.holds(box.grown(1)) and not occupied.meets(box.grown(0.5)) and _is_own(box, anchor, others):
                return box, anchor
    return None


def _offsets(size: Point, reach_pt: float | None) -> Iterable[Point]:
    """Yield places to try around a mark, from its middle to the box's top left, best first."""
    width, height = size
    if reach_pt is None:
        yield (-width / 2, -height / 2)
        return
    for further in _FURTHER_PT:
        reach = reach_pt + _GAP_PT + further
        for across, down in _DIRECTIONS:
            slant = 0.7 if across and down else 1.0
            left = {1: reach * slant, 0: -width / 2, -1: -reach * slant - width}[across]
            top = {1: reach * slant, 0: -height / 2, -1: -reach * slant - height}[down]
            yield (left, top)


def _is_own(box: Box, anchor: Point, others: NDArray[np.float64]) -> bool:
    """Tell whether a box, and its middle, are nearer to its own anchor than to any other mark."""
    if not len(others):
        return True
    across = np.maximum(np.maximum(box.left - others[:, 0], others[:, 0] - box.right), 0)
    down = np.maximum(np.maximum(box.top - others[:, 1], others[:, 1] - box.bottom), 0)
    x, y = box.centre
    to_box = float(np.hypot(across, down).min())
    to_middle = float(np.hypot(others[:, 0] - x, others[:, 1] - y).min())
    own_middle = float(np.hypot(anchor[0] - x, anchor[1] - y))
    return box.distance(anchor) + _OWN_PT < to_box and own_middle + _OWN_PT < to_middle
