"""What a test asks of a table that was brought."""

from __future__ import annotations

from geo.events import EventTable
from geo.intake.loading import Intake


def events_of(intake: Intake) -> EventTable:
    assert intake.dataset.events is not None
    return intake.dataset.events


def column(intake: Intake, name: str) -> list[str]:
    return [str(value) for value in events_of(intake).columns[name].tolist()]


def places(intake: Intake) -> list[tuple[float, float] | None]:
    return [None if shape is None else (shape.x, shape.y) for shape in events_of(intake).geometries]
