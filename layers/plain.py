"""What the page holds as a plain table: shown where its script does not run, so that no reader meets a blank page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape
from itertools import chain, islice

from geo.dataset import Dataset
from geo.dates import format_interval
from geo.view import Language
from layers.words import read_words, theme_label

MAX_ROWS = 500
"""Rows of the table at most; how many more there are is told."""

_COLUMNS = ("name", "theme", "when", "statement", "source")


def render_plain(dataset: Dataset, language: Language) -> str:
    """Write the table as markup: title, why the map is not seen, and a row a feature with its claims.

    Parameters
    ----------
    dataset
        What is listed; a reader's own events follow the features. Every value is escaped.
    language
        Of the words.
    """
    words = read_words(language)
    count = len(dataset.features) + len(dataset.events or ())
    heading = "".join(f'<th scope="col">{escape(words[f"column-{name}"])}</th>' for name in _COLUMNS)
    rows = "\n".join(islice(chain(_feature_rows(dataset, language), _event_rows(dataset, language)), MAX_ROWS))
    more = f"<p>{escape(words['plain-more'].format(count - MAX_ROWS))}</p>" if count > MAX_ROWS else ""
    markup = (
        f'<div class="plain"><h1>{escape(words["title"])}</h1><p class="why">{escape(words["plain-off"])}</p>\n'
        f"<table><thead><tr>{heading}</tr></thead><tbody>\n{rows}\n</tbody></table>{more}</div>"
    )
    # a lone surrogate, which no file can hold, is shown as the mark for what cannot be read
    return markup.encode("utf-8", "replace").decode()


def fault_words(language: Language) -> str:
    """Return what is told when the script fails; ``({})`` is the place of the reason."""
    return read_words(language)["plain-failed"]


def _feature_rows(dataset: Dataset, language: Language) -> Iterator[str]:
    labels = {theme: theme_label(theme, language) for theme in {feature.theme.value for feature in dataset.features}}
    for feature in dataset.features:
        told = [claim.statement for claim in feature.claims]
        sources = dict.fromkeys(dataset.source(claim.citation.id).byline for claim in feature.claims)
        when = format_interval(feature.when, language.value) if feature.when else ""
        name = feature.names.get(language.value, feature.name)
        yield _row(name, labels[feature.theme.value], when, told, sources)


def _event_rows(dataset: Dataset, language: Language) -> Iterator[str]:
    if not dataset.events:
        return
    labels = {theme: theme_label(theme, language, dataset.tables) for theme in dataset.events.themes}
    columns = (dataset.events.columns[name] for name in _COLUMNS)
    for name, theme, when, statement, source in zip(*columns, strict=True):
        told = format_interval(when, language.value) if when else ""
        yield _row(name, labels[theme], told, [statement], [source])


def _row(name: str, theme: str, when: str, statements: Iterable[str], sources: Iterable[str]) -> str:
    cells = (*map(escape, (name, theme, when)), _lines(statements), _lines(sources))
    return "<tr>" + "".join(f'<td dir="auto">{cell}</td>' for cell in cells) + "</tr>"


def _lines(texts: Iterable[str]) -> str:
    return "<br>".join(map(escape, texts))
