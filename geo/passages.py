"""Passages of an article: how paragraphs are counted, how a passage is found, normalised and hashed."""

from __future__ import annotations

import hashlib
import re
import unicodedata

_FOLDED = str.maketrans(
    {
        **dict.fromkeys("\u2018\u2019\u201a\u201b\u2032\u00b4", "'"),
        **dict.fromkeys("\u201c\u201d\u201e\u201f\u2033\u00ab\u00bb", '"'),
        **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-"),
        **dict.fromkeys("\u00a0\u202f\u2007", " "),
    }
)


def read_paragraphs(text: str) -> list[str]:
    """Split an article into its paragraphs: the non-empty lines, headings and captions included.

    Parameters
    ----------
    text
        The article as plain text. Paragraph 1 of a locator is item 0 of the result.
    """
    return [line.strip() for line in text.lstrip("\ufeff").splitlines() if line.strip()]


def normalise_passage(passage: str) -> str:
    r"""Fold what differs only in form: Unicode NFC, typographic quotes, dashes and spaces, runs of white space.

    Examples
    --------
    >>> normalise_passage(" It’s  “here” — now ")
    'It\'s "here" - now'
    """
    folded = unicodedata.normalize("NFC", passage).translate(_FOLDED)
    return re.sub(r"\s+", " ", folded).strip()


def hash_passage(passage: str) -> str:
    """Return the SHA-256 of the normalised passage (UTF-8), in hexadecimal."""
    return hashlib.sha256(normalise_passage(passage).encode()).hexdigest()


def find_passages(paragraph: str, start: str, end: str) -> list[str]:
    """Find every passage of a paragraph that begins with ``start`` and ends with ``end``, normalised.

    Parameters
    ----------
    paragraph
        One paragraph of an article, as printed.
    start, end
        First and last words of the passage; they may overlap in a short one.
    """
    text, start, end = (normalise_passage(part) for part in (paragraph, start, end))
    starts = [match.start() for match in re.finditer(re.escape(start), text)]
    ends = [match.end() for match in re.finditer(re.escape(end), text)]
    return [text[first:last] for first in starts for last in ends if last - first >= max(len(start), len(end))]
