"""A folder for a writer's own temporary files, in which a fault of the disk is a sentence."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from geo.errors import InputError, Problem
from geo.wording import escape_controls


@contextmanager
def scratch_folder(*faults: type[Exception]) -> Iterator[Path]:
    """Give an empty folder that is gone afterwards.

    Parameters
    ----------
    faults
        What the writer's library raises, besides ``OSError``, when the disk is full or at fault.

    Raises
    ------
    InputError
        If the folder or what is written there meets such a fault.
    """
    try:
        with tempfile.TemporaryDirectory() as name:
            yield Path(name)
    except Exception as error:
        if not isinstance(error, (OSError, *faults)):
            raise
        reason = escape_controls(getattr(error, "strerror", None) or str(error))
        message = (
            f"Invalid folder for temporary files. The file cannot be made there ({reason}). "
            "Free some space, or name another folder in the variable TMPDIR."
        )
        raise InputError([Problem("output", message)]) from error
