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
        Lines by scale (``frame``, ``wide``) and the two lands that they part, in alphabetical order.
    disputed
        The two lands of each line within the frame that is an armistice line or disputed, in alphabetical order.
    governorate_lines
        Lines between the governorates of Sinai.
    towns
        Position by GeoNames number.
    populations
        Population by GeoNames number.
    """

    lands: dict[tuple[str, str], BaseGeometry]
    boundaries: dict[tuple[str, str, str], BaseGeometry]
    disputed: frozenset[tuple[str, str]]
    governorate_lines: BaseGeometry
    towns: dict[int, Point]
    populations: dict[int, int]

    def land(self, name: str) -> BaseGeometry:
        """Return a land of the frame."""
        return self.lands["frame", name]

    def boundary(self, names: Sequence[str], scale: str = "frame") -> LineString:
        """Return the line between two lands of a scale, from its south end to its north end."""
        line = self.boundaries[scale, min(names), max(names)]
        coordinates = list(longest_part(line).coords)
        return LineString(coordinates if coordinates[0][1] < coordinates[-1][1] else coordinates[::-1])

    def whole_boundary(self, names: Sequence[str]) -> LineString:
        """Return the line between two lands within the frame and beyond it, from its south end to its north end."""
        lines = sorted((self.boundary(names, scale) for scale in ("frame", "wide")), key=lambda line: line.coords[0][1])
        return LineString([position for line in lines for position in line.coords])

    def is_disputed(self, names: Sequence[str]) -> bool:
        """Tell whether the line between two lands of the frame is an armistice line or disputed."""
        return (min(names), max(names)) in self.disputed


def ground_from_basemap(basemap: dict[str, Any], gazetteer: list[dict[str, Any]]) -> Ground:
    """Gather the ground from the base map (a FeatureCollection) and the gazetteer extract."""
    lands, boundaries, disputed, lines = {}, {}, set(), []
    for feature in basemap["features"]:
        properties, geometry = feature["properties"], shape(feature["geometry"])
        if properties["kind"] in {"land", "world-land"}:
            lands[properties["scale"], properties["name"]] = geometry
        elif properties["kind"] == "boundary":
            first, second = sorted(properties["between"])
            boundaries[properties["scale"], first, second] = geometry
            if properties["scale"] == "frame" and properties["disputed"]:
                disputed.add((first, second))
        elif properties["kind"] == "governorate-line":
            lines.append(geometry)
    return Ground(
        lands=lands,
        boundaries=boundaries,
        disputed=frozenset(disputed),
        governorate_lines=shapely.union_all(lines),
        towns={town["id"]: Point(town["lon"], town["lat"]) for town in gazetteer},
        populations={town["id"]: town["population"] for town in gazetteer},
    )


def longest_part(geometry: BaseGeometry) -> LineString:
    """Return the longest part of a line."""
    longest: LineString = max(shapely.get_parts(geometry), key=lambda part: part.length)
    return longest
