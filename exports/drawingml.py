"""Shapes of a scene as DrawingML: native, named, editable; written as text, for building them one by one is slow."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, count
from xml.sax.saxutils import escape, quoteattr

import numpy as np
from numpy.typing import NDArray

from exports.drawing import Box, Fill, Item, Layer, Line, Path, Stroke, Words, Writing
from exports.glyphs import HATCH_WIDTH_PT, trace_hatch
from exports.lettering import LEADING, clean_text, is_right_to_left, script_language
from layers.style import Hatch

EMU_PT = 12_700
"""English metric units in a point (ECMA-376 Part 1, 20.1.10.16)."""

NAMESPACES = (
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
"""Declared around what is written here; each layer declares besides what only it uses."""

_FIRST_ID = 100
_ALIGNMENTS = {"left": "l", "middle": "ctr", "right": "r"}
_TYPEFACE = "Arial"
# Arial is about this much narrower than the letters that were measured
_NARROWER = 0.92
_GLOW_EMU = 25_400
_DECORATION = 'xmlns:adec="http://schemas.microsoft.com/office/drawing/2017/decorative"'
_DECORATIVE = (
    '<a:extLst><a:ext uri="{C183D7F6-B498-43B3-948B-1728B52AA6E4}"><adec:decorative val="1"/></a:ext></a:extLst>'
)
_ELLIPSE = '<a:prstGeom prst="ellipse"><a:avLst/></a:prstGeom>'


@dataclass(frozen=True, slots=True)
class Shape:
    """A shape or group as XML, and the box it takes, points."""

    xml: str
    box: Box


class ShapeWriter:
    """Writes the shapes of one slide; their ids count upwards.

    Parameters
    ----------
    links
        Relationship ids of the addresses that text leads to.
    jump
        Relationship id of the slide that marks lead to; empty where they lead nowhere.
    """

    def __init__(self, links: Mapping[str, str], jump: str = "") -> None:
        self._links, self._jump = links, jump
        self._ids: Iterator[int] = count(_FIRST_ID)

    def write_layer(self, layer: Layer) -> str:
        """Write a layer as a named group; nothing where it has no shapes."""
        shapes = [shape for item in layer.items for shape in self._write_item(item, layer)]
        if not shapes:
            return ""
        group = self._group(layer.name, layer.alt, shapes, is_decorative=layer.is_decorative)
        return group.xml.replace("<p:grpSp>", f"<p:grpSp {_DECORATION}>", 1)

    def _write_item(self, item: Item, layer: Layer) -> list[Shape]:
        """Write an item: its own shape bears name and alternative text; what its symbol adds is grouped with it."""
        name = f"{item.name} #{item.key}" if layer.is_theme else item.name
        shapes: list[Shape] = []
        for path in item.paths:
            is_own = layer.is_theme and not path.role
            own_name = name if is_own or not layer.is_theme else f"{item.name} – {path.role}"
            if path.fill and path.fill.hatch is not Hatch.NONE:
                shapes += self._write_hatch(path, f"{item.name} – hatch")
            alt = item.alt if is_own else ""
            shapes += self._write_path(path, own_name, alt, is_mark=is_own)
        shapes += [self._write_words(words, name) for words in item.words]
        if len(shapes) < 2 or layer.is_decorative or not item.paths:
            return shapes
        alt = "" if layer.is_theme else item.alt
        return [self._group(f"{item.name} (group)" if layer.is_theme else name, alt, shapes)]

    def _write_hatch(self, path: Path, name: str) -> list[Shape]:
        assert path.fill is not None, "only what is filled has a hatch"
        lines = trace_hatch(path.fill.hatch, path.rings)
        flat = Fill(path.fill.colour, path.fill.alpha)
        if path.fill.hatch is Hatch.DOTS:
            drawn = Path(lines, fill=flat)
        else:
            drawn = Path(lines=lines, stroke=Stroke(flat.colour, HATCH_WIDTH_PT, flat.alpha))
        return self._write_path(drawn, name, "", is_mark=False)

    def _write_path(self, path: Path, name: str, alt: str, *, is_mark: bool) -> list[Shape]:
        box = path.ellipse or _bounds((*path.rings, *path.lines))
        if box is None:
            return []
        is_flat = path.fill is not None and path.fill.hatch is Hatch.NONE and bool(path.rings)
        geometry = _ELLIPSE if path.ellipse else _freeform(path, box, is_filled=is_flat)
        if not geometry:
            return []
        link = f'<a:hlinkClick r:id="{self._jump}" action="ppaction://hlinksldjump"/>' if is_mark and self._jump else ""
        properties = self._name(name, alt, link, is_decorative=not is_mark)
        fill = _fill(path.fill) if is_flat else "<a:noFill/>"
        return [
            Shape(
                f"<p:sp><p:nvSpPr>{properties}<p:cNvSpPr/><p:nvPr/></p:nvSpPr><p:spPr>{_frame(box)}{geometry}"
                f"{fill}{_line(path.stroke)}</p:spPr></p:sp>",
                box,
            )
        ]

    def _write_words(self, words: Words, name: str) -> Shape:
        box = words.box
        if words.halo and words.align == "middle":
            spare = box.width * (1 - _NARROWER) / 2
            box = Box(box.left + spare, box.top, box.right - spare, box.bottom)
        fill = _fill(Fill(words.halo, 0.55)) if words.halo else "<a:noFill/>"
        paragraphs = "".join(self._write_paragraph(line, words) for line in words.lines)
        properties = self._name(name, "", "", is_decorative=False)
        return Shape(
            f'<p:sp><p:nvSpPr>{properties}<p:cNvSpPr txBox="1"/><p:nvPr/></p:nvSpPr><p:spPr>{_frame(box)}'
            f'<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>{fill}<a:ln><a:noFill/></a:ln></p:spPr><p:txBody>'
            '<a:bodyPr wrap="none" lIns="0" tIns="0" rIns="0" bIns="0" anchor="t"><a:noAutofit/></a:bodyPr>'
            f"<a:lstStyle/>{paragraphs}</p:txBody></p:sp>",
            box,
        )

    def _write_paragraph(self, line: Writing, words: Words) -> str:
        # the alignment is that of the page, also where the line runs from right to left
        side, direction = _ALIGNMENTS[words.align], ' rtl="1"' if is_right_to_left(line.text) else ""
        spacing = f'<a:lnSpc><a:spcPts val="{round(line.size_pt * LEADING * 100)}"/></a:lnSpc>'
        head = f'<a:p><a:pPr algn="{side}"{direction}>{spacing}</a:pPr>'
        mark, text = _split_number(line)
        link = f'<a:hlinkClick r:id="{self._links[line.url]}"/>' if mark and line.url in self._links else ""
        runs = [write_run(line, mark, words.halo, link)] if mark else []
        return head + "".join([*runs, write_run(line, text, words.halo)]) + "</a:p>"

    def _group(self, name: str, alt: str, shapes: list[Shape], *, is_decorative: bool = False) -> Shape:
        boxes = [shape.box for shape in shapes]
        box = Box(
            min(each.left for each in boxes),
            min(each.top for each in boxes),
            max(each.right for each in boxes),
            max(each.bottom for each in boxes),
        )
        x, y, width, height = _emu(box)
        inner = f'<a:chOff x="{x}" y="{y}"/><a:chExt cx="{width}" cy="{height}"/>'
        frame = f'<a:xfrm><a:off x="{x}" y="{y}"/><a:ext cx="{width}" cy="{height}"/>{inner}</a:xfrm>'
        properties = self._name(name, alt, "", is_decorative=is_decorative)
        xml = (
            f"<p:grpSp><p:nvGrpSpPr>{properties}<p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr>{frame}</p:grpSpPr>"
            f"{''.join(shape.xml for shape in shapes)}</p:grpSp>"
        )
        return Shape(xml, box)

    def _name(self, name: str, alt: str, link: str, *, is_decorative: bool) -> str:
        told = f" descr={quoteattr(clean_text(alt))}" if alt else ""
        inner = link + (_DECORATIVE if is_decorative else "")
        return f'<p:cNvPr id="{next(self._ids)}" name={quoteattr(clean_text(name))}{told}>{inner}</p:cNvPr>'


def write_run(line: Writing, text: str, halo: str = "", link: str = "") -> str:
    """Write a run of text.

    Parameters
    ----------
    line
        How it looks.
    text
        Its letters.
    halo
        Colour of the glow around them; empty where there is none.
    link
        A click's element; empty where it leads nowhere.
    """
    look = _write_look(line.size_pt, line.colour, (line.bold, line.italic), halo)
    language = script_language(text, "en-GB")
    return f'<a:r><a:rPr lang="{language}"{look}{link}</a:rPr><a:t>{escape(text)}</a:t></a:r>'


@lru_cache(maxsize=256)
def _write_look(size_pt: float, colour: str, slant: tuple[bool, bool], halo: str) -> str:
    bold, italic = slant
    look = (' b="1"' if bold else "") + (' i="1"' if italic else "")
    glow = f'<a:effectLst><a:glow rad="{_GLOW_EMU}">{_colour(Fill(halo, 0.9))}</a:glow></a:effectLst>' if halo else ""
    faces = f'<a:latin typeface="{_TYPEFACE}"/><a:cs typeface="{_TYPEFACE}"/>'
    return f' sz="{round(size_pt * 100)}"{look} dirty="0">{_fill(Fill(colour))}{glow}{faces}'


def _split_number(line: Writing) -> tuple[str, str]:
    """Take the number in brackets off a source's line: some programs take a linked line for one long word."""
    if not line.url or not line.text.startswith("["):
        return "", line.text
    mark, _, rest = line.text.partition("]")
    return f"{mark}]", rest


def _emu(box: Box) -> tuple[int, int, int, int]:
    left, top = round(box.left * EMU_PT), round(box.top * EMU_PT)
    width, height = round(box.right * EMU_PT) - left, round(box.bottom * EMU_PT) - top
    return left, top, max(1, width), max(1, height)


def _frame(box: Box) -> str:
    x, y, width, height = _emu(box)
    return f'<a:xfrm><a:off x="{x}" y="{y}"/><a:ext cx="{width}" cy="{height}"/></a:xfrm>'


def _freeform(path: Path, box: Box, *, is_filled: bool) -> str:
    """Write the outlines: one path where fill and line are the same, else one for each."""
    left, top, width, height = _emu(box)
    size = f'w="{width}" h="{height}"'
    parts = []
    is_same = path.rings == path.lines
    if is_filled:
        stroke = "" if is_same and path.stroke else ' stroke="0"'
        parts.append(f"<a:path {size}{stroke}>{_trace(path.rings, (left, top), is_closed=True)}</a:path>")
    if path.stroke and path.lines and not (is_same and is_filled):
        parts.append(f'<a:path {size} fill="none">{_trace(path.lines, (left, top), is_closed=False)}</a:path>')
    if not parts:
        return ""
    return (
        '<a:custGeom><a:avLst/><a:gdLst/><a:ahLst/><a:cxnLst/><a:rect l="0" t="0" r="r" b="b"/>'
        f"<a:pathLst>{''.join(parts)}</a:pathLst></a:custGeom>"
    )


def _bounds(lines: Sequence[Line]) -> Box | None:
    """Return the box that lines take; ``None`` where there are none."""
    if not lines:
        return None
    sides = _gather(lines)
    return Box(*sides.min(axis=0).tolist(), *sides.max(axis=0).tolist())


def _gather(lines: Sequence[Line]) -> NDArray[np.float64]:
    """Return all points of lines, one below the other."""
    return np.fromiter(chain.from_iterable(chain.from_iterable(lines)), float).reshape(-1, 2)


def _trace(lines: Sequence[Line], origin: tuple[int, int], *, is_closed: bool) -> str:
    numbers = (np.rint(_gather(lines) * EMU_PT).astype(int) - origin).ravel().tolist()
    parts, start = [], 0
    for line in lines:
        end, last = start + 2 * len(line), start + 2 * len(line) - 2
        ends = is_closed or line[0] == line[-1]
        written = last if ends and numbers[start : start + 2] == numbers[last:end] else end
        parts.append(_pattern((written - start) // 2, ends) % tuple(numbers[start:written]))
        start = end
    return "".join(parts)


@lru_cache(maxsize=1024)
def _pattern(points: int, is_closed: bool) -> str:
    """Return a way through so many points, with room for their numbers."""
    way = '<a:moveTo><a:pt x="%d" y="%d"/></a:moveTo>' + '<a:lnTo><a:pt x="%d" y="%d"/></a:lnTo>' * (points - 1)
    return way + ("<a:close/>" if is_closed else "")


def _fill(fill: Fill | None) -> str:
    return "<a:noFill/>" if fill is None else f"<a:solidFill>{_colour(fill)}</a:solidFill>"


def _colour(fill: Fill) -> str:
    alpha = f'<a:alpha val="{round(fill.alpha * 100_000)}"/>' if fill.alpha < 1 else ""
    return f'<a:srgbClr val="{fill.colour[1:].upper()}">{alpha}</a:srgbClr>'


def _line(stroke: Stroke | None) -> str:
    if stroke is None:
        return "<a:ln><a:noFill/></a:ln>"
    # lengths of dashes and gaps are in thousandths of a percent of the line's width
    pairs = zip(stroke.dash_pt[::2], stroke.dash_pt[1::2], strict=True)
    lengths = "".join(
        f'<a:ds d="{round(dash / stroke.width_pt * 100_000)}" sp="{round(gap / stroke.width_pt * 100_000)}"/>'
        for dash, gap in pairs
    )
    dashes = f"<a:custDash>{lengths}</a:custDash>" if lengths else ""
    cap = "flat" if lengths else "rnd"
    width = max(1, round(stroke.width_pt * EMU_PT))
    colour = Fill(stroke.colour, stroke.alpha)
    return f'<a:ln w="{width}" cap="{cap}">{_fill(colour)}{dashes}<a:round/></a:ln>'
