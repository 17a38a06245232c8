"""The process apart that does what a file could make long or harmful: asked once, and ended at any time."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
from dataclasses import asdict
from enum import StrEnum
from pathlib import Path
from typing import Any, BinaryIO

import orjson

from geo.errors import InputError, Problem
from geo.intake.limits import Limits, limit_error

# the processor's time ends the child first; the clock only where it waits
_GRACE_S = 0.5
_OUT_OF_TIME = (signal.SIGXCPU, signal.SIGKILL)
_HEAD_BYTES = 8


class Task(StrEnum):
    """What the child is asked to do."""

    READ = "read"
    CHECK_RINGS = "check rings"


def write_request(task: Task, data: bytes, name: str, limits: Limits) -> bytes:
    """Write what the child is asked: the length of the head (8 bytes), the head as JSON, the data."""
    # a name may hold lone surrogates, which JSON has no place for
    told = {"task": task, "name": name.encode("utf-8", "replace").decode(), "limits": asdict(limits)}
    head = orjson.dumps(told)
    return b"".join([len(head).to_bytes(_HEAD_BYTES, "little"), head, data])


def read_head(source: BinaryIO) -> dict[str, Any]:
    """Read the head of a request; the data come after it."""
    head: dict[str, Any] = orjson.loads(source.read(int.from_bytes(source.read(_HEAD_BYTES), "little")))
    return head


def ask_child(task: Task, data: bytes, name: str, limits: Limits) -> bytes:
    """Let a child process without network, programs or files do a task, and return its answer.

    Parameters
    ----------
    task, data
        What is to be done, and with what.
    name
        Of the file, for the ledger.
    limits
        What the child may cost.

    Raises
    ------
    InputError
        If it reaches the limit of time or memory, or fails.
    """
    root = str(Path(__file__).resolve().parent.parent.parent)
    # nothing of the parent's environment: no proxies, no settings of libraries, no secrets
    environment = {
        "PYTHONPATH": root,
        "LANG": "C.UTF-8",
        "OPENBLAS_NUM_THREADS": "1",
        "OMP_NUM_THREADS": "1",
        "MALLOC_ARENA_MAX": "1",
        # its own keeps far more addresses than it uses, of which the child has few
        "ARROW_DEFAULT_MEMORY_POOL": "system",
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
            request = write_request(task, data, name, limits)
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
        raise unexplained()
    return answer


def unexplained() -> InputError:
    """Make the error for a child that failed without a word."""
    message = (
        "Reading the file failed, and with it only the process that read it. Save the file again or in another format."
    )
    return InputError([Problem("unreadable", message)])
