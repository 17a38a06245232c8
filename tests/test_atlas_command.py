"""The command line, run in this process."""

from __future__ import annotations

import hashlib
import json
import shutil
from pathlib import Path

import pytest

import atlas
from exports.formats import FORMATS
from geo.dataset import Dataset
from geo.selection import select
from geo.view import View
from tests.small_data import ARTICLE, write_small_data

# file names of the corpus begin with their family
FAMILIES = ("crafted", "geojson_lint/bad", "geojson_validator", "gdal_geojson", "mapnik_omnivore", "json_transform")
LARGEST_BYTES = 300_000


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_small_data(tmp_path / "data")


def test_check_accepts_sound_data(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert atlas.main(["check", str(folder)]) == 0
    assert capsys.readouterr().out == "3 features, 4 claims, 2 sources: nothing is wrong.\n"


def test_check_names_the_files_that_it_does_not_look_at(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "basemap.geojson").write_text("[1", encoding="utf-8")
    assert atlas.main(["check", str(folder)]) == 0
    assert capsys.readouterr().out.splitlines()[1].startswith("Not read: basemap.geojson. The atlas takes places,")


def test_check_tells_every_fault_on_a_line_of_its_own(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = folder / "places.geojson"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("2015-07-06", "2015-13").replace("[34.25, 31.25]", "[31.25, 34.25]"), encoding="utf-8")
    assert atlas.main(["check", str(path)]) == 1
    told = capsys.readouterr()
    assert told.out == ""
    lines = told.err.splitlines()
    assert lines[0].startswith("feature gate: [swapped] Invalid position '[31.25, 34.25]'.")
    assert lines[1].startswith("feature gate claim lorries-counted: [date] Invalid when '2015-13'.")
    assert len(lines) == 2


def test_check_limits_its_lines(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    collection = {"type": "FeatureCollection", "features": [5] * 600}
    (folder / "places.geojson").write_text(json.dumps(collection), encoding="utf-8")
    assert atlas.main(["check", str(folder)]) == 1
    assert capsys.readouterr().err.splitlines()[-1] == "data: and 100 problems more."


def test_verify_tells_which_citation_broke(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    command = ["verify", str(folder), "--articles", str(folder)]
    assert atlas.main(command) == 0
    (folder / "gazette-2015.txt").write_text(ARTICLE.replace("forty", "fifty"), encoding="utf-8")
    capsys.readouterr()
    assert atlas.main([*command, "--format", "json"]) == 1
    broken = [record for record in json.loads(capsys.readouterr().out) if record["outcome"] != "verified"]
    assert [(record["claim"], record["outcome"]) for record in broken] == [("lorries-counted", "changed")]


@pytest.mark.parametrize("name", ["a.html", "b.csv", "c.geojson"])
def test_export_writes_file(folder: Path, tmp_path: Path, name: str) -> None:
    assert atlas.main(["export", str(tmp_path / name), "--view", "themes=places", "--data", str(folder)]) == 0
    assert (tmp_path / name).stat().st_size > 0


def test_export_heeds_its_options(folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "x.svg"
    view = ["--view", "themes=context", "--data", str(folder)]
    how = ["--page", "a4", "--style", "grey", "--title", "Mine", "--language", "ar", "--scope", "all", "--receipt"]
    assert atlas.main(["export", str(path), *view, *how]) == 0
    drawing = path.read_text(encoding="utf-8")
    assert 'width="841.89pt"' in drawing
    assert 'xml:lang="ar"' in drawing
    assert '<title id="page-title">Mine</title>' in drawing
    assert 'id="feature-gate"' in drawing
    receipt = json.loads(path.with_name("x.svg.receipt.json").read_bytes())
    assert (receipt["view"], receipt["features"]["shown"]) == ("language=ar", 3)


def test_export_all_writes_every_format_with_its_receipt(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "deep" / "all"
    command = ["export", "--all", str(out), "--receipt", "--view", "themes=places", "--data", str(folder)]
    assert atlas.main(command) == 0
    written = [Path(line) for line in capsys.readouterr().out.splitlines()]
    assert sorted(written) == sorted(out.iterdir())
    assert len(written) == 2 * len(FORMATS)
    for path in written[: len(FORMATS)]:
        receipt = json.loads(path.with_name(f"{path.name}.receipt.json").read_bytes())
        assert receipt["file"] == {"name": path.name, "sha256": hashlib.sha256(path.read_bytes()).hexdigest()}
        assert (receipt["view"], receipt["features"]) == ("themes=places", {"shown": 1, "total": 3})


def test_receipt_of_a_tour_accounts_for_each_slide(
    dataset: Dataset, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    tour = dataset.tours[0]
    out = tmp_path / "tour.pptx"
    assert atlas.main(["export", str(out), "--deck", f"tour:{tour.id}", "--view", "themes=tunnels", "--receipt"]) == 0
    capsys.readouterr()
    slides = json.loads(Path(f"{out}.receipt.json").read_bytes())["slides"]
    views = [View.from_query(step.view) for step in tour.steps]
    assert [View.from_query(slide["view"]) for slide in slides] == views
    assert [slide["features"]["shown"] for slide in slides] == [select(dataset, view).shown for view in views]


def test_receipt_tells_the_view_that_the_file_shows(folder: Path, tmp_path: Path) -> None:
    # a language makes no difference to a file of data
    command = ["export", "--all", str(tmp_path / "out"), "--receipt", "--language", "ar", "--data", str(folder)]
    assert atlas.main(command) == 0
    told = {path.suffixes[-3]: json.loads(path.read_bytes())["view"] for path in tmp_path.rglob("*.receipt.json")}
    assert (told[".geojson"], told[".csv"], told[".svg"], told[".html"]) == ("", "", "language=ar", "language=ar")


def test_export_makes_same_bytes_on_another_day(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    assert atlas.main(["export", str(tmp_path / "x.txt"), "--receipt", "--data", str(folder)]) == 0
    assert json.loads((tmp_path / "x.txt.receipt.json").read_bytes())["made"] == "2023-11-14"
    assert "Made: 2023-11-14." in (tmp_path / "x.txt").read_text(encoding="utf-8")
    assert len(capsys.readouterr().out.splitlines()) == 2


@pytest.mark.parametrize(("form", "told"), [("text", "re-graded"), ("json", '"re-graded"')])
def test_diff_tells_what_changed(folder: Path, capsys: pytest.CaptureFixture[str], form: str, told: str) -> None:
    old = folder.parent / "old"
    shutil.copytree(folder, old)
    path = folder / "places.geojson"
    path.write_text(path.read_text(encoding="utf-8").replace('"alleged"', '"denied"'), encoding="utf-8")
    assert atlas.main(["diff", str(old), str(folder), "--format", form]) == 0
    assert told in capsys.readouterr().out
    assert atlas.main(["diff", str(old), str(old)]) == 0
    assert capsys.readouterr().out == "Nothing changed.\n"


def test_diff_finds_nothing_between_the_data_and_their_export(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert atlas.main(["export", str(tmp_path / "all.geojson")]) == 0
    assert atlas.main(["diff", str(tmp_path / "all.geojson")]) == 0
    assert capsys.readouterr().out.splitlines()[1] == "Nothing changed."


def test_map_draws_nothing_from_faulty_data(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = folder / "places.geojson"
    path.write_text(path.read_text(encoding="utf-8").replace("2015-07-06", "2015-13"), encoding="utf-8")
    assert atlas.main(["map", str(tmp_path / "x.html"), "--data", str(folder)]) == 1
    assert "2015-13" in capsys.readouterr().err
    assert not (tmp_path / "x.html").exists()


def test_map_writes_page(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "x.html"
    assert atlas.main(["map", str(out), "--data", str(folder)]) == 0
    assert capsys.readouterr().out == f"{out}\n"
    assert out.stat().st_size > 0


def test_map_holds_articles_that_are_given_and_no_others(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out, command = tmp_path / "x.html", ["map", str(tmp_path / "x.html"), "--data", str(folder)]
    assert atlas.main(command) == 0
    assert "moved to the old station" not in out.read_text(encoding="utf-8")
    assert atlas.main([*command, "--articles", str(folder)]) == 0
    assert "moved to the old station" in out.read_text(encoding="utf-8")
    assert capsys.readouterr().err == ""
    (folder / "gazette-2015.txt").write_text(ARTICLE.replace("forty", "fifty"), encoding="utf-8")
    assert atlas.main([*command, "--articles", str(folder)]) == 0
    assert "not stand in these articles: 1" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("command", "words"),
    [
        (["check", "absent"], "There is no such file"),
        (["check", "My Article.txt"], "It is no JSON"),
        (["export", "absent/x.csv"], "It cannot be written"),
        (["export", "x.csv", "--style", "grey"], "Invalid option 'style' for a .csv file."),
        (["export", "x.pptx", "--deck", "tour:none"], "The data have no such tour."),
        (["diff", "absent"], "There is no such file"),
        (["verify", "--articles", "absent"], "Give a folder that exists"),
        (["map", "x.html", "--articles", "."], "It holds no article"),
        (["cite", "My Article.txt", "--paragraph", "1", "--start", "a", "--end", "b"], "Invalid source 'My Article'."),
        (["cite", "absent.txt", "--paragraph", "1", "--start", "a", "--end", "b"], "It cannot be read"),
    ],
)
def test_fault_of_input_is_one_line(
    command: list[str], words: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "My Article.txt").write_text("a to b\n", encoding="utf-8")
    assert atlas.main(command) == 1
    told = capsys.readouterr().err
    assert words in told
    assert told.count("\n") == 1


@pytest.mark.parametrize(
    ("command", "words"),
    [
        ([], "required: COMMAND"),
        (["draw"], "invalid choice"),
        (["verify"], "--articles"),
        (["map", "x.png"], "'export' writes other kinds"),
        (["export", "x.docx"], "Its suffix is one of"),
        (["export"], "one of the arguments OUT --all is required"),
        (["export", "x.csv", "--all", "y"], "not allowed with argument"),
        (["export", "x.png", "--dpi", "0"], "Invalid dpi '0'. 1 to 2400 pixels go to the inch."),
        (["export", "x.png", "--dpi", "many"], "Invalid dpi 'many'."),
        (["export", "x.png", "--page", "a5"], "Invalid page 'a5'. A page is slide, a4, a3, or a width and height"),
        (["export", "x.pptx", "--deck", "all"], "Invalid deck 'all'."),
        (["map", "x.html", "--view", "since=2015-13"], "2015-13"),
        (["map", "x.html", "--view", "colour=red"], "Invalid parameter 'colour'"),
        (["map", "x.html", "--view", "basemap=moon"], "Invalid basemap 'moon'"),
    ],
)
def test_wrong_usage_leaves_with_2(command: list[str], words: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="2"):
        atlas.main(command)
    told = capsys.readouterr().err
    assert words in told
    assert "data: [" not in told


@pytest.mark.parametrize("epoch", ["99999999999999999", "yesterday", "-"])
def test_day_of_making_is_a_number_of_seconds(
    epoch: str, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
    assert atlas.main(["export", str(tmp_path / "x.csv"), "--data", str(folder)]) == 1
    assert f"Invalid SOURCE_DATE_EPOCH '{epoch}'. It is a whole number of seconds" in capsys.readouterr().err


def test_cite_prints_citation(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = ["--paragraph", "4", "--start", "Rain fell twice", "--end", "Rain fell twice"]
    assert atlas.main(["cite", str(folder / "gazette-2015.txt"), *words]) == 0
    citation = json.loads(capsys.readouterr().out)
    assert (citation["id"], citation["locator"], len(citation["sha256"])) == ("gazette-2015", "4", 64)


@pytest.mark.parametrize("command", [[], ["check"], ["verify"], ["map"], ["export"], ["diff"], ["cite"]])
def test_help_is_there_for_each_command(command: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="0"):
        atlas.main([*command, "--help"])
    assert "usage: python atlas.py" in capsys.readouterr().out


@pytest.mark.parametrize("family", FAMILIES)
def test_check_refuses_odd_files_in_words(
    family: str, bad_inputs_dir: Path, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    paths = [path for path in sorted((bad_inputs_dir / family).iterdir()) if path.suffix in {".json", ".geojson"}]
    assert paths
    for path in paths:
        if path.stat().st_size > LARGEST_BYTES:
            continue
        shutil.copyfile(path, folder / "places.geojson")
        assert atlas.main(["check", str(folder)]) == 1, path.name
        told = capsys.readouterr().err
        assert told.startswith(("data: [", "feature ")), path.name
        assert "Traceback" not in told
        assert "\x1b" not in told


@pytest.mark.parametrize(("form", "told"), [("json", '"rafah-egypt"'), ("text", "rafah-egypt (in the atlas)")])
def test_suggest_prints_a_draft(tmp_path: Path, capsys: pytest.CaptureFixture[str], form: str, told: str) -> None:
    article = tmp_path / "new-2026.txt"
    article.write_text("A heading\n\nThe road to Rafah is open.\n", encoding="utf-8")
    assert atlas.main(["suggest", str(article), "--format", form]) == 0
    out = capsys.readouterr().out
    assert told in out
    assert "is open" not in out
    if form == "json":
        assert json.loads(out)["source"] == "new-2026"


def test_suggest_refuses_what_is_too_large_or_no_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    article = tmp_path / "long.txt"
    article.write_text("Rafah " * 200_000, encoding="utf-8")
    assert atlas.main(["suggest", str(article)]) == 1
    assert "An article has at most 1 MB." in capsys.readouterr().err
    assert atlas.main(["suggest", "/dev/zero"]) == 1
    assert "It is a device or a pipe." in capsys.readouterr().err


def test_suggest_names_the_fault_of_an_article(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert atlas.main(["suggest", str(tmp_path / "nowhere.txt")]) == 1
    assert "[articles] Invalid article" in capsys.readouterr().err
