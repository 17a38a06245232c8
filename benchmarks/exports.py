"""How long files take to make: the first of each kind in a fresh process, the next, and slides of thousands of marks.

Those marks are events, and the atlas's own features, copied with all their claims until there are enough of them.

Run: ``python -m benchmarks.exports``. Figures of one run compare with each other only; each line ends with the time
beside that of a plain PNG slide made warm in the same run.
"""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import shapely

from exports.formats import FORMATS
from exports.options import ExportOptions
from geo.dataset import Dataset, read_dataset
from geo.events import read_events
from geo.model import Feature
from geo.view import View

ROOT = Path(__file__).resolve().parent.parent
ROUNDS = 3
EVENTS = (500, 3000)
FEATURES = 3000
# a process of its own: the first file of an app also loads the libraries of its format
FIRST = """
import json, sys, time
from exports.formats import FORMATS
from geo.dataset import read_dataset
from geo.view import View
dataset = read_dataset()
if sys.argv[2] == "warmed":
    from exports.warming import warm
    warm()
start = time.perf_counter()
FORMATS[sys.argv[1]].render(dataset, View())
print(json.dumps(time.perf_counter() - start))
"""


def time_first(suffix: str, *, warmed: bool) -> float:
    """Seconds to the first file of a kind in a fresh process whose data are read."""
    command = [sys.executable, "-c", FIRST, suffix, "warmed" if warmed else "cold"]
    told = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return float(json.loads(told))


def time_warm(make: Callable[[], Any]) -> float:
    make()
    seconds = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        make()
        seconds.append(time.perf_counter() - start)
    return statistics.median(seconds)


def scatter(count: int) -> Dataset:
    """Events strewn over the corridor."""
    draw = np.random.default_rng(1)
    names = [f"Event {number}" for number in range(count)]
    table = {
        "id": [f"e{number}" for number in range(count)],
        "name": names,
        "theme": draw.choice(["incidents", "raids", "visits"], count),
        "when": ["2015-07"] * count,
        "statement": names,
        "source": draw.choice(["A report", "Another report"], count),
        "locator": ["1"] * count,
    }
    points = gpd.points_from_xy(draw.uniform(33.8, 34.5, count), draw.uniform(31.0, 31.5, count))
    return read_events(gpd.GeoDataFrame(table, geometry=points, crs="OGC:CRS84"))


def multiply(dataset: Dataset, count: int) -> Dataset:
    """Copy the features that have a shape, each a little beside itself, until there are enough."""
    drawn = [feature for feature in dataset.features if feature.shape is not None]
    copies = [copy_beside(drawn[n % len(drawn)], n // len(drawn)) for n in range(count)]
    return replace(dataset, features=tuple(copies))


def copy_beside(feature: Feature, turn: int) -> Feature:
    east, north = 0.004 * (turn * 7 % 11 - 5), 0.004 * (turn * 5 % 13 - 6)
    assert feature.shape is not None, "only what is drawn is copied"
    moved = shapely.transform(feature.shape, lambda points: np.add(points, (east, north)))
    told = feature.model_dump(mode="json", exclude_none=True)
    told |= {"id": f"{feature.id}-{turn}", "geometry": shapely.geometry.mapping(moved)}
    for claim in told["claims"]:
        # a copy disagrees with nothing
        claim |= {"id": f"{claim['id']}-{turn}", "disputes": []}
    return Feature.model_validate(told)


def main() -> None:
    dataset = read_dataset()
    yardstick = time_warm(lambda: FORMATS[".png"].render(dataset, View()))

    def tell(what: str, seconds: float) -> None:
        print(f"{what:<46}{seconds:8.2f} s{seconds / yardstick:8.1f} ×")

    for suffix, kind in FORMATS.items():
        tell(f"{suffix} first", time_first(suffix, warmed=False))
        tell(f"{suffix} first, libraries loaded before", time_first(suffix, warmed=True))
        tell(f"{suffix} warm", time_warm(lambda kind=kind: kind.render(dataset, View())))  # type: ignore[misc]
    large = ExportOptions(dpi=300)
    tell(".png 4000 × 2250 warm", time_warm(lambda: FORMATS[".png"].render(dataset, View(), large)))
    for count in EVENTS:
        events = scatter(count)
        tell(f".pptx of {count} events warm", time_warm(lambda data=events: FORMATS[".pptx"].render(data, View())))  # type: ignore[misc]
    features = multiply(dataset, FEATURES)
    start = time.perf_counter()
    FORMATS[".pptx"].render(features, View())
    tell(f".pptx of {FEATURES} features first", time.perf_counter() - start)
    tell(f".pptx of {FEATURES} features warm", time_warm(lambda: FORMATS[".pptx"].render(features, View())))


if __name__ == "__main__":
    main()
