"""References to works, as style manuals have them: Chicago author-date and notes, and APA; plain text."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import date
from enum import StrEnum
from string import ascii_lowercase
from types import MappingProxyType

from babel.dates import format_date

from exports.titles import capitalise_title, curl_quotes, quote_title
from geo.model import Name, Source


class Manual(StrEnum):
    """The manuals that references are written by."""

    CHICAGO_AUTHOR_DATE = "chicago-author-date"
    CHICAGO_NOTES = "chicago-notes"
    APA = "apa"


_PERIODICALS = {"article-journal", "article-magazine", "article-newspaper"}
_WEB = {"webpage", "post-weblog"}
# in notes these leave their publisher out; in APA so do blogs and magazines
_UNPUBLISHED = {"article-journal", "article-newspaper"}
_UNPUBLISHED_APA = {*_PERIODICALS, "post-weblog"}
# in APA these are dated to the day
_DAILY_APA = {"article-magazine", "article-newspaper", "post", *_WEB}
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
    source: Source,
    manual: Manual = Manual.CHICAGO_AUTHOR_DATE,
    *,
    letter: str = "",
    paragraph: str | None = None,
) -> str:
    """Write the reference to a work, as pandoc's citeproc writes it by the manual's own style.

    A date that the work does not state (`Source.inferred`) stands in brackets, by every manual.

    Parameters
    ----------
    source
        The work.
    manual
        The manual. A date about which a work was made has brackets with a question mark in notes and "ca." in APA;
        author-date says nothing of it unless it is inferred, and then has it as notes do.
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
    if manual is Manual.APA:
        return _write_apa(source, letter)
    return _write_author_date(source, letter)


def _write_author_date(source: Source, letter: str) -> str:
    def mark(words: str) -> str:
        return _guess(words, source) if _is_inferred(source) and words else words

    place, day, title = _place(source), mark(_day_words(source)), _title(source)
    parts: list[str | None] = [
        _list_names(source, Manual.CHICAGO_AUTHOR_DATE),
        mark(f"{_year(source)}{letter}"),
    ]
    if source.type in _PERIODICALS:
        day = mark(_journal_month(source)) if source.type == "article-journal" else day or mark(str(_year(source)))
        # without a place the comma stands within the quotation marks
        parts += [title, _commas(place, day)] if place or not day else [f"{quote_title(_headline(source), ',')} {day}"]
    elif source.type in _WEB:
        parts += [title, place, source.publisher, day or mark(str(_year(source)))]
    else:
        place = f"In {place}" if place and source.type == "chapter" else place
        parts += [title, place, source.publisher]
    return _join_sentences([*parts, source.URL])


def _write_note(source: Source, paragraph: str | None) -> str:
    is_whole = source.type in {"book", "chapter", "thesis"}
    day = str(_year(source)) if is_whole else _day_words(source) or str(_year(source))
    day = _guess(day, source)
    place = source.container_title if source.type == "webpage" else _place(source)
    if place and source.type == "chapter":
        place = f"in {place}"
    publisher = None if source.type in _UNPUBLISHED else source.publisher
    published = f" ({publisher}, {day})" if publisher else ""
    title = _headline(source)
    if source.type != "book":
        # a comma that follows stands within the quotation marks
        title = quote_title(title, "" if published and not place else ",")
    else:
        title = f"{title}{'' if published and not place else ','}"
    within = f"{title} {place or ''}".rstrip() + published if place or published else f"{title} {day}"
    tail = day if place and not published else None
    names = _list_names(source, Manual.CHICAGO_NOTES)
    return _end(_commas(names, within, tail, f"para. {paragraph}" if paragraph else None, source.URL))


def _write_apa(source: Source, letter: str) -> str:
    first, *rest = source.issued.date_parts[0]
    day = _month_and_day(rest, source) if source.type in _DAILY_APA else ""
    when = f"{first}{letter}" + (f", {day}" if day else "")
    if source.issued.circa:
        when = f"ca. {when}"
    elif _is_inferred(source):
        when = f"[{when}]"
    names, title = _list_names(source, Manual.APA), curl_quotes(source.title)
    if source.type == "dataset":
        title = f"{title} [Data set]"
    publisher = None if source.type in _UNPUBLISHED_APA or source.publisher == names else source.publisher
    place = source.container_title
    if source.type in _DAILY_APA | _PERIODICALS:
        place = place and capitalise_title(place, source.language)
        parts = ["; ".join(part for part in (None if place == names else place, publisher) if part)]
    else:
        parts = [f"In {place}" if place else "", publisher or ""]
    reference = _join_sentences([names, f"({when})", title, *parts])
    return f"{reference} {source.URL}" if source.URL else reference


def _headline(source: Source) -> str:
    return capitalise_title(source.title, source.language)


def _title(source: Source) -> str:
    title = _headline(source)
    return title if source.type == "book" else quote_title(title)


def _place(source: Source) -> str | None:
    if not source.container_title:
        return None
    place = capitalise_title(source.container_title, source.language)
    return f"{place} (blog)" if source.type == "post-weblog" else place


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
    return curl_quotes(name.literal or _commas(name.family, name.given))


def _direct(name: Name) -> str:
    return curl_quotes(name.literal or " ".join(part for part in (name.given, name.family) if part))


def _apa_name(name: Name) -> str:
    if name.literal or not name.family or not name.given:
        return _inverted(name)
    initials = [
        "-".join(f"{part[0].upper()}." for part in given.split("-") if part)
        for given in name.given.replace(".", " ").split()
    ]
    return curl_quotes(f"{name.family}, {' '.join(initials)}")


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
    return f"{words}, {year}" if len(rest) > 1 else f"{words} {year}"


def _journal_month(source: Source) -> str:
    # the year stands before the title, and an issue has no day
    return _month_and_day(source.issued.date_parts[0][1:2], source)


def _month_and_day(rest: Sequence[int], source: Source) -> str:
    if not rest:
        return ""
    day = date(_year(source), rest[0], rest[1] if len(rest) > 1 else 1)
    return format_date(day, "MMMM d" if len(rest) > 1 else "MMMM", locale="en")


def _guess(words: str, source: Source) -> str:
    """Put a date that the work does not state, or about which it was made, into brackets."""
    if source.issued.circa:
        return f"[{words}?]"
    return f"[{words}]" if _is_inferred(source) else words


def _is_inferred(source: Source) -> bool:
    return "issued" in source.inferred


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
