"""KML and KMZ, walked by our own hands: every folder, every placemark; links and models are listed, not followed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import nullcontext
from xml.etree.ElementTree import Element

from geo.intake.reading.archives import is_hidden, open_archive, read_entry
from geo.intake.reading.crs_names import WGS84
from geo.intake.reading.gathering import GatheredLayer, Gathering
from geo.intake.reading.kml_shapes import build_geometry, find_geometries
from geo.intake.reading.kml_values import (
    has_spans,
    name_own_values,
    put_value,
    read_track_values,
    read_values,
    text_of,
)
from geo.intake.reading.shapes import Mend, ShapeError
from geo.intake.reading.xml_text import parse_tree
from geo.intake.refusing import unreadable
from geo.wording import show_value

ROOTS = frozenset({"kml", "Document", "Folder", "Placemark", "Update", "Style", "StyleMap", "NetworkLink"})
"""Elements that a KML, or a part of one that was saved alone, begins with."""

_LINKED = {
    "NetworkLink": ("It points to another file, which is not fetched.", "Save that file and give it beside this one."),
    "GroundOverlay": ("It is a picture on the ground, which is not drawn.", "Draw its outline as a polygon."),
    "ScreenOverlay": ("It is a picture on the screen, not on the map.", "Leave it out."),
    "PhotoOverlay": ("It is a photograph, which is not drawn.", "Give its place as a placemark."),
}
_STYLES = frozenset({"Style", "StyleMap", "Update"})
_SILENT = frozenset({"Style", "StyleMap", "Schema", "LookAt", "Camera", "Region", "ExtendedData", "Metadata"})


def read_rows(data: bytes, gathering: Gathering) -> None:
    """Read all placemarks, in the order of the document, into one layer a KML.

    Raises
    ------
    InputError
        If it is not well-formed, is no KML, or reaches a limit.
    """
    if not data.startswith(b"PK"):
        _tell_empty(_read_document(data, gathering, ""), gathering)
        return
    archive = open_archive(data, gathering.limits)
    files = [entry.filename for entry in archive.infolist() if not entry.is_dir() and not is_hidden(entry.filename)]
    names = [name for name in files if name.lower().endswith(".kml")]
    # the main document is doc.kml by custom, else the first in the archive's root
    names.sort(key=lambda name: (name.lower() != "doc.kml", name.count("/")))
    gathering.expect_layers(len(names))
    styles = set[str]()
    several = len(names) > 1
    for name in names:
        with gathering.part(name) if several else nullcontext():
            data = read_entry(archive, name, gathering.limits)
            styles |= _read_document(data, gathering, name if several else "")
    others = len(files) - len(names)
    if others:
        gathering.note(f"The KMZ holds {others} other files (pictures, models), which are not shown.")
    _tell_empty(styles, gathering)


def _read_document(data: bytes, gathering: Gathering, entry: str) -> set[str]:
    """Read one KML; return which of `_STYLES` it holds, if it has no rows."""
    root = parse_tree(data, gathering, "Placemark")
    if root.tag not in ROOTS:
        raise unreadable(f"It is XML, but no KML: its root is '{show_value(root.tag)}'", "Give a KML")
    _name_typed(root)
    layer = gathering.open_layer(_title_of(root) or entry, WGS84, has_geometry=True)
    spans, stamps = has_spans(root)
    if spans and stamps:
        gathering.note("It has time spans and time stamps: the stamps are in the field 'begin', beside the spans' own.")
    if own := name_own_values(root):
        gathering.note(f"Folders and documents say more than their names ({', '.join(own)}); it was left aside.")
    for element, folders in _walk(root, gathering):
        if element.tag == "Placemark":
            _read_placemark(element, folders, layer, "begin" if spans else "when")
        else:
            number = layer.count()
            reason, remedy = _LINKED[element.tag]
            layer.set_aside(number, element.tag, text_of(element, "name"), reason, remedy)
    return set() if layer.number else {element.tag for element in root.iter()} & _STYLES


def _name_typed(root: Element) -> None:
    """Call placemarks so that have the name of a schema instead, as KML 2.0 and old exports of Google Earth do."""
    schemas = [schema for schema in root.iter("Schema") if _says(schema, "parent") == "Placemark"]
    typed = {_says(schema, "name") for schema in schemas} - {""}
    for element in root.iter() if typed else ():
        element.tag = "Placemark" if element.tag in typed else element.tag


def _says(schema: Element, name: str) -> str:
    return schema.get(name) or text_of(schema, name)


def _tell_empty(styles: set[str], gathering: Gathering) -> None:
    if gathering.rows:
        return
    if not styles:
        raise unreadable("It holds no placemarks", "Give a KML with placemarks")
    gathering.note(f"It holds no placemarks, only {', '.join(sorted(styles))}: nothing is added to the map.")


def _title_of(root: Element) -> str:
    document = root if root.tag != "kml" else next((child for child in root if child.tag in ROOTS), root)
    return text_of(document, "name")


def _walk(root: Element, gathering: Gathering) -> Iterator[tuple[Element, tuple[str, ...]]]:
    """Give all placemarks, links and overlays with the names of their folders, in the order of the document."""
    rest: list[tuple[Element, tuple[str, ...]]] = [(root, ())]
    while rest:
        element, folders = rest.pop()
        kind = element.tag
        if kind == "Placemark" or kind in _LINKED:
            yield element, folders
            rest += [(child, folders) for child in reversed(element) if child.tag == "Placemark"]
            continue
        if kind in _SILENT:
            continue
        if kind == "Tour":
            gathering.note("It holds a tour, which is not shown.")
            continue
        if kind in {"Folder", "Document"}:
            name = text_of(element, "name")
            folders = (*folders, name) if name and kind == "Folder" else folders
        rest += [(child, folders) for child in reversed(element)]


def _read_placemark(element: Element, folders: tuple[str, ...], layer: GatheredLayer, stamp: str) -> None:
    number = layer.count()
    values = read_values(element, stamp)
    mends: list[Mend] = []
    geometries = find_geometries(element)
    try:
        geometry = build_geometry(geometries, mends)
    except ShapeError as error:
        layer.refuse(number, "geometry", error.value, error.reason, error.remedy)
        return
    if geometry is None and not values and not geometries:
        layer.set_aside(number, "", "", "The placemark is empty.", "Give it a place or take it out.")
        return
    if folders:
        values.setdefault("folder", " / ".join(folders))
    for old, new, reason in mends:
        layer.change(number, "geometry", old, new, reason)
    tracks = [track for element in geometries for track in element.iter("Track")]
    times = [(when.text or "").strip() for track in tracks for when in track.iter("when")]
    if times:
        # beside the fields of time spans it would be taken for the date of all
        field = "when" if stamp == "when" else "times"
        values.setdefault(field, times if len(times) > 1 else times[0])
        layer.whole.note(f"Tracks are drawn as lines; their times are in the field '{field}'.")
    for name, listed in read_track_values(tracks).items():
        put_value(values, name, listed)
    layer.keep(number, values, geometry)
