"""Lines of longitude and latitude for a map: where they run and how they are labelled."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor

from geo.model import Extent

# round fractions of a degree that read well in degrees and minutes
_STEPS_DEG = tuple(Fraction(minutes, 60) for minutes in (1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800))
_LINES = 6  # across the longer side of an extent, about
_PIECES = 24  # a parallel is curved in most projections, so it is drawn in pieces


@dataclass(frozen=True, slots=True)
class GraticuleLine:
    """One line of the graticule.

    Parameters
    ----------
    label
        The line's longitude or latitude as a reader says it: "34° E", "31°15′ N".
    is_meridian
        Whether it is a line of longitude.
    value_deg
        Its longitude or latitude, degrees.
    coordinates
        Points along it, longitude before latitude, degrees; from south to north or from west to east.
    """

    label: str
    is_meridian: bool
    value_deg: float
    coordinates: tuple[tuple[float, float], ...]


def choose_step(extent: Extent) -> Fraction:
    """Choose the step, in degrees, that crosses an extent's longer side with about half a dozen lines."""
    span = max(extent.east - extent.west, extent.north - extent.south)
    return min(_STEPS_DEG, key=lambda step: abs(span / float(step) - _LINES))


def build_graticule(extent: Extent) -> list[GraticuleLine]:
    """Build the lines of longitude, then those of latitude, that cross an extent.

    Parameters
    ----------
    extent
        Ground to cover, degrees.
    """
    step = choose_step(extent)
    meridians = [
        GraticuleLine(
            format_angle(lon, "E", "W"), True, float(lon), tuple((float(lon), lat) for lat in _pieces(extent, axis=1))
        )
        for lon in _multiples(extent.west, extent.east, step)
    ]
    parallels = [
        GraticuleLine(
            format_angle(lat, "N", "S"), False, float(lat), tuple((lon, float(lat)) for lon in _pieces(extent, axis=0))
        )
        for lat in _multiples(extent.south, extent.north, step)
    ]
    return meridians + parallels


def format_angle(value_deg: Fraction | float, positive: str, negative: str) -> str:
    """Format an angle in degrees, minutes and seconds, leaving out what is nought.

    Parameters
    ----------
    value_deg
        Angle, degrees.
    positive, negative
        Letter of its half of the globe; neither is written at 0°.

    Examples
    --------
    >>> format_angle(31.25, "N", "S")
    '31°15′ N'
    >>> format_angle(-34, "E", "W")
    '34° W'
    """
    seconds = round(abs(Fraction(value_deg)) * 3600)
    degrees, minutes, rest = seconds // 3600, seconds // 60 % 60, seconds % 60
    text = f"{degrees}°" + (f"{minutes:02d}′" if minutes or rest else "") + (f"{rest:02d}″" if rest else "")
    if seconds == 0:
        return text
    return f"{text} {positive if value_deg > 0 else negative}"


def _multiples(first: float, last: float, step: Fraction) -> list[Fraction]:
    """Return the multiples of a step from first to last, both included."""
    return [step * count for count in range(ceil(Fraction(first) / step), floor(Fraction(last) / step) + 1)]


def _pieces(extent: Extent, *, axis: int) -> list[float]:
    """Return values evenly spaced along one side of an extent: 0 for longitudes, 1 for latitudes."""
    first, last = extent.bounds[axis], extent.bounds[axis + 2]
    return [first + (last - first) * piece / _PIECES for piece in range(_PIECES)] + [last]
