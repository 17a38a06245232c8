"""Articles that stand in files: one plain text each, its non-empty lines the paragraphs."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from geo.errors import InputError, Problem
from geo.model import Source
from geo.passages import read_paragraphs
from geo.wording import show_value

MAX_BYTES = 1024 * 1024
"""Greatest size of an article."""


def read_article(path: Path | str) -> list[str]:
    """Read an article's paragraphs from a plain-text file.

    Parameters
    ----------
    path
        UTF-8 text; its non-empty lines are the paragraphs.

    Raises
    ------
    InputError
        If the file cannot be opened, is larger than `MAX_BYTES` or is not UTF-8.
    """
    place = Path(path)
    try:
        # a device or a pipe may have no end, or keep whoever opens it waiting
        if not (place.is_file() or place.is_dir()) and place.stat():
            raise _fault(path, "It is a device or a pipe. Give a text file.")
        with place.open("rb") as file:
            content = file.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:
        if isinstance(error, InputError):
            raise
        reason = getattr(error, "strerror", None) or str(error)
        raise _fault(path, f"It cannot be read ({reason}). Give a text file that exists.") from error
    if len(content) > MAX_BYTES:
        raise _fault(path, f"An article has at most {MAX_BYTES >> 20} MB. Give one article alone.")
    return decode_article(content, str(path))


def _fault(path: Path | str, rule: str) -> InputError:
    return InputError([Problem("articles", f"Invalid article '{path}'. {rule}")])


def read_articles(folder: Path | str, sources: Iterable[Source]) -> dict[str, list[str]]:
    """Read the articles of a folder, by source id.

    Parameters
    ----------
    folder
        Holds one plain-text file an article, ``<source id>.txt``, UTF-8; a source without one is left out.
    sources
        Whose articles are looked for.

    Raises
    ------
    InputError
        If the folder is not there, has no article of any source, or an article in it cannot be read.
    """
    where = Path(folder)
    if not where.is_dir():
        message = f"Invalid folder '{folder}'. It holds one text file an article. Give a folder that exists."
        raise InputError([Problem("articles", message)])
    articles: dict[str, list[str]] = {}
    problems: list[Problem] = []
    ids = sorted({source.id for source in sources})
    for source in ids:
        if (where / f"{source}.txt").is_file():
            try:
                articles[source] = read_article(where / f"{source}.txt")
            except InputError as error:
                problems += error.problems
    if not articles and not problems:
        names = ", ".join(f"{source}.txt" for source in ids)
        message = f"Invalid folder '{folder}'. It holds no article of the data's sources. Name the files {names}."
        problems = [Problem("articles", message)]
    if problems:
        raise InputError(problems)
    return articles


def decode_article(content: bytes, name: str) -> list[str]:
    """Read an article's paragraphs from its bytes.

    Parameters
    ----------
    content
        UTF-8 text.
    name
        What to call it in messages.

    Raises
    ------
    InputError
        If the bytes are not UTF-8.
    """
    try:
        return read_paragraphs(content.decode("utf-8"))
    except UnicodeDecodeError as error:
        message = f"Invalid article '{show_value(name, 200)}'. Byte {error.start} is not UTF-8. Save the text as UTF-8."
        raise InputError([Problem("articles", message)]) from error
