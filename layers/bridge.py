"""The Streamlit component that hosts the map page in a sandboxed frame and relays messages without reloading it."""

from __future__ import annotations

import gzip
import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Self, TypeGuard

import streamlit as st

from geo.own_files import read_own_text
from geo.view import LONGEST_ID
from layers.elements import ASSETS

# a table of many sources names each that is kept
_MAX_QUERY = 16_000


@cache
def register() -> tuple[Any, Any]:
    """Register the two components once: Streamlit knows them by name.

    It sends a component's code with its data whenever these change, so the code stands with the document, which does
    not.
    """
    return (
        st.components.v2.component("atlas_document", js=read_own_text(ASSETS / "bridge.js")),
        st.components.v2.component("atlas_map", css=_read_code("bridge.css"), js=_read_code("mount.js")),
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
        SHA-256 of the page's text, in hexadecimal; the page is loaded again only when it changes.
    content
        The text, UTF-8, gzipped.
    """

    digest: str
    content: bytes

    @classmethod
    def pack(cls, text: str) -> Self:
        """Pack the text of a page, as `layers.page.render_page` writes it."""
        plain = text.encode()
        return cls(hashlib.sha256(plain).hexdigest(), gzip.compress(plain, mtime=0))


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
        ``light`` or ``dark``.
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
        The view.
    feature
        Id of the selected feature.
    shown
        Number of features that pass.
    turn
        Number of the request that the map had taken up when it said so.
    """

    query: str
    feature: str | None
    shown: int
    turn: int


def show_map(
    document: MapDocument, request: MapRequest, *, title: str, height_px: int = 760, key: str = "map"
) -> MapState | None:
    """Show the map page at this place of the app.

    The frame has an origin of its own: script in the page reaches nothing of the app.

    Parameters
    ----------
    document
        The page; it travels once, and later runs send its hash.
    request
        What to show of it, and how.
    title
        Name of the frame for those who do not see it.
    height_px
        Height; less where the window is a phone's.
    key
        Name of this map within the app; its state is the session's alone.

    Returns
    -------
    MapState or None
        ``None`` until the map has said something sound.
    """
    show_document, show_frame = register()
    show_document(key=f"{key}-document", data=document.digest.encode() + document.content)
    result = show_frame(
        key=key,
        data={
            "key": key,
            "digest": document.digest,
            "query": request.query,
            "turn": request.turn,
            "appearance": request.appearance,
            "title": title,
            "height": height_px,
        },
        on_state_change=lambda: None,
    )
    return read_state(result.get("state"))


def read_state(value: Any) -> MapState | None:
    """Read what the browser sent; ``None`` where it is not of the agreed shape.

    Examples
    --------
    >>> read_state({"query": "q=rafah", "feature": None, "shown": 3, "turn": 0})
    MapState(query='q=rafah', feature=None, shown=3, turn=0)
    >>> read_state({"query": 1}) is None
    True
    """
    if not isinstance(value, Mapping):
        return None
    query, feature, shown, turn = (value.get(name) for name in ("query", "feature", "shown", "turn"))
    if not isinstance(query, str) or len(query) > _MAX_QUERY:
        return None
    if feature is not None and not (isinstance(feature, str) and 0 < len(feature) <= LONGEST_ID):
        return None
    if not (_is_count(shown) and _is_count(turn)):
        return None
    return MapState(query, feature, shown, turn)


def _is_count(value: Any) -> TypeGuard[int]:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0
