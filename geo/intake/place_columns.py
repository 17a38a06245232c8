"""Which columns of a table tell where its rows lie, found by name and content."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import product

from geo.intake.column_names import AXIS_PAIRS, NAMES, fold_name
from geo.intake.nameless import find_degrees
from geo.intake.placing import is_pair, is_wkt, read_angle, read_pair
from geo.intake.rows import Plain, RawLayer
from geo.intake.texts import text_of

LEAST_SHARE = 0.8
"""Share of a column's texts that are places, from which on the column is one of places."""

_LEAST_ANGLES = _LEAST_NAMED = 0.5
_LON_WORDS, _LAT_WORDS = ("longitude", "long", "lon", "lng"), ("latitude", "lat")
_AXES = frozenset(name for pair in AXIS_PAIRS for name in pair)
_LISTS = frozenset({"geolocation"})


def find_place_columns(layer: RawLayer, folded: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    """Find where the rows lie: shapes first, then degrees, then metres, then both in one column, then by content alone.

    Parameters
    ----------
    layer
        As it was parsed.
    folded
        Its columns by their names as `geo.intake.column_names.fold_name` has them.

    Returns
    -------
    dict
        By role, its column; empty where none tells of places.
    """
    wkt = [folded[name] for name in NAMES["wkt"] if name in folded]
    for column in dict.fromkeys([*wkt, *layer.fields]):
        # a name leaves less in doubt
        if share_of_texts(layer, column, is_wkt) >= (_LEAST_NAMED if column in wkt else LEAST_SHARE):
            return {"wkt": (column,)}
    for first, second in (("lon", "lat"), ("easting", "northing")):
        pair = _find_pair(layer, folded, first, second) or (_find_alike(layer, folded) if first == "lon" else None)
        if pair:
            return {first: (pair[0],), second: (pair[1],)}
    named = [folded[name] for name in NAMES["latlon"] if name in folded]
    for column in dict.fromkeys([*named, *layer.fields]):
        if share_of_texts(layer, column, is_pair) >= LEAST_SHARE or _holds_lists(layer, column):
            return {"latlon": (column,)}
    if "wkt" in folded and share_of_texts(layer, folded["wkt"], _has_brackets) >= LEAST_SHARE:
        return {"wkt": (folded["wkt"],)}  # of kinds that are not read, which each row then says
    degrees = find_degrees(layer)
    return {"lon": degrees[:1], "lat": degrees[1:]} if degrees else {}


def _has_brackets(value: Plain) -> bool:
    return "(" in str(value)


def _find_pair(layer: RawLayer, folded: Mapping[str, str], first: str, second: str) -> tuple[str, str] | None:
    x, y = (_find_axis(layer, [folded[name] for name in NAMES[role] if name in folded]) for role in (first, second))
    if x is None or y is None:
        return None
    # beside an x_coord that has its own y_coord, y is another number
    axes = _find_axes(layer, folded) if {fold_name(x), fold_name(y)} <= _AXES else None
    return axes or (x, y)


def _find_axes(layer: RawLayer, folded: Mapping[str, str]) -> tuple[str, str] | None:
    pairs = [(folded[x], folded[y]) for x, y in AXIS_PAIRS if x in folded and y in folded]
    return next((pair for pair in pairs if all(_find_axis(layer, [name]) for name in pair)), None)


def _find_alike(layer: RawLayer, folded: Mapping[str, str]) -> tuple[str, str] | None:
    """Find the only two columns whose names say longitude and latitude beside the same other words."""
    lons, lats = (
        [(rest, column) for name, column in folded.items() for rest in _rests(name, words)]
        for words in (_LON_WORDS, _LAT_WORDS)
    )
    pairs = {(lon, lat) for (rest, lon), (same, lat) in product(lons, lats) if rest == same}
    able = [pair for pair in pairs if all((_share_of_angles(layer, name) or 0) >= _LEAST_ANGLES for name in pair)]
    return able[0] if len(able) == 1 else None


def _rests(name: str, words: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Return what stands before and after a word at the end or the beginning of a name, beside which more stands."""
    for word in words:
        if name.endswith(word) and name != word:
            yield name.removesuffix(word), ""
        if name.startswith(word) and name != word:
            yield "", name.removeprefix(word)


def _holds_lists(layer: RawLayer, column: str) -> bool:
    """Tell whether a column holds pairs of numbers as lists, latitude first, as the JSON of Kobo names and has them."""
    if fold_name(column) not in _LISTS:
        return False
    values = [value for value in layer.sample(column) if value not in (None, "", [None, None])]
    return bool(values) and all(isinstance(value, list) and read_pair(value) is not None for value in values)


def _find_axis(layer: RawLayer, columns: Sequence[str]) -> str | None:
    """Find the first of columns that holds angles; one that does not may be at fault, if its name is sure."""
    shares = {column: _share_of_angles(layer, column) for column in columns}
    angles = (column for column, share in shares.items() if share is not None and share >= _LEAST_ANGLES)
    sure = (column for column, share in shares.items() if share is None or fold_name(column) not in _AXES)
    return next(angles, next(sure, None))


def _share_of_angles(layer: RawLayer, column: str) -> float | None:
    """Return how many of a column's values are numbers or angles; ``None`` where it has no values."""
    values = [value for value in layer.sample(column) if text_of(value)]
    angles = [value for value in values if {read_angle(value, "lon", 1), read_angle(value, "lat")} != {None}]
    return len(angles) / len(values) if values else None


def share_of_texts(layer: RawLayer, column: str, passes: Callable[[Plain], bool]) -> float:
    """Return how many of the first texts of a column pass a test, as a share; 0 where there is none."""
    values = layer.sample(column)
    texts: list[Plain] = [value for value in values if isinstance(value, str) and value.strip()]
    return sum(map(passes, texts)) / len(texts) if texts else 0.0
