"""Coordinates and dates in Arabic and Persian digits: read as the digits they are, and kept as they were given."""

from __future__ import annotations

import pytest

from geo.intake.dating import MOST_RARE, forms_of, join_parts, order_forms, read_days, read_form, read_when
from geo.intake.digits import plain_digits
from geo.intake.placing import are_decimals, is_pair, read_angle, read_number, read_pair
from geo.view import Language
from layers.telling import tell
from tests.loading_here import load_here

ZEROS = {"arabic": 0x660, "persian": 0x6F0}


def written(text: str, zero: int) -> str:
    """A text with its digits in another script, and the point as that script has it."""
    return "".join(chr(zero + int(sign)) if sign in "0123456789" else "٫" if sign == "." else sign for sign in text)


@pytest.fixture(params=ZEROS.values(), ids=list(ZEROS))
def zero(request: pytest.FixtureRequest) -> int:
    """The digit 0 of a script."""
    assert isinstance(request.param, int)
    return request.param


def test_every_digit_is_the_one_that_it_stands_for(zero: int) -> None:
    assert plain_digits(written("0123456789.5", zero)) == "0123456789.5"
    assert plain_digits("رفح ½ ²") == "رفح ½ ²", "nothing else is touched"


@pytest.mark.parametrize("text", ["34.25", "-34.25", "33°00′36″", "33° 0′ 36.5″ E", "33:15", "33 15 36"])
def test_angles_are_read(text: str, zero: int) -> None:
    assert read_angle(written(text, zero), "lon") == read_angle(text, "lon") is not None


@pytest.mark.parametrize("text", ["31.25, 34.25", "31.25; 34.25", "31°15′N 34°15′E"])
def test_pairs_are_read(text: str, zero: int) -> None:
    given = written(text, zero)
    assert read_pair(given) == read_pair(text) is not None
    assert read_pair(given.replace(",", "،")) == read_pair(text)
    assert is_pair(given)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("\u200e31.28", 31.28),
        ("\u202a31.13\u202c", 31.13),
        ("\u200f 31.13 \u2069", 31.13),
        ("\ufeff31.1", 31.1),
        ("\u221233.85", -33.85),
        ("\u221233\u00b051\u2032", -33.85),
        # a dash of typesetters may join two numbers
        ("\u201333.85", None),
    ],
)
def test_marks_of_direction_are_left_out_and_a_minus_is_one(text: str, number: float | None) -> None:
    assert read_angle(text, "lat") == number
    assert (read_pair(f"{text}, 34") or (0, None))[1] == number
    assert read_when("\u200f2025\u201105\u201118\u200f") == "2025-05-18"


def test_metres_are_read_and_no_words_with_digits(zero: int) -> None:
    assert read_number(written("620000.5", zero)) == 620000.5
    assert read_number(written("a34", zero)) is None
    assert read_angle(written("99", zero) * 2 + "°", "lon") is None
    assert not are_decimals([written("34.25", zero)])


def test_a_table_is_drawn_without_a_change_and_its_texts_are_kept(zero: int) -> None:
    rows = [("34.25", "31.25"), ("34", "31"), ("33°00′36″", "31°00′36″")]
    lines = "".join(f"{written(lon, zero)};{written(lat, zero)}\n" for lon, lat in rows)
    intake = load_here(f"خط الطول;خط العرض\n{lines}")
    assert (intake.report.drawn, intake.report.changes, intake.offered) == (3, (), ())
    events = intake.dataset.events
    assert events is not None
    assert [(shape.x, shape.y) for shape in events.geometries] == [(34.25, 31.25), (34, 31), (33.01, 31.01)]
    assert events.attributes["خط الطول"].tolist() == [written(lon, zero) for lon, _ in rows]
    whole = load_here(f"lon;lat\n{written('34', zero)};{written('31', zero)}\n").dataset.events
    assert whole is not None
    assert whole.attributes["lon"].tolist() == [written("34", zero)]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2015-07-01", "2015-07-01"),
        ("2015", "2015"),
        ("2015-07~", "2015-07~"),
        ("2015-07-01/2015-07-03", "2015-07-01/2015-07-03"),
        ("2015-07-01 10:20", "2015-07-01"),
        ("2015-21", "2015-21"),
    ],
)
def test_dates_are_read(text: str, day: str, zero: int) -> None:
    given = written(text, zero)
    assert read_when(given) == day
    assert read_days([given], ()) == {given: day}


def test_rare_kinds_of_dates_are_read_up_to_the_same_number(zero: int) -> None:
    texts = [written(f"{year}-21", zero) for year in range(1500, 1500 + MOST_RARE + 2)]
    assert [text for text, day in read_days(texts, ()).items() if day is None] == texts[MOST_RARE:]


def test_dates_of_other_forms_are_offered_and_read_as_those_of_plain_digits_are(zero: int) -> None:
    assert read_form(written("31/12/2015", zero), "day-month-year") == "2015-12-31"
    assert read_form(written("16 May 2015", zero), "month-names") == "2015-05-16"
    for text in ("31/12/2015", "03/04/2015", "20151231", "42369", "1451520000000", "2015123123"):
        assert forms_of(written(text, zero)) == forms_of(text)
    assert order_forms(("day-month-year",), [written("4/18/2015", zero)]) == ("month-day-year",)
    assert join_parts(*(written(part, zero) for part in ("2015", "7", "0"))) == "2015-07"


def test_a_date_is_a_change_that_is_told(zero: int) -> None:
    given = written("2015-07-01", zero)
    intake = load_here(f"lon,lat,date\n34.2,31.2,{given}\n34.2,31.2,2015-07-01\n")
    assert intake.dataset.events is not None
    assert intake.dataset.events.columns["when"].tolist() == ["2015-07-01"] * 2
    assert intake.dataset.events.attributes["date"].tolist() == [given, "2015-07-01"]
    (change,) = intake.report.changes
    assert (change.row, change.field, change.old, change.new) == (1, "date", given, "2015-07-01")
    assert change.reason == "Its digits were written as 0 to 9"
    assert tell(change.reason, Language.ARABIC) is not None
    instant = load_here(f"lon,lat,time\n34,31,{written('1451606399', zero)}\n", mends=("unix-seconds",))
    assert [change.new for change in instant.report.changes] == ["2015-12-31"]
    assert instant.report.changes[0].reason.startswith("It was read as an instant")
