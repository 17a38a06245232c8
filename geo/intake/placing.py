"""Where a row lies, read from its columns: degrees as numbers or in minutes and seconds, pairs, well-known text."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, TypeGuard

import numpy as np
import shapely

from geo.intake.angles import MOST_LETTERS, read_angle_text
from geo.intake.digits import plain_digits
from geo.intake.rows import Plain
from geo.intake.texts import text_of

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

_NUMBER = re.compile(r"[+-]?(?:\d+(?:[.,]\d*)?|[.,]\d+)([eE][+-]?\d{1,3})?", re.ASCII)
_DECIMALS = re.compile(r"(?:[+-]?\d{1,9}(?:\.\d{1,15})?\n)+", re.ASCII)
# what programs write of numbers that are almost 0, or of any with all their figures; 1E2 is a code or cut short
_COMPUTED = re.compile(r".*(?:e-\d+|[.,]\d{5,}e\+\d+)", re.ASCII | re.IGNORECASE)
_PART = re.compile(r"\d+(?:[.,]\d+)?", re.ASCII)
_LETTER = re.compile(r"[NSEWO°]", re.IGNORECASE)
# latitude, longitude, height and accuracy in metres, as ODK, Kobo and their kin write a place
_GEOPOINT = re.compile(r"(-?\d{1,2}\.\d+) (-?\d{1,3}\.\d+) -?\d+(?:\.\d+)? \d+(?:\.\d+)?", re.ASCII)
_WKT = re.compile(
    # no two parts that both may take the same blanks: the time would grow with their square
    r"\s*(?:SRID=4326;\s*)?"
    r"((?:POINT|LINESTRING|POLYGON|MULTIPOINT|MULTILINESTRING|MULTIPOLYGON|GEOMETRYCOLLECTION)(?:ZM?|M)?\b.*)",
    re.IGNORECASE | re.DOTALL | re.ASCII,
)
_OTHER_KINDS = re.compile(
    r"\s*(?:SRID=\d+;\s*)?"
    r"(?:CIRCULARSTRING|COMPOUNDCURVE|CURVEPOLYGON|MULTICURVE|MULTISURFACE|POLYHEDRALSURFACE|TIN|TRIANGLE)"
    r"(?:ZM?|M)?\s*+\S",
    re.IGNORECASE | re.ASCII,
)
_SRID = re.compile(r"\s*SRID=(\d{1,9});", re.IGNORECASE | re.ASCII)
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


def read_angle(value: Plain, axis: str, sign_of_o: int = 0) -> float | None:
    """Read a longitude or latitude: a number, or degrees, minutes and seconds with the letter of a hemisphere.

    Parameters
    ----------
    value
        As it stands in the file.
    axis
        ``lon`` or ``lat``; a letter of the other axis makes the value none.
    sign_of_o
        As of `geo.intake.angles.read_angle_text`.

    Returns
    -------
    float or None
        Degrees, east and north positive; ``None`` where the value is no angle, has 60 minutes or more, or can be read
        in two ways.

    Examples
    --------
    >>> read_angle("31°16'N", "lat"), read_angle("34.25 W", "lon"), read_angle("31 16 12", "lat")
    (31.266666666666666, -34.25, 31.27)
    """
    if not isinstance(value, str):
        return read_number(value)
    text = plain_digits(value.strip())
    found = _NUMBER.fullmatch(text)
    if not found:
        return read_angle_text(text, axis, sign_of_o)
    return read_number(text) if not found[1] or _COMPUTED.fullmatch(text) else None


def read_pair(value: Plain, sign_of_o: int = 0) -> tuple[float, float] | None:
    """Read latitude and longitude from one text, latitude first unless letters say otherwise.

    Parameters
    ----------
    value
        As it stands in the file; a list of two numbers is a pair too.
    sign_of_o
        As of `geo.intake.angles.read_angle_text`.

    Returns
    -------
    tuple or None
        Longitude and latitude, degrees; ``None`` where the text is no such pair, or can be divided in two ways.

    Examples
    --------
    >>> read_pair("31.25, 34.25"), read_pair("34°15'E 31°16'N"), read_pair("Rafah, Egypt")
    ((34.25, 31.25), (34.25, 31.266666666666666), None)
    """
    if isinstance(value, list) and len(value) == 2:
        lon, lat = read_number(value[1]), read_number(value[0])
        return None if lon is None or lat is None else (lon, lat)
    if not isinstance(value, str) or len(value) > 2 * MOST_LETTERS:
        return None
    text = plain_digits(value).strip().strip("()[]")
    geopoint = _GEOPOINT.fullmatch(text)
    if geopoint:
        return float(geopoint[2]), float(geopoint[1])
    for first, second in _halves(text):
        lat, lon = read_angle(first, "lat", sign_of_o), read_angle(second, "lon", sign_of_o)
        if lat is None or lon is None:
            lat, lon = read_angle(second, "lat", sign_of_o), read_angle(first, "lon", sign_of_o)
        if lat is not None and lon is not None:
            return lon, lat
    return None


def is_geopoint(value: Plain) -> bool:
    """Tell whether a text is a place with its height and accuracy, as ODK and Kobo write it.

    Examples
    --------
    >>> is_geopoint("31.28 34.23 40.1 5"), is_geopoint("31.28 34.23"), is_geopoint("1 31.28 34.23 5")
    (True, False, False)
    """
    return isinstance(value, str) and bool(_GEOPOINT.fullmatch(value.strip()))


def is_pair(value: Plain) -> bool:
    """Tell whether a text is a latitude and a longitude with fractions, so that no pair of counts is taken for it."""
    found = read_pair(value, 1)
    if found is None or not isinstance(value, str) or abs(found[0]) > 180 or abs(found[1]) > 90:
        return False
    return bool(re.search(r"\d[.,]\d.*\d[.,]\d|[°NSEW]", plain_digits(value)))


def is_wkt(value: Plain) -> bool:
    """Tell whether a text begins as a shape in well-known text does; the name of a kind of shape alone is a word.

    Examples
    --------
    >>> is_wkt("POINT (34.25 31.25)"), is_wkt("PointZ (34.25 31.25 5)"), is_wkt("point")
    (True, True, False)
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


def why_no_wkt(text: str) -> tuple[str, str]:
    """Tell why a text is not read as well-known text, and what to do, as sentences without their full stops.

    Examples
    --------
    >>> why_no_wkt("SRID=32636;POINT (620000 3460000)")[0]
    'It states the reference system EPSG:32636, and well-known text is read in degrees'
    """
    if _OTHER_KINDS.match(text):
        return "Curves and surfaces in space are not read from well-known text", "Save it as lines or polygons"
    srid = _SRID.match(text)
    if srid and srid[1] != "4326":
        reason = f"It states the reference system EPSG:{srid[1]}, and well-known text is read in degrees"
        return reason, "Convert it to longitude and latitude on WGS 84"
    return "It is to be well-known text, such as POINT (34.25 31.25)", "Correct it"


def show_place(x: float, y: float) -> str:
    """Write a place as two numbers, x (longitude) before y (latitude).

    Examples
    --------
    >>> show_place(34.25, 3460000.5)
    '34.25, 3460000.5'
    """
    return f"{text_of(round(x, 7))}, {text_of(round(y, 7))}"


def _halves(text: str) -> list[tuple[str, str]]:
    """Divide a text in two at a comma, semicolon or bar, else at the blanks: where letters tell, or in the middle."""
    for sign in (";", "|", "/", ",", ", "):
        if text.count(sign) == 1:
            first, _, second = text.partition(sign)
            return [(first, second)]
    words = text.split()
    cuts = [(" ".join(words[:cut]), " ".join(words[cut:])) for cut in range(1, min(len(words), 9))]
    return [(first, second) for first, second in cuts if _are_alike(first, second)]


def _are_alike(first: str, second: str) -> bool:
    """Tell whether two texts have as many numbers each, or a letter each."""
    if _LETTER.search(first) and _LETTER.search(second):
        return True
    return len(_PART.findall(first)) == len(_PART.findall(second))
