"""A file of a reader's own, read whole and no larger than the limit."""

from __future__ import annotations

from pathlib import Path

from geo.intake.limits import Limits, limit_error
from geo.json_reading import read_bytes


def read_file(path: Path, limits: Limits) -> bytes:
    """Read a file whole.

    Raises
    ------
    InputError
        If there is no such file, it cannot be read, or it is larger than the limit (rule ``limit``).
    """
    if path.is_file() and path.stat().st_size > limits.upload_bytes:
        raise limit_error("upload_bytes", limits)
    return read_bytes(path, limits.upload_bytes)
