"""The packaged data, record by record."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from geo.articles import read_article
from geo.dataset import PACKAGED_DATA, Dataset
from geo.model import Precision
from geo.verification import Outcome, verify_citation
from tools.geojson_text import format_editable

WORDS_OF_ANCHOR = range(2, 9)
WORD = re.compile(r"[^\W\d_]+")
COMMON_IN_ARTICLES = frozenset({"isis", "jihadist", "jihadis", "salafism", "school", "uav"})


def listed_features() -> list[dict[str, Any]]:
    # the ids alone; what is wrong with the file is told by the tests that read it
    try:
        features: list[dict[str, Any]] = json.loads((PACKAGED_DATA / "places.geojson").read_bytes())["features"]
    except (OSError, ValueError, KeyError):
        return []
    return features


FEATURES = [feature["id"] for feature in listed_features()]
CLAIMS = [claim["id"] for feature in listed_features() for claim in feature["properties"]["claims"]]


@cache
def paragraphs(path: Path) -> list[str]:
    return read_article(path)


def test_data_are_sound(dataset: Dataset) -> None:
    assert len(dataset.features) == len(FEATURES) > 0
    assert dataset.version


@pytest.mark.parametrize("identity", FEATURES)
def test_feature_is_drawn_no_more_exactly_than_known(dataset: Dataset, identity: str) -> None:
    feature = dataset.feature(identity)
    if feature.shape is None:
        assert feature.unplaced
        return
    assert feature.provenance is not None
    assert feature.shape.is_valid
    if feature.shape.geom_type == "Point":
        assert feature.provenance.precision in {Precision.EXACT, Precision.APPROXIMATE}
        assert feature.provenance.precision == Precision.EXACT or feature.provenance.precision_m


@pytest.mark.parametrize("identity", CLAIMS)
def test_claim_is_dated_and_cited(dataset: Dataset, identity: str) -> None:
    _, claim = dataset.claim(identity)
    source = dataset.source(claim.citation.id)
    assert claim.id.startswith(f"{source.id}-")
    assert claim.reported == source.published
    assert len(claim.citation.start.split()) in WORDS_OF_ANCHOR
    assert len(claim.citation.end.split()) in WORDS_OF_ANCHOR


@cache
def known_words() -> frozenset[str]:
    """What the data themselves name: in statements, attributions, names and sources, and what is searched for."""
    claims = [claim for feature in listed_features() for claim in feature["properties"]["claims"]]
    told = [text for claim in claims for text in (claim["statement"], claim["attributed_to"])]
    for feature in listed_features():
        told += [feature["properties"]["name"], *feature["properties"].get("aliases", ())]
    told += [(PACKAGED_DATA / name).read_text(encoding="utf-8") for name in ("sources.json", "names.json")]
    return frozenset(word.lower() for text in told for word in WORD.findall(text))


@pytest.mark.parametrize("identity", CLAIMS)
def test_words_of_a_citation_name_nobody_else(dataset: Dataset, identity: str) -> None:
    citation = dataset.claim(identity)[1].citation
    # a passage may open with any word; names beyond it are those of people in a public role and of places
    words = [*WORD.findall(citation.start)[1:], *WORD.findall(citation.end)]
    names = {word.lower() for word in words if word[0].isupper()}
    assert names <= known_words() | COMMON_IN_ARTICLES, "name no private person: let the passage's words be others"


@pytest.mark.parametrize("identity", CLAIMS)
def test_claim_passes_passage_gate(dataset: Dataset, articles_dir: Path, identity: str) -> None:
    _, claim = dataset.claim(identity)
    outcome, message = verify_citation(claim.citation, paragraphs(articles_dir / f"{claim.citation.id}.txt"))
    assert outcome == Outcome.VERIFIED, message


def test_places_are_laid_out_to_be_edited() -> None:
    stored = (PACKAGED_DATA / "places.geojson").read_text(encoding="utf-8")
    assert format_editable(json.loads(stored)) == stored, "write it with tools.geojson_text.write_editable"


def test_sources_are_the_five_articles(dataset: Dataset) -> None:
    assert {source.id for source in dataset.sources} == {
        "shkolnik-2018",
        "ipt-2017",
        "issacharoff-2015",
        "savage-2015",
        "wenig-2016",
    }


def test_inferred_dates_say_why(dataset: Dataset) -> None:
    for source in dataset.sources:
        assert "issued" in source.inferred, source.id
        assert set(source.inferred) <= set(type(source).model_fields) | {"container-title"}


def test_source_without_known_address_has_none(dataset: Dataset) -> None:
    assert [source.id for source in dataset.sources if source.URL is None] == ["wenig-2016"]
