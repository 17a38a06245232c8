"""Each file of the atlas's own taken away or cut in turn: ``python -m tests.missing_files``, in a copy of the atlas.

A line of JSON a trial tells the file, what was done to it, the exit code of what needs it, and the words on standard
error.
It spoils the files of the folder that it runs in.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
import traceback
from collections.abc import Callable
from pathlib import Path

import atlas
from exports.formats import FORMATS
from geo.dataset import read_dataset
from geo.errors import InputError
from geo.view import View
from layers import bridge
from layers.elements import AtlasFigure
from layers.page import render_page

ARTICLE = "Rafah is a town.\n"


def trials() -> list[tuple[Path, Callable[[], object]]]:
    """Every file with what needs it."""
    dataset, article = read_dataset(), Path("article.txt")
    article.write_text(ARTICLE, encoding="utf-8")
    assets = Path("layers/assets")
    page = [assets / name for name in ("page.html", "page.css", "guard.js")]
    page += [*sorted(assets.glob("js/*.js")), *sorted(assets.glob("fonts/*.woff2"))]
    return [
        *((path, AtlasFigure(title="Atlas", language="en").render) for path in page),
        *((assets / name, lambda: render_page(dataset)) for name in ("strings.json", "app_strings.json")),
        *((assets / name, bridge.register) for name in ("bridge.js", "bridge.css", "mount.js", "amend.js")),
        (Path("geo/unit_words.json"), lambda: render_page(dataset)),
        (Path("exports/assets/strings.json"), lambda: FORMATS[".svg"].render(dataset, View())),
        (Path("exports/assets/page.typ"), lambda: FORMATS[".pdf"].render(dataset, View())),
        *((Path("data") / name, lambda: atlas.main(["check"])) for name in ("places.geojson", "sources.json")),
        (Path("data/basemap.geojson"), lambda: atlas.main(["map", "out.html"])),
        (Path("data/names.json"), lambda: atlas.main(["suggest", str(article)])),
    ]


def attempt(work: Callable[[], object]) -> tuple[int, str]:
    """Do something in a process of its own, with nothing read before; 1 is a sentence, 99 a traceback."""
    with tempfile.TemporaryFile("w+") as told:
        child = os.fork()
        if child == 0:
            os.dup2(told.fileno(), 2)
            os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
            try:
                result = work()
                code = result if isinstance(result, int) else 0
            except InputError as error:
                sys.stderr.write(f"{error}\n")
                code = 1
            except BaseException:
                traceback.print_exc()
                code = 99
            sys.stderr.flush()
            os._exit(code)
        code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        told.seek(0)
        return code, told.read()


def main() -> None:
    """Spoil each file in turn, and put it back."""
    for path, work in trials():
        whole = path.read_bytes()
        spoilt = {"missing": None, "empty": b""}
        if path.suffix in {".json", ".geojson", ".html", ".typ"}:
            spoilt["cut"] = whole[: len(whole) // 2]
        for how, content in spoilt.items():
            path.unlink()
            if content is not None:
                path.write_bytes(content)
            code, told = attempt(work)
            sys.stdout.write(json.dumps({"file": str(path), "how": how, "code": code, "told": told}) + "\n")
            path.write_bytes(whole)


if __name__ == "__main__":
    main()
