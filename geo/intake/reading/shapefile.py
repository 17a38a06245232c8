"""Shapefiles in a zip archive, unpacked in memory; each is a layer."""

from __future__ import annotations

import io
import struct
import zipfile
from collections import Counter
from contextlib import nullcontext
from dataclasses import dataclass
from typing import Any

import shapefile
from shapely.geometry.base import BaseGeometry

from geo.intake.reading.archives import LEFT_ASIDE, is_hidden, open_archive, read_entry
from geo.intake.reading.crs_names import TAKEN, recognise_crs
from geo.intake.reading.dbf_languages import find_language, guess_language
from geo.intake.reading.dbf_records import STARS, DbfError, DbfTable, open_table
from geo.intake.reading.field_names import name_fields
from geo.intake.reading.gathering import GatheredLayer, Gathering
from geo.intake.reading.shapes import NO_HEIGHTS, Mend, ShapeError, build_shape
from geo.intake.reading.shp_records import ShpError, ShpRecord, find_records
from geo.intake.refusing import unreadable
from geo.wording import show_value

_MAX_ENCODING_LENGTH = 20
_KIND_PLACE = 32
_DELETED = "The row is marked as deleted in the .dbf."
_MULTIPATCH = "A MultiPatch is a surface in space, and such shapes are not read."
_UNDRAWN = frozenset({shapefile.NULL, shapefile.MULTIPATCH})
# escapes of encodings that are none of a .dbf
_PROBE = bytes(range(32, 127)) + rb"\x41\u0041+AKM-"
_FAULTS = (
    shapefile.ShapefileException, shapefile.GeoJSON_Error, shapefile.RingSamplingError, struct.error, ValueError,
    IndexError, KeyError, TypeError, OSError, AssertionError, AttributeError,
)  # fmt: skip
"""What pyshp raises at damaged shapes."""


@dataclass(frozen=True, slots=True)
class _Parts:
    """What stands beside each other in a Shapefile: shapes, where they lie, and the table, if there is one."""

    shapes: shapefile.ShpReader
    records: list[ShpRecord]
    table: DbfTable | None


def read_rows(data: bytes, gathering: Gathering) -> None:
    """Read all Shapefiles of a zip archive.

    Raises
    ------
    InputError
        If the archive or its only Shapefile is damaged, or a limit is reached.
    """
    archive = open_archive(data, gathering.limits)
    # by their paths without the suffix, in whatever case
    files = [entry.filename for entry in archive.infolist() if not entry.is_dir() and not is_hidden(entry.filename)]
    entries = {file.lower(): file for file in files}
    stems = [name.removesuffix(".shp") for name in entries if name.endswith(".shp")]
    gathering.expect_layers(len(stems))
    for stem in stems:
        with gathering.part(entries[f"{stem}.shp"]) if len(stems) > 1 else nullcontext():
            _read_one(archive, entries, stem, gathering)
    parts = tuple(f"{stem}." for stem in stems)
    others = [name for name in entries if not name.startswith(parts)]
    if others:
        gathering.note(LEFT_ASIDE.format(len(others)))


def _read_one(archive: zipfile.ZipFile, entries: dict[str, str], stem: str, gathering: Gathering) -> None:
    shown = show_value(entries[f"{stem}.shp"])
    parts = {
        kind: read_entry(archive, entries[f"{stem}.{kind}"], gathering.limits)
        for kind in ("shp", "shx", "dbf", "prj", "cpg")
        if f"{stem}.{kind}" in entries
    }
    if "dbf" not in parts:
        gathering.note(f"The Shapefile '{shown}' has no .dbf beside it: its rows have no values.")
    crs = _read_crs(parts, shown, gathering)
    layer = gathering.open_layer(entries[f"{stem}.shp"].rpartition("/")[2][:-4], crs, has_geometry=True)
    try:
        table = open_table(parts["dbf"], _find_encoding(parts, gathering)) if "dbf" in parts else None
        records = find_records(parts["shp"], parts.get("shx"), table.count if table else None)
    except (DbfError, ShpError) as error:
        raise unreadable(f"The Shapefile '{shown}' is damaged ({error})", "Save it again") from error
    if shapefile.POINTZ <= struct.unpack_from("<i", parts["shp"], _KIND_PLACE)[0] < shapefile.MULTIPATCH:
        gathering.note(NO_HEIGHTS)  # its positions are read without them
    if table is not None and table.count != len(records):
        _tell_lengths(shown, table.count, len(records), gathering)
    _read_all(_Parts(shapefile.ShpReader(io.BytesIO(parts["shp"])), records, table), layer)


def _tell_lengths(shown: str, rows: int, shapes: int, gathering: Gathering) -> None:
    lacks = "places" if rows > shapes else "values"
    gathering.note(
        f"The Shapefile '{shown}' has {shapes:,} shapes (.shp) and {rows:,} rows of values (.dbf): "
        f"its rows from {min(rows, shapes) + 1:,} on have no {lacks}. Look whether its parts belong together."
    )


def _read_all(parts: _Parts, layer: GatheredLayer) -> None:
    table = parts.table
    names = name_fields([field.name for field in table.fields], layer) if table else []
    stars = Counter[str]()
    for place in range(max(len(parts.records), table.count if table else 0)):
        number = layer.count()
        record = table.read_record(place) if table and place < table.count else None
        values = dict(zip(names, record.values, strict=True)) if record else {}
        if record and record.is_deleted:
            told = " | ".join(str(value) for value in record.values if value not in {None, ""})
            layer.set_aside(number, "", told, _DELETED, "Restore it where the file was made, or leave it out for good.")
            continue
        mends: list[Mend] = []
        try:
            geometry = _build(parts, place, mends) if place < len(parts.records) else None
        except ShapeError as error:
            layer.refuse(number, "geometry", error.value, error.reason, error.remedy)
            continue
        for old, new, reason in mends:
            layer.change(number, "geometry", old, new, reason)
        for doubt in record.doubts if record else ():
            name = names[doubt.place]
            if doubt.reason == STARS:
                stars[name] += 1
            else:
                layer.change(number, name, doubt.old, values[name], doubt.reason)
        if names and record is None:
            layer.change(number, "", "", "no values", "The .dbf ends before this row")
        layer.keep(number, values, geometry)
    for name, rows in stars.items():
        layer.change(0, name, "*", "", f"{STARS} ({rows:,} {'row' if rows == 1 else 'rows'})")


def _build(parts: _Parts, place: int, mends: list[Mend]) -> BaseGeometry | None:
    record = parts.records[place]
    try:
        shape = parts.shapes.shape(place, record.offset, record.length)
        assert shape is not None  # only a box would leave it out
        written = None if shape.shapeType in _UNDRAWN else shape.__geo_interface__
    except _FAULTS as error:
        raise ShapeError("", "The shape is damaged.", "Save the Shapefile again.") from error
    if shape.shapeType == shapefile.MULTIPATCH:
        raise ShapeError("MultiPatch", _MULTIPATCH, "Save the layer as polygons.")
    return build_shape(written["type"], _listed(written["coordinates"]), mends) if written else None


def _listed(value: Any) -> Any:
    """Bring nested tuples to lists, and numbers that stand for none (measures) out of positions."""
    if isinstance(value, list | tuple) and value and isinstance(value[0], int | float):
        return [number for number in value[:3] if number is not None]
    if isinstance(value, list | tuple):
        return [_listed(part) for part in value]
    return value


def _read_crs(parts: dict[str, bytes], shown: str, gathering: Gathering) -> str | None:
    if "prj" not in parts:
        gathering.note(f"The Shapefile '{shown}' has no .prj beside it: it states no coordinate reference system.")
        return None
    known = recognise_crs(parts["prj"].decode("utf-8-sig", "replace"))
    if known is None:
        gathering.note(f"The coordinate reference system of the Shapefile '{shown}' (.prj) is unknown. {TAKEN}")
    return known


def _find_encoding(parts: dict[str, bytes], gathering: Gathering) -> str:
    named = parts.get("cpg", b"").decode("ascii", "ignore").strip()[:_MAX_ENCODING_LENGTH]
    spellings = (named, f"cp{named}", f"iso8859-{named.removeprefix('8859')}", named.replace("ANSI ", "cp"))
    known = next((name for name in spellings if named and _holds_ascii(name)), "")
    if known:
        return known
    try:
        parts["dbf"][32:].decode("utf-8")
        encoding = told = "utf-8"
    except UnicodeDecodeError:
        told = find_language(parts["dbf"])
        encoding = told or guess_language(parts["dbf"])
    if named:
        gathering.note(
            f"The Shapefile names an encoding that is not known here (.cpg, '{show_value(named)}'); "
            f"it was read as {encoding}. Look at accented letters."
        )
    elif not told:
        gathering.note(
            f"The Shapefile does not say its encoding (.cpg); it was read as {encoding}. Look at accented letters."
        )
    elif told != "utf-8":
        gathering.note(f"The Shapefile has no .cpg beside it; it was read as {told}, which its .dbf names.")
    return encoding


def _holds_ascii(encoding: str) -> bool:
    """Tell whether an encoding is known and leaves the letters of ASCII as they are, as those of a .dbf do."""
    try:
        b"\xff".decode(encoding, "replace")
        return _PROBE.decode(encoding) == _PROBE.decode("ascii")
    except (LookupError, ValueError):
        return False
