"""A sound dataset of three features, and the article that it cites: what tests break in one place at a time."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from geo.verification import cite_passage

ARTICLE = """\
The gate in the morning

A clerk at the gate counted forty lorries on Monday — fewer than the week before. “Nobody waits now,” he said.

The road to the coast is closed, say drivers, and the market has moved to the old station.

Rain fell twice.

The mayor’s office denies that any lorry was turned back at the gate on Monday.
"""


def small_sources() -> list[dict[str, Any]]:
    """Two CSL-JSON items, one of them with an inferred date."""
    return [
        {
            "id": "gazette-2015",
            "type": "article-newspaper",
            "title": "The gate in the morning",
            "author": [{"family": "Doe", "given": "Jo"}],
            "issued": {"date-parts": [[2015, 7]], "circa": True},
            "container-title": "The Gazette",
            "URL": "https://example.org/gate",
            "custom": {"inferred": {"issued": "The text gives no date."}},
        },
        {
            "id": "other-2016",
            "type": "webpage",
            "title": "Other matters",
            "author": [{"literal": "The Office"}],
            "issued": {"date-parts": [[2016, 1, 5]]},
        },
    ]


def small_citation(paragraph: int, start: str, end: str) -> dict[str, Any]:
    """The citation of a passage of the article."""
    return cite_passage(ARTICLE, "gazette-2015", paragraph, start, end).model_dump()


def small_collection() -> dict[str, Any]:
    """A point with two claims that disagree, a polygon, and a feature without a shape."""
    lorries = {
        "id": "lorries-counted",
        "statement": "Forty lorries passed the gate.",
        "attributed_to": "a clerk",
        "status": "reported",
        "when": "2015-07-06",
        "reported": "2015-07~",
        "measures": [{"quantity": "lorries", "value": 40, "unit": "vehicles"}],
        "citation": small_citation(2, "A clerk at", "week before"),
        "disputes": [{"claim": "lorries-denied", "about": "number", "reason": "The office speaks of all lorries."}],
    }
    denied = {
        "id": "lorries-denied",
        "statement": "No lorry was turned back.",
        "attributed_to": "=the mayor's office",
        "status": "denied",
        "reported": "2015-07~",
        "origin": "mayors-office",
        "citation": small_citation(5, "The mayor's office", "on Monday"),
    }
    road = {
        "id": "road-closed",
        "statement": "The road to the coast is closed.",
        "attributed_to": "drivers",
        "status": "alleged",
        "reported": "2015-07~",
        "citation": small_citation(3, "The road to", "say drivers"),
    }
    rain = {
        "id": "rain-fell",
        "statement": "It rained twice.",
        "attributed_to": "The Gazette",
        "status": "reported",
        "reported": "2015-07~",
        "citation": small_citation(4, "Rain fell twice", "Rain fell twice"),
    }
    ring = [[34.0, 31.0], [34.2, 31.0], [34.2, 31.2], [34.0, 31.2], [34.0, 31.0]]
    return {
        "type": "FeatureCollection",
        "version": "2026.11.0",
        "features": [
            _feature("gate", {"type": "Point", "coordinates": [34.25, 31.25]}, "places", [lorries, denied], 3000),
            _feature("coast-road", {"type": "Polygon", "coordinates": [ring]}, "flows", [road], None),
            _feature("rain", None, "context", [rain], None),
        ],
    }


def _feature(identity: str, geometry: Any, theme: str, claims: list[Any], precision_m: float | None) -> dict[str, Any]:
    names = {"en": identity.title(), "ar": "بوابة"}
    properties: dict[str, Any] = {"name": identity.title(), "names": names, "theme": theme, "claims": claims}
    if geometry is None:
        properties["unplaced"] = "The article names no place."
    else:
        precision = "approximate" if precision_m else "schematic"
        method = "gazetteer" if precision_m else "schematic"
        properties["provenance"] = {"method": method, "basis": "drawn for a test", "precision": precision}
        if precision_m:
            properties["provenance"]["precision_m"] = precision_m
    return {"type": "Feature", "id": identity, "geometry": geometry, "properties": properties}


def write_small_data(folder: Path) -> Path:
    """Write the dataset and its article to a folder, and return the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "places.geojson").write_text(json.dumps(small_collection(), ensure_ascii=False), encoding="utf-8")
    (folder / "sources.json").write_text(json.dumps(small_sources(), ensure_ascii=False), encoding="utf-8")
    (folder / "gazette-2015.txt").write_text(ARTICLE, encoding="utf-8")
    return folder
