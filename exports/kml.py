"""What a view shows as KML 2.2 and KMZ, for Google Earth and others."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Mapping
from html import escape
from typing import Any
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from shapely import LineString, Point, Polygon
from shapely.geometry.base import BaseGeometry, BaseMultipartGeometry

from exports.cleaning import NOTE, clean_record, drop_controls
from exports.own_columns import OwnColumns, gather_own_columns
from exports.receipt import build_receipt, format_receipt
from exports.records import COLUMNS, Record, iterate_records
from geo.dataset import Dataset
from geo.events import tell_cell
from geo.model import Precision
from geo.selection import select
from geo.view import View
from layers.style import ThemeStyle, theme_styles

_NAMESPACE = "http://www.opengis.net/kml/2.2"
_SCHEMA_ID = "feature"
_FIELD_KINDS = {str: "string", float: "double", int: "int", bool: "bool"}
# a ten-millionth of a degree is about a centimetre
_DEGREE_DIGITS = 7
_LINE_WIDTH_PX = 2
# its whole numbers are read in 32 bits
_MOST_WHOLE = (1 << 31) - 1
# KML knows no dashes and no hatches: the less sure a shape, the fainter it is
_OPACITY = {Precision.EXACT: ("ff", "66"), Precision.APPROXIMATE: ("e0", "4d"), Precision.AREA: ("c0", "33")}
_FAINTEST = ("a0", "26")
_OLDEST_ZIP_TIME = (1980, 1, 1, 0, 0, 0)


def render_kml(dataset: Dataset, view: View) -> bytes:
    """Write what is shown as KML: a folder a theme, balloons of text, times as spans, all values as data.

    Parameters
    ----------
    dataset
        What is chosen from.
    view
        What to show; a feature without a shape is a placemark without one.

    References
    ----------
    OGC 07-147r2, KML 2.2; held by its schema, ogckml22.xsd.
    """
    selection = select(dataset, view)
    own = gather_own_columns(dataset, selection, COLUMNS, drop_controls, most_whole=_MOST_WHOLE)
    records, dropped = _clean(iterate_records(dataset, selection), own)
    kinds = {**COLUMNS, **own.kinds}
    receipt = build_receipt(dataset, view, selection)
    if dropped:
        receipt["notes"] = [NOTE.format(dropped)]
    themes = {record.values["theme"] for record in records}
    styles = [style for style in theme_styles(themes, dataset.tables) if style.key in themes]
    root = Element("kml", xmlns=_NAMESPACE)
    document = SubElement(root, "Document")
    _add_text(document, "name", "Corridor Atlas")
    _add_text(document, "description", _as_html(format_receipt(receipt)))
    for style in styles:
        _add_styles(document, style)
    _add_schema(document, kinds)
    folders = {style.key: SubElement(document, "Folder") for style in styles}
    for style in styles:
        _add_text(folders[style.key], "name", style.label[view.language])
    for number, record in enumerate(records):
        _add_placemark(folders[record.values["theme"]], record, number, kinds)
    indent(root, " ")
    return b'<?xml version="1.0" encoding="UTF-8"?>\n' + tostring(root, encoding="unicode").encode() + b"\n"


def render_kmz(dataset: Dataset, view: View) -> bytes:
    """Write what is shown as KMZ: the KML, compressed.

    Parameters
    ----------
    dataset
        What is chosen from.
    view
        As in `render_kml`.
    """
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        # a fixed time: the same input makes the same bytes
        entry = zipfile.ZipInfo("doc.kml", _OLDEST_ZIP_TIME)
        entry.compress_type = zipfile.ZIP_DEFLATED
        archive.writestr(entry, render_kml(dataset, view))
    return packed.getvalue()


def _clean(records: Iterable[Record], own: OwnColumns) -> tuple[list[Record], int]:
    cleaned, dropped = [], own.renamed
    for record in records:
        values, count = clean_record(record.values | own.cells(record.row))
        cleaned.append(Record(values, record.geometry))
        dropped += count
    return cleaned, dropped


def _add_text(parent: Element, tag: str, text: str) -> None:
    # a reader of XML turns a carriage return into a line feed
    SubElement(parent, tag).text = text.replace("\r\n", "\n").replace("\r", "\n")


def _as_html(text: str) -> str:
    """Make text that a balloon shows as it stands: it reads HTML, and puts values in the place of ``$[name]``."""
    return escape(text, quote=False).strip().replace("$[", "&#36;[").replace("\n", "<br>\n")


def _add_styles(document: Element, style: ThemeStyle) -> None:
    for precision in (*Precision, None):
        line, fill = _OPACITY.get(precision, _FAINTEST) if precision else _OPACITY[Precision.EXACT]
        element = SubElement(document, "Style", id=_style_id(style.key, precision))
        _add_text(SubElement(element, "IconStyle"), "color", _kml_colour(style.light, line))
        stroke = SubElement(element, "LineStyle")
        _add_text(stroke, "color", _kml_colour(style.light, line))
        _add_text(stroke, "width", str(_LINE_WIDTH_PX))
        _add_text(SubElement(element, "PolyStyle"), "color", _kml_colour(style.light, fill))
        # the balloon shows the description alone, which is made for it: the name and the data stay for programs
        _add_text(SubElement(element, "BalloonStyle"), "text", "$[description]")


def _style_id(theme: str, precision: str | None) -> str:
    return f"theme-{theme}-{precision or 'own'}"


def _kml_colour(ink: str, opacity: str) -> str:
    """Turn ``#rrggbb`` into KML's order: opacity, blue, green, red."""
    return f"{opacity}{ink[5:7]}{ink[3:5]}{ink[1:3]}"


def _add_schema(document: Element, kinds: Mapping[str, type]) -> None:
    schema = SubElement(document, "Schema", name=_SCHEMA_ID, id=_SCHEMA_ID)
    for name, kind in kinds.items():
        if name != "name":
            SubElement(schema, "SimpleField", type=_FIELD_KINDS[kind], name=name)


def _add_placemark(folder: Element, record: Record, number: int, kinds: Mapping[str, type]) -> None:
    values = record.values
    placemark = SubElement(folder, "Placemark", id=f"placemark-{number}")
    _add_text(placemark, "name", values["name"])
    _add_text(placemark, "description", f"<b>{_as_html(values['name'])}</b><br>\n{_as_html(_balloon(values))}")
    if values["first_day"] or values["last_day"]:
        span = SubElement(placemark, "TimeSpan")
        for tag, day in (("begin", values["first_day"]), ("end", values["last_day"])):
            if day:
                _add_text(span, tag, day)
    _add_text(placemark, "styleUrl", f"#{_style_id(values['theme'], values['precision'])}")
    data = SubElement(SubElement(placemark, "ExtendedData"), "SchemaData", schemaUrl=f"#{_SCHEMA_ID}")
    for name in kinds:
        if name != "name" and values[name] is not None:
            simple = SubElement(data, "SimpleData", name=name)
            simple.text = tell_cell(values[name]).replace("\r\n", "\n").replace("\r", "\n")
    if record.geometry is not None:
        _add_geometry(placemark, record.geometry)


def _balloon(values: dict[str, Any]) -> str:
    told = [values["when_words"], values["evidence"]]
    if values["unplaced"]:
        told.append(f"Not on the map: {values['unplaced']}")
    elif values["precision"]:
        radius = f", within {values['precision_m']:g} m" if values["precision_m"] else ""
        told.append(f"Shape: {values['precision']}{radius}; {values['basis']}")
    return "\n\n".join(part for part in told if part)


def _add_geometry(parent: Element, geometry: BaseGeometry) -> None:
    if isinstance(geometry, Polygon):
        polygon = SubElement(parent, "Polygon")
        rings = [("outerBoundaryIs", geometry.exterior), *(("innerBoundaryIs", hole) for hole in geometry.interiors)]
        for tag, ring in rings:
            _add_coordinates(SubElement(SubElement(polygon, tag), "LinearRing"), ring)
    elif isinstance(geometry, Point):
        _add_coordinates(SubElement(parent, "Point"), geometry)
    elif isinstance(geometry, LineString):
        line = SubElement(parent, "LineString")
        # the line follows the ground
        _add_text(line, "tessellate", "1")
        _add_coordinates(line, geometry)
    elif isinstance(geometry, BaseMultipartGeometry):
        several = SubElement(parent, "MultiGeometry")
        for part in geometry.geoms:
            _add_geometry(several, part)


def _add_coordinates(parent: Element, geometry: BaseGeometry) -> None:
    pairs = (f"{round(x, _DEGREE_DIGITS):.10g},{round(y, _DEGREE_DIGITS):.10g}" for x, y in geometry.coords)
    _add_text(parent, "coordinates", " ".join(pairs))
