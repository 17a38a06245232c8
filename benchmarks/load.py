"""Many visitors at once, over the app's own channel: how soon each is answered, and what the server takes in memory.

Run: ``python -m benchmarks.load``. ``VISITORS`` (25) come at once, then each acts every ``EVERY_S`` (20) seconds for
``FOR_S`` (120) seconds. An action is a whole run of the app at another address (another view), which is more than the
map asks for: a toggle runs its fragment alone. Visitors speak Streamlit's protocol without a browser, so that the cores
are the server's but for what the visitors' own process takes. ``URL`` names a running app; otherwise one is started.
"""

from __future__ import annotations

import asyncio
import os
import random
import statistics
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Origin, Subprotocol

from benchmarks.run import BUILD, ROOT
from tests.app_server import run_app

VISITORS = int(os.environ.get("VISITORS", "25"))
EVERY_S = float(os.environ.get("EVERY_S", "20"))
FOR_S = float(os.environ.get("FOR_S", "120"))
LONGEST_S = 60
LARGEST_BYTES = 1 << 28
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
    dropped: list[str] = field(default_factory=list)


async def ask(channel: ClientConnection, query: str, known: list[str]) -> float:
    """Ask for a run at an address, and wait until it has ended; messages that came whole are known from then on."""
    message = BackMsg()
    message.rerun_script.query_string = query
    message.rerun_script.cached_message_hashes.extend(known)
    begun = time.perf_counter()
    await channel.send(message.SerializeToString())
    async with asyncio.timeout(LONGEST_S):
        while True:
            content = await channel.recv()
            assert isinstance(content, bytes)
            answer = ForwardMsg.FromString(content)
            if answer.metadata.cacheable and answer.hash:
                known.append(answer.hash)
            if answer.WhichOneof("type") == "script_finished":
                return time.perf_counter() - begun


async def visit(url: str, figures: Figures, chance: random.Random) -> None:
    """One visitor: comes, looks, acts now and then."""
    known: list[str] = []
    origin = f"http://{urlsplit(url).netloc}"
    address = f"ws://{urlsplit(url).netloc}{urlsplit(url).path.rstrip('/')}/_stcore/stream"
    try:
        opening = connect(
            address, origin=Origin(origin), subprotocols=[Subprotocol("streamlit")], max_size=LARGEST_BYTES
        )
        async with opening as channel:
            figures.first_s.append(await ask(channel, "", known))
            until = time.monotonic() + FOR_S
            await asyncio.sleep(chance.uniform(0, EVERY_S))
            while time.monotonic() < until:
                figures.action_s.append(await ask(channel, chance.choice(QUERIES), known))
                await asyncio.sleep(EVERY_S)
    except Exception as error:  # a visitor who is lost is a figure, whatever the reason
        figures.dropped.append(repr(error))


async def visit_all(url: str, figures: Figures, watch: list[float]) -> None:
    """All visitors at once, while the server's memory is read every second."""
    chance = random.Random(SEED)  # noqa: S311 - which view is asked for is no secret

    async def read_memory() -> None:
        while True:
            watch.append(server_memory_mb())
            await asyncio.sleep(1)

    watcher = asyncio.create_task(read_memory())
    await asyncio.gather(*(visit(url, figures, random.Random(chance.random())) for _ in range(VISITORS)))  # noqa: S311
    watcher.cancel()


def server_memory_mb() -> float:
    """Resident memory of the processes that this one started; 0 where the system does not tell."""
    total_kb = 0
    for children in Path("/proc/self/task").glob("*/children"):
        for child in children.read_text(encoding="ascii").split():
            lines = Path(f"/proc/{child}/status").read_text(encoding="utf-8").splitlines()
            total_kb += sum(int(line.split()[1]) for line in lines if line.startswith("VmRSS"))
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
    p95 = statistics.quantiles(seconds, n=20)[-1]
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
    print(f"dropped: {len(figures.dropped)} {figures.dropped[:3] or ''}")
    if any(memory_mb):
        third = max(1, len(memory_mb) // 3)
        growth_mb = statistics.mean(memory_mb[-third:]) - statistics.mean(memory_mb[third : 2 * third] or memory_mb)
        print(
            f"server's memory: at most {max(memory_mb):.0f} MB, last third against the middle one {growth_mb:+.1f} MB"
        )
    return 1 if figures.dropped else 0


if __name__ == "__main__":
    sys.exit(main())
