"""Files of readers' own, loaded without the process apart that reads them in earnest."""

from __future__ import annotations

import csv
from typing import Any

from geo.intake.limits import Limits
from geo.intake.loading import Intake, load
from geo.intake.reading.upload import read_upload

_USUAL_FIELD = 131_072


def load_here(content: str | bytes, name: str = "road blocks.csv", **choices: Any) -> Intake:
    """Read and load a file in this process, by choices as of `geo.intake.loading.load`."""
    data = content.encode() if isinstance(content, str) else content
    try:
        parsed = read_upload(data, name, Limits())
    finally:
        # the process apart sets it for itself alone
        csv.field_size_limit(_USUAL_FIELD)
    intake = load(parsed, name, **choices)
    report = intake.report
    assert report.rows_in == report.drawn + report.listed, "each row is drawn or listed"
    return intake
