"""Draw the features of data/places.geojson by the table tools/shapes.toml, from the base map and the gazetteer.

``python -m tools.draw_shapes`` writes geometry and provenance by id; ``--check`` only compares, and exits 1 naming each
feature whose stored shape differs from its rule.
"""

from __future__ import annotations

import argparse
import json
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from shapely.geometry import mapping

from tools.geojson_text import round_shape, write_editable
from tools.shape_ground import Ground, ground_from_basemap
from tools.shape_rules import RULES, town_radius_m

ROOT = Path(__file__).resolve().parent.parent
TABLE = Path(__file__).resolve().parent / "shapes.toml"
DECIMALS = 5
KEYS = ("method", "basis", "precision", "precision_m", "disputed", "note")

Drawing = dict[str, Any]


def read_ground(data: Path) -> Ground:
    """Read what shapes are drawn from: basemap.geojson and gazetteer.json of a data folder."""
    basemap, gazetteer = (
        json.loads((data / name).read_text(encoding="utf-8")) for name in ("basemap.geojson", "gazetteer.json")
    )
    return ground_from_basemap(basemap, gazetteer)


def read_drawings() -> dict[str, Drawing]:
    """Read the table of drawings, one for each feature id.

    Raises
    ------
    ValueError
        If an id is drawn twice.
    """
    table = tomllib.loads(TABLE.read_text(encoding="utf-8"))
    drawings: dict[str, Drawing] = {}
    for row in table["shape"]:
        shared = table["shared"].get(row["rule"], {}) if "rule" in row else {}
        for feature_id in row["ids"]:
            if feature_id in drawings:
                message = f"Invalid shapes.toml '{feature_id}'. A feature is drawn once. Take one row out."
                raise ValueError(message)
            drawings[feature_id] = {**row, "with": {**shared, **row.get("with", {})}}
    return drawings


def draw_geometry(ground: Ground, drawing: Drawing) -> dict[str, Any] | None:
    """Draw a feature's geometry as GeoJSON, or nothing where the table gives the reason for drawing nothing."""
    if "unplaced" in drawing:
        return None
    geometry = RULES[drawing["rule"]](ground, **drawing["with"])
    # through JSON, so that it compares with what is stored
    rounded: dict[str, Any] = json.loads(json.dumps(mapping(round_shape(geometry, DECIMALS))))
    return rounded


def build_provenance(ground: Ground, drawing: Drawing) -> dict[str, Any] | None:
    """Build a shape's provenance: how exactly a town is placed, and whether a line is disputed, comes of the ground."""
    if "unplaced" in drawing:
        return None
    provenance = {key: drawing[key] for key in KEYS if key in drawing}
    if drawing["rule"] == "town":
        provenance["precision_m"] = town_radius_m(ground.populations[drawing["with"]["geonameid"]])
    if drawing["rule"] == "border" and ground.is_disputed(drawing["with"]["between"]):
        provenance["disputed"] = True
    return {key: provenance[key] for key in KEYS if key in provenance}


def draw_feature(ground: Ground, feature: dict[str, Any], drawing: Drawing) -> dict[str, Any]:
    """Return a feature with its geometry and provenance, or with the reason why it has none."""
    placed = {
        "unplaced": drawing.get("unplaced"),
        "provenance": build_provenance(ground, drawing),
    }
    kept = {key: value for key, value in feature["properties"].items() if key not in {*placed, "claims"}}
    properties = kept | {key: value for key, value in placed.items() if value is not None}
    properties["claims"] = feature["properties"]["claims"]
    geometry = draw_geometry(ground, drawing)
    return {"type": "Feature", "id": feature["id"], "geometry": geometry, "properties": properties}


def find_differences(ground: Ground, places: dict[str, Any], drawings: dict[str, Drawing]) -> Iterator[str]:
    """Find the features whose stored geometry or provenance is not what their rule gives."""
    for feature in places["features"]:
        if feature["id"] in drawings:
            drawn = draw_feature(ground, feature, drawings[feature["id"]])
            if drawn["geometry"] != feature["geometry"]:
                yield f"{feature['id']}: the stored geometry is not what its rule draws"
            elif drawn["properties"] != feature["properties"]:
                yield f"{feature['id']}: the stored provenance is not what the table says"


def main(arguments: list[str] | None = None) -> int:
    """Draw the features of data/places.geojson, or check that they are as drawn."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--check", action="store_true", help="compare only; exit 1 if anything differs")
    parser.add_argument(
        "--data", type=Path, default=ROOT / "data", help="folder with places.geojson and basemap.geojson"
    )
    options = parser.parse_args(arguments)
    ground, drawings = read_ground(options.data), read_drawings()
    path = options.data / "places.geojson"
    places = json.loads(path.read_text(encoding="utf-8"))
    if options.check:
        differences = list(find_differences(ground, places, drawings))
        print("\n".join(differences) or "Every shape is as its rule draws it.")
        return 1 if differences else 0
    features = [
        draw_feature(ground, feature, drawings[feature["id"]]) if feature["id"] in drawings else feature
        for feature in places["features"]
    ]
    write_editable({**places, "features": features}, path)
    return 0


if __name__ == "__main__":
    sys.exit(main())
