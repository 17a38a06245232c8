"""Write ``data/schema.json``, the JSON Schema of the data file. Run it after a change of the models."""

from __future__ import annotations

import json
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from geo.schema import build_schema  # noqa: E402 - the project is run from its folder, not installed


def main() -> None:
    """Write the schema and name its file."""
    path = ROOT / "data" / "schema.json"
    path.write_text(json.dumps(build_schema(), ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    print(path)


if __name__ == "__main__":
    main()
