"""How a view is to be exported: page, resolution, ground, title, language, slides, and whether filters hold."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from enum import StrEnum
from typing import Any, Self

from exports.pages import measure_page
from geo.errors import InputError, Problem
from geo.view import Language, View
from geo.wording import show_value

_DECKS = "none, themes, pairs or tour:ID"
_DECK = re.compile("none|themes|pairs|tour:[a-z0-9-]{1,80}")
_MAX_TITLE, _MAX_SUBTITLE = 200, 200


class Style(StrEnum):
    """Ground of a drawing."""

    LIGHT = "light"
    DARK = "dark"
    GREY = "grey"


class Scope(StrEnum):
    """What of the data is exported: what the view shows, or all of it."""

    VIEW = "view"
    ALL = "all"


class Framing(StrEnum):
    """Ground of a drawing: that of the view, as on the map, or what is around the marks that are shown."""

    VIEW = "view"
    SHOWN = "shown"


@dataclass(frozen=True, slots=True)
class ExportOptions:
    """How a view is to be exported; each default leaves it to the format.

    Parameters
    ----------
    page
        ``slide`` (16:9), ``a4``, ``a3``, or a width and height in pixels such as ``1600x900``.
    dpi
        Pixels to the inch of a picture, 1 to 2400; ``None`` is 144 for a slide or pixels, 300 for paper.
    style
        Ground of a drawing: light, dark, or grey for printing; ``None`` is that of the view.
    title
        Above a drawing; the atlas's own where it is empty.
    subtitle
        A sentence of who makes the file, below the title: what the map shows in their own words.
    frame
        Ground of a drawing: that of the view, or around the marks that are shown; ``None`` is that of the view where
        it has an extent. Steps of a tour and disagreements have their own.
    language
        Of the words; ``None`` is that of the view.
    deck
        Slides after the view's own: ``none``; ``themes``, one each; ``pairs``, one for each two claims that disagree
        and are shown; ``tour:ID``, the steps of a tour in place of the view.
    scope
        Whether the view's filters and frame hold, or all of the data are exported.

    Raises
    ------
    InputError
        Naming every option that is out of range.
    """

    page: str = "slide"
    dpi: int | None = None
    style: Style | str | None = None
    title: str = ""
    subtitle: str = ""
    frame: Framing | str | None = None
    language: Language | str | None = None
    deck: str = "none"
    scope: Scope | str = Scope.VIEW

    def __post_init__(self) -> None:
        """Refuse what cannot be made, all at once."""
        checks = (
            _find_choice("style", self.style, Style),
            _find_choice("frame", self.frame, Framing),
            _find_choice("language", self.language, Language),
            _find_choice("scope", self.scope, Scope),
            *self._find_size(),
            _find_length("title", self.title, _MAX_TITLE),
            _find_length("subtitle", self.subtitle, _MAX_SUBTITLE),
            None if _DECK.fullmatch(self.deck) else _fault("deck", self.deck, f"A deck is {_DECKS}. Choose one."),
        )
        problems = [problem for problem in checks if problem]
        if problems:
            raise InputError(problems)

    def _find_size(self) -> Iterable[Problem]:
        given: object = self.dpi
        if given is not None and not (isinstance(given, int) and 1 <= given <= 2400):
            yield _fault("dpi", self.dpi, "1 to 2400 pixels go to the inch. Choose within that.")
            return
        try:
            measure_page(self.page, self.dpi)
        except ValueError as error:
            message = str(error)
            yield Problem("page", message) if message.startswith("Invalid") else _fault("page", self.page, message)

    @property
    def chosen(self) -> frozenset[str]:
        """Names of the options that are not at their default."""
        return frozenset(field.name for field in fields(self) if getattr(self, field.name) != field.default)

    def keep(self, names: Iterable[str]) -> Self:
        """Return the options with all but those of the given names at their default."""
        kept = frozenset(names)
        defaults: dict[str, Any] = {field.name: field.default for field in fields(self) if field.name not in kept}
        return replace(self, **defaults)

    def dress(self, view: View) -> View:
        """Return the view that is exported: in the chosen language, without filters and frame where all is asked for.

        Parameters
        ----------
        view
            What is shown.
        """
        language = Language(self.language) if self.language else view.language
        if self.scope == Scope.ALL:
            return View(language=language, appearance=view.appearance, basemap=view.basemap, feature=view.feature)
        return view.model_copy(update={"language": language})


def _find_choice(name: str, value: str | None, choices: type[StrEnum]) -> Problem | None:
    allowed = [choice.value for choice in choices]
    if value is None or value in allowed:
        return None
    return _fault(name, value, f"A {name} is one of {', '.join(allowed)}. Choose one.")


def _find_length(name: str, value: str, most: int) -> Problem | None:
    return None if len(value) <= most else _fault(name, value, f"A {name} has at most {most} letters. Shorten it.")


def _fault(name: str, value: object, rule: str) -> Problem:
    return Problem(name, f"Invalid {name} '{show_value(value)}'. {rule}")
