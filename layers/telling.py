"""Sentences that are made in English far from the screen, told in the reader's language where it has them.

The words are those of the app whose key begins with ``told-``: a sentence each, in which ``{}`` stands for any value,
``{phrase}`` for another of them, and ``{columns}`` for columns by their names.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import chain, zip_longest

from geo.view import Language
from layers.words import read_words

_KEY = "told-"
_LONGEST = 2000
_PLACE = re.compile(r"\{(?:|phrase|columns)\}")
_NAME = r"""(?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")"""
_GROUPS = {"{}": "(.*?)", "{phrase}": "(.*?)", "{columns}": f"(column {_NAME}(?: and column {_NAME})*)"}


@dataclass(frozen=True, slots=True)
class _Pattern:
    """A sentence with places in it, and the same in another language, whose places stand in the same order."""

    places: tuple[str, ...]
    form: re.Pattern[str]
    other: str


@lru_cache(maxsize=4096)
def tell(sentence: str, language: Language) -> str | None:
    """Tell an English sentence, or several, in a language; ``None`` where it lacks one of them.

    Parameters
    ----------
    sentence
        As it was made: with its values, with or without its full stop.
    language
        The reader's.

    Examples
    --------
    >>> tell("The file is empty. Give one with data.", Language.ENGLISH)
    'The file is empty. Give one with data.'
    >>> tell("No such sentence.", Language.ARABIC) is None
    True
    """
    if language is Language.ENGLISH:
        return sentence
    if len(sentence) > _LONGEST:
        return None
    told = next(_tell_two(sentence, language), None) or _tell_one(sentence.removesuffix("."), language)
    return f"{told}." if told and sentence.endswith(".") and not told.endswith(".") else told


def _tell_one(sentence: str, language: Language) -> str | None:
    for pattern in _read_patterns(language):
        found = pattern.form.fullmatch(sentence)
        if found is None:
            continue
        values = [_fill(place, value, language) for place, value in zip(pattern.places, found.groups(), strict=True)]
        told = [value for value in values if value is not None]
        if len(told) == len(values):
            return "".join(chain(*zip_longest(_PLACE.split(pattern.other), told, fillvalue="")))
    return None


def _fill(place: str, value: str, language: Language) -> str | None:
    """Fill a place with a value: as it is, or told in turn."""
    if place == "{phrase}":
        return _tell_one(value, language)
    if place == "{columns}":
        words = read_words(language)
        return words["more-columns"].join(words["told-column"].format(name) for name in re.findall(_NAME, value))
    return value


def _tell_two(sentence: str, language: Language) -> Iterator[str]:
    """Tell what ends at a full stop, and what follows it; a full stop may stand within a value too."""
    for stop in re.finditer(r"\. ", sentence):
        first = _tell_one(sentence[: stop.start()], language)
        rest = tell(sentence[stop.end() :], language) if first is not None else None
        if rest is not None:
            yield f"{first}. {rest}"


@cache
def _read_patterns(language: Language) -> tuple[_Pattern, ...]:
    """Read the sentences, those with the most letters of their own first."""
    english, words = read_words(Language.ENGLISH), read_words(language)
    keys = [key for key in english if key.startswith(_KEY)]
    keys.sort(key=lambda key: (len(_PLACE.sub("", english[key])), key), reverse=True)
    return tuple(_read_pattern(english[key], words[key]) for key in keys)


def _read_pattern(english: str, other: str) -> _Pattern:
    places = tuple(_PLACE.findall(english))
    parts = [re.escape(part) for part in _PLACE.split(english)]
    form = parts[0] + "".join(_GROUPS[place] + part for place, part in zip(places, parts[1:], strict=True))
    return _Pattern(places, re.compile(form, re.DOTALL), other)
