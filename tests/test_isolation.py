"""The tests' own walls: nothing reaches the network, and what a page tries is seen."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from tests.conftest import NetworkRefusedError, RecordedPage, is_local

FAR = "http://atlas.invalid/far.png"
DOCUMENT = f"""<!doctype html><title>Walls</title><img src="{FAR}">
<script>console.error("a complaint"); new WebSocket("ws://atlas.invalid/"); throw new Error("a fault")</script>"""


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "::1", b"localhost", "", None])
def test_is_local_accepts(host: str | bytes | None) -> None:
    assert is_local(host)


@pytest.mark.parametrize("host", ["atlas.invalid", "192.0.2.1", "2001:db8::1", "localhost.invalid"])
def test_is_local_rejects(host: str) -> None:
    assert not is_local(host)


@pytest.mark.parametrize("method", ["connect", "connect_ex"])
def test_connection_is_refused(method: str) -> None:
    with socket.socket() as opened, pytest.raises(NetworkRefusedError, match=r"192\.0\.2\.1:80.*this machine only"):
        getattr(opened, method)(("192.0.2.1", 80))


def test_lookup_is_refused() -> None:
    with pytest.raises(NetworkRefusedError, match=r"look-up of 'atlas\.invalid'"):
        socket.create_connection(("atlas.invalid", 80))


def test_connection_to_this_machine_is_made() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        socket.create_connection(server.getsockname()).close()


@pytest.mark.browser
def test_offline_page_is_seen_and_refused(page_offline: RecordedPage, tmp_path: Path) -> None:
    document = tmp_path / "walls.html"
    document.write_text(DOCUMENT, encoding="utf-8")
    page_offline.page.goto(document.as_uri())
    page_offline.page.wait_for_timeout(100)
    assert page_offline.page.title() == "Walls"
    assert sorted(page_offline.refused) == [FAR, "ws://atlas.invalid/"]
    assert sorted(page_offline.requests) == sorted(page_offline.refused)
    assert "error: a complaint" in page_offline.console
    assert page_offline.errors == ["a fault"]


class _Answer(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(f'<!doctype html><title>Near</title><img src="{FAR}">'.encode())

    def log_message(self, *_: object) -> None:
        """Say nothing of each request."""


@pytest.fixture
def server_url() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), _Answer) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
        thread.join()


@pytest.mark.browser
def test_local_page_reaches_this_machine_only(page_local: RecordedPage, server_url: str) -> None:
    page_local.page.goto(server_url)
    assert page_local.page.title() == "Near"
    assert page_local.refused == [FAR]
    assert server_url in page_local.requests


@pytest.mark.browser
def test_offline_page_does_not_reach_this_machine(page_offline: RecordedPage, server_url: str) -> None:
    page_offline.page.set_content(f'<img src="{server_url}">')
    page_offline.page.wait_for_timeout(50)
    assert page_offline.refused == [server_url]
