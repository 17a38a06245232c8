"""Symbols of the atlas's themes as QGIS keeps them (QML), so that a layer opens as it looks on the map."""

from __future__ import annotations

from collections.abc import Iterable
from types import MappingProxyType
from xml.etree.ElementTree import Element, SubElement, tostring

from layers.style import Glyph, Hatch, ThemeStyle

# the version whose syntax this is; later ones read it
_QGIS_VERSION = "3.22.16"
_MARKERS = MappingProxyType(
    {
        Glyph.DOT: "circle",
        Glyph.DIAMOND: "diamond",
        Glyph.SQUARE: "square",
        Glyph.RING: "circle",
        Glyph.CROSS: "cross_fill",
        Glyph.TRIANGLE: "triangle",
        Glyph.LINE: "line",
        Glyph.ARROW: "filled_arrowhead",
    }
)
_BRUSHES = MappingProxyType(
    {
        Hatch.NONE: "no",
        Hatch.RISING: "b_diagonal",
        Hatch.FALLING: "f_diagonal",
        Hatch.DOTS: "dense6",
        Hatch.LEVEL: "horizontal",
        Hatch.UPRIGHT: "vertical",
        Hatch.CROSSED: "diagonal_x",
    }
)
_MARKER_SIZE_MM, _LINE_WIDTH_MM, _OUTLINE_WIDTH_MM = "2.6", "0.6", "0.35"
_HATCH_OPACITY = 110
# dashes wherever the words are less than sure of the place
_DASHES = """if("precision" in ('schematic', 'approximate'), 'dash', 'solid')"""
# a map tip is HTML: what the data hold is shown as it stands
_ESCAPED = """replace(replace("{}", '&', '&amp;'), '<', '&lt;')"""
_MAP_TIP = f"<b>[% {_ESCAPED.format('name')} %]</b><br>[% {_ESCAPED.format('evidence')} %]"
_EXPRESSION = "3"


def make_qml(styles: Iterable[ThemeStyle], geometry: str) -> str:
    """Write the style of a layer: a symbol a theme, names as labels, evidence as map tip.

    Parameters
    ----------
    styles
        Of the themes that the layer may hold, in the order of the legend.
    geometry
        ``marker``, ``line`` or ``fill``.

    References
    ----------
    QGIS 3.22, style of a vector layer; the categorised renderer by the attribute ``theme``.
    """
    root = Element("qgis", version=_QGIS_VERSION, styleCategories="Symbology|Labeling|MapTips", labelsEnabled="1")
    renderer = SubElement(
        root,
        "renderer-v2",
        type="categorizedSymbol",
        attr="theme",
        symbollevels="0",
        forceraster="0",
        enableorderby="0",
    )
    categories, symbols = SubElement(renderer, "categories"), SubElement(renderer, "symbols")
    for number, style in enumerate(styles):
        SubElement(
            categories,
            "category",
            value=style.key,
            type="string",
            symbol=str(number),
            label=style.label["en"],
            render="true",
        )
        symbol = SubElement(
            symbols, "symbol", name=str(number), type=geometry, alpha="1", clip_to_extent="1", force_rhr="0"
        )
        _add_layer(symbol, style, geometry)
    _add_labels(root, geometry)
    SubElement(root, "mapTip").text = _MAP_TIP
    SubElement(root, "layerGeometryType").text = {"marker": "0", "line": "1", "fill": "2"}[geometry]
    return f"<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n{tostring(root, encoding='unicode')}\n"


def _add_layer(symbol: Element, style: ThemeStyle, geometry: str) -> None:
    ink = _colour(style.light)
    if geometry == "marker":
        is_hollow = style.glyph is Glyph.RING
        options = {
            "name": _MARKERS[style.glyph],
            "color": _colour(style.light, 0 if is_hollow else 255),
            "outline_color": ink if is_hollow else "255,255,255,255",
            "outline_style": "solid",
            "outline_width": _OUTLINE_WIDTH_MM,
            "outline_width_unit": "MM",
            "size": _MARKER_SIZE_MM,
            "size_unit": "MM",
        }
        _add_options(symbol, "SimpleMarker", options)
    elif geometry == "line":
        options = {
            "line_color": ink,
            "line_style": "solid",
            "line_width": _LINE_WIDTH_MM,
            "line_width_unit": "MM",
            "capstyle": "round",
            "joinstyle": "round",
        }
        _add_options(symbol, "SimpleLine", options, dashed="outlineStyle")
    else:
        options = {
            # several areas may lie upon one another
            "color": _colour(style.light, _HATCH_OPACITY),
            "style": _BRUSHES[style.hatch],
            "outline_color": ink,
            "outline_style": "solid",
            "outline_width": _OUTLINE_WIDTH_MM,
            "outline_width_unit": "MM",
        }
        _add_options(symbol, "SimpleFill", options, dashed="outlineStyle")


def _add_options(symbol: Element, kind: str, options: dict[str, str], dashed: str = "") -> None:
    layer = SubElement(symbol, "layer", {"class": kind, "enabled": "1", "locked": "0", "pass": "0"})
    table = SubElement(layer, "Option", type="Map")
    for name, value in options.items():
        SubElement(table, "Option", name=name, value=value, type="QString")
    if dashed:
        properties = SubElement(SubElement(layer, "data_defined_properties"), "Option", type="Map")
        SubElement(properties, "Option", name="name", value="", type="QString")
        named = SubElement(properties, "Option", name="properties", type="Map")
        rule = SubElement(named, "Option", name=dashed, type="Map")
        SubElement(rule, "Option", name="active", value="true", type="bool")
        SubElement(rule, "Option", name="expression", value=_DASHES, type="QString")
        SubElement(rule, "Option", name="type", value=_EXPRESSION, type="int")
        SubElement(properties, "Option", name="type", value="collection", type="QString")


def _add_labels(root: Element, geometry: str) -> None:
    settings = SubElement(SubElement(root, "labeling", type="simple"), "settings", calloutType="simple")
    style = SubElement(
        settings,
        "text-style",
        fieldName="name",
        isExpression="0",
        fontFamily="Sans Serif",
        fontSize="8",
        fontSizeUnit="Point",
        textColor="31,45,58,255",
        textOpacity="1",
    )
    SubElement(
        style,
        "text-buffer",
        bufferDraw="1",
        bufferSize="0.8",
        bufferSizeUnits="MM",
        bufferColor="255,255,255,255",
        bufferOpacity="0.85",
    )
    # around a point, along a line, within an area
    SubElement(settings, "placement", placement={"marker": "6", "line": "2", "fill": "1"}[geometry], dist="1")
    SubElement(settings, "rendering", drawLabels="1", obstacle="1", scaleVisibility="0")


def _colour(ink: str, opacity: int = 255) -> str:
    """Turn ``#rrggbb`` into QGIS's red, green, blue, opacity, each 0 to 255."""
    return ",".join(str(int(ink[at : at + 2], 16)) for at in (1, 3, 5)) + f",{opacity}"
