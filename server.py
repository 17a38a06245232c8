"""The server of the app: it reads the data and makes the page before the first visitor comes."""

from __future__ import annotations

import gc
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from threading import Thread
from typing import Any

import streamlit as st
from starlette.datastructures import MutableHeaders
from starlette.formparsers import MultiPartParser
from starlette.middleware import Middleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.data import load_dataset
from app.map import load_document
from app.memory import give_back_memory
from app.upload_room import BoundedUploads
from exports.warming import warm
from geo.errors import InputError
from geo.view import Language
from layers.basemaps import OFFLINE
from layers.words import read_words

# what a visitor brings stays in memory, whatever its size: beyond a megabyte it would pass through a file
MultiPartParser.spool_max_size = 0

_LOG = logging.getLogger(__name__)
ROOT = Path(__file__).resolve().parent
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Content-Security-Policy": "frame-ancestors 'self'; object-src 'none'; base-uri 'self'",
}


class GuardingHeaders:
    """Adds to every answer what browsers are to hold the app to: no guessing of types, no framing by other sites.

    References
    ----------
    OWASP Application Security Verification Standard 5.0, section 3.4 (browser security mechanism headers).
    """

    def __init__(self, inner: ASGIApp) -> None:
        self._inner = inner

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, and its answer back with the headers."""

        async def send_guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(HEADERS)
            await send(message)

        await self._inner(scope, receive, send_guarded if scope["type"] == "http" else send)


def warm_up() -> None:
    """Read the data, make the page that most see first, load the writers; faults of the data are told to visitors."""
    try:
        dataset = load_dataset()
        load_document(dataset.sha256, Language.ENGLISH, OFFLINE, dataset)
    except InputError:
        return
    warm()
    # the rest of the server's life is spent with these: no search for garbage is to walk through them again
    gc.collect()
    gc.freeze()


@asynccontextmanager
async def serve_warm(_: st.App) -> AsyncIterator[dict[str, Any]]:
    """Warm up and give memory back beside the server, which answers meanwhile."""
    Thread(target=warm_up, name="warm-up", daemon=True).start()
    Thread(target=give_back_memory, name="memory", daemon=True).start()
    yield {}


def tell_fault(error: Exception) -> bool:
    """Log what went wrong, and tell the visitor a sentence in place of Streamlit's own."""
    _LOG.error("The app failed.", exc_info=error)
    st.error(read_words(Language.ENGLISH)["app-fault"])
    return True


app = st.App(
    ROOT / "streamlit_app.py",
    lifespan=serve_warm,
    middleware=[Middleware(GuardingHeaders), Middleware(BoundedUploads)],
    on_script_error=tell_fault,
)
