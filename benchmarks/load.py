"""Many visitors at once, over the app's own channel: how soon each is answered, and what the server takes in memory.

Run: ``python -m benchmarks.load``. ``VISITORS`` (25) come at once, then each acts every ``EVERY_S`` (20) seconds for
``FOR_S`` (120) seconds. An action is a whole run of the app at another address (another view), which is more than the
map asks for: a toggle runs its fragment alone. Visitors speak Streamlit's protocol without a browser, so that the cores
are the server's but for what the visitors' own process takes. ``NEIGHBOURS`` (0) more bring the heaviest files, one
after the other without a pause, and show each. ``URL`` names a running app; otherwise one is started.
"""

from __future__ import annotations

import asyncio
import itertools
import os
import random
import statistics
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.heavy_inputs import make_inputs
from benchmarks.run import BUILD, ROOT
from tests.app_channel import bring, open_channel, open_own_data, take_away
from tests.app_server import run_app

VISITORS = int(os.environ.get("VISITORS", "25"))
EVERY_S = float(os.environ.get("EVERY_S", "20"))
FOR_S = float(os.environ.get("FOR_S", "120"))
NEIGHBOURS = int(os.environ.get("NEIGHBOURS", "0"))
SEED = 20261122
QUERIES = (
    "",
    "themes=places,border,tunnels",
    "themes=drones,events",
    "q=rafah",
    "since=2013&until=2015",
    "feature=sheikh-zuweid",
    "language=ar",
    "origins=2",
)


@dataclass
class Figures:
    """What was measured: seconds until the answer was whole, and what went wrong."""

    first_s: list[float] = field(default_factory=list)
    action_s: list[float] = field(default_factory=list)
    brought_s: dict[str, list[float]] = field(default_factory=dict)
    dropped: list[str] = field(default_factory=list)


async def visit(url: str, figures: Figures, chance: random.Random) -> None:
    """One visitor: comes, looks, acts now and then."""
    try:
        async with open_channel(url) as channel:
            figures.first_s.append(await channel.ask(""))
            until = time.monotonic() + FOR_S
            await asyncio.sleep(chance.uniform(0, EVERY_S))
            while time.monotonic() < until:
                figures.action_s.append(await channel.ask(chance.choice(QUERIES)))
                await asyncio.sleep(EVERY_S)
    except Exception as error:  # a visitor who is lost is a figure, whatever the reason
        figures.dropped.append(repr(error))


async def trouble(url: str, figures: Figures, inputs: Sequence[tuple[str, bytes]]) -> None:
    """One visitor who brings the heaviest files without a pause, and shows each that is taken."""
    try:
        async with open_channel(url) as channel:
            await channel.ask("")
            await open_own_data(channel)
            for name, content in itertools.cycle(inputs):
                begun = time.perf_counter()
                await bring(channel, name, content)
                await take_away(channel)
                figures.brought_s.setdefault(name, []).append(time.perf_counter() - begun)
    except Exception as error:
        figures.dropped.append(f"the neighbour: {error!r}")


async def visit_all(url: str, figures: Figures, watch: list[float]) -> None:
    """All visitors at once, while the server's memory is read every second."""
    chance = random.Random(SEED)  # noqa: S311 - which view is asked for is no secret

    async def read_memory() -> None:
        while True:
            watch.append(server_memory_mb())
            await asyncio.sleep(1)

    beside = [asyncio.create_task(read_memory())]
    if NEIGHBOURS:
        inputs = make_inputs(BUILD / "heavy")
        beside += [asyncio.create_task(trouble(url, figures, inputs)) for _ in range(NEIGHBOURS)]
    await asyncio.gather(*(visit(url, figures, random.Random(chance.random())) for _ in range(VISITORS)))  # noqa: S311
    for task in beside:
        task.cancel()


def server_memory_mb(process: str = "self") -> float:
    """Resident memory of the processes that one started, and of theirs; 0 where the system does not tell."""
    total_kb = 0.0
    with suppress(FileNotFoundError, ProcessLookupError):  # one may end meanwhile
        for children in Path(f"/proc/{process}/task").glob("*/children"):
            for child in children.read_text(encoding="ascii").split():
                lines = Path(f"/proc/{child}/status").read_text(encoding="utf-8").splitlines()
                total_kb += sum(int(line.split()[1]) for line in lines if line.startswith("VmRSS"))
                total_kb += server_memory_mb(child) * 1024
    return total_kb / 1024


@contextmanager
def find_app() -> Iterator[str]:
    """Address of the app that is named, or of one that is started."""
    named = os.environ.get("URL")
    if named:
        yield named
        return
    BUILD.mkdir(parents=True, exist_ok=True)
    with run_app(ROOT, BUILD / "load.log") as url:
        time.sleep(5)
        yield url


def tell(name: str, seconds: list[float]) -> str:
    """Figures of some answers, in one line."""
    if len(seconds) < 2:
        return f"{name}: {len(seconds)} answers"
    p95 = statistics.quantiles(seconds, n=20, method="inclusive")[-1]
    return (
        f"{name}: {len(seconds)} answers, median {statistics.median(seconds):.2f} s, p95 {p95:.2f} s, "
        f"longest {max(seconds):.2f} s"
    )


def main() -> int:
    """Measure, and print it."""
    figures, memory_mb = Figures(), list[float]()
    with find_app() as url:
        asyncio.run(visit_all(url, figures, memory_mb))
    print(tell(f"{VISITORS} visitors come at once", figures.first_s))
    print(tell(f"each acts every {EVERY_S:g} s for {FOR_S:g} s", figures.action_s))
    for name, seconds in figures.brought_s.items():
        print(tell(f"  the neighbour brought {name}", seconds))
    print(f"dropped: {len(figures.dropped)} {figures.dropped[:3] or ''}")
    if any(memory_mb):
        third = max(1, len(memory_mb) // 3)
        growth_mb = statistics.mean(memory_mb[-third:]) - statistics.mean(memory_mb[third : 2 * third] or memory_mb)
        print(f"memory of the server and its children: at most {max(memory_mb):.0f} MB,", end=" ")
        print(f"last third against the middle one {growth_mb:+.1f} MB")
    return 1 if figures.dropped else 0


if __name__ == "__main__":
    sys.exit(main())
