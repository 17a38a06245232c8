"""What the scripts share that find a program or unpack one: running another, fetching a package, telling the path."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Sequence
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


def tell_path(
    find: Callable[[], object], unpack: Callable[[], object], missing: str, arguments: Sequence[str] | None
) -> int:
    """Print where something is, and return 0; else say what is missing, and return 1.

    Parameters
    ----------
    find, unpack
        Return its place, or ``None``; the second is asked only where the words hold ``--install``.
    missing
        What is said where it is not here.
    arguments
        Words of the command line; ``None`` reads the process's own.
    """
    words = sys.argv[1:] if arguments is None else arguments
    place = find()
    if place is None and "--install" in words:
        place = unpack()
    if place is None:
        print(missing, file=sys.stderr)
        return 1
    print(place)
    return 0
