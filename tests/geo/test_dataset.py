from __future__ import annotations

import json
from pathlib import Path

import pytest

from geo.data_files import has_own_form
from geo.dataset import PACKAGED_DATA, join_datasets, read_dataset
from geo.errors import InputError
from tests.small_data import small_collection, small_sources, write_small_data


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_small_data(tmp_path / "data")


def test_read_dataset_accepts_folder_and_file_alike(folder: Path) -> None:
    from_folder, from_file = read_dataset(folder), read_dataset(str(folder / "places.geojson"))
    assert from_folder.features == from_file.features
    assert from_folder.sources == from_file.sources
    assert from_folder.sha256 == from_file.sha256
    assert from_folder.version == "2026.11.0"
    assert from_folder.basemap["type"] == "FeatureCollection"


def test_read_dataset_accepts_sources_within(tmp_path: Path) -> None:
    path = tmp_path / "one.geojson"
    path.write_text(json.dumps(small_collection() | {"sources": small_sources()}), encoding="utf-8")
    assert [source.id for source in read_dataset(path).sources] == ["gazette-2015", "other-2016"]


@pytest.mark.parametrize("text", ["[]", '"x"', "5", "null"])
def test_json_that_is_no_collection_is_not_of_the_atlas_own_form(tmp_path: Path, text: str) -> None:
    path = tmp_path / "list.json"
    path.write_text(text, encoding="utf-8")
    assert not has_own_form(path)


def test_dataset_finds_by_id(folder: Path) -> None:
    dataset = read_dataset(folder)
    feature, claim = dataset.claim("lorries-denied")
    assert feature is dataset.feature("gate")
    assert claim in feature.claims
    assert dataset.source("gazette-2015").byline == "Jo Doe"


@pytest.mark.parametrize("noun", ["feature", "claim", "source"])
def test_dataset_rejects_unknown_id(folder: Path, noun: str) -> None:
    with pytest.raises(KeyError, match=f"Invalid {noun} id 'nowhere'"):
        getattr(read_dataset(folder), noun)("nowhere")


def test_dataset_tells_disputes_from_both_sides(folder: Path) -> None:
    dataset = read_dataset(folder)
    assert [other for other, _ in dataset.disputes("lorries-counted")] == ["lorries-denied"]
    assert [other for other, _ in dataset.disputes("lorries-denied")] == ["lorries-counted"]
    assert dataset.disputes("road-closed") == ()


def test_dataset_hash_follows_bytes(folder: Path) -> None:
    before = read_dataset(folder).sha256
    assert read_dataset(folder).sha256 == before
    with (folder / "sources.json").open("a", encoding="utf-8") as file:
        file.write("\n")
    assert read_dataset(folder).sha256 != before


def test_read_dataset_tells_faults_of_both_files(folder: Path) -> None:
    (folder / "places.geojson").write_bytes(b"{")
    (folder / "sources.json").write_bytes(b"\xff")
    with pytest.raises(InputError, match="no JSON") as caught:
        read_dataset(folder)
    assert [problem.rule for problem in caught.value.problems] == ["json", "utf-8"]


@pytest.mark.parametrize("name", ["places.geojson", "sources.json"])
def test_read_dataset_rejects_absent_file(folder: Path, name: str) -> None:
    (folder / name).unlink()
    with pytest.raises(InputError, match=f"{name}'. There is no such file"):
        read_dataset(folder)


@pytest.mark.parametrize("version", [7, "x" * 41])
def test_read_dataset_rejects_version(folder: Path, version: object) -> None:
    (folder / "places.geojson").write_text(json.dumps(small_collection() | {"version": version}), encoding="utf-8")
    with pytest.raises(InputError, match="Invalid version"):
        read_dataset(folder)


def test_join_datasets_keeps_first_and_adds_second(folder: Path, tmp_path: Path) -> None:
    text = json.dumps(small_collection())
    for identity in ("gate", "coast-road", "rain", "lorries-counted", "lorries-denied", "road-closed", "rain-fell"):
        text = text.replace(f'"{identity}"', f'"second-{identity}"')
    other = write_small_data(tmp_path / "other")
    (other / "places.geojson").write_text(text, encoding="utf-8")
    joined = join_datasets([read_dataset(folder), read_dataset(other)])
    assert [feature.id for feature in joined.features][::3] == ["gate", "second-gate"]
    assert len(joined.sources) == 2
    assert joined.sha256 != read_dataset(folder).sha256


def test_join_datasets_rejects_shared_ids(folder: Path) -> None:
    first = read_dataset(folder)
    assert join_datasets([first]).sha256 == first.sha256
    with pytest.raises(InputError, match="Invalid feature id 'gate'") as caught:
        join_datasets([first, read_dataset(folder)])
    assert {problem.rule for problem in caught.value.problems} == {"unique-feature", "unique-claim"}


def _write_beside_events(path: Path, name: str, number: int) -> None:
    """Write the small collection with one event of a reader's table, as an export of both is."""
    texts = {"id": "a", "name": name, "theme": "t", "when": "", "statement": "x", "source": "y", "locator": "z"}
    event = {"type": "Feature", "id": "a", "geometry": None, "properties": texts | {"number": number}}
    table = {"title": "T", "licence": "", "colour": "", "source": "", "themes": {"t": "T"}}
    collection = small_collection()
    whole = {**collection, "features": [*collection["features"], event], "tables": [table], "sources": small_sources()}
    path.write_text(json.dumps(whole), encoding="utf-8")


@pytest.mark.parametrize("number", [2**53 + 1, -(2**63), 2**63 - 1])
def test_values_of_readers_own_events_come_back_whatever_they_hold(tmp_path: Path, number: int) -> None:
    path = tmp_path / "all.geojson"
    _write_beside_events(path, "It\u0092s \u0001", number)
    read = read_dataset(path)
    assert has_own_form(path)
    assert read.events is not None
    assert (read.events.columns["name"][0], read.events.attributes["number"][0]) == ("It\u0092s \u0001", number)
    assert len(read.features) == len(small_collection()["features"])


def test_texts_and_numbers_of_the_atlas_own_features_are_strict_beside_events(tmp_path: Path) -> None:
    path = tmp_path / "all.geojson"
    _write_beside_events(path, "plain", 1)
    whole = json.loads(path.read_text(encoding="utf-8"))
    whole["features"][0]["properties"] |= {"name": "a\u0001b", "number": 2**53 + 1}
    path.write_text(json.dumps(whole), encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read_dataset(path)
    assert sorted(problem.rule for problem in caught.value.problems) == ["json", "text"]


def test_a_file_with_events_may_be_as_large_as_one_that_an_import_writes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "all.geojson"
    _write_beside_events(path, "plain", 1)
    size = path.stat().st_size
    monkeypatch.setattr("geo.data_files.MOST_EVENT_BYTES", size)
    assert read_dataset(path).events is not None
    monkeypatch.setattr("geo.data_files.MOST_EVENT_BYTES", size - 1)
    with pytest.raises(InputError, match="Split it"):
        read_dataset(path)


def test_packaged_data_stand_beside_the_code(root: Path) -> None:
    assert root / "data" == PACKAGED_DATA
