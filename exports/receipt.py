"""What an exported file holds, what was left out and why, from which data, under which licences."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from exports.cleaning import drop_controls
from exports.options import ExportOptions
from exports.writing import write_atomically
from geo.dataset import Dataset
from geo.errors import InputError, Problem
from geo.model import Extent
from geo.selection import Selection, select
from geo.tours import find_tour, step_views
from geo.view import View
from geo.wording import show_value

LICENCES = (
    {
        "part": "Country outlines and the Egypt–Gaza border, and shapes derived from them",
        "licence": "ODbL-1.0",
        "attribution": "© OpenStreetMap contributors",
    },
    {"part": "Positions of towns", "licence": "CC-BY-4.0", "attribution": "GeoNames"},
    {"part": "Governorates and the wider frame", "licence": "public domain", "attribution": "Made with Natural Earth"},
    {
        "part": "Claims in the atlas's words, and their citations",
        "licence": "CC-BY-4.0",
        "attribution": "Corridor Atlas; each claim after its cited source",
    },
)
"""Terms of the parts of the data, each with the words that its licence asks for."""


def build_receipt(dataset: Dataset, view: View, selection: Selection) -> dict[str, Any]:
    """Account for a file made of what a view shows.

    Parameters
    ----------
    dataset
        What was chosen from.
    view
        What was asked for.
    selection
        What the view shows of the dataset.
    """
    # an event of a reader's own is one claim
    claims_total = sum(len(feature.claims) for feature in dataset.features) + len(dataset.events or ())
    claims_shown = sum(len(claims) for claims in selection.claims.values()) + len(selection.events)
    return {
        "view": view.to_query(),
        "features": {"shown": selection.shown, "total": selection.total},
        "claims": {"shown": claims_shown, "total": claims_total},
        "hidden": {str(reason): count for reason, count in selection.hidden.items()},
        "data": {"version": dataset.version, "sha256": dataset.sha256},
        "licences": list_licences(dataset, selection),
        "made": read_day().isoformat(),
    }


def account_for_frame(extent: Extent, drawn: int, shown: int, unplaced: int) -> dict[str, Any]:
    """Account for a drawing's frame.

    Parameters
    ----------
    extent
        Ground that it was fitted to, degrees.
    drawn, shown, unplaced
        Number of marks in the frame; of features and events that the view shows; of those of them without a shape.
    """
    return {
        "frame": [round(side, 4) for side in extent.bounds],
        "in frame": drawn,
        "outside": shown - unplaced - drawn,
        "without a place": unplaced,
    }


def account_for_words(options: ExportOptions) -> dict[str, Any]:
    """Mark what of a file is in the words of who made it, and not the atlas's."""
    subtitle = drop_controls(options.subtitle)
    return {"words of the maker": {"subtitle": subtitle}} if subtitle else {}


def list_licences(dataset: Dataset, selection: Selection | None = None) -> list[dict[str, str]]:
    """List the terms of the parts of the data, those of readers' own tables after the atlas's.

    Parameters
    ----------
    dataset
        Whose tables are told.
    selection
        What is shown of it: a table of which nothing is shown is left out; ``None`` tells all.
    """
    events = dataset.events
    shown = set(events.columns["theme"][selection.events].tolist()) if events is not None and selection else None
    return [
        *(dict(licence) for licence in LICENCES),
        *(
            {
                "part": f"Events: {table.title}",
                "licence": table.licence or "not stated",
                "attribution": table.source or table.title,
            }
            for table in dataset.tables
            if shown is None or shown & table.themes.keys()
        ),
    ]


def read_day() -> date:
    """Return the day on which a file is made: that of ``SOURCE_DATE_EPOCH`` where it is set, else today, in UTC.

    Raises
    ------
    InputError
        If that is no number of seconds within the calendar.

    References
    ----------
    Reproducible Builds, SOURCE_DATE_EPOCH specification 1.1: seconds since 1970; the same bytes on any day.
    """
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    try:
        return (datetime.fromtimestamp(int(epoch), UTC) if epoch else datetime.now(UTC)).date()
    except (ValueError, OverflowError, OSError):
        message = (
            f"Invalid SOURCE_DATE_EPOCH '{show_value(epoch)}'. It is a whole number of seconds since 1970. "
            "Correct it, or take it out of the environment."
        )
        raise InputError([Problem("date", message)]) from None


def format_receipt(receipt: dict[str, Any]) -> str:
    """Tell a receipt in sentences, one a line.

    Parameters
    ----------
    receipt
        As `build_receipt` makes it.
    """
    features, claims, data = receipt["features"], receipt["claims"], receipt["data"]
    hidden = ", ".join(f"{count} by {reason}" for reason, count in receipt["hidden"].items()) or "nothing"
    lines = [
        f"View: {receipt['view'] or 'all'}.",
        f"Shown: {features['shown']} of {features['total']} features, {claims['shown']} of {claims['total']} claims.",
        f"Left out: {hidden}.",
        *_format_frame(receipt.get("drawn")),
        *(
            f"In the words of who made this file, not of the atlas: {part}: {' '.join(text.split())}"
            for part, text in receipt.get("words of the maker", {}).items()
        ),
        f"Data: version {data['version'] or 'not stated'}, SHA-256 {data['sha256']}.",
        *(f"Licence: {each['part']}: {each['licence']}, {each['attribution']}." for each in receipt["licences"]),
        f"Made: {receipt['made']}.",
        *receipt.get("notes", ()),
    ]
    return "\n".join(lines) + "\n"


def _format_frame(drawn: dict[str, Any] | None) -> list[str]:
    if not drawn:
        return []
    counts = ", ".join(f"{drawn[name]} {name}" for name in ("in frame", "outside", "without a place"))
    return [f"Drawn: {counts}; frame {', '.join(map(str, drawn['frame']))} (west, south, east, north, degrees)."]


def write_receipt(
    dataset: Dataset,
    view: View,
    path: Path,
    options: ExportOptions | None = None,
    account: Callable[[Dataset, View, ExportOptions], dict[str, Any]] | None = None,
) -> Path:
    """Write the receipt of a file beside it, as JSON, with the file's own hash, and name it.

    Parameters
    ----------
    dataset
        What the file was chosen from.
    view
        What was asked for.
    path
        The file, already written; the receipt's name is its name and ``.receipt.json``.
    options
        Those that it was written with and heeds. Where its slides tell a tour, each step is accounted for.
    account
        What the file's format adds of a view that it shows, as `exports.formats.Format.account` has it.

    Raises
    ------
    InputError
        If the receipt cannot be written there.
    """
    file = {"name": path.name, "sha256": hashlib.sha256(path.read_bytes()).hexdigest()}
    view = options.dress(view) if options else view
    tour = (
        find_tour(dataset.tours, options.deck.removeprefix("tour:"))
        if options and options.deck.startswith("tour:")
        else None
    )
    views = step_views(tour, view) if tour else [view]
    receipts = [
        build_receipt(dataset, each, select(dataset, each))
        | (account(dataset, each, options or ExportOptions()) if account else {})
        for each in views
    ]
    receipt = {"file": file, **({"slides": receipts} if tour else receipts[0])}
    if options:
        receipt |= account_for_words(options)
    text = json.dumps(receipt, ensure_ascii=False, indent=1) + "\n"
    return write_atomically(path.with_name(f"{path.name}.receipt.json"), text.encode())
