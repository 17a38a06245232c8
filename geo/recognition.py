"""Articles recognised by the passages that are cited from them, and how many of their citations stand."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from geo.articles import MAX_BYTES, decode_article
from geo.errors import InputError, Problem
from geo.passages import normalise_passage
from geo.verification import find_citations, stands_as_cited
from geo.wording import show_value

if TYPE_CHECKING:
    from geo.dataset import Dataset

# the cost of looking for passages grows with both; no article comes near them
_MAX_PARAGRAPH_LETTERS = 20_000
_MAX_REPEATS = 5


@dataclass(frozen=True, slots=True)
class Article:
    """An article at hand.

    Parameters
    ----------
    source
        Id of the source that it is the text of.
    paragraphs
        As `geo.passages.read_paragraphs` counts them.
    standing, cited
        How many of the citations stand in it as cited, of how many.
    """

    source: str
    paragraphs: tuple[str, ...]
    standing: int
    cited: int


def weigh_articles(articles: Mapping[str, Iterable[str]], dataset: Dataset) -> dict[str, Article]:
    """Count, for each article, how many of its citations stand.

    Parameters
    ----------
    articles
        Paragraphs by source id.
    dataset
        Whose claims cite them.
    """
    weighed = {}
    for source, text in articles.items():
        paragraphs, citations = list(text), find_citations(dataset, source)
        standing = sum(stands_as_cited(citation, paragraphs) for citation in citations)
        weighed[source] = Article(source, tuple(paragraphs), standing, len(citations))
    return weighed


def recognise_article(content: bytes, name: str, dataset: Dataset) -> Article:
    """Tell which source a file is the text of: the one of which most citations stand in it, whatever its name.

    Parameters
    ----------
    content
        The file's bytes, from anyone.
    name
        What to call it in messages.
    dataset
        Whose sources are looked for.

    Raises
    ------
    InputError
        If the file is too large, not UTF-8, or holds no cited passage in the paragraph where it is cited.
    """
    paragraphs = decode_article(content, name) if len(content) <= MAX_BYTES else []
    fault = _explain_size(content, paragraphs) or _explain_repeats(paragraphs, dataset)
    if not fault:
        articles = weigh_articles({source.id: paragraphs for source in dataset.sources}, dataset)
        best = max(articles.values(), key=lambda article: article.standing, default=None)
        if best and best.standing:
            return best
        fault = "No passage that the atlas cites stands in it. Give an article's whole text, a paragraph on each line."
    raise _refusal(name, fault)


def _explain_size(content: bytes, paragraphs: list[str]) -> str:
    if len(content) > MAX_BYTES:
        return f"It is larger than {MAX_BYTES >> 20} MB. Give the article's text alone."
    if any(len(paragraph) > _MAX_PARAGRAPH_LETTERS for paragraph in paragraphs):
        return f"A line has more than {_MAX_PARAGRAPH_LETTERS:,} letters. Give one paragraph on each line."
    return ""


def _explain_repeats(paragraphs: list[str], dataset: Dataset) -> str:
    texts = [normalise_passage(paragraph) for paragraph in paragraphs]
    for feature in dataset.features:
        for citation in (claim.citation for claim in feature.claims):
            text = "".join(texts[int(citation.locator) - 1 :][:1])
            if max(text.count(normalise_passage(words)) for words in (citation.start, citation.end)) > _MAX_REPEATS:
                return f"Paragraph {citation.locator} says the same again and again. Give the article as it is printed."
    return ""


def _refusal(name: str, fault: str) -> InputError:
    return InputError([Problem("articles", f"Invalid article '{show_value(name)}'. {fault}")])
