"""Running another program without a word, to see whether it succeeds: for the scripts that find or unpack one."""

from __future__ import annotations

import subprocess
from collections.abc import Sequence
from pathlib import Path

LIMIT_S = 180


def succeeds(command: Sequence[str], folder: Path | str | None = None) -> bool:
    """Run a command without input, and tell whether it ended well within `LIMIT_S` seconds.

    Parameters
    ----------
    command
        The program and its words.
    folder
        Where it runs; ``None`` is the present one.
    """
    try:
        answer = subprocess.run(
            command, cwd=folder, stdin=subprocess.DEVNULL, capture_output=True, timeout=LIMIT_S, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return answer.returncode == 0


def fetch_package(name: str, folder: Path | str) -> bool:
    """Fetch a package of Debian's into a folder without installing it, and tell whether it came.

    Parameters
    ----------
    name
        Of the package.
    folder
        Where its file is put.
    """
    fetch = ["apt-get", "-q", "download", name]
    # where it fails, the lists of packages may never have been read
    return succeeds(fetch, folder) or (succeeds(["apt-get", "-q", "update"], folder) and succeeds(fetch, folder))
