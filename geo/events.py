"""Analysts' own events: large tables of places with a date, a statement and a source, kept as columns."""

from __future__ import annotations

import hashlib
import json
import unicodedata
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geo.dataset import Dataset, read_ground
from geo.dates import read_interval
from geo.errors import InputError, Problem
from geo.model import Precision
from geo.own_tables import OwnTable
from geo.view import EMPTY_LIST, LONGEST_ID
from geo.wording import show_value

REQUIRED = ("id", "name", "theme", "when", "statement", "source", "locator")
"""The columns that a table of events has, besides its geometry; further ones are kept as attributes."""

PRECISION = "precision"
"""The column that a table may have besides: how exactly each place is known, in the words of `Precision`."""

_MAX_PROBLEMS = 200
_SLUG_LENGTH = 60


@dataclass(frozen=True, slots=True, eq=False)
class EventTable:
    """Events as columns of equal length.

    Parameters
    ----------
    columns
        By name: id, name, theme, when (EDTF, empty where undated), statement, source, locator; text, none missing.
        ``precision`` too where the table says how exactly its places are known, each a word of `Precision`.
    geometries
        Shapes of the events: longitude before latitude, degrees on WGS 84; ``None`` where an event has none.
    attributes
        Further columns, as they were read.
    tables
        What readers tell of the tables that the events come from, in the order of the legend; none where a table's
        themes are its own only by their names.
    """

    columns: Mapping[str, np.ndarray[Any, Any]]
    geometries: np.ndarray[Any, Any]
    attributes: Mapping[str, np.ndarray[Any, Any]]
    tables: tuple[OwnTable, ...] = ()

    def numbered(self, name: str) -> tuple[np.ndarray[Any, Any], list[str]]:
        """Return a column as numbers of its distinct values, and those values in the order of first meeting."""
        codes, values = pd.factorize(self.columns[name])
        return codes, values.tolist()

    @property
    def themes(self) -> set[str]:
        """The slugs of the themes that occur."""
        return set(self.numbered("theme")[1])

    @property
    def precisions(self) -> np.ndarray[Any, np.dtype[np.int64]]:
        """How exactly each place is known, as its number among `Precision`; exact where the table does not say."""
        if PRECISION not in self.columns:
            return np.zeros(len(self), dtype=np.int64)
        words, (codes, values) = [*Precision], self.numbered(PRECISION)
        numbers = [words.index(Precision(value)) for value in values]
        return np.array(numbers, dtype=np.int64).take(codes)

    def precision_of(self, row: int) -> Precision | None:
        """Return how exactly an event's place is known; ``None`` where the table does not say."""
        return Precision(self.columns[PRECISION][row]) if PRECISION in self.columns else None

    @property
    def sources(self) -> set[str]:
        """The slugs of the sources that occur."""
        return {make_slug(name) for name in self.numbered("source")[1]}

    def find(self, identity: str) -> EventTable | None:
        """Return the event of that id as a table of its own; ``None`` where there is none."""
        rows = np.flatnonzero(self.columns["id"] == identity)
        if not len(rows):
            return None
        columns, attributes = (
            {name: column[rows] for name, column in each.items()} for each in (self.columns, self.attributes)
        )
        return EventTable(columns, self.geometries[rows], attributes, self.tables)

    def __len__(self) -> int:
        """Return the number of events."""
        return len(self.geometries)


def tell_cell(value: object) -> str:
    """Tell what a cell of a further column holds: texts as they are, lists and truth values as JSON has them.

    Examples
    --------
    >>> tell_cell("a"), tell_cell(0.5), tell_cell([True, None])
    ('a', '0.5', '[true, null]')
    """
    if isinstance(value, list | dict | bool):
        return json.dumps(value, ensure_ascii=False)
    return str(value)


def read_events(table: Path | str | gpd.GeoDataFrame) -> Dataset:
    """Read a table of events into a dataset of its own, drawn and filtered like the atlas's.

    Parameters
    ----------
    table
        A GeoDataFrame, or a file: GeoJSON, GeoPackage, GeoParquet, zipped Shapefile, KML, Excel, or CSV with columns
        ``lon`` and ``lat``. Columns `REQUIRED`, and `PRECISION` at will (an empty cell is exact); coordinates in any
        CRS that the file states, else longitude and latitude in degrees on WGS 84. Files that lack some of the columns
        are taken by `geo.intake.loading.take`.

    Raises
    ------
    InputError
        Naming every missing column, and the rows with a repeated id, a date or precision that is none, or a place off
        the earth; or saying why the file cannot be read.
    """
    if isinstance(table, gpd.GeoDataFrame):
        return _read_frame(table)
    from geo.intake.strict import read_strictly  # noqa: PLC0415 - it needs the table that is defined here

    return make_event_dataset(*read_strictly(Path(table)))


def make_event_dataset(
    columns: dict[str, np.ndarray[Any, Any]],
    geometries: np.ndarray[Any, Any],
    attributes: Mapping[str, np.ndarray[Any, Any]],
    tables: tuple[OwnTable, ...] = (),
) -> Dataset:
    """Check columns of events, and make them a dataset of their own.

    Parameters
    ----------
    columns, geometries, attributes, tables
        As of `EventTable`; themes may be any text yet.

    Raises
    ------
    InputError
        As `read_events`.
    """
    columns["theme"] = _slugs(columns["theme"])
    columns["id"] = np.array([each.strip() for each in columns["id"].tolist()], dtype=object)
    if PRECISION in columns:
        columns[PRECISION] = _fold_precisions(columns[PRECISION])
    problems = [
        *_wrong_ids(columns["id"]),
        *_repeated_ids(columns["id"]),
        *_wrong_dates(columns),
        *_wrong_precisions(columns),
        *_off_the_earth(columns["id"], geometries),
    ]
    if problems:
        raise InputError(problems[:_MAX_PROBLEMS])
    events = EventTable(columns, geometries, attributes, tables)
    return Dataset((), (), read_ground(), "", hash_events(events), events=events)


def check_required(names: Collection[str]) -> None:
    """Check that a table has the columns `REQUIRED`.

    Raises
    ------
    InputError
        Naming every one that is missing.
    """
    missing = [name for name in REQUIRED if name not in names]
    if missing:
        message = f"Invalid columns. A table of events has {', '.join(REQUIRED)}. Add {', '.join(missing)}."
        raise InputError([Problem("columns", message)])


def _read_frame(frame: gpd.GeoDataFrame) -> Dataset:
    check_required(frame.columns)
    if frame.crs is not None and not frame.crs.equals("OGC:CRS84", ignore_axis_order=True):
        frame = frame.to_crs("OGC:CRS84")
    columns = {name: _text_column(frame[name]) for name in (*REQUIRED, PRECISION) if name in frame.columns}
    names = [name for name in frame.columns if name not in {*columns, frame.geometry.name}]
    attributes = {str(name): frame[name].astype(object).where(frame[name].notna(), None).to_numpy() for name in names}
    return make_event_dataset(columns, np.asarray(frame.geometry.array, dtype=object), attributes)


def _text_column(column: pd.Series[Any]) -> np.ndarray[Any, Any]:
    if pd.api.types.is_datetime64_any_dtype(column):
        column = column.dt.strftime("%Y-%m-%d")
    text = column.astype(object).where(column.notna(), "")
    return np.array([value if isinstance(value, str) else str(value) for value in text.tolist()], dtype=object)


def make_slug(name: str) -> str:
    """Make the slug that a view names a theme or source of a reader's own by: ASCII letters, digits and hyphens.

    Examples
    --------
    >>> make_slug("Road blocks (2015)")
    'road-blocks-2015'
    >>> make_slug("None")
    'u-none'
    """
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    slug = "-".join("".join(sign if sign.isalnum() else " " for sign in plain).split())[:_SLUG_LENGTH].strip("-")
    if slug == EMPTY_LIST:
        return f"u-{slug}"
    return slug or f"u-{hashlib.sha256(name.encode('utf-8', 'replace')).hexdigest()[:8]}"


def _slugs(themes: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    codes, names = pd.factorize(themes)
    return np.array([make_slug(name) for name in names], dtype=object)[codes]


def _wrong_ids(ids: np.ndarray[Any, Any]) -> list[Problem]:
    rule = f"An id has 1 to {LONGEST_ID} signs. Give the row another"
    wrong = [(row, each) for row, each in enumerate(ids.tolist(), start=1) if not 0 < len(each) <= LONGEST_ID]
    return [Problem("feature-id", f"Invalid id '{show_value(each)}' of row {row}. {rule}.") for row, each in wrong][
        :_MAX_PROBLEMS
    ]


def _repeated_ids(ids: np.ndarray[Any, Any]) -> list[Problem]:
    series = pd.Series(ids, dtype=object)
    repeated = series[series.duplicated()].unique()
    return [
        Problem("unique-feature", f"Invalid id '{show_value(each)}'. Several rows have it. Give each its own.", each)
        for each in repeated[:_MAX_PROBLEMS]
    ]


def _wrong_dates(columns: Mapping[str, np.ndarray[Any, Any]]) -> list[Problem]:
    problems: list[Problem] = []
    for text in pd.unique(columns["when"]):
        try:
            if text:
                read_interval(text)
        except ValueError as error:
            first = int(np.flatnonzero(columns["when"] == text)[0])
            problems.append(Problem("date", str(error), columns["id"][first]))
    return problems


def _fold_precisions(column: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    """Bring the words of `Precision` to lower case; a place of which nothing is said is exact."""
    codes, values = pd.factorize(column)
    return np.array([value.strip().lower() or Precision.EXACT.value for value in values], dtype=object)[codes]


def _wrong_precisions(columns: Mapping[str, np.ndarray[Any, Any]]) -> list[Problem]:
    if PRECISION not in columns:
        return []
    rule = f"It is one of {', '.join(Precision)}. Correct it, or leave it empty where the place is exact"
    texts = [text for text in pd.unique(columns[PRECISION]) if text not in set(Precision)]
    firsts = [int(np.flatnonzero(columns[PRECISION] == text)[0]) for text in texts]
    return [
        Problem(PRECISION, f"Invalid precision '{show_value(text)}'. {rule}.", columns["id"][first])
        for text, first in zip(texts, firsts, strict=True)
    ][:_MAX_PROBLEMS]


def _off_the_earth(ids: np.ndarray[Any, Any], geometries: np.ndarray[Any, Any]) -> list[Problem]:
    west, south, east, north = shapely.bounds(geometries).T
    with np.errstate(invalid="ignore"):
        wrong = (west < -180) | (east > 180) | (south < -90) | (north > 90)
    wrong |= ~shapely.is_missing(geometries) & ~shapely.is_empty(geometries) & ~np.isfinite(west + east + south + north)
    return [
        Problem(
            "coordinates",
            "Invalid place. Longitude lies within 180 degrees and latitude within 90. State the CRS or swap the two.",
            ids[row],
        )
        for row in np.flatnonzero(wrong)[:_MAX_PROBLEMS]
    ]


def hash_events(events: EventTable) -> str:
    """Hash the columns of a table, its shapes and attributes, in hexadecimal."""
    digest = hashlib.sha256()
    for name in (*REQUIRED, *({PRECISION} & events.columns.keys())):
        digest.update(_hash_texts(events.columns[name]))
    shapes = [each or b"" for each in shapely.to_wkb(events.geometries).tolist()]
    digest.update(np.fromiter(map(len, shapes), dtype=np.int64, count=len(shapes)).tobytes())
    digest.update(b"".join(shapes))
    for name, column in events.attributes.items():
        digest.update(name.encode("utf-8", "backslashreplace"))
        digest.update(_hash_texts(column))
    return digest.hexdigest()


def _hash_texts(column: np.ndarray[Any, Any]) -> bytes:
    try:
        return pd.util.hash_array(column).tobytes()
    except (UnicodeEncodeError, TypeError):
        # a lone surrogate, or a list: pandas takes neither
        plain = [str(value).encode("utf-8", "backslashreplace").decode() for value in column.tolist()]
        return pd.util.hash_array(np.array(plain, dtype=object)).tobytes()
