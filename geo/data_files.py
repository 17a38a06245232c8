"""The files of a data set: what they are called, which there are, and their content before it is checked."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from geo.errors import InputError, Problem
from geo.json_reading import parse_json, read_bytes

PLACES, SOURCES, TOURS = "places.geojson", "sources.json", "tours.json"
"""Names of the files in a folder of data: features, the works that they cite, stories about them."""

EVENTS = "events.geojson"
"""Name of the file that an import writes, in a folder of its own or beside those."""

MOST_EVENT_BYTES = 400_000_000
"""Greatest size of a file with events of readers' tables: 100,000 of them are 50 MB and more."""


def read_files(path: Path) -> tuple[list[bytes], Any, Any]:
    """Read features and sources as they are written, unchecked.

    Parameters
    ----------
    path
        A folder of data, or a GeoJSON file with its sources in it or beside it.

    Returns
    -------
    tuple
        Bytes of each file that was read; the collection of features, and the list of sources, as JSON gives them.

    Raises
    ------
    InputError
        Naming each file that cannot be read, and what in it is no sound JSON.
    """
    places = path / PLACES if path.is_dir() else path
    contents: list[bytes] = []
    problems: list[Problem] = []
    collection = items = None
    try:
        contents.append(read_bytes(places, MOST_EVENT_BYTES))
        collection = parse_json(contents[-1], places, _events_of)
    except InputError as error:
        problems += error.problems
    if not contents:
        raise InputError(problems)
    sources = places.with_name(SOURCES)
    if isinstance(collection, dict) and not {"sources", "tables"}.isdisjoint(collection):
        items = collection.get("sources", [])
    # a file that is no JSON is no data: that there are no sources beside it says nothing
    elif path.is_dir() or not problems or sources.exists():
        try:
            contents.append(read_bytes(sources))
            items = parse_json(contents[-1], sources)
        except InputError as error:
            problems += error.problems
    if problems:
        raise InputError(problems)
    return contents, collection, items


def part_events(collection: Any) -> tuple[list[Any], list[Any]]:
    """Part the features of a collection that are events of readers' tables from the others; in that order.

    Parameters
    ----------
    collection
        As JSON gives it; what is no collection with the member ``tables`` has no events.
    """
    features = collection.get("features") if isinstance(collection, dict) else None
    if not isinstance(features, list):
        return [], []
    if not isinstance(collection.get("tables"), list):
        return [], features
    from geo.events import REQUIRED  # noqa: PLC0415 - pandas is slow to import, and most data have no events

    events, rest = list[Any](), list[Any]()
    for each in features:
        properties = each.get("properties") if isinstance(each, dict) else None
        is_event = isinstance(properties, dict) and set(REQUIRED) <= properties.keys()
        (events if is_event else rest).append(each)
    return events, rest


def _events_of(collection: Any) -> list[Any]:
    return part_events(collection)[0]


def has_own_form(path: Path | str) -> bool:
    """Tell whether a file is GeoJSON of the atlas's own form.

    Its first feature has claims, or it tells of readers' tables; or nothing can be told.
    """
    if Path(path).suffix.lower() not in {".geojson", ".json"}:
        return False
    try:
        collection = parse_json(read_bytes(Path(path), MOST_EVENT_BYTES), Path(path), _events_of)
        if not isinstance(collection, dict):
            return False
        return isinstance(collection.get("tables"), list) or "claims" in collection["features"][0]["properties"]
    except (InputError, LookupError, TypeError):
        # whatever is wrong with it is told by the stricter reader
        return True


def list_unread(path: Path | str) -> list[str]:
    """List the JSON files of a folder that `geo.dataset.read_dataset` does not look at; none beside a single file."""
    folder = Path(path)
    has_places = (folder / PLACES).exists()
    read = {PLACES, SOURCES, TOURS, EVENTS} if has_places else {EVENTS}
    found = folder.iterdir() if folder.is_dir() else ()
    return sorted(each.name for each in found if each.suffix in {".json", ".geojson"} and each.name not in read)
