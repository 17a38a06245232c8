"""Tours: what is read, and what is said of those that are not sound."""

from __future__ import annotations

from typing import Any

import pytest

from geo.errors import InputError
from geo.tours import read_tours

STEP = {"title": {"en": "A step"}, "text": {"en": "Words."}, "view": "themes=border"}
TOUR = {"id": "walk", "title": {"en": "A walk"}, "steps": [STEP, STEP]}


def test_read_tours_accepts() -> None:
    (tour,) = read_tours([TOUR], ())
    assert [step.view for step in tour.steps] == ["themes=border"] * 2


@pytest.mark.parametrize(
    ("items", "message"),
    [
        (5, "Invalid tours '5'. It is a list. Correct it."),
        ([TOUR, TOUR], "Invalid tour 'walk'. Several tours have this id. Give each its own."),
        ([TOUR | {"steps": [STEP]}], "Invalid tours[0].steps '[…]'. It has at least 2. Add to it."),
        ([{"id": "walk", "steps": [STEP, STEP]}], "Missing tours[0].title. The data dictionary requires it. Add it."),
        ([TOUR | {"title": {"ar": "x"}}], "Invalid words 'ar'. A tour is told at least in en. Add it."),
        ([TOUR | {"steps": [STEP, STEP | {"view": "zoom=9"}]}], "Invalid parameter 'zoom'. It is not one of the view."),
        (
            [TOUR | {"steps": [STEP, STEP | {"features": ["nowhere"]}]}],
            "Invalid feature 'nowhere' in tour 'walk'. No feature has this id. Correct it.",
        ),
    ],
)
def test_read_tours_rejects(items: Any, message: str) -> None:
    with pytest.raises(InputError) as caught:
        read_tours(items, ())
    assert caught.value.problems[0].message.startswith(message)
