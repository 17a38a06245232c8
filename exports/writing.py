"""Files written whole or not at all."""

from __future__ import annotations

import errno
import hashlib
import os
import secrets
import stat
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from geo.errors import InputError, Problem
from geo.wording import escape_controls, show_value

_CHUNK_BYTES = 1 << 20
_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


def write_atomically(path: Path | str, content: bytes, *, check: Callable[[bytes], object] | None = None) -> Path:
    """Write a file beside its name, read it back, rename it: no reader finds half of it, no fault costs the old one.

    Bytes and folder are on the disk when this returns. A process that is killed may leave a hidden file that ends in
    ``.part``; after any other fault nothing is left.

    Parameters
    ----------
    path
        File to write; its folder exists. Where it is a link, the file that it leads to is replaced.
    content
        All of its bytes.
    check
        Reads the bytes as they came back from the disk, and raises ``ValueError`` if they are no such file.

    Raises
    ------
    InputError
        If the file cannot be written there, or what came back is not what was to be written.
    """
    target = Path(path)
    try:
        _replace(target.resolve(), content, check)
    except (OSError, ValueError, RuntimeError) as error:
        raise InputError([_problem(target, error)]) from error
    return target


def _replace(target: Path, content: bytes, check: Callable[[bytes], object] | None) -> None:
    temporary = target.with_name(f".{target.name[:40]}.{secrets.token_hex(6)}.part")
    # the system takes the user's mask off the mode, as it does for the user's other files
    descriptor = os.open(temporary, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o666)
    try:
        with os.fdopen(descriptor, "w+b") as file:
            if target.exists():
                os.fchmod(descriptor, stat.S_IMODE(target.stat().st_mode))
            file.write(content)
            file.flush()
            os.fsync(descriptor)
            _read_back(descriptor, content)
        if check:
            check(temporary.read_bytes())
        temporary.replace(target)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    _flush_folder(target.parent)


def _read_back(descriptor: int, content: bytes) -> None:
    if hasattr(os, "posix_fadvise"):
        # or else the bytes would come from memory and tell nothing of the disk
        os.posix_fadvise(descriptor, 0, 0, os.POSIX_FADV_DONTNEED)
    os.lseek(descriptor, 0, os.SEEK_SET)
    digest = hashlib.sha256()
    while chunk := os.read(descriptor, _CHUNK_BYTES):
        digest.update(chunk)
    if digest.digest() != hashlib.sha256(content).digest():
        message = "what came back from the disk is not what was written"
        raise ValueError(message)


def _flush_folder(folder: Path) -> None:
    # the new name stands already; a file system that cannot flush a folder keeps it as well as it can
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _problem(target: Path, error: Exception) -> Problem:
    reason = escape_controls(getattr(error, "strerror", None) or str(error))
    is_full = isinstance(error, OSError) and error.errno in _FULL
    remedy = "Free some space, or choose another place." if is_full else "Choose another place."
    shown = show_value(str(target), 200)
    return Problem("output", f"Invalid output '{shown}'. It cannot be written ({reason}). {remedy}")
