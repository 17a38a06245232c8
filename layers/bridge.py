"""The Streamlit component that hosts the map page in a sandboxed frame and relays messages without reloading it."""

from __future__ import annotations

import gzip
import hashlib
import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from functools import cache
from itertools import accumulate, takewhile
from typing import Any, Self, TypeGuard

import streamlit as st

from geo.own_files import read_own_text
from layers.elements import ASSETS

# a table of many sources names each that is kept
_MAX_QUERY = 16_000


@cache
def register() -> tuple[Any, Any, Any]:
    """Register the components once: Streamlit knows them by name.

    It sends a component's code with its data whenever these change, so the code stands with the document, which does
    not.
    """
    return (
        st.components.v2.component("atlas_document", js=read_own_text(ASSETS / "bridge.js")),
        st.components.v2.component("atlas_map", css=_read_code("bridge.css"), js=_read_code("mount.js")),
        st.components.v2.component("atlas_amendment", js=_read_code("amend.js")),
    )


def _read_code(name: str) -> str:
    """Read a file of code without its comments: this one travels with every request."""
    return re.sub(r"/\*.*?\*/\s*", "", read_own_text(ASSETS / name), flags=re.DOTALL)


@dataclass(frozen=True, slots=True)
class MapDocument:
    """A map page, packed for the way to the browser.

    Parameters
    ----------
    digest
        Half of the SHA-256 of the page's text, in hexadecimal; the page is loaded again only when it changes.
    title
        Name of its frame for those who do not see it.
    content
        The text, UTF-8, gzipped; of an amended page what differs from its base, as JSON: places where something else
        stands, each as beginning, end (UTF-16 units of the base) and text.
    base
        The page that this one is told by, which the browser has already; ``None`` where it stands for itself.
    """

    digest: str
    title: str
    content: bytes
    base: Self | None = None

    @classmethod
    def pack(cls, text: str, title: str) -> Self:
        """Pack the text of a page, as `layers.page.render_page` writes it, with the name of its frame."""
        return cls(_digest(text), title, gzip.compress(text.encode(), mtime=0))

    def amend(self, text: str, title: str) -> Self:
        """Pack the text of a page that differs from this one in little, such as its ground: by what differs."""
        places = json.dumps(find_differences(gzip.decompress(self.content).decode(), text), ensure_ascii=False)
        return replace(
            self, digest=_digest(text), title=title, content=gzip.compress(places.encode(), mtime=0), base=self
        )

    def tell(self) -> bytes:
        """Write it for the browser."""
        head = [self.digest, self.title, *([self.base.digest] if self.base else [])]
        return f"{json.dumps(head, ensure_ascii=False)}\n".encode() + self.content


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def find_differences(base: str, text: str) -> list[tuple[int, int, str]]:
    r"""Find where a text differs from a base: beginning and end in UTF-16 units of the base, and what stands there.

    Lines are compared, then the letters at both ends of those that differ.

    Examples
    --------
    >>> find_differences("one\ntwo\n", "one\n\ntoo\n")
    [(4, 6, '\nto')]
    """
    olds, news = base.splitlines(keepends=True), text.splitlines(keepends=True)
    units = list(accumulate(map(_count_units, olds), initial=0))
    places = []
    for kind, first, last, begin, end in SequenceMatcher(None, olds, news, autojunk=False).get_opcodes():
        if kind == "equal":
            continue
        old, new = "".join(olds[first:last]), "".join(news[begin:end])
        before = _count_alike(old, new)
        after = _count_alike(reversed(old[before:]), reversed(new[before:]))
        there = units[first] + _count_units(old[:before]), units[last] - _count_units(old[len(old) - after :])
        places.append((*there, new[before : len(new) - after]))
    return places


def _count_units(text: str) -> int:
    """Count the units of UTF-16 of a text, as JavaScript does."""
    return len(text.encode("utf-16-le")) // 2


def _count_alike(one: Iterable[str], other: Iterable[str]) -> int:
    """Count the letters at the beginning that two texts share."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


@dataclass(frozen=True, slots=True)
class MapRequest:
    """What the app asks of the map.

    Parameters
    ----------
    query
        View to show, as `geo.view.View.to_query` writes it.
    turn
        Number of the request: the map takes up the view when it rises, and is the reader's until then.
    appearance
        ``light``, ``dark``, or ``auto`` for that of the app around the map.
    """

    query: str
    turn: int
    appearance: str


@dataclass(frozen=True, slots=True)
class MapState:
    """What the map shows now, as it says; it comes from the browser and is to be read as any input.

    Parameters
    ----------
    query
        The view, and what is chosen in it.
    turn
        Number of the request that the map had taken up when it said so.
    """

    query: str
    turn: int


def show_map(document: MapDocument, request: MapRequest, *, key: str, on_state: Callable[[], None]) -> MapState | None:
    """Show the map page at this place of the app.

    The frame has an origin of its own: script in the page reaches nothing of the app.

    Parameters
    ----------
    document
        The page; it, or else its base, travels once, and later runs send its hash.
    request
        What to show of it, and how.
    key
        Name of this map within the app; its state is the session's alone.
    on_state
        Called before the next run of the app when the map has said something; `find_state` tells what.

    Returns
    -------
    MapState or None
        ``None`` until the map has said something sound.
    """
    show_document, show_frame, show_amendment = register()
    show_document(key=f"{key}-document", data=(document.base or document).tell())
    result = show_frame(
        key=key,
        data={
            "key": key,
            "digest": document.digest,
            "query": request.query,
            "turn": request.turn,
            "appearance": request.appearance,
        },
        on_state_change=on_state,
    )
    if document.base:
        # after the frame, which so keeps its place
        show_amendment(key=f"{key}-amendment", data=document.tell())
    return read_state(result.get("state"))


def find_state(key: str) -> MapState | None:
    """Return what a map of this session said last; ``None`` until it has said something sound.

    Parameters
    ----------
    key
        Its name within the app.
    """
    told = st.session_state.get(key)
    return read_state(told.get("state")) if isinstance(told, Mapping) else None


def read_state(value: Any) -> MapState | None:
    """Read what the browser sent; ``None`` where it is not of the agreed shape.

    Examples
    --------
    >>> read_state({"query": "q=rafah", "turn": 0})
    MapState(query='q=rafah', turn=0)
    >>> read_state({"query": 1}) is None
    True
    """
    if not isinstance(value, Mapping):
        return None
    query, turn = value.get("query"), value.get("turn")
    if not isinstance(query, str) or len(query) > _MAX_QUERY or not _is_count(turn):
        return None
    return MapState(query, turn)


def _is_count(value: Any) -> TypeGuard[int]:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0
