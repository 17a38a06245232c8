"""Files written whole or not at all."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from geo.errors import InputError, Problem
from geo.wording import escape_controls, show_value


def write_atomically(path: Path | str, content: bytes) -> Path:
    """Write a file beside its name, then rename it, so that no reader finds half of it and no fault costs the old one.

    Parameters
    ----------
    path
        File to write; its folder exists.
    content
        All of its bytes.

    Raises
    ------
    InputError
        If the file cannot be written there.
    """
    target = Path(path)
    temporary = ""
    try:
        with tempfile.NamedTemporaryFile(dir=target.parent, prefix=f".{target.name[:40]}.", delete=False) as file:
            temporary = file.name
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        # a temporary file is its owner's alone; the finished one is as the user's other files
        Path(temporary).chmod(0o666 & ~_read_umask())
        Path(temporary).replace(target)
    except (OSError, ValueError) as error:
        if temporary:
            Path(temporary).unlink(missing_ok=True)
        reason = escape_controls(getattr(error, "strerror", None) or str(error))
        shown = show_value(str(target), 200)
        message = f"Invalid output '{shown}'. It cannot be written ({reason}). Choose another place."
        raise InputError([Problem("output", message)]) from error
    return target


def _read_umask() -> int:
    umask = os.umask(0o022)
    os.umask(umask)
    return umask
