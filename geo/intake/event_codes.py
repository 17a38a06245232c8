"""What codes of kinds of events mean, in words."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

CAMEO_ROOTS = (
    *("make a public statement", "appeal", "express the intent to cooperate", "consult"),
    *("engage in diplomatic cooperation", "engage in material cooperation", "provide aid", "yield", "investigate"),
    *("demand", "disapprove", "reject", "threaten", "protest", "exhibit force", "reduce relations", "coerce"),
    *("assault", "fight", "use unconventional mass violence"),
)
"""What one actor does to the other, by the root codes of CAMEO from 01 on."""

_CODES = (
    *(f"{root:02}{rest}" for root in range(1, len(CAMEO_ROOTS) + 1) for rest in ("", *range(10))),
    *(f"{root:02}{rest:02}" for root in range(1, len(CAMEO_ROOTS) + 1) for rest in range(100)),
)
CAMEO: Mapping[str, str] = MappingProxyType({code: CAMEO_ROOTS[int(code[:2]) - 1] for code in _CODES})
"""By codes of two to four digits, of which the first two are the root."""

SCAD_TYPES: Mapping[str, str] = MappingProxyType(
    {
        "1": "Organized demonstration",
        "2": "Spontaneous demonstration",
        "3": "Organized violent riot",
        "4": "Spontaneous violent riot",
        "5": "General strike",
        "6": "Limited strike",
        "7": "Pro-government violence (repression)",
        "8": "Anti-government violence",
        "9": "Extra-government violence",
        "10": "Intra-government violence",
        "-9": "Armed conflict, coded elsewhere",
    }
)
"""What happened, by the codes of SCAD."""
