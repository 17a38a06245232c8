"""Words beside the map: in every language, and shown as they are."""

from __future__ import annotations

import json

import pytest

from geo.dataset import Dataset
from geo.view import Language, View
from layers.elements import ASSETS
from layers.evidence import tell_evidence
from layers.table import CLAIM_COLUMNS, FEATURE_COLUMNS, claim_table, feature_table
from layers.words import read_words


def test_every_language_has_every_word() -> None:
    words = json.loads((ASSETS / "app_strings.json").read_text(encoding="utf-8"))
    assert words.keys() == {language.value for language in Language}
    for language in Language:
        assert words[language].keys() == words["en"].keys()
        for key, text in words[language].items():
            assert text.count("{}") == words["en"][key].count("{}"), (language, key)


@pytest.mark.parametrize("column", sorted({*FEATURE_COLUMNS, *CLAIM_COLUMNS}))
def test_every_column_has_a_name(column: str) -> None:
    assert read_words(Language.ENGLISH)[f"column-{column}"]


@pytest.mark.parametrize("language", list(Language))
def test_evidence_tells_every_claim(dataset: Dataset, language: Language) -> None:
    for feature in dataset.features:
        evidence = tell_evidence(dataset, View(feature=feature.id, language=language))
        assert evidence is not None
        assert [claim.statement for claim in evidence.claims] == [claim.statement for claim in feature.claims]
        assert all(claim.is_shown for claim in evidence.claims)
        assert evidence.shape


def test_evidence_marks_what_the_filters_hide(dataset: Dataset) -> None:
    feature = dataset.features[0]
    evidence = tell_evidence(dataset, View(feature=feature.id, statuses=()))
    assert evidence is not None
    assert not any(claim.is_shown for claim in evidence.claims)


@pytest.mark.parametrize("identity", [None, "nowhere"])
def test_no_feature_no_evidence(dataset: Dataset, identity: str | None) -> None:
    assert tell_evidence(dataset, View(feature=identity)) is None


@pytest.mark.parametrize("language", list(Language))
def test_rows_are_what_the_view_shows(dataset: Dataset, language: Language) -> None:
    view = View(themes=("border",), language=language)
    features = [feature for feature in dataset.features if feature.theme == "border"]
    shown, claims = feature_table(dataset, view).rows, claim_table(dataset, view).rows
    assert [row["name"] for row in shown] == [feature.names[language] for feature in features]
    assert len(claims) == sum(row["claims"] for row in shown) == sum(len(feature.claims) for feature in features)
    assert all(set(FEATURE_COLUMNS) == row.keys() for row in shown)
    assert all(set(CLAIM_COLUMNS) == row.keys() for row in claims)
