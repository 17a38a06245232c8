"""Memory that visits and uploads leave behind, given back to the machine."""

from __future__ import annotations

import ctypes
import gc
import sys
import time

from app.upload_room import ROOM

_EVERY_S = 30


def give_back_memory() -> None:
    """Give memory back from time to time, for as long as the process lasts.

    A visit that has ended is a ring of things that name each other: it goes when Python looks for such rings, which is
    rarely among so many things, and the allocator keeps what they leave.
    """
    while True:
        time.sleep(_EVERY_S)
        ROOM.tidy()
        collect()


def collect() -> None:
    """Let go of what nobody can reach, and return free memory to the system where it can be asked for (glibc)."""
    gc.collect()
    if sys.platform == "linux":
        trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
        if trim is not None:
            trim(0)
