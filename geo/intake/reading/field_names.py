"""Names of fields told apart, where a file gives one to several columns."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import count

from geo.intake.reading.gathering import GatheredLayer


def name_fields(written: Sequence[str], layer: GatheredLayer) -> list[str]:
    """Give each column a name of its own; what had to be named otherwise is listed.

    Parameters
    ----------
    written
        Names in the order of the columns, as they stand in the file.
    layer
        Takes the fields and the changes.

    Raises
    ------
    InputError
        If there are more columns than the limit.
    """
    names: dict[str, None] = {}
    taken = set(written)
    for place, text in enumerate(written, start=1):
        name = text or f"column {place}"
        if name in names or (not text and name in taken):
            name = next(each for number in count(2) if (each := f"{name} ({number})") not in taken)
        if name != text:
            reason = "A name of a column is given once" if text else "A column without a name is numbered"
            layer.change(0, name, text, name, reason)
        names[name] = None
        taken.add(name)
    layer.add_fields(list(names))
    return list(names)
