"""From degrees to the page: projection, frame, clipping and simplifying."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from pyproj import Proj, Transformer
from shapely.geometry.base import BaseGeometry

from exports.drawing import Box, Line, Point
from geo.model import Extent

UTM_36N = "EPSG:32636"
TOLERANCE_PT = 0.3
"""What simplifying may move a line by: less than the thinnest line is wide."""

_UTM_REACH_DEG = (15.0, -10.0, 51.0, 60.0)
_EDGE_POINTS = 32
_POINTS_PER_METRE = 72 / 0.0254

Geometries = NDArray[Any]


@dataclass(frozen=True)
class Frame:
    """A part of the ground, fitted into a box of the page.

    Parameters
    ----------
    box
        On the page, points.
    crs
        Projection, as PROJ names it.
    left_m, top_m
        Projected coordinates of the box's top left corner.
    scale
        Points of the page for each projected metre.
    """

    box: Box
    crs: str
    left_m: float
    top_m: float
    scale: float

    def project(self, geometries: Geometries) -> Geometries:
        """Project geometries (longitude before latitude, degrees) onto the page, points; unclipped."""
        transform = _transformer(self.crs).transform

        def to_page(points: NDArray[np.float64]) -> NDArray[np.float64]:
            x, y = transform(points[:, 0], points[:, 1])
            return np.column_stack(
                [self.box.left + (x - self.left_m) * self.scale, self.box.top + (self.top_m - y) * self.scale]
            )

        projected: Geometries = shapely.transform(geometries, to_page)
        return projected

    def locate(self, x_pt: float, y_pt: float) -> Point:
        """Return the longitude and latitude, degrees, of a place on the page."""
        x, y = self.left_m + (x_pt - self.box.left) / self.scale, self.top_m - (y_pt - self.box.top) / self.scale
        lon, lat = _transformer(self.crs).transform(x, y, direction="INVERSE")
        return (float(lon), float(lat))

    @cached_property
    def bounds_deg(self) -> tuple[float, float, float, float]:
        """West, south, east, north of all that is in the frame, degrees."""
        steps = np.linspace(0, 1, _EDGE_POINTS)
        x = self.left_m + self.box.width / self.scale * steps
        y = self.top_m - self.box.height / self.scale * steps
        grid = np.meshgrid(x, y)
        lon, lat = _transformer(self.crs).transform(grid[0], grid[1], direction="INVERSE")
        seen = np.isfinite(lon) & np.isfinite(lat)
        if not seen.all():
            return (-180.0, -90.0, 180.0, 90.0)
        margin = 0.02 * float(max(np.ptp(lon), np.ptp(lat)))
        return (
            max(-180.0, float(lon.min()) - margin),
            max(-90.0, float(lat.min()) - margin),
            min(180.0, float(lon.max()) + margin),
            min(90.0, float(lat.max()) + margin),
        )

    @cached_property
    def polygon(self) -> BaseGeometry:
        """The box, for clipping."""
        return shapely.box(self.box.left, self.box.top, self.box.right, self.box.bottom)

    @cached_property
    def _factors(self) -> Any:
        return Proj(self.crs).get_factors(*self.locate(*self.box.centre))

    @property
    def points_per_ground_metre(self) -> float:
        """Points of the page for each metre on the ground, along the meridian at the frame's middle."""
        return self.scale * float(self._factors.meridional_scale)

    @property
    def north_deg(self) -> float:
        """How far true north is turned from the page's top at the frame's middle: degrees, clockwise."""
        return -float(self._factors.meridian_convergence)

    @property
    def denominator(self) -> int:
        """Ground lengths divided by those on the printed page, to two figures."""
        ratio = _POINTS_PER_METRE / self.points_per_ground_metre
        digits = int(np.floor(np.log10(ratio))) - 1
        return int(round(ratio / 10**digits) * 10**digits)

    @property
    def projection(self) -> str:
        """The projection as a caption names it."""
        if self.crs == UTM_36N:
            return "WGS 84 / UTM zone 36N (EPSG:32636)"
        return "WGS 84 / Lambert azimuthal equal-area"


def fit_frame(extent: Extent, box: Box) -> Frame:
    """Fit an extent into a box of the page: all of it is seen, and more where the shapes differ.

    Parameters
    ----------
    extent
        Ground to show, degrees.
    box
        On the page, points.
    """
    crs = _choose_crs(extent)
    outline = shapely.segmentize(shapely.box(*extent.bounds), max(extent.east - extent.west, 0.001) / _EDGE_POINTS)
    points = shapely.get_coordinates(outline)
    x, y = (np.asarray(values) for values in _transformer(crs).transform(points[:, 0], points[:, 1]))
    seen = np.isfinite(x) & np.isfinite(y)
    west, east, south, north = x[seen].min(), x[seen].max(), y[seen].min(), y[seen].max()
    scale = float(min(box.width / max(east - west, 1.0), box.height / max(north - south, 1.0)))
    left = (west + east) / 2 - box.width / scale / 2
    top = (south + north) / 2 + box.height / scale / 2
    return Frame(box, crs, float(left), float(top), scale)


def _choose_crs(extent: Extent) -> str:
    """Choose UTM zone 36N as far as a transverse Mercator holds, else a projection of the extent's own."""
    west, south, east, north = _UTM_REACH_DEG
    if west <= extent.west and south <= extent.south and extent.east <= east and extent.north <= north:
        return UTM_36N
    lon, lat = (extent.west + extent.east) / 2, (extent.south + extent.north) / 2
    return f"+proj=laea +lat_0={lat:.4f} +lon_0={lon:.4f} +datum=WGS84 +units=m +type=crs"


@lru_cache(maxsize=16)
def _transformer(crs: str) -> Transformer:
    return Transformer.from_crs("OGC:CRS84", crs, always_xy=True)


def project_within(frame: Frame, geometries: Geometries) -> Geometries:
    """Project what may be seen in a frame, valid and simplified; ``None`` where a geometry is elsewhere or none.

    Parameters
    ----------
    frame
        Where they are drawn.
    geometries
        Longitude before latitude, degrees; ``None`` among them is left alone.
    """
    found = np.full(len(geometries), None, dtype=object)
    west, south, east, north = frame.bounds_deg
    bounds = shapely.bounds(geometries)
    with np.errstate(invalid="ignore"):
        near = (bounds[:, 0] <= east) & (bounds[:, 2] >= west) & (bounds[:, 1] <= north) & (bounds[:, 3] >= south)
    rows = np.flatnonzero(near)
    if not len(rows):
        return found
    # what runs far beyond the frame may have no place in the projection
    wide = (bounds[rows, 2] - bounds[rows, 0] > 4 * (east - west)) | (
        bounds[rows, 3] - bounds[rows, 1] > 4 * (north - south)
    )
    chosen = np.asarray(geometries, dtype=object)[rows]
    if wide.any():
        reach = (2 * west - east, 2 * south - north, 2 * east - west, 2 * north - south)
        chosen[wide] = shapely.intersection(_made_valid(chosen[wide]), shapely.box(*reach))
    projected = _made_valid(shapely.simplify(frame.project(_made_valid(chosen)), TOLERANCE_PT))
    # a shape so small that simplifying leaves nothing of it is kept as it was
    lost = shapely.is_empty(projected)
    projected[lost] = frame.project(chosen[lost])
    found[rows] = projected
    return found


def _made_valid(geometries: Geometries) -> Geometries:
    faulty = ~shapely.is_valid(geometries)
    if faulty.any():
        geometries = geometries.copy()
        geometries[faulty] = shapely.make_valid(geometries[faulty])
    return geometries


def to_rings(geometry: BaseGeometry) -> tuple[Line, ...]:
    """Return the rings of all polygons of a geometry: outer rings one way round, holes the other."""
    polygons = [part for part in _flat_parts(geometry) if part.geom_type == "Polygon" and not part.is_empty]
    rings: list[Line] = []
    oriented: list[Any] = shapely.orient_polygons(np.array(polygons, dtype=object)).tolist() if polygons else []
    for whole in oriented:
        rings += [_to_line(ring) for ring in (whole.exterior, *whole.interiors)]
    return tuple(ring for ring in rings if len(ring) > 3)


def to_lines(geometry: BaseGeometry) -> tuple[Line, ...]:
    """Return all lines of a geometry, and the outlines of its polygons."""
    lines = []
    for part in _flat_parts(geometry):
        if part.geom_type in {"LineString", "LinearRing"}:
            lines.append(_to_line(part))
        elif isinstance(part, shapely.Polygon):
            lines += [_to_line(ring) for ring in (part.exterior, *part.interiors)]
    return tuple(line for line in lines if len(line) > 1)


def _flat_parts(geometry: BaseGeometry) -> list[BaseGeometry]:
    parts = [geometry]
    while any(hasattr(part, "geoms") for part in parts):
        parts = [piece for part in parts for piece in (part.geoms if hasattr(part, "geoms") else (part,))]
    return [part for part in parts if not part.is_empty]


def _to_line(geometry: BaseGeometry) -> Line:
    points = shapely.get_coordinates(geometry).round(2)
    # no point stands twice in a row
    moved = np.r_[True, (points[1:] != points[:-1]).any(axis=1)][: len(points)]
    across, down = points[moved].T.tolist()
    return tuple(zip(across, down, strict=True))
