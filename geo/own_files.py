"""The atlas's own files: words, styles, scripts, ground. One that is missing or damaged is told in a sentence."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from geo.errors import InputError, Problem
from geo.wording import escape_controls

_ROOT = Path(__file__).resolve().parent.parent


def read_own_bytes(path: Path) -> bytes:
    """Read a file that came with the atlas.

    Parameters
    ----------
    path
        Within the atlas's folder.

    Raises
    ------
    InputError
        If it is missing or cannot be read.
    """
    try:
        return path.read_bytes()
    except FileNotFoundError as error:
        raise _fault(path, "is missing") from error
    except OSError as error:
        raise _fault(path, f"cannot be read ({escape_controls(error.strerror or str(error))})") from error


def read_own_text(path: Path) -> str:
    """Read a text that came with the atlas, as `read_own_bytes`; an empty one or one that is not UTF-8 is damaged.

    Raises
    ------
    InputError
        If it is missing, cannot be read or is damaged.
    """
    try:
        text = read_own_bytes(path).decode("utf-8")
    except UnicodeDecodeError as error:
        raise damaged(path) from error
    if not text.strip():
        raise damaged(path)
    return text


def read_own_json(path: Path, kind: type) -> Any:
    """Read JSON that came with the atlas.

    Parameters
    ----------
    path
        Within the atlas's folder.
    kind
        What it holds: ``dict`` or ``list``.

    Raises
    ------
    InputError
        If it is missing, cannot be read or is damaged.
    """
    try:
        value = json.loads(read_own_text(path))
    except (ValueError, RecursionError) as error:
        if isinstance(error, InputError):
            raise
        raise damaged(path) from error
    if not isinstance(value, kind):
        raise damaged(path)
    return value


def damaged(path: Path) -> InputError:
    """Make the error for a file of the atlas's own that can be read but is not what it was."""
    return _fault(path, "is damaged")


def _fault(path: Path, what: str) -> InputError:
    name = escape_controls(str(path.relative_to(_ROOT) if path.is_relative_to(_ROOT) else path))
    message = f"Invalid installation. The atlas's own file '{name}' {what}. Install the atlas again."
    return InputError([Problem("installation", message)])
