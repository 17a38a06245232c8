from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator, ValidationError

from geo.schema import build_schema
from tests.small_data import small_collection


@pytest.fixture(scope="module")
def validator() -> Any:
    Draft202012Validator.check_schema(build_schema())
    return Draft202012Validator(build_schema())


def test_published_schema_is_that_of_the_models(root: Path) -> None:
    published = json.loads((root / "data" / "schema.json").read_text(encoding="utf-8"))
    assert published == build_schema(), "run python -m tools.make_schema"


def test_schema_accepts_packaged_data(root: Path, validator: Any) -> None:
    validator.validate(json.loads((root / "data" / "places.geojson").read_text(encoding="utf-8")))


def test_schema_accepts_small_data(validator: Any) -> None:
    validator.validate(small_collection())


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [("theme", "castles", "'castles' is not one of"), ("colour", "red", "'colour' was unexpected")],
)
def test_schema_rejects(validator: Any, field: str, value: str, words: str) -> None:
    collection = small_collection()
    collection["features"][0]["properties"][field] = value
    with pytest.raises(ValidationError, match=words):
        validator.validate(collection)
