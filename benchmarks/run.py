"""Our speed beside geopandas.explore's, in one run: building a page, its size, drawing it, toggling a layer, memory.

Run: ``make bench``. The yardstick (``peers.py`` and ``browse.py``) is found in the folder ``BENCH``, by default
``../shared/bench``; sizes are given by ``SIZES``, by default ``1000 10000 100000``. The peer needs the packages of
``benchmarks/requirements.txt``, and its script and style files are installed by npm, so that it pays no network time.
Figures of one run compare with each other only: the ratio is what counts. The last line tells how each figure of ours
grows with the number of events: as its power, 0 for not at all, 1 for in proportion.
"""

from __future__ import annotations

import gzip
import json
import os
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

import geopandas as gpd
import numpy as np

from benchmarks.steps import time_steps
from geo.dataset import Dataset, read_dataset
from geo.events import read_events
from layers.page import render_page

ROOT = Path(__file__).resolve().parent.parent
BUILD = ROOT / "build" / "bench"
BENCH = Path(os.environ.get("BENCH", ROOT.parent / "shared" / "bench"))
SIZES = [int(size) for size in os.environ.get("SIZES", "1000 10000 100000").split()]
PEER_FILES = (
    "leaflet@1.9.3",
    "jquery@3.7.1",
    "bootstrap@5.2.2",
    "@fortawesome/fontawesome-free@6.2.0",
    "leaflet.awesome-markers",
)
ROUNDS = 3
GROWING = (
    *("atlas_build_s", "atlas_bytes", "atlas_drawn_s", "atlas_toggle_ms"),
    *("atlas_solo_ms", "atlas_time_step_ms", "atlas_heap_mb"),
)


def load_peers() -> ModuleType:
    """Import the yardstick's builders."""
    sys.path.insert(0, str(BENCH))
    return import_module("peers")


def time_best(action: Callable[[], Any]) -> tuple[float, Any]:
    """Run an action `ROUNDS` times; return the median seconds and the last result."""
    seconds = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        result = action()
        seconds.append(time.perf_counter() - start)
    return statistics.median(seconds), result


def as_events(frame: gpd.GeoDataFrame) -> Dataset:
    """Turn the yardstick's table into one that `read_events` takes."""
    return read_events(
        frame.rename(columns={"layer": "theme", "start": "when", "claim": "statement", "para": "locator"})
    )


def real_frame(dataset: Dataset) -> gpd.GeoDataFrame:
    """Lay out the drawn features of the atlas as the table that the peer takes."""
    rows = [
        {
            "name": feature.name,
            "layer": feature.theme.value,
            "claim": " | ".join(claim.statement for claim in feature.claims),
            "source": feature.claims[0].citation.id,
            "para": feature.claims[0].citation.locator,
            "geometry": feature.shape,
        }
        for feature in dataset.features
        if feature.shape is not None
    ]
    return gpd.GeoDataFrame(rows, crs="OGC:CRS84")


def build_pair(name: str, dataset: Dataset, frame: gpd.GeoDataFrame, peers: ModuleType) -> dict[str, Any]:
    """Write our page and the peer's; return seconds and bytes of both."""
    ours, theirs = BUILD / f"atlas-{name}.html", BUILD / f"explore-{name}.html"
    render_page(dataset)  # templates and assets are warm, as the peer's are
    seconds, document = time_best(lambda: render_page(dataset))
    ours.write_text(document, encoding="utf-8")
    peers.explore(frame.head(30), str(BUILD / "warm.html"))
    start = time.perf_counter()
    peers.explore(frame, str(theirs))
    peer_seconds = time.perf_counter() - start
    plain = len(gzip.compress(frame.to_json().encode(), 6))
    return {
        "atlas_build_s": round(seconds, 3),
        "explore_build_s": round(peer_seconds, 3),
        "atlas_bytes": len(document.encode()),
        "build_ratio": round(peer_seconds / seconds, 1),
        "atlas_gzip_share_of_geojson": round(len(gzip.compress(document.encode(), 6)) / plain, 2),
    }


def browse(pages: list[Path], *, delay_ms: int = 0) -> dict[str, dict[str, Any]]:
    """Open pages with the yardstick; return its figures by page."""
    command = [sys.executable, str(BENCH / "browse.py"), str(BUILD / "node_modules"), *map(str, pages)]
    environment = os.environ | {"RUNS": str(ROUNDS), "DELAY_MS": str(delay_ms)}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    figures = [json.loads(line) for line in done.stdout.splitlines()]
    return {figure["page"]: figure for figure in figures}


def growth(series: list[dict[str, Any]], key: str) -> float:
    """Return the power of the number of events that a figure grows as, fitted by least squares on logarithms."""
    counts, figures = (np.log([float(each[name]) for each in series]) for name in ("events", key))
    return round(float(np.polyfit(counts, figures, 1)[0]), 2)


def prepare() -> bool:
    """Install the peers' script and style files; tell what is missing for it."""
    if not (BENCH / "peers.py").is_file():
        print(f"The yardstick is not in {BENCH}. Name its folder by BENCH.", file=sys.stderr)
        return False
    npm = shutil.which("npm")
    if npm is None:
        print("The peer's script files are installed by npm, which is not here. Install Node.js.", file=sys.stderr)
        return False
    BUILD.mkdir(parents=True, exist_ok=True)
    subprocess.run(
        [npm, "install", "--silent", "--no-audit", "--no-fund", "--prefix", str(BUILD), *PEER_FILES], check=True
    )
    return True


def main() -> int:
    """Measure everything and print one JSON line a size."""
    if not prepare():
        return 1
    peers, dataset = load_peers(), read_dataset()
    series: list[dict[str, Any]] = []
    pairs = {"real": (dataset, real_frame(dataset))}
    pairs |= {str(size): (as_events(frame), frame) for size in SIZES for frame in [peers.dataset(size)]}
    for name, (data, frame) in pairs.items():
        figures = build_pair(name, data, frame, peers)
        pages = [BUILD / f"{maker}-{name}.html" for maker in ("atlas", "explore")]
        drawn = browse(pages)
        ours, theirs = drawn[pages[0].stem], drawn[pages[1].stem]
        figures |= {f"atlas_{key}": ours[key] for key in ("drawn_s", "toggle_ms", "heap_mb", "external", "errors")}
        figures |= {f"atlas_{key}": figure for key, figure in time_steps(pages[0]).items()}
        figures |= {f"explore_{key}": theirs[key] for key in ("drawn_s", "toggle_ms", "heap_mb")}
        figures["drawn_ratio"] = round(theirs["drawn_s"] / ours["drawn_s"], 2)
        if name == "real":
            figures["explore_drawn_s_with_50_ms_a_file"] = browse(pages[1:], delay_ms=50)[pages[1].stem]["drawn_s"]
        print(json.dumps({"events": name} | figures), flush=True)
        if name != "real":
            series.append({"events": len(frame)} | figures)
    if len(series) > 1:
        print(json.dumps({"growth": {key: growth(series, key) for key in GROWING}}), flush=True)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
