"""Reports of what changed between two versions of the data."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from types import MappingProxyType

from geo.changes import Change, ChangeKind
from geo.wording import escape_controls, show_value


def format_text(changes: Sequence[Change]) -> str:
    """Tell the changes, one a line, and at the end how many of each kind there are.

    Parameters
    ----------
    changes
        In the order in which they are told.
    """
    lines = [_line(change) for change in changes]
    counts = Counter(change.kind for change in changes)
    told = ", ".join(f"{counts[kind]} {kind.value}" for kind in ChangeKind if counts[kind])
    return "\n".join([*lines, f"{len(changes)} changes: {told}" if changes else "Nothing changed."])


def format_json(changes: Sequence[Change]) -> str:
    """Write the changes as a JSON array.

    Parameters
    ----------
    changes
        In the order in which they are written.
    """
    return json.dumps([asdict(change) for change in changes], ensure_ascii=False, indent=2)


def _line(change: Change) -> str:
    subject = escape_controls(f"{change.kind.value:<16}  {change.noun} {change.identity}")
    if change.kind is ChangeKind.REDRAWN:
        # positions are told by the map, not by a line
        return f"{subject}: {_shape(change.before)} → {_shape(change.after)}"
    if not change.field:
        return f"{subject}: {show_value(change.after if change.kind is ChangeKind.ADDED else change.before)}"
    return f"{subject}: {change.field}: {show_value(change.before)} → {show_value(change.after)}"


def _shape(geometry: Mapping[str, object] | None) -> str:
    return "no shape" if geometry is None else str(geometry["type"])


REPORTS: Mapping[str, Callable[[Sequence[Change]], str]] = MappingProxyType({"text": format_text, "json": format_json})
"""Reports by the name of their form."""
