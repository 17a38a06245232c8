"""What a placemark says besides its shape: names, times, extended data."""

from __future__ import annotations

from typing import Any
from xml.etree.ElementTree import Element

_SHAPES = frozenset({"Point", "LineString", "LinearRing", "Polygon", "MultiGeometry", "Model", "Track", "MultiTrack"})
_LOOKS = frozenset({"Style", "StyleMap", "LookAt", "Camera", "Region"})
_OF_FOLDERS = frozenset({"description", "Snippet", "address", "TimeSpan", "TimeStamp", "ExtendedData", "Metadata"})
# no part of the values: a placemark within another is a row of its own
_ASIDE = frozenset({*_SHAPES, *_LOOKS, "Placemark"})


def text_of(element: Element, name: str) -> str:
    """Return the text of a child by its name; empty where there is none."""
    return next((_whole_text(child) for child in element if child.tag == name), "")


def has_spans(root: Element) -> tuple[bool, bool]:
    """Tell whether placemarks of a document have time spans, and whether any have time stamps."""
    kinds = {child.tag for placemark in root.iter("Placemark") for child in placemark}
    return "TimeSpan" in kinds, "TimeStamp" in kinds


def read_values(placemark: Element, stamp: str = "when") -> dict[str, Any]:
    """Read the fields of a placemark: those of KML by their names, those of its extended data by theirs.

    A time span is the two fields ``begin`` and ``end``. How it looks (styles, views) is left aside. Where a name of the
    extended data is one of KML's, the former is kept as ``data NAME``.

    Parameters
    ----------
    placemark
        The element.
    stamp
        Name of the field that takes a time stamp.
    """
    values: dict[str, Any] = {}
    counts: dict[str, int] = {}
    if placemark.get("id"):
        values["id"] = placemark.get("id")
    for child in placemark:
        kind = child.tag
        if kind in _ASIDE or not kind:
            continue
        if kind in {"TimeSpan", "TimeStamp"}:
            pairs = [(stamp if part.tag == "when" else part.tag, _whole_text(part)) for part in child]
        elif kind == "ExtendedData":
            pairs = _extended(child)
        else:
            pairs = [(kind, _whole_text(child))]
        for name, value in pairs:
            _put(values, counts, name, value)
    return values


def read_track_values(tracks: list[Element]) -> dict[str, list[Any]]:
    """Read what tracks say at their positions besides the time, by name; ``angles`` of a camera too.

    Parameters
    ----------
    tracks
        Elements of one placemark; what those within a MultiTrack say follows each other.
    """
    values: dict[str, list[Any]] = {}
    for track in tracks:
        for element in track.iter():
            if element.tag == "angles":
                values.setdefault("angles", []).append(_whole_text(element))
            for name, value in _extended(element) if element.tag == "ExtendedData" else ():
                values.setdefault(name, []).extend(value if isinstance(value, list) else [value])
    return values


def put_value(values: dict[str, Any], name: str, value: Any) -> None:
    """Put a value beside others; where its name is taken by another value, as ``data NAME``."""
    _put(values, {}, name, value)


def name_own_values(root: Element) -> list[str]:
    """Name what folders and documents say of themselves beside their names, each kind once, as their elements do."""
    folders = (element for element in root.iter() if element.tag in {"Folder", "Document"})
    said = (child for folder in folders for child in folder if child.tag in _OF_FOLDERS and _whole_text(child))
    return list(dict.fromkeys(child.tag for child in said))


def _put(values: dict[str, Any], counts: dict[str, int], name: str, value: Any) -> None:
    if name not in values:
        values[name] = value
        return
    if values[name] == value:
        return
    place = name
    while place in values:
        count = counts[name] = counts.get(name, 0) + 1
        place = f"data {name}" if count == 1 else f"data {name} ({count})"
    values[place] = value


def _extended(element: Element) -> list[tuple[str, Any]]:
    pairs: list[tuple[str, Any]] = []
    for child in element:
        kind = child.tag
        if kind == "Data":
            value = text_of(child, "value")
            pairs.append((child.get("name") or "data", value))
        elif kind == "SchemaData":
            pairs += [_schema_value(part) for part in child]
        elif kind:
            pairs.append((kind, _whole_text(child)))
    return pairs


def _schema_value(element: Element) -> tuple[str, Any]:
    name = element.get("name") or element.tag or "data"
    if element.tag == "SimpleArrayData":
        return name, [_whole_text(value) for value in element]
    return name, _whole_text(element)


def _whole_text(element: Element) -> str:
    return "".join(element.itertext()).strip()
