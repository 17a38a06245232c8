"""What a reader finds, gathered row by row: kept or listed, never neither; limits are held while counting."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import shapely
from shapely.geometry.base import BaseGeometry

from geo.errors import InputError, Problem
from geo.intake.ledger import Change, Refusal
from geo.intake.limits import Limits, limit_error
from geo.intake.reading.plain import NO_TEXT, LongNumber, is_plain_text, to_plain
from geo.intake.refusing import UnreadableError
from geo.intake.rows import ColumnRows, Parsed, Plain, RawLayer, RawRow
from geo.wording import show_value

SHOWN_LENGTH = 200
"""Greatest number of characters of a value in the ledger."""

MOST_NOTES = 20
"""Greatest number of notes on a file; what is beyond is counted."""

MOST_LAYERS = 200
"""Greatest number of layers of a file: each may be a theme, and all tables together have as many."""


class Gathering:
    """All that a file gives, while it is read.

    Parameters
    ----------
    file
        Name of the file, for the ledger.
    limits
        Held for rows, fields and vertices as they are counted.
    """

    def __init__(self, file: str, limits: Limits) -> None:
        self.file, self.limits = file, limits
        self.layers: list[GatheredLayer] = []
        self.refusals: list[Refusal] = []
        self.changes: list[Change] = []
        self.notes: dict[str, None] = {}
        self.rows = self.vertices = 0
        self.faults = 0  # refusals of rows that are wrong, not of kinds that are never drawn

    def open_layer(self, name: str, crs: str | None = None, *, has_geometry: bool = False) -> GatheredLayer:
        """Begin a layer; parameters as of `RawLayer`."""
        layer = GatheredLayer(self, str(to_plain(name)[0]), crs, has_geometry=has_geometry)
        self.layers.append(layer)
        return layer

    def expect_layers(self, number: int) -> None:
        """Refuse a file of more layers than any map shows, before their rows are read.

        Raises
        ------
        InputError
            If there are more than `MOST_LAYERS`.
        """
        if number > MOST_LAYERS:
            message = (
                f"Limit reached: at most {MOST_LAYERS} layers from a file; this one has {number:,}. "
                "Give those that are to be shown as a file of their own."
            )
            raise InputError([Problem("limit", message)])

    @contextmanager
    def part(self, name: str) -> Iterator[None]:
        """Read one of several parts of a file: one that cannot be read is listed as a row, and leaves nothing behind.

        Parameters
        ----------
        name
            Of the part, as it is called within the file.
        """
        layers, refusals, changes = len(self.layers), len(self.refusals), len(self.changes)
        notes, rows, vertices, faults = dict(self.notes), self.rows, self.vertices, self.faults
        try:
            yield
        except UnreadableError as error:
            del self.layers[layers:], self.refusals[refusals:], self.changes[changes:]
            self.notes, self.rows, self.vertices, self.faults = notes, rows, vertices, faults
            layer = self.open_layer(name)
            layer.refuse(layer.count(), "", name, error.reason, error.remedy)

    def note(self, sentence: str) -> None:
        """Add a sentence on how the file was understood, once."""
        self.notes[sentence] = None

    def finish(self, kind: str) -> Parsed:
        """Return all that was gathered, under the name of its format; of very many notes the first."""
        layers = tuple(layer.freeze() for layer in self.layers)
        notes = list(self.notes)
        if len(notes) > MOST_NOTES:
            notes = [*notes[:MOST_NOTES], f"There are {len(notes) - MOST_NOTES:,} more notes."]
        return Parsed(kind, layers, tuple(self.refusals), tuple(self.changes), tuple(notes), self.rows)


class GatheredLayer:
    """One layer, while it is read; made by `Gathering.open_layer`."""

    def __init__(self, whole: Gathering, name: str, crs: str | None, *, has_geometry: bool) -> None:
        self.whole, self.name, self.crs, self.has_geometry = whole, name, crs, has_geometry
        self.fields: dict[str, str] = {}  # as written: as kept
        self.rows: list[RawRow] = []
        self.table: ColumnRows | None = None
        self.number = 0
        self.first_change = len(whole.changes)

    def count(self) -> int:
        """Count a row that stands in the file, and return its number.

        Raises
        ------
        InputError
            If the file has more rows than the limit.
        """
        self.number += 1
        self.whole.rows += 1
        if self.whole.rows > self.whole.limits.features:
            raise limit_error("features", self.whole.limits)
        return self.number

    def keep(self, number: int, values: dict[str, Any], geometry: BaseGeometry | None = None, line: int = 0) -> None:
        """Keep a counted row: its values brought to what JSON knows, each change listed.

        Raises
        ------
        InputError
            If the layer has more fields, or the file more vertices, than the limit.
        """
        plain = {}
        for name, value in values.items():
            kept, reason = to_plain(value)
            if reason:
                self.change(number, name, value, kept, reason)
            plain[self.fields.get(name) or self._add_field(name)] = kept
        if geometry is not None:
            self.whole.vertices += int(shapely.get_num_coordinates(geometry))
            if self.whole.vertices > self.whole.limits.vertices:
                raise limit_error("vertices", self.whole.limits)
        self.rows.append(RawRow(number, plain, geometry, line))

    def keep_table(self, columns: Mapping[str, Sequence[Any]], numbers: Sequence[int], lines: Sequence[int]) -> None:
        """Keep counted rows without shapes all at once, as columns; the layer has no others, and its fields are named.

        Parameters
        ----------
        columns
            By name as written, a value for each row.
        numbers, lines
            As of `RawRow`.
        """
        kept = {self.fields[name]: self._clean(name, texts, numbers) for name, texts in columns.items()}
        self.whole.changes[self.first_change :] = sorted(
            self.whole.changes[self.first_change :], key=lambda change: change.row
        )
        self.table = ColumnRows(kept, numbers, lines)

    def _clean(self, name: str, values: Sequence[Any], numbers: Iterable[int]) -> Sequence[Plain]:
        # most columns hold nothing that needs a look at each cell
        if set(map(type, values)) <= {str} and is_plain_text("".join(values)):
            return values
        cleaned = [to_plain(value) for value in values]
        for number, value, (kept, reason) in zip(numbers, values, cleaned, strict=True):
            if reason:
                self.change(number, name, value, kept, reason)
        return [kept for kept, _ in cleaned]

    def add_fields(self, names: list[str]) -> None:
        """Name fields before any row has them; raised as by `keep`."""
        for name in names:
            if name not in self.fields:
                self._add_field(name)

    def _add_field(self, name: str) -> str:
        kept = str(to_plain(name)[0])
        taken = set(self.fields.values())
        while kept in taken:
            kept += " (2)"
        if kept != name:
            self.change(0, kept, name, kept, NO_TEXT)
        self.fields[name] = kept
        if len(self.fields) > self.whole.limits.fields:
            raise limit_error("fields", self.whole.limits)
        return kept

    def refuse(self, number: int, field: str, value: Any, reason: str, remedy: str) -> None:
        """List a counted row that is not kept, since it is wrong; parameters as of `Refusal`."""
        self.whole.faults += 1
        self.set_aside(number, field, value, reason, remedy)

    def set_aside(self, number: int, field: str, value: Any, reason: str, remedy: str) -> None:
        """List a counted row that is not kept, since rows of its kind are never drawn; parameters as of `Refusal`."""
        entry = (self.whole.file, self.name, number, show_value(field), show(value), reason, remedy)
        self.whole.refusals.append(Refusal(*entry))

    def change(self, number: int, field: str, old: Any, new: Any, reason: str) -> None:
        """List a value that was changed; parameters as of `Change`."""
        entry = (self.whole.file, self.name, number, show_value(field), show(old), show(new), reason)
        self.whole.changes.append(Change(*entry))

    def freeze(self) -> RawLayer:
        """Return the layer as it was read."""
        fields = tuple(dict.fromkeys(self.fields.values()))
        rows = tuple(self.rows) if self.table is None else self.table
        return RawLayer(self.name, fields, rows, self.crs, has_geometry=self.has_geometry)


def show(value: Any) -> str:
    """Show a value in the ledger: shortened, on one line."""
    if isinstance(value, bytes | bytearray | memoryview):
        return show_value(bytes(value[:SHOWN_LENGTH]).hex(), SHOWN_LENGTH)
    if value is None:
        return ""
    if isinstance(value, LongNumber):
        return show_value(value.written, SHOWN_LENGTH)
    if isinstance(value, str | int | float | bool | list | dict):
        try:
            return show_value(value, SHOWN_LENGTH)
        except (TypeError, ValueError):
            return "[…]"
    return show_value(str(value), SHOWN_LENGTH)
