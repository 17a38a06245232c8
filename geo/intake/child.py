"""The process that reads one file: it takes the file on standard input and answers on standard output."""

from __future__ import annotations

import gc
import sys
from dataclasses import asdict
from typing import BinaryIO

import orjson

from geo.errors import InputError
from geo.intake.limits import Limits, limit_error
from geo.intake.reading import read_upload
from geo.intake.transport import encode_error, encode_parsed
from geo.intake.walls import raise_walls

_HEAD_BYTES = 8


def write_request(data: bytes, name: str, limits: Limits) -> bytes:
    """Write what the child is asked: the length of the head (8 bytes), the head as JSON, the file."""
    # a name may hold lone surrogates, which JSON has no place for
    head = orjson.dumps({"name": name.encode("utf-8", "replace").decode(), "limits": asdict(limits)})
    return b"".join([len(head).to_bytes(_HEAD_BYTES, "little"), head, data])


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
    head = orjson.loads(source.read(int.from_bytes(source.read(_HEAD_BYTES), "little")))
    limits = Limits(**head["limits"])
    raise_walls(limits)
    gc.disable()  # this process ends with its one file, and looking for cycles among so many rows takes half the time
    try:
        answer = answer_request(source.read(), head["name"], limits)
    except MemoryError:
        answer = encode_error(limit_error("memory_bytes", limits))
    target.write(answer)
    target.flush()


if __name__ == "__main__":
    main(sys.stdin.buffer, sys.stdout.buffer)
