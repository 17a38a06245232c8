"""The command `import`: files become a folder of data, and what became of each row is told."""

from __future__ import annotations

import csv
import io
import subprocess
import sys
from pathlib import Path

import pytest

import atlas
from geo.dataset import read_dataset
from geo.events import read_events
from geo.opening import open_data

TABLE = "id,name,lon,lat,date\nb1,Rafah,34.24,31.28,31/12/2015\nb2,Nowhere,,,2015\n"
OTHER = "id,lon,lat\nb1,34.3,31.3\n"


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "blocks.csv"
    path.write_text(TABLE, encoding="utf-8")
    return path


def test_a_folder_is_written_and_taken_back(table: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "mine"
    words = ["--licence", "CC BY 4.0", "--source", "A. Reader", "--colour", "#0072B2", "--title", "Road blocks"]
    report = ["--report", str(tmp_path / "report.csv")]
    assert atlas.main(["import", str(table), "--out", str(out), "--mend", "day-month-year", *words, *report]) == 0
    told = capsys.readouterr()
    assert told.err == ""
    lines = told.out.splitlines()
    assert lines[0] == "blocks.csv: 2 rows in, 1 drawn, 1 listed; 1 value changed."
    assert (
        "Changed: row 1, date: '31/12/2015' became '2015-12-31'. It was read as a date of the form that was chosen, "
        "or that its data set has." in lines
    )
    assert lines[-2:] == [f"Report: {tmp_path / 'report.csv'}", f"Written: {out / 'events.geojson'}"]
    rows = list(csv.DictReader(io.StringIO((tmp_path / "report.csv").read_text(encoding="utf-8-sig"))))
    assert [(row["outcome"], row["row"]) for row in rows] == [("listed", "2"), ("changed", "1")]
    dataset = read_dataset(out)
    assert dataset.events is not None
    assert dataset.events.columns["when"].tolist() == ["2015-12-31", "2015"]
    (own,) = dataset.tables
    assert (own.title, own.licence, own.source, own.colour) == ("Road blocks", "CC BY 4.0", "A. Reader", "#0072b2")
    assert atlas.main(["check", str(out)]) == 0
    assert capsys.readouterr().out == "0 features, 0 claims, 0 sources, 2 events: nothing is wrong.\n"


def test_offered_mends_are_told_with_the_option_to_add(table: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert atlas.main(["import", str(table), "--out", str(table.parent / "mine")]) == 0
    line = "To mend: --mend day-month-year (read dates as day, month, year, such as 31/12/2015)"
    assert line in capsys.readouterr().out.splitlines()


def test_several_files_are_one_folder_and_stand_beside_the_atlas(table: Path, tmp_path: Path) -> None:
    other = tmp_path / "patrols.csv"
    other.write_text(OTHER, encoding="utf-8")
    out = tmp_path / "mine"
    assert atlas.main(["import", str(table), str(other), "--out", str(out)]) == 0
    joined = open_data([str(out)])
    assert [own.title for own in joined.tables] == ["blocks", "patrols"]
    assert joined.events is not None
    assert joined.events.columns["id"].tolist() == ["b1", "b2", "patrols-b1"]
    page = tmp_path / "map.html"
    assert atlas.main(["map", str(page), "--data", "data", str(out)]) == 0
    assert '"label":{"en":"patrols"' in page.read_text(encoding="utf-8").replace(" ", "")


def test_columns_are_mapped_by_hand(tmp_path: Path) -> None:
    path = tmp_path / "odd.csv"
    path.write_text("a,b,c,d\n620000,3460000,Rafah,closed\n", encoding="utf-8")
    mapping = ["easting=a", "northing=b", "name=c", "name=d", "crs=EPSG:32636"]
    out = tmp_path / "mine"
    assert atlas.main(["import", str(path), "--out", str(out), *(w for m in mapping for w in ("--map", m))]) == 0
    events = read_dataset(out).events
    assert events is not None
    assert events.columns["name"].tolist() == ["Rafah, closed"]
    assert events.geometries[0].x == pytest.approx(34.26048, abs=1e-5)


def test_the_template_has_the_columns_that_are_taken_strictly(tmp_path: Path) -> None:
    path = tmp_path / "template.csv"
    assert atlas.main(["import", "--template", str(path)]) == 0
    with path.open("a", encoding="utf-8") as file:
        file.write("e1,Rafah,Blocks,2015,A block.,Notes,1,34.2,31.2\r\n")
    events = read_events(path).events
    assert events is not None
    assert events.columns["locator"].tolist() == ["1"]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"a,b\n1,2\n", "odd.csv: No coordinates were found. It has the columns a, b."),
        (b"\x00\x01\x02", "odd.csv: "),
        (b"", "odd.csv: The file is empty. Give one with data."),
        (None, "There is no such file. Check its name and folder."),
    ],
)
def test_a_file_at_fault_is_told_in_a_line_and_nothing_is_written(
    content: bytes | None, words: str, table: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path, out = tmp_path / "odd.csv", tmp_path / "mine"
    if content is not None:
        path.write_bytes(content)
    assert atlas.main(["import", str(table), str(path), "--out", str(out)]) == 1
    told = capsys.readouterr()
    assert words in told.out
    assert told.err == "data: [import] Nothing was written, since odd.csv was refused (see above).\n"
    assert not out.exists()


def test_a_device_is_not_read(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert atlas.main(["import", "/dev/zero", "--out", str(tmp_path / "mine")]) == 1
    assert "It is a device or a pipe. Give a file." in capsys.readouterr().out


def test_a_file_beyond_the_limit_is_not_read(
    table: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("ATLAS_MAX_UPLOAD_BYTES", "10")
    assert atlas.main(["import", str(table), "--out", str(table.parent / "mine")]) == 1
    assert "Limit reached: at most 10 bytes in a file; the file is larger." in capsys.readouterr().out


def test_the_atlas_own_data_are_not_written_to(table: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "places.geojson").write_text("{}", encoding="utf-8")
    assert atlas.main(["import", str(table), "--out", str(tmp_path)]) == 1
    assert "It holds data of the atlas's own form, beside which nothing is written." in capsys.readouterr().err
    assert not (tmp_path / "events.geojson").exists()


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ([], "the following arguments are required: FILE"),
        (["x.csv"], "the following arguments are required: --out"),
        (["x.csv", "--out", "y", "--mend", "magic"], "invalid choice: 'magic'"),
        (["x.csv", "--out", "y", "--preset", "magic"], "invalid choice: 'magic'"),
        (["x.csv", "--out", "y", "--map", "lon"], "'lon' is not ROLE=COLUMN, where ROLE is one of lon, lat"),
        (["x.csv", "--out", "y", "--map", "crs="], "crs= names a CRS, for example crs=EPSG:32636"),
        (["x.csv", "--out", "y", "--colour", "red"], "Invalid colour 'red'. It is # and six hexadecimal digits."),
        (["x.csv", "--out", "y", "--colour", "#ffff00"], "It stands out from the map by 1.0:1, and needs 3:1."),
        (["x.csv", "z.csv", "--out", "y", "--title", "T"], "--title names one table: give one file"),
        (["x.csv", "--template", "y.csv"], "--template stands alone"),
    ],
)
def test_wrong_usage_of_import_leaves_with_2(
    options: list[str], words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit, match="2"):
        atlas.main(["import", *options])
    assert words in capsys.readouterr().err


def test_a_reader_that_has_enough_of_the_report_is_no_fault(root: Path, table: Path, tmp_path: Path) -> None:
    rows = "".join(f"c{number},N,,,soon\n" for number in range(5_000))
    table.write_text(TABLE + rows, encoding="utf-8")
    command = [sys.executable, "atlas.py", "import", str(table), "--out", str(tmp_path / "mine")]
    with subprocess.Popen(
        [*command, "--report", str(tmp_path / "report.csv")], cwd=root, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as done:
        assert done.stdout is not None
        assert done.stderr is not None
        done.stdout.close()
        assert done.stderr.read() == b""
    assert done.returncode == 0
    assert (tmp_path / "mine" / "events.geojson").exists()
    assert (tmp_path / "report.csv").exists()


def test_what_became_of_the_rows_is_told_though_nothing_can_be_written(
    table: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "mine").write_text("a file", encoding="utf-8")
    assert atlas.main(["import", str(table), "--out", str(tmp_path / "mine")]) == 1
    told = capsys.readouterr()
    assert told.out.startswith("blocks.csv: 2 rows in")
    assert "Written" not in told.out
