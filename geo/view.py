"""What to show: one frozen value that every map, table and file is a function of."""

from __future__ import annotations

import re
from collections.abc import Iterable
from enum import StrEnum
from typing import Annotated, Any, Self
from urllib.parse import parse_qsl, urlencode

from pydantic import AfterValidator, Field, StringConstraints, ValidationError, model_validator

from geo.dates import check_plain_edtf, read_interval
from geo.errors import InputError, Problem
from geo.model import Extent, Precision, Record, Slug, Status
from geo.wording import show_value

LONGEST_ID = 200
"""Signs that the id of a feature or event has at most, so that it fits into an address."""

EMPTY_LIST = "none"
"""How an address writes a list that keeps nothing; no theme or source has it for a name."""


def _check_day(text: str) -> str:
    if "/" in text or text != text.strip():
        message = f"Invalid date '{text}'. It is one date, no interval. Write for example 2015, 2015-07 or 2015-07-01."
        raise ValueError(message)
    return check_plain_edtf(text)


Day = Annotated[str, AfterValidator(_check_day)]

Identity = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=LONGEST_ID)]


class Language(StrEnum):
    """Languages of the page."""

    ENGLISH = "en"
    ARABIC = "ar"


class Appearance(StrEnum):
    """Ground of the page; ``auto`` follows the reader's system."""

    AUTO = "auto"
    LIGHT = "light"
    DARK = "dark"


class View(Record):
    """What to show of a dataset; ``None`` in a filter means no limit.

    Parameters
    ----------
    extent
        Ground to show, degrees: west, south, east, north. ``None`` frames the corridor.
    themes, sources, statuses, precisions
        Kept values; an empty tuple keeps none.
    since, until
        First and last day of the time window, each one EDTF date; both ends belong to it.
    undated
        Whether claims without a date are shown while a time window is set.
    known
        Show only what had been reported by this day, one EDTF date.
    origins
        Least number of independent origins of a feature's claims.
    text
        Words that a feature's names, aliases, statements or attributions must all contain.
    language, basemap, appearance
        How the page is dressed: its language, the key of a basemap (`layers.basemaps`), its ground.
    feature
        Id of the selected feature.
    compare
        Ids of two claims that are shown side by side.
    tour, step
        Id of the guided story that is being told, and the number of its step, from 1.
    """

    extent: Extent | None = None
    themes: tuple[Slug, ...] | None = None
    sources: tuple[Slug, ...] | None = None
    statuses: tuple[Status, ...] | None = None
    precisions: tuple[Precision, ...] | None = None
    since: Day | None = None
    until: Day | None = None
    undated: bool = Field(default=True, strict=True)
    known: Day | None = None
    origins: int = Field(default=1, ge=1, le=99, strict=True)
    text: str = Field(default="", max_length=200)
    language: Language = Language.ENGLISH
    basemap: Slug = "atlas"
    appearance: Appearance = Appearance.AUTO
    feature: Identity | None = None
    compare: tuple[Slug, Slug] | None = None
    tour: Slug | None = None
    step: int = Field(default=1, ge=1, le=99, strict=True)

    @model_validator(mode="after")
    def _window_in_order(self) -> Self:
        if self.since and self.until:
            first, last = read_interval(self.since).first, read_interval(self.until).last
            if first and last and first > last:
                window = f"{self.since} to {self.until}"
                message = f"Invalid time window '{window}'. It ends on or after its first day. Swap the two."
                raise ValueError(message)
        return self

    @classmethod
    def from_query(cls, query: str) -> Self:
        """Read a view from an address's query, as `to_query` writes it.

        Parameters
        ----------
        query
            For example ``themes=border,tunnels&since=2013``; a leading ``?`` or ``#`` is ignored.

        Raises
        ------
        InputError
            Naming every parameter that is unknown, given twice or out of range.
        """
        view, problems = cls.read_query(query)
        if problems:
            raise InputError(problems)
        return view

    @classmethod
    def read_query(cls, query: str) -> tuple[Self, tuple[Problem, ...]]:
        """Read what is sound in an address's query, and say what is not.

        Parameters
        ----------
        query
            As in `from_query`.
        """
        fields, problems = _fields_from_query(query)
        while True:
            try:
                # a value of several parts is at fault once, however many of its parts are
                return cls(**fields), tuple(dict.fromkeys(problems))
            except ValidationError as error:
                problems += [_problem(fault, fields) for fault in error.errors()]
                for name in _fields_at_fault(error, fields):
                    del fields[name]

    def to_query(self) -> str:
        """Write the view as an address's query; what stands at its default is left out."""
        pairs = []
        for name, value in self:
            if value != type(self).model_fields[name].default:
                pairs.append((_PARAMETERS[name], _text(value)))
        return urlencode(pairs, safe=",/:")


_PARAMETERS = {name: {"text": "q"}.get(name, name) for name in View.model_fields}
_FIELDS = {parameter: name for name, parameter in _PARAMETERS.items()}
_LISTS = {"themes", "sources", "statuses", "precisions", "compare"}
_EXTENT_SIDES = ("west", "south", "east", "north")
_COUNTS = {"origins", "step"}
_FLAGS = {"0": False, "1": True}
_COUNT = re.compile(r"[1-9][0-9]?")
_DEGREES = re.compile(r" *[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+) *")


def _text(value: Any) -> str:
    if isinstance(value, Extent):
        return ",".join(f"{side:.5f}".rstrip("0").rstrip(".") for side in value.bounds)
    if isinstance(value, tuple):
        return ",".join(value) or EMPTY_LIST
    if isinstance(value, bool):
        return "1" if value else "0"
    return str(value)


def _fields_from_query(query: str) -> tuple[dict[str, Any], list[Problem]]:
    fields: dict[str, Any] = {}
    problems = []
    for parameter, text in parse_qsl(query.lstrip("?#"), keep_blank_values=True):
        name = _FIELDS.get(parameter)
        if name is None or name in fields:
            why = "It is not one of the view" if name is None else "It is given twice"
            message = f"Invalid parameter '{parameter[:40]}'. {why}. Use each of {', '.join(_FIELDS)} at most once."
            problems.append(Problem("view", message))
            continue
        fields[name] = _value(name, text)
    return fields, problems


def _value(name: str, text: str) -> Any:
    """Read a parameter as the page's script does; what is not sound stays text, for the model to refuse."""
    if name in _LISTS:
        return tuple(part for part in text.split(",") if part) if text != EMPTY_LIST else ()
    if name == "extent":
        sides = text.split(",")
        is_sound = len(sides) == len(_EXTENT_SIDES) and all(map(_DEGREES.fullmatch, sides))
        return dict(zip(_EXTENT_SIDES, sides, strict=True)) if is_sound else text
    if name == "undated":
        return _FLAGS.get(text, text)
    if name in _COUNTS:
        return int(text) if _COUNT.fullmatch(text) else text
    return text


def _fields_at_fault(error: ValidationError, fields: dict[str, Any]) -> Iterable[str]:
    named = {str(fault["loc"][0]) for fault in error.errors() if fault["loc"]}
    # a fault of the whole view is that of its window
    return (named or {"since", "until"}) & fields.keys()


_RULES = {
    "extent": "It is west,south,east,north in degrees",
    "undated": "It is 1 or 0",
    "origins": "It is a whole number from 1 to 99",
    "step": "It is a whole number from 1 to 99",
    "text": "It has at most 200 signs",
    "feature": f"An id has 1 to {LONGEST_ID} signs",
    "compare": "It is the ids of two claims with a comma between them",
    "statuses": f"Each is one of {', '.join(Status)}",
    "precisions": f"Each is one of {', '.join(Precision)}",
    "language": f"It is one of {', '.join(Language)}",
    "appearance": f"It is one of {', '.join(Appearance)}",
}
_SLUG_RULE = "A name is lower-case letters, digits and single hyphens"


def _problem(fault: Any, fields: dict[str, Any]) -> Problem:
    reason = str(fault["msg"]).removeprefix("Value error, ")
    if not fault["loc"] or reason.startswith("Invalid extent"):
        return Problem("view", reason)
    name = str(fault["loc"][0])
    parameter, given = _PARAMETERS[name], fields.get(name)
    if reason.startswith("Invalid date"):
        return Problem("view", reason.replace("Invalid date", f"Invalid {parameter}", 1))
    shown = given if isinstance(given, str) else ",".join(given.values() if isinstance(given, dict) else given or ())
    message = f"Invalid {parameter} '{show_value(shown)}'. {_RULES.get(name, _SLUG_RULE)}. Correct it or leave it out."
    return Problem("view", message)
