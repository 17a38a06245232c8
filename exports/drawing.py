"""A drawing as plain data, in points from the top left of the page: what every drawn format writes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from layers.style import Hatch

Point = tuple[float, float]
Line = tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle: its sides in points, from the left and from the top of the page."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        """From left to right, points."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """From top to bottom, points."""
        return self.bottom - self.top

    @property
    def centre(self) -> Point:
        """Its middle."""
        return ((self.left + self.right) / 2, (self.top + self.bottom) / 2)

    @property
    def ring(self) -> Line:
        """Its outline, closed."""
        west_north, east_south = (self.left, self.top), (self.right, self.bottom)
        return (west_north, (self.right, self.top), east_south, (self.left, self.bottom), west_north)

    def grown(self, margin_pt: float) -> Box:
        """Return the rectangle with a margin added on every side."""
        return Box(self.left - margin_pt, self.top - margin_pt, self.right + margin_pt, self.bottom + margin_pt)

    def meets(self, other: Box) -> bool:
        """Tell whether two rectangles share ground; sides that only touch do not."""
        return (
            self.left < other.right and other.left < self.right and self.top < other.bottom and other.top < self.bottom
        )

    def holds(self, other: Box) -> bool:
        """Tell whether another rectangle lies within this one."""
        return (
            self.left <= other.left
            and self.top <= other.top
            and self.right >= other.right
            and self.bottom >= other.bottom
        )

    def distance(self, point: Point) -> float:
        """Return how far a point is from the rectangle, points; 0 within."""
        across = max(self.left - point[0], 0.0, point[0] - self.right)
        down = max(self.top - point[1], 0.0, point[1] - self.bottom)
        return float((across * across + down * down) ** 0.5)


@dataclass(frozen=True, slots=True)
class Fill:
    """How an area is filled: a colour ``#rrggbb``, how much of it from 0 to 1, flat or as a hatch."""

    colour: str
    alpha: float = 1.0
    hatch: Hatch = Hatch.NONE


@dataclass(frozen=True, slots=True)
class Stroke:
    """How lines are drawn: a colour ``#rrggbb``, width in points, how much of it, lengths of dashes and gaps."""

    colour: str
    width_pt: float
    alpha: float = 1.0
    dash_pt: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Path:
    """One shape: what is filled and what is stroked may differ, as where a frame cuts an area.

    Parameters
    ----------
    rings
        Closed outlines of the filled area; outer ones run clockwise on the page, holes against it, none overlap,
        so that the even-odd and the winding rule fill the same.
    lines
        What is stroked; a line is closed where it ends at its start.
    fill, stroke
        How; ``None`` draws nothing of it.
    ellipse
        Where the whole shape is an ellipse, its box, for formats that know ellipses.
    role
        Empty for the shape that is the item itself, else what this part adds to it.
    """

    rings: tuple[Line, ...] = ()
    lines: tuple[Line, ...] = ()
    fill: Fill | None = None
    stroke: Stroke | None = None
    ellipse: Box | None = None
    role: str = ""


@dataclass(frozen=True, slots=True)
class Writing:
    """A line of text: size in points, colour ``#rrggbb``, an address that it leads to where it has one."""

    text: str
    size_pt: float
    colour: str
    bold: bool = False
    italic: bool = False
    url: str = ""


@dataclass(frozen=True, slots=True)
class Words:
    """Lines of text in a box, from its top.

    Parameters
    ----------
    box
        As measured; a format's own letters may be a little narrower.
    lines
        From the top.
    align
        Where the lines stand in the box: left, middle or right as seen, whatever the script.
    halo
        Colour of the band around the letters; empty where there is none.
    """

    box: Box
    lines: tuple[Writing, ...]
    align: str = "left"
    halo: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """A thing of the drawing that has a name: a mark, a label, a part of the legend.

    Parameters
    ----------
    key
        Its id; a mark's is that of its feature.
    name, alt
        What it is called, and what a reader who cannot see it is told; empty where it says nothing of its own.
    paths, words
        Drawn in this order.
    numbers
        Numbers of its sources.
    """

    key: str
    name: str
    alt: str = ""
    paths: tuple[Path, ...] = ()
    words: tuple[Words, ...] = ()
    numbers: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Layer:
    """Items that are switched together; ``is_theme`` for marks, ``is_decorative`` for what says nothing of its own."""

    key: str
    name: str
    alt: str
    items: tuple[Item, ...]
    is_theme: bool = False
    is_decorative: bool = False


@dataclass(frozen=True, slots=True)
class NumberedSource:
    """A source as the drawing numbers it: its line, its address, how many marks cite it, its short name."""

    number: int
    key: str
    text: str
    url: str
    marks: int
    short: str = ""


@dataclass(frozen=True, slots=True)
class Quotation:
    """A claim of a mark, as notes tell it: in the atlas's words, who says so, where, and the passage's address."""

    statement: str
    attribution: str
    reference: str
    url: str


@dataclass(frozen=True, slots=True)
class Note:
    """What a mark rests on: its name, how its shape is known, its claims."""

    key: str
    name: str
    basis: str
    quotations: tuple[Quotation, ...]


@dataclass(frozen=True, slots=True)
class Scene:
    """A whole page.

    Parameters
    ----------
    width_pt, height_pt
        Of the page.
    frame
        The map's part of it.
    paper
        Colour of the page.
    language
        Code of the language that its words are in.
    title, description
        Of the page, as a file's own record has them.
    layers
        Drawn in this order.
    sources, notes
        What the marks rest on.
    receipt
        What the page holds and what was left out.
    """

    width_pt: float
    height_pt: float
    frame: Box
    paper: str
    language: str
    title: str
    description: str
    layers: tuple[Layer, ...]
    sources: tuple[NumberedSource, ...]
    notes: tuple[Note, ...]
    receipt: Mapping[str, Any] = field(default_factory=dict)

    def find_layer(self, key: str) -> Layer:
        """Return the layer of that key.

        Raises
        ------
        KeyError
            If the scene has none.
        """
        for layer in self.layers:
            if layer.key == key:
                return layer
        raise KeyError(key)

    @property
    def marks(self) -> tuple[Item, ...]:
        """The drawn features and events, layer by layer."""
        return tuple(item for layer in self.layers if layer.is_theme for item in layer.items)
