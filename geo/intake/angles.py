"""Angles as people write them: degrees, minutes and seconds with a letter, and what the letter O says."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from geo.intake.column_names import O_IN_NAMES, fold_name

MOST_LETTERS = 60
"""Letters of the longest text that is looked at."""

AXIS_LETTERS = {"lon": "EWO", "lat": "NS"}
"""By axis, the letters of its hemispheres."""

_SIGNS = {"": 1, "N": 1, "E": 1, "S": -1, "W": -1}
# a degree sign that was lost in a wrong encoding is one still: a replacement character, or Â before it
# a mark or a blank stands between two parts; S after the last is the south, but a mark where a letter follows
_ANGLE = re.compile(
    r"""([NSEWO])?\s*([+-])?\s*
        (\d{1,3}(?:[.,]\d+)?)(?:\s*(Â?°|Â?º|˚|\uFFFD|deg|d|:)\s*|\s+|(?=[NSEWO]?$))
        (?:(\d{1,2}(?:[.,]\d+)?)(?:\s*('|′|’|‘|`|´|min|m|:)\s*|\s+|(?=[NSEWO]?$)))?
        (?:(\d{1,2}(?:[.,]\d+)?)(?:\s*(''|′′|’’|"|″|”|“|sec|s(?=\s*[NSEWO]$))\s*|\s*))?
        ([NSEWO])?""",
    re.VERBOSE | re.IGNORECASE | re.ASCII,
)
# as aviation writes them, without marks: two figures for degrees of latitude, three of longitude, two for each part
_COMPACT = {
    "lat": re.compile(r"(\d\d)(\d\d)(\d\d)?(\.\d+)?", re.ASCII),
    "lon": re.compile(r"(\d{3})(\d\d)(\d\d)?(\.\d+)?", re.ASCII),
}
_DEGREE_MARKS = frozenset(("°", "º", "˚", "Â°", "Âº", "\ufffd"))
_UNITS = re.compile("deg|min|sec", re.IGNORECASE)


def parse_angle(text: str) -> tuple[float, str] | None:
    """Read an angle that is more than a number: degrees, signed where a sign stands before them, and the letter.

    Parameters
    ----------
    text
        In digits 0 to 9, without blanks around.

    Returns
    -------
    tuple or None
        Degrees, without what the letter says, and the letter in upper case, empty where there is none; ``None`` where
        the text is no angle, or can be read in two ways.

    Examples
    --------
    >>> parse_angle("33 51 36 S"), parse_angle("-33:51:36"), parse_angle("0430N"), parse_angle("0430")
    ((33.86, 'S'), (-33.86, ''), (4.5, 'N'), None)
    """
    if len(text) > MOST_LETTERS:
        return None
    found = _ANGLE.fullmatch(text)
    if not found:
        return _parse_compact(text)
    before, sign, first, mark, second, second_mark, third, third_mark, after = found.groups()
    if (before and after) or (sign and (before or after)):
        return None
    if not (before or after or second or mark in _DEGREE_MARKS):
        return None
    if third and not third_mark and after in ("s", "S") and second_mark:
        if second_mark == "m" and after == "s":
            after = None  # 33d51m36s: a mark, as those before it
        elif after == "s" or second_mark in ("m", "M"):
            return None
    degrees = float(first.replace(",", "."))
    minutes = float(second.replace(",", ".")) if second else 0.0
    seconds = float(third.replace(",", ".")) if third else 0.0
    if minutes >= 60 or seconds >= 60:
        return None
    if (second and not degrees.is_integer()) or (third and not minutes.is_integer()):
        return None
    size = degrees + minutes / 60 + seconds / 3600
    return -size if sign == "-" else size, (before or after or "").upper()


def read_angle_text(text: str, axis: str, sign_of_o: int = 0) -> float | None:
    """Read an angle on one axis, degrees, east and north positive.

    Parameters
    ----------
    text
        As of `parse_angle`.
    axis
        ``lon`` or ``lat``; a letter of the other axis makes the text none.
    sign_of_o
        What O says: 1 the east, -1 the west, 0 that is not known, so that a text with it is none.
    """
    parsed = parse_angle(text)
    if parsed is None:
        return None
    size, letter = parsed
    if letter and letter not in AXIS_LETTERS[axis]:
        return None
    if letter == "O":
        return sign_of_o * size if sign_of_o else None
    return _SIGNS[letter] * size


def find_sign_of_o(texts: Iterable[str], column: str, are_read: Callable[[str], bool]) -> int:
    """Find what O says in a column: the east in German, the west in French, Italian, Portuguese and Spanish.

    Parameters
    ----------
    texts
        Of the column.
    column
        Its name, which may be in one of the languages.
    are_read
        Tells whether a text is an angle if O is a hemisphere; letters of others do not count.

    Returns
    -------
    int
        1 for the east, where W stands for the other side; -1 for the west, where E does; 0 where nothing tells.
    """
    letters = {sign for text in texts if are_read(text) for sign in _UNITS.sub("", text).upper() if sign in "EWO"}
    if "O" not in letters:
        return 0
    if len(letters) == 2:
        return 1 if "W" in letters else -1
    return O_IN_NAMES.get(fold_name(column), 0) if len(letters) == 1 else 0


def _parse_compact(text: str) -> tuple[float, str] | None:
    upper = text.upper()
    letter = upper[:1] if upper[:1] in "NSEWO" else upper[-1:]
    if letter not in ("N", "S", "E", "W", "O"):
        return None
    figures = upper[1:] if upper.startswith(letter) else upper[:-1]
    found = _COMPACT["lat" if letter in "NS" else "lon"].fullmatch(figures.strip())
    if not found:
        return None
    degrees, minutes, seconds, fraction = found.groups()
    last = float(f"{seconds or minutes}{fraction or ''}")
    parts = (float(minutes), last) if seconds else (last, 0.0)
    if max(parts) >= 60:
        return None
    return float(degrees) + parts[0] / 60 + parts[1] / 3600, letter
