"""What one visitor, and all of them, may have waiting in the server's memory."""

from __future__ import annotations

from typing import Any

import pytest
from starlette.types import Message, Scope
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.uploaded_file_manager import UploadedFileRec

from app import upload_room
from app.upload_room import LONGEST_S, MOST_BYTES, MOST_FILES, BoundedUploads, UploadRoom
from tests.app_channel import run_apart


@pytest.fixture
def holder(monkeypatch: pytest.MonkeyPatch) -> MemoryUploadedFileManager:
    held = MemoryUploadedFileManager("/upload")
    monkeypatch.setattr(upload_room, "find_holder", lambda: held)
    monkeypatch.setattr(upload_room, "ROOM", UploadRoom())
    return held


def put(holder: MemoryUploadedFileManager, session: str, name: str, size: int, length: int | None = None) -> int:
    """Send an upload through the bound; return the status of the answer."""
    said: list[int] = []

    async def receive() -> Message:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Message) -> None:
        if message["type"] == "http.response.start":
            said.append(message["status"])

    async def inner(*_: Any) -> None:
        holder.add_file(session, UploadedFileRec(name, name, "text/csv", bytes(size)))
        said.append(204)

    headers = [] if length is None else [(b"content-length", str(length).encode())]
    path = f"/atlas/_stcore/upload_file/{session}/{name}"
    scope: Scope = {"type": "http", "method": "PUT", "path": path, "headers": headers}
    run_apart(BoundedUploads(inner)(scope, receive, send))
    return said[0]


def test_forty_files_at_once_come_through(holder: MemoryUploadedFileManager) -> None:
    assert {put(holder, "a", str(number), 10, 200) for number in range(40)} == {204}
    assert len(holder.file_storage["a"]) == 40


def test_one_visitor_has_so_many_files_and_bytes_waiting(holder: MemoryUploadedFileManager) -> None:
    for number in range(MOST_FILES):
        assert put(holder, "a", str(number), 0, 0) == 204
    assert put(holder, "a", "more", 0, 0) == 413
    assert put(holder, "b", "large", 0, MOST_BYTES + 1) == 413
    assert put(holder, "b", "just", 0, MOST_BYTES) == 204
    holder.remove_file("a", "0")
    assert put(holder, "a", "more", 0, 0) == 204, "what the app has read takes no room"


def test_all_visitors_together_have_so_many_bytes_waiting(
    holder: MemoryUploadedFileManager, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(upload_room, "MOST_BYTES", 100)
    assert [put(holder, session, "file", 100, 100) for session in ("a", "b", "c")] == [204, 204, 507]


def test_what_is_under_way_takes_room_too(holder: MemoryUploadedFileManager) -> None:
    room = UploadRoom()
    assert room.enter("a", MOST_BYTES) == 0
    assert room.enter("a", 1) == 413
    room.leave("a", MOST_BYTES)
    assert room.enter("a", 1) == 0


def test_an_upload_without_a_length_is_refused(holder: MemoryUploadedFileManager) -> None:
    assert put(holder, "a", "file", 1) == 411
    assert put(holder, "a", "file", 1, -1) == 411


def test_what_nobody_reads_is_let_go(holder: MemoryUploadedFileManager, monkeypatch: pytest.MonkeyPatch) -> None:
    clock_s = [1000.0]
    monkeypatch.setattr("app.upload_room.time.monotonic", lambda: clock_s[0])
    put(holder, "a", "old", 5, 5)
    clock_s[0] += LONGEST_S
    put(holder, "b", "new", 5, 5)
    upload_room.ROOM.tidy()
    assert set(holder.file_storage) == {"a", "b"}
    clock_s[0] += 1
    upload_room.ROOM.tidy()
    assert set(holder.file_storage) == {"b"}
    upload_room.ROOM.enter("b", 5)
    clock_s[0] += 2 * LONGEST_S
    upload_room.ROOM.tidy()
    assert set(holder.file_storage) == {"b"}, "another of its files is still coming"
