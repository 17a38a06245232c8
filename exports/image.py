"""PNG of a scene, by matplotlib."""

from __future__ import annotations

import io
import json
from threading import Lock
from typing import Any

import matplotlib as mpl
import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.patches import PathPatch
from matplotlib.path import Path as Outline
from matplotlib.patheffects import Normal, Stroke
from PIL import Image, PngImagePlugin

from exports.drawing import Line, Path, Point, Scene, Words, Writing
from exports.glyphs import HATCH_WIDTH_PT, trace_hatch
from exports.lettering import ASCENT, HALO_PT, LEADING, drawable_text
from exports.options import ExportOptions
from exports.pages import PixelSize, measure_page
from exports.scene import build_scene
from geo.dataset import Dataset
from geo.view import View
from layers.style import Hatch

_ALIGNMENTS = {"left": "left", "middle": "center", "right": "right"}
_SETTINGS: dict[Any, Any] = {"text.parse_math": False, "path.simplify": False, "text.hinting": "none"}
# matplotlib's settings are those of the whole process, and visitors draw side by side
_ONE_AT_A_TIME = Lock()


def render_png(dataset: Dataset, view: View, options: ExportOptions | None = None) -> bytes:
    """Draw what a view shows as PNG.

    Parameters
    ----------
    dataset, view
        What is chosen from, and what to show.
    options
        Page, resolution, ground and title; the default is a slide of 1920 × 1080.
    """
    options = options or ExportOptions()
    return paint_png(build_scene(dataset, view, options), measure_page(options.page, options.dpi))


def paint_png(scene: Scene, size: PixelSize) -> bytes:
    """Draw a scene as PNG; the same scene gives the same bytes.

    Parameters
    ----------
    scene
        What is drawn.
    size
        Of the picture; it has the scene's shape.
    """
    with _ONE_AT_A_TIME, mpl.rc_context(_SETTINGS):
        dpi = size.width_px / (scene.width_pt / 72)
        figure = Figure(figsize=(size.width_px / dpi, size.height_px / dpi), dpi=dpi, facecolor=scene.paper)
        canvas: Any = FigureCanvasAgg(figure)
        axes = figure.add_axes((0, 0, 1, 1))
        axes.set_axis_off()
        axes.set_xlim(0, scene.width_pt)
        axes.set_ylim(scene.height_pt, 0)
        order = 0
        for layer in scene.layers:
            for item in layer.items:
                for path in item.paths:
                    for artist in _paint_path(path):
                        artist.set_zorder(order)
                        axes.add_artist(artist)
                        order += 1
                for words in item.words:
                    _paint_words(axes, words, order)
                    order += 1
        canvas.draw()
        pixels = np.asarray(canvas.buffer_rgba())
    return _encode(pixels, scene, size)


def _paint_path(path: Path) -> list[Any]:
    artists: list[Any] = []
    if path.fill and path.rings and path.fill.alpha:
        colour, alpha = path.fill.colour, path.fill.alpha
        if path.fill.hatch is Hatch.NONE:
            artists.append(PathPatch(_outline(path.rings, closed=True), facecolor=colour, alpha=alpha, linewidth=0))
        else:
            lines = trace_hatch(path.fill.hatch, path.rings)
            dots = path.fill.hatch is Hatch.DOTS
            look = {"facecolor": colour, "linewidth": 0} if dots else {"fill": False, "linewidth": HATCH_WIDTH_PT}
            if lines:
                artists.append(PathPatch(_outline(lines, closed=dots), edgecolor=colour, alpha=alpha, **look))
    if path.stroke and path.lines and path.stroke.alpha:
        stroke = path.stroke
        style = (0, tuple(length / stroke.width_pt for length in stroke.dash_pt)) if stroke.dash_pt else "solid"
        artists.append(
            PathPatch(
                _outline(path.lines, closed=False),
                fill=False,
                edgecolor=stroke.colour,
                alpha=stroke.alpha,
                linewidth=stroke.width_pt,
                linestyle=style,
                capstyle="butt" if stroke.dash_pt else "round",
                joinstyle="round",
            )
        )
    return artists


def _outline(lines: tuple[Line, ...], *, closed: bool) -> Outline:
    points: list[Point] = []
    codes: list[Any] = []
    for line in lines:
        ends = closed or line[0] == line[-1]
        points += line
        codes += [Outline.MOVETO, *[Outline.LINETO] * (len(line) - 2), Outline.CLOSEPOLY if ends else Outline.LINETO]
    return Outline(np.array(points), codes)


def _paint_words(axes: Any, words: Words, order: int) -> None:
    box = words.box
    x = {"left": box.left, "middle": box.centre[0], "right": box.right}[words.align]
    y = box.top
    for line in words.lines:
        letters = axes.text(
            x,
            y + line.size_pt * ASCENT,
            drawable_text(line.text),
            fontproperties=_font(line),
            color=line.colour,
            ha=_ALIGNMENTS[words.align],
            va="baseline",
            zorder=order,
        )
        if words.halo:
            halo = Stroke(linewidth=HALO_PT, foreground=words.halo, alpha=0.9, joinstyle="round")
            letters.set_path_effects([halo, Normal()])
        y += line.size_pt * LEADING


def _font(line: Writing) -> FontProperties:
    return FontProperties(
        family="DejaVu Sans",
        size=line.size_pt,
        weight="bold" if line.bold else "normal",
        style="oblique" if line.italic else "normal",
    )


def _encode(pixels: Any, scene: Scene, size: PixelSize) -> bytes:
    record = PngImagePlugin.PngInfo()
    licences = "; ".join(f"{item['attribution']} ({item['licence']})" for item in scene.receipt.get("licences", ()))
    for key, value in (
        ("Title", scene.title),
        ("Author", "Corridor Atlas"),
        ("Description", scene.description),
        ("Copyright", licences),
        ("Comment", json.dumps(dict(scene.receipt), ensure_ascii=False)),
    ):
        record.add_itxt(key, value)
    image = Image.fromarray(pixels).convert("RGB")
    target = io.BytesIO()
    image.save(target, "PNG", pnginfo=record, dpi=(size.dpi, size.dpi), compress_level=4)
    return target.getvalue()
