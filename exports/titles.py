"""Titles as style manuals have them: capitals, and the quotation marks of print."""

from __future__ import annotations

import re

# words that stay small within a title, as citeproc has them in English
_SMALL_WORDS = re.compile(
    "a|about|an|and|around|as|at|but|by|d|de|down|for|from|in|into|nor|of|on|onto|or|over|so|the|till|to|up|v|van|via|von"
    "|yet"
)


def curl_quotes(text: str) -> str:
    """Turn straight apostrophes and quotation marks into those of print; space is single."""
    text = re.sub(r"(?<![\w.,;:!?’)\]])'(?=\w)", "‘", " ".join(text.split())).replace("'", "’")
    return re.sub(r'(?<![\w.,;:!?’)\]])"(?=\w)', "“", text).replace('"', "”")


def quote_title(title: str, mark: str = "") -> str:
    """Put a title into quotation marks, with a mark that follows it within them unless the title ends with one."""
    # marks within marks are single
    inner = title.replace("“", "‘").replace("”", "’")
    return f"“{inner}{'' if inner.rstrip('’').endswith(('?', '!')) else mark}”"


def capitalise_title(title: str, language: str | None) -> str:
    """Write a title with capitals as Chicago has them: headline style in English, as it is in other tongues.

    Parameters
    ----------
    title
        As the work has it.
    language
        Code of the work's language; ``None`` is taken for English.
    """
    title = curl_quotes(title)
    if language and not language.lower().startswith("en"):
        return title
    words = title.split(" ")
    starts_part = True
    for number, word in enumerate(words):
        is_end = starts_part or number == len(words) - 1
        words[number] = "-".join(
            _capital(part, is_end=is_end and place == 0) for place, part in enumerate(word.split("-"))
        )
        starts_part = word.endswith((":", "?", "!", ".", "–", "—"))
    return " ".join(words)


def _capital(word: str, *, is_end: bool) -> str:
    letters = re.sub(r"[^\w’']", "", word)
    if letters != letters.lower() or (_SMALL_WORDS.fullmatch(letters) and not is_end):
        return word
    place = next((at for at, sign in enumerate(word) if sign.isalpha()), None)
    return word if place is None else word[:place] + word[place].upper() + word[place + 1 :]
