"""The words that only files need, in the reader's language; what page and app say too comes from `layers.words`."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType

from geo.own_files import read_own_json
from geo.view import Language

_STRINGS = Path(__file__).parent / "assets" / "strings.json"


@cache
def read_own_words(language: Language) -> Mapping[str, str]:
    """Read the words of files; English where a language lacks one.

    Parameters
    ----------
    language
        Of the words.
    """
    strings = read_own_json(_STRINGS, dict)
    return MappingProxyType({**strings["en"], **strings.get(language.value, {})})
