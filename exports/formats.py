"""The file formats of the atlas: a suffix picks the writer."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from exports.gis import render_geojson
from exports.table import render_csv
from exports.writing import write_atomically
from geo.dataset import Dataset
from geo.errors import InputError, Problem
from geo.view import View
from geo.wording import show_value


@dataclass(frozen=True, slots=True)
class Format:
    """One kind of file.

    Parameters
    ----------
    label
        What a reader calls it.
    media_type
        As registered with IANA.
    render
        Makes the file's bytes of what a view shows.
    """

    label: str
    media_type: str
    render: Callable[[Dataset, View], bytes]


def render_html(dataset: Dataset, view: View, *, articles: Mapping[str, Sequence[str]] | None = None) -> bytes:
    """Write the map page, as `layers.page.render_page` makes it."""
    from layers.page import render_page  # noqa: PLC0415 - folium is slow to import, and tables need none of it

    return render_page(dataset, view, articles=articles).encode()


FORMATS: Mapping[str, Format] = MappingProxyType(
    {
        ".html": Format("Map as one web page", "text/html", render_html),
        ".csv": Format("Table of claims", "text/csv", render_csv),
        ".geojson": Format("GeoJSON for QGIS and others", "application/geo+json", render_geojson),
    }
)
"""Formats by suffix, in the order in which they are offered."""


def write(dataset: Dataset, view: View, path: Path | str) -> Path:
    """Write what a view shows of a dataset to a file, whole or not at all.

    Parameters
    ----------
    dataset
        What is chosen from.
    view
        What to show.
    path
        File to write; its suffix picks the format.

    Raises
    ------
    InputError
        If no format has the suffix, or the file cannot be written.
    """
    return write_atomically(path, find_format(path).render(dataset, view))


def find_format(path: Path | str) -> Format:
    """Return the format that a file's name asks for.

    Raises
    ------
    InputError
        If no format has its suffix.
    """
    name = Path(path).name.lower()
    for suffix, file_format in FORMATS.items():
        if name.endswith(suffix):
            return file_format
    message = f"Invalid output '{show_value(Path(path).name)}'. Its suffix is one of {', '.join(FORMATS)}. Choose one."
    raise InputError([Problem("output", message)])
