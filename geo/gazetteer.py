"""The gazetteer of a new article: the atlas's own places and a list of the region's names, found by any spelling."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from geo.model import Feature, Theme
from geo.own_files import read_own_json
from geo.spelling import (
    fold_name,
    fold_word,
    is_semitic,
    light_fold,
    short_key,
    skeleton,
    split_words,
    strip_marks,
    strip_prepositions,
    word_set,
)

if TYPE_CHECKING:
    from geo.dataset import Dataset

NAMES = Path(__file__).resolve().parent.parent / "data" / "names.json"
"""Names of the region, with the GeoNames record of each where it has one."""

_PLACE_THEMES = {Theme.PLACES, Theme.BORDER}
# a single word as short as this is too little to be told by its sounds alone
_SHORT = 5
_SKELETON_CONSONANTS = 4


def _fold_all(words: str) -> frozenset[str]:
    return frozenset(map(fold_word, word_set(words)))


DIRECTIONS = _fold_all("north south east west northeast southeast northwest southwest middle")
"""Words of direction before a name, folded."""

_KINDS = _fold_all("crossing corridor strip peninsula governorate city camp district desert")
COMMON_WORDS = _KINDS | DIRECTIONS | _fold_all("border region area town village territory land ground its of with")
"""Words that make no name by themselves, folded."""

_BORDER, _CROSSING = fold_word("border"), fold_word("crossing")


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
        self._short: dict[tuple[str, str], dict[Candidate, None]] = {}
        self._by_letters: dict[str, dict[Candidate, None]] = {}
        for candidate, spellings in candidates:
            for spelling in spellings:
                self._add(candidate, spelling)

    def find(self, words: Sequence[str]) -> tuple[Candidate, ...]:
        """Return the places whose name the words are, those of the atlas first.

        Parameters
        ----------
        words
            One after another, without articles.
        """
        key = tuple(fold_word(word) for word in words)
        found = self._by_sound.get(key, {})
        if len(words) == 1:
            found = {**found, **self._short.get(short_key(words[0]), {})}
            found |= self._by_letters.get(light_fold(words[0]), {})
        if not found and is_semitic(words[0]):
            found = self._by_sound.get((strip_prepositions(key[0]), *key[1:]), {})
        return _without_doubles(found or self._by_skeleton.get(tuple(map(skeleton, key)), {}))

    def _add(self, candidate: Candidate, spelling: str) -> None:
        key = fold_name(spelling)
        core = _core(key)
        for name in {key, core}:
            if len(name) == 1 and (len(name[0]) <= _SHORT or candidate.kind == "country"):
                self._add_short(candidate, name[0], spelling)
                continue
            self._by_sound.setdefault(name, {})[candidate] = None
            bones = tuple(map(skeleton, name))
            if len(name) > 1 or len(re.sub("[aiu]", "", bones[0])) >= _SKELETON_CONSONANTS:
                self._by_skeleton.setdefault(bones, {})[candidate] = None

    def _add_short(self, candidate: Candidate, folded: str, spelling: str) -> None:
        letters = next(w.group() for w in split_words(strip_marks(spelling)) if fold_word(w.group()) == folded)
        if is_semitic(letters):
            self._by_sound.setdefault((folded,), {})[candidate] = None
        elif candidate.kind == "country":
            self._by_letters.setdefault(light_fold(letters), {})[candidate] = None
        else:
            self._short.setdefault(short_key(letters), {})[candidate] = None


def known_places(dataset: Dataset) -> Iterator[tuple[Candidate, list[str]]]:
    """List every place that can be proposed, with its spellings: the atlas's first.

    Parameters
    ----------
    dataset
        Whose places, borders and countries are listed.
    """
    records = read_own_json(NAMES, list)
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
    return Candidate(feature.name, tuple(feature.names.items()), feature.id, int(record.group(1)) if record else None)


def _telling_names(feature: Feature) -> list[str]:
    """Names of a feature that hold a proper name; what stands in brackets only tells namesakes apart."""
    names = [re.sub(r"\s*\(.*?\)", "", name) for name in (*feature.names.values(), *feature.aliases)]
    return [name for name in names if any(_is_proper(word.group()) for word in split_words(name))]


def _is_proper(word: str) -> bool:
    return (word[0].isupper() or is_semitic(word)) and fold_word(word) not in COMMON_WORDS


def _core(name: tuple[str, ...]) -> tuple[str, ...]:
    """Leave out what kind of place a name ends on: Netzarim Corridor is also called Netzarim."""
    core = name
    while len(core) > 1 and (core[-1] in _KINDS or (core[-1] == _BORDER and name[-1] == _CROSSING)):
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
