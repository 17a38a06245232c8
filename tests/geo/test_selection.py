"""What a view shows, on a dataset small enough to reckon by hand."""

from __future__ import annotations

import pytest

from geo.dataset import Dataset
from geo.dates import read_interval
from geo.filters import Filter, fold
from geo.selection import select
from geo.view import View


def shown(dataset: Dataset, query: str) -> set[str]:
    return {feature.id for feature in select(dataset, View.from_query(query)).features}


def test_everything_is_shown_at_first(dataset: Dataset) -> None:
    selection = select(dataset, View())
    assert len(selection.features) == selection.total == len(dataset.features)
    assert selection.hidden == {}


@pytest.mark.parametrize(
    "query", ["themes=border", "sources=savage-2015", "since=2015&until=2015", "q=El+Arish", "origins=2"]
)
def test_shown_and_hidden_make_the_whole(dataset: Dataset, query: str) -> None:
    selection = select(dataset, View.from_query(query))
    assert 0 < len(selection.features) < selection.total
    assert len(selection.features) + sum(selection.hidden.values()) == selection.total


def test_theme_filter_keeps_its_theme_only(dataset: Dataset) -> None:
    selection = select(dataset, View(themes=("border",)))
    assert {feature.theme.value for feature in selection.features} == {"border"}


def test_source_filter_keeps_only_that_sources_claims(dataset: Dataset) -> None:
    selection = select(dataset, View(sources=("ipt-2017",)))
    assert {claim.citation.id for claims in selection.claims.values() for claim in claims} == {"ipt-2017"}


def test_window_includes_both_its_ends(dataset: Dataset) -> None:
    attack = "attack-july-2015"
    assert attack in shown(dataset, "since=2015-07-01&until=2015-07-01&undated=0")
    assert attack in shown(dataset, "since=2013-01-01&until=2015-07-01&undated=0")
    assert attack not in shown(dataset, "since=2015-08-01&until=2015-08-31&undated=0")


def test_undated_claims_are_hidden_only_when_told(dataset: Dataset) -> None:
    with_undated, without = (shown(dataset, f"since=2015&until=2015&undated={flag}") for flag in (1, 0))
    assert without < with_undated


def test_known_hides_what_was_reported_later(dataset: Dataset) -> None:
    selection = select(dataset, View(known="2015-08-01"))
    assert {claim.citation.id for claims in selection.claims.values() for claim in claims} == {"issacharoff-2015"}
    assert selection.hidden[Filter.KNOWN] > 0


def test_origins_count_a_relayed_report_once(dataset: Dataset) -> None:
    found = select(dataset, View(origins=2)).claims
    assert 0 < len(found) < len(dataset.features)
    for feature_id, claims in found.items():
        assert len({claim.origin or claim.citation.id for claim in claims}) >= 2, feature_id


@pytest.mark.parametrize(
    ("query", "found"), [("العريش", "el-arish"), ("EL ARISH", "el-arish"), ("Zuweid", "sheikh-zuweid")]
)
def test_search_finds_names_in_every_language(dataset: Dataset, query: str, found: str) -> None:
    assert found in {feature.id for feature in select(dataset, View(text=query)).features}


def test_fold_takes_off_vowel_marks() -> None:
    assert fold("المسيَّرة") == fold("المسيرة")


def test_open_interval_overlaps_for_ever() -> None:
    assert read_interval("2013-06/..").overlaps(read_interval("2026"))
    assert not read_interval("2013-06/..").overlaps(read_interval("2013-05"))
