"""The ground that a view without an extent shows."""

from __future__ import annotations

from geo.model import Extent

CORRIDOR = Extent(west=33.72, south=31.03, east=34.55, north=31.56)
"""El Arish to Gaza City, degrees."""
