"""GeoPackage, read as the SQLite database that it is: tables only, in memory, with no function that reaches out."""

from __future__ import annotations

import sqlite3
import struct
import time
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from typing import Any

from shapely.geometry.base import BaseGeometry

from geo.errors import InputError
from geo.intake.limits import Limits, limit_error
from geo.intake.reading.crs_names import TAKEN, recognise_crs
from geo.intake.reading.gathering import GatheredLayer, Gathering
from geo.intake.reading.shapes import Mend, ShapeError
from geo.intake.reading.wkb import read_wkb
from geo.intake.refusing import first_line, unreadable
from geo.wording import show_value

_MAX_VALUE_BYTES = 20_000_000
_MAX_STATEMENT_BYTES = 100_000
_MOST_TOLD = 10
_STEPS_BETWEEN_LOOKS = 10_000
_ENVELOPE_BYTES = (0, 32, 48, 48, 64)
_OWN = ("gpkg_", "sqlite_", "rtree_", "layer_styles", "android_metadata", "ogr_", "qgis_projects")
_TRUTHS = "BOOLEAN"
# bytes 18 and 19 of the header: a rollback journal, as a database in memory has it
_JOURNAL = b"\x01\x01"


@dataclass(frozen=True, slots=True)
class _Table:
    name: str
    geometry: str
    srs_id: int | None


def read_rows(data: bytes, gathering: Gathering) -> None:
    """Read every table of features or attributes, each into a layer.

    Raises
    ------
    InputError
        If it is damaged, is no GeoPackage, has nothing but views, or reaches a limit.
    """
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as database:
        _bound(database, gathering.limits)
        try:
            # a write-ahead log has no place in memory; the log itself is another file and is not here
            database.deserialize(data[:18] + _JOURNAL + data[20:])
            _harden(database)
            tables = _find_tables(database, gathering)
            gathering.expect_layers(len(tables))
            for table in tables:
                _read_table(database, table, gathering)
        except sqlite3.Error as error:
            raise _explain(error, gathering.limits) from error
        except (OverflowError, UnicodeError) as error:
            raise unreadable("The GeoPackage is damaged", "Save it again") from error


def _bound(database: sqlite3.Connection, limits: Limits) -> None:
    end = time.monotonic() + limits.seconds
    database.set_progress_handler(lambda: time.monotonic() > end, _STEPS_BETWEEN_LOOKS)
    database.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _MAX_VALUE_BYTES)
    database.setlimit(sqlite3.SQLITE_LIMIT_SQL_LENGTH, _MAX_STATEMENT_BYTES)
    database.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 0)
    # bytes that are no UTF-8 become lone surrogates, which are replaced and listed when a row is kept
    database.text_factory = lambda written: written.decode("utf-8", "surrogateescape")


def _harden(database: sqlite3.Connection) -> None:
    for pragma in ("trusted_schema=OFF", "query_only=ON", "temp_store=MEMORY", "cell_size_check=ON", "mmap_size=0"):
        database.execute(f"PRAGMA {pragma}")


def _explain(error: sqlite3.Error, limits: Limits) -> InputError:
    if "interrupted" in str(error):
        return limit_error("seconds", limits)
    return unreadable(
        f"The GeoPackage cannot be read ({first_line(error)})", "Save it again from the program that wrote it"
    )


def _find_tables(database: sqlite3.Connection, gathering: Gathering) -> list[_Table]:
    kinds = dict(database.execute("SELECT name, type FROM sqlite_master WHERE type IN ('table', 'view')"))
    names = {name.lower(): name for name in kinds}
    if "gpkg_contents" not in names:
        reason = "It is an SQLite database, but no GeoPackage: it has no table gpkg_contents"
        raise unreadable(reason, "Save it as GeoPackage")
    geometries: dict[str, tuple[str, Any]] = {}
    if "gpkg_geometry_columns" in names:
        rows = database.execute("SELECT table_name, column_name, srs_id FROM gpkg_geometry_columns")
        geometries = {str(table).lower(): (str(column), srs) for table, column, srs in rows}
    found, aside = [], []
    for listed, data_type in database.execute("SELECT table_name, data_type FROM gpkg_contents"):
        name = names.get(str(listed).lower())
        if name is None or kinds[name] != "table":
            aside.append(f"The layer '{show_value(str(listed))}' is a view or missing, and only tables are read")
        elif data_type in {"features", "attributes", "aspatial"}:
            found.append(_Table(name, *geometries.get(name.lower(), ("", None))))
        else:
            aside.append(f"The layer '{show_value(name)}' holds {show_value(str(data_type))}, which are not read")
    found += _unlisted(kinds, geometries, found, gathering)
    if not found:
        raise unreadable(aside[0] if aside else "The GeoPackage has no layer", "Save its rows as a table of features")
    for sentence in aside:
        gathering.note(f"{sentence}; it was left aside.")
    return found


def _unlisted(
    kinds: dict[str, str], geometries: dict[str, tuple[str, Any]], found: list[_Table], gathering: Gathering
) -> list[_Table]:
    """Return tables with shapes that the contents do not list, and note those without."""
    listed, more, aside = {table.name for table in found}, list[_Table](), list[str]()
    for name, kind in kinds.items():
        if kind != "table" or name in listed or name.lower().startswith(_OWN) or "rtree_" in name.lower():
            continue
        if name.lower() in geometries:
            more.append(_Table(name, *geometries[name.lower()]))
        else:
            aside.append(f"'{show_value(name)}'")
    if len(aside) == 1:
        gathering.note(f"The table {aside[0]} is not among the GeoPackage's contents; it was left aside.")
    elif aside:
        told = ", ".join(aside[:_MOST_TOLD]) + (", …" if len(aside) > _MOST_TOLD else "")
        gathering.note(f"{len(aside):,} tables are not among the GeoPackage's contents and were left aside: {told}.")
    return more


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _read_table(database: sqlite3.Connection, table: _Table, gathering: Gathering) -> None:
    cursor = database.execute(f"SELECT * FROM {_quoted(table.name)}")  # noqa: S608 - the name is quoted
    columns = [description[0] for description in cursor.description]
    shape = next((place for place, name in enumerate(columns) if name.lower() == table.geometry.lower()), None)
    shape = None if not table.geometry else shape
    crs = _read_crs(database, table, gathering) if shape is not None else None
    layer = gathering.open_layer(table.name, crs, has_geometry=shape is not None)
    layer.add_fields([name for place, name in enumerate(columns) if place != shape])
    truths = _find_truths(database, table.name)
    for row in cursor:
        _read_row(row, columns, shape, layer, truths)


def _find_truths(database: sqlite3.Connection, table: str) -> frozenset[str]:
    """Find the columns of truth values, which a database keeps as 1 and 0."""
    columns = database.execute(f"PRAGMA table_xinfo({_quoted(table)})")
    return frozenset(name for _, name, kind, *_ in columns if kind.upper() == _TRUTHS)


def _read_row(
    row: tuple[Any, ...], columns: list[str], shape: int | None, layer: GatheredLayer, truths: frozenset[str]
) -> None:
    number = layer.count()
    values = {name: value for place, (name, value) in enumerate(zip(columns, row, strict=True)) if place != shape}
    for name in truths & values.keys():
        values[name] = bool(values[name]) if values[name] in {0, 1} else values[name]
    geometry, mends = None, list[Mend]()
    if shape is not None and row[shape] is not None:
        try:
            geometry = read_blob(row[shape], layer.whole.limits, mends)
        except ShapeError as error:
            layer.refuse(number, columns[shape], error.value, error.reason, error.remedy)
            return
        if geometry is None:
            mends.append(("empty shape", "", "An empty shape is no place"))
    for old, new, reason in mends:
        layer.change(number, columns[shape or 0], old, new, reason)
    layer.keep(number, values, geometry)


def read_blob(blob: Any, limits: Limits, mends: list[Mend]) -> BaseGeometry | None:
    """Read a shape of a GeoPackage: its own header, then well-known binary; raised as by `read_wkb`.

    References
    ----------
    OGC 12-128r19 (GeoPackage 1.4), section 2.1.3.
    """
    if not isinstance(blob, bytes) or blob[:2] != b"GP" or len(blob) < 8:
        raise ShapeError("", "It is no shape of a GeoPackage.", "Correct it in the program that wrote it.")
    flags = blob[3]
    envelope = (flags >> 1) & 7
    if envelope >= len(_ENVELOPE_BYTES) or flags & 0x20:
        raise ShapeError("", "It is a shape of an unknown extension.", "Save it as points, lines or polygons.")
    try:
        return read_wkb(blob[8 + _ENVELOPE_BYTES[envelope] :], limits, mends)
    except struct.error as error:
        raise ShapeError("", "The shape is cut off.", "Save the file again.") from error


def _read_crs(database: sqlite3.Connection, table: _Table, gathering: Gathering) -> str | None:
    if table.srs_id in {None, 0, -1}:
        gathering.note(f"The layer '{show_value(table.name)}' states no coordinate reference system.")
        return None
    with suppress(sqlite3.Error):
        for candidate in _candidates(database, table.srs_id):
            known = recognise_crs(candidate)
            if known is not None:
                return known
    gathering.note(
        f"The layer '{show_value(table.name)}' states an unknown coordinate reference system ({table.srs_id}). {TAKEN}"
    )
    return None


def _candidates(database: sqlite3.Connection, srs_id: Any) -> Iterator[str]:
    query = "SELECT organization, organization_coordsys_id, definition FROM gpkg_spatial_ref_sys WHERE srs_id = ?"
    for organization, code, definition in database.execute(query, (srs_id,)):
        yield f"{str(organization).upper()}:{code}"
        yield str(definition)
