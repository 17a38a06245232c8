"""`parse`: a file that a reader brings, read in a process apart that can be ended at any time."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

from geo.errors import InputError, Problem
from geo.intake.child import write_request
from geo.intake.limits import Limits, limit_error
from geo.intake.refusing import unreadable
from geo.intake.rows import Parsed
from geo.intake.transport import decode_answer

_DEFAULTS = Limits()
# the processor's time ends the child first; the clock only where it waits
_GRACE_S = 0.5
_OUT_OF_TIME = (signal.SIGXCPU, signal.SIGKILL)


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
    answer = _ask_child(data, name, limits)
    try:
        return decode_answer(answer)
    except (ValueError, KeyError, TypeError) as error:
        if isinstance(error, InputError):
            raise
        raise _unexplained() from error


def _ask_child(data: bytes, name: str, limits: Limits) -> bytes:
    root = str(Path(__file__).resolve().parent.parent.parent)
    # nothing of the parent's environment: no proxies, no settings of libraries, no secrets
    environment = {
        "PYTHONPATH": root,
        "LANG": "C.UTF-8",
        "OPENBLAS_NUM_THREADS": "1",
        "OMP_NUM_THREADS": "1",
        "MALLOC_ARENA_MAX": "1",
    }
    command = [sys.executable, "-P", "-B", "-s", "-m", "geo.intake.child"]
    with (
        tempfile.TemporaryDirectory(prefix="atlas-") as folder,
        subprocess.Popen(  # noqa: S603 - our own module: no part of the command comes from a file
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=folder,
            # without a home the interpreter would look one up among the users of the machine
            env=environment | {"HOME": folder},
            start_new_session=True,
        ) as child,
    ):
        try:
            request = write_request(data, name, limits)
            answer, _ = child.communicate(request, timeout=limits.seconds + _GRACE_S)
        except subprocess.TimeoutExpired:
            raise limit_error("seconds", limits) from None
        finally:
            if child.poll() is None:
                os.killpg(child.pid, signal.SIGKILL)
    if -child.returncode in _OUT_OF_TIME:
        raise limit_error("seconds", limits)
    if child.returncode == -signal.SIGABRT:  # how libraries in C++ and Rust end when memory runs out
        raise limit_error("memory_bytes", limits)
    if child.returncode != 0:
        raise _unexplained()
    return answer


def _unexplained() -> InputError:
    message = (
        "Reading the file failed, and with it only the process that read it. Save the file again or in another format."
    )
    return InputError([Problem("unreadable", message)])
