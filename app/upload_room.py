"""Room for uploads: what waits in the server's memory till the app reads it is bounded, and goes when nobody does."""

from __future__ import annotations

import time
from collections import Counter
from threading import Lock

from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send
from streamlit.runtime import Runtime
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager

MOST_FILES = 100
"""Uploads of one session that may wait at once."""

MOST_BYTES = 300_000_000
"""Bytes that they may have together; those of all sessions may have twice as many."""

LONGEST_S = 120.0
"""Seconds after a session's last upload; what waits still is let go."""

_ROUTE = "/_stcore/upload_file/"
_TOO_LARGE, _NO_LENGTH, _NO_ROOM = 413, 411, 507


class UploadRoom:
    """Which sessions hold how many bytes of uploads, those under way included."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._coming = Counter[str]()
        self._coming_bytes = Counter[str]()
        self._last_s = dict[str, float]()

    def enter(self, session: str, size_bytes: int) -> int:
        """Set room aside for an upload; return 0, or the status of the answer that refuses it."""
        with self._lock:
            held = _count_held()
            files, own_bytes = held.get(session, (0, 0))
            if files + self._coming[session] >= MOST_FILES:
                return _TOO_LARGE
            if own_bytes + self._coming_bytes[session] + size_bytes > MOST_BYTES:
                return _TOO_LARGE
            all_bytes = sum(size for _, size in held.values()) + self._coming_bytes.total()
            if all_bytes + size_bytes > 2 * MOST_BYTES:
                return _NO_ROOM
            self._coming[session] += 1
            self._coming_bytes[session] += size_bytes
            return 0

    def leave(self, session: str, size_bytes: int) -> None:
        """Give back what was set aside: the upload is held, or was refused."""
        with self._lock:
            self._coming[session] -= 1
            self._coming_bytes[session] -= size_bytes
            if not self._coming[session]:
                del self._coming[session], self._coming_bytes[session]
            # a session that there is not is not noted: its name may be anything
            if session in _count_held():
                self._last_s[session] = time.monotonic()

    def tidy(self, now_s: float | None = None) -> None:
        """Let go of what waits in sessions whose last upload is long over.

        Parameters
        ----------
        now_s
            Seconds of `time.monotonic`; ``None`` for the present.
        """
        now_s = time.monotonic() if now_s is None else now_s
        with self._lock:
            over = [each for each, last_s in self._last_s.items() if now_s - last_s > LONGEST_S]
            over = [each for each in over if not self._coming[each]]
            for session in over:
                del self._last_s[session]
        holder = find_holder()
        for session in over if holder else ():
            assert holder is not None
            holder.remove_session_files(session)


ROOM = UploadRoom()
"""That of this server."""


def find_holder() -> MemoryUploadedFileManager | None:
    """Return what holds the uploads of all sessions; ``None`` before the server runs."""
    if not Runtime.exists():
        return None
    holder = Runtime.instance().uploaded_file_mgr
    assert isinstance(holder, MemoryUploadedFileManager)
    return holder


def _count_held() -> dict[str, tuple[int, int]]:
    """Count the files and the bytes that wait, by session."""
    holder = find_holder()
    storage = list(holder.file_storage.items()) if holder else []
    return {session: (len(files), sum(len(file.data) for file in list(files.values()))) for session, files in storage}


class BoundedUploads:
    """Refuses uploads for which there is no room, before it reads them."""

    def __init__(self, inner: ASGIApp) -> None:
        self._inner = inner

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on; an upload only where there is room for it."""
        route = scope["path"].find(_ROUTE) if scope["type"] == "http" and scope["method"] == "PUT" else -1
        if route < 0:
            await self._inner(scope, receive, send)
            return
        session = scope["path"][route + len(_ROUTE) :].partition("/")[0]
        size_bytes = _read_length(scope)
        status = _NO_LENGTH if size_bytes is None else ROOM.enter(session, size_bytes)
        if status or size_bytes is None:
            await _refuse(status)(scope, receive, send)
            return
        try:
            await self._inner(scope, receive, send)
        finally:
            ROOM.leave(session, size_bytes)


def _read_length(scope: Scope) -> int | None:
    told: dict[bytes, bytes] = dict(scope["headers"])
    length = told.get(b"content-length", b"").decode("latin-1")
    return int(length) if length.isascii() and length.isdigit() and len(length) < 16 else None


def _refuse(status: int) -> Response:
    return PlainTextResponse("There is no room for this upload now.", status)
