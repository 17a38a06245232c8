"""A writer that is killed at random moments: ``python -m tests.exports.killed_writer FOLDER ROUNDS SUFFIX …``.

For each format it writes a file whole, then over it in a process of its own that gets SIGKILL somewhere on the way: now
and then while the file is made, else while it is written. What stands there then must be one of two files, whole. A
line of JSON a format tells how often it was the old file, how often the new one, how often neither.
"""

from __future__ import annotations

import json
import os
import random
import signal
import sys
import time
from pathlib import Path

from exports.formats import FORMATS, write
from exports.proofs import PROOFS
from exports.writing import write_atomically
from geo.dataset import read_dataset
from geo.view import View


def kill_on_the_way(work: object, after_s: float) -> None:
    """Run a piece of work in a process of its own, and kill that."""
    child = os.fork()
    if child == 0:
        assert callable(work)
        work()
        os._exit(0)
    time.sleep(after_s)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)


def try_format(suffix: str, folder: Path, rounds: int, chance: random.Random) -> dict[str, int]:
    """Write a format so many times, killed each time, and count what stood there."""
    dataset, path = read_dataset(), folder / f"atlas{suffix}"
    views = [View(), View(themes=("border", "places"))]
    contents = [FORMATS[suffix].render(dataset, view) for view in views]
    begun = time.perf_counter()
    write(dataset, views[0], path)
    takes_s = time.perf_counter() - begun

    def make_and_write() -> None:
        write(dataset, views[1], path)

    def write_for_ever() -> None:
        while True:
            for content in contents:
                write_atomically(path, content, check=PROOFS[suffix])

    outcomes = {"old": 0, "new": 0, "neither": 0}
    for number in range(rounds):
        write_atomically(path, contents[0])
        if number % 4 == 0:
            kill_on_the_way(make_and_write, chance.uniform(0, 1.2 * takes_s))
        else:
            kill_on_the_way(write_for_ever, chance.uniform(0, 0.05))
        stands = path.read_bytes() if path.exists() else b""
        # what holds the time of its making differs from what was made before: it is whole if it can be read
        is_new = stands == contents[1] or is_whole(suffix, stands)
        outcomes["old" if stands == contents[0] else "new" if is_new else "neither"] += 1
    return outcomes


def is_whole(suffix: str, content: bytes) -> bool:
    """Tell whether the format's reader finds nothing missing."""
    try:
        PROOFS[suffix](content)
    except ValueError:
        return False
    return bool(content)


def main(folder: str, rounds: str, *suffixes: str) -> None:
    """Try each format."""
    chance = random.Random(20261122)
    for suffix in suffixes:
        outcomes = try_format(suffix, Path(folder), int(rounds), chance)
        sys.stdout.write(json.dumps({"suffix": suffix, **outcomes}) + "\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
