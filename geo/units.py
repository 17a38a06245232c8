"""The units that a measure may have: lengths by their short names, times, money, and things counted by their names."""

from __future__ import annotations

from types import MappingProxyType

METRES_PER_UNIT = MappingProxyType({"m": 1.0, "km": 1000.0, "yd": 0.9144, "ft": 0.3048, "mi": 1609.344, "nmi": 1852.0})
"""Lengths. International yard and pound agreement, 1959; nautical mile: International Hydrographic Conference, 1929."""

DAYS_PER_UNIT = MappingProxyType(
    {"minutes": 1 / 1440, "hours": 1 / 24, "days": 1.0, "weeks": 7.0, "months": 365.2425 / 12, "years": 365.2425}
)
"""Times. Months and years are the means of the Gregorian calendar: 146,097 days in 400 years (ISO 8601-1:2019)."""

TIMES = tuple(DAYS_PER_UNIT)
MONEY = ("dollars", "dollars per month")
COUNTED = (
    "people",
    "fighters",
    "militants",
    "operatives",
    "commanders",
    "soldiers",
    "police officers",
    "civilians",
    "members",
    "defectors",
    "prisoners",
    "families",
    "homes",
    "buildings",
    "tunnels",
    "attacks",
    "rockets",
    "missiles",
    "drones",
    "bombs",
    "boats",
    "vehicles",
    "checkpoints",
    "groups",
    "letters",
    "countries",
    "meetings",
    "times",
    "tons",
    "shots",
    "percent",
)

UNITS = frozenset((*METRES_PER_UNIT, *TIMES, *MONEY, *COUNTED))
"""Every unit that the data may use."""
