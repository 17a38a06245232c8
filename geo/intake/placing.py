"""Where a row lies, read from its columns: degrees as numbers or in minutes and seconds, pairs, well-known text."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, TypeGuard

import numpy as np
import shapely

from geo.intake.digits import plain_digits
from geo.intake.rows import Plain
from geo.intake.texts import text_of

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

_NUMBER = re.compile(r"[+-]?(?:\d+(?:[.,]\d*)?|[.,]\d+)(?:[eE][+-]?\d{1,3})?", re.ASCII)
_DECIMALS = re.compile(r"(?:[+-]?\d{1,9}(?:\.\d{1,15})?\n)+", re.ASCII)
_SIGNS = {"N": 1, "E": 1, "S": -1, "W": -1, "O": 1}
_AXIS_SIGNS = {"lon": "EWO", "lat": "NS"}
# degrees, minutes and seconds, each with any of the marks in use, and the letter of the hemisphere before or after
_ANGLE = re.compile(
    r"""(?P<before>[NSEWO])?\s*
        (?P<sign>[+\-−])?\s*
        (?P<degrees>\d{1,3}(?:[.,]\d+)?)\s*(?:°|º|˚|deg|d|:|\s|$)?\s*
        (?:(?P<minutes>\d{1,2}(?:[.,]\d+)?)\s*(?:'|′|’|‘|`|´|m|:|\s|$)?\s*)?
        (?:(?P<seconds>\d{1,2}(?:[.,]\d+)?)\s*(?:"|″|”|“|''|′′|’’|s|\s|$)?\s*)?
        (?P<after>[NSEWO])?""",
    re.VERBOSE | re.IGNORECASE | re.ASCII,
)
_MOST_LETTERS = 60
_WKT = re.compile(
    # no two parts that both may take the same blanks: the time would grow with their square
    r"\s*(?:SRID=4326;\s*)?"
    r"((?:POINT|LINESTRING|POLYGON|MULTIPOINT|MULTILINESTRING|MULTIPOLYGON|GEOMETRYCOLLECTION)\b.*)",
    re.IGNORECASE | re.DOTALL | re.ASCII,
)
_WKT_BODY = re.compile(r"[A-Z]\s*+(?:\(|EMPTY\b)", re.IGNORECASE | re.ASCII)
_MOST_WKT_LETTERS = 5_000_000
_OPENING, _CLOSING = b"()"


def are_decimals(values: Sequence[Plain]) -> TypeGuard[Sequence[str]]:
    """Tell whether all values are texts of plain numbers, with a point before the fraction, as in nearly all tables.

    Examples
    --------
    >>> are_decimals(["34.25", "-31"]), are_decimals(["34,25"]), are_decimals(["34", ""]), are_decimals([34.25])
    (True, False, False, False)
    """
    # one look at all of them: a look at each takes ten times as long
    return set(map(type, values)) == {str} and bool(_DECIMALS.fullmatch("\n".join([*map(str, values), ""])))


def read_number(value: Plain) -> float | None:
    """Read a finite number, with a point or a comma before its fraction; ``None`` where it is none.

    Examples
    --------
    >>> read_number("34,25"), read_number("1,234.5"), read_number(True)
    (34.25, None, None)
    """
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, int | float):
        return float(value) if math.isfinite(value) else None
    text = plain_digits(value.strip()) if isinstance(value, str) else ""
    if not _NUMBER.fullmatch(text):
        return None
    number = float(text.replace(",", "."))
    return number if math.isfinite(number) else None


def read_angle(value: Plain, axis: str) -> float | None:
    """Read a longitude or latitude: a number, or degrees, minutes and seconds with the letter of a hemisphere.

    Parameters
    ----------
    value
        As it stands in the file.
    axis
        ``lon`` or ``lat``; a letter of the other axis makes the value none.

    Returns
    -------
    float or None
        Degrees, east and north positive; ``None`` where the value is no angle, or has 60 minutes or more.

    Examples
    --------
    >>> read_angle("31°16'N", "lat"), read_angle("34.25 W", "lon"), read_angle("31 16 12", "lat")
    (31.266666666666666, -34.25, 31.27)
    """
    number = read_number(value)
    if number is not None or not isinstance(value, str):
        return number
    text = plain_digits(value.strip())
    found = _ANGLE.fullmatch(text) if len(text) <= _MOST_LETTERS else None
    if not found or (not any(found[part] for part in ("before", "after", "minutes")) and "°" not in text):
        return None
    letters = [letter.upper() for letter in (found["before"], found["after"]) if letter]
    if len(letters) > 1 or (letters and (letters[0] not in _AXIS_SIGNS[axis] or found["sign"])):
        return None
    degrees, minutes, seconds = (
        float((found[part] or "0").replace(",", ".")) for part in ("degrees", "minutes", "seconds")
    )
    if minutes >= 60 or seconds >= 60 or (found["minutes"] and not degrees.is_integer()):
        return None
    sign = _SIGNS[letters[0]] if letters else (-1 if found["sign"] in {"-", "−"} else 1)
    return sign * (degrees + minutes / 60 + seconds / 3600)


def read_pair(value: Plain) -> tuple[float, float] | None:
    """Read latitude and longitude from one text, latitude first unless letters say otherwise.

    Returns
    -------
    tuple or None
        Longitude and latitude, degrees; ``None`` where the text is no such pair.

    Examples
    --------
    >>> read_pair("31.25, 34.25"), read_pair("34°15'E 31°16'N"), read_pair("Rafah, Egypt")
    ((34.25, 31.25), (34.25, 31.266666666666666), None)
    """
    if isinstance(value, list) and len(value) == 2:
        lon, lat = read_number(value[1]), read_number(value[0])
        return None if lon is None or lat is None else (lon, lat)
    if not isinstance(value, str) or len(value) > 2 * _MOST_LETTERS:
        return None
    for first, second in _halves(plain_digits(value).strip().strip("()[]")):
        lat, lon = read_angle(first, "lat"), read_angle(second, "lon")
        if lat is None or lon is None:
            lat, lon = read_angle(second, "lat"), read_angle(first, "lon")
        if lat is not None and lon is not None:
            return lon, lat
    return None


def is_pair(value: Plain) -> bool:
    """Tell whether a text is a latitude and a longitude with fractions, so that no pair of counts is taken for it."""
    found = read_pair(value)
    if found is None or not isinstance(value, str) or abs(found[0]) > 180 or abs(found[1]) > 90:
        return False
    return bool(re.search(r"\d[.,]\d.*\d[.,]\d|[°NSEW]", plain_digits(value)))


def is_wkt(value: Plain) -> bool:
    """Tell whether a text begins as a shape in well-known text does; the name of a kind of shape alone is a word.

    Examples
    --------
    >>> is_wkt("POINT (34.25 31.25)"), is_wkt("point")
    (True, False)
    """
    if not isinstance(value, str) or len(value) > _MOST_WKT_LETTERS or not _WKT.fullmatch(value):
        return False
    return bool(_WKT_BODY.search(value))


def nesting(value: Plain) -> int:
    """Return how deeply the brackets of a text are nested.

    Examples
    --------
    >>> nesting("POLYGON ((0 0, 1 0, 1 1, 0 0))")
    2
    """
    if not isinstance(value, str) or "(" not in value:
        return 0
    signs = np.frombuffer(value.encode("ascii", "replace"), dtype=np.uint8)
    steps = (signs == _OPENING).astype(np.int8) - (signs == _CLOSING).astype(np.int8)
    return int(np.cumsum(steps, dtype=np.int32).max())


def read_wkt(value: Plain) -> BaseGeometry | None:
    """Read well-known text; ``None`` where it is none.

    Parameters
    ----------
    value
        No more deeply nested than some hundred brackets (`nesting`): GEOS before 3.15 ends the process on thousands.
    """
    found = _WKT.fullmatch(value) if isinstance(value, str) and len(value) <= _MOST_WKT_LETTERS else None
    try:
        # numpy warns of coordinates that are no numbers; they are told later, as all wrong places are
        with np.errstate(invalid="ignore"):
            return shapely.from_wkt(found[1]) if found else None
    except shapely.errors.GEOSException:
        return None


def show_place(x: float, y: float) -> str:
    """Write a place as two numbers, x (longitude) before y (latitude).

    Examples
    --------
    >>> show_place(34.25, 3460000.5)
    '34.25, 3460000.5'
    """
    return f"{text_of(round(x, 7))}, {text_of(round(y, 7))}"


def _halves(text: str) -> list[tuple[str, str]]:
    """Divide a text in two at a comma, semicolon or bar, else at each run of blanks."""
    for sign in (";", "|", "/"):
        if text.count(sign) == 1:
            first, _, second = text.partition(sign)
            return [(first, second)]
    if text.count(",") == 1:
        first, _, second = text.partition(",")
        return [(first, second)]
    if ", " in text and text.count(", ") == 1:
        first, _, second = text.partition(", ")
        return [(first, second)]
    words = text.split()
    return [(" ".join(words[:cut]), " ".join(words[cut:])) for cut in range(1, min(len(words), 9))]
