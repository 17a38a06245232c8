from __future__ import annotations

import random
import re
import shutil
import subprocess
import zipfile
from dataclasses import replace
from pathlib import Path

import geopandas as gpd
import pytest

from exports.table import render_csv
from geo.dataset import read_dataset
from geo.events import read_events
from geo.view import View
from tests.small_data import write_small_data

STARTS = (
    "=",
    "+",
    "-",
    "@",
    "\t=",
    "\r=",
    "\n=",
    " =",
    "\u00a0=",
    "\ufeff=",
    "\u200b=",
    "＝",
    "＋",
    "－",
    "＠",
    "'=",
    '"=',
    ";=",
    ",=",
)
FORMULAS = (
    "1+1",
    'HYPERLINK("https://example.org";"x")',
    "cmd|' /C calc'!A0",
    'DDE("soffice";"x";"y")',
    "SUM(A1:A9)",
    "{=1+1}",
    "2*3",
    "A1",
    'WEBSERVICE("https://example.org")',
)
COUNT = 1000


def hostile_strings() -> list[str]:
    draw = random.Random(7)
    return [
        f"{draw.choice(STARTS)}{draw.choice(FORMULAS)}{draw.choice(['', ' ', chr(34), ',', ';', chr(10)])}"
        for _ in range(COUNT)
    ]


def test_no_cell_of_a_thousand_hostile_ones_is_a_formula_in_libreoffice(tmp_path: Path) -> None:
    if shutil.which("soffice") is None:
        pytest.skip("LibreOffice is not here: it would open the table")
    texts = hostile_strings()
    table = {
        "id": [f"e{number}" for number in range(COUNT)],
        "name": texts,
        "theme": ["events"] * COUNT,
        "when": [""] * COUNT,
        "statement": texts[::-1],
        "source": texts,
        "locator": texts,
    }
    events = read_events(
        gpd.GeoDataFrame(table, geometry=gpd.points_from_xy([34.2] * COUNT, [31.3] * COUNT), crs="OGC:CRS84")
    )
    dataset = replace(read_dataset(write_small_data(tmp_path / "data")), events=events.events)
    (tmp_path / "claims.csv").write_bytes(render_csv(dataset, View()))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "ods", "--outdir", str(tmp_path), "claims.csv"]
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True, timeout=120)
    with zipfile.ZipFile(tmp_path / "claims.ods") as archive:
        content = archive.read("content.xml").decode()
    assert content.count("<table:table-row") >= COUNT
    assert re.findall(r"table:formula=\"[^\"]*\"", content) == []
    # numbers stay numbers
    assert 'office:value="34.2"' in content
