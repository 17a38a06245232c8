"""A folder for a writer's own temporary files, in which a fault of the disk is a sentence."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from geo.errors import InputError, Problem
from geo.wording import escape_controls, show_value

_MEGABYTE = 1_000_000
_LONGEST_REASON = 120


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
            try:
                yield Path(name)
            except faults as error:
                # libraries tell what they were about, at any length, and seldom that the disk is full
                free_mb = shutil.disk_usage(name).free / _MEGABYTE
                reason = f"{show_value(str(error), _LONGEST_REASON)}; {free_mb:,.1f} MB are free there"
                raise _error(reason) from error
    except OSError as error:
        raise _error(escape_controls(error.strerror or str(error))) from error


def _error(reason: str) -> InputError:
    message = (
        f"Invalid folder for temporary files. The file cannot be made there ({reason}). "
        "Free some space, or name another folder in the variable TMPDIR."
    )
    return InputError([Problem("output", message)])
