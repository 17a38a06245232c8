"""Tables that readers bring, several at once: ids and themes apart, names, colours, order, files."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from geo.colours import DARK_GROUNDS, LIGHT_GROUNDS, SAFE_COLOURS, check_colour, contrast, lighten, make_legible
from geo.dataset import Dataset, join_datasets, read_dataset
from geo.errors import InputError
from geo.event_files import parse_events, render_events
from geo.events import EventTable
from geo.intake.brought import Brought
from geo.intake.loading import About
from geo.intake.shelf import Shelf
from layers.style import ThemeStyle, theme_styles
from tests.loading_here import load_here

TABLE = "id,lon,lat,kind\na,34.2,31.2,Blocks\nb,34.3,31.3,Patrols\n"


def table_called(title: str, text: str = TABLE, colour: str = "") -> Dataset:
    return load_here(text, about=About(title, licence=f"Licence of {title}", colour=colour)).dataset


def joined(*datasets: Dataset) -> EventTable:
    events = join_datasets(datasets).events
    assert events is not None
    return events


def test_tables_keep_their_order_their_themes_and_ids_of_their_own() -> None:
    events = joined(table_called("One"), table_called("Two"), table_called("Two"))
    assert events.columns["id"].tolist() == ["a", "b", "two-a", "two-b", "two-a-2", "two-b-2"]
    assert events.columns["theme"].tolist() == ["blocks", "patrols", "blocks-2", "patrols-2", "blocks-3", "patrols-3"]
    names = [name for table in events.tables for name in table.themes.values()]
    assert names == ["Blocks", "Patrols", "Blocks (Two)", "Patrols (Two)", "Blocks (Two)", "Patrols (Two)"]
    assert events.attributes["id (as given)"].tolist() == [None, None, "a", "b", "a", "b"]
    assert [table.title for table in joined(table_called("Two"), table_called("One")).tables] == ["Two", "One"]


def test_an_id_of_the_atlas_stays_the_atlas_own(dataset: Dataset) -> None:
    identity = dataset.features[0].id
    events = joined(dataset, table_called("Mine", f"id,lon,lat\n{identity},34.2,31.2\n"))
    assert events.columns["id"].tolist() == [f"mine-{identity}"]


def test_ids_of_tables_without_a_title_are_told() -> None:
    events = joined(table_called("One"))
    untitled = replace(table_called("One"), events=replace(events, tables=()))
    with pytest.raises(InputError, match=r"Invalid id 'a'\. Several data sets have it\. Give each its own\."):
        join_datasets([untitled, untitled])


def test_columns_that_one_table_lacks_are_empty_in_its_rows() -> None:
    events = joined(table_called("One", "id,lon,lat,dead\na,34.2,31.2,3\n"), table_called("Two", "lon,lat\n34,31\n"))
    assert events.attributes["dead"].tolist() == ["3", None]


def test_themes_look_the_same_whichever_are_present() -> None:
    tables = joined(table_called("One", colour="#0072B2"), table_called("Two")).tables
    every = {style.key: style for style in theme_styles(["blocks", "patrols", "blocks-2", "patrols-2"], tables)}
    (alone,) = (style for style in theme_styles(["patrols-2"], tables) if style.key == "patrols-2")
    assert alone == every["patrols-2"]
    assert (every["blocks"].light, every["patrols"].light) == ("#0072b2", "#0072b2")
    assert every["blocks"].glyph != every["patrols"].glyph, "the mark tells them apart without colour"
    assert alone.label["en"] == "Patrols (Two)"
    assert alone.credit == "Two. Licence: Licence of Two"
    assert list(every)[-4:] == ["blocks", "patrols", "blocks-2", "patrols-2"], "in the order of the tables"


def shelf_of(*titles: str) -> Shelf:
    shelf = Shelf()
    for title in titles:
        intake = load_here(TABLE, about=About(title))
        brought = Brought(shelf.count + 1, title, intake.report, intake=intake)
        shelf = replace(shelf, files=(*shelf.files, brought), count=brought.key).show(brought.key)
    return shelf


def events_of(shelf: Shelf) -> EventTable:
    dataset = shelf.join(())
    assert dataset is not None
    assert dataset.events is not None
    return dataset.events


def looks_of(shelf: Shelf) -> dict[str, list[tuple[str, str, str]]]:
    """By title of a table, in the order of the legend: slug, ink and mark of each theme."""
    events = events_of(shelf)
    styles = {style.key: style for style in theme_styles(events.themes, events.tables)}
    return {
        table.title: [(key, styles[key].light, styles[key].glyph) for key in table.themes] for table in events.tables
    }


def test_tables_keep_their_looks_and_addresses_when_their_order_changes() -> None:
    shelf = shelf_of("One", "Two", "Three")
    before = looks_of(shelf)
    assert len({look[1:] for looks in before.values() for look in looks}) == 6
    moved = shelf.move(3, -2)
    assert looks_of(moved) == looks_of(shelf.move(1, 1)) == before
    assert list(looks_of(moved)) == ["Three", "One", "Two"]
    assert events_of(moved).columns["id"].tolist() == events_of(shelf).columns["id"].tolist()


def test_tables_keep_their_looks_when_another_is_taken_away() -> None:
    shelf = shelf_of("One", "Two", "Three")
    rest = {title: [look[1:] for look in looks] for title, looks in looks_of(shelf).items() if title != "One"}
    fewer = shelf.remove(1)
    assert {title: [look[1:] for look in looks] for title, looks in looks_of(fewer).items()} == rest
    assert len({look[1:] for looks in looks_of(fewer).values() for look in looks}) == 4


def test_the_same_tables_with_other_looks_are_another_page() -> None:
    shelf = shelf_of("One", "Two")
    other = shelf_of("Two", "One").move(2, -1)
    one, two = shelf.join(()), other.join(())
    assert one is not None
    assert two is not None
    assert looks_of(shelf) != looks_of(other)
    assert one.sha256 != two.sha256


@pytest.mark.parametrize("colour", SAFE_COLOURS)
def test_safe_colours_stand_out_from_both_grounds(colour: str) -> None:
    assert check_colour(colour.upper()) == colour
    assert min(contrast(colour, ground) for ground in LIGHT_GROUNDS) >= 3
    assert min(contrast(lighten(colour), ground) for ground in DARK_GROUNDS) >= 3


@pytest.mark.parametrize("sign", ["\x0b", "\n", "\u2028", "\uffff"])
def test_title_of_a_table_is_a_line(sign: str) -> None:
    content = render_events(joined(table_called("Mine"))).decode().replace('"Mine"', json.dumps(f"Mi{sign}ne"))
    with pytest.raises(InputError, match=r"is no line of plain text\)\. Import the data again\."):
        parse_events(content.encode())


@pytest.mark.parametrize("style", theme_styles([f"own-{i}" for i in range(7)]), ids=lambda style: style.key)
def test_names_can_be_read_on_both_grounds(style: ThemeStyle) -> None:
    for colour, grounds, is_dark in ((style.light, LIGHT_GROUNDS, False), (style.dark, DARK_GROUNDS, True)):
        legible = make_legible(colour, is_dark=is_dark)
        assert min(contrast(legible, ground) for ground in grounds) >= 4.5
        assert (legible == colour.lower()) is (min(contrast(colour, ground) for ground in grounds) >= 4.5)


def test_the_grounds_are_those_of_the_page(root: Path) -> None:
    style = (root / "layers/assets/page.css").read_text(encoding="utf-8")
    for land, sea in (LIGHT_GROUNDS, DARK_GROUNDS):
        assert f"--land: {land};" in style
        assert f"--sea: {sea};" in style


def test_black_and_white_differ_as_the_guideline_says() -> None:
    assert contrast("#000000", "#ffffff") == 21


def test_events_of_a_folder_stand_beside_its_places(tmp_path: Path) -> None:
    (tmp_path / "events.geojson").write_bytes(render_events(joined(table_called("One"))))
    assert read_dataset(tmp_path).tables[0].title == "One"
    (tmp_path / "places.geojson").write_text("{", encoding="utf-8")
    with pytest.raises(InputError, match=r"It is no JSON"):
        read_dataset(tmp_path)


def test_events_of_a_folder_stand_beside_those_within_its_places(tmp_path: Path) -> None:
    (tmp_path / "events.geojson").write_bytes(render_events(joined(table_called("One"))))
    (tmp_path / "places.geojson").write_bytes(render_events(joined(table_called("Two"))))
    read = read_dataset(tmp_path)
    assert read.events is not None
    assert [table.title for table in read.tables] == ["Two", "One"]
    assert len(read.events) == 4
    before = read.sha256
    (tmp_path / "events.geojson").write_bytes(render_events(joined(table_called("Three"))))
    assert read_dataset(tmp_path).sha256 != before


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"features": 5}, r"It is not of the form that an import writes"),
        ({"tables": [{}]}, r"It is not of the form that an import writes \('title'\)\. Import the data again\."),
        ({"features": [{"properties": {"id": 5}}]}, r"It is not of the form that an import writes"),
    ],
)
def test_a_folder_that_was_changed_by_hand_is_told(change: dict[str, object], told: str) -> None:
    content = json.loads(render_events(joined(table_called("One"))))
    with pytest.raises(InputError, match=told):
        parse_events(json.dumps(content | change).encode())
    content["features"][0]["properties"]["when"] = "soon"
    with pytest.raises(InputError, match=r"Invalid date 'soon'\. A date is EDTF"):
        parse_events(json.dumps(content).encode())


def test_numbers_of_64_bits_come_back_from_a_folder() -> None:
    collection = {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "properties": {"n": 2**53 + 1, "list": [1, {"a": None}]},
                "geometry": {"type": "Point", "coordinates": [34, 31]},
            }
        ],
    }
    events = load_here(json.dumps(collection), "big.geojson").dataset.events
    assert events is not None
    read = parse_events(render_events(events))
    assert read.attributes["n"].tolist() == [2**53 + 1]
    assert read.attributes["list"].tolist() == [[1, {"a": None}]]


def test_what_is_no_number_is_left_out_at_any_depth() -> None:
    attributes = {"list": np.array([[1.0, float("nan"), {"a": float("inf")}], None], dtype=object)}
    events = joined(table_called("One"))
    read = parse_events(render_events(replace(events, attributes=attributes)))
    assert read.attributes["list"].tolist() == [[1.0, None, {"a": None}], None]
