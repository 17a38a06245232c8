"""Which shapes are sound, that is, have rings that neither cross nor overlap themselves: found out in bounded time."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import Any

import numpy as np
import shapely

from geo.errors import InputError
from geo.intake.apart import Task, ask_child, unexplained
from geo.intake.limits import Limits, limit_problem
from geo.intake.transport import decode_answer

Shapes = np.ndarray[Any, Any]
Mask = np.ndarray[Any, np.dtype[np.bool_]]

_DIRECT_COST = 5e7
"""Squares of the numbers of vertices, summed, up to which shapes are looked at here: a second at the worst, as the time
grows with the square where every edge of a ring lies beside every other (measured: 20,000 vertices take 5 s)."""

_SHARE_OF_TIME = 3
_COUNT_BYTES = 4


def find_sound(shapes: Shapes, limits: Limits) -> Mask:
    """Tell which of some shapes are sound; many or large ones are looked at in a process apart that can be ended.

    Parameters
    ----------
    shapes
        None of them missing, in two dimensions.
    limits
        A third of its time may be taken.

    Raises
    ------
    InputError
        If that time is not enough.
    """
    sizes = shapely.get_num_coordinates(shapes).astype(float)
    if (sizes**2).sum() <= _DIRECT_COST:
        sound: Mask = shapely.is_valid(shapes)
        return sound
    share = replace(limits, seconds=max(1, limits.seconds // _SHARE_OF_TIME))
    try:
        answer = ask_child(Task.CHECK_RINGS, _pack(shapes), "", share)
    except InputError as error:
        if error.problems[0] == limit_problem("seconds", share):
            place = "to see whether the rings of its shapes cross"
            raise InputError([limit_problem("seconds", share, place)]) from None
        raise
    if len(answer) != len(shapes):
        decode_answer(answer)
        raise unexplained()
    return np.frombuffer(answer, dtype=np.bool_)


def _pack(shapes: Shapes) -> bytes:
    """Write shapes as their number, the lengths of their well-known binary (32 bits each), and those."""
    written = shapely.to_wkb(shapes).tolist()
    lengths = np.array([len(written), *map(len, written)], dtype="<u4")
    return b"".join([lengths.tobytes(), *written])


def check_rings(packed: bytes) -> bytes:
    """Tell of each of the packed shapes whether it is sound, as one byte each: the child's part of `find_sound`."""
    count = int(np.frombuffer(packed, dtype="<u4", count=1)[0])
    lengths = np.frombuffer(packed, dtype="<u4", count=count, offset=_COUNT_BYTES)
    ends = _COUNT_BYTES * (count + 1) + np.concatenate([[0], np.cumsum(lengths, dtype=np.int64)])
    shapes = shapely.from_wkb([packed[start:end] for start, end in pairwise(ends.tolist())])
    sound: bytes = shapely.is_valid(shapes).tobytes()
    return sound
