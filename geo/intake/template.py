"""A table to fill in, and one that is filled in as an example."""

from __future__ import annotations

from geo.dataset import PACKAGED_DATA
from geo.events import REQUIRED

EXAMPLE = PACKAGED_DATA / "examples" / "events.csv"
"""A table of invented events, as an example of the columns."""


def render_template() -> bytes:
    """Write an empty CSV with the columns of a table of events, in UTF-8 that spreadsheets know by its mark."""
    return ("\ufeff" + ",".join((*REQUIRED, "lon", "lat")) + "\r\n").encode()
