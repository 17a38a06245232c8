"""Slides in LibreOffice: what becomes of names and shapes when a deck is kept as an OpenDocument presentation."""

from __future__ import annotations

import shutil
import subprocess
import zipfile
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from exports.decks import render_pptx
from exports.options import ExportOptions
from exports.scene import build_scene
from geo.dataset import Dataset
from geo.view import View

DRAW = "{urn:oasis:names:tc:opendocument:xmlns:drawing:1.0}"
SVG = "{urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0}"


def test_names_shapes_and_words_remain_in_an_opendocument_presentation(dataset: Dataset, tmp_path: Path) -> None:
    if shutil.which("soffice") is None:
        pytest.skip("LibreOffice is not here: it would open the slides")
    view, options = View(), ExportOptions(title="Of names that remain")
    (tmp_path / "deck.pptx").write_bytes(render_pptx(dataset, view, options))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "odp", "--outdir", str(tmp_path), "deck.pptx"]
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True, timeout=120)
    with zipfile.ZipFile(tmp_path / "deck.odp") as archive:
        root: Any = etree.fromstring(archive.read("content.xml"))
    page = next(root.iter(f"{DRAW}page"))
    scene = build_scene(dataset, view, options)
    shapes = {element.get(f"{DRAW}name"): element for element in page.iter() if element.get(f"{DRAW}name")}
    assert [mark.key for mark in scene.marks if f"{mark.name} #{mark.key}" not in shapes] == []
    for mark in scene.marks:
        shape = shapes[f"{mark.name} #{mark.key}"]
        assert shape.tag in {f"{DRAW}custom-shape", f"{DRAW}path", f"{DRAW}polyline", f"{DRAW}polygon"}
        assert shape.findtext(f"{SVG}desc") == mark.alt
    groups = {element.get(f"{DRAW}name") for element in page.iter(f"{DRAW}g")}
    assert {layer.name for layer in scene.layers if layer.is_theme} <= groups
    assert list(page.iter(f"{DRAW}image")) == []
    written = "".join(page.itertext())
    assert [source.number for source in scene.sources if f"[{source.number}]" not in written] == []
