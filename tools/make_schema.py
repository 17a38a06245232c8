"""Write ``data/schema.json``, the JSON Schema of the data file; after a change of the models.

Run: ``python -m tools.make_schema``.
"""

from __future__ import annotations

import argparse
import json

from geo.dataset import PACKAGED_DATA
from geo.schema import build_schema


def main() -> None:
    """Write the schema and name its file."""
    argparse.ArgumentParser(description="Write data/schema.json from the models.").parse_args()
    path = PACKAGED_DATA / "schema.json"
    path.write_text(json.dumps(build_schema(), ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    print(path)


if __name__ == "__main__":
    main()
