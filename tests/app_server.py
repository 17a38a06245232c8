"""The app as a reader meets it: a server of its own on a free port."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

_START_S = 60


@contextmanager
def run_app(
    root: Path, log: Path, *, script: str = "server.py", options: Sequence[str] = (), **settings: str
) -> Iterator[str]:
    """Run the app as ``make run`` does, and give its address; it ends with the block.

    Settings are variables of its environment, options words of its command line; another script is one beside it.
    """
    port = free_port()
    command = [sys.executable, "-m", "streamlit", "run", script, "--server.port", str(port), *options]
    # articles and data are an operator's own; a run of the tests may name some
    own = {"ARTICLES", "ATLAS_DATA"}
    environment = {name: value for name, value in os.environ.items() if name not in own} | settings
    with (
        log.open("wb") as output,
        subprocess.Popen(command, cwd=root, env=environment, stdout=output, stderr=subprocess.STDOUT) as server,
    ):
        try:
            until = time.monotonic() + _START_S
            while not listens(port):
                if server.poll() is not None or time.monotonic() > until:
                    message = f"the app did not start:\n{log.read_text(encoding='utf-8')}"
                    raise RuntimeError(message)
                time.sleep(0.1)
            yield f"http://localhost:{port}/"
        finally:
            server.terminate()
            try:
                server.wait(10)
            except subprocess.TimeoutExpired:
                server.kill()


def free_port() -> int:
    """Find a port of this machine that nobody listens at."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


def listens(port: int) -> bool:
    """Tell whether a server listens at a port of this machine."""
    with socket.socket() as client:
        return client.connect_ex(("127.0.0.1", port)) == 0
