"""PPTX: a slide whose map is native shapes, a slide of its sources, and notes with every claim."""

from __future__ import annotations

import io
import json
import zipfile
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import zip_longest
from typing import Any

from lxml import etree
from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.oxml.ns import qn
from pptx.util import Emu, Pt

from exports.drawing import Note, NumberedSource, Scene, Writing
from exports.drawingml import EMU_PT, NAMESPACES, ShapeWriter, write_run
from exports.lettering import LEADING, clean_text, is_right_to_left, keep_text, wrap
from exports.receipt import format_receipt
from exports.strings import read_own_words
from exports.text_blocks import fit_title, name_address
from geo.view import Language

_TITLE_ONLY = 5
_MARGIN_PT, _TABLE_TOP_PT = 24.0, 60.0
_NOTE_PT = 9.0
_NOTE_IMAGE = (685_800, 548_640, 5_486_400, 3_086_100)
_NOTE_BODY = (685_800, 3_840_480, 5_486_400, 4_754_880)
_ROWS, _MAX_ROWS = 14, 140
_COLUMNS = (("number", 0.06), ("source", 0.48), ("link", 0.38), ("marks", 0.08))
_NAMED = 1
_CELL_PT, _MOST_CELL_LINES = 11, 8
# a cell's own margins: ECMA-376 Part 1, 21.1.3.17
_CELL_SIDE_PT, _CELL_TOP_PT = 7.2, 3.6
_TYPEFACE = "Arial"
_PLACE = "place"
# the earliest day that a ZIP archive can tell: files are alike whenever they are made
_EPOCH = (1980, 1, 1, 0, 0, 0)


def write_deck(scenes: Sequence[Scene], texts: Sequence[str] = (), title: str = "") -> bytes:
    """Write scenes as a presentation: a map slide each, then the sources of all.

    Parameters
    ----------
    scenes
        One or more, all of one size, with the same numbers for the same sources. The same scenes give the same bytes.
    texts
        What the notes of each map begin with; none where there is nothing to tell.
    title
        Of the whole; the first scene's where there is none.
    """
    deck, first = Presentation(), scenes[0]
    title = clean_text(title) or first.title
    _set_size(deck, first)
    _colour_links(deck, _letters_colour(first))
    maps = [_add_slide(deck, scene, scene.title) for scene in scenes]
    listed = _add_source_slides(deck, first, gather_sources(scenes), title)
    long_texts: dict[str, str] = {}
    for slide, scene, text in zip_longest(maps, scenes, texts, fillvalue=""):
        assert isinstance(scene, Scene), "there are at most as many texts as scenes"
        long_texts |= _draw_map(slide, listed[0], scene) | _write_notes(slide, scene, str(text))
    _describe(deck, first, title)
    target = io.BytesIO()
    deck.save(target)
    return _repack(target.getvalue(), long_texts)


def gather_sources(scenes: Sequence[Scene]) -> list[NumberedSource]:
    """Gather the sources of several scenes, by their numbers; a mark that stands on several maps counts once."""
    sources = {source.number: source for scene in scenes for source in scene.sources}
    citing = {(mark.key, number) for scene in scenes for mark in scene.marks for number in mark.numbers}
    counts = Counter(number for _, number in citing)
    return [replace(sources[number], marks=counts[number]) for number in sorted(sources)]


def _set_size(deck: Any, scene: Scene) -> None:
    """Give the library's 4:3 template a scene's shape: slide, master and layouts; its maker's printer settings go."""
    width, height = round(scene.width_pt * EMU_PT), round(scene.height_pt * EMU_PT)
    ratios = {"x": width / deck.slide_width, "y": height / deck.slide_height}
    deck.slide_width, deck.slide_height = Emu(width), Emu(height)
    deck.part._element.find(qn("p:sldSz")).attrib.pop("type", None)
    for part in (deck.slide_master, *deck.slide_layouts):
        for element in part._element.iter(qn("a:off"), qn("a:ext")):
            for side, ratio in ratios.items():
                name = side if element.tag == qn("a:off") else f"c{side}"
                if name in element.attrib:
                    element.set(name, str(round(int(element.get(name)) * ratio)))
    for relations in (deck.part.rels, deck.part.package._rels):
        for key, relation in list(relations.items()):
            if "printerSettings" in relation.reltype or "thumbnail" in relation.reltype:
                relations.pop(key)


def _add_slide(deck: Any, scene: Scene, title: str) -> Any:
    slide = deck.slides.add_slide(deck.slide_layouts[_TITLE_ONLY])
    for placeholder in list(slide.placeholders):
        if placeholder.placeholder_format.idx:
            placeholder._element.getparent().remove(placeholder._element)
    _fill(slide.background.fill, scene.paper)
    words = scene.find_layer("title").items[0].words[0]
    box, shape, width = words.box, slide.shapes.title, scene.width_pt - 2 * _MARGIN_PT
    lines = fit_title(clean_text(title), width, words.lines[0].colour)
    left = box.right - width if words.align == "right" else box.left
    shape.left, shape.top, shape.width, shape.height = (
        Emu(round(side * EMU_PT)) for side in (left, box.top, width, box.height)
    )
    body = shape.text_frame._txBody
    for paragraph in list(body.iterchildren(qn("a:p"))):
        body.remove(paragraph)
    direction = ' rtl="1"' if is_right_to_left(title) else ""
    side = "r" if words.align == "right" else "l"
    run = f'<a:br><a:rPr sz="{round(lines[0].size_pt * 100)}"/></a:br>'.join(
        write_run(line, line.text) for line in lines
    )
    body.append(_parse(f'<a:p {NAMESPACES}><a:pPr algn="{side}"{direction}/>{run}</a:p>'))
    properties = body.find(qn("a:bodyPr"))
    for name in ("lIns", "tIns", "rIns", "bIns"):
        properties.set(name, "0")
    properties.set("anchor", "t")
    return slide


def _fill(fill: Any, colour: str) -> None:
    fill.solid()
    fill.fore_color.rgb = _colour(colour)


def _colour(colour: str) -> Any:
    untyped: Any = RGBColor
    return untyped(*bytes.fromhex(colour[1:]))


def _letters_colour(scene: Scene) -> str:
    return scene.find_layer("title").items[0].words[0].lines[0].colour


def _colour_links(deck: Any, colour: str) -> None:
    """Give links the colour of letters: programs take it from the theme, whose blue is lost on a dark ground."""
    part = deck.slide_master.part.part_related_by(RELATIONSHIP_TYPE.THEME)
    theme = _parse(part.blob)
    for name in ("hlink", "folHlink"):
        for element in theme.iter(qn(f"a:{name}")):
            for child in list(element):
                element.remove(child)
            etree.SubElement(element, qn("a:srgbClr")).set("val", colour[1:].upper())
    part._blob = etree.tostring(theme, xml_declaration=True, encoding="UTF-8", standalone=True)


def _draw_map(slide: Any, sources: Any, scene: Scene) -> dict[str, str]:
    """Write the scene's layers, as groups, for the place that is kept for them on a slide."""
    part = slide.part
    links = _relate(part, (source.url for source in scene.sources))
    jump = part.relate_to(sources.part, RELATIONSHIP_TYPE.SLIDE)
    writer = ShapeWriter(links, jump)
    layers = "".join(writer.write_layer(layer) for layer in scene.layers if layer.key != "title")
    return _keep_place(slide.part, slide.shapes._spTree, layers)


def _keep_place(part: Any, element: Any, xml: str) -> dict[str, str]:
    """Keep a place at an element's end for a long text, which is put there as it stands when the file is packed.

    To build thousands of shapes or claims as elements, only to write them out again, takes seconds.
    """
    element.append(etree.Comment(_PLACE))
    return {str(part.partname.membername): xml}


def _relate(part: Any, urls: Any) -> dict[str, str]:
    return {
        url: part.relate_to(url, RELATIONSHIP_TYPE.HYPERLINK, is_external=True) for url in dict.fromkeys(urls) if url
    }


def _parse(xml: str | bytes) -> Any:
    # a long list of claims is one deep text, not an attack: it is our own
    return etree.fromstring(xml, etree.XMLParser(huge_tree=True, resolve_entities=False))


def _add_source_slides(deck: Any, scene: Scene, sources: Sequence[NumberedSource], title: str) -> list[Any]:
    """List the sources in native tables dressed as a scene, as many to a slide as have room; the rest is counted."""
    words = read_own_words(Language(scene.language))
    rows = [_source_cells(source, scene.language) for source in sources[:_MAX_ROWS]]
    width = _COLUMNS[_NAMED][1] * _table_width(scene) - 2 * _CELL_SIDE_PT
    lines = [wrap(cells[_NAMED], _CELL_PT, width, most=_MOST_CELL_LINES) for cells in rows]
    for cells, told in zip(rows, lines, strict=True):
        # the notes have it whole
        cells[_NAMED] = " ".join(told) if told[-1:] and told[-1].endswith("…") else cells[_NAMED]
    slides = []
    for place in _divide_rows(list(map(len, lines)), scene.height_pt - _TABLE_TOP_PT - _MARGIN_PT):
        slide = _add_slide(deck, scene, f"{words['sources']}: {title}")
        is_cut = place.stop == len(rows) < len(sources)
        last = [["", words["sources-in-notes"].format(len(sources) - len(rows)), "", ""]] if is_cut else []
        _add_table(slide, scene, rows[place] + last, [source.url for source in sources[place]])
        slides.append(slide)
    return slides


def _divide_rows(lines: Sequence[int], height_pt: float) -> list[slice]:
    """Divide rows of so many lines among slides, as many to each as have room below its heading."""
    places, start, left = [], 0, 0.0
    for row, count in enumerate(lines):
        room = count * _CELL_PT * LEADING + 2 * _CELL_TOP_PT
        if row == start:
            # a heading, and room for a line that tells how many are not listed
            left = height_pt - 2 * (_CELL_PT * LEADING + 2 * _CELL_TOP_PT)
        elif room > left or row - start == _ROWS:
            places.append(slice(start, row))
            start, left = row, height_pt - 2 * (_CELL_PT * LEADING + 2 * _CELL_TOP_PT)
        left -= room
    return [*places, slice(start, len(lines))]


def _table_width(scene: Scene) -> float:
    return scene.width_pt - 2 * _MARGIN_PT


def _add_table(slide: Any, scene: Scene, rows: Sequence[Sequence[str]], urls: Sequence[str]) -> None:
    words, is_mirrored = read_own_words(Language(scene.language)), scene.language == Language.ARABIC
    width = round(_table_width(scene) * EMU_PT)
    sides = (round(_MARGIN_PT * EMU_PT), round(_TABLE_TOP_PT * EMU_PT), width, round(_MARGIN_PT * EMU_PT))
    frame = slide.shapes.add_table(len(rows) + 1, len(_COLUMNS), *map(Emu, sides))
    frame.name = words["sources"]
    frame._element.nvGraphicFramePr.cNvPr.set("descr", words["sources"])
    table = frame.table
    if is_mirrored:
        table._tbl.tblPr.set("rtl", "1")
    for row, cells in enumerate([[words[name] for name, _ in _COLUMNS], *rows]):
        for column, text in enumerate(cells):
            cell = table.cell(row, column)
            _fill(cell.fill, scene.paper)
            paragraph = cell.text_frame.paragraphs[0]
            properties = paragraph._p.get_or_add_pPr()
            properties.set("algn", "r" if is_mirrored else "l")
            if is_right_to_left(text):
                properties.set("rtl", "1")
            run = paragraph.add_run()
            run.font.color.rgb, run.font.bold = _colour(_letters_colour(scene)), not row
            run.text, run.font.size, run.font.name = text, Pt(_CELL_PT), _TYPEFACE
            if _COLUMNS[column][0] == "link" and 0 < row <= len(urls) and urls[row - 1]:
                run.hyperlink.address = urls[row - 1]
    for column, (_, share) in enumerate(_COLUMNS):
        table.columns[column].width = Emu(round(width * share))


def _source_cells(source: NumberedSource, language: str) -> list[str]:
    return [str(source.number), source.text, name_address(source.url, Language(language)), str(source.marks)]


def _write_notes(slide: Any, scene: Scene, text: str) -> dict[str, str]:
    """Write what each mark rests on: its claims, who says so, and where, with a link to the passage."""
    notes = slide.notes_slide
    for part in (notes.part.notes_master, notes):
        for placeholder in part.placeholders:
            kind = str(placeholder.placeholder_format.type)
            sides = _note_image(scene) if "SLIDE_IMAGE" in kind else _NOTE_BODY if "BODY" in kind else None
            if sides:
                placeholder.left, placeholder.top, placeholder.width, placeholder.height = map(Emu, sides)
    links = _relate(notes.part, (told.url for note in scene.notes for told in note.quotations))
    words = read_own_words(Language(scene.language))
    told = [*([text] if text else []), scene.description, *format_receipt(dict(scene.receipt)).splitlines()]
    lines = [*(_note_line(line, bold=False) for line in told), _note_line(words["notes-heading"], bold=True)]
    for note in scene.notes:
        lines += _note_lines(note, links)
    body = notes.notes_text_frame._txBody
    for paragraph in list(body.iterchildren(qn("a:p"))):
        body.remove(paragraph)
    return _keep_place(notes.part, body, "".join(lines))


def _note_image(scene: Scene) -> tuple[int, int, int, int]:
    """Fit the slide's picture into its place on the notes' page."""
    left, top, width, height = _NOTE_IMAGE
    scale = min(width / scene.width_pt, height / scene.height_pt)
    wide, high = round(scene.width_pt * scale), round(scene.height_pt * scale)
    return left + (width - wide) // 2, top + (height - high) // 2, wide, high


def _note_lines(note: Note, links: dict[str, str]) -> list[str]:
    """Tell what a mark rests on, in words as they were given: notes have room for them, and programs read them."""
    heading = f"{keep_text(note.name)} (#{keep_text(note.key)})"
    lines = [_note_line(heading + (f" – {keep_text(note.basis)}" if note.basis else ""), bold=True)]
    for told in note.quotations:
        text = " ".join(filter(None, map(keep_text, (told.statement, told.attribution)))) + " "
        link = f'<a:hlinkClick r:id="{links[told.url]}"/>' if told.url in links else ""
        look = Writing("", _NOTE_PT, "#000000")
        lines.append(
            f"<a:p>{_direction(text)}{write_run(look, text)}"
            f"{write_run(look, keep_text(told.reference), link=link)}</a:p>"
        )
    return lines


def _note_line(text: str, *, bold: bool) -> str:
    return f"<a:p>{_direction(text)}{write_run(Writing('', _NOTE_PT, '#000000', bold=bold), keep_text(text))}</a:p>"


def _direction(text: str) -> str:
    return '<a:pPr algn="r" rtl="1"/>' if is_right_to_left(text) else "<a:pPr/>"


def _describe(deck: Any, scene: Scene, title: str) -> None:
    """Fill the file's own record; dates are left out, so that the same input gives the same bytes."""
    record = deck.core_properties
    record.title, record.author, record.subject = title[:250], "Corridor Atlas", scene.description[:250]
    record.language, record.last_modified_by, record.revision = scene.language, "Corridor Atlas", 1
    record.keywords = f"data {scene.receipt.get('data', {}).get('sha256', '')}"[:250]
    element = record._element
    for name in ("created", "modified", "lastPrinted"):
        for child in element.findall(f"{{*}}{name}"):
            element.remove(child)
    description = element.get_or_add_description()
    description.text = json.dumps(dict(scene.receipt), ensure_ascii=False)


def _repack(content: bytes, long_texts: Mapping[str, str]) -> bytes:
    """Write the package anew with fixed dates and order, and with the long texts of its parts in their places."""
    place = f"<!--{_PLACE}-->".encode()
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(source.namelist(), key=lambda name: (name != "[Content_Types].xml", name)):
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 0
            part = source.read(name)
            if name in long_texts:
                before, after = part.split(place)
                part = b"".join([before, long_texts[name].encode(), after])
            archive.writestr(entry, part)
    return target.getvalue()
