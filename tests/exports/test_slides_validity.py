"""Slides by the standard: each part by its schema, by programs that know it, and by what those miss."""

from __future__ import annotations

import io
import json
import re
import shutil
import subprocess
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
from tools.find_schemas import HOLDER, find_schemas

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
            # the writer keeps places for long texts by comments, and fills all of them
            faults += [f"{name}: comment {comment.text}" for comment in root.iter(etree.Comment)]
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


# a schema remembers no other element or file; to it 1.5 may be the name of a guide, and a place may be left out
UNKNOWN_TO_SCHEMAS = {
    "id that stands twice",
    "link to nowhere",
    "number that is not whole",
    "shape without a place",
}


def plant(content: bytes, fault: Callable[[str], str]) -> bytes:
    """A presentation whose first slide has a fault."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(target, "w") as archive:
        for part in source.namelist():
            written = source.read(part)
            if part == "ppt/slides/slide1.xml":
                planted = fault(written.decode())
                assert planted != written.decode()
                written = planted.encode()
            archive.writestr(part, written)
    return target.getvalue()


@pytest.mark.parametrize("name", FAULTS)
def test_planted_fault_is_found(small_deck: bytes, name: str, tmp_path: Path, validator: OpenXmlValidator) -> None:
    planted = plant(small_deck, FAULTS[name])
    assert check_slides(planted) or check_package(planted, tmp_path, validator)


@pytest.fixture(scope="module")
def told_by_schemas(
    decks: dict[str, bytes], small_deck: bytes, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, dict[str, list[str]]]:
    """What the compiled schemas tell of each part, for each deck and each planted fault; Java is started once."""
    jars = find_schemas()
    if jars is None or shutil.which("javac") is None:
        pytest.skip("Java or the compiled schemas are not here: run `python -m tools.find_schemas --install`")
    folder = tmp_path_factory.mktemp("schemas")
    files = decks | {name: plant(small_deck, fault) for name, fault in FAULTS.items()}
    for name, content in files.items():
        (folder / name).write_bytes(content)
    program = str(Path(__file__).with_name("CheckSlides.java"))
    # the library keeps a diary of its own there
    command = ["java", f"-Djava.io.tmpdir={folder}", "-cp", jars, program, HOLDER, *files]
    told = subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True, timeout=240).stdout
    parts: dict[str, dict[str, list[str]]] = {name: {} for name in files}
    for line in told.splitlines():
        name, part, fault = line.split("\t")
        parts[name].setdefault(part, []).extend([fault] if fault else [])
    return parts


@pytest.mark.parametrize("name", DECKS)
def test_every_part_is_valid_by_the_schemas(
    decks: dict[str, bytes], told_by_schemas: dict[str, dict[str, list[str]]], name: str
) -> None:
    with zipfile.ZipFile(io.BytesIO(decks[name])) as archive:
        parts = {part for part in archive.namelist() if part.startswith("ppt/") and part.endswith(".xml")}
    assert told_by_schemas[name] == {part: [] for part in [*parts, "docProps/app.xml"]}


@pytest.mark.parametrize("name", sorted(FAULTS.keys() - UNKNOWN_TO_SCHEMAS))
def test_planted_fault_is_found_by_the_schemas(told_by_schemas: dict[str, dict[str, list[str]]], name: str) -> None:
    assert [part for part, faults in told_by_schemas[name].items() if faults] == ["ppt/slides/slide1.xml"]


def test_open_xml_sdk_finds_nothing_but_a_planted_fault(
    decks: dict[str, bytes], small_deck: bytes, tmp_path: Path
) -> None:
    if (program := shutil.which("ooxml-validator")) is None:
        pytest.skip("ooxml-validator is not here: it would check the slides by the Open XML SDK")

    def check(content: bytes) -> list[dict[str, str]]:
        (tmp_path / "deck.pptx").write_bytes(content)
        answer = subprocess.run([program, "deck.pptx"], cwd=tmp_path, capture_output=True, timeout=120, check=False)
        faults: list[dict[str, str]] = json.loads(answer.stdout)["errors"]
        return faults

    assert {name: check(content) for name, content in decks.items()} == {name: [] for name in decks}
    faults = check(plant(small_deck, FAULTS["order of a shape's properties"]))
    assert [fault["path"] for fault in faults] == ["/ppt/slides/slide1.xml"]
