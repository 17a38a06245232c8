"""JSON as the files of the atlas hold it: UTF-8, one member a line, no text that a reader would trip over."""

from __future__ import annotations

import json
import re
from typing import Any

from exports.cleaning import NOTE, clean_tree

# NUL as JSON writes it, and lone surrogates, which it leaves as they are
_SUSPECT = re.compile("\\\\u0000|[\ud800-\udfff]")


def write_json(value: Any) -> bytes:
    """Write a value as JSON text; what no file can hold is left out of its texts by the rule of `exports.cleaning`.

    Parameters
    ----------
    value
        Objects, lists, texts, finite numbers. An object with a ``receipt`` is told in it how many texts were changed.
    """
    text = json.dumps(value, ensure_ascii=False, indent=1, allow_nan=False)
    # the whole is searched once, which costs less than a look at every text
    if _SUSPECT.search(text):
        cleaned, changed = clean_tree(value)
        if changed and isinstance(cleaned, dict) and "receipt" in cleaned:
            cleaned["receipt"]["notes"] = [*cleaned["receipt"].get("notes", ()), NOTE.format(changed)]
        text = json.dumps(cleaned, ensure_ascii=False, indent=1, allow_nan=False)
    return f"{text}\n".encode()
