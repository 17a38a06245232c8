from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path

import geopandas as gpd
import pytest
import rispy
from pybtex.database import parse_string

from exports.bibliography import ATLAS_ID, render_bib, render_csl, render_references, render_ris
from exports.cleaning import one_line
from exports.references import format_references
from geo.dataset import Dataset, read_dataset
from geo.events import read_events
from geo.selection import select
from geo.view import View
from tests.hostile_data import HOSTILE, hostile_dataset
from tests.small_data import write_small_data

VIEWS = ("", "sources=ipt-2017,wenig-2016", "themes=none", "q=rafah&statuses=official")


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Dataset:
    return hostile_dataset(tmp_path_factory.mktemp("hostile"))


def cited(dataset: Dataset, view: View) -> list[str]:
    ids = {claim.citation.id for claims in select(dataset, view).claims.values() for claim in claims}
    return [*(source.id for source in dataset.sources if source.id in ids), ATLAS_ID]


def from_tex(text: str) -> str:
    """Undo the escapes; braces that group go first, those that are meant come back last."""
    text = text.replace("\\textbraceleft{}", "\x01").replace("\\textbraceright{}", "\x02")
    for sign, command in {"\\": "backslash", "~": "asciitilde", "^": "asciicircum"}.items():
        text = text.replace(f"\\text{command}{{}}", f"\x03{ord(sign):04x}")
    text = re.sub(r"\\([&%$#_])", r"\1", text.replace("{", "").replace("}", ""))
    text = re.sub(r"\x03(.{4})", lambda found: chr(int(found[1], 16)), text)
    return text.replace("\x01", "{").replace("\x02", "}")


@pytest.mark.parametrize("query", VIEWS)
def test_bibliographies_hold_the_sources_in_view_and_the_atlas(dataset: Dataset, query: str) -> None:
    view = View.from_query(query)
    expected = cited(dataset, view)
    assert [item["id"] for item in json.loads(render_csl(dataset, view))] == expected
    assert list(parse_string(render_bib(dataset, view).decode(), "bibtex").entries) == expected
    assert [record["id"] for record in rispy.loads(render_ris(dataset, view).decode())] == expected
    references = render_references(dataset, view).decode().partition("\n\n")[2].splitlines()
    assert references[: len(expected) - 1] == format_references([dataset.source(each) for each in expected[:-1]])


def test_atlas_is_cited_with_its_data_and_view(dataset: Dataset) -> None:
    atlas = json.loads(render_csl(dataset, View.from_query("q=rafah")))[-1]
    assert atlas["title"] == f"Corridor Atlas, version {dataset.version}"
    assert dataset.sha256 in atlas["note"]
    assert "View: q=rafah." in atlas["note"]


def test_csl_keeps_every_text(hostile: Dataset) -> None:
    items = {item["id"]: item for item in json.loads(render_csl(hostile, View()))}
    source = hostile.source("gazette-2015")
    assert (items[source.id]["title"], items[source.id]["container-title"]) == (source.title, source.container_title)
    assert set(HOSTILE) <= {item["title"] for item in items.values()}


def test_bib_keeps_every_text(hostile: Dataset) -> None:
    database = parse_string(render_bib(hostile, View()).decode(), "bibtex")
    items = json.loads(render_csl(hostile, View()))
    assert list(database.entries) == [item["id"] for item in items]
    for item in items:
        assert from_tex(database.entries[item["id"]].fields["title"]) == one_line(item["title"])
    assert from_tex(str(database.entries["gazette-2015"].persons["author"][0])) == "García; Márquez & Co, A. {B}"


def test_ris_keeps_every_text(hostile: Dataset) -> None:
    records = {record["id"]: record for record in rispy.loads(render_ris(hostile, View()).decode())}
    for item in json.loads(render_csl(hostile, View())):
        assert records[item["id"]]["title"] == one_line(item["title"])
    assert records["gazette-2015"]["authors"][0] == "García; Márquez & Co, A. {B}"
    assert records["gazette-2015"]["date"] == "2015/07//"


def test_sources_of_events_have_ids_of_their_own() -> None:
    table = {"id": ["1", "2"], "name": ["a", "b"], "theme": ["t", "t"], "when": ["", ""], "statement": ["s", "s"]}
    frame = gpd.GeoDataFrame(
        table | {"source": ["A b", "A, b"], "locator": ["", ""]}, geometry=gpd.points_from_xy([34, 34], [31, 31])
    )
    items = json.loads(render_csl(read_events(frame), View()))
    assert [item["id"] for item in items] == ["a-b", "a-b-2", ATLAS_ID]


@pytest.mark.parametrize(("suffix", "render"), [("json", render_csl), ("bib", render_bib)])
def test_pandoc_reads_it_without_a_warning(suffix: str, render: object, dataset: Dataset, tmp_path: Path) -> None:
    if shutil.which("pandoc") is None:
        pytest.skip("pandoc is not here: it would read the bibliography")
    assert callable(render)
    (tmp_path / f"works.{suffix}").write_bytes(render(dataset, View()))
    page = f"---\nbibliography: works.{suffix}\nnocite: '@*'\n---\n"
    command = ["pandoc", "--citeproc", "--fail-if-warnings", "--from=markdown", "--to=plain", "--wrap=none"]
    told = subprocess.run(command, input=page, cwd=tmp_path, capture_output=True, text=True, check=True).stdout
    told_of_works = [line for line in told.splitlines() if line and "Corridor Atlas" not in line]
    # pandoc knows nothing of what is inferred
    assert told_of_works == format_references([each.model_copy(update={"custom": {}}) for each in dataset.sources])


def test_source_without_address_has_none(tmp_path: Path) -> None:
    small = read_dataset(write_small_data(tmp_path))
    bare = small.sources[1]
    assert bare.URL is None
    text = render_ris(small, View()).decode()
    assert text.count("UR  - ") == 1
