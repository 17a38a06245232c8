from __future__ import annotations

from typing import Any

import pytest

from geo.validation import check_collection
from tests.small_data import small_collection, small_sources

LENGTH = {"quantity": "distance", "value": 5, "unit": "km"}
TIME = {"quantity": "age", "value": 5, "unit": "years"}


def problems_of(measure: dict[str, Any]) -> list[str]:
    collection = small_collection()
    collection["features"][0]["properties"]["claims"][0]["measures"] = [measure]
    checked = check_collection(collection, small_sources())
    assert all(problem.claim == "lorries-counted" for problem in checked.problems)
    return [f"[{problem.rule}] {problem.message}" for problem in checked.problems]


@pytest.mark.parametrize(
    "measure",
    [
        LENGTH | {"between": [["gate", "coast-road"]], "converted": {"value": 3, "unit": "mi"}},
        TIME | {"dates": ["2010", "2015-07~"], "basis": "A reason."},
    ],
)
def test_check_comparisons_accepts(measure: dict[str, Any]) -> None:
    assert problems_of(measure) == []


@pytest.mark.parametrize(
    ("measure", "message"),
    [
        (LENGTH | {"between": [["gate", "nowhere"]]}, "Invalid between 'nowhere'. No feature has this id."),
        (LENGTH | {"between": [["gate", "rain"]]}, "Invalid between 'rain'. The feature has no shape"),
        (LENGTH | {"between": [["gate", "gate"]]}, "Invalid between 'gate'. A distance runs between two features."),
        (TIME | {"between": [["gate", "coast-road"]]}, "Invalid unit 'years'. It is a length here."),
        (LENGTH | {"converted": {"value": 3, "unit": "years"}}, "Invalid unit 'km years'. It is a length here."),
        (LENGTH | {"dates": ["2010", "2015"]}, "Invalid unit 'km'. It is a time here."),
        (TIME | {"dates": ["2010", "2015/.."]}, "Invalid dates '2015/..'. A time runs between closed ends."),
        (TIME | {"dates": ["2016-03", "2014-09"]}, "Invalid dates '2016-03 2014-09'. A time ends after it began."),
        (TIME | {"value": None, "dates": ["2010", "2015"]}, "Invalid measure 'age'. Only a number can be checked."),
        (LENGTH | {"share_of": "lorries-counted"}, "Invalid share_of 'lorries-counted'. The whole stands in another"),
        (LENGTH | {"share_of": "unheard-of"}, "Invalid share_of 'unheard-of'. No claim has this id."),
        (LENGTH | {"share_of": "rain-fell"}, "Invalid share_of 'rain-fell'. That claim gives no number of km."),
    ],
)
def test_check_comparisons_rejects(measure: dict[str, Any], message: str) -> None:
    (problem,) = problems_of(measure)
    assert problem.startswith(f"[comparison] {message}")
