"""The walls around the child that reads a file: no network, no programs, no files but Python's own, bounded means."""

from __future__ import annotations

import ctypes
import os
import resource
import sys
import zoneinfo
from collections.abc import Callable
from pathlib import Path
from typing import Any

from geo.intake.limits import Limits

_CLONE_NEWUSER, _CLONE_NEWNET = 0x10000000, 0x40000000
_PR_SET_PDEATHSIG, _PR_SET_DUMPABLE, _PR_SET_NO_NEW_PRIVS = 1, 4, 38
_SIGKILL = 9
_OPEN_FILES = 64
_NICENESS = 10
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND

# audit events (sys.addaudithook) that reading a file never needs, as beginnings of their names
_REFUSED = (
    "socket.", "subprocess.", "pty.", "os.exec", "os.fork", "os.posix_spawn", "os.spawn", "os.startfile", "os.system",
    "os.chmod", "os.chown", "os.link", "os.mkdir", "os.remove", "os.rename", "os.rmdir", "os.symlink", "os.truncate",
    "os.utime", "os.setxattr", "os.removexattr", "os.kill", "os.chdir", "os.fwalk", "shutil.", "tempfile.", "ftplib.",
    "http.client.", "imaplib.", "nntplib.", "poplib.", "smtplib.", "telnetlib.", "urllib.", "webbrowser.",
    "signal.pthread_kill", "sqlite3.enable_load_extension", "sqlite3.load_extension", "syslog.", "fcntl.", "mmap.",
)  # fmt: skip


class WallError(PermissionError):
    """The reader reached for what it may not have."""


def raise_walls(limits: Limits) -> None:
    """Give up, for the rest of this process, whatever reading bytes that are in memory does not need.

    The kernel takes the network away where it lets an unprivileged process do so (a network namespace of its own),
    and bounds memory, processor time, open files and written bytes. Python refuses sockets, programs, and every
    file but those of its own libraries: this holds for all Python code, not for a library's C code.

    Parameters
    ----------
    limits
        Those of time and memory.

    References
    ----------
    unshare(2), prctl(2), setrlimit(2); the audit events of Python's documentation.
    """
    _leave_the_network()
    _lower(resource.RLIMIT_CORE, 0)
    _lower(resource.RLIMIT_FSIZE, 0)
    _lower(resource.RLIMIT_NOFILE, _OPEN_FILES)
    _lower(resource.RLIMIT_CPU, limits.seconds)
    if sys.platform == "linux":  # elsewhere an address space is larger than its memory by far
        _lower(resource.RLIMIT_AS, limits.memory_bytes)
    os.nice(_NICENESS)
    sys.addaudithook(_make_guard(_library_folders()))


def _lower(kind: int, amount: int) -> None:
    """Set a limit of the kernel, or leave it where it is lower already."""
    _, hard = resource.getrlimit(kind)
    hard = sys.maxsize if hard == resource.RLIM_INFINITY else hard
    soft = min(amount, hard)
    # past the soft limit of time comes a signal that tells it from other ends, and a second later the last one
    resource.setrlimit(kind, (soft, min(soft + 1, hard) if kind == resource.RLIMIT_CPU else soft))


def _leave_the_network() -> None:
    if sys.platform != "linux":
        return
    kernel = ctypes.CDLL(None, use_errno=True)
    kernel.prctl(_PR_SET_PDEATHSIG, _SIGKILL, 0, 0, 0)
    kernel.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    # not everywhere allowed: then the guard below still refuses every socket of Python's
    kernel.unshare(_CLONE_NEWUSER | _CLONE_NEWNET)
    kernel.prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)


def _library_folders() -> tuple[str, ...]:
    own = str(Path(__file__).resolve().parent.parent)
    folders = {own, sys.prefix, sys.base_prefix, *(path for path in sys.path if path)}
    folders.discard(str(Path(own).parent))  # the project's folder itself: only its geo/ is a library here
    wide = {"/", "/usr", "/usr/local"}
    libraries = {str(Path(folder, "lib")) for folder in folders if folder in wide}
    # times with zones are told by the system's table of zones, whose names lead nowhere else (zoneinfo checks them)
    libraries |= set(zoneinfo.TZPATH)
    resolved = {os.path.realpath(folder) for folder in folders - wide | libraries}
    return tuple(sorted(folders - wide | libraries | resolved))


def _make_guard(folders: tuple[str, ...]) -> Callable[[str, tuple[Any, ...]], None]:
    beginnings = tuple(folder.rstrip("/") + "/" for folder in folders)

    def is_library(path: Any) -> bool:
        if isinstance(path, int):  # a file that is open already
            return True
        text = os.fsdecode(path)
        return text.rstrip("/") in folders or (text.startswith(beginnings) and "/../" not in text)

    def is_allowed(event: str, arguments: tuple[Any, ...]) -> bool:
        match event:
            case "open":
                path, mode, flags = arguments
                writes = any(sign in (mode or "") for sign in "wax+") or bool((flags or 0) & _WRITING)
                return is_library(path) and (isinstance(path, int) or not writes)
            case "os.listdir" | "os.scandir":
                return is_library(arguments[0] or ".")
            case "sqlite3.connect":
                return bool(arguments[0] == ":memory:")
            case "ctypes.dlopen":
                return arguments[0] is None or is_library(arguments[0])
            case _:
                return not event.startswith(_REFUSED)

    def guard(event: str, arguments: tuple[Any, ...]) -> None:
        if not is_allowed(event, arguments):
            message = f"refused: {event}"
            raise WallError(message)

    return guard
