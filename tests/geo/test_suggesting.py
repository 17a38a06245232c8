from __future__ import annotations

from pathlib import Path

import pytest

from geo.articles import read_article
from geo.dataset import Dataset
from geo.model import Precision, Theme
from geo.spelling import fold_name
from geo.suggesting import Suggestion, draft_of, suggest_places

# invented for the tests: each paragraph, the names that it holds, and what each may mean
PARAGRAPHS = [
    (
        "Gunmen shot at a post west of al-'Arīsh, in North Sinai, and drove towards Ash Shaykh Zuwayd.",
        {"al-'Arīsh": "el-arish", "North Sinai": "", "Ash Shaykh Zuwayd": "sheikh-zuweid"},
    ),
    (
        "Lorries wait at Karm Abu Salim, while Beit Hanun and Deir el-Balah stay calm and Khan Younes does not.",
        {
            "Karm Abu Salim": "Kerem Shalom",
            "Beit Hanun": "Bayt Ḩānūn",
            "Deir el-Balah": "Deir al",
            "Khan Younes": "Khan",
        },
    ),
    (
        "The army searched Gebel Halal and Nakhl, and shut the road from El-Qantara to Bir el-Abed and al-Awja.",
        {
            "Gebel Halal": "Jabal Halal",
            "Nakhl": "Nekhel",
            "El-Qantara": "Qantara",
            "Bir el-Abed": "Bir al-Abd",
            "al-Awja": "El-Auja",
        },
    ),
    (
        "Along the Philadelphia route, which others call the Salahuddin corridor, tunnels were dug near Tel as-Sultan.",
        {
            "Philadelphia route": "philadelphi-corridor",
            "Salahuddin corridor": "Salah al-Din Axis",
            "Tel as-Sultan": "Tel al-Sultan",
        },
    ),
    (
        "Few stayed at Sharm ash-Shaykh, Taba, Nuwaiba or Port Said. Ashqelon, Sederot and Eilat slept.",
        {
            "Sharm ash-Shaykh": "Sharm",
            "Taba": "Taba",
            "Nuwaiba": "Nuweiba",
            "Port Said": "Port Said",
            "Ashqelon": "Ashkelon",
            "Sederot": "Sderot",
            "Eilat": "Eilat",
        },
    ),
    (
        "They walked to the village of Umm Zahra, past the Dovecot checkpoint, in northern Sinai.",
        {"Umm Zahra": "", "Dovecot": "", "northern Sinai": ""},
    ),
    (
        "وقال شهود إن الطريق بين العريش والشيخ زويد مغلق، وكذلك معبر رفح.",
        {"العريش": "el-arish", "والشيخ زويد": "sheikh-zuweid", "معبر رفح": "rafah-crossing"},
    ),
]
NO_PLACES = [
    "Ismail, Ghazi and Sheikh Zayed met Mohammed al-Arish and Abu Rafah of the Said family.",
    "Nice work, said Most of them. Tours were sold out, whatever Mark Carney or Turki al-Faisal thought of the size.",
    "The main crossing, the Egyptian village and every checkpoint of the territory stayed shut.",
    "Ansar Bait al-Maqdis said so.",
]


def meanings(suggestion: Suggestion) -> list[str]:
    return [candidate.feature or candidate.name for candidate in suggestion.candidates]


@pytest.mark.parametrize(("paragraph", "names"), PARAGRAPHS)
def test_names_are_found_in_any_spelling(dataset: Dataset, paragraph: str, names: dict[str, str]) -> None:
    found = {suggestion.spellings[0]: meanings(suggestion) for suggestion in suggest_places([paragraph], dataset)}
    assert found.keys() == names.keys()
    for name, meaning in names.items():
        assert not meaning or any(candidate.startswith(meaning) for candidate in found[name]), (name, found[name])


@pytest.mark.parametrize("paragraph", NO_PLACES)
def test_what_only_looks_like_a_place_is_left_alone(dataset: Dataset, paragraph: str) -> None:
    assert [suggestion.spellings for suggestion in suggest_places([paragraph], dataset)] == []


def test_rafah_may_mean_three_places(dataset: Dataset) -> None:
    rafah, crossing = suggest_places(["Rafah is calm.", "The Rafah crossing is shut, but not Rafah."], dataset)
    assert set(meanings(rafah)) == {"rafah-egypt", "rafah-gaza", "rafah-crossing"}
    assert (rafah.paragraphs, rafah.mentions) == ((1, 2), 2)
    assert (meanings(crossing), crossing.paragraphs) == (["rafah-crossing"], (2,))


def test_draft_holds_names_and_numbers_alone(dataset: Dataset) -> None:
    paragraph = PARAGRAPHS[1][0]
    draft = draft_of(suggest_places(["A heading", paragraph], dataset), "new-2026")
    assert draft["source"] == "new-2026"
    assert all(place["paragraphs"] == [2] for place in draft["places"])
    (town,) = next(place for place in draft["places"] if place["name"] == "Khan Younes")["candidates"]
    stub = town["new_feature"]
    assert (stub["id"], stub["name"], stub["theme"]) == ("khan-yunis", "Khan Yunis", "places")
    assert stub["names"].keys() == {"en", "ar", "he"}
    assert town["gazetteer"]["geonames"] == 281124
    assert "stay calm" not in str(draft)


def test_places_of_the_data_are_found_in_their_articles(dataset: Dataset, articles_dir: Path) -> None:
    sources = {source.id for source in dataset.sources}
    found = {
        source: {m for s in suggest_places(read_article(articles_dir / f"{source}.txt"), dataset) for m in meanings(s)}
        for source in sources
    }
    named = [
        (feature.id, claim.citation.id)
        for feature in dataset.features
        if feature.theme == Theme.PLACES and feature.provenance
        for claim in feature.claims
        if feature.provenance.precision == Precision.APPROXIMATE
    ]
    missed = {pair for pair in named if pair[0] not in found[pair[1]]}
    assert len(missed) <= 0.1 * len(set(named)), missed


def test_few_names_are_proposed_that_are_no_places(dataset: Dataset, articles_dir: Path) -> None:
    for source in dataset.sources:
        for suggestion in suggest_places(read_article(articles_dir / f"{source.id}.txt"), dataset):
            assert suggestion.candidates, f"{source.id}: {suggestion.spellings}"
            assert fold_name(suggestion.spellings[0])
