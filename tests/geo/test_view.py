"""Views: what an address may say, and that what is written is read back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.errors import InputError
from geo.model import Extent, Precision, Status, Theme
from geo.view import Appearance, Language, View

SLUGS = st.sampled_from([theme.value for theme in Theme])
DATES = st.sampled_from(["2013", "2015-07", "2015-07-01", "2015-12~"])
HUNDREDTHS = st.integers(0, 4000)


def lists_of(values: st.SearchStrategy[str]) -> st.SearchStrategy[tuple[str, ...] | None]:
    return st.none() | st.lists(values, unique=True, max_size=4).map(tuple)


EXTENTS = st.tuples(HUNDREDTHS, HUNDREDTHS, st.integers(1, 900), st.integers(1, 900)).map(
    lambda sides: Extent(
        west=sides[0] / 100, south=sides[1] / 100, east=(sides[0] + sides[2]) / 100, north=(sides[1] + sides[3]) / 100
    )
)
VIEWS = st.builds(
    View,
    extent=st.none() | EXTENTS,
    themes=lists_of(SLUGS),
    sources=lists_of(st.sampled_from(["savage-2015", "wenig-2016"])),
    statuses=lists_of(st.sampled_from([status.value for status in Status])),
    precisions=lists_of(st.sampled_from([precision.value for precision in Precision])),
    since=st.none() | DATES,
    undated=st.booleans(),
    known=st.none() | DATES,
    origins=st.integers(1, 9),
    text=st.text(st.characters(exclude_categories=["Cs"]), max_size=30),
    language=st.sampled_from(Language),
    appearance=st.sampled_from(Appearance),
    feature=st.none() | st.just("rafah-egypt"),
    tour=st.none() | st.just("how-sure"),
    step=st.integers(1, 20),
    compare=st.none() | st.just(("one-claim", "other-claim")),
)


@given(VIEWS)
def test_query_round_trip(view: View) -> None:
    assert View.from_query(view.to_query()) == view


def test_default_view_writes_nothing() -> None:
    assert View().to_query() == ""


@pytest.mark.parametrize("query", ["", "?", "#", "?themes=border&q=a+b", "#themes=none", "extent=33.9,31,34.5,31.5"])
def test_from_query_accepts(query: str) -> None:
    View.from_query(query)


@pytest.mark.parametrize(
    ("query", "fault"),
    [
        ("colour=red", r"Invalid parameter 'colour'\. It is not one of the view\. Use each of extent, themes"),
        ("since=2015&since=2016", r"Invalid parameter 'since'\. It is given twice"),
        ("extent=1,2,3", r"Invalid extent '1,2,3'"),
        ("extent=34,31,33,32", r"Invalid extent .* Swap the corners"),
        ("since=2015-13", r"Invalid since '2015-13'\. A date is EDTF"),
        ("since=../2015", r"Invalid since '\.\./2015'\. It is one date, no interval"),
        ("until=2014/2015", r"Invalid until '2014/2015'\. It is one date, no interval"),
        ("known=2014/..", r"Invalid known '2014/\.\.'\. It is one date, no interval"),
        ("extent=,,35,32", r"Invalid extent ',,35,32'\. It is west,south,east,north"),
        ("extent=1e1,31,34,32", r"Invalid extent '1e1,31,34,32'"),
        ("undated=false", r"Invalid undated 'false'\. It is 1 or 0"),
        ("step=3.0", r"Invalid step '3\.0'\. It is a whole number"),
        ("since=2016&until=2015", r"Invalid time window '2016 to 2015'\. It ends on or after its first day"),
        ("statuses=rumoured", r"Invalid statuses 'rumoured'"),
        ("themes=<script>", r"Invalid themes '<script>'"),
        ("origins=0", r"Invalid origins '0'"),
        ("origins=02", r"Invalid origins '02'"),
        ("compare=only-one", r"Invalid compare 'only-one'"),
        ("language=fr", r"Invalid language 'fr'"),
    ],
)
def test_from_query_rejects(query: str, fault: str) -> None:
    with pytest.raises(InputError, match=fault):
        View.from_query(query)


def test_of_a_parameter_given_twice_the_first_counts() -> None:
    view, problems = View.read_query("since=2015-13&since=2016&q=one&q=two")
    assert view == View(text="one")
    assert len(problems) == 3


def test_read_query_keeps_what_is_sound() -> None:
    view, problems = View.read_query("themes=border&since=2015-13&colour=red&q=tunnel")
    assert view == View(themes=("border",), text="tunnel")
    assert len(problems) == 2
