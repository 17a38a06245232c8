"""The Folium map of a dataset, as a view shows it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import folium
import numpy as np

from geo.colours import make_legible
from geo.corridor import CORRIDOR, home_extent, with_strip
from geo.dataset import Dataset
from geo.events import make_slug
from geo.filters import Filter
from geo.model import Extent, Precision, Status
from geo.selection import select
from geo.view import View
from layers.basemaps import OFFLINE, OnlineBasemap, find_basemap
from layers.columns import (
    DEGREE_PARTS,
    Index,
    Indexes,
    claim_columns,
    date_column,
    disagreement_column,
    feature_columns,
    geometry_columns,
    source_records,
)
from layers.elements import AtlasFigure, AtlasMap, Step, read_strings
from layers.event_columns import append_events
from layers.ground import ground_columns
from layers.plain import fault_words, render_plain
from layers.reading import reading_columns
from layers.style import ThemeStyle, theme_styles

_MIN_ZOOM, _MAX_ZOOM, _START_ZOOM = 4, 16, 10


def build_map(
    dataset: Dataset, view: View | None = None, *, articles: Mapping[str, Sequence[str]] | None = None
) -> folium.Map:
    """Build the map of a dataset; its root renders the whole self-contained document.

    Parameters
    ----------
    dataset
        Features, claims, sources and ground to draw.
    view
        What to show at first; ``None`` shows everything. Without an extent the map begins at the corridor, or where
        the data lie if none of them is there.
    articles
        Paragraphs of the articles that the reader has at hand, by source id: they are put into the document, to be
        read beside the map. ``None`` leaves them out.

    Raises
    ------
    ValueError
        If the view names a basemap that the atlas does not know.
    """
    view = view or View()
    online = find_basemap(view.basemap)
    styles = theme_styles(_present_themes(dataset), dataset.tables)
    title, home = _title(dataset, view), home_extent(dataset, select(dataset, View()))
    figure = AtlasFigure(
        title=title,
        language=view.language.value,
        image_origins=(online.image_origin,) if online else (),
    )
    atlas_map = _empty_map(view.extent or home)
    atlas_map.add_to(figure)
    _add_layers(atlas_map, styles, online)
    figure.fault, figure.plain = fault_words(view.language), render_plain(dataset, view.language)
    figure.blocks |= {
        "settings": _settings(view, styles, online) | _place(title, home),
        "ground": ground_columns(dataset.basemap),
        "dataset": dataset_columns(dataset, styles),
    }
    if articles:
        figure.blocks["articles"] = reading_columns(dataset, articles)
    return atlas_map


def _title(dataset: Dataset, view: View) -> str:
    """Name the map after the one table that it shows, where it shows nothing of the atlas."""
    titles = {table.title for table in dataset.tables}
    own = titles.pop() if len(titles) == 1 and not dataset.features else ""
    return own or str(read_strings()[view.language]["title"])


def _place(title: str, home: Extent) -> dict[str, Any]:
    is_corridor = home == CORRIDOR
    return {"title": title, "home": home.bounds, "wholeHome": with_strip(home).bounds, "isCorridor": is_corridor}


def _present_themes(dataset: Dataset) -> set[str]:
    themes = {feature.theme.value for feature in dataset.features}
    return themes | (dataset.events.themes if dataset.events else set())


def _empty_map(extent: Extent) -> AtlasMap:
    west, south, east, north = extent.bounds
    atlas_map = AtlasMap(
        location=latlng((west + east) / 2, (south + north) / 2),
        tiles=None,
        zoom_start=_START_ZOOM,
        minZoom=_MIN_ZOOM,
        maxZoom=_MAX_ZOOM,
        zoomSnap=0.25,
        zoomDelta=0.5,
        wheelPxPerZoomLevel=100,
        # the page watches its own size, and does not take a new frame for the reader's wish
        trackResize=False,
        zoom_control=False,
        attributionControl=False,
    )
    atlas_map._id = "atlas"
    return atlas_map


def latlng(lon: float, lat: float) -> tuple[float, float]:
    """Turn longitude and latitude (degrees) into the order that Leaflet and Folium want."""
    return lat, lon


def _add_layers(atlas_map: AtlasMap, styles: tuple[ThemeStyle, ...], online: OnlineBasemap | None) -> None:
    if online:
        tiles = folium.TileLayer(tiles=online.provider, name=online.key, control=False)
        tiles._id = online.key
        tiles.add_to(atlas_map)
    Step("atlas.addGround").add_to(atlas_map)
    # the legend's first theme is drawn last, on top
    for number in reversed(range(len(styles))):
        Step("atlas.addTheme", number).add_to(atlas_map)
    Step("atlas.addLabels").add_to(atlas_map)
    Step("atlas.start").add_to(atlas_map)


def _settings(view: View, styles: tuple[ThemeStyle, ...], online: OnlineBasemap | None) -> dict[str, Any]:
    return {
        "query": view.to_query(),
        "language": view.language.value,
        "basemap": online.key if online else OFFLINE,
        "themes": [
            {
                "key": style.key,
                "label": dict(style.label),
                "light": style.light,
                "dark": style.dark,
                "lightNames": make_legible(style.light, is_dark=False),
                "darkNames": make_legible(style.dark, is_dark=True),
                "glyph": style.glyph.value,
                "hatch": style.hatch.value,
                "credit": style.credit,
                "hasHeads": style.has_heads,
            }
            for style in styles
        ],
        "statuses": [status.value for status in Status],
        "precisions": [precision.value for precision in Precision],
        "filters": [name.value for name in Filter],
        "degreeParts": DEGREE_PARTS,
        "strings": read_strings(),
    }


def dataset_columns(dataset: Dataset, styles: tuple[ThemeStyle, ...]) -> dict[str, Any]:
    """Lay out a dataset for the page: columns of features and claims, and the tables that they point into.

    Parameters
    ----------
    dataset
        What is laid out; every feature travels, so that the page can show what its first view hides.
    styles
        The themes, in the order of their numbers.
    """
    indexes = Indexes(Index(style.key for style in styles), Index(source.id for source in dataset.sources))
    columns = {"features": feature_columns(dataset.features, indexes), "claims": claim_columns(dataset, indexes)}
    records = source_records(dataset.sources, indexes.dates)
    worded = len(indexes.dates.numbers)
    shapes = np.array([feature.shape for feature in dataset.features], dtype=object)
    if dataset.events:
        append_events(columns, dataset.events, indexes)
        shapes = np.concatenate([shapes, dataset.events.geometries])
        names = indexes.sources.values[len(records) :]
        records += [{"id": make_slug(name), "byline": name, "published": -1} for name in names]
    columns["features"]["geometry"] = geometry_columns(shapes)
    return {
        **columns,
        "version": dataset.version,
        "sha256": dataset.sha256,
        "sources": records,
        "disagreements": disagreement_column(dataset),
        "tours": [tour.model_dump() for tour in dataset.tours],
        "attributions": indexes.attributions.values,
        "dates": date_column(indexes.dates, worded),
    }
