from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from lxml import etree
from PIL import Image
from pptx import Presentation

from exports.decks import render_pptx, render_theme_deck, render_tour_deck
from exports.drawing import Scene
from exports.drawingml import EMU_PT
from exports.image import render_png
from exports.lettering import measure_width
from exports.options import ExportOptions
from exports.pages import PixelSize
from exports.pdf import draw_as_seen, render_pdf
from exports.plotting import plot_marks
from exports.scene import build_scene, build_scenes
from exports.svg import render_svg
from geo.dataset import Dataset, read_dataset
from geo.view import Language, View
from tests.small_data import write_small_data

HOSTILE = "$a_b$ <b>&\"'\x00\x1b[31m \u202eevil\u202c {{7*7}} \\frac 漢字 🙂 =1+1"
SVG = "{http://www.w3.org/2000/svg}"
DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
SLIDES = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
RENDERERS: dict[str, Any] = {"pdf": render_pdf, "png": render_png, "svg": render_svg, "pptx": render_pptx}


@pytest.fixture
def hostile(tmp_path: Path) -> Dataset:
    small = read_dataset(write_small_data(tmp_path / "data"))
    features = [
        feature.model_copy(
            update={
                "name": HOSTILE,
                "names": {"en": HOSTILE, "ar": HOSTILE},
                "claims": tuple(
                    claim.model_copy(update={"statement": HOSTILE, "attributed_to": HOSTILE})
                    for claim in feature.claims
                ),
            }
        )
        for feature in small.features
    ]
    sources = [source.model_copy(update={"title": HOSTILE}) for source in small.sources]
    return replace(small, features=tuple(features), sources=tuple(sources))


@pytest.fixture(scope="module")
def scene(dataset: Dataset) -> Scene:
    return build_scene(dataset, View())


@pytest.fixture(scope="module")
def slide_xml(dataset: Dataset) -> Any:
    with zipfile.ZipFile(io.BytesIO(render_pptx(dataset, View()))) as archive:
        return etree.fromstring(archive.read("ppt/slides/slide1.xml"))


@pytest.mark.parametrize("kind", RENDERERS)
def test_hostile_strings_are_drawn_as_they_stand(hostile: Dataset, kind: str) -> None:
    options = ExportOptions(title=HOSTILE)
    content = RENDERERS[kind](hostile, View(), options)
    assert content == RENDERERS[kind](hostile, View(), options)
    if kind == "svg":
        root: Any = etree.fromstring(content)
        assert "$a_b$ <b>&" in "".join(root.itertext())
    if kind == "pptx":
        deck = Presentation(io.BytesIO(content))
        assert deck.slides[0].shapes.title.text.startswith("$a_b$ <b>&\"'")
        assert "{{7*7}}" in deck.slides[0].notes_slide.notes_text_frame.text


def test_png_has_the_size_that_is_asked_for(dataset: Dataset) -> None:
    content = render_png(dataset, View(), ExportOptions(page="1000x700", dpi=200))
    image: Any = Image.open(io.BytesIO(content))
    assert image.size == (1000, 700)
    assert image.info["dpi"] == pytest.approx((200, 200), abs=0.1)
    assert image.text["Title"] == "Corridor Atlas: Gaza and Sinai"
    assert "OpenStreetMap" in image.text["Copyright"]


@pytest.mark.parametrize("size", [(10, 100, 72), (100, 100_000, 72), (100, 100, 0)])
def test_pixel_size_rejects_what_no_picture_can_be(size: tuple[int, int, int]) -> None:
    with pytest.raises(ValueError, match="Choose within that"):
        PixelSize(*size)


def test_a_picture_of_any_size_is_the_same_page(dataset: Dataset) -> None:
    before = build_scene(dataset, View())
    options = ExportOptions(page="3000x2000", dpi=300, title="another title, measured anew")
    render_png(dataset, View(text="tunnel"), options)
    measure_width.cache_clear()
    assert build_scene(dataset, View()) == before


def test_png_is_grey_in_grey(dataset: Dataset) -> None:
    pixels = np.asarray(
        Image.open(io.BytesIO(render_png(dataset, View(), ExportOptions(style="grey")))).convert("RGB")
    ).astype(int)
    assert np.abs(pixels[..., 0] - pixels[..., 2]).max() == 0


def test_svg_titles_every_mark_and_keeps_text(dataset: Dataset, scene: Scene) -> None:
    root: Any = etree.fromstring(render_svg(dataset, View()))
    marks = [group for group in root.iter(f"{SVG}g") if (group.get("id") or "").startswith("feature-")]
    assert sorted(group.get("id") for group in marks) == sorted(f"feature-{mark.key}" for mark in scene.marks)
    assert all(group.find(f"{SVG}title").text and group.find(f"{SVG}desc").text for group in marks)
    written = {element.text for element in root.iter(f"{SVG}text")}
    assert "العريش" in written
    assert "אל-עריש" not in written
    assert not list(root.iter(f"{SVG}image"))
    assert root.find(f"{SVG}title").text == scene.title


def test_slide_has_a_native_shape_for_every_mark(slide_xml: Any, scene: Scene) -> None:
    names = {
        element.get("name"): element.get("descr")
        for element in slide_xml.iter(f"{SLIDES}cNvPr")
        if element.getparent().tag == f"{SLIDES}nvSpPr"
    }
    told = {f"{mark.name} #{mark.key}": mark.alt for mark in scene.marks}
    assert {name: names.get(name) for name in told} == told
    assert not list(slide_xml.iter(f"{SLIDES}pic"))
    ids = [element.get("id") for element in slide_xml.iter(f"{SLIDES}cNvPr")]
    assert len(ids) == len(set(ids))


def test_slide_groups_shapes_by_layer(slide_xml: Any, scene: Scene) -> None:
    tree = slide_xml.find(f".//{SLIDES}spTree")
    groups = [group.find(f".//{SLIDES}cNvPr").get("name") for group in tree.iterchildren(f"{SLIDES}grpSp")]
    assert groups == [layer.name for layer in scene.layers if layer.key != "title" and layer.items]
    for group in slide_xml.iter(f"{SLIDES}grpSp"):
        extent = group.find(f"{SLIDES}grpSpPr/{DRAWING}xfrm/{DRAWING}ext")
        assert int(extent.get("cx")) > 0
        assert int(extent.get("cy")) > 0


def test_slide_and_scene_put_marks_at_the_same_places(slide_xml: Any, scene: Scene) -> None:
    places = {}
    for shape in slide_xml.iter(f"{SLIDES}sp"):
        frame = shape.find(f"{SLIDES}spPr/{DRAWING}xfrm")
        if frame is not None:
            offset = frame.find(f"{DRAWING}off")
            name = shape.find(f"{SLIDES}nvSpPr/{SLIDES}cNvPr").get("name")
            places[name] = (int(offset.get("x")) / EMU_PT, int(offset.get("y")) / EMU_PT)
    for mark in scene.marks:
        path = next(path for path in mark.paths if not path.role)
        points = np.array([point for line in (*path.rings, *path.lines) for point in line])
        assert places[f"{mark.name} #{mark.key}"] == pytest.approx(tuple(points.min(axis=0)), abs=0.1)


def test_deck_lists_sources_with_links_and_notes(dataset: Dataset, scene: Scene) -> None:
    deck = Presentation(io.BytesIO(render_pptx(dataset, View())))
    assert (deck.slide_width, deck.slide_height) == (12_192_000, 6_858_000)
    table = next(shape.table for shape in deck.slides[1].shapes if shape.has_table)
    assert [row.cells[0].text for row in list(table.rows)[1:]] == [str(source.number) for source in scene.sources]
    links = {relation.target_ref for relation in deck.slides[1].part.rels.values() if relation.is_external}
    assert links == {source.url for source in scene.sources if source.url}
    notes = deck.slides[0].notes_slide.notes_text_frame.text
    assert [mark.key for mark in scene.marks if f"(#{mark.key})" not in notes] == []
    claims = [told for note in scene.notes for told in note.quotations]
    assert [told.statement for told in claims if told.statement not in notes] == []


def test_theme_deck_has_a_map_for_each_theme_and_its_sources_at_the_end(dataset: Dataset, scene: Scene) -> None:
    view = View(themes=("drones", "tunnels"))
    deck = Presentation(io.BytesIO(render_theme_deck(dataset, view)))
    titles = [slide.shapes.title.text for slide in deck.slides]
    assert titles == [scene.title, f"{scene.title} – Tunnels", f"{scene.title} – Drones", f"Sources: {scene.title}"]
    last = deck.slides[3]
    for slide in list(deck.slides)[:3]:
        leads = {relation.target_part for relation in slide.part.rels.values() if relation.reltype.endswith("/slide")}
        assert leads == {last.part}


@pytest.mark.parametrize("deck", ["themes", "pairs", "tour:summer-2015"])
def test_a_source_has_one_number_through_a_deck_that_ends_with_them(dataset: Dataset, deck: str) -> None:
    slides = list(Presentation(io.BytesIO(render_pptx(dataset, View(), ExportOptions(deck=deck)))).slides)
    *maps, last = slides
    assert [slide.has_notes_slide for slide in slides] == [True] * len(maps) + [False]
    (table,) = [shape.table for shape in last.shapes if shape.has_table]
    numbers = [row.cells[0].text for row in list(table.rows)[1:]]
    assert numbers == [str(number) for number in range(1, len(numbers) + 1)]
    notes = " ".join(slide.notes_slide.notes_text_frame.text for slide in maps)
    cited = set(re.findall(r"\[(\d+)\] ([^,\[]+), paragraph", notes))
    assert sorted(number for number, _ in cited) == numbers
    assert len({byline for _, byline in cited}) == len(numbers)


def test_a_page_of_several_lists_its_own_sources_by_the_numbers_of_all(dataset: Dataset) -> None:
    whole, drones = build_scenes([plot_marks(dataset, view) for view in (View(), View(themes=("drones",)))])
    numbers = {source.key: source.number for source in whole.sources}
    assert [(source.key, source.number) for source in drones.sources] == [("issacharoff-2015", 3)]
    assert numbers["issacharoff-2015"] == 3
    written = [line.text for item in drones.find_layer("names").items for words in item.words for line in words.lines]
    assert [text for text in written if text.endswith("[3]")]
    assert {number for mark in drones.marks for number in mark.numbers} == {3}


def test_a_mark_on_several_maps_counts_once(dataset: Dataset, scene: Scene) -> None:
    (table,) = [
        shape.table
        for slide in Presentation(io.BytesIO(render_theme_deck(dataset, View()))).slides
        for shape in slide.shapes
        if shape.has_table
    ]
    assert [int(row.cells[3].text) for row in list(table.rows)[1:]] == [source.marks for source in scene.sources]


def test_arabic_slide_runs_from_right_to_left(dataset: Dataset) -> None:
    with zipfile.ZipFile(io.BytesIO(render_pptx(dataset, View(language=Language.ARABIC)))) as archive:
        xml = archive.read("ppt/slides/slide1.xml").decode()
    assert re.search(r'algn="r" rtl="1"', xml)
    assert 'lang="ar"' in xml


def test_pdf_is_tagged_and_carries_its_data(dataset: Dataset) -> None:
    content = render_pdf(dataset, View())
    assert content.startswith(b"%PDF-")
    for mark in (b"/MarkInfo", b"/StructTreeRoot", b"/EmbeddedFile", b"pdfuaid"):
        assert mark in content


def test_arabic_pdf_ends_its_lines_at_the_right_edge(dataset: Dataset) -> None:
    scene = build_scene(dataset, View(language=Language.ARABIC))
    drawing = etree.fromstring(draw_as_seen(scene).encode())
    title = next(text for text in drawing.iter("{*}text") if text.text == scene.title)
    assert float(title.get("x")) > scene.width_pt * 0.9
    assert title.get("text-anchor") == "end", "Typst takes the start of any line for its left"


def test_tour_deck_tells_each_step(dataset: Dataset) -> None:
    tour = dataset.tours[0]
    deck = Presentation(io.BytesIO(render_tour_deck(dataset, View(), tour)))
    maps = [slide for slide in deck.slides if slide.has_notes_slide]
    assert [slide.shapes.title.text for slide in maps] == [step.title["en"] for step in tour.steps]
    for slide, step in zip(maps, tour.steps, strict=True):
        assert slide.notes_slide.notes_text_frame.text.startswith(step.text["en"])
