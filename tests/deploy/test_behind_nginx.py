"""The app as it is deployed: the project's own nginx.conf with TLS and a path prefix, before two replicas."""

from __future__ import annotations

import os
import re
import shutil
import ssl
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

from geo.dataset import read_dataset
from geo.selection import select
from geo.view import View
from layers.basemaps import ONLINE_BASEMAPS
from layers.words import read_words
from tests.app_server import free_port, listens, run_app
from tests.browser.test_app_in_browser import map_frame, rows_listed, shown_view, toggle
from tests.conftest import RecordedPage, open_recorded_page
from tests.small_data import ARTICLE, write_small_data
from tools.find_nginx import find_nginx

if TYPE_CHECKING:
    from email.message import Message

    from playwright.sync_api import Browser, Frame

OPTIONS = ("--server.baseUrlPath", "atlas")
AROUND = """
{user}
worker_processes 1;
pid {folder}/nginx.pid;
error_log {folder}/error.log;
events {{ worker_connections 256; }}
http {{
    log_format replicas '$cookie_atlas_replica $upstream_addr $uri';
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    include {folder}/atlas.conf;
}}
"""


@dataclass(frozen=True)
class Front:
    """A running deployment: its address, that of its plain HTTP, nginx's folder, and what ends each replica."""

    url: str
    plain_url: str
    folder: Path
    replicas: dict[str, ExitStack]

    def ask(self, path: str, cookie: str = "") -> tuple[int, Message, str]:
        """Ask for a path, without following where the answer points."""
        return fetch(f"{self.url}{path}", cookie)

    def read_health_log(self) -> list[str]:
        """A line for each question for health: the cookie that came, the replicas that were asked, the path."""
        lines = (self.folder / "access.log").read_text(encoding="utf-8").splitlines()
        return [line for line in lines if line.endswith("/_stcore/health")]


class _Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: object) -> None:
        return None


def fetch(url: str, cookie: str = "") -> tuple[int, Message, str]:
    trusting = ssl._create_unverified_context()
    opener = urllib.request.build_opener(_Stay, urllib.request.HTTPSHandler(context=trusting))
    request = urllib.request.Request(url, headers={"Cookie": cookie} if cookie else {})
    try:
        with opener.open(request, timeout=10) as answer:
            return answer.status, answer.headers, answer.read().decode()
    except urllib.error.HTTPError as answer:
        with answer:
            return answer.code, answer.headers, answer.read().decode()


def make_certificate(folder: Path) -> None:
    command = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]
    names = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost", "-days", "2"]
    files = ["-keyout", str(folder / "privkey.pem"), "-out", str(folder / "fullchain.pem")]
    subprocess.run([*command, *names, *files], check=True, capture_output=True)


def adapt(text: str, changes: dict[str, str]) -> str:
    """The project's configuration with what an operator changes, and no more."""
    for before, after in changes.items():
        assert before in text, before
        text = text.replace(before, after)
    return text


@contextmanager
def open_front(root: Path, folder: Path) -> Iterator[Front]:
    """Run two replicas on the small data behind nginx."""
    nginx = find_nginx()
    if nginx is None or shutil.which("openssl") is None:
        pytest.skip("nginx or openssl is not here: run `python -m tools.find_nginx --install`")
    data = write_small_data(folder / "data")
    make_certificate(folder)
    secure, plain = free_port(), free_port()
    with ExitStack() as stack:
        replicas = {}
        for number in (1, 2):
            replica = stack.enter_context(ExitStack())
            app = run_app(root, folder / f"app-{number}.log", options=OPTIONS, ATLAS_DATA=str(data))
            replicas[f"127.0.0.1:{urlsplit(replica.enter_context(app)).port}"] = replica
        one, other = replicas
        changes = {
            "listen 443 ssl": f"listen 127.0.0.1:{secure} ssl",
            "listen 80;": f"listen 127.0.0.1:{plain};",
            "server_name atlas.example.org": "server_name localhost",
            "/etc/ssl/atlas": str(folder),
            "127.0.0.1:8501": one,
            "127.0.0.1:8502": other,
            "fail_timeout=10s": "fail_timeout=1s",
            "/var/log/nginx/atlas.log atlas;": f"{folder}/access.log replicas; access_log {folder}/atlas.log atlas;",
        }
        site = (root / "deploy" / "nginx.conf").read_text(encoding="utf-8")
        (folder / "atlas.conf").write_text(adapt(site, changes), encoding="utf-8")
        user = "user root;" if os.geteuid() == 0 else ""
        (folder / "nginx.conf").write_text(AROUND.format(folder=folder, user=user), encoding="utf-8")
        command = [str(nginx), "-p", str(folder), "-c", str(folder / "nginx.conf"), "-e", str(folder / "error.log")]
        subprocess.run([*command, "-t"], check=True, capture_output=True)
        server = stack.enter_context(subprocess.Popen([*command, "-g", "daemon off;"]))
        stack.callback(server.terminate)
        until = time.monotonic() + 10
        while not listens(secure) and time.monotonic() < until:
            time.sleep(0.05)
        yield Front(f"https://localhost:{secure}", f"http://localhost:{plain}", folder, replicas)
    assert "[emerg]" not in (folder / "error.log").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def front(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Front]:
    with open_front(root, tmp_path_factory.mktemp("nginx")) as running:
        yield running


def test_answers_carry_what_guards_them(front: Front) -> None:
    status, headers, words = front.ask("/atlas/_stcore/health")
    assert (status, words) == (200, "ok")
    status, headers, _ = front.ask("/atlas/")
    assert status == 200
    told = {name: headers[name] for name in ("X-Content-Type-Options", "Referrer-Policy", "Server")}
    assert told == {
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "strict-origin-when-cross-origin",
        "Server": "nginx",
    }
    assert [len(headers.get_all(name) or "") for name in (*told, "Content-Security-Policy")] == [1] * 4
    assert headers["Strict-Transport-Security"] == "max-age=31536000"
    assert "frame-ancestors 'self'" in headers["Content-Security-Policy"]
    origins = {basemap.image_origin for basemap in ONLINE_BASEMAPS.values()}
    assert origins == set(re.findall(r"https://\S+?(?=[ ;])", headers["Content-Security-Policy"]))
    cookies = headers.get_all("Set-Cookie") or []
    assert cookies
    for cookie in cookies:
        assert "secure" in cookie.lower()
        assert "samesite=lax" in cookie.lower()


def test_addresses_lead_to_the_app(front: Front) -> None:
    assert front.ask("/")[1]["Location"] == f"{front.url}/atlas/"
    status, headers, _ = front.ask("/atlas?q=rafah")
    assert (status, headers["Location"]) == (308, f"{front.url}/atlas/?q=rafah")
    status, headers, _ = fetch(f"{front.plain_url}/atlas/?q=rafah")
    assert (status, headers["Location"]) == (308, "https://localhost/atlas/?q=rafah")
    assert front.ask("/atlas/_stcore/metrics")[0] == 404
    log = (front.folder / "atlas.log").read_text(encoding="utf-8")
    assert "/atlas" in log
    assert "rafah" not in log


def ask_as(front: Front, cookie: str = "") -> tuple[str, str]:
    """Ask as a visitor with a cookie, or as a newcomer; return the replica that answered and the cookie that came."""
    before = len(front.read_health_log())
    status, headers, _ = front.ask("/atlas/_stcore/health", cookie and f"atlas_replica={cookie}")
    assert status == 200
    given = re.findall(r"atlas_replica=([^;]*);", " ".join(headers.get_all("Set-Cookie") or []))
    until = time.monotonic() + 10
    while len(lines := front.read_health_log()) == before and time.monotonic() < until:
        time.sleep(0.01)  # nginx writes it when the answer has gone
    asked, *_, replica, _ = lines[-1].split()
    assert asked == (cookie or "-")
    return replica, "".join(given)


def test_newcomers_are_spread_over_the_replicas(front: Front) -> None:
    found = dict(ask_as(front, cookie) for cookie in ("", "", "", "", "3", "x" * 32))
    assert set(found) == set(front.replicas)
    assert sorted(found.values()) == ["1", "2"]


def test_visitor_stays_with_one_replica(front: Front) -> None:
    for cookie, replica in zip("12", front.replicas, strict=True):
        assert {ask_as(front, cookie) for _ in range(3)} == {(replica, "")}


def open_app(recorded: RecordedPage, front: Front, query: str = "") -> Frame:
    recorded.page.goto(f"{front.url}/atlas/{query}")
    return map_frame(recorded.page)


IS_DRAWN = """() => [...document.querySelectorAll(".atlas-map canvas")].some(canvas => {
  if (!canvas.width || !canvas.height) return false;
  const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
  let drawn = 0;
  for (let i = 3; i < data.length; i += 4) if (data[i]) drawn++;
  return drawn > 10_000;
})"""


@pytest.mark.browser
def test_reader_does_through_the_proxy_what_the_app_offers(front: Front, chromium: Browser, tmp_path: Path) -> None:
    dataset = read_dataset(front.folder / "data")
    with open_recorded_page(chromium, reaches_localhost=True, ignore_https_errors=True) as reader:
        page, frame = reader.page, open_app(reader, front)
        frame.wait_for_function(IS_DRAWN)
        toggle(frame, "places")
        page.wait_for_url(re.compile("themes="))
        page.get_by_role("tab", name="Table").press("Enter")
        page.get_by_test_id("stDataFrame").wait_for()
        assert rows_listed(page) == len(select(dataset, shown_view(frame)).features) == 2
        with page.expect_download() as download:
            page.get_by_test_id("stDownloadButton").get_by_text("CSV").first.click()
        table = Path(download.value.path()).read_text(encoding="utf-8-sig")
        assert "road-closed" in table
        assert "lorries-counted" not in table
        article = tmp_path / "any-name.txt"
        article.write_text(ARTICLE, encoding="utf-8")
        page.get_by_test_id("stExpandSidebarButton").click()
        page.locator("input[type=file]").first.set_input_files(article)
        words = read_words(View().language)
        page.get_by_text(words["articles-count"].format(1, 4, 4)).wait_for()
        assert [line for line in reader.console if "Content Security Policy" in line] == []
        assert reader.refused == []
        assert {urlsplit(url).path.split("/")[1] for url in reader.requests} == {"atlas"}


@pytest.mark.browser
def test_two_visitors_never_see_each_others_view(front: Front, chromium: Browser) -> None:
    one, other = (
        open_recorded_page(chromium, reaches_localhost=True, ignore_https_errors=True) for _ in ("one", "other")
    )
    with one as first, other as second:
        # on one replica, where a slip would show
        cookie = {"name": "atlas_replica", "value": "1", "url": f"{front.url}/atlas/"}
        for visitor in (first, second):
            visitor.page.context.add_cookies([cookie])  # type: ignore[list-item]
        frames = [open_app(first, front), open_app(second, front)]
        toggle(frames[0], "places")
        first.page.wait_for_url(re.compile("themes="))
        frames[1].evaluate("() => atlas.choose('coast-road')")
        second.page.wait_for_url(re.compile("feature=coast-road"))
        second.page.get_by_role("heading", name="Coast-Road").wait_for()
        assert (shown_view(frames[0]).feature, shown_view(frames[1]).themes) == (None, None)
        assert "feature" not in first.page.url
        assert "themes" not in second.page.url
        assert first.page.get_by_role("heading", name="Coast-Road").count() == 0


class Newborn(BaseHTTPRequestHandler):
    """A replica that has been started again knows nothing of an earlier visit: it refuses whatever is asked."""

    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def newborn_at(address: str) -> Iterator[None]:
    host, _, port = address.partition(":")
    with ThreadingHTTPServer((host, int(port)), Newborn) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield
        server.shutdown()


@pytest.mark.browser
def test_visitor_of_a_replica_that_ended_goes_on_with_another(root: Path, chromium: Browser, tmp_path: Path) -> None:
    event = {"name": "own.csv", "mimeType": "text/csv", "buffer": b"id,lon,lat\na,34.2,31.2\n"}
    with (
        open_front(root, tmp_path) as front,
        open_recorded_page(chromium, reaches_localhost=True, ignore_https_errors=True) as visitor,
    ):
        page, _ = visitor.page, open_app(visitor, front, "?feature=coast-road")
        page.get_by_role("tab", name="Your data").press("Enter")
        upload, brought = page.locator(".st-key-own input[type=file]"), page.locator("[class*=st-key-own-1]").first
        upload.set_input_files(event)  # type: ignore[arg-type]
        brought.get_by_text("own.csv").first.wait_for()

        def kept() -> str:
            return next(item["value"] for item in page.context.cookies() if item.get("name") == "atlas_replica")

        before = kept()
        ended = list(front.replicas)[int(before) - 1]
        front.replicas[ended].close()
        # nothing was asked of the visitor: the page opens another channel, and what was brought is gone from its list
        brought.wait_for(state="detached")
        with newborn_at(ended):
            page.wait_for_timeout(1500)  # nginx asks the replica again
            assert front.ask("/atlas/", f"atlas_replica={before}")[0] == HTTPStatus.NOT_IMPLEMENTED
            assert {before, kept()} == {"1", "2"}
            upload.set_input_files(event)  # type: ignore[arg-type]
            brought.get_by_text("own.csv").first.wait_for()
            frame = map_frame(page)
            assert shown_view(frame).feature == "coast-road"
            toggle(frame, "places")
            page.wait_for_url(re.compile("themes=.*feature=coast-road"))
        assert visitor.refused == []
