"""Scripts that write files of the project tell what they do where they are asked, and write nothing then."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

WRITTEN = {"make_names": "data/names.json", "make_schema": "data/schema.json", "picture_map": "docs/map.png"}


@pytest.mark.parametrize(("tool", "file"), WRITTEN.items(), ids=WRITTEN)
def test_a_question_writes_nothing(root: Path, tool: str, file: str) -> None:
    before = (root / file).stat().st_mtime_ns
    command = [sys.executable, "-m", f"tools.{tool}", "--help"]
    answer = subprocess.run(command, cwd=root, capture_output=True, text=True, timeout=120, check=True)
    assert file in answer.stdout
    assert (root / file).stat().st_mtime_ns == before
