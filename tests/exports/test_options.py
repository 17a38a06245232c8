from __future__ import annotations

import io
import re
from pathlib import Path
from typing import Any

import pytest
from lxml import etree
from PIL import Image
from pptx import Presentation

from exports.formats import FORMATS, write, write_all
from exports.options import ExportOptions, Scope
from exports.pages import PixelSize, choose_page, measure_page
from exports.scene import build_scene
from exports.sides import find_sides
from geo.dataset import Dataset, read_dataset
from geo.errors import InputError
from geo.model import Theme
from geo.view import Language, View
from tests.small_data import write_small_data

EMU_PT = 12_700


@pytest.fixture
def small(tmp_path: Path) -> Dataset:
    return read_dataset(write_small_data(tmp_path / "data"))


def test_options_tell_all_faults_at_once() -> None:
    wrong: Any = {"page": "a5", "style": "pink", "language": "fr", "deck": "tours", "scope": "some", "title": "x" * 201}
    wrong |= {"subtitle": "x" * 201, "frame": "near"}
    with pytest.raises(InputError) as caught:
        ExportOptions(**wrong)
    assert [problem.rule for problem in caught.value.problems] == [
        "style",
        "frame",
        "language",
        "scope",
        "page",
        "title",
        "subtitle",
        "deck",
    ]
    told = "\n".join(problem.message for problem in caught.value.problems)
    assert "Invalid page 'a5'. A page is slide, a4, a3, or a width and height in pixels such as 1600x900." in told
    assert "Invalid style 'pink'. A style is one of light, dark, grey. Choose one." in told
    assert "Invalid deck 'tours'. A deck is none, themes, pairs or tour:ID. Choose one." in told


@pytest.mark.parametrize("page", ["10x100", "100x100000", "20000x20000", "100x500", "1600x900\n", "1600×", "-1x5", ""])
def test_options_refuse_what_no_page_can_be(page: str) -> None:
    with pytest.raises(InputError, match=r"Invalid (page|size)"):
        ExportOptions(page=page)


@pytest.mark.parametrize("dpi", [0, -1, 2401, "300"])
def test_options_refuse_other_resolution(dpi: Any) -> None:
    with pytest.raises(InputError, match="1 to 2400 pixels go to the inch"):
        ExportOptions(dpi=dpi)


def test_pages_have_their_sizes() -> None:
    assert measure_page("slide") == PixelSize(1920, 1080, 144)
    assert measure_page("slide", 300) == PixelSize(4000, 2250, 300)
    assert measure_page("a4") == PixelSize(3508, 2480, 300)
    assert measure_page("a3") == PixelSize(4961, 3508, 300)
    assert measure_page("800x1200") == PixelSize(800, 1200, 144)
    page = choose_page("800x1200")
    assert (page.width_pt, page.height_pt) == (960, 1440)


@pytest.mark.parametrize("page", ["a4", "a3", "900x900"])
def test_page_is_that_of_every_drawn_file(small: Dataset, page: str) -> None:
    options, expected = ExportOptions(page=page), choose_page(page)
    svg: Any = etree.fromstring(FORMATS[".svg"].render(small, View(), options))
    assert svg.get("viewBox") == f"0 0 {expected.width_pt:.10g} {expected.height_pt:.10g}"
    told = (svg.get("width"), svg.get("height"))
    assert told == (
        tuple(page.split("x")) if "x" in page else (f"{expected.width_pt:g}pt", f"{expected.height_pt:g}pt")
    )
    deck = Presentation(io.BytesIO(FORMATS[".pptx"].render(small, View(), options)))
    size = (deck.slide_width, deck.slide_height)
    assert size == pytest.approx((expected.width_pt * EMU_PT, expected.height_pt * EMU_PT), abs=1)
    title = deck.slides[1].shapes.title
    assert 0 <= title.left <= title.left + title.width <= deck.slide_width
    box = re.search(rb"/MediaBox\s*\[0 0 ([\d.]+) ([\d.]+)\]", FORMATS[".pdf"].render(small, View(), options))
    assert box
    assert (float(box[1]), float(box[2])) == pytest.approx((expected.width_pt, expected.height_pt), abs=0.01)


def test_dpi_scales_the_picture(small: Dataset) -> None:
    pictures = [
        Image.open(io.BytesIO(FORMATS[".png"].render(small, View(), ExportOptions(dpi=dpi)))) for dpi in (72, None)
    ]
    assert [picture.size for picture in pictures] == [(960, 540), (1920, 1080)]
    assert [round(picture.info["dpi"][0]) for picture in pictures] == [72, 144]


@pytest.mark.parametrize(
    ("change", "suffixes"),
    [
        (ExportOptions(style="dark"), {".pptx", ".png", ".svg", ".pdf"}),
        (ExportOptions(title="Another title"), {".pptx", ".png", ".svg", ".pdf"}),
        (ExportOptions(language="ar"), {".html", ".pptx", ".png", ".svg", ".pdf", ".kml", ".kmz"}),
        (ExportOptions(deck="themes"), {".pptx"}),
        (ExportOptions(dpi=100), {".png"}),
        (ExportOptions(page="700x700"), {".pptx", ".png", ".svg", ".pdf"}),
    ],
)
def test_option_changes_the_formats_that_heed_it_and_others_refuse_it(
    small: Dataset, tmp_path: Path, change: ExportOptions, suffixes: set[str]
) -> None:
    (name,) = change.chosen
    assert {suffix for suffix, kind in FORMATS.items() if name in kind.heeded} == suffixes
    for suffix, kind in FORMATS.items():
        if suffix in suffixes:
            assert kind.render(small, View(), change) != kind.render(small, View()), suffix
        else:
            with pytest.raises(InputError, match=rf"Invalid option '{name}' for a \{suffix} file"):
                write(small, View(), tmp_path / f"x{suffix}", change)
    assert list(tmp_path.glob("x*")) == []


def test_title_and_language_are_written(small: Dataset) -> None:
    svg: Any = etree.fromstring(FORMATS[".svg"].render(small, View(), ExportOptions(title="Mine", language="ar")))
    assert svg.get("{http://www.w3.org/XML/1998/namespace}lang") == "ar"
    assert "Mine" in {element.text for element in svg.iter("{http://www.w3.org/2000/svg}text")}


@pytest.mark.parametrize("suffix", FORMATS)
def test_scope_all_is_the_view_without_filters(small: Dataset, suffix: str) -> None:
    narrow = View(themes=(Theme.CONTEXT,), text="rain", since="2020", undated=False)
    kind = FORMATS[suffix]
    everything = kind.render(small, narrow, ExportOptions(scope=Scope.ALL))
    assert everything == kind.render(small, View())
    assert everything != kind.render(small, narrow)


def test_write_all_gives_each_format_what_it_heeds(small: Dataset, tmp_path: Path) -> None:
    options = ExportOptions(page="a4", dpi=72, style="grey", deck="themes", title="T", scope="all")
    written = write_all(small, View(themes=()), tmp_path / "out", options)
    assert [path.name.partition("_")[2].partition(".")[2] for path in written] == [s[1:] for s in FORMATS]
    picture = next(path for path in written if path.suffix == ".png").read_bytes()
    assert Image.open(io.BytesIO(picture)).size == (842, 595)


def titles_of_maps(content: bytes) -> list[str]:
    return [slide.shapes.title.text for slide in Presentation(io.BytesIO(content)).slides if slide.has_notes_slide]


def test_deck_of_pairs_shows_both_sides_of_each_disagreement(dataset: Dataset) -> None:
    view = View(themes=(Theme.TUNNELS, Theme.BORDER, Theme.DRONES))
    pairs = find_sides(dataset, view)
    assert pairs
    content = FORMATS[".pptx"].render(dataset, view, ExportOptions(deck="pairs"))
    assert [" ".join(title.split("\v")) for title in titles_of_maps(content)[1:]] == [pair.title for pair in pairs]
    assert {pair.title for pair in pairs} <= {line for pair in pairs for _, lines in pair.parts for line in lines}
    slides = [slide for slide in Presentation(io.BytesIO(content)).slides if slide.has_notes_slide][1:]
    for slide, pair in zip(slides, pairs, strict=True):
        notes = slide.notes_slide.notes_text_frame.text
        assert [line for _, lines in pair.parts for line in lines if line not in notes] == []


def test_pair_draws_its_two_features_alone_and_marks_them(dataset: Dataset) -> None:
    pairs = find_sides(dataset, View())
    assert pairs
    for pair in pairs:
        scene = build_scene(dataset, View(extent=pair.extent), sides=pair)
        drawn = {feature.id for feature in dataset.features if feature.id in pair.tags and feature.geometry}
        assert {mark.key for mark in scene.marks} == drawn
        assert all(mark.name.startswith(f"{pair.tags[mark.key]}: ") for mark in scene.marks)
        assert set(pair.sources) <= {source.key for source in scene.sources}
        boxes = [item.words[0].box for item in scene.find_layer("sides").items]
        assert max(box.bottom for box in boxes) <= scene.height_pt


def test_compared_claims_alone_make_the_deck(dataset: Dataset) -> None:
    first = next(claim for feature in dataset.features for claim in feature.claims if claim.disputes)
    pair = (first.id, first.disputes[0].claim)
    found = find_sides(dataset, View(compare=pair, language=Language.ARABIC))
    assert len(found) == len({dispute.about for dispute in first.disputes if dispute.claim == pair[1]})
    assert find_sides(dataset, View(compare=pair, themes=())) == ()


def test_deck_of_a_tour_that_is_not_there_is_refused(dataset: Dataset) -> None:
    with pytest.raises(InputError, match=r"Invalid tour 'none'\. The data have no such tour\. Choose one of "):
        FORMATS[".pptx"].render(dataset, View(), ExportOptions(deck="tour:none"))
    tour = dataset.tours[0]
    content = FORMATS[".pptx"].render(dataset, View(), ExportOptions(deck=f"tour:{tour.id}"))
    assert titles_of_maps(content) == [step.title["en"] for step in tour.steps]
