"""Very long texts in any column: they are looked at in time that grows with their length alone."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

LETTERS = 300_000
# the square of the letters would take minutes
LONGEST_S = 60
CODE = f"""
import sys
from contextlib import suppress

from geo.errors import InputError
from geo.intake.loading import load
from geo.intake.rows import ColumnRows, Parsed, RawLayer

text = sys.argv[1]
long = (text * ({LETTERS} // len(text)))[:{LETTERS}] + "x"
names = ("id", "lat", "lon", "date", "name", "kind", "precision", "notes", "wkt", "geometry", "coordinates",
    "NS", "zone", "place_lat")
for column in names[1:]:
    values = {{"id": "1", "lat": "31", "lon": "34", column: long}}
    rows = ColumnRows({{name: [value] for name, value in values.items()}}, [1], [2])
    with suppress(InputError):
        load(Parsed("csv", (RawLayer("", tuple(values), rows),), (), (), (), 1), "a.csv")
"""


@pytest.mark.parametrize("text", [" ", "33° ", "2015-", "POINT (", "SRID=4326; ", "1,"])
def test_a_very_long_text_is_looked_at(root: Path, text: str) -> None:
    command = [sys.executable, "-c", CODE, text]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, timeout=LONGEST_S, check=False)
    assert done.returncode == 0, done.stderr[-2000:]


READING = f"""
import sys
from contextlib import suppress

from geo.errors import InputError
from geo.intake.limits import Limits
from geo.intake.loading import load
from geo.intake.reading.upload import read_upload

text = sys.argv[1]
long = '"' + (text * ({LETTERS} // len(text)))[:{LETTERS}] + 'x"'
for table in (
    f"{{long}},b\\n{{long}},c\\n",
    f"lat,lon,{{long}}\\n{{long}},31.2,34.2,1\\nb,31.2,34.2,2\\n",
    f"title\\nid,lat,lon\\n1,31.2,{{long}}\\n{{long}}\\n",
    f"id,lat,lon,start,end\\n1,31,34,{{long}},{{long}}\\n2,31,34,2025-05-16,{{long}}\\n",
    f"id,lat,lon,Year,Month,Day\\n1,31,34,2015,{{long}},{{long}}\\n2,31,34,2015,May,1\\n3,31,34,2015,May,1\\n",
):
    with suppress(InputError):
        load(read_upload(table.encode(), "a.csv", Limits()), "a.csv")
"""


@pytest.mark.parametrize("text", [" ", ": ", "POINT (", "2025-05-16 ", "12:30 ", "1,"])
def test_a_very_long_text_is_read_in_any_line(root: Path, text: str) -> None:
    command = [sys.executable, "-c", READING, text]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, timeout=LONGEST_S, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
