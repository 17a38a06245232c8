"""The sources of what a view shows, for reference managers and for the end of a paper."""

from __future__ import annotations

import re
from collections import Counter
from types import MappingProxyType
from typing import Any
from urllib.parse import quote

from exports.cleaning import one_line
from exports.geojson import cited_sources, source_item
from exports.json_writing import write_json
from exports.receipt import build_receipt, format_receipt, read_day
from exports.references import Manual, format_references
from geo.dataset import Dataset
from geo.events import make_slug
from geo.selection import Selection, select
from geo.view import View

ATLAS_ID = "corridor-atlas"
"""Id of the last entry of each bibliography, which is the atlas itself; its note is the receipt."""

# RIS as Zotero, EndNote and rispy know its types
_RIS_TYPES = MappingProxyType(
    {
        "article": "JOUR",
        "article-journal": "JOUR",
        "article-magazine": "MGZN",
        "article-newspaper": "NEWS",
        "book": "BOOK",
        "chapter": "CHAP",
        "dataset": "DATA",
        "post": "BLOG",
        "post-weblog": "BLOG",
        "report": "RPRT",
        "webpage": "ELEC",
    }
)
# BibLaTeX's types; `entrysubtype` tells a newspaper or magazine from a journal
_BIB_TYPES = MappingProxyType(
    {
        "article": "article",
        "article-journal": "article",
        "article-magazine": "article",
        "article-newspaper": "article",
        "book": "book",
        "chapter": "incollection",
        "dataset": "dataset",
        "post": "online",
        "post-weblog": "online",
        "report": "report",
        "webpage": "online",
    }
)
_BIB_SUBTYPES = MappingProxyType({"article-magazine": "magazine", "article-newspaper": "newspaper"})
_BIB_ESCAPES = str.maketrans(
    {
        **{sign: f"\\{sign}" for sign in "&%$#_"},
        # a brace after a backslash would still count as a brace
        "{": "\\textbraceleft{}",
        "}": "\\textbraceright{}",
        "\\": "\\textbackslash{}",
        "~": "\\textasciitilde{}",
        "^": "\\textasciicircum{}",
    }
)
# a tag and what it holds, in the order in which they are written
_RIS_TAGS = MappingProxyType(
    {"TI": "title", "T2": "container-title", "PB": "publisher", "LA": "language", "UR": "URL", "ID": "id"}
)
_LANGUAGES = MappingProxyType({"en": "english", "ar": "arabic", "he": "hebrew", "fr": "french", "de": "german"})


_MANUALS = MappingProxyType(
    {
        "References (The Chicago Manual of Style, author-date)": Manual.CHICAGO_AUTHOR_DATE,
        "Notes (The Chicago Manual of Style)": Manual.CHICAGO_NOTES,
        "References (APA)": Manual.APA,
    }
)


def render_csl(dataset: Dataset, view: View) -> bytes:
    """Write the sources in view as CSL-JSON (schema 1.0.2).

    Parameters
    ----------
    dataset
        What is chosen from.
    view
        What to show; the sources are those that the shown claims cite, and those of a reader's own shown events.
    """
    return write_json(_items(dataset, view))


def render_bib(dataset: Dataset, view: View) -> bytes:
    """Write the sources in view as BibLaTeX, in fields that BibTeX knows too: UTF-8, the signs of TeX escaped.

    Parameters
    ----------
    dataset
        What is chosen from.
    view
        As in `render_csl`.
    """
    return "\n".join(_bib_entry(item) for item in _items(dataset, view)).encode()


def render_ris(dataset: Dataset, view: View) -> bytes:
    """Write the sources in view as RIS: UTF-8, lines ending with CR LF.

    Parameters
    ----------
    dataset
        What is chosen from.
    view
        As in `render_csl`.
    """
    return "\r\n".join(_ris_record(item) for item in _items(dataset, view)).encode()


def render_references(dataset: Dataset, view: View) -> bytes:
    """Write the references of the sources in view as plain text: Chicago author-date, Chicago notes, APA.

    Below them stands what is inferred of a source, and at the end the receipt.

    Parameters
    ----------
    dataset
        What is chosen from.
    view
        As in `render_csl`.
    """
    selection = select(dataset, view)
    sources = cited_sources(dataset, selection)
    others, lines = sorted(_event_sources(dataset, selection)), []
    for heading, manual in _MANUALS.items():
        lines += [heading, "", *format_references(sources, manual), *others, ""]
    inferred = [
        f"{source.byline}, {field}: {reason}" for source in sources for field, reason in source.inferred.items()
    ]
    if inferred:
        lines += ["Inferred, since the works do not state it", "", *inferred, ""]
    item = _atlas_item(dataset, view, selection)
    lines += [
        "This atlas",
        "",
        f"{item['author'][0]['literal']}. {item['issued']['date-parts'][0][0]}. {item['title']}.",
    ]
    lines += ["", "Receipt", "", *item["note"].splitlines()]
    return ("\n".join(one_line(line) for line in lines) + "\n").encode()


def _items(dataset: Dataset, view: View) -> list[dict[str, Any]]:
    selection = select(dataset, view)
    items = [source_item(source) for source in cited_sources(dataset, selection)]
    taken = {item["id"] for item in items} | {ATLAS_ID}
    turns: Counter[str] = Counter()
    for name in _event_sources(dataset, selection):
        slug = make_slug(name)
        identity = slug
        while identity in taken:
            # counted on, not from the start: thousands of addresses may begin with the same letters
            turns[slug] += 1
            identity = f"{slug}-{turns[slug] + 1}"
        taken.add(identity)
        items.append({"id": identity, "type": "document", "title": name})
    return [*items, _atlas_item(dataset, view, selection)]


def _event_sources(dataset: Dataset, selection: Selection) -> list[str]:
    if dataset.events is None:
        return []
    return list(dict.fromkeys(filter(None, dataset.events.columns["source"][selection.events].tolist())))


def _atlas_item(dataset: Dataset, view: View, selection: Selection) -> dict[str, Any]:
    """Name the atlas itself as a source, so that a paper can cite what it took from; its note is the receipt."""
    return {
        "id": ATLAS_ID,
        "type": "dataset",
        "title": f"Corridor Atlas, version {dataset.version}" if dataset.version else "Corridor Atlas",
        "author": [{"literal": "The Corridor Atlas contributors"}],
        "issued": {"date-parts": [[read_day().year]]},
        "note": format_receipt(build_receipt(dataset, view, selection)).strip(),
    }


def _notes(item: dict[str, Any]) -> str:
    inferred = item.get("custom", {}).get("inferred", {})
    told = [item.get("note"), *(f"Inferred ({field}): {reason}" for field, reason in inferred.items())]
    return one_line(" ".join(part for part in told if part))


def _bib_entry(item: dict[str, Any]) -> str:
    kind = _BIB_TYPES.get(item["type"], "misc")
    fields = {
        "author": " and ".join(_bib_name(name) for name in item.get("author", [])),
        "title": _bib_title(item["title"]),
        _container_field(kind): _escape_bib(item.get("container-title", "")),
        "entrysubtype": _BIB_SUBTYPES.get(item["type"], ""),
        "publisher": _escape_bib(item.get("publisher", "")),
    }
    parts = [str(part) for part in item.get("issued", {}).get("date-parts", [[]])[0]]
    fields |= dict(zip(("year", "month", "day"), parts, strict=False))
    if "month" in fields:
        fields["month"] = str(int(fields["month"]))
    # an address is read as it stands; only what would end the field is written otherwise
    fields["url"] = re.sub(r"[{}\\\s]", lambda sign: quote(sign[0]), item.get("URL", ""))
    fields |= {"langid": _LANGUAGES.get(item.get("language", ""), ""), "annotation": _escape_bib(_notes(item))}
    written = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items() if value)
    return f"@{kind}{{{item['id']},\n{written}}}\n"


def _bib_title(title: str) -> str:
    # braces keep the capitals that a word has, and leave a style free to add others
    words = (_escape_bib(word) for word in one_line(title).split())
    return " ".join(f"{{{word}}}" if word != word.lower() else word for word in words)


def _container_field(kind: str) -> str:
    return {"article": "journal", "incollection": "booktitle"}.get(kind, "organization")


def _bib_name(name: dict[str, str]) -> str:
    if "literal" in name:
        return f"{{{_escape_bib(name['literal'])}}}"
    parts = [name[part] for part in ("family", "given") if part in name]
    # braces keep a name of several words in one piece
    return ", ".join(
        f"{{{_escape_bib(part)}}}" if "," in part or " and " in part else _escape_bib(part) for part in parts
    )


def _escape_bib(text: str) -> str:
    return one_line(text).translate(_BIB_ESCAPES)


def _ris_record(item: dict[str, Any]) -> str:
    names = [
        name.get("literal") or ", ".join(filter(None, map(name.get, ("family", "given"))))
        for name in item.get("author", [])
    ]
    parts = item.get("issued", {}).get("date-parts", [[]])[0]
    lines = [("TY", _RIS_TYPES.get(item["type"], "GEN")), *(("AU", name) for name in names)]
    lines += [(tag, item.get(field, "")) for tag, field in _RIS_TAGS.items()]
    if parts:
        # year/month/day/other, each empty where it is not known
        day = "/".join([f"{parts[0]:04d}", *(f"{part:02d}" for part in parts[1:]), *[""] * (4 - len(parts))])
        lines += [("PY", f"{parts[0]:04d}"), ("DA", day)]
    lines.append(("N1", _notes(item)))
    written = "".join(f"{tag}  - {one_line(value)}\r\n" for tag, value in lines if value)
    return f"{written}ER  - \r\n"
