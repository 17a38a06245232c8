"""The rules that shapes are drawn by: pure geometry from the base map, the gazetteer and numbers.

Every rule takes the `Ground` first and gives a shape in degrees, longitude before latitude. None is more exact than
what it is given: widths and curves are for drawing, and data/places.geojson says so of each.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import shapely
from shapely.geometry import LineString, MultiLineString, Point
from shapely.geometry.base import BaseGeometry
from shapely.ops import substring

from geo import geodesy
from tools.shape_ground import Ground, longest_part

CURVE_POINTS, FAR_CURVE_POINTS = 13, 41
WIDE_STRIP_M = 5000
THINNED_DEG = 0.005
HAIR_DEG = 0.002  # closes the hair's breadth between base map scales
REACH_DEG = 0.05  # carries lines between governorates on to the coast and the border


def town(ground: Ground, geonameid: int) -> BaseGeometry:
    """Return the position of a town as GeoNames has it."""
    return ground.towns[geonameid]


def town_radius_m(population: int) -> int:
    """Return the radius of a disc that holds a town's people at 5,000 a square kilometre, to 100 m, at least 2 km.

    A convention of this atlas: GeoNames gives a point and a population, and no outline.
    """
    return max(2000, round(float(np.sqrt(population / 5000.0 / np.pi)) * 10) * 100)


def vicinity(ground: Ground, geonameid: int, radius_m: float) -> BaseGeometry:
    """Return the disc of a radius about a town."""
    centre = ground.towns[geonameid]
    return geodesy.ring(centre.x, centre.y, radius_m, vertices=60)


def area(ground: Ground, name: str, thinned_deg: float = 0.0) -> BaseGeometry:
    """Return a land of the frame, thinned where it stands for something in it rather than for itself."""
    return ground.land(name).simplify(thinned_deg)


def governorates(ground: Ground, points: Sequence[Sequence[float]], thinned_deg: float = 0.001) -> BaseGeometry:
    """Return the ground of Egypt that the lines between governorates part off around each of some points."""
    mainland = max(shapely.get_parts(_whole_land(ground, "Egypt")), key=lambda part: part.area)
    lines = [_stretched(line) for line in shapely.get_parts(shapely.line_merge(ground.governorate_lines))]
    faces = shapely.get_parts(shapely.polygonize([shapely.union_all([mainland.boundary, *lines])]))
    kept = [face for face in faces if any(face.contains(Point(point)) for point in points)]
    return shapely.union_all(kept).simplify(thinned_deg)


def southern_part(ground: Ground, land: str, south: Sequence[float], north: Sequence[float]) -> BaseGeometry:
    """Return the part of a land that lies nearer to one point than to another, south to north.

    Parameters
    ----------
    land
        Name of a land of the frame.
    south, north
        Positions of two towns, longitude and latitude in degrees.
    """
    middle = ((south[0] + north[0]) / 2, (south[1] + north[1]) / 2)
    across = geodesy.azimuth_deg(*middle, south[0], south[1]) + 90.0
    left, right = (geodesy.destination(*middle, across + turn, 60_000.0) for turn in (0.0, 180.0))
    far = [
        geodesy.destination(*corner, geodesy.azimuth_deg(*middle, south[0], south[1]), 90_000.0)
        for corner in (right, left)
    ]
    return ground.land(land).intersection(shapely.Polygon([left, right, *far]))


def border(ground: Ground, between: Sequence[str]) -> BaseGeometry:
    """Return the line between two lands of the frame, south to north."""
    return ground.boundary(between)


def stretch(ground: Ground, between: Sequence[str], towns: Sequence[int], within_m: float) -> BaseGeometry:
    """Return the stretch of a line that lies within a distance of the middle of some towns."""
    middle = shapely.MultiPoint([ground.towns[number] for number in towns]).centroid
    line = ground.boundary(between).intersection(geodesy.buffer(middle, within_m))
    return longest_part(line)


def strip(
    ground: Ground, between: Sequence[str], sides: Sequence[str], width_m: float, *, beyond: bool = False
) -> BaseGeometry:
    """Return the ground of some lands within a width of the line between two lands, beyond the frame too if asked."""
    line = ground.whole_boundary(between) if beyond else ground.boundary(between)
    lands = [_whole_land(ground, side) if beyond else ground.land(side) for side in sides]
    # a wide strip follows the run of the line and not its every turn
    run = line.simplify(THINNED_DEG) if width_m > WIDE_STRIP_M else line
    grown = geodesy.buffer(run, width_m, flat=True)
    return _largest(grown.intersection(shapely.union_all(lands)))


def corridor(ground: Ground, towns: Sequence[int], land: str, width_m: float, *, flat: bool = False) -> BaseGeometry:
    """Return the ground of a land within a width of the straight lines from town to town."""
    line = LineString([ground.towns[number] for number in towns])
    return _largest(geodesy.buffer(line, width_m, flat=flat).intersection(ground.land(land)))


def sea_off_land(ground: Ground, land: str, width_m: float) -> BaseGeometry:
    """Return the sea within a width of a land's coast, square at the coast's ends."""
    others = shapely.union_all([ground.land(name) for scale, name in ground.lands if scale == "frame" and name != land])
    shore = ground.land(land).boundary.difference(geodesy.buffer(others, 60.0))
    coast = max(shapely.get_parts(shapely.line_merge(shore)), key=lambda part: part.length)
    # few corners, so that square ends stand square to the coast as a whole
    return _largest(geodesy.buffer(coast.simplify(0.005), width_m, flat=True).difference(_all_land(ground)))


def sea_off_town(ground: Ground, geonameid: int, radius_m: float) -> BaseGeometry:
    """Return the sea within a radius of a town."""
    return _largest(vicinity(ground, geonameid, radius_m).difference(_all_land(ground)))


def reach(ground: Ground, origin: dict[str, Any], inner_m: float, outer_m: float, land: str) -> BaseGeometry:
    """Return the ground of a land that a distance from somewhere within the southern part of another may mean."""
    return geodesy.band_from_area(southern_part(ground, **origin), inner_m, outer_m).intersection(ground.land(land))


def fan(
    ground: Ground,
    sinai: Sequence[Sequence[float]],
    gaza: Sequence[Sequence[float]],
    of: int,
    to_gaza: Sequence[int] = (),
    to_sinai: Sequence[int] = (),
) -> BaseGeometry:
    """Return lines across the border between Egypt and the Gaza Strip, side by side from north to south.

    Parameters
    ----------
    sinai, gaza
        The two ends, north and south, of the lines that the flows' own ends are strung along, degrees.
    of
        Number of places side by side.
    to_gaza, to_sinai
        Places taken by lines that run to the Gaza Strip, or from it, counted from 0 in the north. A place in both
        holds one line and the same line reversed: what runs both ways.
    """
    inward = [_crossing(ground, sinai, gaza, (place + 0.5) / of) for place in to_gaza]
    outward = [_crossing(ground, sinai, gaza, (place + 0.5) / of)[::-1] for place in to_sinai]
    return _lines(inward + outward)


def far_fan(ground: Ground, countries: Sequence[str], bends: Sequence[Sequence[float]], **places: Any) -> BaseGeometry:
    """Return lines from within far countries through Sinai to where in the Gaza Strip a line of the `fan` ends.

    Parameters
    ----------
    countries
        Names of lands, one for each place.
    bends
        Control points of the lines' quadratic Bézier curves, longitude and latitude in degrees: the lines come from
        there into the Strip, and stay within the triangle of their ends and it.
    """
    ways = zip(countries, bends, shapely.get_parts(fan(ground, **places)), strict=True)
    return _lines(
        [_bezier(_inside(ground, country), bend, inward.coords[-1], FAR_CURVE_POINTS) for country, bend, inward in ways]
    )


def far_lines(ground: Ground, starts: Sequence[Any], ends: Sequence[Any], bow: float = 0.08) -> BaseGeometry:
    """Return lines from each start to its end; each a country's name (from within it) or a longitude and latitude."""
    ways = [[_inside(ground, end) if isinstance(end, str) else tuple(end) for end in way] for way in (starts, ends)]
    return _lines([_curve(start, end, bow) for start, end in zip(*ways, strict=True)])


def across(ground: Ground, start: str, end: str, at: float, before_m: float, after_m: float) -> BaseGeometry:
    """Return a line square across the line between two lands of one scale.

    Parameters
    ----------
    start, end
        The land that the line comes from, and the one that it goes to.
    at
        Where it crosses: share of the shared line, from its south end.
    before_m, after_m
        Length on either side, metres.
    """
    scale = "frame" if ("frame", start) in ground.lands else "world"
    lands = ground.lands[scale, start], ground.lands[scale, end]
    shared = lands[0].boundary.intersection(lands[1].boundary) if scale == "world" else ground.boundary((start, end))
    ends = [shared.bounds[1], shared.bounds[3]]
    level = LineString([(-180.0, ends[0] + at * (ends[1] - ends[0])), (180.0, ends[0] + at * (ends[1] - ends[0]))])
    point = shapely.get_parts(shared.intersection(level))[0]
    forth = geodesy.azimuth_deg(point.x, point.y, *_inside_near(lands[1], point))
    first, last = (geodesy.destination(point.x, point.y, forth, length) for length in (-before_m, after_m))
    return _lines([_curve(first, last, 0.08)])


def vicinity_lines(
    ground: Ground, start: Sequence[float], towns: Sequence[int], short_m: float, bow: float
) -> BaseGeometry:
    """Return curved lines from a place to the vicinity of each town, ending short of the town itself."""
    lines = []
    for number in towns:
        goal = ground.towns[number]
        end = geodesy.destination(goal.x, goal.y, geodesy.azimuth_deg(goal.x, goal.y, *start), short_m)
        lines.append(_curve(tuple(start), end, bow))
    return _lines(lines)


def _all_land(ground: Ground) -> BaseGeometry:
    """Return all land of the frame."""
    return shapely.union_all([land for (scale, _), land in ground.lands.items() if scale == "frame"])


def _largest(geometry: BaseGeometry) -> BaseGeometry:
    """Keep the largest part of a shape."""
    largest: BaseGeometry = max(shapely.get_parts(geometry), key=lambda part: part.area)
    return largest


def _stretched(line: LineString) -> LineString:
    """Carry a line on at both ends, straight."""
    coordinates = shapely.get_coordinates(line)
    first, last = coordinates[0] - coordinates[1], coordinates[-1] - coordinates[-2]
    ends = coordinates[0] + first / np.hypot(*first) * REACH_DEG, coordinates[-1] + last / np.hypot(*last) * REACH_DEG
    return LineString([ends[0], *coordinates, ends[1]])


def _crossing(
    ground: Ground, sinai: Sequence[Sequence[float]], gaza: Sequence[Sequence[float]], share: float
) -> list[tuple[float, float]]:
    """Return one line of the fan, from Sinai to Gaza, bent towards its own point of the border."""
    line = ground.boundary(("Egypt", "Gaza Strip"))
    middle = substring(line, 0.1, 0.9, normalized=True).interpolate(1.0 - share, normalized=True)
    start, end = (np.array(ends[0]) * (1 - share) + np.array(ends[1]) * share for ends in (sinai, gaza))
    return _bezier(start, np.array([middle.x, middle.y]), end)


def _curve(start: Sequence[float], end: Sequence[float], bow: float) -> list[tuple[float, float]]:
    """Return a gentle curve, bowed to its left by a share of its length."""
    first, last = np.array(start), np.array(end)
    way = last - first
    return _bezier(first, (first + last) / 2 + 2 * bow * np.array([-way[1], way[0]]), last)


def _bezier(start: Any, control: Any, end: Any, count: int = CURVE_POINTS) -> list[tuple[float, float]]:
    """Return points of a quadratic Bézier curve."""
    start, control, end = np.array(start), np.array(control), np.array(end)
    t = np.linspace(0.0, 1.0, count)[:, None]
    points = (1 - t) ** 2 * start + 2 * t * (1 - t) * control + t**2 * end
    return [(float(lon), float(lat)) for lon, lat in points]


def _lines(lines: Sequence[Sequence[tuple[float, float]]]) -> BaseGeometry:
    """Return one line as such, several together."""
    return LineString(lines[0]) if len(lines) == 1 else MultiLineString(lines)


def _whole_land(ground: Ground, name: str) -> BaseGeometry:
    """Return a land within the frame and around it as one."""
    return ground.lands["wide", name].union(ground.land(name)).buffer(HAIR_DEG).buffer(-HAIR_DEG)


def _inside(ground: Ground, name: str) -> tuple[float, float]:
    """Return a place well within a land, of the nearest scale that has it."""
    scales = [scale for scale in ("frame", "world", "wide") if (scale, name) in ground.lands]
    point = ground.lands[scales[0], name].representative_point()
    return (point.x, point.y)


def _inside_near(land: BaseGeometry, point: Point) -> tuple[float, float]:
    """Return the middle of the part of a land that lies about a point of its edge."""
    middle = land.intersection(point.buffer(0.05)).centroid
    return (middle.x, middle.y)


RULES: dict[str, Callable[..., BaseGeometry]] = {
    rule.__name__.replace("_", "-"): rule
    for rule in (
        town,
        vicinity,
        area,
        governorates,
        southern_part,
        border,
        stretch,
        strip,
        corridor,
        sea_off_land,
        sea_off_town,
        reach,
        fan,
        far_fan,
        far_lines,
        across,
        vicinity_lines,
    )
}
