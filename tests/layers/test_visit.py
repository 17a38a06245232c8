"""One view for address, map and controls: the newest of them decides, and none of them answers its own echo."""

from __future__ import annotations

from typing import Any

import geopandas as gpd
import numpy as np
import pytest
from shapely.geometry import Point

from geo.dataset import Dataset
from geo.events import read_events
from geo.tours import find_tour
from geo.view import Appearance, Language, View
from layers.visit import Visit, read_address


@pytest.mark.parametrize("query", ["", "themes=border,tunnels&since=2013", "basemap=osm&language=ar&appearance=dark"])
def test_read_address_accepts(dataset: Dataset, query: str) -> None:
    assert read_address(query, dataset) == (View.from_query(query), ())


@pytest.mark.parametrize(
    ("address", "kept", "said"),
    [
        ("themse=border&since=2013", "since=2013", "parameter 'themse'"),
        ("since=2015-13&q=rafah", "q=rafah", "since '2015-13'"),
        ("basemap=mars&q=rafah", "q=rafah", "basemap 'mars'"),
        ("feature=nowhere&q=rafah", "q=rafah", "feature 'nowhere'"),
        ("themes=border,ghosts", "themes=border", "themes 'ghosts'"),
        ("sources=nobody&q=rafah", "q=rafah", "sources 'nobody'"),
        ("feature=faulty-1&q=rafah", "q=rafah", "it may belong to data that only the sender has brought"),
        ("tour=x&step=3&q=rafah", "q=rafah", "tour 'x'. The atlas has "),
    ],
)
def test_read_address_tells_faults_and_keeps_the_rest(dataset: Dataset, address: str, kept: str, said: str) -> None:
    view, problems = read_address(address, dataset)
    assert view.to_query() == kept
    assert [problem.message for problem in problems if said in problem.message]


def test_address_of_a_step_alone_means_what_the_step_shows(dataset: Dataset) -> None:
    step = find_tour(dataset.tours, "how-sure").steps[2]
    view, problems = read_address("tour=how-sure&step=3&language=ar&basemap=osm&appearance=dark", dataset)
    dress = "language=ar&basemap=osm&appearance=dark"
    assert (view, problems) == (View.from_query(f"{step.view}&{dress}&tour=how-sure&step=3"), ())
    assert view.extent is not None


@pytest.mark.parametrize("address", ["tour=how-sure&step=3&origins=2", "tour=how-sure&step=9"])
def test_address_of_more_than_a_step_or_of_none_is_taken_as_it_is(dataset: Dataset, address: str) -> None:
    assert read_address(address, dataset) == (View.from_query(address), ())


def test_reader_who_opens_all_that_a_step_narrows_is_not_brought_back(dataset: Dataset) -> None:
    address = "tour=how-sure&step=3"
    visit = Visit.begin(address, dataset).hear(address, 0)
    assert visit.view.extent is None
    assert visit.turn_to(address, dataset) is visit


def test_a_fault_of_an_address_is_told_once(dataset: Dataset) -> None:
    assert len(read_address("extent=nan,nan,nan,nan", dataset)[1]) == 1


def shapes(*places: tuple[float, float] | None) -> np.ndarray[Any, Any]:
    return np.array([place and Point(place) for place in places], dtype=object)


def test_rows_are_brought_into_sight_where_none_of_them_is(dataset: Dataset) -> None:
    visit = Visit.begin("", dataset)
    # north-west and south-east of the frame: what lies between them holds it, and nothing is seen
    assert visit.bring_into_sight((), shapes((20.0, 45.0), (50.0, 10.0))).view.extent is not None
    assert visit.bring_into_sight((), shapes((20.0, 45.0), (34.25, 31.28))).view.extent is None
    assert visit.bring_into_sight((), shapes(None)).view.extent is None
    near = visit.bring_into_sight((), shapes((40.0, 20.0), None))
    assert near.view.extent is not None
    assert near.view.extent.west < 40 < near.view.extent.east


def test_read_address_knows_events() -> None:
    columns = {"id": ["E 7"], "name": [""], "theme": ["Shots"], "when": [""], "statement": [""], "locator": [""]}
    events = read_events(gpd.GeoDataFrame(columns | {"source": ["My notes"]}, geometry=[Point(34, 31)], crs=4326))
    address = "themes=shots&sources=my-notes&feature=E+7"
    assert read_address(address, events) == (View.from_query(address), ())


def test_map_is_heard_but_not_asked_again(dataset: Dataset) -> None:
    visit = Visit.begin("language=ar", dataset).hear("themes=border&language=en&appearance=dark", 0)
    assert visit.view == View(themes=("border",), language=Language.ARABIC)
    assert (visit.turn, visit.asked) == (0, View(language=Language.ARABIC))


def test_old_words_of_the_map_are_no_news(dataset: Dataset) -> None:
    visit = Visit.begin("", dataset).hear("q=rafah", 0).turn_to("q=arish", dataset)
    assert (visit.view.text, visit.turn) == ("arish", 1)
    assert visit.hear("q=rafah", 0) is visit
    assert visit.hear("q=rafah", 1).view.text == "rafah"


def test_same_address_changes_nothing(dataset: Dataset) -> None:
    visit = Visit.begin("", dataset).hear("q=rafah", 0)
    assert visit.turn_to("q=rafah", dataset) is visit


def test_controls_carry_the_map_along(dataset: Dataset) -> None:
    visit = Visit.begin("", dataset).hear("q=rafah", 0)
    assert visit.dress("en", "atlas", "auto") is visit
    dressed = visit.dress("ar", "atlas", "dark")
    assert dressed.turn == 1
    assert dressed.asked == dressed.view == View(text="rafah", language=Language.ARABIC, appearance=Appearance.DARK)


def test_map_is_asked_on_the_ground_that_the_reader_has(dataset: Dataset) -> None:
    visit = Visit.begin("q=rafah", dataset)
    assert visit.asked_query == "q=rafah"
    assert visit.view.to_query() == "q=rafah"
