from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import geopandas as gpd
import pytest
from shapely import LinearRing, box, is_ccw, orient_polygons

from exports.formats import FORMATS, find_format, write
from exports.table import COLUMNS
from exports.writing import write_atomically
from geo.dataset import Dataset, read_dataset
from geo.errors import InputError
from geo.events import REQUIRED, read_events
from geo.formulas import guard_formula
from geo.model import Status
from geo.view import View
from tests.small_data import write_small_data


@pytest.fixture
def small(tmp_path: Path) -> Dataset:
    return read_dataset(write_small_data(tmp_path / "data"))


def rows(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(path.read_bytes().decode("utf-8-sig"), newline="")))


def test_csv_has_one_row_a_shown_claim(small: Dataset, tmp_path: Path) -> None:
    table = rows(write(small, View(statuses=(Status.DENIED, Status.ALLEGED)), tmp_path / "claims.csv"))
    assert [row["claim_id"] for row in table] == ["lorries-denied", "road-closed"]
    assert tuple(table[0]) == COLUMNS


def test_csv_tells_claim_and_shape(small: Dataset, tmp_path: Path) -> None:
    row = rows(write(small, View(), tmp_path / "claims.csv"))[0]
    told = {
        "feature_id": "gate",
        "precision": "approximate",
        "precision_m": "3000.0",
        "representative_longitude": "34.25",
        "representative_latitude": "31.25",
        "wkt": "POINT (34.25 31.25)",
        "measures": "lorries: 40 vehicles",
        "reference": "Doe, Jo. [2015?]. “The Gate in the Morning.” The Gazette, [July 2015?]. https://example.org/gate.",
        "paragraph": "2",
        "disputes": "lorries-denied",
    }
    assert {column: row[column] for column in told} == told


def test_csv_has_its_receipt_in_the_first_row(small: Dataset, tmp_path: Path) -> None:
    first, *others = rows(write(small, View(themes=("places", "flows")), tmp_path / "claims.csv"))
    assert "Shown: 2 of 3 features, 3 of 4 claims. Left out: 1 by themes." in first["receipt"]
    assert small.sha256 in first["receipt"]
    assert {row["receipt"] for row in others} == {""}


def test_csv_leaves_cells_of_unplaced_feature_empty(small: Dataset, tmp_path: Path) -> None:
    row = rows(write(small, View(themes=("context",)), tmp_path / "claims.csv"))[0]
    assert (row["wkt"], row["representative_longitude"], row["precision"]) == ("", "", "")
    assert row["unplaced"] == "The article names no place."


def test_csv_is_made_for_spreadsheets(small: Dataset, tmp_path: Path) -> None:
    path = write(small, View(), tmp_path / "claims.csv")
    assert path.read_bytes().startswith(b"\xef\xbb\xbffeature_id,")
    assert rows(path)[1]["attributed_to"] == "'=the mayor's office"


@pytest.mark.parametrize(
    "text", ["=1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1", "\n1", "\ufeff=1", "＝1", "\u3000@a"]
)
def test_guard_formula_disarms_formulas(text: str) -> None:
    assert guard_formula(text) == f"'{text}"


@pytest.mark.parametrize("value", [-34.5, 12, None, "1 - 2", "a=b", "رفح"])
def test_guard_formula_leaves_numbers_and_words(value: object) -> None:
    assert guard_formula(value) == value


def test_geojson_is_read_again_as_it_was(small: Dataset, tmp_path: Path) -> None:
    path = write(small, View(), tmp_path / "all.geojson")
    again = read_dataset(path)
    assert again.features == small.features
    assert [source.id for source in again.sources] == ["gazette-2015"]


def test_geojson_keeps_only_what_is_shown_and_accounts_for_it(small: Dataset, tmp_path: Path) -> None:
    view = View(statuses=(Status.REPORTED,))
    collection = json.loads(write(small, view, tmp_path / "some.geojson").read_bytes())
    assert [feature["id"] for feature in collection["features"]] == ["gate", "rain"]
    gate = collection["features"][0]["properties"]
    assert [(claim["id"], claim["disputes"]) for claim in gate["claims"]] == [("lorries-counted", [])]
    receipt = collection["receipt"]
    assert receipt["view"] == view.to_query()
    assert receipt["features"] == {"shown": 2, "total": 3}
    assert receipt["claims"] == {"shown": 2, "total": 4}
    assert receipt["hidden"] == {"statuses": 1}
    assert receipt["data"] == {"version": small.version, "sha256": small.sha256}
    assert "© OpenStreetMap contributors" in {licence["attribution"] for licence in receipt["licences"]}


def test_rings_of_events_run_as_the_standard_has_them() -> None:
    columns = {name: ["x"] for name in REQUIRED} | {"when": [""]}
    clockwise = orient_polygons(box(34, 31, 35, 32), exterior_cw=True)
    events = read_events(gpd.GeoDataFrame(columns, geometry=[clockwise], crs="OGC:CRS84"))
    (feature,) = json.loads(FORMATS[".geojson"].render(events, View()))["features"]
    assert is_ccw(LinearRing(feature["geometry"]["coordinates"][0]))


def test_geojson_keeps_disagreements_between_features(dataset: Dataset, tmp_path: Path) -> None:
    again = read_dataset(write(dataset, View(), tmp_path / "x.geojson"))
    assert again.features == dataset.features


def test_longest_suffix_picks_the_format() -> None:
    assert find_format("x.csl.json") is FORMATS[".csl.json"]
    assert find_format("x.LPF.JSON") is FORMATS[".lpf.json"]


def test_html_is_the_map_page(small: Dataset, tmp_path: Path) -> None:
    assert write(small, View(), tmp_path / "map.html").read_bytes().lower().startswith(b"<!doctype html>")


@pytest.mark.parametrize("suffix", FORMATS)
def test_write_makes_same_bytes_twice(small: Dataset, tmp_path: Path, suffix: str) -> None:
    first, second = (write(small, View(), tmp_path / f"{name}{suffix.upper()}") for name in "ab")
    assert first.read_bytes() == second.read_bytes()


@pytest.mark.parametrize("name", ["map.docx", "map", "map.geojson.zip", ""])
def test_find_format_rejects_other_suffix(name: str) -> None:
    with pytest.raises(InputError, match=r"Its suffix is one of \.html, \.csv, \.geojson"):
        find_format(name)


def test_write_atomically_leaves_old_file_where_it_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "x.csv"
    path.write_bytes(b"old")

    def fail(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", fail)
    with pytest.raises(InputError, match="No space left on device"):
        write_atomically(path, b"new")
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("name", ["absent/x.csv", "folder", "a\0b.csv"])
def test_write_atomically_rejects_place(tmp_path: Path, name: str) -> None:
    (tmp_path / "folder").mkdir()
    with pytest.raises(InputError, match="It cannot be written"):
        write_atomically(tmp_path / name, b"x")
    assert [path.name for path in tmp_path.iterdir()] == ["folder"]


def test_write_atomically_leaves_file_readable_by_others(tmp_path: Path) -> None:
    (tmp_path / "usual").touch()
    path = write_atomically(tmp_path / "x.csv", b"x")
    assert path.stat().st_mode == (tmp_path / "usual").stat().st_mode
