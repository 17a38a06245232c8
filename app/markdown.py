"""Text written as Markdown, so that Streamlit shows it as it is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from urllib.parse import quote

_PUNCTUATION = re.compile(r"([!-/:-@\[-`{-~])")
# Streamlit writes these, between blanks, as typographic signs; where one of their signs is in italics it does not
_OPERATOR = re.compile(
    r"(?<![^\s\ufeff])(\\<(?=\\-\\>)|)(\\-|\\<|\\>|\\~)((?<=-)\\[->]|(?<=<)\\[-=]|(?<=[>~])\\=)(?![^\s\ufeff])"
)
# of ":streamlit:" and ":material_NAME:" it makes pictures, even where they are escaped; a letter in italics keeps them
_PICTURE = re.compile(r"(?<=\\:)[sm](?=treamlit\\:|aterial\\_)")
# what Markdown has no way to write, and what Streamlit takes off the ends
_NO_BLANKS = re.compile(r"[\x0b\x1c-\x1f\x85]")
# Markdown takes these for ends of lines, or takes them off, unless they are written as their numbers
_BLANKS = re.compile(r"[\t\n\f\r]|\A[\s\ufeff]+|[\s\ufeff]+\Z")
# what an address may hold besides letters and digits; brackets and angles would end a link's target
_URL_SIGNS = "%/:=&?~#+!$,;'@*."


def escape_markdown(text: str) -> str:
    r"""Write text so that Markdown shows it as it is, its blanks too, and stays on one line itself.

    References
    ----------
    CommonMark 0.31.2, section 2.4: any ASCII punctuation may be escaped by a backslash.

    Examples
    --------
    >>> escape_markdown("![x](y) :red[z]")
    '\\!\\[x\\]\\(y\\) \\:red\\[z\\]'
    >>> escape_markdown("a -- b")
    'a *\\-*\\- b'
    >>> escape_markdown("a\n  b ")
    'a&#10;  b&#32;'
    """
    escaped = _PUNCTUATION.sub(r"\\\1", _NO_BLANKS.sub(" ", text))
    marked = _PICTURE.sub(r"*\g<0>*", _OPERATOR.sub(r"\1*\2*\3", escaped))
    return _BLANKS.sub(lambda found: "".join(f"&#{ord(blank)};" for blank in found[0]), marked)


def markdown_link(label: str, url: str) -> str:
    r"""Write a link to a web page in Markdown; an address of any other kind is left out.

    Parameters
    ----------
    label
        Words to be chosen.
    url
        Absolute address, ``http`` or ``https``.

    Examples
    --------
    >>> markdown_link("here", "https://example.org/a(b)#:~:text=c,d")
    '[here](https\\://example.org/a%28b%29#\\:~\\:text=c,d)'
    >>> markdown_link("here", "javascript:alert")
    'here'
    """
    words = escape_markdown(label)
    # Markdown looks for references in addresses too, and Streamlit for pictures and formulas
    target = re.sub(r"([&:$])", r"\\\1", quote(url, safe=_URL_SIGNS))
    return f"[{words}]({target})" if url.startswith(("https://", "http://")) else words


def markdown_line(label: str, text: str) -> str:
    """Write a label and what stands beside it as a line of Markdown; without a label the text alone."""
    # the colon too: after a label that ends on ":100" it would make the picture of that name
    return f"*{escape_markdown(f'{label}:')}* {escape_markdown(text)}" if label else escape_markdown(text)


def markdown_table(heading: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    r"""Write a table in Markdown.

    Parameters
    ----------
    heading, rows
        Cells, as many in each row as in the heading.

    Examples
    --------
    >>> markdown_table(["", "A|B"], [["x", "y"]])
    '|  | A\\|B |\n|---|---|\n| x | y |'
    """
    lines = [f"| {' | '.join(map(escape_markdown, row))} |" for row in (heading, *rows)]
    return "\n".join([lines[0], f"|{'---|' * len(heading)}", *lines[1:]])


def markdown_item(*blocks: str) -> str:
    r"""Write blocks of Markdown as one item of a list; empty ones are left out.

    Examples
    --------
    >>> markdown_item("**a**", "", "b  \nc")
    '- **a**\n\n  b  \n  c'
    """
    return "- " + "\n\n".join(filter(None, blocks)).replace("\n", "\n  ").replace("\n  \n", "\n\n")
