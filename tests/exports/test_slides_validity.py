"""Slides by the standard: each part by its schema, as far as a package checks it, and what such packages miss."""

from __future__ import annotations

import io
import re
import zipfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from lxml import etree
from openxml_audit import FileFormat, OpenXmlValidator

from exports.decks import render_pptx
from exports.options import ExportOptions
from geo.dataset import Dataset
from geo.view import View

DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
SLIDES = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
RELATIONS = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
DECKS: dict[str, tuple[str, dict[str, Any]]] = {
    "slide": ("", {}),
    "themes in Arabic on A4": ("language=ar&themes=border,tunnels", {"deck": "themes", "style": "dark", "page": "a4"}),
    "pairs": ("themes=drones", {"deck": "pairs"}),
}
# ECMA-376 Part 1, 20.1.10 and 22.9: whole numbers wherever these stand; all that is written here has them
WHOLE = {"x", "y", "cx", "cy", "w", "h", "id", "sz", "rad", "d", "sp", "lIns", "tIns", "rIns", "bIns"}
# what the elements that the writer makes itself may have: ECMA-376 Part 1, 19.3.1 and 20.1
ATTRIBUTES = {
    "cNvPr": {"id", "name", "descr", "hidden", "title"},
    "cNvSpPr": {"txBox"},
    "path": {"w", "h", "fill", "stroke", "extrusionOk"},
    "ln": {"w", "cap", "cmpd", "algn"},
    "ds": {"d", "sp"},
    "pt": {"x", "y"},
    "off": {"x", "y"},
    "ext": {"cx", "cy", "uri"},
    "srgbClr": {"val"},
    "alpha": {"val"},
    "glow": {"rad"},
    "rPr": {"lang", "sz", "b", "i", "dirty"},
    "pPr": {"algn", "rtl"},
    "bodyPr": {"wrap", "lIns", "tIns", "rIns", "bIns", "anchor", "rtlCol"},
    "hlinkClick": {f"{RELATIONS}id", "action"},
}
REQUIRED = {"cNvPr": {"id", "name"}, "off": {"x", "y"}, "pt": {"x", "y"}, "ds": {"d", "sp"}, "srgbClr": {"val"}}


@pytest.fixture(scope="module")
def validator() -> OpenXmlValidator:
    return OpenXmlValidator(file_format=FileFormat.MICROSOFT_365)


@pytest.fixture(scope="module")
def small_deck(dataset: Dataset) -> bytes:
    return render_pptx(dataset, View.from_query("themes=places&sources=ipt-2017"))


@pytest.fixture(scope="module")
def decks(dataset: Dataset) -> dict[str, bytes]:
    return {
        name: render_pptx(dataset, View.from_query(query), ExportOptions(**options))
        for name, (query, options) in DECKS.items()
    }


def check_package(content: bytes, folder: Path, validator: OpenXmlValidator) -> list[str]:
    path = folder / "deck.pptx"
    path.write_bytes(content)
    result = validator.validate(path)
    return [f"{error.part_uri} {error.path}: {error.description}" for error in result.errors]


def check_slides(content: bytes) -> list[str]:
    """What schema validators of packages miss: ids, numbers, attributes, relationships, groups."""
    faults = []
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        names = set(archive.namelist())
        for name in sorted(names):
            if not re.fullmatch(r"ppt/(slides|notesSlides)/\w+\.xml", name):
                continue
            root: Any = etree.fromstring(archive.read(name))
            folder, _, file = name.rpartition("/")
            relations: Any = etree.fromstring(archive.read(f"{folder}/_rels/{file}.rels"))
            known = {relation.get("Id") for relation in relations}
            ids = Counter(element.get("id") for element in root.iter(f"{SLIDES}cNvPr"))
            faults += [f"{name}: id {number} stands {count} times" for number, count in ids.items() if count > 1]
            for element in root.iter(etree.Element):
                faults += [f"{name}: {fault}" for fault in check_element(element, known)]
    return faults


def check_element(element: Any, relations: set[str]) -> list[str]:
    namespace, _, kind = element.tag.rpartition("}")
    own = f"{namespace}}}" in {DRAWING, SLIDES}
    faults = []
    for name, value in element.attrib.items():
        if name == f"{RELATIONS}id" and value not in relations:
            faults.append(f"{kind} leads to {value}, which is nowhere")
        if own and name in WHOLE and kind != "ph" and not re.fullmatch(r"-?\d+", value):
            faults.append(f"{kind} has {name}='{value}'")
        if own and name not in ATTRIBUTES.get(kind, {name}):
            faults.append(f"{kind} has an attribute {name}")
    if own and not REQUIRED.get(kind, set()) <= set(element.attrib):
        faults.append(f"{kind} lacks one of {sorted(REQUIRED[kind])}")
    if kind in {"xfrm"} and {child.tag for child in element} < {f"{DRAWING}off", f"{DRAWING}ext"}:
        faults.append("xfrm lacks its place or size")
    return faults


@pytest.mark.parametrize("name", DECKS)
def test_every_part_follows_the_standard(
    decks: dict[str, bytes], name: str, tmp_path: Path, validator: OpenXmlValidator
) -> None:
    assert check_package(decks[name], tmp_path, validator) == []
    assert check_slides(decks[name]) == []


FAULTS: dict[str, Callable[[str], str]] = {
    "order of a shape's properties": lambda xml: re.sub(r"(<a:ln .*?</a:ln>)", r"<a:noFill/>\1", xml, count=1),
    "order of a geometry's parts": lambda xml: xml.replace("<a:avLst/><a:gdLst/>", "<a:gdLst/><a:avLst/>", 1),
    "order of letters' properties": lambda xml: re.sub(r"(<a:latin [^>]*/>)(<a:cs [^>]*/>)", r"\2\1", xml, count=1),
    "attribute that is none": lambda xml: xml.replace("<a:path w=", '<a:path foo="1" w=', 1),
    "number that is not whole": lambda xml: re.sub(r'<a:pt x="\d+"', '<a:pt x="1.5"', xml, count=1),
    "shape without a place": lambda xml: re.sub(r"(<p:sp>.*?)<a:off [^>]*/>", r"\1", xml, count=1),
    "id that stands twice": lambda xml: xml.replace('id="101"', 'id="100"', 1),
    "link to nowhere": lambda xml: re.sub(r'<a:hlinkClick r:id="\w+"', '<a:hlinkClick r:id="rId999"', xml, count=1),
}


@pytest.mark.parametrize("name", FAULTS)
def test_planted_fault_is_found(small_deck: bytes, name: str, tmp_path: Path, validator: OpenXmlValidator) -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(small_deck)) as source, zipfile.ZipFile(target, "w") as archive:
        for part in source.namelist():
            content = source.read(part)
            if part == "ppt/slides/slide1.xml":
                planted = FAULTS[name](content.decode())
                assert planted != content.decode()
                content = planted.encode()
            archive.writestr(part, content)
    assert check_slides(target.getvalue()) or check_package(target.getvalue(), tmp_path, validator)
