"""UTM zones in a column of their own, beside numbers in metres."""

from __future__ import annotations

import re
from collections.abc import Sequence

from geo.intake.column_names import fold_name
from geo.intake.rows import RawLayer
from geo.intake.texts import texts_of

_SURE = frozenset(
    {"utmzone", "zoneutm", "utmzonenumber", "utmzoneno", "gridzone", "mgrszone", "utmgridzone", "zonautm"}
)
_LIKELY = frozenset({"zone", "zona", "fuseau", "huso", "zonenumber", "zoneno", "\u0627\u0644\u0646\u0637\u0627\u0642"})
_ZONE = re.compile(r"(?:UTM|WGS\s?84|ZONE|/|\s)*(\d{1,2})\s?([C-HJ-NP-X]|NORTH|SOUTH)?", re.ASCII | re.IGNORECASE)
_CODE = re.compile(r"(?:EPSG:)?32([67])(\d\d)", re.ASCII | re.IGNORECASE)
_MOST_LETTERS = 30
_MOST_ZONE = 60


def read_zone(text: str) -> tuple[int, frozenset[str]] | None:
    """Read a UTM zone: its number, and on which sides of the equator it may lie, ``N`` and ``S``.

    Examples
    --------
    >>> read_zone("36R") == (36, {"N"}), read_zone("UTM zone 36 S") == (36, {"N", "S"}), read_zone("middle") is None
    (True, True, True)
    """
    plain = text.strip()
    code = _CODE.fullmatch(plain)
    if code:
        return int(code[2]), frozenset("N" if code[1] == "6" else "S")
    found = _ZONE.fullmatch(plain) if len(plain) <= _MOST_LETTERS else None
    if not found or not 1 <= int(found[1]) <= _MOST_ZONE:
        return None
    return int(found[1]), _sides((found[2] or "").upper())


def find_zones(layer: RawLayer) -> dict[int, str]:
    """Find the text of the UTM zone of each row that tells one; none where no column is of zones.

    A column that is called only zone counts where a letter stands with each number, or a zone is that of the region: it
    may be of districts.
    """
    for name in layer.fields:
        folded = fold_name(name)
        if folded in _SURE or folded in _LIKELY:
            texts = texts_of(layer.column(name))
            zones = {text: read_zone(text) for text in set(texts)}
            if folded in _SURE or _are_zones([text for text in zones if text]):
                return {row: text for row, text in enumerate(texts) if zones[text]}
    return {}


def is_in_zone(text: str, utm_zone: str) -> bool:
    """Tell whether what a row says is a zone as PROJ writes it; S may be the south, or a band of the north.

    Examples
    --------
    >>> is_in_zone("36R", "36N"), is_in_zone("36S", "36N"), is_in_zone("37R", "36N")
    (True, True, False)
    """
    zone = read_zone(text)
    return zone is None or (zone[0] == int(utm_zone[:-1]) and utm_zone[-1] in zone[1])


def _sides(letter: str) -> frozenset[str]:
    if letter in ("", "S"):
        return frozenset("NS")
    return frozenset("S") if letter == "SOUTH" or (len(letter) == 1 and letter < "N") else frozenset("N")


def _are_zones(texts: Sequence[str]) -> bool:
    return bool(texts) and (
        any(is_in_zone(text, "36N") and read_zone(text) for text in texts)
        or all(read_zone(text) and not text.isdecimal() for text in texts)
    )
