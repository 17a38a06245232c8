"""The words that only files need, in the reader's language; what page and app say too comes from `layers.words`."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType

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
    strings = json.loads(_STRINGS.read_text(encoding="utf-8"))
    return MappingProxyType({**strings["en"], **strings.get(language.value, {})})
