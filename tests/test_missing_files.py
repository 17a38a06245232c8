"""A file of the atlas's own that is missing or damaged is told in one sentence; missing letters cost no map."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest


@pytest.fixture(scope="module")
def trials(root: Path, tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, object]]:
    """What became of each trial, in a copy of the atlas."""
    copy = tmp_path_factory.mktemp("copy")
    shutil.copy(root / "atlas.py", copy)
    for folder in (*(path.parent for path in root.glob("*/__init__.py")), root / "data", root / "tests"):
        shutil.copytree(folder, copy / folder.name, ignore=shutil.ignore_patterns("__pycache__"), dirs_exist_ok=True)
    command = [sys.executable, "-m", "tests.missing_files"]
    done = subprocess.run(command, cwd=copy, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_missing_or_damaged_file_is_told_in_a_sentence(trials: list[dict[str, object]]) -> None:
    wrong = [
        trial
        for trial in trials
        if not str(trial["file"]).endswith(".woff2")
        and (trial["code"] != 1 or str(trial["told"]).count("\n") != 1 or str(trial["file"]) not in str(trial["told"]))
    ]
    assert wrong == []
    own = [str(trial["told"]) for trial in trials if not str(trial["file"]).startswith("data/")]
    assert len(own) > 40
    for told in own:
        assert re.search(r"Invalid (installation|PDF)\. .*(nstall the atlas again)", told), told


def test_missing_letters_cost_no_map(trials: list[dict[str, object]]) -> None:
    fonts = [trial for trial in trials if str(trial["file"]).endswith(".woff2")]
    assert len(fonts) == 4
    for trial in fonts:
        assert trial["code"] == 0
        assert f"'{trial['file']}' is " in str(trial["told"])
        assert "The reader's own fonts are used." in str(trial["told"])
