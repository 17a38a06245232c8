"""What stands in deploy/ agrees with the app: limits, files, options, and what systemd makes of the service."""

from __future__ import annotations

import re
import shutil
import subprocess
import tomllib
from pathlib import Path

import pytest

SERVICE = "deploy/corridor-atlas@.service"


def read(root: Path, name: str) -> str:
    return (root / name).read_text(encoding="utf-8")


def test_proxy_lets_through_what_the_app_takes_and_little_more(root: Path) -> None:
    limit = tomllib.loads(read(root, ".streamlit/config.toml"))["server"]["maxUploadSize"]
    allowed = re.search(r"client_max_body_size (\d+)m;", read(root, "deploy/nginx.conf"))
    assert allowed
    assert limit < int(allowed[1]) <= limit + 2


def test_container_holds_every_part_and_no_host(root: Path) -> None:
    text = read(root, "deploy/Containerfile")
    copied = {word for line in re.findall(r"^COPY (?!--)(.+) \S+$", text, re.MULTILINE) for word in line.split()}
    modules = {path.name for path in root.glob("*.py")} | {path.parent.name for path in root.glob("*/__init__.py")}
    modules -= {"tools", "tests", "benchmarks"}
    assert copied >= modules | {"data", ".streamlit", "requirements.txt"}
    assert [name for name in copied if not (root / name).exists()] == []
    (base,) = re.findall(r"^ARG BASE=(\S+)$", text, re.MULTILINE)
    assert "/" not in base
    assert re.search(r"^USER (?!0|root)", text, re.MULTILINE)


@pytest.mark.parametrize("name", [SERVICE, "deploy/Containerfile"])
def test_options_are_known_to_streamlit(root: Path, name: str) -> None:
    from streamlit.config import get_config_options  # noqa: PLC0415 - takes a second to import

    text = read(root, name)
    known = get_config_options()
    variables = {option.env_var for option in known.values()}
    assert set(re.findall(r"STREAMLIT_\w+", text)) <= variables
    assert set(re.findall(r"--(server\.\w+)", text)) <= known.keys()


def analyse(root: Path, folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """What systemd makes of the service; nothing is started."""
    program = shutil.which("systemd-analyze")
    if program is None:
        pytest.skip("systemd is not here")
    unit = folder / "corridor-atlas@8501.service"
    # the atlas is not in the service's folder here
    unit.write_text(read(root, SERVICE).replace("/opt/corridor-atlas/.venv/bin/python", "/bin/sh"), encoding="utf-8")
    done = subprocess.run([program, *words, unit], capture_output=True, text=True, check=False)
    if "Failed to" in done.stderr and "bus" in done.stderr:
        pytest.skip("systemd does not run here")
    if "unrecognized option" in done.stderr:
        pytest.skip("systemd is older than 250")
    return done


def test_systemd_understands_the_service(root: Path, tmp_path: Path) -> None:
    done = analyse(root, tmp_path, "verify")
    assert [line for line in done.stderr.splitlines() if "corridor-atlas@8501" in line] == []


def test_service_is_walled_in(root: Path, tmp_path: Path) -> None:
    # in tenths: what is left is what the app needs, an address of this machine and its child's two namespaces
    done = analyse(root, tmp_path, "security", "--offline=true", "--threshold=15", "--no-pager")
    assert done.returncode == 0, done.stdout
