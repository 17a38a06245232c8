"""Articles beside the map: which a reader has at hand, and where in them the cited passages stand."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Self

from geo.dataset import Dataset
from geo.errors import InputError, Problem
from geo.passages import find_spans, hash_passage
from geo.recognition import Article, recognise_article


@dataclass(frozen=True, slots=True)
class Reading:
    """What one reader has at hand; nobody else's, and gone with the reader's visit.

    Parameters
    ----------
    articles
        By source id.
    refused
        What was wrong with the files that came last.
    turn
        How often files came.
    """

    articles: Mapping[str, Article] = field(default_factory=dict)
    refused: tuple[Problem, ...] = ()
    turn: int = 0

    def take(self, files: Iterable[tuple[str, bytes]], dataset: Dataset) -> Self:
        """Take files, each as the source that its words tell; a later one of the same source counts.

        Parameters
        ----------
        files
            Names and contents, from anyone.
        dataset
            Whose sources they may be the text of.
        """
        found, refused = dict(self.articles), list[Problem]()
        for name, content in files:
            try:
                article = recognise_article(content, name, dataset)
                found[article.source] = article
            except InputError as error:
                refused += error.problems
        return replace(self, articles=found, refused=tuple(refused), turn=self.turn + 1)

    def forget(self) -> Self:
        """Forget the articles."""
        return replace(self, articles={}, refused=())

    @property
    def texts(self) -> dict[str, tuple[str, ...]]:
        """Paragraphs by source id."""
        return {source: article.paragraphs for source, article in self.articles.items()}

    @property
    def counts(self) -> tuple[int, int, int]:
        """How many articles there are, and how many citations stand in them, of how many."""
        articles = self.articles.values()
        return len(articles), sum(a.standing for a in articles), sum(a.cited for a in articles)


def reading_columns(dataset: Dataset, articles: Mapping[str, Sequence[str]]) -> dict[str, Any]:
    """Lay out articles that the reader has at hand.

    Parameters
    ----------
    dataset
        Whose claims cite them; claims are numbered in the order of its features.
    articles
        Paragraphs by source id; ids that are no source of the dataset are left out.

    Returns
    -------
    dict
        By source id its paragraphs, and its passages: claim number, paragraph from 0, first letter, letter after the
        last. A passage whose words no longer agree with the citation's hash is left out.
    """
    claims = [claim for feature in dataset.features for claim in feature.claims]
    known = {source.id for source in dataset.sources}
    columns: dict[str, Any] = {
        source: {"paragraphs": list(paragraphs), "passages": []}
        for source, paragraphs in articles.items()
        if source in known
    }
    for number, claim in enumerate(claims):
        citation, place = claim.citation, int(claim.citation.locator) - 1
        article = columns.get(citation.id)
        if article is None or place >= len(article["paragraphs"]):
            continue
        paragraph = article["paragraphs"][place]
        for first, last in find_spans(paragraph, citation.start, citation.end):
            if hash_passage(paragraph[first:last]) == citation.sha256:
                article["passages"].append([number, place, first, last])
                break
    return columns
