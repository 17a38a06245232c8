"""Texts that break careless writers, as a dataset and as a table of events."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import geopandas as gpd
from shapely import Point

from geo.dataset import Dataset, read_dataset
from geo.events import read_events
from tests.small_data import small_collection, small_sources

HOSTILE = (
    "</script><script>alert(1)</script>",
    "]]><b>&amp; &lt; &#0; & \"quoted\" 'and' so",
    "=HYPERLINK(\"x\") {{ 7*7 }} ${x} %s {0} \\' '; DROP TABLE claims; --",
    "رفح\u200e \u200f\u202e mixed עזה 👩\u200d👩\u200d👧 e\u0301 \U0001f5fa",
    "100 % of $5 #1 a_b ~c ^d \\e {f} }g{ @h",
    "Ünïcödé – “curly” ‘marks’ … \u00a0nbsp\u2028line",
)
"""Texts that every format keeps letter by letter."""


def hostile_dataset(folder: Path) -> Dataset:
    """A dataset whose names, statements, attributions and titles are hostile, with a table of such events."""
    collection, sources = small_collection(), small_sources()
    texts = iter(HOSTILE * 4)
    for feature in collection["features"]:
        feature["properties"]["name"] = next(texts)
        for claim in feature["properties"]["claims"]:
            claim["statement"], claim["attributed_to"] = next(texts), next(texts)
    for source in sources:
        source |= {"title": next(texts), "container-title": next(texts)}
        source["author"] = [{"family": "García; Márquez & Co", "given": "A. {B}"}, {"literal": next(texts)}]
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "places.geojson").write_text(json.dumps(collection), encoding="utf-8")
    (folder / "sources.json").write_text(json.dumps(sources), encoding="utf-8")
    return replace(read_dataset(folder), events=hostile_events().events)


def hostile_events() -> Dataset:
    """A dataset of events alone, one for each hostile text, the last without a place."""
    places = [Point(34.2 + number / 100, 31.2) for number in range(len(HOSTILE) - 1)]
    columns = {
        "id": [f"event-{number}" for number in range(len(HOSTILE))],
        "name": HOSTILE,
        "theme": ["road-blocks"] * len(HOSTILE),
        "when": ["2015-07-01", "2015-07", "", "2014/2016", "2013-06/..", "2015~"],
        "statement": HOSTILE,
        "source": HOSTILE,
        "locator": [str(number) for number in range(len(HOSTILE))],
    }
    return read_events(gpd.GeoDataFrame(columns, geometry=[*places, None], crs="OGC:CRS84"))
