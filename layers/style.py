"""The map's symbology as plain data: ink, glyph and hatch of each theme."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from geo.colours import SAFE_COLOURS, lighten
from geo.model import Theme
from geo.own_tables import OwnTable


class Glyph(StrEnum):
    """The small mark that tells a theme without colour."""

    DOT = "dot"
    DIAMOND = "diamond"
    SQUARE = "square"
    RING = "ring"
    CROSS = "cross"
    TRIANGLE = "triangle"
    LINE = "line"
    ARROW = "arrow"


class Hatch(StrEnum):
    """The fill that tells a theme's areas without colour."""

    NONE = "none"
    RISING = "rising"
    FALLING = "falling"
    DOTS = "dots"
    LEVEL = "level"
    UPRIGHT = "upright"
    CROSSED = "crossed"


@dataclass(frozen=True, slots=True)
class ThemeStyle:
    """How a theme is drawn and named.

    Parameters
    ----------
    key
        The theme's slug.
    label
        Its name by language code.
    light, dark
        Ink on light and on dark ground, ``#rrggbb``; at least 3:1 against land and sea of that ground.
    glyph, hatch
        Mark of its points, fill of its schematic areas.
    credit
        Title, source and licence of the reader's own table that brings it; empty for the atlas's own.
    has_heads
        Whether its lines are ways that lead somewhere, with an open head at their ends.
    """

    key: str
    label: MappingProxyType[str, str]
    light: str
    dark: str
    glyph: Glyph
    hatch: Hatch
    credit: str = ""
    has_heads: bool = False


def _style(
    theme: Theme,
    english: str,
    arabic: str,
    inks: tuple[str, str],
    marks: tuple[Glyph, Hatch],
    *,
    has_heads: bool = False,
) -> ThemeStyle:
    label = MappingProxyType({"en": english, "ar": arabic})
    return ThemeStyle(theme.value, label, *inks, *marks, has_heads=has_heads)


_ATLAS_STYLES = {
    style.key: style
    for style in (
        _style(Theme.PLACES, "Places", "أماكن", ("#1f2d3a", "#e8edf2"), (Glyph.DOT, Hatch.NONE)),
        _style(
            Theme.BORDER, "Border and corridor", "الحدود والمحور", ("#9b1c31", "#f0788a"), (Glyph.LINE, Hatch.LEVEL)
        ),
        _style(Theme.TUNNELS, "Tunnels", "الأنفاق", ("#7a4a12", "#d9a066"), (Glyph.TRIANGLE, Hatch.RISING)),
        _style(Theme.BUFFER_ZONE, "Buffer zone", "المنطقة العازلة", ("#a87300", "#f2c14e"), (Glyph.DOT, Hatch.DOTS)),
        _style(
            Theme.DRONES,
            "Drones",
            "الطائرات المسيّرة",
            ("#0067b1", "#6db8f2"),
            (Glyph.RING, Hatch.NONE),
            has_heads=True,
        ),
        _style(Theme.EVENTS, "Events", "أحداث", ("#d4460b", "#ff8f5a"), (Glyph.DIAMOND, Hatch.CROSSED)),
        _style(Theme.FLOWS, "Flows", "تدفقات", ("#00786a", "#4fd1b8"), (Glyph.ARROW, Hatch.NONE)),
        _style(Theme.OPERATIONS, "Operations", "عمليات", ("#5b3fa0", "#b39df2"), (Glyph.SQUARE, Hatch.FALLING)),
        _style(Theme.ACTORS, "Actors", "أطراف", ("#b0478f", "#ee94cf"), (Glyph.RING, Hatch.UPRIGHT)),
        _style(Theme.CONTEXT, "Context", "سياق", ("#6b7280", "#9aa4b0"), (Glyph.CROSS, Hatch.NONE)),
    )
}

# as the safe colours, shifted to 3:1 on the dark grounds
_DARK_INKS = ("#56b4e9", "#e69f00", "#2fc79a", "#cc79a7", "#f0e442", "#c4c4c4")
_GUEST_INKS = tuple(zip(SAFE_COLOURS, _DARK_INKS, strict=True))
_GUEST_GLYPHS = (Glyph.DOT, Glyph.DIAMOND, Glyph.SQUARE, Glyph.TRIANGLE, Glyph.RING, Glyph.CROSS)
_GUEST_HATCHES = (Hatch.RISING, Hatch.FALLING, Hatch.LEVEL, Hatch.UPRIGHT, Hatch.CROSSED, Hatch.DOTS)


def theme_styles(present: Iterable[str], tables: Sequence[OwnTable] = ()) -> tuple[ThemeStyle, ...]:
    """Return the styles of the atlas's themes, then one for each theme that readers' own data bring.

    Parameters
    ----------
    present
        Theme slugs that occur in the data; those the atlas does not know get inks and marks in turn.
    tables
        What readers tell of their tables: names and colours of their themes, in the order of the legend. A theme of
        theirs looks the same whether or not the others are present.
    """
    wanted = set(present)
    told = {key: (table, label) for table in reversed(tables) for key, label in table.themes.items()}
    named = [key for table in tables for key in table.themes if key not in _ATLAS_STYLES]
    guests = [*dict.fromkeys(named), *sorted(wanted - _ATLAS_STYLES.keys() - set(named))]
    turns = _find_turns(guests, tables)
    return (
        *_ATLAS_STYLES.values(),
        *(_guest_style(key, turns[key], *told.get(key, (None, ""))) for key in guests if key in wanted),
    )


def _find_turns(guests: Sequence[str], tables: Sequence[OwnTable]) -> dict[str, int]:
    """Give each theme of readers its number: those of tables that keep their turn follow the others."""
    kept = {
        key: table.turn + place
        for table in reversed(tables)
        if table.turn is not None
        for place, key in enumerate(table.themes)
    }
    counted = [key for key in guests if key not in kept]
    return {key: place for place, key in enumerate(counted)} | {key: len(counted) + kept[key] for key in kept}


def _guest_style(key: str, turn: int, table: OwnTable | None, label: str) -> ThemeStyle:
    name = label or key.replace("-", " ").capitalize()
    step = turn % len(_GUEST_INKS)
    colour = table.colour if table else ""
    return ThemeStyle(
        key,
        MappingProxyType({"en": name, "ar": name}),
        *((colour, lighten(colour)) if colour else _GUEST_INKS[step]),
        _GUEST_GLYPHS[(turn + turn // len(_GUEST_INKS)) % len(_GUEST_GLYPHS)],
        _GUEST_HATCHES[step],
        table.credit if table else "",
    )
