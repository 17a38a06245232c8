"""What every test stands on: no network, the packaged data, the articles where they are at hand, and a browser."""

from __future__ import annotations

import ipaddress
import os
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest

from tests.robustness.hostile_strings import FUZZ, OWN, public_strings
from tools.find_chromium import ChromiumError, chromium_flags, find_chromium

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, Request, Route, WebSocketRoute
    from streamlit.testing.v1 import AppTest

    from geo.dataset import Dataset
    from geo.view import View

LOCAL_SCHEMES = {"about", "blob", "data", "file"}


class NetworkRefusedError(RuntimeError):
    """A test reached for the network."""


def is_local(host: str | bytes | None) -> bool:
    """Tell whether a host is this machine, without asking a name server."""
    name = host.decode() if isinstance(host, bytes) else host
    if not name or name == "localhost":
        return True
    try:
        return ipaddress.ip_address(name.strip("[]").partition("%")[0]).is_loopback
    except ValueError:
        return False


def _guard_connect(connect: Callable[[socket.socket, Any], Any]) -> Callable[[socket.socket, Any], Any]:
    def guarded(self: socket.socket, address: Any) -> Any:
        # addresses of the internet families are pairs or quadruples that begin with the host
        if self.family in {socket.AF_INET, socket.AF_INET6} and not is_local(address[0]):
            message = f"Refused: a connection to {address[0]}:{address[1]}. Tests reach this machine only."
            raise NetworkRefusedError(message)
        return connect(self, address)

    return guarded


def _guard_lookup(lookup: Callable[..., Any]) -> Callable[..., Any]:
    def guarded(host: str | bytes | None, *arguments: Any, **options: Any) -> Any:
        if not is_local(host):
            message = f"Refused: a look-up of {host!r}. Tests reach this machine only."
            raise NetworkRefusedError(message)
        return lookup(host, *arguments, **options)

    return guarded


@pytest.fixture(scope="session", autouse=True)
def _network_refused() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", _guard_connect(socket.socket.connect))
        patch.setattr(socket.socket, "connect_ex", _guard_connect(socket.socket.connect_ex))
        patch.setattr(socket, "getaddrinfo", _guard_lookup(socket.getaddrinfo))
        yield


def _folder_from(variable: str) -> Path:
    named = os.environ.get(variable)
    if not named:
        pytest.skip(f"{variable} is not set: it names the folder that this test reads")
    folder = Path(named)
    if not folder.is_dir():
        pytest.fail(f"Invalid {variable} '{named}'. It is no folder. Correct it or unset it.")
    return folder


@pytest.fixture(scope="session")
def root() -> Path:
    """The project's folder."""
    return Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def articles_dir() -> Path:
    """The folder of the articles, from ``ARTICLES``."""
    return _folder_from("ARTICLES")


@pytest.fixture(scope="session")
def bad_inputs_dir() -> Path:
    """The folder of odd and broken files, from ``BAD_INPUTS``."""
    return _folder_from("BAD_INPUTS")


@pytest.fixture(scope="session", params=["own", "public"])
def strings(request: pytest.FixtureRequest) -> list[str]:
    """All hostile strings of a family, each once: our own, or the public ones from ``BAD_INPUTS``."""
    if request.param == "own":
        return list(OWN)
    return public_strings(_folder_from("BAD_INPUTS"))


@pytest.fixture(scope="session")
def all_strings() -> list[str]:
    """Our own hostile strings and, where they are at hand, all the public ones."""
    return list(
        dict.fromkeys([*OWN, *(public_strings(_folder_from("BAD_INPUTS")) if "BAD_INPUTS" in os.environ else [])])
    )


@pytest.fixture(scope="session")
def mixed_strings() -> list[str]:
    """Our own hostile strings and, where they are at hand, a sample of the public ones; for what is slow to start."""
    public = public_strings(_folder_from("BAD_INPUTS")) if "BAD_INPUTS" in os.environ else []
    step = max(1, len(public) // (1000 if FUZZ else 60))
    return list(dict.fromkeys([*OWN, *public[::step]]))


@pytest.fixture(scope="session")
def dataset() -> Dataset:
    """The packaged data."""
    from geo.dataset import read_dataset  # noqa: PLC0415 - a fault of the data fails the tests that need it, not all

    return read_dataset()


@pytest.fixture(scope="session")
def chromium_path() -> Path:
    """The browser's executable; ``make test`` sees to it that there is one."""
    try:
        path = find_chromium()
    except ChromiumError as error:
        pytest.fail(str(error))
    if path is None:
        pytest.skip("no Chromium is here: run `python tools/find_chromium.py --install`")
    return path


@pytest.fixture(scope="session")
def chromium(chromium_path: Path) -> Iterator[Browser]:
    """One headless Chromium for the whole run."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - only tests of the page need it

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path, args=chromium_flags())
        yield browser
        browser.close()


@dataclass(frozen=True, slots=True)
class RecordedPage:
    """A page, and what it asked for and complained about.

    ``refused`` are the addresses that it tried to reach and was not let to; ``requests`` all that went to an
    address at all, those included.
    """

    page: Page
    requests: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    console: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)


def pytest_xdist_auto_num_workers() -> int:
    """One worker more than cores: tests in a browser wait for it most of their time."""
    return (os.cpu_count() or 1) + 1


# the page makes what is not seen at once in idle moments, which a browser without a screen grants twenty times a second
_NO_IDLING = "window.requestIdleCallback = (step) => setTimeout(step, 0);"


@contextmanager
def open_recorded_page(browser: Browser, *, reaches_localhost: bool, **options: Any) -> Iterator[RecordedPage]:
    """Open a page in a fresh context that reaches at most this machine."""
    context = browser.new_context(**({"viewport": {"width": 1280, "height": 800}} | options))
    recorded = RecordedPage(context.new_page())

    def is_allowed(url: str) -> bool:
        return reaches_localhost and is_local(urlsplit(url).hostname)

    def note(request: Request) -> None:
        if urlsplit(request.url).scheme not in LOCAL_SCHEMES:
            recorded.requests.append(request.url)

    def decide(route: Route) -> None:
        url = route.request.url
        if urlsplit(url).scheme in LOCAL_SCHEMES or is_allowed(url):
            route.continue_()
            return
        recorded.refused.append(url)
        route.abort("internetdisconnected")

    def decide_socket(route: WebSocketRoute) -> None:
        recorded.requests.append(route.url)
        if is_allowed(route.url):
            route.connect_to_server()
            return
        recorded.refused.append(route.url)
        route.close()

    context.on("request", note)
    context.on("console", lambda message: recorded.console.append(f"{message.type}: {message.text}"))
    context.on("weberror", lambda fault: recorded.errors.append(str(fault.error)))
    context.add_init_script(_NO_IDLING)
    context.route("**/*", decide)
    context.route_web_socket("**/*", decide_socket)
    try:
        yield recorded
    finally:
        context.close()


@pytest.fixture
def page_offline(chromium: Browser) -> Iterator[RecordedPage]:
    """A fresh page with the whole network refused, this machine included; files open."""
    with open_recorded_page(chromium, reaches_localhost=False) as recorded:
        yield recorded


@pytest.fixture
def page_local(chromium: Browser) -> Iterator[RecordedPage]:
    """A fresh page that reaches servers of this machine, and nothing beyond it."""
    with open_recorded_page(chromium, reaches_localhost=True) as recorded:
        yield recorded


@pytest.fixture(scope="module")
def write_page(dataset: Dataset, tmp_path_factory: pytest.TempPathFactory) -> Callable[..., str]:
    """Write a page of a dataset and view once, and return its address."""
    from layers.page import render_page  # noqa: PLC0415 - only tests of the page need it

    folder = tmp_path_factory.mktemp("pages")
    written: dict[tuple[int, str], tuple[str, Dataset | None]] = {}

    def write(view: View | None = None, data: Dataset | None = None) -> str:
        key = (id(data), view.to_query() if view else "")
        if key not in written:
            path = folder / f"page-{len(written)}.html"
            path.write_text(render_page(data or dataset, view), encoding="utf-8")
            # kept with its data, whose place in memory no other takes
            written[key] = path.as_uri(), data
        return written[key][0]

    return write


@pytest.fixture
def fresh_app(root: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[AppTest]:
    """The app over the packaged data alone, as Streamlit's own test runs it, before its first run."""
    import streamlit as st  # noqa: PLC0415 - only tests of the app need it
    from streamlit.testing.v1 import AppTest  # noqa: PLC0415 - as above

    monkeypatch.delenv("ARTICLES", raising=False)
    monkeypatch.delenv("ATLAS_DATA", raising=False)
    yield AppTest.from_file(str(root / "streamlit_app.py"), default_timeout=60)
    st.cache_resource.clear()
