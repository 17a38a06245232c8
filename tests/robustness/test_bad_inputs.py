"""Public bad inputs: each is taken, taken with every change listed, refused in a sentence, or refused at a limit."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from geo.errors import InputError
from geo.intake.limits import Limits
from geo.intake.loading import load
from geo.intake.parsing import parse
from geo.intake.rows import Parsed
from geo.intake.transport import decode_answer
from tests.robustness.reading_worker import ask

ROOT = Path(__file__).resolve().parent.parent.parent
WORKERS = 2
# not files that a reader would bring: lists of strings, texts in odd encodings and shapes, each tried as values below
AS_VALUES = ("strings/", "text_encodings/", "geometry/")
LEAST_AS_LABELLED = 0.95
REFUSED = {"unreadable", "limit", "no-places"}
# what no export can hold: NUL, lone surrogates, noncharacters
NO_TEXT = re.compile("[\x00\ud800-\udfff\ufffe\uffff]")

# Labels that we do not hold to be right, by the beginnings of file names, with the reason. They count as misses all
# the same; the table says which of the files to be accepted may be refused, and why.
DISPUTED = {
    "gdal_csv/": "a table without coordinates: the same kind of file is to be refused everywhere else in the corpus",
    "kml_libkml/csv__crnl.csv": "a table without coordinates, as above",
    "crafted/2001cols.csv": "2,102 columns are beyond the limit of 1,000, which is named",
    "crafted/non_objects.geojson": "one of its four entries is a sound feature; the three others are listed",
    "crafted/infinite_view.gpkg": "its table is sound and read; the view is left aside and told",
    "crafted/zeroblob.gpkg": "as above",
    "crafted/view_geocode.gpkg": "as above",
    "crafted/text_coords.kml": "its only placemark has words for coordinates: nothing is left to take",
    "geojson_lint/bad/multiple_problems.geojson": "its sound features are taken, the others listed",
    "geojson_lint/bad/stringcoord.geojson": "as above",
    "geojson_lint/bad/bad-polygonloop.geojson": "the rings of its only feature lack a level: there is nothing to take",
    "mapnik_omnivore/invalid-geojson__geometry.geojson": "a bare geometry is sound GeoJSON (RFC 7946, section 1.4)",
    "mapnik_omnivore/invalid-geojson__onefeature.geojson": "a single feature is sound GeoJSON",
    "gdal_gpkg/poly.gpkg.zip": "a sound GeoPackage alone in a zip archive, which is unpacked and told",
    "gpkg_other/geopackage-js_3857.gpkg": "it holds tiles and no rows",
    "gpkg_other/geopackage-js_test.gpkg": "it has no table of contents, so that it is no GeoPackage",
    "kml_libkml/style__weather__weather-jpgs.kmz": "it holds pictures and no KML",
    "kml_libkml/kmz__bad-pk-data.kmz": "its directory and data agree: there is nothing bad in it that a reader meets",
    "umap/test_upload_data_osm.json": "OpenStreetMap's own JSON is no GeoJSON; the refusal names it",
}


@dataclass(frozen=True, slots=True)
class Seen:
    """What became of a file."""

    file: str
    expected: str
    outcome: str
    words: str

    @property
    def is_as_labelled(self) -> bool:
        accepted = {"accept", "warn"}
        if self.expected == "either":
            return self.outcome != "failure"
        return self.outcome in (accepted if self.expected in accepted else {"refuse"})


@contextmanager
def worker() -> Iterator[subprocess.Popen[bytes]]:
    command = [sys.executable, "-m", "tests.robustness.reading_worker"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=ROOT) as process:
        try:
            yield process
        finally:
            process.kill()


def read_files(files: list[tuple[str, bytes]]) -> list[Parsed | InputError | None]:
    """Read files in one worker; ``None`` for each that ended it."""
    results: list[Parsed | InputError | None] = []
    rest = list(files)
    while rest:
        with worker() as process:
            assert process.stdin is not None
            assert process.stdout is not None
            while rest:
                name, data = rest.pop(0)
                answer = ask(process.stdout, process.stdin, name, data, Limits())
                if not answer:
                    results.append(None)
                    break
                try:
                    results.append(decode_answer(answer))
                except InputError as error:
                    results.append(error)
    return results


def judge(file: str, expected: str, result: Parsed | InputError | None) -> Seen:
    if result is None:
        return Seen(file, expected, "failure", "the reader died")
    if isinstance(result, Parsed):
        rows = sum(len(layer.rows) for layer in result.layers)
        if result.rows_in != rows + len(result.refusals):
            return Seen(file, expected, "failure", f"{result.rows_in} rows, {rows} kept, {len(result.refusals)} listed")
        try:
            taken = load(result, file.rpartition("/")[2])
        except InputError as error:
            result = error
        else:
            report = taken.report
            told = [*result.changes, *result.refusals, *result.notes, *report.changes, *report.refusals]
            return Seen(file, expected, "warn" if told else "accept", "")
    (problem,) = result.problems
    if problem.rule not in REFUSED or not problem.message.endswith("."):
        return Seen(file, expected, "failure", str(problem))
    return Seen(file, expected, "refuse", problem.message)


@pytest.fixture(scope="module")
def manifest(bad_inputs_dir: Path) -> list[dict[str, Any]]:
    entries: list[dict[str, Any]] = json.loads((bad_inputs_dir / "manifest.json").read_bytes())["files"]
    return entries


@pytest.fixture(scope="module")
def seen(bad_inputs_dir: Path, manifest: list[dict[str, Any]]) -> list[Seen]:
    entries = [entry for entry in manifest if not entry["file"].startswith(AS_VALUES)]
    shares = [entries[start::WORKERS] for start in range(WORKERS)]

    def read(share: list[dict[str, Any]]) -> list[Parsed | InputError | None]:
        return read_files([(Path(e["file"]).name, (bad_inputs_dir / e["file"]).read_bytes()) for e in share])

    with ThreadPoolExecutor(WORKERS) as pool:
        results = list(pool.map(read, shares))
    pairs = [
        pair
        for share, read_results in zip(shares, results, strict=True)
        for pair in zip(share, read_results, strict=True)
    ]
    return [judge(entry["file"], entry["expect"], result) for entry, result in pairs]


def test_no_file_fails(seen: list[Seen]) -> None:
    assert [each for each in seen if each.outcome == "failure"] == []


def test_outcomes_are_as_labelled(seen: list[Seen]) -> None:
    missed = [each for each in seen if not each.is_as_labelled]
    share = 1 - len(missed) / len(seen)
    told = "\n".join(f"{each.file}: {each.expected}, but {each.outcome} {each.words}" for each in missed)
    assert share >= LEAST_AS_LABELLED, f"{share:.1%} of {len(seen)} files:\n{told}"


def test_every_file_to_be_accepted_is(seen: list[Seen]) -> None:
    refused = [each for each in seen if each.expected == "accept" and not each.is_as_labelled]
    assert [each for each in refused if not each.file.startswith(tuple(DISPUTED))] == []


def test_disputed_labels_are_met(seen: list[Seen]) -> None:
    missed = [each.file for each in seen if not each.is_as_labelled]
    idle = [beginning for beginning in DISPUTED if not any(file.startswith(beginning) for file in missed)]
    assert idle == [], "these labels are no longer in dispute: take them out"


KILLERS = [
    ("kml_libkml/kml__all-arrays.kml", ""),
    ("crafted/deep_gc_100000.geojson", "levels of nesting"),
    ("crafted/deep_array_100000.geojson", "levels of nesting"),
    ("crafted/deep_wkt_100000.csv", ""),
    ("crafted/coord_inf.geojson", "1e400"),
    ("crafted/bomb_200MB.kmz", "200 MB when unpacked"),
    ("crafted/infinite_view.gpkg", ""),
    ("crafted/zeroblob.gpkg", ""),
    ("crafted/star_1000.geojson", ""),
    ("crafted/crs_link.geojson", "links are not followed"),
    ("crafted/vrt_passwd.geojson", "OGR VRT"),
    ("crafted/gdalg_http.geojson", "GDAL pipeline"),
    ("crafted/xxe.kml", "document type"),
    ("xml_attacks/xmlbomb.kml", "not read here|document type"),
    ("crafted/zip_slip.zip", "leads out of its folder"),
    ("crafted/truncated.gpkg", "GeoPackage cannot be read"),
]


@pytest.mark.parametrize(("file", "words"), KILLERS)
def test_known_killers_end_in_words(bad_inputs_dir: Path, file: str, words: str) -> None:
    data = (bad_inputs_dir / file).read_bytes()
    if words:
        with pytest.raises(InputError, match=words) as refused:
            parse(data, Path(file).name)
        assert refused.value.problems[0].rule in REFUSED
        return
    parsed = parse(data, Path(file).name)
    assert parsed.rows_in == sum(len(layer.rows) for layer in parsed.layers) + len(parsed.refusals) > 0


def test_hostile_strings_stay_as_they_are(strings: list[str]) -> None:
    features = [
        {"type": "Feature", "geometry": None, "properties": {"text": text, f"n{number % 40} {text[:40]}": number}}
        for number, text in enumerate(strings[:500])
    ]
    features += [{"type": "Feature", "geometry": None, "properties": {"text": text}} for text in strings[500:]]
    data = json.dumps({"type": "FeatureCollection", "features": features}).encode()
    (result,) = read_files([("strings.geojson", data)])
    assert isinstance(result, Parsed)
    kept = [row.values["text"] for row in result.layers[0].rows]
    changed = {change.row for change in result.changes if change.field == "text"}
    assert changed == {number for number, text in enumerate(strings, 1) if NO_TEXT.search(text)}
    assert all(kept[number - 1] == text for number, text in enumerate(strings, 1) if number not in changed)


def test_texts_of_any_encoding_are_read_or_refused(bad_inputs_dir: Path, manifest: list[dict[str, Any]]) -> None:
    files = [bad_inputs_dir / entry["file"] for entry in manifest if entry["file"].startswith("text_encodings/")]
    tables = [b'lon,lat,text\n34.2,31.2,"' + file.read_bytes().replace(b'"', b'""') + b'"\n' for file in files]
    outcomes = Counter[str]()
    for file, result in zip(files, read_files([("texts.csv", table) for table in tables]), strict=True):
        assert isinstance(result, Parsed), f"{file.name}: {result}"
        text = result.layers[0].rows[0].values["text"]
        exact = file.read_bytes().decode("utf-8", "replace")
        told = result.changes or [note for note in result.notes if note != "Its columns are divided by commas."]
        outcomes["told" if told else "exact"] += 1
        assert text == exact or told, file.name
    assert outcomes["exact"] >= len(files) / 3


def test_odd_shapes_are_drawn_or_listed(bad_inputs_dir: Path) -> None:
    lines = (bad_inputs_dir / "geometry/geos_validity.jsonl").read_text(encoding="utf-8").splitlines()
    texts = [json.loads(line).get("wkt") or "" for line in lines]
    table = "id,wkt\n" + "".join(f'{number},"{text}"\n' for number, text in enumerate(texts, 1))
    (parsed,) = read_files([("shapes.csv", table.encode())])
    assert isinstance(parsed, Parsed)
    report = load(parsed, "shapes.csv").report
    assert report.rows_in == len(texts) == report.drawn + report.listed
