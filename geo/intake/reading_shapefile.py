"""Shapefiles in a zip archive, unpacked in memory; each is a layer."""

from __future__ import annotations

import io
import struct
import zipfile
from typing import Any

import shapefile
from shapely.geometry.base import BaseGeometry

from geo.errors import InputError
from geo.intake.archives import LEFT_ASIDE, is_hidden, open_archive, read_entry
from geo.intake.crs_names import recognise_crs
from geo.intake.gathering import GatheredLayer, Gathering
from geo.intake.limits import limit_error
from geo.intake.refusing import first_line, unreadable
from geo.intake.shapes import Mend, ShapeError, build_shape
from geo.wording import show_value

_MAX_ENCODING_LENGTH = 20
_FAULTS = (
    shapefile.ShapefileException, struct.error, ValueError, IndexError, KeyError, TypeError, OSError, AssertionError,
    LookupError, AttributeError,
)  # fmt: skip
"""What pyshp raises at damaged files."""


def read_rows(data: bytes, gathering: Gathering) -> None:
    """Read all Shapefiles of a zip archive.

    Raises
    ------
    InputError
        If the archive or a Shapefile in it is damaged, a part is missing, or a limit is reached.
    """
    archive = open_archive(data, gathering.limits)
    # by their paths without the suffix, in whatever case
    entries = {entry.filename.lower(): entry.filename for entry in archive.infolist() if not entry.is_dir()}
    stems = [name.removesuffix(".shp") for name in entries if name.endswith(".shp") and "__macosx" not in name]
    for stem in stems:
        _read_one(archive, entries, stem, gathering)
    parts = tuple(f"{stem}." for stem in stems)
    others = [name for name, entry in entries.items() if not name.startswith(parts) and not is_hidden(entry)]
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
    encoding = _find_encoding(parts, gathering)
    streams = {kind: io.BytesIO(parts[kind]) for kind in ("shp", "shx", "dbf") if kind in parts}
    try:
        with shapefile.Reader(**streams, encoding=encoding, encodingErrors="replace") as reader:
            if len(reader) > gathering.limits.features:
                raise limit_error("features", gathering.limits)
            names = [field[0] for field in reader.fields if field[0] != "DeletionFlag"] if "dbf" in parts else []
            layer.add_fields(names)
            _read_all(reader, names, layer)
    except InputError:
        raise
    except _FAULTS as error:
        raise unreadable(f"The Shapefile '{shown}' is damaged ({first_line(error)})", "Save it again") from error


def _read_all(reader: shapefile.Reader, names: list[str], layer: GatheredLayer) -> None:
    shapes = reader.iterShapes()
    records = reader.iterRecords() if names else None
    for shape in shapes:
        number = layer.count()
        record = next(records, None) if records is not None else None
        values = {} if record is None else dict(zip(names, record, strict=False))
        if any("\ufffd" in value for value in values.values() if isinstance(value, str)):
            name = next(key for key, value in values.items() if isinstance(value, str) and "\ufffd" in value)
            layer.change(number, name, "", values[name], "Bytes that are none of its encoding were replaced")
        mends: list[Mend] = []
        try:
            geometry = _build(shape, mends)
        except ShapeError as error:
            layer.refuse(number, "geometry", error.value, error.reason, error.remedy)
            continue
        for old, new, reason in mends:
            layer.change(number, "geometry", old, new, reason)
        layer.keep(number, values, geometry)


def _build(shape: Any, mends: list[Mend]) -> BaseGeometry | None:
    if shape.shapeType == shapefile.NULL:
        return None
    try:
        written = shape.__geo_interface__
    except _FAULTS as error:
        raise ShapeError("", "The shape is damaged.", "Save the Shapefile again.") from error
    return build_shape(written["type"], _listed(written["coordinates"]), mends)


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
        gathering.note(f"The coordinate reference system of the Shapefile '{shown}' (.prj) is unknown.")
    return known


def _find_encoding(parts: dict[str, bytes], gathering: Gathering) -> str:
    named = parts.get("cpg", b"").decode("ascii", "ignore").strip()[:_MAX_ENCODING_LENGTH]
    for name in (named, f"cp{named}", named.replace("ANSI ", "cp")):
        try:
            "".encode(name)
        except (LookupError, ValueError):
            continue
        if name:
            return name
    dbf = parts.get("dbf", b"")
    try:
        dbf[32:].decode("utf-8")
    except UnicodeDecodeError:
        gathering.note(
            "The Shapefile does not say its encoding (.cpg); it was read as cp1252. Look at accented letters."
        )
        return "cp1252"
    return "utf-8"
