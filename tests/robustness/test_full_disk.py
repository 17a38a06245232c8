"""A disk that is full at ten moments of writing each format: the old file stays, and nothing is left beside it."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from threading import Event, Thread

import pytest

from exports.formats import FORMATS, write
from exports.proofs import PROOFS
from exports.writing import write_atomically
from geo.dataset import Dataset
from geo.errors import InputError
from geo.model import Source
from geo.view import View

OLD = b"the file that stood there"
DISK_BYTES = 16 << 20
MOST_FILES = 32
# how much of the room that a file needs there is, its maker's temporary files included
SHARES = (0.0, 0.05, 0.1, 0.2, 0.35, 0.5, 0.65, 0.8, 0.9, 0.95)
# of so few sources as the atlas has, these take a page of the disk or two
OF_SOURCES = {".csl.json", ".bib", ".ris", ".txt"}
# their makers have temporary files, and are to be run anew for each share
MADE_ON_DISK = {".pdf", ".gpkg"}
_LOOK_S = 0.0005


@pytest.fixture(scope="module")
def disk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A small file system of its own."""
    place = tmp_path_factory.mktemp("disk")
    # one file more: the folder counts
    size = f"size={DISK_BYTES},nr_inodes={MOST_FILES + 1}"
    try:
        subprocess.run(["mount", "-t", "tmpfs", "-o", size, "tmpfs", str(place)], check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("a small file system cannot be mounted here: that takes root's rights")
    try:
        yield place
    finally:
        subprocess.run(["umount", str(place)], check=True)


@pytest.fixture
def empty_disk(disk: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """That file system with nothing on it; temporary files are made there too."""
    monkeypatch.setattr(tempfile, "tempdir", str(disk))
    yield disk
    for each in disk.iterdir():
        shutil.rmtree(each) if each.is_dir() else each.unlink()


@pytest.fixture(scope="module")
def many_sources(dataset: Dataset) -> Dataset:
    """The packaged data, in which each claim has a source to itself."""
    titles = {source.id: source for source in dataset.sources}
    features, sources = [], list[Source]()
    for feature in dataset.features:
        claims = []
        for claim in feature.claims:
            own = f"source-{len(sources)}"
            sources.append(titles[claim.citation.id].model_copy(update={"id": own}))
            citation = claim.citation.model_copy(update={"id": own})
            claims.append(claim.model_copy(update={"citation": citation}))
        features.append(feature.model_copy(update={"claims": tuple(claims)}))
    return replace(dataset, features=tuple(features), sources=tuple(sources))


@pytest.fixture
def write_it(dataset: Dataset, many_sources: Dataset) -> Callable[[Path, str], None]:
    """Write a file of a format as a reader would; what needs no disk before its bytes stand is made once."""
    made: dict[str, bytes] = {}

    def write_as_asked(path: Path, suffix: str) -> None:
        if suffix in MADE_ON_DISK:
            write(dataset, View(), path)
            return
        if suffix not in made:
            made[suffix] = FORMATS[suffix].render(many_sources if suffix in OF_SOURCES else dataset, View())
        write_atomically(path, made[suffix], check=PROOFS[suffix])

    return write_as_asked


def leave_room(disk: Path, left_bytes: int) -> None:
    stand_in = disk / "filler"
    stand_in.unlink(missing_ok=True)
    stand_in.write_bytes(b"\0" * max(0, free_bytes(disk) - left_bytes))


def free_bytes(disk: Path) -> int:
    room = os.statvfs(disk)
    return room.f_bavail * room.f_frsize


def needed_bytes(disk: Path, work: Callable[[], None]) -> int:
    """The most room that a piece of work takes at any time, as far as it is seen."""
    before, seen, done = free_bytes(disk), list[int](), Event()

    def look() -> None:
        while not done.is_set():
            seen.append(free_bytes(disk))
            time.sleep(_LOOK_S)

    watcher = Thread(target=look)
    watcher.start()
    try:
        work()
    finally:
        done.set()
        watcher.join()
    return before - min(*seen, free_bytes(disk))


def check_told(fault: InputError, path: Path, why: str = "No space left on device") -> None:
    """See that one sentence says which file or folder, why, and what to do, and that a reader would read it."""
    (problem,) = fault.problems
    output = f"Invalid output '{path}'. It cannot be written ({why}). Free some space, or choose another place."
    folder = (
        rf"Invalid folder for temporary files\. The file cannot be made there \(({re.escape(why)}"
        r"|.{5,120}; \d\.\d MB are free there)\)\. Free some space, or name another folder in the variable TMPDIR\."
    )
    assert problem.message == output or re.fullmatch(folder, problem.message), problem.message


@pytest.mark.parametrize("suffix", FORMATS)
def test_full_disk_keeps_the_old_file(empty_disk: Path, write_it: Callable[[Path, str], None], suffix: str) -> None:
    path, page_bytes = empty_disk / f"atlas{suffix}", os.sysconf("SC_PAGE_SIZE")
    path.write_bytes(OLD)
    needed_pages = needed_bytes(empty_disk, lambda: write_it(path, suffix)) // page_bytes
    pages = [int(needed_pages * share) for share in SHARES]
    assert len(set(pages)) == len(SHARES) == 10, "the file is too small to be cut so often"
    for left in pages:
        path.write_bytes(OLD)
        leave_room(empty_disk, left * page_bytes)
        with pytest.raises(InputError) as refused:
            write_it(path, suffix)
        check_told(refused.value, path)
        assert sorted(each.name for each in empty_disk.iterdir()) == [path.name, "filler"], left
        assert path.read_bytes() == OLD
    (empty_disk / "filler").unlink()
    write_it(path, suffix)
    PROOFS[suffix](path.read_bytes())
    assert list(empty_disk.iterdir()) == [path]


@pytest.mark.parametrize("suffix", [".kml", ".gpkg"])
def test_disk_without_room_for_a_name(empty_disk: Path, write_it: Callable[[Path, str], None], suffix: str) -> None:
    path = empty_disk / f"atlas{suffix}"
    path.write_bytes(OLD)
    others = [empty_disk / str(number) for number in range(MOST_FILES - 1)]
    for other in others:
        other.touch()
    with pytest.raises(InputError) as refused:
        write_it(path, suffix)
    check_told(refused.value, path)
    assert set(empty_disk.iterdir()) == {path, *others}
    assert path.read_bytes() == OLD
