"""Hostile strings in a real spreadsheet program: no cell of an exported table becomes a formula."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from exports.formats import FORMATS
from geo.view import View
from tests.robustness.hostile_strings import sample
from tests.robustness.string_events import events_of

# fields between commas, quoted by double quotes, UTF-8, from the first line; numbers found in any cell
_FILTER = "CSV:44,34,76,1,,0,false,true,false"


@pytest.fixture(scope="module")
def soffice() -> str:
    found = shutil.which("soffice")
    if found is None:
        pytest.skip("LibreOffice is not here: it would open the table")
    return found


def opened_as(soffice: str, folder: Path) -> dict[str, str]:
    """The tables of a folder as LibreOffice sees them, as flat OpenDocument text by name."""
    command = [soffice, "--headless", f"-env:UserInstallation={(folder / 'profile').as_uri()}"]
    command += [f"--infilter={_FILTER}", "--convert-to", "fods", "--outdir", str(folder)]
    subprocess.run([*command, *map(str, folder.glob("*.csv"))], check=True, capture_output=True, timeout=240)
    seen = {path.stem: path.read_text(encoding="utf-8") for path in folder.glob("*.fods")}
    if not seen:
        pytest.skip("LibreOffice is here without Calc, which would open the table")
    return seen


def test_no_cell_is_a_formula(soffice: str, strings: list[str], tmp_path: Path) -> None:
    # size is not what a formula is about
    some = [text for text in sample(strings, 1000) if len(text) < 1000]
    (tmp_path / "table.csv").write_bytes(FORMATS[".csv"].render(events_of(some), View()))
    (tmp_path / "unguarded.csv").write_text("words,=1+1\n", encoding="utf-8")
    seen = opened_as(soffice, tmp_path)
    assert "table:formula" in seen["unguarded"], "the trap is broken: an unguarded formula was not seen"
    assert "table:formula" not in seen["table"]
    assert seen["table"].count("<table:table-row") > len(some) / 2
