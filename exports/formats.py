"""The file formats of the atlas: a suffix picks the writer."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from types import MappingProxyType

from exports.gis import render_geojson
from exports.naming import file_name
from exports.receipt import read_day
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


def _render_by(module: str, function: str) -> Callable[[Dataset, View], bytes]:
    """Name a writer of this tier, which is imported when it first writes: a page needs none of their libraries."""

    def render(dataset: Dataset, view: View) -> bytes:
        content: bytes = getattr(import_module(f"exports.{module}"), function)(dataset, view)
        return content

    return render


FORMATS: Mapping[str, Format] = MappingProxyType(
    {
        ".html": Format("Map as one web page", "text/html", render_html),
        ".csv": Format("Table of claims", "text/csv", render_csv),
        ".geojson": Format("GeoJSON for QGIS and others", "application/geo+json", render_geojson),
        ".pptx": Format(
            "Slide of native shapes, with its sources",
            "application/vnd.openxmlformats-officedocument.presentationml.presentation",
            _render_by("slides", "render_pptx"),
        ),
        ".png": Format("Picture", "image/png", _render_by("image", "render_png")),
        ".svg": Format("Drawing", "image/svg+xml", _render_by("svg", "render_svg")),
        ".pdf": Format("PDF with sources and claims", "application/pdf", _render_by("pdf", "render_pdf")),
        ".gpkg": Format(
            "GeoPackage, styled for QGIS", "application/geopackage+sqlite3", _render_by("geopackage", "render_gpkg")
        ),
        ".parquet": Format("GeoParquet", "application/vnd.apache.parquet", _render_by("geoparquet", "render_parquet")),
        ".kml": Format("KML for Google Earth", "application/vnd.google-earth.kml+xml", _render_by("kml", "render_kml")),
        ".kmz": Format("KMZ for Google Earth", "application/vnd.google-earth.kmz", _render_by("kml", "render_kmz")),
        ".lpf.json": Format(
            "Linked Places for gazetteers", "application/ld+json", _render_by("linked_places", "render_lpf")
        ),
        ".anno.jsonld": Format(
            "Cited passages as web annotations", "application/ld+json", _render_by("annotations", "render_annotations")
        ),
        ".csl.json": Format(
            "Sources for Zotero and others, CSL-JSON",
            "application/vnd.citationstyles.csl+json",
            _render_by("bibliography", "render_csl"),
        ),
        ".bib": Format("Sources for LaTeX, BibLaTeX", "application/x-bibtex", _render_by("bibliography", "render_bib")),
        ".ris": Format(
            "Sources for EndNote and others, RIS",
            "application/x-research-info-systems",
            _render_by("bibliography", "render_ris"),
        ),
        ".txt": Format(
            "References, Chicago author-date", "text/plain", _render_by("bibliography", "render_references")
        ),
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


def write_all(dataset: Dataset, view: View, folder: Path | str) -> list[Path]:
    """Write what a view shows in every format, and name the files.

    Parameters
    ----------
    dataset
        What is chosen from.
    view
        What to show.
    folder
        Where to write; it is made if it is not there. The files are named after the view and the day.

    Raises
    ------
    InputError
        If the folder cannot be made or a file cannot be written.
    """
    place, day = Path(folder), read_day()
    try:
        place.mkdir(parents=True, exist_ok=True)
    except (OSError, ValueError) as error:
        message = f"Invalid output '{show_value(str(place), 200)}'. No such folder can be made. Choose another place."
        raise InputError([Problem("output", message)]) from error
    return [write(dataset, view, place / file_name(view, suffix, day)) for suffix in FORMATS]


def find_format(path: Path | str) -> Format:
    """Return the format that a file's name asks for.

    Raises
    ------
    InputError
        If no format has its suffix.
    """
    name = Path(path).name.lower()
    suffixes = [suffix for suffix in FORMATS if name.endswith(suffix)]
    if suffixes:
        # the longest: one suffix may end another
        return FORMATS[max(suffixes, key=len)]
    message = f"Invalid output '{show_value(Path(path).name)}'. Its suffix is one of {', '.join(FORMATS)}. Choose one."
    raise InputError([Problem("output", message)])
