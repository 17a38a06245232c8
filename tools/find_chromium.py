"""Find a Chromium that starts, or install one, and print its path: ``python tools/find_chromium.py [--install]``."""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

# the shell is the same engine without a browser's window around it: a page takes half the processor's time
COMMANDS = (
    "chromium-headless-shell",
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
)
APPLICATIONS = (
    Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"),
    Path("/Applications/Chromium.app/Contents/MacOS/Chromium"),
)
# without these a headless Chromium looks for updates and for its maker's servers by itself
QUIET_FLAGS = (
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
    "--no-first-run",
)
# Debian's browsers, the first that can be had, and letters for Latin, Arabic and Hebrew
DEBIAN_BROWSERS, DEBIAN_FONTS = ("chromium-headless-shell", "chromium"), "fonts-noto-core"
START_LIMIT_S = 60
DOWNLOAD_LIMIT_S = 120
PACKAGES_LIMIT_S = 300


class ChromiumError(RuntimeError):
    """No usable Chromium; the message says what to do."""


def chromium_flags() -> list[str]:
    """List the flags that keep a headless Chromium quiet; as root it starts only without its sandbox."""
    return [*QUIET_FLAGS, "--no-sandbox"] if os.geteuid() == 0 else list(QUIET_FLAGS)


def find_chromium() -> Path | None:
    """Find a Chromium that starts: ``CHROMIUM``, then the search path, then Playwright's own.

    Raises
    ------
    ChromiumError
        If ``CHROMIUM`` is set to something that does not start.
    """
    named = os.environ.get("CHROMIUM")
    if named:
        if not starts(Path(named)):
            message = f"Invalid CHROMIUM '{named}'. It does not start. Set the path of a Chromium, or unset it."
            raise ChromiumError(message)
        return Path(named)
    return next((path for path in _candidates() if starts(path)), None)


def install_chromium() -> Path:
    """Install a Chromium: Playwright's own, else Debian's package where apt may be used.

    Raises
    ------
    ChromiumError
        If neither can be had.
    """
    for install in (_install_from_playwright, _install_from_debian):
        if install():
            path = find_chromium()
            if path is not None:
                return path
    message = (
        "No Chromium could be found or installed for the browser tests. "
        "Install one (Debian: apt install chromium-headless-shell fonts-noto-core), or set CHROMIUM to the path of one."
    )
    raise ChromiumError(message)


def starts(path: Path) -> bool:
    """Tell whether the browser starts far enough to say its version.

    Parameters
    ----------
    path
        The browser's executable.
    """
    try:
        answer = subprocess.run([path, "--version"], capture_output=True, timeout=START_LIMIT_S, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return answer.returncode == 0


def _candidates() -> Iterator[Path]:
    for command in COMMANDS:
        found = shutil.which(command)
        if found:
            yield Path(found)
    yield from (path for path in APPLICATIONS if path.exists())
    own = _playwright_path()
    if own is not None and own.exists():
        yield own


def _playwright_path() -> Path | None:
    # in a process of its own, so that a caller may already run Playwright
    script = (
        "from playwright.sync_api import sync_playwright as start\n"
        "with start() as playwright: print(playwright.chromium.executable_path)"
    )
    try:
        answer = subprocess.run(
            [sys.executable, "-c", script], capture_output=True, text=True, timeout=START_LIMIT_S, check=True
        )
    except (OSError, subprocess.SubprocessError):
        return None
    return Path(answer.stdout.strip())


def _install_from_playwright() -> bool:
    print("Looking for Playwright's own Chromium ...", file=sys.stderr)
    return _succeeds([sys.executable, "-m", "playwright", "install", "chromium"], DOWNLOAD_LIMIT_S)


def _install_from_debian() -> bool:
    if shutil.which("apt-get") is None:
        return False
    as_root: list[str] = []
    if os.geteuid() != 0:
        as_root = ["sudo", "-n"]
        if shutil.which("sudo") is None or not _succeeds([*as_root, "true"], START_LIMIT_S):
            return False
    print("Installing Debian's chromium and fonts ...", file=sys.stderr)
    apt = [*as_root, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-q", "-y"]
    # an update may fail for one list and still leave what is needed
    _succeeds([*apt, "update"], PACKAGES_LIMIT_S)
    install = [*apt, "install", "--no-install-recommends", DEBIAN_FONTS]
    return any(_succeeds([*install, browser], PACKAGES_LIMIT_S) for browser in DEBIAN_BROWSERS)


def _succeeds(command: Sequence[str], limit_s: float) -> bool:
    try:
        answer = subprocess.run(
            command, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=limit_s, check=False
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        print(f"  {error}", file=sys.stderr)
        return False
    if answer.returncode != 0:
        print(f"  {_reason(answer.stderr + answer.stdout)}", file=sys.stderr)
    return answer.returncode == 0


def _reason(output: str) -> str:
    lines = [line.strip() for line in output.splitlines() if line.strip()]
    return next((line for line in lines if line.lower().startswith(("error", "e:"))), (lines or ["it failed"])[-1])


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the path of a usable Chromium.

    Parameters
    ----------
    arguments
        Words of the command line; ``None`` reads the process's own.
    """
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--install", action="store_true", help="install one where none is found")
    options = parser.parse_args(arguments)
    try:
        path = find_chromium()
        if path is None and options.install:
            path = install_chromium()
    except ChromiumError as error:
        print(error, file=sys.stderr)
        return 1
    if path is None:
        print("No Chromium was found. Run again with --install, or set CHROMIUM to the path of one.", file=sys.stderr)
        return 1
    print(path)
    return 0


if __name__ == "__main__":
    sys.exit(main())
