"""The map page: one HTML document that needs nothing outside itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from geo.dataset import Dataset
from geo.view import View
from layers.map import build_map


def render_page(
    dataset: Dataset, view: View | None = None, *, articles: Mapping[str, Sequence[str]] | None = None
) -> str:
    """Write the map page of a dataset.

    Parameters
    ----------
    dataset
        Features, claims, sources and ground to draw.
    view
        What to show at first; ``None`` shows everything in the corridor.
    articles
        Paragraphs of the articles that the reader has at hand, by source id; ``None`` leaves them out.

    Raises
    ------
    ValueError
        If the view names a basemap that the atlas does not know.
    """
    document: str = build_map(dataset, view, articles=articles).get_root().render()
    return document
