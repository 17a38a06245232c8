"""Names of the base map in drawings: countries at their scales, and towns that no mark stands on."""

from __future__ import annotations

import pytest

from exports.options import ExportOptions
from exports.scene import build_scene
from geo.dataset import Dataset
from geo.model import Extent
from geo.view import Language, View


def names(dataset: Dataset, view: View) -> list[str]:
    layer = build_scene(dataset, view, ExportOptions(frame="view")).find_layer("names")
    return [item.words[0].lines[0].text for item in layer.items if item.key.startswith("ground-")]


@pytest.mark.parametrize(
    ("extent", "countries", "others"),
    [
        (None, {"EGYPT", "ISRAEL"}, {"JORDAN", "LIBYA"}),
        (Extent(west=29.8, south=27.8, east=37.0, north=33.8), {"EGYPT", "ISRAEL", "JORDAN"}, {"LIBYA"}),
        (Extent(west=12, south=14, east=62, north=40), {"EGYPT", "LIBYA", "SYRIA", "IRAN"}, {"LEBANON"}),
    ],
    ids=["corridor", "around", "world"],
)
def test_countries_are_named_once_at_every_scale(
    dataset: Dataset, extent: Extent | None, countries: set[str], others: set[str]
) -> None:
    named = names(dataset, View(themes=("border",), extent=extent))
    assert countries <= set(named)
    assert not others & set(named)
    assert len(named) == len(set(named))


def test_towns_of_the_articles_are_named_when_their_claims_are_hidden(dataset: Dataset) -> None:
    assert {"El Arish", "Sheikh Zuweid"} <= set(names(dataset, View(themes=("border",))))


@pytest.mark.parametrize("language", list(Language))
def test_a_place_with_its_mark_is_not_named_by_the_ground(dataset: Dataset, language: Language) -> None:
    named = set(names(dataset, View(themes=("places",), language=language)))
    assert not named & {"El Arish", "Sheikh Zuweid", "العريش", "الشيخ زويد", "رفح"}
