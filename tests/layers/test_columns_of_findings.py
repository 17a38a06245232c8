from __future__ import annotations

from collections import Counter

from geo.checks import check_claims
from geo.dataset import Dataset
from layers.columns import finding_column


def test_findings_stand_with_their_claims(dataset: Dataset) -> None:
    rows = [claim.id for feature in dataset.features for claim in feature.claims]
    column = finding_column(dataset)
    findings = check_claims(dataset)
    assert Counter({rows[row]: len(entries) for row, entries in column.items()}) == Counter(f.claim for f in findings)
    assert {entry["verdict"] for entries in column.values() for entry in entries} == {f.verdict for f in findings}
    assert all(entry["words"].keys() == {"en", "ar"} for entries in column.values() for entry in entries)
