"""Articles beside the map: their paragraphs, and where in them the cited passages stand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from geo.dataset import Dataset
from geo.passages import find_spans, hash_passage


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
