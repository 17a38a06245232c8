"""One fault at a time in a sound dataset: it is named with its feature, its claim and its rule."""

from __future__ import annotations

from typing import Any

import pytest

from geo.validation import check_collection
from tests.small_data import small_collection, small_sources

REMOVED = object()
GATE = ("features", 0)
PROPERTIES = (*GATE, "properties")
CLAIM = (*PROPERTIES, "claims", 0)
CITATION = (*CLAIM, "citation")
GEOMETRY = (*GATE, "geometry")
PROVENANCE = (*PROPERTIES, "provenance")
RING = ("features", 1, "geometry", "coordinates", 0)
COUNTED = "lorries-counted"


def put(tree: Any, path: tuple[Any, ...], value: Any) -> None:
    for key in path[:-1]:
        tree = tree[key]
    if value is REMOVED:
        del tree[path[-1]]
    else:
        tree[path[-1]] = value


FAULTS = [
    # path, value, feature, claim, rule, words
    ((*PROPERTIES, "claims"), REMOVED, "gate", "", "cited", "Missing claims"),
    ((*PROPERTIES, "claims"), [], "gate", "", "cited", "Missing claims"),
    (CITATION, REMOVED, "gate", COUNTED, "cited", "Missing citation. Every claim cites"),
    ((*CITATION, "id"), REMOVED, "gate", COUNTED, "cited", "names its source"),
    ((*CITATION, "id"), "nobody-1999", "gate", COUNTED, "known-source", "gazette-2015, other-2016"),
    ((*CITATION, "sha256"), "not-a-hash", "gate", COUNTED, "hash", "64 hexadecimal digits"),
    ((*CITATION, "sha256"), "A" * 64, "gate", COUNTED, "hash", "lower case"),
    ((*CITATION, "sha256"), 12, "gate", COUNTED, "hash", "64 hexadecimal digits"),
    ((*CITATION, "locator"), "0", "gate", COUNTED, "form", "number of a paragraph"),
    ((*CITATION, "locator"), 4, "gate", COUNTED, "type", "It is a text"),
    ((*CLAIM, "when"), "2015-13", "gate", COUNTED, "date", "Invalid when '2015-13'. A date is EDTF"),
    ((*CLAIM, "when"), "2015-02-30", "gate", COUNTED, "date", "2015-02-30"),
    ((*CLAIM, "reported"), "July 2015", "gate", COUNTED, "date", "Invalid reported 'July 2015'"),
    ((*CLAIM, "status"), "rumoured", "gate", COUNTED, "closed-list", "It is one of reported, official, alleged"),
    ((*CLAIM, "status"), REMOVED, "gate", COUNTED, "required-field", "Missing status"),
    ((*CLAIM, "note"), "x", "gate", COUNTED, "unknown-field", "Invalid field 'note'"),
    ((*CLAIM, "statement"), " ", "gate", COUNTED, "limit", "not empty"),
    ((*CLAIM, "statement"), "x" * 2001, "gate", COUNTED, "limit", "at most 2000 characters"),
    ((*CLAIM, "measures", 0, "unit"), "furlong", "gate", COUNTED, "unit", "Invalid unit 'furlong'"),
    ((*CLAIM, "measures", 0, "value"), "40", "gate", COUNTED, "type", "Invalid measures[0].value '40'. It is a number"),
    ((*CLAIM, "measures", 0, "value"), True, "gate", COUNTED, "type", "It is a number"),
    ((*CLAIM, "measures"), {"a": 1}, "gate", COUNTED, "type", "It is a list"),
    ((*CLAIM, "disputes", 0, "claim"), "no-such-claim", "gate", COUNTED, "dispute", "No claim has this id"),
    ((*CLAIM, "disputes", 0, "claim"), COUNTED, "gate", COUNTED, "dispute", "does not dispute itself"),
    ((*CLAIM, "disputes", 0, "about"), "weather", "gate", COUNTED, "form", "It is one of date, number"),
    (
        (*CLAIM, "id"),
        "road-closed",
        "coast-road",
        "road-closed",
        "unique-claim",
        "2 claims have it, of gate, coast-road",
    ),
    ((*CLAIM, "id"), "Lorries!", "gate", "Lorries!", "form", "lower-case letters"),
    ((*CLAIM, "id"), REMOVED, "gate", "number 1", "required-field", "Missing id"),
    (CLAIM, "forty", "gate", "number 1", "type", "It is an object"),
    ((*GATE, "id"), "rain", "rain", "", "unique-feature", "2 features have it"),
    ((*GATE, "id"), REMOVED, "number 1", "", "required-field", "Missing id"),
    ((*GATE, "id"), 7, "number 1", "", "type", "It is a text"),
    ((*GATE, "type"), "Place", "gate", "", "feature", "It is 'Feature'"),
    ((*GATE, "source"), "x", "gate", "", "unknown-field", "Invalid member 'source'"),
    ((*PROPERTIES, "geometry"), {}, "gate", "", "feature", "Move them up"),
    (PROPERTIES, None, "gate", "", "feature", "They are an object"),
    (GATE, 5, "number 1", "", "feature", "It is an object"),
    ((*PROPERTIES, "theme"), "castles", "gate", "", "closed-list", "It is one of places, border, tunnels"),
    ((*PROPERTIES, "names"), {"en": "Gate"}, "gate", "", "value", "Add ar"),
    ((*PROPERTIES, "names", "arabic"), "x", "gate", "", "form", "two lower-case letters"),
    ((*PROPERTIES, "unplaced"), "why", "gate", "", "value", "Take out the reason or the geometry"),
    (PROVENANCE, REMOVED, "gate", "", "value", "Every drawn shape says how it was made"),
    ((*PROVENANCE, "precision"), "vague", "gate", "", "closed-list", "exact, approximate, area, schematic"),
    ((*PROVENANCE, "precision_m"), REMOVED, "gate", "", "precision", "how far off it may be"),
    ((*PROVENANCE, "precision_m"), -5, "gate", "", "limit", "It is more than 0"),
    (
        ("features", 1, "properties", "provenance", "precision"),
        "exact",
        "coast-road",
        "",
        "precision",
        "Exact is a point",
    ),
    (("features", 2, "properties", "unplaced"), REMOVED, "rain", "", "value", "Add the reason"),
    (GEOMETRY, REMOVED, "gate", "", "feature", "Missing geometry"),
    (GEOMETRY, "POINT (1 2)", "gate", "", "geometry", "object or null"),
    ((*GEOMETRY, "type"), "Circle", "gate", "", "geometry", "Invalid geometry type 'Circle'"),
    ((*GEOMETRY, "type"), [], "gate", "", "geometry", "Invalid geometry type"),
    ((*GEOMETRY, "coordinates"), REMOVED, "gate", "", "geometry", "Those of a Point are one position"),
    ((*GEOMETRY, "coordinates"), [34.2, 31.2, 5.0], "gate", "", "geometry", "two numbers: longitude and latitude"),
    ((*GEOMETRY, "coordinates"), ["34.2", "31.2"], "gate", "", "geometry", "two numbers"),
    ((*GEOMETRY, "coordinates"), [True, False], "gate", "", "geometry", "two numbers"),
    ((*GEOMETRY, "crs"), {}, "gate", "", "geometry", "Invalid geometry member 'crs'"),
    ((*GEOMETRY, "coordinates"), [31.25, 34.25], "gate", "", "swapped", "Longitude comes before latitude"),
    ((*GEOMETRY, "coordinates"), [45.0, 120.0], "gate", "", "range", "Swap the two numbers"),
    ((*GEOMETRY, "coordinates"), [618000.0, 3458000.0], "gate", "", "range", "not metres of a projection"),
    ((*GEOMETRY, "coordinates"), [200.0, 31.0], "gate", "", "range", "from -180 to 180"),
    ((*RING, 4), [34.0, 31.01], "coast-road", "", "ring-closed", "A ring ends where it begins"),
    (RING, [[34.0, 31.0], [34.2, 31.0], [34.0, 31.0]], "coast-road", "", "ring-length", "three corners or more"),
    (RING, [[34.0, 31.0]], "coast-road", "", "ring-length", "three corners or more"),
    (RING, [], "coast-road", "", "geometry", "Those of a Polygon"),
    (
        RING,
        [[34.0, 31.0], [34.0, 31.2], [34.2, 31.2], [34.2, 31.0], [34.0, 31.0]],
        "coast-road",
        "",
        "ring-direction",
        "Outer rings run counter-clockwise",
    ),
    (
        RING,
        [[34.0, 31.0], [34.3, 31.2], [34.3, 31.0], [34.0, 31.3], [34.0, 31.0]],
        "coast-road",
        "",
        "polygon",
        "Self-intersection",
    ),
    (("type",), "Topology", "", "", "feature-collection", "GeoJSON FeatureCollection"),
    (("features",), {}, "", "", "feature-collection", "They are a list"),
    (("features",), [], "", "", "feature-collection", "one or more"),
    (("crs",), {"type": "link"}, "", "", "crs", "Reproject"),
]


@pytest.mark.parametrize(
    ("path", "value", "feature", "claim", "rule", "words"),
    FAULTS,
    ids=[f"{fault[4]}-{number}" for number, fault in enumerate(FAULTS)],
)
def test_check_collection_names_fault(
    path: tuple[Any, ...], value: Any, feature: str, claim: str, rule: str, words: str
) -> None:
    collection = small_collection()
    put(collection, path, value)
    checked = check_collection(collection, small_sources())
    told = [(p.feature, p.claim, p.rule) for p in checked.problems]
    assert (feature, claim, rule) in told
    assert any(words in p.message for p in checked.problems if p.rule == rule), checked.problems
    assert checked.features == ()
    assert checked.sources == ()


SOURCE_FAULTS = [
    ((0, "issued"), REMOVED, "required-field", "Source gazette-2015: Missing issued"),
    ((0, "issued", "date-parts"), [[2015, 13]], "date", "Invalid issued '[2015, 13]'"),
    (
        (0, "custom"),
        {"inferred": ["issued"]},
        "value",
        "Invalid custom.inferred '[\"issued\"]'. It holds fields' names",
    ),
    ((0, "custom"), {"inferred": {"issued": 5}}, "value", "Invalid custom.inferred"),
    ((0, "URL"), "javascript:alert(1)", "form", "begins with https:// or http://"),
    ((0, "author"), [], "limit", "at least 1"),
    ((1, "id"), "gazette-2015", "unique-source", "given 2 times"),
    ((1, "colour"), "red", "unknown-field", "Source other-2016: Invalid field 'colour'"),
    ((1,), "text", "type", "Source number 2"),
]


@pytest.mark.parametrize(("path", "value", "rule", "words"), SOURCE_FAULTS)
def test_check_collection_names_fault_of_source(path: tuple[Any, ...], value: Any, rule: str, words: str) -> None:
    sources = small_sources()
    put(sources, path, value)
    problems = check_collection(small_collection(), sources).problems
    assert any(p.rule == rule and words in p.message for p in problems), problems


@pytest.mark.parametrize("items", [None, {}, "text", 5])
def test_check_collection_rejects_sources_that_are_no_list(items: Any) -> None:
    assert "sources" in {p.rule for p in check_collection(small_collection(), items).problems}


def test_check_collection_accepts_sound_data() -> None:
    checked = check_collection(small_collection(), small_sources())
    assert checked.problems == ()
    assert [feature.id for feature in checked.features] == ["gate", "coast-road", "rain"]


def test_check_collection_tells_all_faults_at_once() -> None:
    collection = small_collection()
    put(collection, (*CLAIM, "when"), "2015-13")
    put(collection, (*CITATION, "id"), "nobody-1999")
    put(collection, GEOMETRY, {"type": "Point", "coordinates": [31.25, 34.25]})
    put(collection, (*RING, 4), [34.0, 31.01])
    put(collection, ("features", 2, "properties", "theme"), "castles")
    rules = {p.rule for p in check_collection(collection, small_sources()).problems}
    assert rules == {"date", "known-source", "swapped", "ring-closed", "closed-list"}


@pytest.mark.parametrize("value", ["x" * 10_000, "\x1b[31mred", "a\nb", "\u202eabc"])
def test_check_collection_shows_values_short_and_plain(value: str) -> None:
    collection = small_collection()
    put(collection, (*CLAIM, "status"), value)
    put(collection, (*GATE, "id"), value)
    problems = check_collection(collection, small_sources()).problems
    assert len(problems) >= 2
    for problem in problems:
        assert len(str(problem)) < 600
        assert not set("\x1b\n\u202e") & set(str(problem))


def test_check_collection_speaks_no_jargon() -> None:
    for path, value, *_ in FAULTS:
        collection = small_collection()
        put(collection, path, value)
        told = " ".join(str(p) for p in check_collection(collection, small_sources()).problems)
        assert not [word for word in ("pydantic", "Input should", "Value error", "Traceback") if word in told], told
