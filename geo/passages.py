"""Passages of an article: how paragraphs are counted, how a passage is found, normalised and hashed."""

from __future__ import annotations

import hashlib
import re
import unicodedata

_FORMS = {
    "'": "'\u2018\u2019\u201a\u201b\u2032\u00b4",
    '"': '"\u201c\u201d\u201e\u201f\u2033\u00ab\u00bb',
    "-": "-\u2010\u2011\u2012\u2013\u2014\u2015\u2212",
    " ": " \u00a0\u202f\u2007",
}
"""The signs that are folded, by what they are folded to."""

_FOLDED = str.maketrans({form: plain for plain, forms in _FORMS.items() for form in forms})


def read_paragraphs(text: str) -> list[str]:
    """Split an article into its paragraphs: the non-empty lines, headings and captions included.

    Parameters
    ----------
    text
        The article as plain text; put into Unicode NFC. Paragraph 1 of a locator is item 0 of the result.
    """
    lines = unicodedata.normalize("NFC", text).lstrip("\ufeff").splitlines()
    return [line.strip() for line in lines if line.strip()]


def normalise_passage(passage: str) -> str:
    r"""Fold what differs only in form: Unicode NFC, typographic quotes, dashes and spaces, runs of white space.

    Examples
    --------
    >>> normalise_passage(" It’s  “here” — now ")
    'It\'s "here" - now'
    """
    folded = unicodedata.normalize("NFC", passage).translate(_FOLDED)
    return re.sub(r"\s+", " ", folded).strip()


def find_spans(paragraph: str, start: str, end: str) -> list[tuple[int, int]]:
    """Find every passage of a paragraph that begins with ``start`` and ends with ``end``, as it is printed.

    Parameters
    ----------
    paragraph
        One paragraph of an article, in Unicode NFC as `read_paragraphs` gives it.
    start, end
        First and last words of the passage, in any form that `normalise_passage` folds to the same.

    Returns
    -------
    list
        Of each passage the number of its first letter, from 0, and of the letter after its last.

    Examples
    --------
    >>> find_spans("It  said “no” – twice", 'said "no"', "- twice")
    [(4, 21)]
    """
    first, last = (_pattern(words) for words in (start, end))
    starts = [match.start() for match in first.finditer(paragraph)]
    ends = [match.end() for match in last.finditer(paragraph)]
    shortest = max(len(normalise_passage(start)), len(normalise_passage(end)))
    return [(a, b) for a in starts for b in ends if b - a >= shortest]


def _pattern(words: str) -> re.Pattern[str]:
    signs = "".join(
        r"\s+" if sign == " " else f"[{re.escape(_FORMS[sign])}]" if sign in _FORMS else re.escape(sign)
        for sign in normalise_passage(words)
    )
    return re.compile(signs)


def hash_passage(passage: str) -> str:
    """Return the SHA-256 of the normalised passage (UTF-8), in hexadecimal."""
    return hashlib.sha256(normalise_passage(passage).encode()).hexdigest()


def find_passages(paragraph: str, start: str, end: str) -> list[str]:
    """Find every passage of a paragraph that begins with ``start`` and ends with ``end``, normalised.

    Parameters
    ----------
    paragraph
        One paragraph of an article, as `read_paragraphs` gives it.
    start, end
        First and last words of the passage; they may overlap in a short one.
    """
    return [normalise_passage(paragraph[first:last]) for first, last in find_spans(paragraph, start, end)]
