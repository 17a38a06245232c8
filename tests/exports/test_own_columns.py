"""Further columns of readers' own tables in files: each there under its name, of one kind, beside the atlas's own."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import geopandas as gpd
import pyogrio
import pytest

import exports.geopackage
from exports.formats import FORMATS
from exports.own_columns import REST
from geo.dataset import Dataset, join_datasets
from geo.intake.loading import About
from geo.view import View
from tests.loading_here import load_here

ROWS = """id,lon,lat,label,dead,share,code,FID,Name_AR,seen,big
a,34.2,31.2,A,3,0.5,00501,x,é,,9007199254740993
b,34.3,31.3,B,,-1.25,77,y,"=1+1",yes,12
"""


@pytest.fixture(scope="module")
def own(dataset: Dataset) -> Dataset:
    return join_datasets([dataset, load_here(ROWS, about=About("Raids")).dataset])


def in_csv(dataset: Dataset) -> list[dict[str, str]]:
    text = FORMATS[".csv"].render(dataset, View()).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline=""), strict=True))


def in_parquet(dataset: Dataset) -> gpd.GeoDataFrame:
    return gpd.read_parquet(io.BytesIO(FORMATS[".parquet"].render(dataset, View())))


def in_layer(dataset: Dataset, suffix: str, folder: Path, **options: Any) -> Any:
    path = folder / f"own{suffix}"
    path.write_bytes(FORMATS[suffix].render(dataset, View()))
    return pyogrio.read_dataframe(path, **options)


def test_a_table_of_claims_has_every_column_as_it_was_given(own: Dataset) -> None:
    rows = {row["feature_id"]: row for row in in_csv(own)}
    assert len(rows) > len(own.features)
    a, b = rows["a"], rows["b"]
    names = ["dead", "share", "code", "FID", "Name_AR_2", "seen", "big"]
    assert [a[name] for name in names] == ["3", "0.5", "00501", "x", "é", "", "9007199254740993"]
    assert [b[name] for name in names] == ["", "-1.25", "77", "y", "'=1+1", "yes", "12"]
    assert {rows[own.features[0].id][name] for name in names} == {""}


def test_geoparquet_has_numbers_where_a_column_is_of_numbers(own: Dataset) -> None:
    frame = in_parquet(own).set_index("feature_id")
    kinds = {"dead": "Int64", "share": "float64", "code": "string", "big": "Int64", "Name_AR_2": "string"}
    assert {name: str(frame[name].dtype) for name in kinds} == kinds
    assert (frame.loc["a", "dead"], frame.loc["a", "big"], frame.loc["b", "share"]) == (3, 9007199254740993, -1.25)
    assert (frame.loc["a", "code"], frame.loc["b", "Name_AR_2"]) == ("00501", "=1+1")
    assert frame.loc[["b", own.features[0].id], "dead"].isna().all()


def test_geopackage_has_them_in_the_layer_of_the_shapes(own: Dataset, tmp_path: Path) -> None:
    points = in_layer(own, ".gpkg", tmp_path, layer="points").set_index("feature_id")
    assert (points.loc["a", "dead"], points.loc["a", "big"], points.loc["b", "share"]) == (3, 9007199254740993, -1.25)
    assert (points.loc["a", "code"], points.loc["a", "fid_2" if "fid_2" in points else "FID_2"]) == ("00501", "x")
    assert points.loc["b", "Name_AR_2"] == "=1+1"


def test_kml_has_them_as_data_of_the_placemark(own: Dataset, tmp_path: Path) -> None:
    places = in_layer(own, ".kml", tmp_path, layer="Raids").set_index("feature_id")
    assert (int(places.loc["a", "dead"]), places.loc["a", "code"], places.loc["b", "Name_AR_2"]) == (3, "00501", "=1+1")


def test_empty_columns_and_hidden_rows_leave_no_column(dataset: Dataset) -> None:
    own = join_datasets([dataset, load_here("id,lon,lat,dead,note 2\na,34,31,,\n").dataset])
    assert not {"dead", "note 2"} & set(in_csv(own)[0])
    hidden = FORMATS[".csv"].render(join_datasets([dataset, load_here(ROWS).dataset]), View(themes=("tunnels",)))
    assert b"share" not in hidden.partition(b"\r\n")[0]


def test_values_of_several_kinds_are_texts_and_nested_ones_json(tmp_path: Path) -> None:
    values: list[Any] = [1, "two", None, True, ["a", {"é": 1.5}]]
    features = [
        {"type": "Feature", "id": f"e{n}", "geometry": {"type": "Point", "coordinates": [34, 31]}, "properties": each}
        for n, each in enumerate({"mixed": value, "true": n > 1, "n": n / 2} for n, value in enumerate(values))
    ]
    collection = {"type": "FeatureCollection", "features": features}
    own = load_here(json.dumps(collection), "mixed.geojson").dataset
    frame = in_layer(own, ".gpkg", tmp_path, layer="points")
    told = frame["mixed"].fillna("nothing").tolist()
    assert told == ["1", "two", "nothing", "true", '["a", {"é": 1.5}]']
    assert (frame["true"].tolist(), frame["n"].tolist()) == ([False, False, True, True, True], [0, 0.5, 1, 1.5, 2])


def test_columns_beyond_what_a_database_holds_are_kept_in_one(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(exports.geopackage, "MOST_OWN_COLUMNS", 2)
    own = load_here("id,lon,lat,c1,c2,c3,c4\na,34,31,1,2,3,4\nb,35,31,1,2,,\n").dataset
    points = in_layer(own, ".gpkg", tmp_path, layer="points").set_index("feature_id")
    assert json.loads(points.loc["a", REST]) == {"c3": "3", "c4": "4"}
    assert points[REST].isna().tolist() == [False, True]
    assert (points.loc["a", "c1"], points.loc["a", "c2"]) == (1, 2)
    assert "c3" not in points


def test_a_table_of_very_many_columns_is_written_whole(tmp_path: Path) -> None:
    names = [f"c{number}" for number in range(900)]
    tables = [
        load_here(",".join(f"{letter}{name}" for name in names) + ",lon,lat\n" + "1," * 900 + "34,31\n").dataset
        for letter in "abc"
    ]
    points = in_layer(join_datasets(tables), ".gpkg", tmp_path, layer="points")
    further = [json.loads(cell) for cell in points[REST].dropna()]
    told = [*points, *(name for cells in further for name in cells)]
    assert {f"{letter}{name}" for letter in "abc" for name in names} <= set(told)
    assert further[-1]["cc899"] == "1"


def test_what_was_exported_is_brought_back_with_its_columns(own: Dataset) -> None:
    content = FORMATS[".csv"].render(own, View())
    intake = load_here(content, "again.csv")
    events = intake.dataset.events
    assert events is not None
    row = events.columns["id"].tolist().index("a")
    assert (events.attributes["dead"][row], events.attributes["code"][row]) == ("3", "00501")
