"""Put one fault after another into a copy of the project, and see that the tests which guard against it fail.

    python -m tools.plant_faults [WORDS ...]

Words choose the faults whose names hold one of them; without any, all are planted. The copy is made in a temporary
folder; nothing here is changed. Exit code 1 if a fault is not noticed, if its place is no longer found, or if a test
fails without any fault.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tempfile
import time
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LIST = Path(__file__).with_name("planted_faults.toml")
_LEFT_OUT = shutil.ignore_patterns(
    ".git", ".venv", "build", "__pycache__", ".*_cache", ".hypothesis", "benchmarks", "*.log"
)
_TESTS_FAILED = 1
_LONGEST_S = 600


@dataclass(frozen=True, slots=True)
class Fault:
    """A fault that the tests must notice.

    Parameters
    ----------
    name
        What would be wrong.
    file
        Path within the project.
    old, new
        Text that stands in the file once, and what stands there with the fault.
    tests
        What pytest is given: files, or tests in them.
    """

    name: str
    file: str
    old: str
    new: str
    tests: tuple[str, ...]


def read_faults() -> list[Fault]:
    """Read the list of faults."""
    listed = tomllib.loads(LIST.read_text(encoding="utf-8"))["fault"]
    return [Fault(**{**each, "tests": tuple(each["tests"])}) for each in listed]


def count_places(fault: Fault, root: Path = ROOT) -> int:
    """Count the places at which a fault could be planted; a sound list has one for each."""
    path = root / fault.file
    return path.read_text(encoding="utf-8").count(fault.old) if path.is_file() else 0


def plant(fault: Fault, root: Path) -> str:
    """Plant a fault in a copy of the project, run its tests, take it out again and say what became of it."""
    if count_places(fault, root) != 1:
        return "its place was not found"
    path = root / fault.file
    sound = path.read_text(encoding="utf-8")
    path.write_text(sound.replace(fault.old, fault.new), encoding="utf-8")
    try:
        code = _run_tests(fault.tests, root)
    finally:
        path.write_text(sound, encoding="utf-8")
    if code == _TESTS_FAILED:
        return "noticed"
    return "SURVIVED" if code == 0 else f"the tests did not run (pytest ended with {code})"


def _run_tests(tests: Sequence[str], root: Path) -> int:
    command = [sys.executable, "-B", "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", *tests]
    try:
        done = subprocess.run(command, cwd=root, capture_output=True, timeout=_LONGEST_S, check=False)
    except subprocess.TimeoutExpired:
        # a program that hangs is noticed by whoever waits for it
        return _TESTS_FAILED
    return done.returncode


def main(arguments: Sequence[str] | None = None) -> int:
    """Plant faults, print what became of each, and return the exit code."""
    parser = argparse.ArgumentParser(description="Plant faults and see that the tests notice them.")
    parser.add_argument("words", nargs="*", help="plant only faults whose names hold one of these")
    words = parser.parse_args(arguments).words
    faults = [fault for fault in read_faults() if not words or any(word in fault.name for word in words)]
    with tempfile.TemporaryDirectory(prefix="planted-") as folder:
        copy = Path(folder) / "project"
        shutil.copytree(ROOT, copy, ignore=_LEFT_OUT)
        tests = list(dict.fromkeys(test for fault in faults for test in fault.tests))
        if _run_tests(tests, copy):
            print("The tests fail without any fault; mend that first.", file=sys.stderr)
            return 1
        missed = 0
        for number, fault in enumerate(faults, 1):
            began = time.monotonic()
            outcome = plant(fault, copy)
            missed += outcome != "noticed"
            print(f"{number:3}  {outcome:10}  {time.monotonic() - began:5.1f} s  {fault.name}", flush=True)
    print(f"{len(faults) - missed} of {len(faults)} noticed")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
