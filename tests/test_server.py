"""The server of the app: ready before the first visitor comes, and guarded by headers."""

from __future__ import annotations

import re
import tomllib
from collections.abc import AsyncGenerator
from pathlib import Path
from tempfile import SpooledTemporaryFile
from typing import Any
from urllib.request import urlopen

import pytest
import streamlit as st
from starlette.datastructures import Headers, UploadFile
from starlette.formparsers import MultiPartParser

import server
from app.map import load_document
from geo.dataset import read_dataset
from geo.view import Language
from layers.basemaps import OFFLINE
from layers.bridge import MapDocument
from tests.app_channel import bring, open_channel, open_own_data, run_apart
from tests.app_server import run_app


def test_warm_up_makes_the_page_that_most_see_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ATLAS_DATA", raising=False)
    st.cache_resource.clear()
    server.warm_up()
    monkeypatch.setattr(MapDocument, "pack", lambda _: pytest.fail("the page was not there yet"))
    dataset = read_dataset()
    assert load_document(dataset.sha256, Language.ENGLISH, OFFLINE, dataset).content
    st.cache_resource.clear()


def test_warm_up_leaves_faulty_data_to_be_told_on_the_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ATLAS_DATA", str(tmp_path / "none.geojson"))
    st.cache_resource.clear()
    server.warm_up()
    st.cache_resource.clear()


def test_every_answer_carries_the_headers(root: Path, tmp_path: Path) -> None:
    with run_app(root, tmp_path / "log") as address:
        for path in ("", "_stcore/health", "no-such-page.js"):
            with urlopen(address + path) as answer:
                found = {name: answer.headers[name] for name in server.HEADERS}
            assert found == server.HEADERS, path
    assert "Traceback" not in (tmp_path / "log").read_text()


def test_a_fault_is_logged_and_told_in_a_sentence(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    told: list[str] = []
    monkeypatch.setattr(st, "error", told.append)
    assert server.tell_fault(ZeroDivisionError("nothing to divide"))
    assert told[0].startswith("Something went wrong in the atlas. Load the page again")
    assert "nothing to divide" in caplog.text


def test_an_upload_touches_no_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_: SpooledTemporaryFile[Any]) -> None:
        pytest.fail("the upload went to a file")

    async def body() -> AsyncGenerator[bytes, None]:
        yield b'--x\r\nContent-Disposition: form-data; name="a"; filename="a.csv"\r\n\r\n'
        for _ in range(30):
            yield b"," * 1_000_000
        yield b"\r\n--x--\r\n"

    async def receive() -> int:
        form = await MultiPartParser(Headers({"content-type": "multipart/form-data; boundary=x"}), body()).parse()
        upload = form["a"]
        assert isinstance(upload, UploadFile)
        content = await upload.read()
        await upload.close()
        return len(content)

    monkeypatch.setattr(SpooledTemporaryFile, "rollover", fail)
    assert run_apart(receive()) == 30_000_000


def test_an_upload_is_held_no_longer_than_it_is_read(root: Path, tmp_path: Path) -> None:
    rows = "".join(f"{number},34.2,31.2\n" for number in range(500))
    other = b"held until the app has read it"

    async def visit(address: str) -> bool:
        async with open_channel(address) as channel:
            await channel.ask("")
            await open_own_data(channel)
            await channel.upload("other.csv", other)
            return await bring(channel, "events.csv", f"id,lon,lat\n{rows}".encode())

    with run_app(root, tmp_path / "log") as address:
        assert run_apart(visit(address))
        # a visit outlives its channel
        with urlopen(f"{address}_stcore/metrics") as answer:
            (held,) = re.findall(r"UploadedFileManager.* (\d+)", answer.read().decode())
    assert int(held) == len(other)


def test_python_collects_garbage_when_it_is_due(root: Path) -> None:
    # after every run it would search the rows that any visitor brought, and hold up all the others
    settings = tomllib.loads((root / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
    assert settings["runner"] == {"postScriptGC": False}
