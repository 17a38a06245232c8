from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

SCRIPT = """
import json, sys
from exports.formats import FORMATS
from exports.warming import warm
from geo.dataset import read_dataset
from geo.view import View
warm()
known = {name.partition(".")[0] for name in sys.modules}
dataset = read_dataset()
for suffix in (".pptx", ".png", ".svg", ".pdf", ".parquet", ".kml"):
    FORMATS[suffix].render(dataset, View())
print(json.dumps(sorted({name.partition(".")[0] for name in sys.modules} - known)))
"""


def test_no_library_is_left_to_be_loaded_by_the_first_file(root: Path) -> None:
    told = subprocess.run([sys.executable, "-c", SCRIPT], cwd=root, capture_output=True, text=True, check=True).stdout
    assert [name for name in json.loads(told) if not name.startswith("_") and name not in sys.stdlib_module_names] == []
