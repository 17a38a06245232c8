"""`parse`: a file that a reader brings, read in a process apart that can be ended at any time."""

from __future__ import annotations

from geo.errors import InputError
from geo.intake.apart import Task, ask_child, unexplained
from geo.intake.limits import Limits, limit_error
from geo.intake.refusing import unreadable
from geo.intake.rows import Parsed
from geo.intake.transport import decode_answer

_DEFAULTS = Limits()


def parse(data: bytes, name: str, limits: Limits = _DEFAULTS) -> Parsed:
    """Read a file of readers' own data, in a child process without network, programs or files.

    Parameters
    ----------
    data
        The whole file.
    name
        As its owner calls it: for the ledger, and its suffix must agree with the content. It never touches the disk.
    limits
        What the file may be and cost.

    Returns
    -------
    Parsed
        All rows of the file: each is in a layer or among the refusals. Coordinates are as in the file.

    Raises
    ------
    InputError
        One problem, in one sentence with its place and remedy: rule ``unreadable`` if the file is refused, rule
        ``limit`` if it reaches a limit.
    """
    if len(data) > limits.upload_bytes:
        raise limit_error("upload_bytes", limits)
    if not data:
        raise unreadable("The file is empty", "Give one with data")
    answer = ask_child(Task.READ, data, name, limits)
    try:
        return decode_answer(answer)
    except (ValueError, KeyError, TypeError) as error:
        if isinstance(error, InputError):
            raise
        raise unexplained() from error
