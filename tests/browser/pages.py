"""Opening the atlas's page in a browser and seeing to it that it neither asks for anything nor complains."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import Browser, Page

from tests.conftest import RecordedPage, open_recorded_page

DESKTOP, PROJECTOR, PHONE = (1280, 800), (1920, 1080), (390, 844)


def open_page(recorded: RecordedPage, address: str) -> Page:
    recorded.page.goto(address)
    recorded.page.wait_for_selector("html[data-ready=true]", state="attached")
    return recorded.page


@contextmanager
def opened(browser: Browser, address: str, size: tuple[int, int] = DESKTOP, **options: Any) -> Iterator[Page]:
    viewport = {"width": size[0], "height": size[1]}
    with open_recorded_page(browser, reaches_localhost=False, viewport=viewport, **options) as recorded:
        page = open_page(recorded, address)
        yield page
        assert recorded.requests == []
        assert recorded.console == []
        assert recorded.errors == []
