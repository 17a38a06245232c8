"""The places of a layer's rows, from its shapes or from the columns that hold them."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import shapely

from geo.intake.column_map import ColumnMap
from geo.intake.limits import Limits, limit_error
from geo.intake.mending import Places
from geo.intake.placing import are_decimals, nesting, read_angle, read_number, read_pair, read_wkt
from geo.intake.rows import Plain, RawLayer
from geo.intake.texts import NOTHING, text_of

_NO_NUMBER = "A coordinate is a number, or degrees, minutes and seconds"
NO_PLACE, ADD_PLACE = "The row has no place", "Add one; till then the row stands beside the map"
"""Why a row without a place is listed, and what to do."""
_CURVED = "Its shape is curved, which the map has no way to draw"
_STRAIGHTEN = "Save it with straight lines"
_COLLECTION = 7
_MULTIPOINT = 4


def locate(layer: RawLayer, mapping: ColumnMap, limits: Limits) -> Places:
    """Find the places of a layer's rows, in its own coordinates.

    Parameters
    ----------
    layer
        As it was parsed.
    mapping
        Which columns hold places; a column that a person names is taken before the layer's own shapes.
    limits
        Held for shapes in well-known text: nesting and positions.

    Returns
    -------
    Places
        In two dimensions; a row without a place, or with one that cannot be read, is at fault.

    Raises
    ------
    InputError
        If a limit is reached.
    """
    places = Places(np.full(len(layer.rows), None, dtype=object))
    if mapping.of("wkt"):
        _read_shapes(places, layer, mapping.of("wkt")[0], limits)
    elif mapping.of("latlon"):
        _read_points(places, layer, mapping.of("latlon")[0])
    elif mapping.of("lon") and mapping.of("lat"):
        _read_pairs(places, layer, (mapping.of("lon")[0], mapping.of("lat")[0]), (_longitude, _latitude))
    elif mapping.of("easting") and mapping.of("northing"):
        _read_pairs(places, layer, (mapping.of("easting")[0], mapping.of("northing")[0]), (read_number, read_number))
    elif layer.has_geometry:
        for row, each in enumerate(layer.rows):
            places.shapes[row] = each.geometry
            if each.geometry is None:
                places.faults[row] = ("geometry", "", NO_PLACE, ADD_PLACE)
    else:
        for row in range(len(layer.rows)):
            places.faults[row] = ("geometry", "", NO_PLACE, ADD_PLACE)
    _flatten(places)
    return places


def _longitude(value: Plain) -> float | None:
    return read_angle(value, "lon")


def _latitude(value: Plain) -> float | None:
    return read_angle(value, "lat")


def _read_pairs(
    places: Places,
    layer: RawLayer,
    columns: tuple[str, str],
    readers: tuple[Callable[[Plain], float | None], Callable[[Plain], float | None]],
) -> None:
    xy = np.full((len(layer.rows), 2), np.nan)
    for axis, (column, read) in enumerate(zip(columns, readers, strict=True)):
        values = layer.column(column)
        if are_decimals(values):
            xy[:, axis] = np.fromiter(map(float, values), dtype=float, count=len(values))
            continue
        for row, number in enumerate(map(read, values)):
            if number is not None:
                xy[row, axis] = number
            elif row not in places.faults:
                _note_unread(places, row, column, values[row], _NO_NUMBER)
    sound = np.flatnonzero(np.isfinite(xy).all(axis=1))
    places.shapes[sound] = shapely.points(xy[sound])


def _read_shapes(places: Places, layer: RawLayer, column: str, limits: Limits) -> None:
    vertices = 0
    for row, (value, number) in enumerate(zip(layer.column(column), layer.numbers, strict=True)):
        # positions and empty shapes stand between commas: they are counted before anything is made of them
        vertices += value.count(",") + 1 if isinstance(value, str) and "(" in value else 0
        if vertices > limits.vertices:
            raise limit_error("vertices", limits, f"row {number}")
        if nesting(value) > limits.depth:
            raise limit_error("depth", limits, f"row {number}")
        places.shapes[row] = read_wkt(value)
        if places.shapes[row] is None:
            _note_unread(places, row, column, value, "It is to be well-known text, such as POINT (34.25 31.25)")


def _read_points(places: Places, layer: RawLayer, column: str) -> None:
    for row, value in enumerate(layer.column(column)):
        pair = read_pair(value)
        if pair is None:
            _note_unread(places, row, column, value, "It is to be latitude and longitude, such as 31.25, 34.25")
        else:
            places.shapes[row] = shapely.Point(pair)


def _note_unread(places: Places, row: int, column: str, value: Plain, reason: str) -> None:
    text = text_of(value)
    is_missing = not text or text in NOTHING
    places.faults[row] = (column, text, NO_PLACE, ADD_PLACE) if is_missing else (column, text, reason, "Correct it")


def _flatten(places: Places) -> None:
    """Leave heights aside, and take a collection of one shape for that shape: the map is flat and draws no other."""
    if shapely.has_z(places.shapes).any() or shapely.has_m(places.shapes).any():
        places.notes.append("Heights and measures of positions were left aside: the map is flat.")
    was_read = ~shapely.is_missing(places.shapes)
    places.shapes = shapely.force_2d(places.shapes)
    for row in np.flatnonzero(was_read & shapely.is_missing(places.shapes)).tolist():
        places.faults[row] = ("geometry", "", _CURVED, _STRAIGHTEN)
    kinds = shapely.get_type_id(places.shapes)
    for row in np.flatnonzero((kinds == _COLLECTION) | (kinds == _MULTIPOINT)).tolist():
        if len(places.shapes[row].geoms) == 1:
            places.shapes[row] = places.shapes[row].geoms[0]
