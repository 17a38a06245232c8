"""The map page: one HTML document that needs nothing outside itself."""

from __future__ import annotations

from geo.dataset import Dataset
from geo.view import View
from layers.map import build_map


def render_page(dataset: Dataset, view: View | None = None) -> str:
    """Write the map page of a dataset.

    Parameters
    ----------
    dataset
        Features, claims, sources and ground to draw.
    view
        What to show at first; ``None`` shows everything in the corridor.

    Raises
    ------
    ValueError
        If the view names a basemap that the atlas does not know.
    """
    document: str = build_map(dataset, view).get_root().render()
    return document
