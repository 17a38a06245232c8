"""The walls around the reading child: what it may not reach is refused, and the trap is shown to catch."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent.parent

ATTEMPTS = {
    "a file": "open('/etc/hostname').read()",
    "a file of the project": f"open({str(ROOT / 'README.md')!r}).read()",
    "a file beside a library": "import os, sys; open(sys.prefix + '/../README.md').read()",
    "a file through the system": "import os; os.open('/etc/hostname', os.O_RDONLY)",
    "a folder": "import os; os.listdir('/')",
    "writing": "open('new.txt', 'w')",
    "writing into a library": "import os; open(os.path.dirname(os.__file__) + '/new.py', 'w')",
    "a folder of its own": "import os; os.mkdir('new')",
    "a socket": "import socket; socket.socket()",
    "a name server": "import socket; socket.getaddrinfo('localhost', 80)",
    "a program": "import subprocess; subprocess.run(['/bin/true'])",
    "a shell": "import os; os.system('true')",
    "a fork": "import os; os.fork()",
    "another database": "import sqlite3; sqlite3.connect('file:/srv/x.db?mode=ro', uri=True)",
    "a library from elsewhere": "import ctypes; ctypes.CDLL('/srv/x.so')",
}
BEFORE = """
import socket, subprocess, sqlite3, ctypes
from geo.intake.limits import Limits
from geo.intake.walls import raise_walls
raise_walls(Limits(seconds=1, memory_bytes=500_000_000))
"""


def run(code: str, folder: Path) -> subprocess.CompletedProcess[str]:
    environment = {"PYTHONPATH": str(ROOT), "OPENBLAS_NUM_THREADS": "1"}
    command = [sys.executable, "-P", "-B", "-c", code]
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, timeout=60, check=False)


def attempt(codes: dict[str, str]) -> str:
    """Code that tries each and prints the names of those that were not refused."""
    return f"""
import traceback
from geo.intake.walls import WallError
for name, code in {codes!r}.items():
    try:
        exec(code, {{}})
    except WallError:
        continue
    except BaseException as error:
        print(name, type(error).__name__)
    else:
        print(name)
"""


def test_walls_refuse_what_reading_does_not_need(tmp_path: Path) -> None:
    done = run(BEFORE + attempt(ATTEMPTS), tmp_path)
    assert (done.stdout, done.stderr) == ("", "")
    assert list(tmp_path.iterdir()) == []


def test_without_walls_the_same_attempts_succeed(tmp_path: Path) -> None:
    harmless = {name: code for name, code in ATTEMPTS.items() if "library" not in name and name != "another database"}
    harmless["a fork"] = "import os; os.fork() or os._exit(0); os.wait()"
    done = run(attempt(harmless), tmp_path)
    assert set(done.stdout.split("\n")) - {""} == set(harmless)


def test_kernel_takes_the_network_away_where_it_can(tmp_path: Path) -> None:
    code = "import os\n" + BEFORE.replace("raise_walls(", "before = os.readlink('/proc/self/ns/net')\nraise_walls(")
    done = run(code + "print(before == os.readlink('/proc/self/ns/net'))", tmp_path)
    if done.stdout == "True\n":
        pytest.skip("this machine lets no unprivileged process leave the network")
    assert done.stdout == "False\n"


@pytest.mark.parametrize(
    ("code", "signs"),
    [
        ("while True: pass", {-24}),  # SIGXCPU
        ("try:\n    held = bytearray(600_000_000)\nexcept MemoryError:\n    print('no memory')", {0}),
        ("import os\nos.write(1, b'x' * 10)\nos.close(1)", {0}),
    ],
)
def test_means_are_bounded(code: str, signs: set[int], tmp_path: Path) -> None:
    done = run(BEFORE + code, tmp_path)
    assert done.returncode in signs, done.stderr
    assert ("no memory" in done.stdout) == ("600" in code)
