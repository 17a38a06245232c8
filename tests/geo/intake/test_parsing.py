"""`parse`: the child answers with plain rows, and its end, however it comes, is told in a sentence."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import pytest
import shapely

from geo.errors import InputError
from geo.intake.apart import Task, write_request
from geo.intake.ledger import Change, Refusal
from geo.intake.limits import Limits
from geo.intake.parsing import parse
from geo.intake.rows import ColumnRows, Parsed, RawLayer, RawRow
from geo.intake.transport import decode_answer, encode_error, encode_parsed

ROOT = Path(__file__).resolve().parent.parent.parent.parent
CSV = b"id,name\n1,Rafah\n"


def parsed_of_many_kinds() -> Parsed:
    rows = (
        RawRow(1, {"a": "x", "n": 2**63 - 1, "list": [1, {"b": None}]}, shapely.Point(1, 2), 3),
        RawRow(3, {}, None),
        RawRow(4, {"a": 1.5}, shapely.from_wkt("GEOMETRYCOLLECTION Z (POINT Z (1 2 3))")),
    )
    table = ColumnRows({"a": ("x", "ü"), "b": ("1", "")}, (1, 3), (2, 5))
    layers = (
        RawLayer("one", ("a", "n", "list"), rows, "EPSG:4326", has_geometry=True),
        RawLayer("", ("a", "b"), table),
        RawLayer("", (), ()),
        RawLayer("last", ("a",), rows[:1], has_geometry=True),
    )
    refusal = Refusal("f", "one", 2, "geometry", "v", "r", "m")
    return Parsed("geojson", layers, (refusal,), (Change("f", "one", 1, "a", "o", "n", "r"),), ("note",), 4)


def test_rows_travel_unchanged() -> None:
    parsed = parsed_of_many_kinds()
    assert decode_answer(encode_parsed(parsed)) == parsed


@pytest.mark.parametrize("cut", [0, 4, 8, 20, -1])
def test_cut_answers_are_refused(cut: int) -> None:
    with pytest.raises(ValueError, match="cut off"):
        decode_answer(encode_parsed(parsed_of_many_kinds())[:cut])


@pytest.mark.parametrize("table", [({"a": ["x"]}, [1, 2], [2, 3]), ({"a": ["x", "y"]}, [1, 2], [2])])
def test_columns_of_unequal_length_are_refused(table: tuple[dict[str, list[str]], list[int], list[int]]) -> None:
    parsed = Parsed("csv", (RawLayer("", ("a",), ColumnRows(*table)),), (), (), (), 2)
    with pytest.raises(ValueError, match="the rows are cut off"):
        decode_answer(encode_parsed(parsed))


def test_rows_kept_as_columns_are_rows() -> None:
    rows = ColumnRows({"a": ("x", "y", "z")}, (1, 2, 4), (2, 3, 5))
    assert (len(rows), rows[-1], [row.values for row in rows[1:]]) == (
        3,
        RawRow(4, {"a": "z"}, None, 5),
        [
            {"a": "y"},
            {"a": "z"},
        ],
    )
    assert rows == tuple(rows)
    assert rows != tuple(rows)[1:]
    layer = RawLayer("", ("a",), rows)
    plain = RawLayer("", ("a",), tuple(rows))
    for each in (layer, plain):
        assert (list(each.column("a", 2)), list(each.column("b")), list(each.numbers)) == (
            ["x", "y"],
            [None] * 3,
            [1, 2, 4],
        )


def test_errors_travel_unchanged() -> None:
    with pytest.raises(InputError) as first:
        parse(b"", "a.csv")
    with pytest.raises(InputError) as second:
        decode_answer(encode_error(first.value))
    assert second.value.problems == first.value.problems


def test_child_reads_a_file() -> None:
    parsed = parse(CSV, "../../etc/\udcffodd\x00name.csv")
    assert parsed.layers[0].rows == (RawRow(1, {"id": "1", "name": "Rafah"}, None, 2),)


def test_refusals_come_from_the_child() -> None:
    with pytest.raises(InputError, match="It looks like GPX") as refused:
        parse(b"<gpx/>", "a.kml")
    assert len(refused.value.problems) == 1


def test_size_is_looked_at_before_a_child_is_started(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("geo.intake.apart.subprocess.Popen", None)
    with pytest.raises(InputError, match="at most 15 bytes in a file"):
        parse(CSV, "a.csv", Limits(upload_bytes=len(CSV) - 1))


def pretend(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, code: str) -> None:
    """Let another program stand for the interpreter."""
    program = tmp_path / "python"
    program.write_text(f"#!{sys.executable}\nimport os, sys, time\nsys.stdin.buffer.read()\n{code}\n", encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setattr("geo.intake.apart.sys.executable", str(program))


@pytest.mark.parametrize(
    ("code", "rule", "words"),
    [
        (
            "os.kill(os.getpid(), 11)",
            "unreadable",
            "Reading the file failed, and with it only the process that read it.",
        ),
        ("os.kill(os.getpid(), 9)", "limit", "at most 1 seconds of reading; the file takes longer"),
        ("os.kill(os.getpid(), 24)", "limit", "at most 1 seconds of reading; the file takes longer"),
        ("os.kill(os.getpid(), 6)", "limit", "of memory for reading; the file needs more"),
        ("sys.exit(1)", "unreadable", "Reading the file failed"),
        ("pass", "unreadable", "Reading the file failed"),
        ("sys.stdout.write('x' * 100)", "unreadable", "Reading the file failed"),
        ("time.sleep(60)", "limit", "at most 1 seconds of reading; the file takes longer"),
    ],
)
def test_every_end_of_the_child_is_told(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, code: str, rule: str, words: str
) -> None:
    pretend(monkeypatch, tmp_path, code)
    with pytest.raises(InputError) as refused:
        parse(CSV, "a.csv", Limits(seconds=1))
    (problem,) = refused.value.problems
    assert problem.rule == rule
    assert words in problem.message


def test_child_that_waits_is_ended_with_all_that_it_started(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    write = f"open({str(tmp_path / 'pid')!r}, 'w').write(str(started))"
    code = f"started = os.fork()\nif started:\n    {write}\ntime.sleep(60)"
    pretend(monkeypatch, tmp_path, code)
    with pytest.raises(InputError):
        parse(CSV, "a.csv", Limits(seconds=1))
    state = Path("/proc") / (tmp_path / "pid").read_text(encoding="utf-8") / "stat"
    for _ in range(100):
        if not state.exists() or state.read_text(encoding="utf-8").rpartition(")")[2].split()[0] in {"Z", "X"}:
            return
        time.sleep(0.05)
    pytest.fail("what the child started still runs")


def test_child_has_a_clean_environment_and_an_empty_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("SECRET", "secret")
    monkeypatch.setenv("HTTPS_PROXY", "http://atlas.invalid")
    seen = tmp_path / "seen"
    pretend(
        monkeypatch, tmp_path, f"open({str(seen)!r}, 'w').write(repr((sorted(os.environ), os.getcwd(), os.listdir())))"
    )
    with pytest.raises(InputError):
        parse(CSV, "a.csv", Limits(seconds=5))
    names, folder, files = eval(seen.read_text(encoding="utf-8"))
    allowed = {"HOME", "LANG", "LC_CTYPE", "MALLOC_ARENA_MAX", "OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "PYTHONPATH"}
    assert set(names) <= {*allowed, "ARROW_DEFAULT_MEMORY_POOL"}
    assert files == []
    assert not Path(folder).exists()


def test_what_libraries_do_at_the_end_does_not_spoil_an_answer() -> None:
    start = (
        "import atexit, os, runpy; atexit.register(os.abort); runpy.run_module('geo.intake.child', run_name='__main__')"
    )
    request = write_request(Task.READ, CSV, "a.csv", Limits())
    done = subprocess.run([sys.executable, "-c", start], input=request, cwd=ROOT, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr
    assert decode_answer(done.stdout).rows_in == 1


def test_memory_is_bounded() -> None:
    data = b"id,text\n" + b"1,%s\n" % (b"x" * 1_000_000) * 40
    with pytest.raises(InputError) as refused:
        parse(data, "a.csv", Limits(memory_bytes=300_000_000))
    assert refused.value.problems[0].rule == "limit"
    assert "300 MB of memory for reading" in refused.value.problems[0].message
