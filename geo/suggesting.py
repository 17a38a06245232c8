"""Places that a new article may speak of, found by the atlas's own names and a gazetteer: a draft for a person to edit.

Nothing of it is data. A name that several places bear is offered with all of them, and a name that stands with a
telling word ("the village of …", "… crossing") is offered even where nothing is known of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from geo.gazetteer import COMMON_WORDS, DIRECTIONS, Candidate, NameIndex, known_places
from geo.model import Theme
from geo.spelling import ARTICLES, fold_name, fold_word, is_semitic, split_words, strip_marks, word_set

if TYPE_CHECKING:
    from geo.dataset import Dataset

_LONGEST_NAME = 6
_PARENTAGE = word_set("abu umm um bin ibn bint abd")
_LEADING = word_set(
    "in at from to near of and or the on by for with into toward towards between outside inside around across beyond "
    "both while when as but after before then since until through under over via a an"
)
_NO_NAMES = _LEADING | word_set(
    "egyptian israeli palestinian bedouin gazan arab jordanian syrian libyan border main old new local nearby every "
    "each this that these those another one two three military army police security united its his her their our all "
    "maqdis"
)
_ARABIC_ARTICLE = "|".join(sorted(ARTICLES - {"the"}))
_HYPHEN = "\u2010-\u2015-"
_GAP = re.compile(rf"[\s{_HYPHEN}]*(?:(?:the|{_ARABIC_ARTICLE})[\s{_HYPHEN}]+)?", re.IGNORECASE)
_ARTICLE_BEFORE = re.compile(rf"\b(?:(?i:{_ARABIC_ARTICLE})[{_HYPHEN}]['’‘`ʿ]?|(?:Al|El|Ash|As|Ar|An|Ad|At|Az) )$")
_CAPITAL = rf"(?:(?i:{_ARABIC_ARTICLE})[- ])?[A-Z‘’'ʿ][\w’'ʿ]+"
_RUN = rf"(?P<name>{_CAPITAL}(?:[ -]{_CAPITAL}){{0,2}})"
_BEGINNINGS = "Kibbutz|Moshav|Wadi|Jabal|Jebel|Gebel|Mount|Bir|Tel|Tell|Kfar|Ras|Ain|Ein|Deir|Beit|Bayt|Khirbet"
_TELLING_WORDS = (
    re.compile(
        rf"\b(?:villages?|towns?|city|hamlet|camp|neighbou?rhood|district|crossing|settlement|community) of {_RUN}"
    ),
    re.compile(rf"\b(?P<name>(?:{_BEGINNINGS})[ -]{_CAPITAL}(?:[ -]{_CAPITAL})?)"),
    re.compile(rf"\b{_RUN} (?:refugee camp|camp|crossing|checkpoint|neighbou?rhood|village|area|air ?base|junction)\b"),
)


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A name found in an article, with what it may mean and where it stands.

    Parameters
    ----------
    spellings
        As the article writes it, the first one first.
    candidates
        What it may mean; none where nothing is known of the name.
    paragraphs
        Their numbers, counted from 1 over the non-empty lines.
    mentions
        How many times it stands there.
    """

    spellings: tuple[str, ...]
    candidates: tuple[Candidate, ...]
    paragraphs: tuple[int, ...]
    mentions: int


@dataclass(frozen=True, slots=True)
class _Word:
    """A word of an article: where it stands, and its folded forms."""

    text: str
    start: int
    end: int

    @property
    def folded(self) -> str:
        """By its sounds."""
        return fold_word(self.text)

    @property
    def is_capital(self) -> bool:
        """Whether it may begin a name."""
        return self.text[0].isupper() or is_semitic(self.text)


def suggest_places(paragraphs: Sequence[str], dataset: Dataset) -> tuple[Suggestion, ...]:
    """Propose the places that an article names, in the order of their first mention.

    Parameters
    ----------
    paragraphs
        Of the article, as `geo.articles.read_article` gives them.
    dataset
        Whose places and lines are known by all their names and aliases.
    """
    index = NameIndex(known_places(dataset))
    found: dict[Any, tuple[tuple[Candidate, ...], dict[str, None], dict[int, None], list[int]]] = {}
    for number, paragraph in enumerate(paragraphs, start=1):
        for spelling, candidates in _find_names(paragraph, index):
            key = candidates or fold_name(spelling)
            entry = found.setdefault(key, (candidates, {}, {}, []))
            entry[1][spelling] = None
            entry[2][number] = None
            entry[3].append(number)
    return tuple(
        Suggestion(tuple(spellings), candidates, tuple(numbers), len(mentions))
        for candidates, spellings, numbers, mentions in found.values()
    )


def draft_of(suggestions: Iterable[Suggestion], source: str) -> dict[str, Any]:
    """Lay suggestions out as a draft to edit; it holds names and paragraph numbers, never a sentence.

    Parameters
    ----------
    suggestions
        From `suggest_places`.
    source
        Id of the article's source.
    """
    return {
        "draft": "Read each paragraph, choose what the name means, delete the rest; then write the claims by hand.",
        "source": source,
        "places": [
            {
                "name": suggestion.spellings[0],
                "spellings": list(suggestion.spellings),
                "paragraphs": list(suggestion.paragraphs),
                "mentions": suggestion.mentions,
                "candidates": [_candidate_object(candidate) for candidate in suggestion.candidates],
            }
            for suggestion in suggestions
        ],
    }


def _candidate_object(candidate: Candidate) -> dict[str, Any]:
    if candidate.feature:
        return {"feature": candidate.feature, "name": candidate.name}
    identity = re.sub("[^a-z0-9]+", "-", strip_marks(candidate.name).lower()).strip("-")
    stub = {"id": identity, "name": candidate.name, "names": dict(candidate.names), "theme": Theme.PLACES.value}
    record: dict[str, Any] = {"kind": candidate.kind}
    if candidate.record is not None:
        record |= {"geonames": candidate.record}
    if candidate.position is not None:
        record |= dict(zip(("longitude", "latitude"), candidate.position, strict=True))
    return {"new_feature": stub, "gazetteer": record}


def _find_names(paragraph: str, index: NameIndex) -> Iterator[tuple[str, tuple[Candidate, ...]]]:
    words = _words_of(paragraph)
    place, spans = 0, []
    while place < len(words):
        length, candidates = _longest_name(paragraph, words, place, index)
        if length and not _is_personal(paragraph, words, place):
            start, end = _start_with_article(paragraph, words[place].start), words[place + length - 1].end
            spans.append((start, end))
            yield re.sub("['’]s$", "", paragraph[start:end]), candidates
        place += max(length, 1)
    for pattern in _TELLING_WORDS:
        for match in pattern.finditer(paragraph):
            start, end = match.span("name")
            is_known = any(start < last and first < end for first, last in spans)
            if not is_known and _is_name(match["name"]):
                spans.append((start, end))
                yield match["name"], ()


def _start_with_article(paragraph: str, start: int) -> int:
    article = _ARTICLE_BEFORE.search(paragraph, 0, start)
    return article.start() if article else start


def _words_of(paragraph: str) -> list[_Word]:
    words: list[_Word] = []
    for match in split_words(paragraph):
        word = _Word(match.group(), match.start(), match.end())
        if word.text.lower() in ARTICLES:
            continue
        last = words[-1] if words else None
        if last and last.text.lower() in {"north", "south"} and re.fullmatch("(?i)(?:east|west)(?:ern)?", word.text):
            words[-1] = _Word(last.text + word.text.lower(), last.start, word.end)
        else:
            words.append(word)
    return words


def _longest_name(
    paragraph: str, words: list[_Word], place: int, index: NameIndex
) -> tuple[int, tuple[Candidate, ...]]:
    length = 1
    while (
        length < _LONGEST_NAME
        and place + length < len(words)
        and _GAP.fullmatch(paragraph, words[place + length - 1].end, words[place + length].start)
    ):
        length += 1
    while length:
        run = words[place : place + length]
        named = next((word for word in run if word.folded not in DIRECTIONS), run[0])
        candidates = index.find([word.text for word in run]) if named.is_capital else ()
        if candidates:
            return length, candidates
        length -= 1
    return 0, ()


def _is_personal(paragraph: str, words: list[_Word], place: int) -> bool:
    """Tell whether a name is a person's: after Abu and the like, or a surname with the article."""
    if place == 0:
        return False
    last, word = words[place - 1], words[place]
    gap = paragraph[last.end : word.start]
    if last.text.lower() in _PARENTAGE and _GAP.fullmatch(gap):
        return True
    has_article = re.fullmatch(rf"\s(?:{_ARABIC_ARTICLE})-", gap, re.IGNORECASE) is not None
    return (
        has_article
        and last.text[0].isupper()
        and last.text.lower() not in _LEADING
        and last.folded not in COMMON_WORDS
        and last.folded not in DIRECTIONS
    )


def _is_name(name: str) -> bool:
    words = [word.group() for word in split_words(name)]
    return all(w.lower() not in _NO_NAMES and fold_word(w) not in COMMON_WORDS for w in words if w[0].isupper())
