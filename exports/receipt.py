"""What an exported file holds, what was left out and why, from which data, under which licences."""

from __future__ import annotations

from typing import Any

from geo.dataset import Dataset
from geo.selection import Selection
from geo.view import View

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
    claims_total = sum(len(feature.claims) for feature in dataset.features)
    return {
        "view": view.to_query(),
        "features": {"shown": selection.shown, "total": selection.total},
        "claims": {"shown": sum(len(claims) for claims in selection.claims.values()), "total": claims_total},
        "hidden": {str(reason): count for reason, count in selection.hidden.items()},
        "data": {"version": dataset.version, "sha256": dataset.sha256},
        "licences": [dict(licence) for licence in LICENCES],
    }
