"""The ground that shapes are drawn from: the base map's lands and lines, and the gazetteer's towns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import shapely
from shapely.geometry import LineString, Point, shape
from shapely.geometry.base import BaseGeometry


@dataclass(frozen=True, slots=True)
class Ground:
    """What shapes are drawn from.

    Parameters
    ----------
    lands
        Land by scale (``frame``, ``wide``, ``world``) and name.
    boundaries
        Lines within the frame by the two lands that they part, in alphabetical order.
    governorate_lines
        Lines between the governorates of Sinai.
    towns
        Position by GeoNames number.
    populations
        Population by GeoNames number.
    """

    lands: dict[tuple[str, str], BaseGeometry]
    boundaries: dict[tuple[str, str], BaseGeometry]
    governorate_lines: BaseGeometry
    towns: dict[int, Point]
    populations: dict[int, int]

    def land(self, name: str) -> BaseGeometry:
        """Return a land of the frame."""
        return self.lands["frame", name]

    def boundary(self, names: Sequence[str]) -> LineString:
        """Return the line between two lands of the frame, from its south end to its north end."""
        line = self.boundaries[min(names), max(names)]
        coordinates = list(longest_part(line).coords)
        return LineString(coordinates if coordinates[0][1] < coordinates[-1][1] else coordinates[::-1])


def ground_from_basemap(basemap: dict[str, Any], gazetteer: list[dict[str, Any]]) -> Ground:
    """Gather the ground from the base map (a FeatureCollection) and the gazetteer extract."""
    lands, boundaries, lines = {}, {}, []
    for feature in basemap["features"]:
        properties, geometry = feature["properties"], shape(feature["geometry"])
        if properties["kind"] in {"land", "world-land"}:
            lands[properties["scale"], properties["name"]] = geometry
        elif properties["kind"] == "boundary" and properties["scale"] == "frame":
            first, second = sorted(properties["between"])
            boundaries[first, second] = geometry
        elif properties["kind"] == "governorate-line":
            lines.append(geometry)
    return Ground(
        lands=lands,
        boundaries=boundaries,
        governorate_lines=shapely.union_all(lines),
        towns={town["id"]: Point(town["lon"], town["lat"]) for town in gazetteer},
        populations={town["id"]: town["population"] for town in gazetteer},
    )


def longest_part(geometry: BaseGeometry) -> LineString:
    """Return the longest part of a line."""
    longest: LineString = max(shapely.get_parts(geometry), key=lambda part: part.length)
    return longest
