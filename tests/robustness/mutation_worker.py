"""Reads changed files, each in a process of its own that is forked off: one that dies harms no other.

Started with a folder of files (`write_files`), the first number and how many follow; writes one line of JSON for each.
A number below nought is that of a file which is read as it is.
"""

from __future__ import annotations

import json
import os
import resource
import select
import signal
import sys
import time
import traceback
from importlib import import_module
from pathlib import Path
from typing import Any

from geo.dataset import read_ground
from geo.errors import InputError
from geo.intake.child import answer_request
from geo.intake.limits import Limits
from geo.intake.loading import load
from geo.intake.report import Outcome, render_report, report_refusal, tell_report
from geo.intake.transport import decode_answer
from geo.wording import escape_controls
from tests.robustness.mutations import File, mutate

MOST_S = 10.0
MOST_MEMORY_BYTES = 1_000_000_000
_READERS = ("delimited", "excel", "geojson", "geopackage", "geoparquet", "kml", "shapefile")
_REACHES = ("socket.connect", "socket.getaddrinfo", "subprocess.", "os.system", "os.exec", "os.posix_spawn")


def examine(name: str, content: bytes) -> dict[str, Any]:
    """Read a file as the app does, and say what became of it; a fault of ours is told under ``failure``."""
    reached: list[str] = []
    sys.addaudithook(lambda event, given: _note_reach(event, given, reached))
    try:
        parsed = decode_answer(answer_request(content, name, Limits()))
        report = load(parsed, name).report
    except InputError as error:
        report = report_refusal(name, error)
        if not all(problem.message == escape_controls(problem.message) != "" for problem in error.problems):
            return {"failure": f"a refusal that cannot be read: {error}"}
    except Exception:  # whatever it is, it is what is looked for
        return {"failure": traceback.format_exc(limit=-4)}
    if reached:
        return {"failure": f"it reached for {reached}"}
    if report.outcome in {Outcome.ACCEPTED, Outcome.CHANGED} and report.rows_in != report.drawn + report.listed:
        return {"failure": f"{report.rows_in} rows in, {report.drawn} drawn, {report.listed} listed"}
    if report.outcome is Outcome.ACCEPTED and (report.changes or report.refusals):
        return {"failure": "it was taken as it is, and rows or values are listed"}
    tell_report(report)
    render_report([report])
    return {"outcome": report.outcome.value}


def _note_reach(event: str, given: tuple[Any, ...], reached: list[str]) -> None:
    writes = event == "open" and any(sign in str(given[1] or "") for sign in "wax+")
    if writes or event.startswith(_REACHES):
        reached.append(f"{event} {given[:1]}")


def examine_apart(name: str, content: bytes) -> dict[str, Any]:
    """Examine a file in a forked process with bounded memory and time."""
    reading, writing = os.pipe()
    began = time.monotonic()
    child = os.fork()
    if not child:
        os.close(reading)
        _bound_means()
        os.write(writing, json.dumps(examine(name, content)).encode())
        os._exit(0)
    os.close(writing)
    answer = b""
    while (left_s := began + MOST_S - time.monotonic()) > 0 and select.select([reading], [], [], left_s)[0]:
        part = os.read(reading, 65_536)
        if not part:
            break
        answer += part
    os.close(reading)
    if left_s <= 0:
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        return {"failure": f"it took more than {MOST_S:g} s"}
    _, status = os.waitpid(child, 0)
    if os.waitstatus_to_exitcode(status) or not answer:
        return {"failure": f"the process died: {os.waitstatus_to_exitcode(status)}"}
    result: dict[str, Any] = json.loads(answer)
    return result


def _bound_means() -> None:
    in_use = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (in_use + MOST_MEMORY_BYTES,) * 2)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def write_files(folder: Path, kind: str, files: list[File]) -> None:
    """Put files into a folder for a worker: ``sound`` ones to be changed, ``kept`` ones to be read as they are."""
    for number, (_, content) in enumerate(files):
        (folder / f"{kind}-{number}").write_bytes(content)
    (folder / f"{kind}.json").write_text(json.dumps([name for name, _ in files]), encoding="utf-8")


def _read_files(folder: Path, kind: str) -> list[File]:
    names = json.loads((folder / f"{kind}.json").read_text(encoding="utf-8"))
    return [(name, (folder / f"{kind}-{number}").read_bytes()) for number, name in enumerate(names)]


def main(folder: str, first: str, count: str) -> None:
    """Examine so many files, from the first number on."""
    sound, kept = (_read_files(Path(folder), kind) for kind in ("sound", "kept"))
    for reader in _READERS:
        import_module(f"geo.intake.reading.{reader}")
    read_ground()
    for seed in range(int(first), int(first) + int(count)):
        name, content = mutate(seed, sound) if seed >= 0 else kept[-seed - 1]
        line = json.dumps({"seed": seed, "name": name, **examine_apart(name, content)})
        sys.stdout.write(f"{line}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main(*sys.argv[1:])
