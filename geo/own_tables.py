"""Tables that readers bring: what they say of them, and the themes that each adds to the map."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class OwnTable:
    """One table among the events, as its reader tells of it.

    Parameters
    ----------
    title
        Name of the table, shown beside its events.
    licence
        Under which its reader has it, in their words; empty where they state none.
    colour
        Ink of its themes, ``#rrggbb`` (`geo.colours.check_colour`); empty takes the next safe ones in turn.
    source
        Who made it, in the reader's words; empty where they state none.
    themes
        By slug, the name of each theme that it brings, in the order of the legend.
    turn
        Number of its first theme among those of tables whose order may change: their looks are given by it, and stay.
        ``None`` counts them through in the order of the tables.
    slug
        What ids begin with that tables before it have too; empty takes the title's, which may change.
    """

    title: str
    licence: str = ""
    colour: str = ""
    source: str = ""
    themes: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    turn: int | None = None
    slug: str = ""

    @property
    def credit(self) -> str:
        """Title, source and licence in one line.

        Examples
        --------
        >>> OwnTable("Road blocks 2015", licence="CC BY 4.0", source="A. Reader").credit
        'Road blocks 2015. A. Reader. Licence: CC BY 4.0'
        """
        source = self.source if self.source != self.title else ""
        licence = f"Licence: {self.licence}" if self.licence else ""
        return ". ".join(part for part in (self.title, source, licence) if part)
