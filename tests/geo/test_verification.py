from __future__ import annotations

import random
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from geo.articles import read_article
from geo.dataset import Dataset, read_dataset
from geo.errors import InputError
from geo.model import Citation
from geo.passages import find_passages, hash_passage, normalise_passage, read_paragraphs
from geo.verification import Outcome, cite_passage, find_taken, verify, verify_citation
from tests.small_data import ARTICLE, write_small_data

LORRIES = cite_passage(ARTICLE, "gazette-2015", 2, "A clerk at", "week before")
RAIN = cite_passage(ARTICLE, "gazette-2015", 4, "Rain fell twice", "Rain fell twice")
EDITS = 100


def judge(text: str, citation: Citation = LORRIES) -> tuple[Outcome, str]:
    return verify_citation(citation, read_paragraphs(text))


def swap(old: str, new: str) -> str:
    assert old in ARTICLE
    return ARTICLE.replace(old, new)


def test_verify_citation_verifies_words_as_cited() -> None:
    assert judge(ARTICLE)[0] == Outcome.VERIFIED
    assert judge(ARTICLE, RAIN)[0] == Outcome.VERIFIED


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (" — fewer", " - fewer"),
        ("A clerk at the gate", "A  clerk\u00a0at the\tgate"),
        ("\n\nA clerk", "\n \n\n  A clerk"),
        ("The gate in", "Another heading in"),
        ("“Nobody waits now,”", '"Nobody waits any more,"'),
    ],
)
def test_verify_citation_ignores_form_and_other_words(old: str, new: str) -> None:
    assert judge(swap(old, new))[0] == Outcome.VERIFIED


@pytest.mark.parametrize("word", ["A", "clerk", "at", "the", "gate", "forty", "Monday", "week", "before"])
@pytest.mark.parametrize("edit", ["{}s", "un{}", "zebra", ""], ids=["ending", "prefix", "other", "none"])
def test_verify_citation_notices_one_word(word: str, edit: str) -> None:
    first, last = ARTICLE.index("A clerk"), ARTICLE.index(" “Nobody")
    passage = re.sub(rf"\b{word}\b", edit.format(word), ARTICLE[first:last], count=1)
    assert judge(ARTICLE[:first] + passage + ARTICLE[last:])[0] == Outcome.CHANGED


@pytest.mark.parametrize("words", ["Snow fell twice", "Rain came twice", "Rain fell once", "Rain twice"])
def test_verify_citation_notices_one_word_of_three(words: str) -> None:
    assert judge(swap("Rain fell twice", words), RAIN)[0] == Outcome.CHANGED


@pytest.mark.parametrize(
    ("change", "outcome", "words"),
    [
        (lambda text: text.replace("The gate in", "New\nThe gate in"), Outcome.CHANGED, "now stands in paragraph 3"),
        (lambda text: text + "\n" + text, Outcome.VERIFIED, "as cited"),
        (lambda text: re.sub("A clerk.*", "", text), Outcome.MISSING, "nothing of the passage"),
        (lambda text: "The gate in the morning", Outcome.MISSING, "has 1 paragraphs"),
        (lambda text: re.sub("(A clerk.*)", r"\1 \1", text), Outcome.CHANGED, "stands there 2 times"),
    ],
    ids=["moved", "repeated below", "deleted", "cut off", "repeated"],
)
def test_verify_citation_tells_moved_from_missing(change: Callable[[str], str], outcome: Outcome, words: str) -> None:
    told, message = judge(change(ARTICLE))
    assert told == outcome
    assert words in message


def test_verify_citation_without_article() -> None:
    outcome, message = verify_citation(LORRIES, None)
    assert outcome == Outcome.MISSING
    assert "no file gazette-2015.txt" in message


def test_find_taken_names_number_of_paragraph_that_moved_up() -> None:
    paragraphs = read_paragraphs(re.sub("Rain fell.*", "", ARTICLE))
    denied = cite_passage(ARTICLE, "gazette-2015", 5, "The mayor's office", "on Monday")
    assert find_taken([LORRIES, RAIN, denied], paragraphs) == {4}


def test_verify_citation_trusts_that_number_is_taken() -> None:
    paragraphs = read_paragraphs(swap("Rain fell twice", "Rain came twice"))
    assert verify_citation(RAIN, paragraphs)[0] == Outcome.CHANGED
    assert verify_citation(RAIN, paragraphs, taken=frozenset({4}))[0] == Outcome.MISSING


def test_verify_judges_every_claim(tmp_path: Path) -> None:
    folder = write_small_data(tmp_path)
    dataset = read_dataset(folder)
    assert [verdict.outcome for verdict in verify(dataset, folder)] == [Outcome.VERIFIED] * 4
    changed = ARTICLE.replace("forty", "fifty").replace("Rain fell twice.", "")
    (folder / "gazette-2015.txt").write_text(changed, encoding="utf-8")
    assert {verdict.claim: str(verdict.outcome) for verdict in verify(dataset, str(folder))} == {
        "lorries-counted": "changed",
        "lorries-denied": "changed",
        "road-closed": "verified",
        "rain-fell": "missing",
    }


@pytest.mark.parametrize(
    ("paragraph", "start", "end", "words"),
    [
        (9, "A clerk", "before", "The article has 1 to 5"),
        (0, "A clerk", "before", "The article has 1 to 5"),
        (3, "A clerk at", "week before", "paragraph 2 does"),
        (2, "A clerk at", "week bef", "nor does another"),
        (2, "e", "e", "nor does another"),
        (3, "the", "the", "holds 6 that begin and end so"),
    ],
)
def test_cite_passage_rejects(paragraph: int, start: str, end: str, words: str) -> None:
    with pytest.raises(InputError, match=words):
        cite_passage(ARTICLE, "gazette-2015", paragraph, start, end)


def test_cite_passage_folds_its_words() -> None:
    citation = cite_passage(ARTICLE, "gazette-2015", 5, "The mayor’s office", "on Monday")
    assert (citation.start, citation.locator) == ("The mayor's office", "5")


@pytest.fixture(scope="module")
def cited(dataset: Dataset, articles_dir: Path) -> list[tuple[Citation, list[str]]]:
    citations = [claim.citation for feature in dataset.features for claim in feature.claims]
    articles = {source.id: read_article(articles_dir / f"{source.id}.txt") for source in dataset.sources}
    return [(citation, articles[citation.id]) for citation in citations]


def test_verify_notices_words_edited_at_random(cited: list[tuple[Citation, list[str]]]) -> None:
    chance = random.Random(20150701)
    for _ in range(EDITS):
        citation, paragraphs = chance.choice(cited)
        number = int(citation.locator) - 1
        text = normalise_passage(paragraphs[number])
        passages = find_passages(text, citation.start, citation.end)
        passage = next(passage for passage in passages if hash_passage(passage) == citation.sha256)
        words = passage.split(" ")
        place = chance.randrange(len(words))
        words[place] = chance.choice(["zebra", "", words[place] + "x"])
        edited = text.replace(passage, " ".join(words), 1)
        outcome, message = verify_citation(citation, [*paragraphs[:number], edited, *paragraphs[number + 1 :]])
        assert outcome == Outcome.CHANGED, (citation, place, message)


def test_verify_misses_deleted_paragraphs(cited: list[tuple[Citation, list[str]]]) -> None:
    for citation, paragraphs in random.Random(20150702).sample(cited, EDITS):
        number = int(citation.locator) - 1
        rest = [*paragraphs[:number], *paragraphs[number + 1 :]]
        if any(normalise_passage(citation.start) in normalise_passage(paragraph) for paragraph in rest):
            continue  # a caption that is printed twice stands on in its twin
        taken = find_taken([other for other, text in cited if text is paragraphs], rest)
        assert verify_citation(citation, rest, taken=taken)[0] == Outcome.MISSING, citation
