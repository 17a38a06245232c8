"""The process apart that `geo.intake.apart` asks: it is asked on standard input and answers on standard output."""

from __future__ import annotations

import gc
import os
import sys
from typing import BinaryIO

from geo.errors import InputError
from geo.intake.apart import Task, read_head
from geo.intake.limits import Limits, limit_error
from geo.intake.reading.upload import read_upload
from geo.intake.rings import check_rings
from geo.intake.transport import encode_error, encode_parsed
from geo.intake.walls import raise_walls


def answer_request(data: bytes, name: str, limits: Limits) -> bytes:
    """Read a file and write what was found, or why it is refused."""
    try:
        answer = encode_parsed(read_upload(data, name, limits))
    except InputError as error:
        return encode_error(error)
    if len(answer) > limits.unpacked_bytes:
        return encode_error(limit_error("unpacked_bytes", limits))
    return answer


def main(source: BinaryIO, target: BinaryIO) -> None:
    """Answer one request."""
    head = read_head(source)
    limits = Limits(**head["limits"])
    raise_walls(limits)
    gc.disable()  # this process ends with its one file, and looking for cycles among so many rows takes half the time
    try:
        if head["task"] == Task.CHECK_RINGS:
            answer = check_rings(source.read())
        else:
            answer = answer_request(source.read(), head["name"], limits)
    except MemoryError:
        answer = encode_error(limit_error("memory_bytes", limits))
    target.write(answer)
    target.flush()


if __name__ == "__main__":
    main(sys.stdin.buffer, sys.stdout.buffer)
    # threads of libraries may abort a process that takes its time to end, and the answer is out
    os._exit(0)
