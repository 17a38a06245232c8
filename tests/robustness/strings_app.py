"""The atlas's app over data whose texts are strings of a file: those of the batch that the visitor's cookies name."""

from __future__ import annotations

import json
import os
import runpy
import sys
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

import streamlit as st

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
import app.data
import app.map
from geo.dataset import Dataset, read_dataset
from tests.robustness.string_events import as_title, claimed_strings, titled_events


@lru_cache(maxsize=2)
def make_dataset(batch: int, size: int) -> Dataset:
    """A feature with a claim and a source for each string; an event for each, with a theme and a table of its own."""
    everything: list[str] = json.loads(Path(os.environ["STRINGS"]).read_text(encoding="utf-8"))
    strings = everything[batch * size : (batch + 1) * size]
    titled = titled_events([as_title(text) for text in strings], strings)
    return replace(claimed_strings(read_dataset(), strings), events=titled.events, sha256=f"{batch:064}")


def main() -> None:
    """Run the app without its map: each theme would be a canvas, and the page is tested by itself."""
    batch, size = (int(st.context.cookies[name]) for name in ("batch", "size"))
    vars(app.data)["load_dataset"] = lambda: make_dataset(batch, size)
    vars(app.map).update(show_map=lambda *_, **__: None, find_document=lambda *_: None)
    runpy.run_path(str(Path(__file__).resolve().parents[2] / "streamlit_app.py"), run_name="__main__")


# collected for its doctests, the file is imported; Streamlit runs it
if __name__ == "__main__":
    main()
