"""A process that reads many files, one after the other, within the same walls as the child that reads one."""

from __future__ import annotations

import sys
from dataclasses import asdict, replace
from typing import IO

import orjson

from geo.intake.child import answer_request
from geo.intake.limits import Limits
from geo.intake.walls import raise_walls

LENGTH_BYTES = 8


def write_frame(target: IO[bytes], content: bytes) -> None:
    """Write a length (8 bytes, little-endian) and as many bytes."""
    target.write(len(content).to_bytes(LENGTH_BYTES, "little") + content)
    target.flush()


def read_frame(source: IO[bytes]) -> bytes:
    """Read what `write_frame` wrote; nothing at the end."""
    return source.read(int.from_bytes(source.read(LENGTH_BYTES), "little"))


def main() -> None:
    """Answer each pair of frames, a name with limits and a file, until there are no more."""
    source, target = sys.stdin.buffer, sys.stdout.buffer
    # the processor's time is for all files together
    raise_walls(replace(Limits(), seconds=600))
    while head := read_frame(source):
        asked = orjson.loads(head)
        write_frame(target, answer_request(read_frame(source), asked["name"], Limits(**asked["limits"])))


def ask(source: IO[bytes], target: IO[bytes], name: str, data: bytes, limits: Limits) -> bytes:
    """Ask a worker to read a file; its answer is empty where it died."""
    write_frame(target, orjson.dumps({"name": name, "limits": asdict(limits)}))
    write_frame(target, data)
    return read_frame(source)


if __name__ == "__main__":
    main()
