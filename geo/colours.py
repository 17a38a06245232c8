"""Colours that readers choose for their own data: written one way, and seen on the map's grounds."""

from __future__ import annotations

import re

from geo.errors import InputError, Problem
from geo.wording import show_value

LIGHT_GROUNDS = ("#f6f2ea", "#dde8ef")
DARK_GROUNDS = ("#20262c", "#141a20")
"""Land and sea of the map, light and dark, as its style sheet has them."""

SAFE_COLOURS = ("#0072b2", "#b34d00", "#00795a", "#a3478a", "#7a6a00", "#4a4a4a")
"""Colours that stay apart for colour-blind readers: after Okabe and Ito (2008), darkened to 3:1 on the light ground."""

_LEAST_CONTRAST = 3.0
_LEAST_OF_LETTERS = 4.5
_STEPS = 20


def check_colour(text: str) -> str:
    """Check a colour that a reader chooses, and return it in lower case.

    Parameters
    ----------
    text
        ``#rrggbb``.

    Raises
    ------
    InputError
        If it is written otherwise, or stands out from the light ground by less than 3:1 (WCAG 2.2, 1.4.11).

    Examples
    --------
    >>> check_colour("#0072B2")
    '#0072b2'
    """
    colour = text.strip().lower()
    known = f"Choose for example {', '.join(SAFE_COLOURS)}."
    if not re.fullmatch(r"#[0-9a-f]{6}", colour):
        message = f"Invalid colour '{show_value(text)}'. It is # and six hexadecimal digits. {known}"
        raise InputError([Problem("colour", message)])
    ratio = min(contrast(colour, ground) for ground in LIGHT_GROUNDS)
    if ratio < _LEAST_CONTRAST:
        message = f"Invalid colour '{colour}'. It stands out from the map by {ratio:.1f}:1, and needs 3:1. {known}"
        raise InputError([Problem("colour", message)])
    return colour


def lighten(colour: str) -> str:
    """Mix a colour with as much white as it needs to stand out from the dark grounds by 3:1.

    Examples
    --------
    >>> lighten("#cc79a7"), lighten("#000000")
    ('#cc79a7', '#737373')
    """
    return _mix_until(colour, 255, DARK_GROUNDS, _LEAST_CONTRAST)


def make_legible(colour: str, *, is_dark: bool) -> str:
    """Mix a colour with as much black, or white on the dark grounds, as letters in it need: 4.5:1 (WCAG 2.2, 1.4.3).

    Parameters
    ----------
    colour
        ``#rrggbb``.
    is_dark
        Whether the letters stand on the dark grounds.

    Examples
    --------
    >>> make_legible("#1f2d3a", is_dark=False), make_legible("#a87300", is_dark=False)
    ('#1f2d3a', '#865c00')
    """
    return _mix_until(colour, 255 if is_dark else 0, DARK_GROUNDS if is_dark else LIGHT_GROUNDS, _LEAST_OF_LETTERS)


def _mix_until(colour: str, towards: int, grounds: tuple[str, ...], least: float) -> str:
    mixes = (_mix(colour, towards, step / _STEPS) for step in range(_STEPS + 1))
    # black or white itself at the farthest, which stands out from each of the grounds
    return next(mixed for mixed in mixes if min(contrast(mixed, ground) for ground in grounds) >= least)


def _mix(colour: str, towards: int, share: float) -> str:
    return "#" + "".join(f"{round(part + (towards - part) * share):02x}" for part in _parts(colour))


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours ``#rrggbb``, 1 to 21.

    References
    ----------
    WCAG 2.2, "contrast ratio" and "relative luminance".
    """
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    red, green, blue = (
        part / 255 / 12.92 if part / 255 <= 0.04045 else ((part / 255 + 0.055) / 1.055) ** 2.4
        for part in _parts(colour)
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _parts(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)
