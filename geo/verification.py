"""Does each cited passage still stand in its article? And the citation of a passage, ready for the data."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import TypeAdapter, ValidationError

from geo.articles import read_articles
from geo.errors import InputError, Problem
from geo.model import Citation, Claim, Slug
from geo.passages import find_passages, hash_passage, normalise_passage, read_paragraphs
from geo.wording import show_value

if TYPE_CHECKING:
    from geo.dataset import Dataset

# an anchor of fewer words may stand in another paragraph by chance
_TELLING_WORDS = 4
# each paragraph is searched once a citation
_normalise = lru_cache(maxsize=1024)(normalise_passage)


class Outcome(StrEnum):
    """What became of a cited passage."""

    VERIFIED = "verified"
    CHANGED = "changed"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class Verdict:
    """The outcome of checking one citation, told in words.

    Parameters
    ----------
    outcome
        Whether the passage stands as cited, stands changed or moved, or is gone.
    feature, claim
        Ids of the feature and of its claim.
    citation
        The citation that was checked.
    message
        One sentence: what was found and, where the passage is not verified, what to do.
    """

    outcome: Outcome
    feature: str
    claim: str
    citation: Citation
    message: str


def verify(dataset: Dataset, articles_dir: Path | str) -> list[Verdict]:
    """Check every citation of a dataset against the articles in a folder.

    Parameters
    ----------
    dataset
        The claims to check.
    articles_dir
        Holds one plain-text file an article, ``<source id>.txt``.

    Returns
    -------
    One verdict a claim, in the order of the dataset.

    Raises
    ------
    InputError
        As `geo.articles.read_articles`.
    """
    return verify_texts(dataset, read_articles(articles_dir, dataset.sources))


def verify_texts(dataset: Dataset, articles: Mapping[str, list[str]]) -> list[Verdict]:
    """Check every citation of a dataset against the articles' text.

    Parameters
    ----------
    dataset
        The claims to check.
    articles
        Paragraphs by source id, as `geo.articles.read_articles` gives them.

    Returns
    -------
    One verdict a claim, in the order of the dataset.
    """
    sources = {claim.citation.id for feature in dataset.features for claim in feature.claims}
    taken = {source: find_taken(find_citations(dataset, source), articles.get(source, [])) for source in sources}
    return [
        _judge(feature.id, claim, articles.get(claim.citation.id), taken[claim.citation.id])
        for feature in dataset.features
        for claim in feature.claims
    ]


def find_citations(dataset: Dataset, source: str) -> list[Citation]:
    """Collect the citations of one source, given its id, in the order of the dataset."""
    citations = (claim.citation for feature in dataset.features for claim in feature.claims)
    return [citation for citation in citations if citation.id == source]


def stands_as_cited(citation: Citation, paragraphs: list[str]) -> bool:
    """Tell whether a passage stands once in the paragraph where it is cited, and word for word."""
    return _count_standing(_paragraph(citation, paragraphs), citation) == 1


def _judge(feature: str, claim: Claim, paragraphs: list[str] | None, taken: frozenset[int]) -> Verdict:
    outcome, message = verify_citation(claim.citation, paragraphs, taken=taken)
    return Verdict(outcome, feature, claim.id, claim.citation, message)


def find_taken(citations: Sequence[Citation], paragraphs: list[str]) -> frozenset[int]:
    """Tell which numbers now belong to a paragraph that had another, as after a deletion.

    Parameters
    ----------
    citations
        All citations of one article.
    paragraphs
        The article's paragraphs.
    """
    strayed = [citation for citation in citations if not _count_standing(_paragraph(citation, paragraphs), citation)]
    return frozenset(number for citation in strayed for number in _numbers_with(paragraphs, citation))


def verify_citation(
    citation: Citation, paragraphs: list[str] | None, *, taken: frozenset[int] = frozenset()
) -> tuple[Outcome, str]:
    """Check one citation against its article.

    Parameters
    ----------
    citation
        Paragraph, first words, last words and hash.
    paragraphs
        The article's paragraphs, as `geo.articles.read_article` gives them; ``None`` where there is no such file.
    taken
        Numbers of paragraphs that are known to have had another, from `find_taken`.
    """
    place = f"{citation.id}, paragraph {citation.locator}"
    if paragraphs is None:
        return Outcome.MISSING, f"{place}: no file {citation.id}.txt in the folder."
    paragraph = _paragraph(citation, paragraphs)
    standing = _count_standing(paragraph, citation)
    if standing == 1:
        return Outcome.VERIFIED, f"{place}: the passage stands as cited."
    if standing > 1:
        return Outcome.CHANGED, f"{place}: the passage stands there {standing} times. Cite more of its words."
    moved = _numbers_with(paragraphs, citation)
    if moved:
        numbers = " and ".join(str(number) for number in moved)
        return Outcome.CHANGED, f"{place}: the passage now stands in paragraph {numbers}. Correct the locator."
    if not paragraph:
        return Outcome.MISSING, f"{place}: the article has {len(paragraphs)} paragraphs, and none holds the passage."
    change = "" if int(citation.locator) in taken else _describe_change(paragraph, citation)
    if change:
        return Outcome.CHANGED, f"{place}: {change} Read it again and cite it anew."
    return Outcome.MISSING, f"{place}: nothing of the passage stands there, nor in any other paragraph."


def cite_passage(text: str, source: str, paragraph: int, start: str, end: str) -> Citation:
    """Make the citation of a passage, with its hash.

    Parameters
    ----------
    text
        The whole article.
    source
        Id of the source.
    paragraph
        Number of the paragraph, counted from 1 over the non-empty lines.
    start, end
        First and last words of the passage, three to six of each as a rule.

    Raises
    ------
    InputError
        If the source's id is none, the article has no such paragraph, or the words do not mark exactly one passage
        of it.
    """
    try:
        TypeAdapter(Slug).validate_python(source)
    except ValidationError:
        message = (
            f"Invalid source '{show_value(source)}'. Its id is lower-case letters, digits and single hyphens. "
            "Give it by --source."
        )
        raise InputError([Problem("passage", message)]) from None
    paragraphs = read_paragraphs(text)
    if not 1 <= paragraph <= len(paragraphs):
        message = f"Invalid paragraph '{paragraph}'. The article has 1 to {len(paragraphs)}. Give one of them."
        raise InputError([Problem("passage", message)])
    passages = _whole_passages(paragraphs[paragraph - 1], start, end)
    if len(passages) != 1:
        raise InputError([Problem("passage", _explain_passages(paragraphs, paragraph, start, end, len(passages)))])
    return Citation(
        id=source,
        locator=str(paragraph),
        start=normalise_passage(start),
        end=normalise_passage(end),
        sha256=hash_passage(passages[0]),
    )


def _explain_passages(paragraphs: list[str], paragraph: int, start: str, end: str, found: int) -> str:
    asked = f"Invalid passage '{start} … {end}'. Paragraph {paragraph}"
    if found:
        return f"{asked} holds {found} that begin and end so. Give more words, so that one is meant."
    elsewhere = [i for i, other in enumerate(paragraphs, start=1) if _whole_passages(other, start, end)]
    if elsewhere:
        numbers = ", ".join(str(i) for i in elsewhere)
        return f"{asked} holds none that begins and ends so; paragraph {numbers} does. Correct the number."
    return f"{asked} holds none that begins and ends so, nor does another. Copy the words from the article."


def _paragraph(citation: Citation, paragraphs: list[str]) -> str:
    number = int(citation.locator)
    return paragraphs[number - 1] if number <= len(paragraphs) else ""


def _numbers_with(paragraphs: list[str], citation: Citation) -> list[int]:
    return [number for number, paragraph in enumerate(paragraphs, start=1) if _count_standing(paragraph, citation)]


def _whole_passages(paragraph: str, start: str, end: str) -> list[str]:
    text = normalise_passage(paragraph)
    return [passage for passage in find_passages(paragraph, start, end) if _count_whole(text, passage)]


def _count_standing(paragraph: str, citation: Citation) -> int:
    text = _normalise(paragraph)
    if _normalise(citation.start) not in text:
        return 0
    found = {p for p in find_passages(paragraph, citation.start, citation.end) if hash_passage(p) == citation.sha256}
    return sum(_count_whole(text, passage) for passage in found)


def _count_whole(text: str, passage: str) -> int:
    # whole words only: a longer last word is another word
    return len(re.findall(rf"(?<!\w){re.escape(passage)}(?!'?\w)", text))


def _describe_change(paragraph: str, citation: Citation) -> str:
    text = normalise_passage(paragraph)
    start, end = normalise_passage(citation.start), normalise_passage(citation.end)
    has_start = re.search(rf"(?<!\w){re.escape(start)}", text) is not None
    has_end = re.search(rf"{re.escape(end)}(?!\w)", text) is not None
    if has_start and has_end:
        return "its first and last words stand there, but words between them differ."
    starts, ends = _find_nearly(text, start), _find_nearly(text, end)
    if has_start and (_is_telling(start) or ends):
        return "its first words stand there, but its last words differ."
    if has_end and (_is_telling(end) or starts):
        return "its last words stand there, but its first words differ."
    # one word can break both only where the first and the last words meet in it
    if any(first < beyond and other < past for first, past in starts for other, beyond in ends):
        return "its first and last words differ."
    return ""


def _is_telling(anchor: str) -> bool:
    return len(anchor.split()) >= _TELLING_WORDS


def _find_nearly(text: str, anchor: str) -> list[tuple[int, int]]:
    words = anchor.split()
    if len(words) == 1:
        return []
    patterns = [_pattern_without_word(words, i) for i in range(len(words))]
    return [match.span() for pattern in patterns for match in re.finditer(pattern, text)]


def _pattern_without_word(words: list[str], i: int) -> str:
    before, after = re.escape(" ".join(words[:i])), re.escape(" ".join(words[i + 1 :]))
    # one word in the place of another, two, or none
    return rf"(?<!\w){before}\W*(?:\S+ \S+|\S*)\W*{after}(?!\w)"
