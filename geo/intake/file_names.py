"""What files are called: suffixes of tables and of archives."""

from __future__ import annotations

from pathlib import PurePath

TABLES = frozenset(
    {
        *("csv", "tsv", "tab", "psv", "ssv", "xlsx", "xlsm", "xls", "geojson", "geojsonl", "geojsons", "json"),
        *("jsonl", "ndjson"),
        *("kmz", "gpkg", "parquet", "geoparquet"),
    }
)
"""Suffixes of what is read where it stands alone in an archive; a text (.txt) only where there is none of them."""

PACKED = frozenset({"zip", "gz", "gzip"})
"""Suffixes of archives that hold one file."""


def stem_of(name: str) -> str:
    """Return a file's name without its suffix, or without both where a table is packed: ``a`` of ``a.csv.zip``."""
    path = PurePath(name.replace("\\", "/"))
    inner = PurePath(path.stem)
    is_packed = path.suffix.lower().removeprefix(".") in PACKED and inner.suffix.lower().removeprefix(".") in TABLES
    return inner.stem if is_packed else path.stem
