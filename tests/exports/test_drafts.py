from __future__ import annotations

import json

import pytest

from exports.drafts import FORMATS, format_draft
from geo.dataset import Dataset
from geo.suggesting import suggest_places


@pytest.fixture(scope="module")
def drafts(dataset: Dataset) -> dict[str, str]:
    suggestions = suggest_places(["Nothing here.", "Rafah and Khan Younes lie near Kibbutz Almond."], dataset)
    return {form: format_draft(suggestions, "new-2026", form) for form in FORMATS}


def test_json_draft_is_read_back(drafts: dict[str, str]) -> None:
    draft = json.loads(drafts["json"])
    assert [place["name"] for place in draft["places"]] == ["Rafah", "Khan Younes", "Kibbutz Almond"]
    assert draft["places"][2]["candidates"] == []


def test_text_draft_tells_what_each_name_may_mean(drafts: dict[str, str]) -> None:
    rafah, town, unknown, count = drafts["text"].splitlines()
    assert "rafah-egypt (in the atlas)" in rafah
    assert town == "Khan Younes: Khan Yunis (GeoNames 281124); paragraph 2"
    assert unknown == "Kibbutz Almond: not known; paragraph 2"
    assert count.startswith("3 names found.")
