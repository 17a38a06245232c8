"""A visitor's channel to the app without a browser: Streamlit's own protocol, and an upload as its page sends it."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Coroutine
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any, TypeVar
from urllib.parse import urlsplit
from uuid import uuid4

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.Common_pb2 import FileURLs, UploadedFileInfo
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Origin, Subprotocol

from geo.view import Language
from layers.words import read_words

T = TypeVar("T")

LONGEST_S = 60
LARGEST_BYTES = 1 << 28


@dataclass
class Channel:
    """What a browser's page keeps of its visit.

    ``known`` are the messages that came whole and need not come again, ``widgets`` what can be operated, by its id,
    with the part of the app (fragment) that it stands in.
    """

    host: str
    connection: ClientConnection
    session: str = ""
    known: dict[str, ForwardMsg] = field(default_factory=dict)
    widgets: dict[str, str] = field(default_factory=dict)
    states: dict[str, WidgetState] = field(default_factory=dict)

    async def ask(self, query: str, operated: WidgetState | None = None) -> float:
        """Ask for a run of the app, or of the part that a widget stands in; return the seconds until it has ended."""
        message = BackMsg()
        message.rerun_script.query_string = query
        message.rerun_script.cached_message_hashes.extend(self.known)
        states = dict(self.states)
        if operated:
            states[operated.id] = operated
            message.rerun_script.fragment_id = self.widgets[operated.id]
            if operated.WhichOneof("value") != "trigger_value":  # a click is over when it is told
                self.states = states
        message.rerun_script.widget_states.widgets.extend(states.values())
        begun = time.perf_counter()
        await self.connection.send(message.SerializeToString())
        async with asyncio.timeout(LONGEST_S):
            while True:
                answer = await self._hear()
                if answer.WhichOneof("type") == "script_finished" and not self._goes_on(answer):
                    return time.perf_counter() - begun

    def find(self, key: str) -> str:
        """Find the id of the newest widget whose key begins so; an empty text where there is none."""
        return next((name for name in reversed(self.widgets) if f"-{key}" in name), "")

    async def upload(self, name: str, content: bytes) -> UploadedFileInfo:
        """Send a file, as the page does before it tells of it."""
        message = BackMsg()
        message.file_urls_request.request_id = uuid4().hex
        message.file_urls_request.file_names.append(name)
        message.file_urls_request.session_id = self.session
        await self.connection.send(message.SerializeToString())
        while True:
            answer = await self._hear()
            if answer.WhichOneof("type") == "file_urls_response":
                break
        (urls,) = answer.file_urls_response.file_urls
        await self._put(urls, name, content)
        return UploadedFileInfo(name=name, size=len(content), file_id=urls.file_id, file_urls=urls)

    async def _put(self, urls: FileURLs, name: str, content: bytes) -> None:
        head, _ = await self._request("GET", "/_stcore/health", {}, b"")
        cookie = next(line for line in head.splitlines() if "_streamlit_xsrf=" in line)
        token = cookie.partition("_streamlit_xsrf=")[2].partition(";")[0]
        boundary = uuid4().hex
        body = (
            f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"; filename="{name}"\r\n'
            "Content-Type: application/octet-stream\r\n\r\n"
        ).encode() + content + f"\r\n--{boundary}--\r\n".encode()  # fmt: skip
        headers = {
            "Content-Type": f"multipart/form-data; boundary={boundary}",
            "X-Xsrftoken": token,
            "Cookie": f"_streamlit_xsrf={token}",
        }
        head, told = await self._request("PUT", urls.upload_url, headers, body)
        if not head.startswith("HTTP/1.1 204"):
            message = f"the upload was refused: {head.splitlines()[0]} {told[:200]!r}"
            raise RuntimeError(message)

    async def _request(self, method: str, path: str, headers: dict[str, str], body: bytes) -> tuple[str, bytes]:
        host, _, port = self.host.partition(":")
        reader, writer = await asyncio.open_connection(host, int(port or 80))
        told = {"Host": self.host, "Connection": "close", "Content-Length": str(len(body)), **headers}
        lines = "".join(f"{name}: {value}\r\n" for name, value in told.items())
        try:
            writer.write(f"{method} {path} HTTP/1.1\r\n{lines}\r\n".encode() + body)
            await writer.drain()
            answer = await reader.read()
        finally:
            writer.close()
        head, _, content = answer.partition(b"\r\n\r\n")
        return head.decode("latin-1"), content

    async def _hear(self) -> ForwardMsg:
        content = await self.connection.recv()
        assert isinstance(content, bytes)
        answer: ForwardMsg = ForwardMsg.FromString(content)
        if answer.WhichOneof("type") == "ref_hash":
            answer = self.known[answer.ref_hash]
        elif answer.metadata.cacheable and answer.hash:
            self.known[answer.hash] = answer
        if answer.WhichOneof("type") == "new_session":
            self.session = answer.new_session.initialize.session_id or self.session
        elif answer.WhichOneof("type") == "delta":
            self._note_widget(answer)
        return answer

    def _note_widget(self, message: ForwardMsg) -> None:
        delta, name = message.delta, ""
        if delta.WhichOneof("type") == "new_element":
            element = getattr(delta.new_element, delta.new_element.WhichOneof("type") or "empty")
            name = getattr(element, "id", "")
        elif delta.WhichOneof("type") == "add_block":
            name = delta.add_block.tab_container.id
        if name:
            self.widgets.pop(name, None)  # the newest comes last
            self.widgets[name] = delta.fragment_id

    @staticmethod
    def _goes_on(answer: ForwardMsg) -> bool:
        return answer.script_finished == ForwardMsg.FINISHED_EARLY_FOR_RERUN


@asynccontextmanager
async def open_channel(url: str) -> AsyncIterator[Channel]:
    """Open a channel to an app, as its page does when a browser has loaded it."""
    split = urlsplit(url)
    address = f"ws://{split.netloc}{split.path.rstrip('/')}/_stcore/stream"
    opening = connect(
        address,
        origin=Origin(f"http://{split.netloc}"),
        subprotocols=[Subprotocol("streamlit")],
        max_size=LARGEST_BYTES,
    )
    async with opening as connection:
        yield Channel(split.netloc, connection)


async def open_own_data(channel: Channel) -> None:
    """Open the tab for files of the visitor's own."""
    label = read_words(Language.ENGLISH)["tab-own"]
    await channel.ask("", WidgetState(id=channel.find("tabs-en"), string_value=label))


async def bring(channel: Channel, name: str, content: bytes) -> bool:
    """Bring a file of the visitor's own, and show it on the map if it is taken; tell whether it was."""
    state = WidgetState(id=channel.find("own-upload-"))
    state.file_uploader_state_value.uploaded_file_info.append(await channel.upload(name, content))
    await channel.ask("", state)
    del channel.states[state.id]  # the app has another uploader now
    return await _click(channel, "own-show-")


async def take_away(channel: Channel) -> None:
    """Take away the file that was brought last."""
    await _click(channel, "own-remove-")


async def _click(channel: Channel, key: str) -> bool:
    button = channel.find(key)
    if not button:
        return False
    await channel.ask("", WidgetState(id=button, trigger_value=True))
    del channel.widgets[button]
    return True


def run_apart(work: Coroutine[Any, Any, T]) -> T:
    """Run work in a thread of its own: a browser of the tests keeps a loop running in theirs."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, work).result()
