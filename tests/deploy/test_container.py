"""What the Containerfile copies is what the app runs on: those paths alone, in an empty folder, serve a visitor."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable
from fnmatch import fnmatchcase
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import urlopen

import pytest

from tests.app_channel import bring, open_channel, open_own_data, run_apart
from tests.app_server import run_app

CONTAINERFILE = "deploy/Containerfile"
OWN = b"id,lon,lat\na,34.2,31.2\nb,34.3,31.3\n"


def read_copies(text: str) -> list[tuple[str, str]]:
    """What the last stage copies from the project: each path, and where it goes."""
    stage = re.split(r"^FROM .*$", text, flags=re.MULTILINE)[-1]
    lines = [line.split()[1:] for line in stage.splitlines() if line.startswith("COPY ") and "--from=" not in line]
    assert lines
    assert "\\" not in {word for words in lines for word in words}, "a COPY on several lines is not read here"
    return [(path, target) for *paths, target in lines for path in paths]


def read_ignored(text: str) -> list[str]:
    """The patterns of what is never copied."""
    patterns = [line for line in text.splitlines() if line and not line.startswith("#")]
    assert not any(pattern.startswith("!") for pattern in patterns), "exceptions are not read here"
    return patterns


def is_ignored(path: str, patterns: Iterable[str]) -> bool:
    """Tell whether a path of the project, or a folder that it is in, is never copied."""
    parts = path.split("/")
    return any(
        fnmatchcase(part, pattern.removeprefix("**/"))
        for pattern in patterns
        for part in (parts if pattern.startswith("**/") else parts[:1])
    )


def leave_out(root: Path, patterns: list[str]) -> Callable[[str, list[str]], list[str]]:
    def choose(folder: str, names: list[str]) -> list[str]:
        inside = Path(folder).relative_to(root)
        return [name for name in names if is_ignored((inside / name).as_posix(), patterns)]

    return choose


@pytest.fixture(scope="module")
def installed(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The app's folder as it is in the container."""
    folder = tmp_path_factory.mktemp("container")
    ignored = read_ignored((root / ".dockerignore").read_text(encoding="utf-8"))
    for path, target in read_copies((root / CONTAINERFILE).read_text(encoding="utf-8")):
        assert not is_ignored(path, ignored), path
        if (root / path).is_dir():
            shutil.copytree(root / path, folder / target, ignore=leave_out(root, ignored))
        else:
            shutil.copy(root / path, folder / target)
    return folder


def test_nothing_is_copied_that_was_made_on_the_way(installed: Path, root: Path) -> None:
    copied = [path for path in installed.rglob("*") if path.is_file()]
    assert copied
    assert [path for path in copied if path.suffix == ".pyc"] == []
    ignored = read_ignored((root / ".dockerignore").read_text(encoding="utf-8"))
    made = (".git/config", ".mypy_cache/x", ".venv/x", "build/x/y")
    assert [path for path in made if not is_ignored(path, ignored)] == []
    assert not is_ignored("layers/tools", ignored), "a plain name is one at the top"


def test_app_serves_a_visitor_from_what_is_copied(installed: Path, root: Path, tmp_path: Path) -> None:
    async def visit(address: str) -> tuple[bool, int]:
        async with open_channel(address) as channel:
            await channel.ask("")
            page = max(message.ByteSize() for message in channel.known.values())
            await open_own_data(channel)
            return await bring(channel, "own.csv", OWN), page

    log = tmp_path / "log"
    with run_app(installed, log, PYTHONPATH="") as address:
        with urlopen(address) as answer:
            assert b"<title>Streamlit</title>" in answer.read()
        check_health(root, address)
        is_taken, page_bytes = run_apart(visit(address))
    told = log.read_text(encoding="utf-8")
    assert "Traceback" not in told
    assert " is missing" not in told
    assert page_bytes > 100_000, "the map's page came"
    assert is_taken


def check_health(root: Path, address: str) -> None:
    """Ask as the container asks itself."""
    text = (root / CONTAINERFILE).read_text(encoding="utf-8")
    (asking,) = re.findall(r"^HEALTHCHECK .*\\\n +CMD (\[.*\])$", text, re.MULTILINE)
    program, *arguments = json.loads(asking)
    assert program == "python"
    command, port = [sys.executable, *arguments], str(urlsplit(address).port)
    for prefix, is_well in (("", True), ("/elsewhere/", False)):
        settings = {"STREAMLIT_SERVER_PORT": port, "STREAMLIT_SERVER_BASE_URL_PATH": prefix}
        done = subprocess.run(command, env=os.environ | settings, capture_output=True, check=False)
        assert (done.returncode == 0) == is_well, done.stderr


def test_command_line_does_its_work_from_what_is_copied(installed: Path, tmp_path: Path) -> None:
    environment = {name: value for name, value in os.environ.items() if name not in {"ARTICLES", "ATLAS_DATA"}}
    own = tmp_path / "own.csv"
    own.write_bytes(OWN)
    for words in (
        ["check"],
        ["export", str(tmp_path / "map.pdf")],
        ["import", str(own), "--out", str(tmp_path / "data")],
    ):
        command = [sys.executable, "-B", "atlas.py", *words]
        settings = environment | {"PYTHONPATH": ""}
        done = subprocess.run(command, cwd=installed, env=settings, capture_output=True, text=True, check=False)
        assert (done.returncode, done.stderr) == (0, ""), words
