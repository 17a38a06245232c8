"""The heaviest files that a reader may bring: large ones of each kind, near the limits, and some beyond them."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import numpy as np
import xlsxwriter

from geo.intake.limits import Limits

_LIMITS = Limits()
_SEED = 20261122
_WORDS = ("patrol", "checkpoint", "road", "closed", "shots", "heard", "north", "of", "the", "town", "no", "one", "hurt")


def make_inputs(folder: Path) -> list[tuple[str, bytes]]:
    """Make the files, once for all runs, and return them by name."""
    folder.mkdir(parents=True, exist_ok=True)
    made = []
    for name, make in MAKERS.items():
        path = folder / name
        if not path.exists():
            path.write_bytes(make())
        made.append((name, path.read_bytes()))
    return made


def _places(count: int) -> np.ndarray:
    chance = np.random.default_rng(_SEED)
    return chance.uniform((33.5, 30.9), (34.6, 31.7), (count, 2))


def _acled() -> bytes:
    """Make 28 MB of rows with the columns of ACLED."""
    lines = [
        "event_id_cnty,event_date,year,time_precision,disorder_type,event_type,sub_event_type,actor1,actor2,inter1,"
        "country,admin1,admin2,location,latitude,longitude,geo_precision,source,source_scale,notes,fatalities"
    ]
    chance, size, number = np.random.default_rng(_SEED), len(lines[0]), 0
    kinds = ("Battles,Armed clash", "Explosions/Remote violence,Air/drone strike", "Protests,Peaceful protest")
    while size < 28_000_000:
        lon, lat = chance.uniform((33.5, 30.9), (34.6, 31.7))
        day, words = number % 28 + 1, " ".join(chance.choice(_WORDS, 30))
        lines.append(
            f"EGY{number},{day:02} March {2013 + number % 8},{2013 + number % 8},1,Political violence,"
            f"{kinds[number % 3]},Group {number % 40},Forces of {number % 7},2,Egypt,North Sinai,District {number % 9},"
            f'Village {number % 300},{lat:.4f},{lon:.4f},{number % 3 + 1},"Paper {number % 90}; Wire",National,'
            f'"On {day} March, {words}, {words}.",{number % 5}'
        )
        size += len(lines[-1]) + 1
        number += 1
    return "\n".join(lines).encode()


def _polygons() -> bytes:
    """Make 45 MB of polygons, with almost as many vertices as are allowed."""
    ring = 100
    angles = np.linspace(0, 2 * np.pi, ring)
    features = []
    for number, (lon, lat) in enumerate(_places(_LIMITS.vertices // ring - 1)):
        xy = np.column_stack([lon + 0.002 * np.cos(angles), lat + 0.002 * np.sin(angles)])
        xy[-1] = xy[0]
        shape = {"type": "Polygon", "coordinates": [xy.tolist()]}
        told = {"name": f"Field {number}", "note": " ".join(_WORDS * 4)}
        features.append({"type": "Feature", "geometry": shape, "properties": told})
    return json.dumps({"type": "FeatureCollection", "features": features}).encode()


def _points() -> bytes:
    """Make as many features as are allowed."""
    features = [
        {
            "type": "Feature",
            "geometry": {"type": "Point", "coordinates": [round(lon, 5), round(lat, 5)]},
            "properties": {"name": f"Event {number}", "when": f"2015-07-{number % 28 + 1:02}", "kind": number % 20},
        }
        for number, (lon, lat) in enumerate(_places(_LIMITS.features).tolist())
    ]
    return json.dumps({"type": "FeatureCollection", "features": features}).encode()


def _workbook() -> bytes:
    """Make a workbook of many rows."""
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"constant_memory": True}) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["id", "name", "lon", "lat", "when", "statement", "source", "deaths"])
        for number, (lon, lat) in enumerate(_places(100_000).tolist(), 1):
            words = " ".join(_WORDS[number % 9 :])
            day = f"2016-05-{number % 28 + 1:02}"
            sheet.write_row(number, 0, [f"e{number}", f"Event {number}", lon, lat, day, words, "Paper", number % 7])
    return target.getvalue()


def _archive_of(name: str, unpacked_bytes: int) -> bytes:
    target = io.BytesIO()
    with (
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open(name, "w", force_zip64=True) as entry,
    ):
        for _ in range(unpacked_bytes >> 20):
            entry.write(b" " * (1 << 20))
    return target.getvalue()


def _widest() -> bytes:
    """Make as many columns as are allowed, in as many rows as a file has room for."""
    columns = ["lon", "lat", *(f"column {number}" for number in range(_LIMITS.fields - 2))]
    row = ",".join(["34.2", "31.2", *("7" for _ in columns[2:])])
    return "\n".join([",".join(columns), *[row] * 20_000]).encode()


MAKERS: dict[str, Callable[[], bytes]] = {
    "acled.csv": _acled,
    "polygons.geojson": _polygons,
    "points.geojson": _points,
    "workbook.xlsx": _workbook,
    "wide.csv": _widest,
    "just-allowed.kmz": lambda: _archive_of("doc.kml", 190_000_000),
    "too-much.kmz": lambda: _archive_of("doc.kml", 900_000_000),
    "deep.geojson": lambda: b'{"type": "FeatureCollection", "features": ' + b"[" * 20_000_000,
    "deep-words.csv": lambda: b"id,wkt\n1," + b"GEOMETRYCOLLECTION(" * 2_000_000,
    "garbage.geojson": lambda: b"\xff\x00{" * 16_000_000,
}
"""By name."""
