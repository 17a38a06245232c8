"""The ground of a view that has no extent of its own."""

from __future__ import annotations

import geopandas as gpd
import pytest
from shapely.geometry import Point, box

from geo.corridor import CORRIDOR, frame_around, home_extent, with_strip
from geo.dataset import Dataset, join_datasets
from geo.events import REQUIRED, read_events
from geo.model import Extent
from geo.selection import select
from geo.view import View

FAR, FURTHER, NEAR = Point(36.2, 50.0), Point(37.2, 49.5), Point(34.0, 31.2)


def own(*places: Point | None) -> Dataset:
    rows = {name: [f"{name} {i}" for i in range(len(places))] for name in REQUIRED} | {"when": [""] * len(places)}
    return read_events(gpd.GeoDataFrame(rows, geometry=list(places), crs="OGC:CRS84"))


def test_home_is_the_corridor_where_anything_shown_lies_in_it(dataset: Dataset) -> None:
    for data in (dataset, own(FAR, NEAR), join_datasets([dataset, own(FAR)]), own(None)):
        assert home_extent(data, select(data, View())) == CORRIDOR
    nothing = View(themes=())
    assert home_extent(dataset, select(dataset, nothing)) == CORRIDOR


@pytest.mark.parametrize(("places", "view"), [((FAR, FURTHER), View()), ((FAR, FURTHER, None), View())])
def test_home_is_where_the_data_lie_if_none_is_in_the_corridor(places: tuple[Point | None, ...], view: View) -> None:
    data = own(*places)
    home = home_extent(data, select(data, view))
    assert home.bounds == pytest.approx((36.2 - 0.1, 49.5 - 0.1, 37.2 + 0.1, 50.0 + 0.1))


def test_home_is_of_what_is_shown(dataset: Dataset) -> None:
    both = join_datasets([dataset, own(FAR)])
    theme = own(FAR).events.themes.pop()  # type: ignore[union-attr]
    home = home_extent(both, select(both, View(themes=(theme,))))
    assert home.north > 49


@pytest.mark.parametrize("lat", [-90, -86, 86, 90])
def test_a_frame_around_the_poles_is_an_extent(lat: float) -> None:
    extent = frame_around(10, lat, 10, lat, share=0.1, least_deg=0.02)
    assert isinstance(extent, Extent)
    assert extent.south < extent.north


def test_a_home_with_the_strip_has_all_of_it_and_other_homes_stay(dataset: Dataset) -> None:
    strip = dataset.feature("gaza-strip").shape
    assert strip is not None
    assert not box(*CORRIDOR.bounds).contains(strip)
    assert box(*with_strip(CORRIDOR).bounds).contains(strip)
    far = frame_around(50, 36, 51, 37, share=0.1, least_deg=0.02)
    assert with_strip(far) == far
