"""Places that a new article may speak of, found by the atlas's own names and a gazetteer: a draft for a person to edit.

Nothing of it is data. A name that several places bear is offered with all of them, and a name that follows a telling word
("the village of …", "… crossing") is offered even where nothing is known of it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from geo.model import Feature, Theme
from geo.spelling import ARTICLES, fold_name, fold_word, is_semitic, light_fold, skeleton, split_words, strip_marks

if TYPE_CHECKING:
    from geo.dataset import Dataset

NAMES = Path(__file__).resolve().parent.parent / "data" / "names.json"
"""The gazetteer: names of the region, with the GeoNames record of each where it has one."""

_LONGEST_NAME = 6
# a single short word is too little to be told by its sounds
_SHORT = 5
_SKELETON_CONSONANTS = 4
_PLACE_THEMES = {Theme.PLACES, Theme.BORDER}
_KINDS_OF_PLACE = ("crossing", "corridor", "strip", "peninsula", "governorate", "city", "camp", "district", "desert")
_COMMON_WORDS = frozenset(
    (*_KINDS_OF_PLACE, "border", "region", "area", "town", "village", "territory", "land", "ground", "its", "of", "with")
)
_DIRECTIONS = frozenset("north south east west northeast southeast northwest southwest middle".split())
_PARENTAGE = {"abu", "umm", "um", "bin", "ibn", "bint", "abd"}
_LEADING = frozenset(
    "in at from to near of and or the on by for with into toward towards between outside inside around across beyond "
    "both while when as but after before then since until through under over via a an".split()
)
_GAP = re.compile(rf"[\s\u2010-\u2015-]*(?:(?:{'|'.join(ARTICLES)})[\s\u2010-\u2015-]+)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place that a name may mean: a feature of the atlas, or a record of the gazetteer.

    Parameters
    ----------
    name, names
        Its usual name, and its names by language.
    feature
        Id of the atlas's feature, empty for a gazetteer's record.
    record
        Number of the GeoNames record, ``None`` where there is none.
    kind
        What sort of place it is.
    position
        Longitude, latitude in degrees, where the gazetteer gives them.
    """

    name: str
    names: tuple[tuple[str, str], ...]
    feature: str = ""
    record: int | None = None
    kind: str = ""
    position: tuple[float, float] | None = None


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


@dataclass(frozen=True)
class Word:
    """A word of an article: where it stands, and its folded forms."""

    text: str
    start: int
    end: int

    @cached_property
    def folded(self) -> str:
        """By its sounds."""
        return fold_word(self.text)

    @property
    def is_capital(self) -> bool:
        """Whether it may begin a name."""
        return self.text[0].isupper() or is_semitic(self.text)


class NameIndex:
    """Finds what a run of words may mean.

    Parameters
    ----------
    candidates
        Places, each with its spellings.
    """

    def __init__(self, candidates: Iterable[tuple[Candidate, Iterable[str]]]) -> None:
        self._by_sound: dict[tuple[str, ...], dict[Candidate, None]] = {}
        self._by_skeleton: dict[tuple[str, ...], dict[Candidate, None]] = {}
        self._by_letters: dict[str, dict[Candidate, None]] = {}
        for candidate, spellings in candidates:
            for spelling in spellings:
                self._add(candidate, spelling)

    def find(self, words: Sequence[Word]) -> tuple[Candidate, ...]:
        """Return the places whose name the words are, those of the atlas first."""
        key = tuple(word.folded for word in words)
        found = dict(self._by_sound.get(key, {}))
        if len(words) == 1:
            found |= self._by_letters.get(light_fold(words[0].text), {})
        if not found:
            found = dict(self._by_skeleton.get(tuple(map(skeleton, key)), {}))
        return _without_doubles(found)

    def _add(self, candidate: Candidate, spelling: str) -> None:
        key = fold_name(spelling)
        core = _core(key)
        for name in {key, core}:
            if len(name) == 1 and (len(name[0]) <= _SHORT or candidate.kind == "country"):
                letters = next(w.group() for w in split_words(strip_marks(spelling)) if fold_word(w.group()) == name[0])
                self._by_letters.setdefault(light_fold(letters), {})[candidate] = None
                if is_semitic(letters):
                    self._by_sound.setdefault(name, {})[candidate] = None
                continue
            self._by_sound.setdefault(name, {})[candidate] = None
            bones = tuple(map(skeleton, name))
            if len(name) > 1 or len(re.sub("[aiu]", "", bones[0])) >= _SKELETON_CONSONANTS:
                self._by_skeleton.setdefault(bones, {})[candidate] = None


def suggest_places(paragraphs: Sequence[str], dataset: Dataset) -> tuple[Suggestion, ...]:
    """Propose the places that an article names, in the order of their first mention.

    Parameters
    ----------
    paragraphs
        Of the article, as `geo.verification.read_article` gives them.
    dataset
        Whose places and lines are known by all their names and aliases.
    """
    index = NameIndex(_known_places(dataset))
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


def _known_places(dataset: Dataset) -> Iterator[tuple[Candidate, list[str]]]:
    records = json.loads(NAMES.read_text(encoding="utf-8"))
    listed = {fold_name(record["name"]) for record in records}
    for feature in dataset.features:
        if feature.theme in _PLACE_THEMES or fold_name(feature.name) in listed:
            yield _candidate_from_feature(feature), _telling_names(feature)
    for record in records:
        position = (record["lon"], record["lat"]) if "lon" in record else None
        names = (("en", record["name"]), *((code, record[code][0]) for code in ("ar", "he") if record[code]))
        candidate = Candidate(record["name"], names, "", record["id"], record["kind"], position)
        yield candidate, [*record["spellings"], *record["ar"], *record["he"]]


def _candidate_from_feature(feature: Feature) -> Candidate:
    record = re.search(r"GeoNames\D{0,10}(\d{5,9})", feature.provenance.basis) if feature.provenance else None
    return Candidate(
        feature.name, tuple(feature.names.items()), feature.id, int(record.group(1)) if record else None
    )


def _telling_names(feature: Feature) -> list[str]:
    """Names of a feature that hold a proper name; what stands in brackets only tells namesakes apart."""
    names = [re.sub(r"\s*\(.*?\)", "", name) for name in (*feature.names.values(), *feature.aliases)]
    return [name for name in names if any(_is_proper(word.group()) for word in split_words(name))]


def _is_proper(word: str) -> bool:
    return (word[0].isupper() or is_semitic(word)) and fold_word(word) not in _FOLDED_COMMON


_FOLDED_COMMON = frozenset(fold_word(word) for word in (*_COMMON_WORDS, *_DIRECTIONS))
_FOLDED_KINDS = frozenset(fold_word(word) for word in _KINDS_OF_PLACE)
_FOLDED_DIRECTIONS = frozenset(fold_word(word) for word in _DIRECTIONS)
_BORDER = fold_word("border")
_CROSSING = fold_word("crossing")


def _core(name: tuple[str, ...]) -> tuple[str, ...]:
    """Leave out what kind of place a name ends on: Netzarim Corridor is also called Netzarim."""
    core = name
    while len(core) > 1 and (core[-1] in _FOLDED_KINDS or (core[-1] == _BORDER and name[-1] == _CROSSING)):
        core = core[:-1]
    return core


def _without_doubles(found: Iterable[Candidate]) -> tuple[Candidate, ...]:
    own = [candidate for candidate in found if candidate.feature]
    records = {candidate.record for candidate in own}
    others = [
        candidate
        for candidate in found
        if not candidate.feature and candidate.record not in records and not (own and candidate.record is None)
    ]
    return (*own, *others)


def _find_names(paragraph: str, index: NameIndex) -> Iterator[tuple[str, tuple[Candidate, ...]]]:
    words = _words_of(paragraph)
    place, spans = 0, []
    while place < len(words):
        length, candidates = _longest_name(paragraph, words, place, index)
        if length and not _is_personal(paragraph, words, place):
            start, end = words[place].start, words[place + length - 1].end
            spans.append((start, end))
            yield re.sub("['’]s$", "", paragraph[start:end]), candidates
        place += max(length, 1)
    for match in _TOLD_BY_A_WORD.finditer(paragraph):
        start, end = match.span(match.lastgroup or 0)
        name = match.group(match.lastgroup or 0)
        is_known = any(start < last and first < end for first, last in spans)
        if not is_known and _is_name(name):
            yield name, ()


def _words_of(paragraph: str) -> list[Word]:
    words: list[Word] = []
    for match in split_words(paragraph):
        word = Word(match.group(), match.start(), match.end())
        if word.text.lower() in ARTICLES:
            continue
        last = words[-1] if words else None
        if last and last.text.lower() in {"north", "south"} and re.fullmatch("(?i)(?:east|west)(?:ern)?", word.text):
            words[-1] = Word(last.text + word.text.lower(), last.start, word.end)
        else:
            words.append(word)
    return words


def _longest_name(
    paragraph: str, words: list[Word], place: int, index: NameIndex
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
        named = next((word for word in run if word.folded not in _FOLDED_DIRECTIONS), run[0])
        candidates = index.find(run) if named.is_capital else ()
        if candidates:
            return length, candidates
        length -= 1
    return 0, ()


def _is_personal(paragraph: str, words: list[Word], place: int) -> bool:
    """Tell whether a name is a person's: after Abu and the like, or a surname with the article."""
    if place == 0:
        return False
    last, word = words[place - 1], words[place]
    gap = paragraph[last.end : word.start]
    if last.text.lower() in _PARENTAGE and _GAP.fullmatch(gap):
        return True
    has_article = re.fullmatch(rf"\s(?:{'|'.join(ARTICLES - {'the'})})-", gap, re.IGNORECASE) is not None
    return (
        has_article
        and last.text[0].isupper()
        and last.text.lower() not in _LEADING
        and last.folded not in _FOLDED_COMMON
        and last.folded not in _FOLDED_DIRECTIONS
    )


_CAPITAL = r"(?:(?:[Aa]l|[Ee]l|[Aa]s|[Aa]sh|[Aa]n|[Aa]r|[Aa]t|[Aa]d|[Aa]z|[Ee]s|[Ee]sh)[- ])?[A-Z‘’'ʿ][\w’'ʿ]{2,}"
_RUN = rf"{_CAPITAL}(?:[ -]{_CAPITAL}){{0,2}}"
_TOLD_BY_A_WORD = re.compile(
    rf"(?:villages?|towns?|city|hamlet|camp|neighbou?rhood|district|crossing|settlement|community) of (?P<after>{_RUN})"
    rf"|\b(?P<with>(?:Kibbutz|Moshav|Wadi|Jabal|Jebel|Gebel|Mount|Bir|Tel|Tell|Kfar|Ras|Ain|Ein|Deir|Beit|Bayt|Khirbet)"
    rf"[ -]{_RUN})"
    rf"|\b(?P<before>{_RUN}) (?:refugee camp|camp|crossing|checkpoint|neighbou?rhood|village|air ?base|junction)\b"
)
_NO_NAMES = frozenset(
    "egyptian israeli palestinian bedouin gazan arab jordanian syrian libyan border main old new local nearby every each "
    "this that these those another one two three military army police security united its his her their our all".split()
)


def _is_name(name: str) -> bool:
    words = [word.group() for word in split_words(name)]
    return all(w.lower() not in _NO_NAMES | _LEADING and fold_word(w) not in _FOLDED_COMMON for w in words if w[0].isupper())
