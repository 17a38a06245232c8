"""Guided stories: steps of text, each with the view that it is told on and the features that it is about."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Annotated, Any

from pydantic import AfterValidator, Field, TypeAdapter, ValidationError, field_validator

from geo.errors import InputError, Problem
from geo.faults import explain_fault
from geo.model import Feature, Record, Slug, Text
from geo.view import View
from geo.wording import show_value


def _check_query(query: str) -> str:
    _, problems = View.read_query(query)
    if problems:
        raise ValueError(problems[0].message)
    return query


class Step(Record):
    """One step: a heading, a few sentences by language, a view's query, and the features lit in it."""

    title: dict[str, Text]
    text: dict[str, Text]
    view: Annotated[str, AfterValidator(_check_query)]
    features: tuple[Slug, ...] = ()

    @field_validator("title", "text")
    @classmethod
    def _is_told_in_english(cls, words: dict[str, str]) -> dict[str, str]:
        return _check_english(words)


class Tour(Record):
    """A story in steps; its data name every view and feature, so that a new tour needs no code."""

    id: Slug
    title: dict[str, Text]
    steps: tuple[Step, ...] = Field(min_length=2)

    @field_validator("title")
    @classmethod
    def _is_named_in_english(cls, words: dict[str, str]) -> dict[str, str]:
        return _check_english(words)


def read_tours(items: Any, features: tuple[Feature, ...]) -> tuple[Tour, ...]:
    """Read tours from parsed JSON and check them against the features.

    Parameters
    ----------
    items
        A list of tours.
    features
        What the steps may name.

    Raises
    ------
    InputError
        Naming every tour and step that is not sound, or that names a feature which is not there.
    """
    try:
        tours = TypeAdapter(tuple[Tour, ...]).validate_python(items)
    except ValidationError as error:
        explained = [explain_fault(fault, ["tours", *fault["loc"]]) for fault in error.errors()]
        raise InputError([Problem("tour", message) for _, message in explained]) from None
    known = {feature.id for feature in features}
    problems = [
        Problem("tour", f"Invalid feature '{identity}' in tour '{tour.id}'. No feature has this id. Correct it.")
        for tour in tours
        for step in tour.steps
        for identity in step.features
        if identity not in known
    ]
    problems += [
        Problem("tour", f"Invalid tour '{identity}'. Several tours have this id. Give each its own.")
        for identity, count in Counter(tour.id for tour in tours).items()
        if count > 1
    ]
    if problems:
        raise InputError(problems)
    return tours


def find_tour(tours: Iterable[Tour], identity: str) -> Tour:
    """Return the tour of that id.

    Raises
    ------
    InputError
        If there is none, naming those that there are.
    """
    known = {tour.id: tour for tour in tours}
    if identity in known:
        return known[identity]
    remedy = f"Choose one of {', '.join(known)}." if known else "Do without."
    message = f"Invalid tour '{show_value(identity)}'. The data have no such tour. {remedy}"
    raise InputError([Problem("tour", message)])


def step_views(tour: Tour, view: View) -> list[View]:
    """Return what each step of a tour shows, in the language and appearance of a view."""
    dress = {"language": view.language, "appearance": view.appearance}
    return [View.from_query(step.view).model_copy(update=dress) for step in tour.steps]


def _check_english(words: dict[str, str]) -> dict[str, str]:
    """Return words by language unchanged if English is among them.

    Raises
    ------
    ValueError
        If it is not.
    """
    if "en" not in words:
        message = f"Invalid words '{', '.join(words)}'. A tour is told at least in en. Add it."
        raise ValueError(message)
    return words
