"""One file of a reader's: as it was read, by which choices it was loaded, what its table says of itself."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Self

import shapely

from geo.dataset import Dataset
from geo.errors import InputError
from geo.intake.column_map import ColumnMap
from geo.intake.limits import Limits
from geo.intake.loading import About, Intake, load
from geo.intake.report import Report, report_refusal
from geo.intake.rows import Parsed
from geo.own_tables import OwnTable

_MOST_KEPT = 50_000  # values, positions of shapes, and rows


@dataclass(frozen=True, slots=True)
class Choices:
    """What a reader decides of a file; parameters as of `geo.intake.loading.load`."""

    mapping: ColumnMap | None = None
    mends: tuple[str, ...] = ()
    about: About = field(default_factory=About)


@dataclass(frozen=True, slots=True)
class Brought:
    """A file at hand.

    Parameters
    ----------
    key
        Its number, never used again within the shelf.
    name
        As its owner calls it.
    report
        What became of it, or would.
    parsed
        Its rows as they stand in it; ``None`` where it was refused, and once it is shown unless it `is_small`.
    choices
        By which it was loaded.
    intake
        Its events; ``None`` where it was refused.
    is_shown
        Whether its events stand beside the atlas's.
    limits
        What shapes that stand in columns may be.
    digest
        Of its bytes as they came.
    """

    key: int
    name: str
    report: Report
    parsed: Parsed | None = None
    choices: Choices = field(default_factory=Choices)
    intake: Intake | None = None
    is_shown: bool = False
    limits: Limits = field(default_factory=Limits)
    digest: str = ""

    @property
    def is_small(self) -> bool:
        """Whether its rows are kept while it is shown, so that its columns and mends can be chosen anew."""
        events = self.intake.dataset.events if self.intake else None
        if self.parsed is None or events is None:
            return False
        positions = int(shapely.get_num_coordinates(events.geometries).sum())
        return max(count_values(self.parsed), positions, len(events)) <= _MOST_KEPT

    @property
    def title(self) -> str:
        """Title of its table; the file's name where it was refused."""
        return self.intake.table.title if self.intake else self.name

    @property
    def about(self) -> About:
        """What is said of it: by its reader, and once it is loaded with a title in any case."""
        if self.intake is None:
            return self.choices.about
        table = self.intake.table
        return About(table.title, table.licence, table.colour, table.source)

    @property
    def fields(self) -> tuple[str, ...]:
        """Names of its columns, of all layers, until it is shown."""
        layers = self.parsed.layers if self.parsed else ()
        return tuple(dict.fromkeys(name for layer in layers for name in layer.fields))

    def load(self, choices: Choices) -> Self:
        """Load its rows by other choices; where those are at fault, the file stays and the report says so."""
        assert self.parsed is not None
        try:
            intake = load(
                self.parsed, self.name, choices.mapping, choices.mends, about=choices.about, limits=self.limits
            )
        except InputError as error:
            return replace(self, choices=choices, intake=None, report=report_refusal(self.name, error))
        return replace(self, choices=choices, intake=intake, report=intake.report)

    def retell(self, table: OwnTable) -> Self:
        """Let its table say something else of itself, and be the source of events that have no other."""
        assert self.intake is not None
        dataset = with_tables(self.intake.dataset, (table,))
        assert dataset.events is not None
        sources = dataset.events.columns["source"].copy()
        sources[self.intake.unsourced] = table.source or table.title
        columns = MappingProxyType({**dataset.events.columns, "source": sources})
        dataset = replace(dataset, events=replace(dataset.events, columns=columns))
        return replace(self, intake=replace(self.intake, dataset=dataset))


def with_tables(dataset: Dataset, tables: tuple[OwnTable, ...]) -> Dataset:
    """Put other words or another order of the tables into a dataset, whose page is then made anew for another hash."""
    assert dataset.events is not None
    told = "\n".join(map(repr, tables)).encode()
    digest = hashlib.sha256(dataset.sha256.encode() + told).hexdigest()
    return replace(dataset, events=replace(dataset.events, tables=tables), sha256=digest)


def count_values(parsed: Parsed) -> int:
    """Count the values of a file, layer by layer."""
    return sum(len(layer.rows) * len(layer.fields) for layer in parsed.layers)
