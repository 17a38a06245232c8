"""Parsed rows become events beside the atlas: each is drawn or listed, and each changed value is told."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Any

import numpy as np
import orjson
import shapely

from geo.colours import check_colour
from geo.dataset import Dataset, read_ground
from geo.errors import InputError, Problem
from geo.events import EventTable, hash_events, make_slug
from geo.intake.column_map import PLACE_ROLES, ColumnMap, check_columns
from geo.intake.columns import fit_mapping
from geo.intake.drafting import Draft, add_up_offers, draft_layer, leave_aside
from geo.intake.file_names import stem_of
from geo.intake.filling import clean_line, fill_gaps, name_rows, set_themes, tell_ids_apart
from geo.intake.ledger import Change, Refusal
from geo.intake.limits import Limits, limits_from
from geo.intake.mends import Mend, check_mends
from geo.intake.parsing import parse
from geo.intake.report import Outcome, Report
from geo.intake.rows import Parsed
from geo.intake.tabling import make_table
from geo.own_tables import OwnTable
from geo.wording import show_value

NO_PLACES = (
    "No coordinates were found. Name the columns lon and lat (degrees), or wkt, or easting and northing with their "
    "CRS; or say which columns they are."
)
"""Why a table is refused whole."""

_ONE_THEME = "Theme: none, the file is one theme."
_THEME_EACH = "Theme: none, the layer is one theme."
_SHOWN = 200
_LAYER_LETTERS = 40
_MOST_LAYERS = 5


@dataclass(frozen=True, slots=True)
class About:
    """What a reader says of a file.

    Parameters
    ----------
    title
        Of the table; empty takes the file's name.
    licence, source
        As the reader words them; empty where they say nothing.
    colour
        Ink of its themes, ``#rrggbb``; empty takes a safe one.
    """

    title: str = ""
    licence: str = ""
    colour: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Intake:
    """A file that was taken.

    Parameters
    ----------
    dataset
        Its events alone; `geo.dataset.join_datasets` puts them beside others.
    report
        What became of each row and value.
    mappings
        Which column played which role, a map for each layer.
    unsourced
        Of which events no column gives the source: what is told of the table stands in for it.
    """

    dataset: Dataset
    report: Report
    mappings: tuple[ColumnMap, ...]
    unsourced: np.ndarray[Any, np.dtype[np.bool_]]

    @property
    def offered(self) -> tuple[Mend, ...]:
        """Mends that would help and were not asked for."""
        return self.report.offered

    @property
    def table(self) -> OwnTable:
        """What is told of the table."""
        assert self.dataset.events is not None
        return self.dataset.events.tables[0]


def take(
    data: bytes,
    name: str,
    mapping: ColumnMap | None = None,
    mends: Collection[str] = (),
    *,
    about: About | None = None,
    limits: Limits | None = None,
) -> Intake:
    """Read a file of a reader's own and load all that is sound in it.

    Parameters
    ----------
    data
        The whole file.
    name
        As its owner calls it; the suffix must agree with the content.
    mapping, mends, about
        As in `load`.
    limits
        What the file may be and cost; ``None`` takes those of the environment.

    Raises
    ------
    InputError
        If the file is refused as a whole, or reaches a limit (rule ``limit``); `geo.intake.report.report_refusal`
        makes its report.
    """
    limits = limits or limits_from(os.environ)
    return load(parse(data, name, limits), name, mapping, mends, about=about, limits=limits)


def load(
    parsed: Parsed,
    name: str,
    mapping: ColumnMap | None = None,
    mends: Collection[str] = (),
    *,
    about: About | None = None,
    limits: Limits | None = None,
) -> Intake:
    """Load parsed rows as events; rows in equals rows drawn and rows listed.

    Parameters
    ----------
    parsed
        As `geo.intake.parsing.parse` gives it.
    name
        Of the file.
    mapping
        Which column plays which role, as far as a person says; the rest is suggested.
    mends
        Kinds of `geo.intake.mends.MENDS` that are asked for; nothing else is mended.
    about
        What the reader says of the file.
    limits
        What shapes that stand in columns may be; ``None`` takes the defaults.

    Returns
    -------
    Intake
        A row without a sound place is an event without a shape, listed beside the map; a row whose id another has is
        listed in the report alone.

    Raises
    ------
    InputError
        If nothing says where its rows lie, a column, mend, preset, CRS or colour is not known, or a limit is reached
        (rule ``limit``).
    """
    check_mends(mends)
    about = clean_about(about or About(), clean_line(stem_of(name)) or "Table")
    if mapping is not None:
        check_columns(mapping, parsed.layers)
    drafts = [draft_layer(layer, fit_mapping(mapping, layer), mends, limits or Limits()) for layer in parsed.layers]
    if parsed.rows_in:
        _check_places(drafts)
    leave_aside(drafts)
    name_rows(drafts, make_slug(about.title))
    tell_ids_apart(drafts, mends)
    themes = set_themes(drafts, about.title)
    unsourced = fill_gaps(drafts, about.source or about.title)
    events = make_table(drafts, OwnTable(about.title, about.licence, about.colour, about.source, themes))
    report = _report(parsed, name, drafts, events)
    dataset = Dataset((), (), read_ground(), "", _hash(events), events=events)
    return Intake(dataset, report, tuple(draft.mapping for draft in drafts), unsourced)


def clean_about(about: About, title: str) -> About:
    """Bring what a reader says to one line each, and check the colour.

    Parameters
    ----------
    about
        As they wrote it.
    title
        What stands where they give none.

    Raises
    ------
    InputError
        As `geo.colours.check_colour`.
    """
    colour = check_colour(about.colour) if about.colour.strip() else ""
    return About(clean_line(about.title) or title, clean_line(about.licence), colour, clean_line(about.source))


def _check_places(drafts: Sequence[Draft]) -> None:
    """Refuse a file of which nothing says where its rows lie."""
    if any(draft.layer.has_geometry or any(map(draft.mapping.of, PLACE_ROLES)) for draft in drafts):
        return
    names = dict.fromkeys(name for draft in drafts for name in draft.layer.fields)
    shown = ", ".join(show_value(name, 30) for name in list(names)[:12])
    has = f" It has the columns {shown}{', …' if len(names) > 12 else ''}." if shown else ""
    raise InputError([Problem("no-places", NO_PLACES.replace(". Name", f".{has} Name", 1))])


def _report(parsed: Parsed, name: str, drafts: Sequence[Draft], events: EventTable) -> Report:
    refusals = [*parsed.refusals, *(each for draft in drafts for each in _refusals(draft, name))]
    changes = [*parsed.changes, *(each for draft in drafts for each in _changes(draft, name))]
    drawn = int((~shapely.is_missing(events.geometries)).sum())
    outcome = Outcome.CHANGED if refusals or changes else Outcome.ACCEPTED
    notes = [*parsed.notes, *([] if parsed.rows_in else ["The file has no rows."]), *_tell_layers(drafts)]
    return Report(
        name,
        outcome,
        parsed.rows_in,
        drawn,
        tuple(refusals),
        tuple(changes),
        tuple(dict.fromkeys(notes)),
        add_up_offers(drafts),
    )


def _tell_layers(drafts: Sequence[Draft]) -> Iterator[str]:
    """Tell how layers were understood: what holds for all of them once, the rest with the names of its layers."""
    drafts = [draft for draft in drafts if not draft.aside]
    empty = [draft.layer.name for draft in drafts if not draft.layer.rows]
    read = [draft for draft in drafts if draft.layer.rows] or drafts
    several = len([draft for draft in read if draft.layer.name]) > 1
    said: dict[str, list[str]] = {}
    for draft in read:
        for note in dict.fromkeys((*draft.mapping.found, *draft.notes)):
            said.setdefault(_THEME_EACH if several and note == _ONE_THEME else note, []).append(draft.layer.name)
    yield from (note for note, names in said.items() if len(names) == len(read))
    yield from (f"{_name_layers(names)}. {note}" for note, names in said.items() if len(names) < len(read))
    if len(empty) < len(drafts) and empty:
        yield f"Layers of which no row was read: {_list_layers(empty)}."


def _name_layers(names: Sequence[str]) -> str:
    return f"Layer '{show_value(names[0], _LAYER_LETTERS)}'" if len(names) == 1 else f"Layers {_list_layers(names)}"


def _list_layers(names: Sequence[str]) -> str:
    shown = ", ".join(f"'{show_value(name, _LAYER_LETTERS)}'" for name in names[:_MOST_LAYERS])
    return f"{shown}, …" if len(names) > _MOST_LAYERS else shown


def _refusals(draft: Draft, name: str) -> Iterator[Refusal]:
    numbers = draft.layer.numbers
    for row, (field, value, reason, remedy) in sorted(draft.refusals.items()):
        yield Refusal(name, draft.layer.name, numbers[row], field, value[:_SHOWN], reason, remedy)


def _changes(draft: Draft, name: str) -> Iterator[Change]:
    numbers = draft.layer.numbers
    for row, field, old, new, reason in sorted(draft.changes, key=itemgetter(0)):
        yield Change(name, draft.layer.name, numbers[row], field, old[:_SHOWN], new[:_SHOWN], reason)


def _hash(events: EventTable) -> str:
    """Hash all that a page or file shows of a table, what its reader tells of it included."""
    digest = hashlib.sha256(hash_events(events).encode())
    told = [[each.title, each.licence, each.colour, each.source, dict(each.themes)] for each in events.tables]
    for part in (told, *([name, column.tolist()] for name, column in sorted(events.attributes.items()))):
        digest.update(orjson.dumps(part))
    return digest.hexdigest()
