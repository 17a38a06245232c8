"""Sound files changed by chance: each is taken or refused in words, none harms the process, and no row is lost."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from collections import Counter
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tests.robustness.hostile_strings import FUZZ
from tests.robustness.mutation_worker import write_files
from tests.robustness.mutations import File, mutate, own_files, public_files
from tests.robustness.string_events import events_of

COUNT = int(os.environ.get("MUTATIONS") or (10_000 if FUZZ else 150))
FIRST = int(os.environ.get("FIRST_MUTATION") or 0)


def _package_with_a_broken_name() -> bytes:
    with closing(sqlite3.connect(":memory:")) as database:
        database.executescript("CREATE TABLE gpkg_contents (table_name); CREATE TABLE broken (id);")
        return database.serialize().replace(b"broken", b"brok\xcen")


ONCE_FAILED: tuple[File, ...] = (("one-letter.csv", b"i"), ("name.gpkg", _package_with_a_broken_name()))
"""Files that once failed, cut down to what did it."""


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> list[File]:
    names = ["Gate", "رفح", "=1+1", "<b>", "El Arish", "a, b; c", '"quoted"', "two\nlines"]
    return own_files(events_of(names, fatalities=list(range(8))), tmp_path_factory.mktemp("own"))


@pytest.fixture(scope="module")
def sound_files(own: list[File]) -> list[File]:
    folder = os.environ.get("BAD_INPUTS")
    return own + (public_files(Path(folder)) if folder else [])


def examined(root: Path, folder: Path, first: int, count: int) -> list[dict[str, Any]]:
    """What became of so many files, by two processes at once."""
    half = (count + 1) // 2
    command = [sys.executable, "-m", "tests.robustness.mutation_worker", str(folder)]
    parts = [(first, half), (first + half, count - half)]
    workers = [
        subprocess.Popen([*command, *map(str, part)], cwd=root, stdout=subprocess.PIPE, text=True) for part in parts
    ]
    lines = [line for worker in workers for line in worker.communicate()[0].splitlines()]
    assert [worker.returncode for worker in workers] == [0, 0]
    return [json.loads(line) for line in lines]


@pytest.fixture(scope="module")
def told(
    root: Path, own: list[File], sound_files: list[File], tmp_path_factory: pytest.TempPathFactory
) -> list[dict[str, Any]]:
    """What became of the changed files, and of those that are read as they are, which have numbers below nought."""
    folder, kept = tmp_path_factory.mktemp("files"), [*own, *ONCE_FAILED]
    write_files(folder, "sound", sound_files)
    write_files(folder, "kept", kept)
    first = FIRST or -len(kept)
    return examined(root, folder, first, COUNT - min(first, 0))


def test_sound_files_are_taken(told: list[dict[str, Any]], own: list[File]) -> None:
    names = {name for name, _ in own}
    found = {each["name"]: each.get("outcome", each) for each in told if each["seed"] < 0 and each["name"] in names}
    assert {name: what for name, what in found.items() if what not in {"accepted", "accepted-with-changes"}} == {}


def test_changed_files_are_taken_or_refused(
    told: list[dict[str, Any]], sound_files: list[File], tmp_path: Path
) -> None:
    failed = [each for each in told if "failure" in each]
    for each in failed:
        (tmp_path / f"{each['seed']}-{each['name']}").write_bytes(mutate(each["seed"], sound_files)[1])
    told_of = [f"{each['seed']} {each['name']}: {each['failure'].strip()[-300:]}" for each in failed]
    assert not failed, "\n".join([f"the files are kept in {tmp_path}", *told_of])
    changed = [each for each in told if each["seed"] >= 0]
    assert len(changed) == COUNT
    # chance that never gets past the front door, or never does harm, tests nothing
    outcomes = Counter(each["outcome"] for each in changed)
    assert outcomes["refused"] > COUNT / 10
    assert outcomes["accepted"] + outcomes["accepted-with-changes"] > COUNT / 10


def test_one_number_makes_one_file(sound_files: list[File]) -> None:
    assert mutate(7, sound_files) == mutate(7, sound_files)
    assert len({mutate(seed, sound_files) for seed in range(50)}) > 40
