"""SVG of a scene: text stays text, every mark has its title, layers are groups."""

from __future__ import annotations

import json
from typing import Any

from lxml import etree

from exports.cleaning import drop_controls
from exports.drawing import Item, Layer, Line, Path, Scene, Stroke, Words, Writing
from exports.glyphs import HATCH_WIDTH_PT, trace_hatch
from exports.lettering import ASCENT, HALO_PT, LEADING, is_right_to_left, script_language
from exports.options import ExportOptions
from exports.pages import PAGES, PixelSize, measure_page
from exports.scene import build_scene
from geo.dataset import Dataset
from geo.view import View
from layers.style import Hatch

_NAMESPACE = "http://www.w3.org/2000/svg"
_XML_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
_INKSCAPE = "http://www.inkscape.org/namespaces/inkscape"
_PREFIXES: dict[Any, str] = {None: _NAMESPACE, "inkscape": _INKSCAPE}
_FAMILY = "'DejaVu Sans', Verdana, 'Noto Sans', Arial, sans-serif"
_ANCHORS = {"left": "start", "middle": "middle", "right": "end"}


def render_svg(dataset: Dataset, view: View, options: ExportOptions | None = None) -> bytes:
    """Draw what a view shows as SVG 1.1.

    Parameters
    ----------
    dataset, view
        What is chosen from, and what to show.
    options
        Page, ground and title.
    """
    options = options or ExportOptions()
    return paint_svg(build_scene(dataset, view, options), None if options.page in PAGES else measure_page(options.page))


def paint_svg(scene: Scene, size: PixelSize | None = None) -> bytes:
    """Write a scene as SVG; its unit is the point, the same scene gives the same bytes.

    Parameters
    ----------
    scene
        What is drawn.
    size
        How large the drawing shows itself, in pixels; ``None`` is the scene's own size in points.
    """
    root = draw_svg(scene)
    if size:
        _set(root, {"width": f"{size.width_px}", "height": f"{size.height_px}"})
    text: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8")
    return text


def draw_svg(scene: Scene) -> etree._Element:
    """Draw a scene as the elements of an SVG file."""
    width, height = _number(scene.width_pt), _number(scene.height_pt)
    root = etree.Element(f"{{{_NAMESPACE}}}svg", nsmap=_PREFIXES)
    for name, value in {
        "width": f"{width}pt",
        "height": f"{height}pt",
        "viewBox": f"0 0 {width} {height}",
        "role": "img",
        "aria-labelledby": "page-title page-description",
        "font-family": _FAMILY,
        _XML_LANGUAGE: scene.language,
    }.items():
        root.set(name, value)
    _add(root, "title", id="page-title").text = scene.title
    _add(root, "desc", id="page-description").text = scene.description
    _add(root, "metadata").text = json.dumps(dict(scene.receipt), ensure_ascii=False)
    _add(root, "rect", width=width, height=height, fill=scene.paper)
    for layer in scene.layers:
        _write_layer(root, layer)
    return root


def _add(parent: etree._Element, name: str, **attributes: str) -> etree._Element:
    return etree.SubElement(
        parent, f"{{{_NAMESPACE}}}{name}", {key.replace("_", "-"): value for key, value in attributes.items()}
    )


def _write_layer(root: etree._Element, layer: Layer) -> None:
    group = _add(root, "g", id=f"layer-{layer.key}")
    group.set(f"{{{_INKSCAPE}}}groupmode", "layer")
    group.set(f"{{{_INKSCAPE}}}label", layer.name)
    if layer.is_decorative:
        group.set("aria-hidden", "true")
    for item in layer.items:
        part = _add(group, "g")
        if layer.is_theme:
            _name_mark(part, item)
        for path in item.paths:
            _write_path(part, path)
        for words in item.words:
            _write_words(part, words)


def _name_mark(part: etree._Element, item: Item) -> None:
    part.set("id", f"feature-{drop_controls(item.key)}")
    part.set("role", "img")
    _add(part, "title").text = item.name
    _add(part, "desc").text = item.alt


def _write_path(parent: etree._Element, path: Path) -> None:
    if path.fill and path.rings:
        fill = path.fill
        look = {"fill": fill.colour, "fill-opacity": _number(fill.alpha)}
        if fill.hatch is Hatch.NONE:
            _set(_add(parent, "path", d=_trace(path.rings, closed=True), stroke="none"), look)
        else:
            lines = trace_hatch(fill.hatch, path.rings)
            dots = fill.hatch is Hatch.DOTS
            stroke = {
                "fill": "none",
                "stroke": fill.colour,
                "stroke-opacity": _number(fill.alpha),
                "stroke-width": _number(HATCH_WIDTH_PT),
            }
            if lines:
                _set(_add(parent, "path", d=_trace(lines, closed=dots)), look if dots else stroke)
    if path.stroke and path.lines:
        _set(_add(parent, "path", d=_trace(path.lines, closed=False), fill="none"), _stroke(path.stroke))


def _stroke(stroke: Stroke) -> dict[str, str]:
    look = {
        "stroke": stroke.colour,
        "stroke-width": _number(stroke.width_pt),
        "stroke-linejoin": "round",
        "stroke-linecap": "butt" if stroke.dash_pt else "round",
    }
    if stroke.alpha < 1:
        look["stroke-opacity"] = _number(stroke.alpha)
    if stroke.dash_pt:
        look["stroke-dasharray"] = " ".join(_number(length) for length in stroke.dash_pt)
    return look


def _set(element: etree._Element, attributes: dict[str, str]) -> None:
    for name, value in attributes.items():
        element.set(name, value)


def _trace(lines: tuple[Line, ...], *, closed: bool) -> str:
    parts = []
    for line in lines:
        ends = closed or line[0] == line[-1]
        points = line[:-1] if line[0] == line[-1] else line
        path = "L".join(f"{_number(x)} {_number(y)}" for x, y in points)
        parts.append(f"M{path}{'Z' if ends else ''}")
    return "".join(parts)


def _write_words(parent: etree._Element, words: Words) -> None:
    x = {"left": words.box.left, "middle": words.box.centre[0], "right": words.box.right}[words.align]
    y = words.box.top
    for line in words.lines:
        base = y + line.size_pt * ASCENT
        if words.halo:
            halo = _write_line(parent, line, (x, base), words.align)
            halo.set("aria-hidden", "true")
            look = {"stroke": words.halo, "fill": words.halo, "stroke-width": _number(HALO_PT)}
            _set(halo, {**look, "stroke-linejoin": "round", "stroke-opacity": "0.9"})
        target = parent
        if line.url:
            target = _add(parent, "a", href=line.url)
        _write_line(target, line, (x, base), words.align)
        y += line.size_pt * LEADING


def _write_line(parent: etree._Element, line: Writing, at: tuple[float, float], align: str) -> etree._Element:
    text = _add(parent, "text", x=_number(at[0]), y=_number(at[1]), fill=line.colour, font_size=_number(line.size_pt))
    is_rtl = is_right_to_left(line.text)
    anchor = _ANCHORS[align]
    if is_rtl:
        text.set("direction", "rtl")
        # where a line runs from right to left, its start is on the right
        anchor = {"start": "end", "end": "start"}.get(anchor, anchor)
        text.set(_XML_LANGUAGE, script_language(line.text, "ar"))
    if anchor != "start":
        text.set("text-anchor", anchor)
    if line.bold:
        text.set("font-weight", "bold")
    if line.italic:
        text.set("font-style", "italic")
    text.text = line.text
    return text


def _number(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")
