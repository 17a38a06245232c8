"""The ground that a reader of the app has: the view's, or else that of the app around the map."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from app.visiting import find_ground
from geo.view import Appearance, View


@pytest.mark.parametrize(
    ("wished", "around", "found"),
    [("auto", "dark", "dark"), ("auto", "light", "light"), ("auto", None, "light"), ("light", "dark", "light")],
)
def test_ground_is_the_views_or_the_apps(
    monkeypatch: pytest.MonkeyPatch, wished: str, around: str | None, found: str
) -> None:
    context = SimpleNamespace(theme=SimpleNamespace(type=around))
    monkeypatch.setattr("app.visiting.st", SimpleNamespace(context=context))
    assert find_ground(View(appearance=Appearance(wished))) == found
