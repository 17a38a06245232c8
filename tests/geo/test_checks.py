from __future__ import annotations

import itertools
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import shapely
from geographiclib.geodesic import Geodesic

from geo.checks import check_claims, check_measure, dates_between, distance_between_m, elapsed_days
from geo.dataset import Dataset, read_dataset
from geo.findings import LANGUAGES, CheckKind, Finding
from geo.model import Claim
from geo.rounding import Agreement, Range
from geo.units import METRES_PER_UNIT, TIMES
from tests.small_data import small_collection, write_small_data


def small_with(folder: Path, measure: dict[str, Any], when: str = "2015-07-06") -> Dataset:
    collection = small_collection()
    claim = collection["features"][0]["properties"]["claims"][0]
    claim["measures"], claim["when"] = [measure], when
    path = write_small_data(folder) / "places.geojson"
    path.write_text(json.dumps(collection), encoding="utf-8")
    return read_dataset(folder)


def only_finding(dataset: Dataset) -> Finding:
    (finding,) = check_claims(dataset)
    assert set(finding.words) == set(LANGUAGES)
    return finding


def length(value: float, unit: str, converted: float, to: str) -> dict[str, Any]:
    return {"quantity": "length", "value": value, "unit": unit, "converted": {"value": converted, "unit": to}}


@pytest.mark.parametrize(
    ("measure", "verdict", "words"),
    [
        (length(750, "m", 820, "yd"), Agreement.HOLDS, "Holds: 750 m is 820.2 yd; the report says 820 yd."),
        (
            length(50, "km", 30, "mi"),
            Agreement.HOLDS_ROUGHLY,
            "Holds roughly: 50 km is 31.07 mi; the report says 30 mi.",
        ),
        (length(50, "km", 40, "mi"), Agreement.FAILS, "Does not hold: 50 km is 31.07 mi; the report says 40 mi."),
        (length(750, "m", 280, "yd"), Agreement.FAILS, "Does not hold: 750 m is 820.2 yd; the report says 280 yd."),
    ],
)
def test_conversion(tmp_path: Path, measure: dict[str, Any], verdict: Agreement, words: str) -> None:
    finding = only_finding(small_with(tmp_path, measure))
    assert (finding.kind, finding.verdict, finding.words["en"]) == (CheckKind.CONVERSION, verdict, words)


@pytest.mark.parametrize(
    ("value", "qualifier", "verdict"),
    [
        (10, "exactly", Agreement.HOLDS),
        (3, "exactly", Agreement.FAILS),
        (60, "about", Agreement.FAILS),
        (60, "up-to", Agreement.HOLDS),
    ],
)
def test_distance(tmp_path: Path, value: float, qualifier: str, verdict: Agreement) -> None:
    # the gate lies some 7 km from the nearest corner of the road's square, give or take 3 km
    measure = {"quantity": "distance", "value": value, "unit": "km", "qualifier": qualifier}
    finding = only_finding(small_with(tmp_path, measure | {"between": [["gate", "coast-road"]]}))
    assert finding.kind == CheckKind.DISTANCE
    assert finding.computed.least == pytest.approx(4.3, abs=0.2)
    assert finding.verdict == verdict


def oracle_range_m(first: shapely.Geometry, last: shapely.Geometry) -> tuple[float, float]:
    """Least and greatest distance by trying every pair of points, a point each 200 m of the outlines."""
    points = [shapely.get_coordinates(shapely.segmentize(shape, 0.002)) for shape in (first, last)]
    lengths = [Geodesic.WGS84.Inverse(a[1], a[0], b[1], b[0])["s12"] for a, b in itertools.product(*points)]
    return float(np.min(lengths)), float(np.max(lengths))


@pytest.mark.parametrize("town", ["el-arish", "sheikh-zuweid"])
def test_distance_between_agrees_with_the_oracle(dataset: Dataset, town: str) -> None:
    first, last = dataset.feature("southern-gaza"), dataset.feature(town)
    assert first.shape is not None
    assert last.shape is not None
    assert last.provenance is not None
    assert last.provenance.precision_m is not None
    radius = last.provenance.precision_m
    least, greatest = oracle_range_m(first.shape, last.shape)
    measured = distance_between_m(first, last)
    assert measured.least == pytest.approx(least - radius, abs=20)
    assert measured.greatest == pytest.approx(greatest + radius, abs=1)


@pytest.mark.parametrize(
    ("first", "last", "least", "greatest"),
    [
        ("2015-06-30", "2015-07-01", 0, 2),
        ("2014-09", "2016-03~", 517, 578),
        ("2016-01-01", "2016-12-31", 364, 366),
        ("2015-07", "2015-07", 0, 31),
    ],
)
def test_elapsed_days(first: str, last: str, least: int, greatest: int) -> None:
    assert elapsed_days(first, last) == Range(least, greatest)


def test_elapsed_days_rejects_open_end() -> None:
    with pytest.raises(ValueError, match="closed ends"):
        elapsed_days("2014/..", "2016")


@pytest.mark.parametrize(
    ("value", "unit", "when", "dates", "verdict"),
    [
        (1.5, "years", "2014-01", None, Agreement.HOLDS),
        (2.5, "years", "2014-01", None, Agreement.FAILS),
        (2, "months", "2015-05", None, Agreement.HOLDS),
        (5, "months", "2015-05", None, Agreement.FAILS),
        (27, "years", "2014-12", ["1987-12", "2014-12"], Agreement.HOLDS),
        (28, "years", "2014-12", ["1987-12", "2014-12"], Agreement.FAILS),
        (24, "hours", "2015-06-30", ["2015-06-30", "2015-07-01"], Agreement.HOLDS),
        (72, "hours", "2015-06-30", ["2015-06-30", "2015-07-01"], Agreement.FAILS),
    ],
)
def test_elapsed_time(
    tmp_path: Path, value: float, unit: str, when: str, dates: list[str] | None, verdict: Agreement
) -> None:
    measure = {"quantity": "time-since-then", "value": value, "unit": unit} | ({"dates": dates} if dates else {})
    finding = only_finding(small_with(tmp_path, measure, when))
    assert (finding.kind, finding.verdict) == (CheckKind.ELAPSED_TIME, verdict)


def test_finding_tells_what_is_inferred_and_why(tmp_path: Path) -> None:
    dates = {"dates": ["1987-12", "2014-12~"], "basis": "The year is general knowledge."}
    finding = only_finding(small_with(tmp_path, {"quantity": "age", "value": 27, "unit": "years"} | dates))
    assert finding.words["en"] == (
        "Holds: December 1987 to about December 2014 is 27 years; the report says 27 years. "
        "The year is general knowledge. A date with “about” is this atlas's reading of such words."
    )


def test_open_date_spans_no_time(tmp_path: Path) -> None:
    dataset = small_with(tmp_path, {"quantity": "time-since-then", "value": 2, "unit": "years"}, "../2015")
    assert check_claims(dataset) == ()


def checked(claim: Claim, dataset: Dataset, kind: CheckKind) -> int:
    return sum(f.kind == kind for measure in claim.measures for f in check_measure(claim, measure, dataset))


def test_every_number_of_the_data_that_can_be_checked_is(dataset: Dataset) -> None:
    for feature in dataset.features:
        for claim in feature.claims:
            converted = [m for m in claim.measures if m.converted is not None]
            pairs = [pair for m in claim.measures for pair in m.between]
            times = [m for m in claim.measures if m.unit in TIMES and dates_between(claim, m)]
            shares = [m for m in claim.measures if m.share_of]
            assert checked(claim, dataset, CheckKind.CONVERSION) == len(converted), claim.id
            assert checked(claim, dataset, CheckKind.DISTANCE) == len(pairs), claim.id
            assert checked(claim, dataset, CheckKind.ELAPSED_TIME) == len(times), claim.id
            assert checked(claim, dataset, CheckKind.SHARE) == len(shares), claim.id


def test_every_distance_and_time_of_the_data_says_what_it_runs_between(dataset: Dataset) -> None:
    for feature in dataset.features:
        for claim in feature.claims:
            for measure in claim.measures:
                if measure.unit in METRES_PER_UNIT and "distance" in measure.quantity:
                    assert measure.between, f"{claim.id}: add the features that {measure.quantity} runs between"
                if measure.unit in TIMES and measure.value is not None:
                    assert dates_between(claim, measure), f"{claim.id}: add the dates of {measure.quantity}"


def test_checks_are_the_same_every_time(dataset: Dataset) -> None:
    assert check_claims(dataset) == check_claims(dataset)


def test_reported_reach_of_the_drones_holds_for_one_town_only(dataset: Dataset) -> None:
    findings = [f for f in check_claims(dataset) if f.claim == "issacharoff-2015-reach"]
    assert {f.verdict for f in findings if f.kind == CheckKind.DISTANCE} == {Agreement.HOLDS, Agreement.FAILS}
    (conversion,) = (f for f in findings if f.kind == CheckKind.CONVERSION)
    assert conversion.verdict == Agreement.HOLDS_ROUGHLY
