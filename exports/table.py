"""The claims that a view shows as a table: one row a claim, safe to open in a spreadsheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from typing import Any

from shapely.geometry.base import BaseGeometry

from exports.cleaning import NOTE, clean_record, drop_unheld, free_name, one_line
from exports.own_columns import gather_own_columns
from exports.receipt import build_receipt, format_receipt
from exports.records import EVENT_UNPLACED
from exports.references import format_reference
from geo.checks import check_claim
from geo.dataset import Dataset
from geo.events import PRECISION, EventTable
from geo.formulas import guard_formula
from geo.measures import format_measure
from geo.model import Claim, Feature, Status
from geo.selection import Selection, select
from geo.view import View

COLUMNS = (
    "feature_id",
    "name",
    "name_ar",
    "theme",
    "precision",
    "precision_m",
    "method",
    "basis",
    "representative_longitude",
    "representative_latitude",
    "wkt",
    "unplaced",
    "claim_id",
    "statement",
    "attributed_to",
    "status",
    "when",
    "reported",
    "measures",
    "checks",
    "origin",
    "source_id",
    "reference",
    "url",
    "paragraph",
    "start",
    "end",
    "sha256",
    "disputes",
    "receipt",
)
"""Columns in order, before those of readers' own tables.

The representative point lies on the shape and stands for all of it, ``wkt`` is the shape.

The first row alone has the receipt: CSV has no other place for it that a program would not take for a row.
"""

# a hundred-thousandth of a degree is about a metre
_DEGREE_DIGITS = 5


def render_csv(dataset: Dataset, view: View) -> bytes:
    """Write the shown claims as CSV: UTF-8 with a byte-order mark, lines ending as RFC 4180 has them.

    A text that a spreadsheet would take for a formula has an apostrophe before it; numbers stay numbers.

    Parameters
    ----------
    dataset
        What is chosen from.
    view
        What to show; the rows are the claims that pass it.
    """
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    selection = select(dataset, view)
    own = gather_own_columns(dataset, selection, COLUMNS)
    columns = (*COLUMNS, *own.kinds)
    heading: dict[str, None] = {}
    for column in columns:
        # a guarded name may be another's own
        heading[free_name(guard_formula(column), heading)] = None
    writer.writerow(heading)
    claimed = claim_rows(dataset, selection)
    # the events come last
    numbers = [*[None] * (len(claimed) - len(selection.events)), *selection.events.tolist()]
    cleaned = [clean_record(row | own.cells(number), drop_unheld) for row, number in zip(claimed, numbers, strict=True)]
    rows = [row for row, _ in cleaned]
    if rows:
        receipt = build_receipt(dataset, view, selection)
        dropped = own.renamed + sum(count for _, count in cleaned)
        if dropped:
            receipt["notes"] = [NOTE.format(dropped)]
        rows[0]["receipt"] = one_line(format_receipt(receipt))
    for row in rows:
        writer.writerow([guard_formula(row[column]) for column in columns])
    return text.getvalue().encode("utf-8-sig")


def claim_rows(dataset: Dataset, selection: Selection) -> list[dict[str, Any]]:
    """Lay out the shown claims as rows, keyed by `COLUMNS`; an empty cell is ``None``.

    Parameters
    ----------
    dataset
        What was chosen from.
    selection
        What is shown.
    """
    return [
        _feature_cells(feature) | _claim_cells(claim, dataset) | {"receipt": None}
        for feature in selection.features
        for claim in selection.claims[feature.id]
    ] + event_rows(dataset.events, selection.events)


def event_rows(events: EventTable | None, rows: Iterable[int]) -> list[dict[str, Any]]:
    """Lay out events of a reader's own as rows, keyed by `COLUMNS`; an empty cell is ``None``.

    Parameters
    ----------
    events
        The table, if there is one.
    rows
        Numbers of the events that are laid out.
    """
    if events is None:
        return []
    empty = dict.fromkeys(COLUMNS)
    return [empty | _event_cells(events, row) for row in rows]


def _event_cells(events: EventTable, row: int) -> dict[str, Any]:
    geometry = events.geometries[row]
    cells = {name: column[row] or None for name, column in events.columns.items()}
    return {
        "feature_id": cells["id"],
        "name": cells["name"],
        "theme": cells["theme"],
        "precision": cells.get(PRECISION),
        "statement": cells["statement"],
        "when": cells["when"],
        "status": Status.REPORTED.value,
        "attributed_to": cells["source"],
        "reference": cells["source"],
        "paragraph": cells["locator"],
        "unplaced": EVENT_UNPLACED if geometry is None or geometry.is_empty else None,
    } | _place_cells(geometry)


def _place_cells(geometry: BaseGeometry | None) -> dict[str, Any]:
    point = None if geometry is None or geometry.is_empty else geometry.representative_point()
    return {
        "representative_longitude": point and round(point.x, _DEGREE_DIGITS),
        "representative_latitude": point and round(point.y, _DEGREE_DIGITS),
        "wkt": geometry and geometry.wkt,
    }


def _feature_cells(feature: Feature) -> dict[str, Any]:
    provenance = feature.provenance
    return {
        "feature_id": feature.id,
        "name": feature.name,
        "name_ar": feature.names.get("ar"),
        "theme": feature.theme.value,
        "precision": provenance and provenance.precision.value,
        "precision_m": provenance and provenance.precision_m,
        "method": provenance and provenance.method.value,
        "basis": provenance and provenance.basis,
        "unplaced": feature.unplaced,
    } | _place_cells(feature.shape)


def _claim_cells(claim: Claim, dataset: Dataset) -> dict[str, Any]:
    citation = claim.citation
    source = dataset.source(citation.id)
    return {
        "claim_id": claim.id,
        "statement": claim.statement,
        "attributed_to": claim.attributed_to,
        "status": claim.status.value,
        "when": claim.when,
        "reported": claim.reported,
        "measures": "; ".join(f"{m.quantity}: {format_measure(m)}" for m in claim.measures) or None,
        "checks": " ".join(finding.words["en"] for finding in check_claim(claim, dataset)) or None,
        "origin": claim.origin,
        "source_id": source.id,
        "reference": format_reference(source),
        "url": source.URL,
        "paragraph": int(citation.locator),
        "start": citation.start,
        "end": citation.end,
        "sha256": citation.sha256,
        "disputes": " ".join(sorted({other for other, _ in dataset.disputes(claim.id)})) or None,
    }
