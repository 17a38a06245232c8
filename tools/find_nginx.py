"""Find an nginx for the test of the deployment, or unpack Debian's: ``python -m tools.find_nginx [--install]``.

Nothing is installed on the machine, and no server is started: Debian's package is unpacked into ``build/nginx``.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from tools.running import fetch_package, succeeds, tell_path

UNPACKED = Path(__file__).resolve().parent.parent / "build" / "nginx"
# a user's search path often lacks the folders of servers
FOLDERS = os.pathsep.join([os.environ.get("PATH", ""), "/usr/local/sbin", "/usr/sbin", str(UNPACKED / "usr" / "sbin")])
_MISSING = "No nginx is here: the test of the deployment is skipped. Debian has one: apt install nginx."


def find_nginx() -> Path | None:
    """Find an nginx that starts: installed, or unpacked by an earlier run."""
    found = shutil.which("nginx", path=FOLDERS)
    if found is None or not succeeds([found, "-v"]):
        return None
    return Path(found)


def unpack_nginx() -> Path | None:
    """Unpack Debian's package where apt may be asked for it; ``None`` where it may not."""
    if shutil.which("apt-get") is None or shutil.which("dpkg") is None:
        return None
    with tempfile.TemporaryDirectory() as folder:
        if not fetch_package("nginx", folder):
            return None
        (package,) = Path(folder).glob("nginx_*.deb")
        UNPACKED.mkdir(parents=True, exist_ok=True)
        if not succeeds(["dpkg", "-x", str(package), str(UNPACKED)]):
            return None
    return find_nginx()


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the path of a usable nginx.

    Parameters
    ----------
    arguments
        Words of the command line; ``None`` reads the process's own.
    """
    return tell_path(find_nginx, unpack_nginx, _MISSING, arguments)


if __name__ == "__main__":
    sys.exit(main())
