"""Rows as they stand in a file, before anything in them is interpreted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, overload

from geo.intake.ledger import Change, Refusal

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

_SAMPLE_ROWS = 200

Plain = str | int | float | bool | list[Any] | dict[str, Any] | None
"""A value as JSON knows it: no NaN, infinity, lone surrogate or NUL; whole numbers within 64 bits, kept exactly."""


@dataclass(frozen=True, slots=True)
class RawRow:
    """A row, feature or placemark.

    Parameters
    ----------
    number
        Its place in the layer, from 1 as a person counts: refused rows are counted, a heading is not.
    values
        Plain values by field; a field that the row does not have is left out.
    geometry
        Its shape in the layer's coordinates, x (longitude) before y (latitude), z kept; ``None`` where it has none.
    line
        Line of the file where the row begins, from 1; 0 where the format has no lines.
    """

    number: int
    values: dict[str, Plain]
    geometry: BaseGeometry | None = None
    line: int = 0


@dataclass(frozen=True, slots=True, eq=False)
class ColumnRows(Sequence[RawRow]):
    """Rows of a table without shapes, kept as columns: every row has every field.

    Parameters
    ----------
    columns
        By field, a value for each row.
    numbers, lines
        As of `RawRow`, for each row.
    """

    columns: Mapping[str, Sequence[Plain]]
    numbers: Sequence[int]
    lines: Sequence[int]

    def __len__(self) -> int:
        """Return the number of rows."""
        return len(self.numbers)

    @overload
    def __getitem__(self, place: int) -> RawRow: ...

    @overload
    def __getitem__(self, place: slice) -> tuple[RawRow, ...]: ...

    def __getitem__(self, place: int | slice) -> RawRow | tuple[RawRow, ...]:
        """Return a row, or several, put together from the columns."""
        if isinstance(place, slice):
            return tuple(self[each] for each in range(*place.indices(len(self))))
        values = {name: column[place] for name, column in self.columns.items()}
        return RawRow(self.numbers[place], values, None, self.lines[place])

    def __iter__(self) -> Iterator[RawRow]:
        """Yield the rows in their order."""
        return (self[place] for place in range(len(self)))

    def __eq__(self, other: object) -> bool:
        """Tell whether the same rows stand in another sequence."""
        return isinstance(other, Sequence) and tuple(self) == tuple(other)

    __hash__ = None  # type: ignore[assignment]


@dataclass(frozen=True, slots=True)
class RawLayer:
    """A layer, sheet or table.

    Parameters
    ----------
    name
        As the file names it; empty where it does not.
    fields
        Names of the fields in the order of first meeting, without the geometry.
    rows
        Rows that were read, in the order of the file; `ColumnRows` where all of them have all fields and no shapes.
    crs
        What pyproj understands (``EPSG:32636``, WKT); ``None`` where the file states none.
    has_geometry
        Whether the layer states shapes; where it does not (CSV, Excel, plain tables), they are to be found in columns.
    """

    name: str
    fields: tuple[str, ...]
    rows: Sequence[RawRow]
    crs: str | None = None
    has_geometry: bool = False

    @property
    def numbers(self) -> Sequence[int]:
        """The number of each row, as of `RawRow`."""
        return self.rows.numbers if isinstance(self.rows, ColumnRows) else [row.number for row in self.rows]

    def column(self, name: str, most: int | None = None) -> Sequence[Plain]:
        """Return a value of one field for each row, or for at most so many; ``None`` where a row does not have it."""
        if isinstance(self.rows, ColumnRows):
            return self.rows.columns[name][:most] if name in self.rows.columns else [None] * len(self.numbers[:most])
        return [row.values.get(name) for row in self.rows[:most]]

    def sample(self, name: str) -> Sequence[Plain]:
        """Return the first values of one field: as many as tell what the column holds."""
        return self.column(name, _SAMPLE_ROWS)


@dataclass(frozen=True, slots=True)
class Parsed:
    """All that a file holds: rows in equals rows of the layers and refusals, always.

    Parameters
    ----------
    kind
        The format that was recognised: ``geojson``, ``csv``, ``excel``, ``kml``, ``kmz``, ``geopackage``,
        ``shapefile``, ``geoparquet``.
    layers
        In the order of the file.
    refusals
        One for each row that could not be read.
    changes
        One for each value that was changed in reading.
    notes
        What else is to be known, as sentences: what was left aside, and how the file was understood.
    rows_in
        Rows of the file, as the reader counted them while reading.
    """

    kind: str
    layers: tuple[RawLayer, ...]
    refusals: tuple[Refusal, ...]
    changes: tuple[Change, ...]
    notes: tuple[str, ...]
    rows_in: int
