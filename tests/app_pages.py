"""Steps of a reader in the app as Streamlit's own test runs it, without a browser."""

from __future__ import annotations

from typing import Any

from streamlit.testing.v1 import AppTest

from app.parts import tabs_key
from geo.view import Language
from layers.words import read_words


def run(app: AppTest) -> AppTest:
    """Run the app, which complains of nothing."""
    app.run()
    assert not app.exception
    return app


def open_tab(app: AppTest, name: str, language: Language = Language.ENGLISH) -> AppTest:
    """Open a tab below the map."""
    app.session_state[tabs_key(language)] = read_words(language)[f"tab-{name}"]
    return run(app)


def bring(app: AppTest, name: str, text: str) -> AppTest:
    """Bring a table in the tab for a reader's own data."""
    uploader: Any = next(each for each in app.get("file_uploader") if "own-upload" in each.proto.id)
    uploader.set_value([(name, text.encode(), "text/csv")])
    return run(app)
