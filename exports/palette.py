"""Colours of a drawing: the page's light and dark grounds, and one for printers without colour."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from exports.letter_sizes import PAPER_SIZES, LetterSizes
from exports.options import Style
from geo.colours import make_legible
from geo.own_files import damaged, read_own_text
from geo.view import Appearance
from layers.elements import ASSETS
from layers.style import ThemeStyle

_GREY_PAPER = {
    "land": "#ffffff",
    "sea": "#e6e6e6",
    "boundary": "#9a9a9a",
    "graticule": "#c9c9c9",
    "graticule-text": "#555555",
    "text": "#111111",
    "quiet-text": "#4a4a4a",
    "water-text": "#555555",
    "halo": "#ffffff",
    "paper": "#ffffff",
    "rule": "#b0b0b0",
    "accent": "#111111",
    "link": "#111111",
    "focus": "#000000",
}
# 3:1 against white and against the grey of the sea
_DARKEST, _LIGHTEST = 16, 112


@dataclass(frozen=True, slots=True)
class Palette:
    """What a page is drawn and written with: colours by their names on the page, each ``#rrggbb``, inks, sizes.

    Parameters
    ----------
    style
        Which ground it is.
    colours
        Named as the variables of the page's style sheet.
    letters
        Sizes of what is written.
    """

    style: Style
    colours: Mapping[str, str]
    letters: LetterSizes = PAPER_SIZES

    def __getitem__(self, name: str) -> str:
        """Return the colour of that name."""
        return self.colours[name]

    def ink(self, theme: ThemeStyle) -> str:
        """Return a theme's ink on this ground."""
        if self.style is Style.DARK:
            return theme.dark
        return theme.light if self.style is Style.LIGHT else to_grey(theme.light)

    def name_ink(self, theme: ThemeStyle) -> str:
        """Return what the names of a theme's marks are written in on this ground."""
        if self.style is Style.DARK:
            return make_legible(theme.dark, is_dark=True)
        ink = make_legible(theme.light, is_dark=False)
        return ink if self.style is Style.LIGHT else to_grey(ink)


def choose_palette(style: Style | str | None, appearance: Appearance) -> Palette:
    """Choose the colours of a drawing.

    Parameters
    ----------
    style
        Light, dark or grey; ``None`` follows the view's appearance, light where that follows the reader's system.
    appearance
        Of the view.
    """
    if style is None:
        style = Style.DARK if appearance is Appearance.DARK else Style.LIGHT
    style = Style(style)
    return Palette(style, _GREY_PAPER if style is Style.GREY else _read_page_colours()[style])


def to_grey(colour: str) -> str:
    """Turn an ink into a grey that prints: as light as the ink is to the eye, within what still stands out.

    References
    ----------
    ITU-R BT.709-6: luma weights.
    """
    red, green, blue = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    level = round(0.2126 * red + 0.7152 * green + 0.0722 * blue)
    return "#" + f"{min(max(level, _DARKEST), _LIGHTEST):02x}" * 3


@cache
def _read_page_colours() -> dict[Style, dict[str, str]]:
    """Read the variables of the page's style sheet, so that page and files have one set of colours."""
    text = read_own_text(ASSETS / "page.css")
    blocks = [_variables(block) for block in re.findall(r":root[^{]*\{([^}]*)\}", text)]
    grounds = [block for block in blocks if "land" in block]
    if len(grounds) != 2:
        raise damaged(ASSETS / "page.css")
    light, dark = grounds
    return {Style.LIGHT: light, Style.DARK: light | dark}


def _variables(block: str) -> dict[str, str]:
    """Collect the colours of a style sheet's block; one that lets the ground through is mixed with it."""
    found = dict(re.findall(r"--([\w-]+):\s*([^;]+);", block))
    colours = {name: value for name, value in found.items() if re.fullmatch(r"#[0-9a-f]{6}", value)}
    for name, value in found.items():
        parts = re.fullmatch(r"rgba\((\d+), (\d+), (\d+), ([\d.]+)\)", value)
        if parts and name != "shadow":
            red, green, blue, alpha = (float(part) for part in parts.groups())
            colours[name] = mix((red, green, blue), colours["land"], alpha)
    return colours


def mix(colour: tuple[float, float, float], ground: str, alpha: float) -> str:
    """Lay a colour (0 to 255 each) over a ground ``#rrggbb``, and return what is seen."""
    seen = (alpha * part + (1 - alpha) * int(ground[i : i + 2], 16) for part, i in zip(colour, (1, 3, 5), strict=True))
    return "#" + "".join(f"{round(part):02x}" for part in seen)
