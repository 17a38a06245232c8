"""Sound files, and what becomes of them by chance: bytes flipped, cut, doubled and spliced, each from a number."""

from __future__ import annotations

import gzip
import io
import json
import random
import re
import zipfile
from pathlib import Path

import geopandas as gpd
import pandas as pd

from exports.formats import FORMATS
from geo.dataset import Dataset
from geo.view import View

SPATIAL = {"geojson", "kml", "kmz", "csv", "tsv", "gpkg", "zip", "xlsx", "parquet"}
_LARGEST_BYTES = 200_000
_OWN_SUFFIXES = (".geojson", ".csv", ".kml", ".kmz", ".gpkg", ".parquet")
_ARCHIVES = (".kmz", ".zip", ".xlsx")
# what readers of numbers, texts and lengths trip over
_TOKENS = (
    b"NaN", b"-1", b"1e308", b"1e400", b"99999999999999999999", b"0x7f", b"null", b"[[", b"{", b"\x00", b"\xff\xfe",
    b"\xed\xa0\x80", b"<![CDATA[", b"</", b"&#0;", b"]", b'"', b",", b"\r", b"EMPTY", b"\x7f\xff\xff\xff", b"\xff" * 4,
)  # fmt: skip
_NUMBER = re.compile(rb"-?\d+(?:\.\d+)?")

File = tuple[str, bytes]


def own_files(dataset: Dataset, folder: Path) -> list[File]:
    """Files that the atlas itself and the usual programs write of a dataset of events."""
    files = [(f"own{suffix}", FORMATS[suffix].render(dataset, View())) for suffix in _OWN_SUFFIXES]
    assert dataset.events is not None
    table = pd.DataFrame(dict(dataset.events.columns))
    shapes = gpd.GeoDataFrame(table, geometry=list(dataset.events.geometries), crs="OGC:CRS84")
    shapes.to_file(folder / "own.shp", engine="pyogrio")
    shape = io.BytesIO()
    with zipfile.ZipFile(shape, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(folder.glob("own.*")):
            archive.write(path, path.name)
    sheet = io.BytesIO()
    table.assign(lon=shapes.geometry.x, lat=shapes.geometry.y).to_excel(sheet, index=False, engine="xlsxwriter")
    packed = [(f"{name}.zip", _pack(name, content)) for name, content in files if name.endswith((".csv", ".gpkg"))]
    packed += [(f"{name}.gz", gzip.compress(content)) for name, content in files if name.endswith(".geojson")]
    return [*files, *packed, ("own.zip", shape.getvalue()), ("own.xlsx", sheet.getvalue())]


def _pack(name: str, content: bytes) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("README.txt", "Words about it.")
        archive.writestr(name, content)
    return target.getvalue()


def public_files(folder: Path) -> list[File]:
    """The public files that are to be accepted as they are, small enough to be changed thousands of times."""
    listed = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))["files"]
    chosen = [
        each["file"]
        for each in listed
        if each["expect"] == "accept" and each["kind"] in SPATIAL and each["bytes"] <= _LARGEST_BYTES
    ]
    return [(Path(name).name, (folder / name).read_bytes()) for name in chosen]


def mutate(seed: int, files: list[File]) -> File:
    """Change one of the files as a number says: the same number and files give the same bytes."""
    draw = random.Random(seed)
    name, content = draw.choice(files)
    if name.endswith(_ARCHIVES) and draw.random() < 0.6:
        return name, _mutate_inside(content, files, draw)
    for _ in range(draw.choice((1, 1, 1, 2, 5))):
        content = _mutate(content, files, draw)
    return name, content


def _mutate(content: bytes, files: list[File], draw: random.Random) -> bytes:
    """Change a file in one way."""
    if not content:
        return content
    change = draw.choice((_flip, _flip, _move, _move, _number, _number, _insert, _splice))
    return change(content, files, draw)


def _flip(content: bytes, _files: list[File], draw: random.Random) -> bytes:
    flipped = bytearray(content)
    for _ in range(draw.choice((1, 1, 2, 16))):
        flipped[draw.randrange(len(flipped))] ^= 1 << draw.randrange(8)
    return bytes(flipped)


def _move(content: bytes, _files: list[File], draw: random.Random) -> bytes:
    """Cut the rest off, or leave a part out, double it or turn it round."""
    start = draw.randrange(len(content))
    stop = min(len(content), start + draw.choice((1, 2, 8, 64, 1024)))
    before, part, after = content[:start], content[start:stop], content[stop:]
    return draw.choice(
        (before, before + after, before + part * draw.choice((2, 4, 50)) + after, before + part[::-1] + after)
    )


def _number(content: bytes, _files: list[File], draw: random.Random) -> bytes:
    """Put something else in the place of a number."""
    numbers = list(_NUMBER.finditer(content))
    if not numbers:
        return content
    found = draw.choice(numbers)
    return content[: found.start()] + draw.choice(_TOKENS) + content[found.end() :]


def _insert(content: bytes, _files: list[File], draw: random.Random) -> bytes:
    start = draw.randrange(len(content))
    return content[:start] + draw.choice(_TOKENS) + content[start + draw.choice((0, 0, 1, 4)) :]


def _splice(content: bytes, files: list[File], draw: random.Random) -> bytes:
    """Let the rest of another file follow."""
    other = draw.choice(files)[1]
    return content[: draw.randrange(len(content))] + other[draw.randrange(len(other) + 1) :][:50_000]


def _mutate_inside(content: bytes, files: list[File], draw: random.Random) -> bytes:
    """Change one entry of an archive and pack it soundly again: else few changes would get past the archive."""
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as target:
        names = source.namelist()
        chosen = draw.choice(names)
        for name in names:
            entry = source.read(name)
            target.writestr(zipfile.ZipInfo(name), _mutate(entry, files, draw) if name == chosen else entry)
    return packed.getvalue()
