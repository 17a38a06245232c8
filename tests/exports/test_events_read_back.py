"""A GeoJSON of the atlas beside readers' own tables is read back as one data set: features, events, tables, columns."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from exports.formats import FORMATS
from geo.dataset import Dataset, join_datasets
from geo.errors import InputError
from geo.intake.loading import About
from geo.opening import open_data
from geo.view import View
from layers.page import render_page
from tests.loading_here import load_here

RAIDS = "id,lon,lat,name,kind,date,dead,claims\na,34.2,31.2,A,Raid,2015-07-01,3,one\nb,34.3,31.3,B,Siege,2016,,two\n"


@pytest.fixture(scope="module")
def own() -> Dataset:
    about = About("Raids", licence="CC BY 4.0", colour="#0072b2", source="A. Reader")
    return load_here(RAIDS, about=about).dataset


@pytest.fixture
def reopen(tmp_path: Path) -> Callable[..., Dataset]:
    def reopen(dataset: Dataset, view: View | None = None) -> Dataset:
        path = tmp_path / "all.geojson"
        path.write_bytes(FORMATS[".geojson"].render(dataset, view or View()))
        return open_data([str(path)])

    return reopen


def check_events(found: Dataset, own: Dataset) -> None:
    assert found.events is not None
    assert own.events is not None
    for name, column in own.events.columns.items():
        assert found.events.columns[name].tolist() == column.tolist(), name
    for name, column in own.events.attributes.items():
        assert found.events.attributes[name].tolist() == column.tolist(), name
    assert found.tables == own.tables


def test_atlas_and_own_tables_are_read_back_as_one(
    dataset: Dataset, own: Dataset, reopen: Callable[..., Dataset]
) -> None:
    joined = join_datasets([dataset, own])
    found = reopen(joined)
    assert found.features == dataset.features
    assert found.sources == dataset.sources
    check_events(found, own)
    assert render_page(found).count("Raids. A. Reader. Licence: CC BY 4.0") == render_page(joined).count(
        "Raids. A. Reader. Licence: CC BY 4.0"
    )
    assert FORMATS[".csv"].render(found, View()).count(b"\r\n") == FORMATS[".csv"].render(joined, View()).count(b"\r\n")


def test_own_tables_alone_are_read_back_with_what_is_told_of_them(
    dataset: Dataset, own: Dataset, reopen: Callable[..., Dataset]
) -> None:
    found = reopen(join_datasets([dataset, own]), View(themes=tuple(own.tables[0].themes)))
    assert found.features == ()
    check_events(found, own)


def test_a_part_of_the_events_is_read_back(dataset: Dataset, own: Dataset, reopen: Callable[..., Dataset]) -> None:
    found = reopen(join_datasets([dataset, own]), View(since="2016"))
    assert found.events is not None
    assert found.events.columns["id"].tolist() == ["b"]
    assert found.features


def test_an_event_at_fault_is_told(dataset: Dataset, own: Dataset, tmp_path: Path) -> None:
    content = FORMATS[".geojson"].render(join_datasets([dataset, own]), View())
    path = tmp_path / "wrong.geojson"
    path.write_bytes(content.replace(b'"2015-07-01"', b'"July 2015"'))
    with pytest.raises(InputError, match="July 2015"):
        open_data([str(path)])
