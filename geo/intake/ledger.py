"""What was not taken from a file, and what was changed in it: one entry each, for a person to act on."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Refusal:
    """A row that is listed and not drawn.

    Parameters
    ----------
    file
        Name of the file as its owner calls it.
    layer
        Name of the layer, sheet or folder; empty where the file has one without a name.
    row
        Number of the row in its layer, from 1 as a person counts; 0 where the fault is of no single row.
    field
        Column at fault; ``geometry`` for the shape; empty where the whole row is.
    value
        What stood there, shortened for showing.
    reason
        The rule that it breaks, as a sentence.
    remedy
        What to do, as a sentence.
    """

    file: str
    layer: str
    row: int
    field: str
    value: str
    reason: str
    remedy: str


@dataclass(frozen=True, slots=True)
class Change:
    """A value that was changed; parameters as of `Refusal`, with what stood there and what stands there now."""

    file: str
    layer: str
    row: int
    field: str
    old: str
    new: str
    reason: str
