"""Is a file what its suffix says? Each format read back by the cheapest reader that would notice half a file."""

from __future__ import annotations

import io
import json
import sqlite3
import zipfile
from collections.abc import Callable, Mapping
from contextlib import closing
from types import MappingProxyType
from xml.parsers import expat


def _prove_json(content: bytes) -> None:
    json.loads(content)


def _prove_xml(content: bytes) -> None:
    try:
        expat.ParserCreate().Parse(content, True)
    except expat.ExpatError as error:
        raise ValueError(str(error)) from error


def _prove_archive(content: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            broken = archive.testzip()
    except zipfile.BadZipFile as error:
        raise ValueError(str(error)) from error
    _require(broken is None, "a part of the archive is broken")


def _prove_table(content: bytes) -> None:
    text = content.decode("utf-8")
    # a quotation mark within a cell is doubled (RFC 4180, section 2)
    _require(text.endswith("\n") and text.count('"') % 2 == 0, "its last row is not whole")


def _prove_package(content: bytes) -> None:
    # page size and number of pages, as the header tells them (SQLite's file format, section 1.3)
    size, pages = int.from_bytes(content[16:18], "big"), int.from_bytes(content[28:32], "big")
    _require(content.startswith(b"SQLite format 3\0") and len(content) == size * pages, "its end is missing")
    with closing(sqlite3.connect(":memory:")) as database:
        try:
            database.deserialize(content)
            (verdict,) = database.execute("PRAGMA quick_check(1)").fetchone()
        except sqlite3.Error as error:
            raise ValueError(str(error)) from error
    _require(verdict == "ok", "the database is broken")


def _prove_text(content: bytes) -> None:
    content.decode("utf-8")


def _prove_ends(start: bytes, end: bytes) -> Callable[[bytes], None]:
    def prove(content: bytes) -> None:
        _require(content.startswith(start) and content.rstrip().endswith(end), "its beginning or end is missing")

    return prove


def _require(is_so: bool, fault: str) -> None:
    if not is_so:
        raise ValueError(fault)


PROOFS: Mapping[str, Callable[[bytes], None]] = MappingProxyType(
    {
        ".html": _prove_ends(b"<!DOCTYPE html>", b"</html>"),
        ".csv": _prove_table,
        ".geojson": _prove_json,
        ".pptx": _prove_archive,
        # a picture's last chunk is its end mark and that mark's checksum (PNG, third edition, section 11.2.5)
        ".png": _prove_ends(b"\x89PNG\r\n\x1a\n", b"IEND\xaeB`\x82"),
        ".svg": _prove_xml,
        ".pdf": _prove_ends(b"%PDF-", b"%%EOF"),
        ".gpkg": _prove_package,
        ".parquet": _prove_ends(b"PAR1", b"PAR1"),
        ".kml": _prove_xml,
        ".kmz": _prove_archive,
        ".lpf.json": _prove_json,
        ".anno.jsonld": _prove_json,
        ".csl.json": _prove_json,
        ".bib": _prove_text,
        ".ris": _prove_text,
        ".txt": _prove_text,
    }
)
"""By suffix; each raises ``ValueError`` with what is wrong, in a few words."""
