"""References to works, as style manuals have them: Chicago author-date and notes, and APA; plain text."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from enum import StrEnum
from string import ascii_lowercase
from types import MappingProxyType

from babel.dates import format_date

from geo.model import Name, Source


class Manual(StrEnum):
    """The manuals that references are written by."""

    CHICAGO_AUTHOR_DATE = "chicago-author-date"
    CHICAGO_NOTES = "chicago-notes"
    APA = "apa"


_PERIODICALS = {"article", "article-journal", "article-magazine", "article-newspaper"}
_BOOKS = {"book", "dataset", "software"}
# words that stay small within a title, as citeproc has them in English
_SMALL_WORDS = re.compile(
    "a|about|an|and|around|as|at|but|by|d|de|down|for|from|in|into|nor|of|on|onto|or|over|so|the|till|to|up|v|van|via|von"
    "|yet"
)
_MOST_AUTHORS = MappingProxyType({Manual.CHICAGO_AUTHOR_DATE: (10, 7), Manual.CHICAGO_NOTES: (3, 1)})


def format_references(sources: Sequence[Source], manual: Manual = Manual.CHICAGO_AUTHOR_DATE) -> list[str]:
    """Write a list of references in the order of the manual.

    Works of the same authors and year are told apart by a letter after the year, as author-date styles need it;
    notes keep the order that they are given in.

    Parameters
    ----------
    sources
        Works, each once.
    manual
        The manual.
    """
    if manual is Manual.CHICAGO_NOTES:
        return [format_reference(source, manual) for source in sources]
    ordered = sorted(sources, key=lambda source: (_sort_words(source), source.id))
    alike = Counter(_author_and_year(source) for source in ordered)
    letters: dict[tuple[str, int], int] = defaultdict(int)
    references = []
    for source in ordered:
        key = _author_and_year(source)
        letter = ascii_lowercase[letters[key] % 26] if alike[key] > 1 else ""
        letters[key] += 1
        references.append(format_reference(source, manual, letter=letter))
    return references


def format_reference(
    source: Source, manual: Manual = Manual.CHICAGO_AUTHOR_DATE, *, letter: str = "", paragraph: str | None = None
) -> str:
    """Write the reference to a work.

    A date that the work does not state stands in square brackets, with a question mark where it is a guess; APA has
    "ca." for a guess.

    Parameters
    ----------
    source
        The work.
    manual
        The manual.
    letter
        What tells the work from others of the same authors and year.
    paragraph
        Number of the cited paragraph, for a note.

    References
    ----------
    The Chicago Manual of Style, 17th edition, 14.145 (guessed dates), 15.6-15.9, 15.44 (author-date). Publication
    Manual of the American Psychological Association, 7th edition, chapter 9.
    """
    if manual is Manual.CHICAGO_NOTES:
        return _write_note(source, paragraph)
    return _WRITERS[manual](source, letter)


def _write_author_date(source: Source, letter: str) -> str:
    container, title = source.container_title, chicago_title(source)
    parts: list[str | None] = [
        _list_names(source, Manual.CHICAGO_AUTHOR_DATE),
        _guess(f"{_year(source)}{letter}", source),
    ]
    if source.type in _BOOKS:
        parts += [title, source.publisher]
    elif source.type == "report":
        parts += [_quote(title), source.publisher]
    elif source.type == "chapter":
        parts += [_quote(title), container and f"In {_title_case(container, source)}", source.publisher]
    elif source.type in _PERIODICALS:
        day = _journal_month(source) if source.type == "article-journal" else _day_words(source)
        parts += [_quote(title), _commas(container, day)]
    else:
        place = f"{container} (blog)" if container and source.type == "post-weblog" else container
        parts += [_quote(title), place, source.publisher, _day_words(source)]
    return _join_sentences([*parts, source.URL])


def _write_note(source: Source, paragraph: str | None) -> str:
    title, place = chicago_title(source), source.container_title
    day = _day_words(source) or _guess(str(_year(source)), source)
    parts: list[str | None] = [_list_names(source, Manual.CHICAGO_NOTES)]
    if source.type in {*_BOOKS, "report"}:
        published = _commas(source.publisher, _guess(str(_year(source)), source))
        parts.append(f"{title} ({published})")
    else:
        within = f"in {place}" if place and source.type == "chapter" else place or source.publisher
        # the comma stands within the quotation marks
        parts += [f"“{title}{'' if title.endswith(('?', '!')) else ','}”\0{within or day}", day if within else None]
    parts += [f"para. {paragraph}" if paragraph else None, source.URL]
    return _end(_commas(*parts).replace("\0", " "))


def _write_apa(source: Source, letter: str) -> str:
    first, *rest = source.issued.date_parts[0]
    day = _month_and_day(rest, source)
    when = f"{first}{letter}" + (f", {day}" if day and source.type not in {*_BOOKS, "article-journal"} else "")
    if source.issued.circa:
        when = f"ca. {when}"
    elif "issued" in source.inferred:
        when = f"[{when}]"
    names, title = _list_names(source, Manual.APA), _curl(source.title)
    place = source.container_title or source.publisher
    if place and source.type == "chapter":
        place = f"In {place}"
    reference = _join_sentences([names, f"({when})", title, place if place != names else None])
    return f"{reference} {source.URL}" if source.URL else reference


_WRITERS: Mapping[Manual, Callable[[Source, str], str]] = MappingProxyType(
    {Manual.CHICAGO_AUTHOR_DATE: _write_author_date, Manual.APA: _write_apa}
)


def _list_names(source: Source, manual: Manual) -> str:
    people = [name for name in source.author if name.literal or name.family or name.given]
    if manual is Manual.APA:
        names = [_apa_name(name) for name in people]
        if len(names) > 20:
            return f"{', '.join(names[:19])}, … {names[-1]}"
        return f"{', '.join(names[:-1])}, & {names[-1]}" if len(names) > 1 else "".join(names)
    names = [
        _inverted(name) if number == 0 and manual is Manual.CHICAGO_AUTHOR_DATE else _direct(name)
        for number, name in enumerate(people)
    ]
    most, kept = _MOST_AUTHORS[manual]
    if len(names) > most:
        comma = "," if kept > 1 else ""
        return f"{', '.join(names[:kept])}{comma} et al."
    if len(names) < 2:
        return "".join(names)
    needs_comma = len(names) > 2 or manual is Manual.CHICAGO_AUTHOR_DATE
    return f"{', '.join(names[:-1])}{',' if needs_comma else ''} and {names[-1]}"


def _inverted(name: Name) -> str:
    return _curl(name.literal or _commas(name.family, name.given))


def _direct(name: Name) -> str:
    return _curl(name.literal or " ".join(part for part in (name.given, name.family) if part))


def _apa_name(name: Name) -> str:
    if name.literal or not name.family or not name.given:
        return _inverted(name)
    initials = [
        "-".join(f"{part[0].upper()}." for part in given.split("-") if part)
        for given in name.given.replace(".", " ").split()
    ]
    return _curl(f"{name.family}, {' '.join(initials)}")


def _year(source: Source) -> int:
    return source.issued.date_parts[0][0]


def _author_and_year(source: Source) -> tuple[str, int]:
    return source.byline, _year(source)


def _sort_words(source: Source) -> tuple[str, int, str]:
    names = " ".join(_inverted(name) for name in source.author)
    return names.casefold(), _year(source), source.title.casefold()


def _day_words(source: Source) -> str:
    year, *rest = source.issued.date_parts[0]
    words = _month_and_day(rest, source)
    if not words:
        return ""
    return _guess(f"{words}, {year}" if len(rest) > 1 else f"{words} {year}", source)


def _journal_month(source: Source) -> str:
    # the year stands before the title, and an issue has no day
    words = _month_and_day(source.issued.date_parts[0][1:2], source)
    return _guess(words, source) if words else ""


def _month_and_day(rest: Sequence[int], source: Source) -> str:
    if not rest:
        return ""
    day = date(_year(source), rest[0], rest[1] if len(rest) > 1 else 1)
    return format_date(day, "MMMM d" if len(rest) > 1 else "MMMM", locale="en")


def _guess(words: str, source: Source) -> str:
    """Put a date that the work does not state into brackets."""
    if source.issued.circa:
        return f"[{words}?]"
    return f"[{words}]" if "issued" in source.inferred else words


def _curl(text: str) -> str:
    """Turn straight apostrophes and quotation marks into those of print; space is single."""
    text = re.sub(r"(?<![\w.,;:!?’)\]])'(?=\w)", "‘", " ".join(text.split())).replace("'", "’")
    return re.sub(r'(?<![\w.,;:!?’)\]])"(?=\w)', "“", text).replace('"', "”")


def _quote(title: str) -> str:
    # marks within marks are single
    return f"“{title.replace('“', '‘').replace('”', '’')}”"


def chicago_title(source: Source) -> str:
    """Write a work's title with capitals as Chicago has them: headline style in English, as it is in other tongues."""
    return _title_case(source.title, source)


def _title_case(title: str, source: Source) -> str:
    title = _curl(title)
    if source.language and not source.language.lower().startswith("en"):
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


def _commas(*parts: str | None) -> str:
    return ", ".join(part for part in parts if part)


def _join_sentences(parts: Sequence[str | None]) -> str:
    return " ".join(_end(part) for part in parts if part)


def _end(text: str) -> str:
    """End a part with a full stop, within closing quotation marks, unless it has an end."""
    body = text.rstrip("”’")
    if body.endswith((".", "?", "!")):
        return text
    marks = text[len(body) :] if text.endswith("”") else ""
    return f"{body}.{marks}" if marks else f"{text}."
