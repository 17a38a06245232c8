"""Degrees, minutes and seconds in all the ways that people write them, and no number out of what is none of them."""

from __future__ import annotations

import random

import pytest

from geo.intake import locating
from geo.intake.placing import is_pair, read_angle, read_pair
from geo.intake.rows import Plain
from tests.loading_here import load_here

SOUTH_DEG = -(33 + 51 / 60 + 31 / 3600)
WAYS = (
    *("{d} {m} {s} {h}", "{d} {m} {s}{h}", "{h} {d} {m} {s}", "{d}:{m}:{s}{h}", "{d}:{m}:{s} {h}", "{d}°{m}′{s}{h}"),
    *("{d}°{m}′{s}″{h}", "{d}° {m}' {s}\" {h}", "{d}° {m}' {s} {h}", "{d}d{m}m{s}s{h}", "{d}d{m}'{s}\"{h}"),
    *("{d}\ufffd{m}'{s}\"{h}", "{d}Â°{m}'{s}\"{h}"),
    *("{d} deg {m} min {s} sec {h}", "{d}°{m}'{s}''{h}", "{h}{d:02d}{m:02d}{s:02d}", "{d:02d}{m:02d}{s:02d} {h}"),
)


@pytest.mark.parametrize("way", WAYS)
def test_each_way_says_the_same(way: str) -> None:
    draw = random.Random(way)
    for _ in range(50):
        d, m, s, h = draw.randint(0, 89), draw.randint(0, 59), draw.randint(0, 59), draw.choice("NS")
        true = (d + m / 60 + s / 3600) * (1 if h == "N" else -1)
        assert read_angle(way.format(d=d, m=m, s=s, h=h), "lat") == pytest.approx(true, abs=1e-9)


@pytest.mark.parametrize(
    "text", ["33 51 31S", "33:51:31S", "33° 51' 31 S", "33°51′31S", "33 51 31 s", "33 51 31sS", '33 51 31" S']
)
def test_s_after_the_last_part_is_the_south(text: str) -> None:
    assert read_angle(text, "lat") == pytest.approx(SOUTH_DEG)


@pytest.mark.parametrize(
    ("text", "degrees"),
    [
        ("33d51m31s", -SOUTH_DEG),
        ("0452N", 4 + 52 / 60),
        ("0452.5N", 4 + 52.5 / 60),
        ("063018N", 6 + 30 / 60 + 18 / 3600),
        ("5e-05", 5e-05),
        ("3.425000000000000000e+01", 34.25),
        # marks and compact figures that may be read in two ways, or in none
        *((text, None) for text in ("33°51′31s", "33D51M31S", "04520N", "0475N", "045N2", "3.43E+01", "1E2", "14E42")),
        *((text, None) for text in ("1 31.28 34.25", "31.5 16", "31 16.5 12", "33-51-31S", "31 60", "- 33.85")),
    ],
)
def test_what_can_be_read_in_two_ways_is_not_read(text: str, degrees: float | None) -> None:
    assert read_angle(text, "lat") == (None if degrees is None else pytest.approx(degrees))


def test_longitudes_without_marks_have_three_figures_of_degrees() -> None:
    assert read_angle("03136E", "lon") == pytest.approx(31.6)
    assert read_angle("W0322100", "lon") == pytest.approx(-32.35)
    assert read_angle("0300E", "lon") is None
    assert read_pair("0452N 03136E") == pytest.approx((31.6, 4 + 52 / 60))


@pytest.mark.parametrize("text", ["1 31.28 34.25 3", "1 31.28 34.25", "31 28 34", "31,28,34,25", "1E2 34.25"])
def test_a_row_of_numbers_is_no_pair(text: str) -> None:
    assert read_pair(text) is None
    assert not is_pair(text)


def test_a_pair_is_divided_where_both_halves_have_as_many_parts_or_letters_tell() -> None:
    assert read_pair("31 28 34 25") == pytest.approx((34 + 25 / 60, 31 + 28 / 60))
    assert read_pair("31°N 34°15'E") == (34.25, 31)
    assert read_pair("33 51 10 S 18 25 10 W") == pytest.approx(
        (-(18 + 25 / 60 + 10 / 3600), -(33 + 51 / 60 + 10 / 3600))
    )


@pytest.mark.parametrize(
    ("longitudes", "drawn", "note"),
    [
        (["10°10'E", "7°30'O"], [10 + 10 / 60, -7.5], "The letter O in 'lon' was read as the west."),
        (["10°10'W", "7°30'O"], [-10 - 10 / 60, 7.5], "The letter O in 'lon' was read as the east."),
        (["10°10'", "7°30'O"], [10 + 10 / 60, None], None),
        (["10°10'E", "7°30'O", "8°30'W"], [10 + 10 / 60, None, -8.5], None),
    ],
)
def test_o_is_the_side_that_the_column_leaves_to_it(
    longitudes: list[str], drawn: list[float | None], note: str | None
) -> None:
    for columns, rows in (
        ("lat;lon", [f"31°N;{lon}" for lon in longitudes]),
        ("lon", [f"31°N, {lon}" for lon in longitudes]),
    ):
        intake = load_here("\n".join([f"n;{columns}", *(f"a;{row}" for row in rows), ""]))
        assert intake.dataset.events is not None
        shapes = intake.dataset.events.geometries
        assert [shape and shape.x for shape in shapes] == [each and pytest.approx(each) for each in drawn]
        assert [text for text in intake.report.notes if "letter O" in text] == ([note] if note else [])
        assert {each.remedy for each in intake.report.refusals} == ({"Write E or W"} if None in drawn else set())


def test_o_alone_is_told_by_the_language_of_the_name() -> None:
    for name, lon in (("Längengrad", 7.5), ("Longitud", -7.5)):
        events = load_here(f"lat;{name}\n31°N;7°30'O\n").dataset.events
        assert events is not None
        assert events.geometries[0].x == lon


def test_a_text_that_stands_in_many_rows_is_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[Plain] = []

    def count(value: Plain, axis: str, sign_of_o: int = 0) -> float | None:
        read.append(value)
        return read_angle(value, axis, sign_of_o)

    monkeypatch.setattr(locating, "read_angle", count)
    rows = "31°16'12\"N;34°15'09\"E\n" * 1_000
    assert load_here(f"lat;lon\n{rows}").report.drawn == 1_000
    assert len(read) == 2
