"""The ground of a drawing: around the marks that are shown, or as on the map."""

from __future__ import annotations

import io
import re

import geopandas as gpd
import pytest
import shapely
from pptx import Presentation
from shapely.geometry import Point

from exports.decks import render_theme_deck
from exports.options import ExportOptions, Framing
from exports.plotting import Plot, plot_marks
from geo.corridor import CORRIDOR
from geo.dataset import Dataset
from geo.events import REQUIRED, read_events
from geo.geodesy import distance_m
from geo.model import Extent, Theme
from geo.selection import select
from geo.view import View

TUNNELS = View(themes=(Theme.TUNNELS,))
RAFAH = Extent(west=34.1, south=31.1, east=34.4, north=31.4)


def width_km(extent: Extent) -> float:
    middle = (extent.south + extent.north) / 2
    return distance_m(extent.west, middle, extent.east, middle) / 1000


def share_of_height(plot: Plot) -> float:
    bounds = shapely.total_bounds([mark.geometry for mark in plot.marks])
    return float((bounds[3] - bounds[1]) / plot.frame.box.height)


def test_a_view_without_an_extent_is_framed_around_its_marks(dataset: Dataset) -> None:
    near, far = (plot_marks(dataset, TUNNELS, ExportOptions(frame=frame)) for frame in (None, Framing.VIEW))
    assert share_of_height(near) > 0.5
    assert share_of_height(far) < 0.3
    assert width_km(near.extent) >= 12
    assert plot_marks(dataset, TUNNELS, ExportOptions(frame=Framing.SHOWN)).extent == near.extent


def test_a_view_with_an_extent_keeps_it_unless_it_is_asked_otherwise(dataset: Dataset) -> None:
    view = TUNNELS.model_copy(update={"extent": RAFAH})
    assert plot_marks(dataset, view).extent == RAFAH
    shown = plot_marks(dataset, view, ExportOptions(frame=Framing.SHOWN)).extent
    assert shown == plot_marks(dataset, TUNNELS).extent != RAFAH


def test_all_marks_together_are_shown_on_the_home(dataset: Dataset) -> None:
    shown, home = (plot_marks(dataset, View(), ExportOptions(frame=frame)).extent for frame in Framing)
    assert shown == home


@pytest.mark.parametrize("theme", list(Theme))
def test_what_lies_in_the_corridor_is_seen_and_what_is_wide_forces_nothing(dataset: Dataset, theme: Theme) -> None:
    view = View(themes=(theme,))
    plot, home = plot_marks(dataset, view), plot_marks(dataset, View()).extent
    ground = shapely.box(*CORRIDOR.bounds)
    within = {feature.id for feature in select(dataset, view).drawn if shapely.intersects(feature.shape, ground)}
    assert within <= {mark.subject.key for mark in plot.marks}
    assert width_km(plot.extent) <= width_km(home) + 0.1


@pytest.mark.parametrize("places", [[(34.2, 31.2)], [(34.2, 31.2), (34.201, 31.2)], [(36.0, 50.0)]])
def test_no_frame_is_closer_than_twelve_kilometres(places: list[tuple[float, float]]) -> None:
    rows = {name: [f"{name} {i}" for i in range(len(places))] for name in REQUIRED} | {"when": [""] * len(places)}
    events = read_events(gpd.GeoDataFrame(rows, geometry=[Point(place) for place in places], crs="OGC:CRS84"))
    plot = plot_marks(events, View(), ExportOptions(frame=Framing.SHOWN))
    assert len(plot.marks) == len(places)
    assert width_km(plot.extent) == pytest.approx(12, rel=0.01)


@pytest.mark.parametrize(
    ("view", "frame", "comes_closer"),
    [
        (View(), None, True),
        (View(), Framing.VIEW, False),
        (View(extent=RAFAH), None, False),
        (View(extent=RAFAH), Framing.SHOWN, True),
    ],
)
def test_slides_of_themes_come_closer_unless_a_ground_is_asked_for(
    dataset: Dataset, view: View, frame: Framing | None, comes_closer: bool
) -> None:
    deck = Presentation(io.BytesIO(render_theme_deck(dataset, view, ExportOptions(frame=frame))))
    frames = {}
    for slide in deck.slides:
        if slide.has_notes_slide:
            told = re.search(r"frame ([\d., -]+) \(west", slide.notes_slide.notes_text_frame.text)
            assert told
            frames[slide.shapes.title.text.rpartition("– ")[2]] = told[1]
    assert (len(set(frames.values())) > 1) is comes_closer
    assert (frames["Tunnels"] == next(iter(frames.values()))) is not comes_closer


def test_a_flow_to_a_far_country_does_not_widen_the_frame(dataset: Dataset) -> None:
    flows, home = (plot_marks(dataset, view).extent for view in (View(themes=(Theme.FLOWS,)), View()))
    assert width_km(flows) < 0.75 * width_km(home)
