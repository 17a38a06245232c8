"""The words on the screen beside the map, in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from types import MappingProxyType

from geo.dataset import Dataset
from geo.dates import format_interval
from geo.model import Precision, Source
from geo.own_files import read_own_json
from geo.own_tables import OwnTable
from geo.view import Language
from layers.elements import ASSETS, read_strings
from layers.style import theme_styles


@cache
def read_words(language: Language) -> Mapping[str, str]:
    """Read the words of the page and of the app around it; English where a language lacks one.

    Parameters
    ----------
    language
        Of the words.
    """
    app = read_own_json(ASSETS / "app_strings.json", dict)
    page = read_strings()
    return MappingProxyType({**page["en"], **app["en"], **page.get(language.value, {}), **app.get(language.value, {})})


def theme_label(theme: str, language: Language, tables: Sequence[OwnTable] = ()) -> str:
    """Name a theme, given its slug, in a language; of readers' own tables it has the name that they give it."""
    label = next(style.label for style in theme_styles([theme], tables) if style.key == theme)
    return label.get(language.value, label["en"])


def tell_precision(precision: Precision, language: Language, *, is_own: bool = False) -> str:
    """Tell how exactly a place is known; of a reader's own event, for which no distance is given, in other words."""
    words, kind = read_words(language), f"precision-{precision}"
    means = f"own-{kind}-means" if is_own else f"{kind}-means"
    return f"{words[kind]}: {words[means]}"


def tell_data(dataset: Dataset, language: Language, *, digits: int = 64) -> str:
    """Name a dataset by its version, where it has one, and so many digits of its hash."""
    words, digest = read_words(language), dataset.sha256[:digits]
    return (
        words["data-line"].format(dataset.version, digest)
        if dataset.version
        else words["data-unversioned"].format(digest)
    )


def name_source(source: Source, language: Language) -> str:
    """Name a source in one line: who wrote it, its title, where it appeared, and when as far as is held."""
    words = read_words(language)
    published = format_interval(source.published, language.value)
    if "issued" in source.inferred:
        published = f"{published} {words['date-inferred']}"
    container = source.container_title or source.publisher
    return ", ".join(part for part in (source.byline, f"“{source.title}”", container, published) if part)
