"""PDF: the map as a tagged drawing with real text, its sources and claims as pages, its data attached; by Typst."""

from __future__ import annotations

import json
import tempfile
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

import typst

from exports.drawing import Scene
from exports.gis import render_geojson
from exports.lettering import drawable_text, font_files
from exports.palette import Style
from exports.receipt import format_receipt
from exports.scene import Page, build_scene
from exports.strings import read_own_words
from exports.svg import paint_svg
from geo.dataset import Dataset
from geo.view import Language, View

_TEMPLATE = Path(__file__).parent / "assets" / "page.typ"
_STANDARDS: list[Any] = ["ua-1", "a-3a"]


def render_pdf(
    dataset: Dataset, view: View, *, page: Page | None = None, style: Style | str | None = None, title: str = ""
) -> bytes:
    """Make a PDF of what a view shows, by PDF/UA-1 and PDF/A-3a; what is shown is attached as GeoJSON.

    Parameters
    ----------
    dataset, view
        What is chosen from, and what to show.
    page, style, title
        As in `exports.scene.build_scene`.
    """
    scene = build_scene(dataset, view, page=page, style=style, title=title)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "page.typ").write_bytes(_TEMPLATE.read_bytes())
        (folder / "map.svg").write_text(_drawable(paint_svg(scene).decode()), encoding="utf-8")
        (folder / "data.geojson").write_bytes(render_geojson(dataset, view))
        content = _drawable(json.dumps(_lay_out(scene), ensure_ascii=False))
        (folder / "content.json").write_text(content, encoding="utf-8")
        made: bytes = typst.compile(
            folder / "page.typ",
            font_paths=[font_files(bold=False)[0].parent],
            ignore_system_fonts=True,
            pdf_standards=_STANDARDS,
        )
    return made


def _drawable(text: str) -> str:
    # a letter that no font has would make the whole file invalid
    return "\n".join(drawable_text(line) for line in text.split("\n"))


def _lay_out(scene: Scene) -> dict[str, Any]:
    """Lay out what the template asks for."""
    words = read_own_words(Language(scene.language))
    day = date.fromisoformat(scene.receipt["made"])
    return {
        "title": scene.title,
        "description": scene.description,
        "language": scene.language,
        "width": scene.width_pt,
        "height": scene.height_pt,
        "day": [day.year, day.month, day.day],
        "data": words["data"].format(scene.receipt["data"]["version"]),
        "words": {
            "sources": words["sources"],
            "source": words["source"],
            "number": words["number"],
            "marks": words["marks"],
            "notes": words["notes-heading"],
            "shown": words["not-shown"],
        },
        "sources": [asdict(source) for source in scene.sources],
        "notes": [asdict(note) for note in scene.notes],
        "receipt": format_receipt(dict(scene.receipt)).splitlines(),
    }
