"""PDF: the map as a tagged drawing with real text, its sources and claims as pages, its data attached; by Typst."""

from __future__ import annotations

import json
import unicodedata
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

import typst
from lxml import etree

from exports.drawing import Scene
from exports.geojson import render_geojson
from exports.lettering import clean_text, drawable_text, font_files
from exports.options import ExportOptions
from exports.receipt import format_receipt
from exports.scene import build_scene
from exports.scratch import scratch_folder
from exports.strings import read_own_words
from exports.svg import draw_svg
from exports.text_blocks import name_address
from geo.dataset import Dataset
from geo.errors import InputError, Problem
from geo.own_files import read_own_bytes
from geo.view import Language, View
from geo.wording import escape_controls

_TEMPLATE = Path(__file__).parent / "assets" / "page.typ"
_STANDARDS: list[Any] = ["ua-1", "a-3a"]
# PDF/A-3 (ISO 19005-3, 6.1.13) allows strings of 32,767 bytes, and a letter takes up to four
_MOST_LETTERS = 8000


def render_pdf(dataset: Dataset, view: View, options: ExportOptions | None = None) -> bytes:
    """Make a PDF of what a view shows, by PDF/UA-1 and PDF/A-3a; what is shown is attached as GeoJSON.

    Parameters
    ----------
    dataset, view
        What is chosen from, and what to show.
    options
        Page, ground and title.
    """
    scene = build_scene(dataset, view, options)
    with scratch_folder() as folder:
        (folder / "page.typ").write_bytes(read_own_bytes(_TEMPLATE))
        (folder / "map.svg").write_text(_drawable(_without_marks(draw_as_seen(scene))), encoding="utf-8")
        (folder / "data.geojson").write_bytes(render_geojson(dataset, view))
        content = _drawable(json.dumps(_lay_out(scene), ensure_ascii=False))
        (folder / "content.json").write_text(content, encoding="utf-8")
        try:
            return _compile(folder)
        except typst.TypstError:
            # a letter and its mark that no one font has both of
            (folder / "content.json").write_text(_without_marks(content), encoding="utf-8")
            return _compile_or_tell(folder)


def draw_as_seen(scene: Scene) -> str:
    """Draw the map with the start of each line on the left: Typst anchors text so, whatever its direction."""
    root = draw_svg(scene)
    for text in root.iter("{*}text"):
        if text.get("direction") == "rtl":
            anchor = text.get("text-anchor", "start")
            text.set("text-anchor", {"start": "end", "end": "start"}.get(anchor, anchor))
    drawing: str = etree.tostring(root, encoding="unicode")
    return drawing


def _compile_or_tell(folder: Path) -> bytes:
    try:
        return _compile(folder)
    except typst.TypstError as error:
        name, reason = "exports/assets/page.typ", escape_controls(str(error))
        remedy = "Choose another format, or install the atlas again."
        raise InputError([Problem("pdf", f"Invalid PDF. It cannot be set by '{name}' ({reason}). {remedy}")]) from error


def _compile(folder: Path) -> bytes:
    made: bytes = typst.compile(
        folder / "page.typ",
        font_paths=[font_files(bold=False)[0].parent],
        ignore_system_fonts=True,
        pdf_standards=_STANDARDS,
    )
    return made


def _without_marks(text: str) -> str:
    """Leave out marks upon letters, and what joins letters: in a drawing Typst finds no glyphs for them.

    A letter that is one with its mark stays as it is. The attached data have all.
    """
    composed = unicodedata.normalize("NFC", text)
    if composed.isascii():
        return composed
    return "".join(letter for letter in composed if unicodedata.category(letter) not in {"Mn", "Me", "Cf"})


def _drawable(text: str) -> str:
    # a letter that no font has would make the whole file invalid
    return "\n".join(drawable_text(line) for line in text.split("\n"))


def _lay_out(scene: Scene) -> dict[str, Any]:
    """Lay out what the template asks for."""
    laid_out: dict[str, Any] = _clip(_describe(scene))
    return laid_out


def _clip(value: Any) -> Any:
    """Bring texts onto one line, and cut those that are too long for a PDF; the attached data have them whole."""
    if isinstance(value, str):
        value = clean_text(value)
        return value if len(value) <= _MOST_LETTERS else f"{value[:_MOST_LETTERS]}…"
    if isinstance(value, dict):
        return {name: _clip(part) for name, part in value.items()}
    return [_clip(part) for part in value] if isinstance(value, list | tuple) else value


def _describe(scene: Scene) -> dict[str, Any]:
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
            "link": words["link"],
            "marks": words["marks"],
            "notes": words["notes-heading"],
            "shown": words["not-shown"],
        },
        "sources": [
            {**asdict(source), "address": name_address(source.url, Language(scene.language))}
            for source in scene.sources
        ],
        "notes": [asdict(note) for note in scene.notes],
        "receipt": format_receipt(dict(scene.receipt)).splitlines(),
    }
