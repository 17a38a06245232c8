"""Files stand whole or not at all: when there is no room, the writer is killed, or the disk gives back other bytes.

``KILLS=20`` kills the writer of every format so many times, instead of a few times that of some.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
from pathlib import Path

import pytest

from exports.formats import FORMATS
from exports.proofs import PROOFS
from exports.writing import write_atomically
from geo.dataset import Dataset, read_dataset
from geo.errors import InputError
from geo.view import View
from tests.small_data import write_small_data

OLD = b"the file that stood there"
TEXTS = {".bib", ".ris", ".txt"}


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Dataset:
    return read_dataset(write_small_data(tmp_path_factory.mktemp("data")))


@pytest.fixture(scope="module")
def contents(small: Dataset) -> dict[str, bytes]:
    """A file of each format."""
    return {suffix: chosen.render(small, View()) for suffix, chosen in FORMATS.items()}


@pytest.mark.parametrize(
    ("name", "limit_bytes", "told"),
    [
        ("map.html", 100_000, "Invalid output 'map.html'. It cannot be written (File too large). Free some space"),
        ("map.gpkg", 30_000, "Invalid folder for temporary files. The file cannot be made there ("),
    ],
)
def test_command_tells_a_full_disk_in_one_line(
    root: Path, tmp_path: Path, name: str, limit_bytes: int, told: str
) -> None:
    (tmp_path / name).write_bytes(OLD)
    done = subprocess.run(
        [sys.executable, root / "atlas.py", "export", name],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit_bytes, limit_bytes)),
    )
    (line,) = done.stderr.splitlines()
    assert told in line
    assert (done.returncode, done.stdout) == (1, "")
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [(name, OLD)]


def test_other_bytes_than_were_written_are_noticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path, read = tmp_path / "x.txt", os.read
    path.write_bytes(OLD)
    monkeypatch.setattr("exports.writing.os.read", lambda *given: read(*given).replace(b"new", b"nEw"))
    with pytest.raises(InputError, match=r"\(what came back from the disk is not what was written\)"):
        write_atomically(path, b"the new file")
    assert [(each.name, each.read_bytes()) for each in tmp_path.iterdir()] == [("x.txt", OLD)]


def test_interrupted_writer_leaves_nothing_behind(tmp_path: Path) -> None:
    def interrupt(_: bytes) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_atomically(tmp_path / "x.txt", b"new", check=interrupt)
    assert list(tmp_path.iterdir()) == []


def test_half_a_file_is_never_written(contents: dict[str, bytes], tmp_path: Path) -> None:
    path = tmp_path / "x.kml"
    with pytest.raises(InputError, match=r"Invalid output '.*x\.kml'\. It cannot be written \("):
        write_atomically(path, contents[".kml"][:-20], check=PROOFS[".kml"])
    assert list(tmp_path.iterdir()) == []


def test_every_format_has_a_proof() -> None:
    assert PROOFS.keys() == FORMATS.keys()


@pytest.mark.parametrize("suffix", sorted(FORMATS.keys() - TEXTS))
def test_proof_tells_a_whole_file_from_a_part(suffix: str, contents: dict[str, bytes]) -> None:
    whole = contents[suffix]
    PROOFS[suffix](whole)
    for part in (whole[: len(whole) // 2], whole[:-9], b""):
        with pytest.raises(ValueError, match=r".*"):
            PROOFS[suffix](part)


@pytest.mark.parametrize("suffix", sorted(TEXTS))
def test_proof_takes_any_text(suffix: str, contents: dict[str, bytes]) -> None:
    PROOFS[suffix](contents[suffix])
    with pytest.raises(ValueError, match="decode"):
        PROOFS[suffix](b"\xff")


def test_file_keeps_its_mode_and_a_link_its_aim(tmp_path: Path) -> None:
    private, link = tmp_path / "private.txt", tmp_path / "link.txt"
    private.write_bytes(OLD)
    private.chmod(0o600)
    link.symlink_to(private)
    assert write_atomically(link, b"new") == link
    assert link.is_symlink()
    assert (private.read_bytes(), private.stat().st_mode & 0o777) == (b"new", 0o600)
    mask = os.umask(0o027)
    try:
        assert write_atomically(tmp_path / "other.txt", b"new").stat().st_mode & 0o777 == 0o640
    finally:
        os.umask(mask)


def test_killed_writer_leaves_the_old_file_or_the_new(root: Path, tmp_path: Path) -> None:
    rounds = os.environ.get("KILLS", "")
    suffixes = list(FORMATS) if rounds else [".geojson", ".kml", ".gpkg", ".csv"]
    command = [sys.executable, "-m", "tests.exports.killed_writer", str(tmp_path), rounds or "8", *suffixes]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    outcomes = [json.loads(line) for line in done.stdout.splitlines()]
    assert [outcome["suffix"] for outcome in outcomes] == suffixes
    assert [outcome for outcome in outcomes if outcome["neither"]] == []
    assert sum(outcome["new"] for outcome in outcomes) > 0
    assert sum(outcome["old"] for outcome in outcomes) > 0


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no device that is always full")
def test_command_tells_that_it_cannot_print(root: Path) -> None:
    with Path("/dev/full").open("w") as full:
        command = [sys.executable, "atlas.py", "check"]
        done = subprocess.run(command, cwd=root, stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    told = "Invalid output. It cannot be written (No space left on device). Choose another place.\n"
    assert (done.returncode, done.stderr) == (1, told)
