"""The file formats of the atlas: a suffix picks the writer."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from importlib import import_module
from pathlib import Path
from types import MappingProxyType
from typing import Any

from exports.geojson import render_geojson
from exports.naming import file_name
from exports.options import ExportOptions, Framing
from exports.proofs import PROOFS
from exports.receipt import read_day
from exports.table import render_csv
from exports.writing import write_atomically
from geo.dataset import Dataset
from geo.errors import InputError, Problem
from geo.view import View
from geo.wording import show_value

_DRAWN = frozenset({"page", "style", "title", "subtitle", "frame", "language"})


@dataclass(frozen=True, slots=True)
class Format:
    """One kind of file.

    Parameters
    ----------
    label
        What a reader calls it.
    media_type
        As registered with IANA.
    draw
        Makes the file's bytes of what a view shows.
    options
        Names of the `ExportOptions` that it heeds, besides ``scope``, which all do.
    """

    label: str
    media_type: str
    draw: Callable[[Dataset, View, ExportOptions], bytes]
    options: frozenset[str] = frozenset()

    def render(self, dataset: Dataset, view: View, options: ExportOptions | None = None) -> bytes:
        """Make the file's bytes of what a view shows.

        Parameters
        ----------
        dataset, view
            What is chosen from, and what to show.
        options
            How; those that the format does not heed are left aside.

        Raises
        ------
        InputError
            If the data do not have what an option asks for.
        """
        options = (options or ExportOptions()).keep(self.heeded)
        return self.draw(dataset, options.dress(view), options)

    def account(self, dataset: Dataset, view: View, options: ExportOptions) -> dict[str, Any]:
        """Account for the frame of a drawing; what is none has nothing to add to its receipt.

        Parameters
        ----------
        dataset, view
            What is chosen from, and what is shown: a step of a tour where its slides tell one.
        options
            How.
        """
        if "frame" not in self.options:
            return {}
        if options.deck.startswith("tour:"):
            options = replace(options, frame=Framing.VIEW)
        return {"drawn": import_module("exports.plotting").plot_marks(dataset, view, options).account}

    @property
    def heeded(self) -> frozenset[str]:
        """Names of the options that make a difference to the file."""
        return self.options | {"scope"}


def render_html(dataset: Dataset, view: View, *, articles: Mapping[str, Sequence[str]] | None = None) -> bytes:
    """Write the map page, as `layers.page.render_page` makes it."""
    from layers.page import render_page  # noqa: PLC0415 - folium is slow to import, and tables need none of it

    return render_page(dataset, view, articles=articles).encode()


_Draw = Callable[[Dataset, View, ExportOptions], bytes]


def _plainly(render: Callable[[Dataset, View], bytes]) -> _Draw:
    """Give a writer for which the view tells all the form of those that heed options."""
    return lambda dataset, view, _: render(dataset, view)


def _render_by(module: str, function: str) -> _Draw:
    """Name a writer of this tier, which is imported when it first writes: a page needs none of their libraries."""
    return lambda dataset, view, _: _import_writer(module, function)(dataset, view)


def _draw_by(module: str, function: str) -> _Draw:
    """Name a writer that heeds options, imported likewise."""
    return lambda dataset, view, options: _import_writer(module, function)(dataset, view, options=options)


def _import_writer(module: str, function: str) -> Callable[..., bytes]:
    writer: Callable[..., bytes] = getattr(import_module(f"exports.{module}"), function)
    return writer


FORMATS: Mapping[str, Format] = MappingProxyType(
    {
        ".html": Format("Map as one web page", "text/html", _plainly(render_html), frozenset({"language"})),
        ".csv": Format("Table of claims", "text/csv", _plainly(render_csv)),
        ".geojson": Format("GeoJSON for QGIS and others", "application/geo+json", _plainly(render_geojson)),
        ".pptx": Format(
            "Slide of native shapes, with its sources",
            "application/vnd.openxmlformats-officedocument.presentationml.presentation",
            _draw_by("decks", "render_pptx"),
            _DRAWN | {"deck"},
        ),
        ".png": Format("Picture", "image/png", _draw_by("image", "render_png"), _DRAWN | {"dpi"}),
        ".svg": Format("Drawing", "image/svg+xml", _draw_by("svg", "render_svg"), _DRAWN),
        ".pdf": Format("PDF with sources and claims", "application/pdf", _draw_by("pdf", "render_pdf"), _DRAWN),
        ".gpkg": Format(
            "GeoPackage, styled for QGIS",
            "application/geopackage+sqlite3",
            _render_by("geopackage", "render_gpkg"),
        ),
        ".parquet": Format("GeoParquet", "application/vnd.apache.parquet", _render_by("geoparquet", "render_parquet")),
        ".kml": Format(
            "KML for Google Earth",
            "application/vnd.google-earth.kml+xml",
            _render_by("kml", "render_kml"),
            frozenset({"language"}),
        ),
        ".kmz": Format(
            "KMZ for Google Earth",
            "application/vnd.google-earth.kmz",
            _render_by("kml", "render_kmz"),
            frozenset({"language"}),
        ),
        ".lpf.json": Format(
            "Linked Places for gazetteers", "application/ld+json", _render_by("linked_places", "render_lpf")
        ),
        ".anno.jsonld": Format(
            "Cited passages as web annotations",
            "application/ld+json",
            _render_by("annotations", "render_annotations"),
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
        ".txt": Format("References, Chicago and APA", "text/plain", _render_by("bibliography", "render_references")),
    }
)
"""Formats by suffix, in the order in which they are offered."""


def write(dataset: Dataset, view: View, path: Path | str, options: ExportOptions | None = None) -> Path:
    """Write what a view shows of a dataset to a file, whole or not at all.

    Parameters
    ----------
    dataset
        What is chosen from.
    view
        What to show.
    path
        File to write; its suffix picks the format.
    options
        How: page, resolution, ground, frame, title and subtitle, language, slides, and whether the view's filters hold.

    Raises
    ------
    InputError
        If no format has the suffix, the format does not heed an option that was chosen, the data do not have what an
        option asks for, or the file cannot be written.
    """
    suffix = find_suffix(path)
    if options:
        _check_heeded(suffix, options)
    return write_atomically(path, FORMATS[suffix].render(dataset, view, options), check=PROOFS[suffix])


def _check_heeded(suffix: str, options: ExportOptions) -> None:
    problems = []
    for name in sorted(options.chosen - FORMATS[suffix].heeded):
        others = ", ".join(other for other, each in FORMATS.items() if name in each.heeded)
        message = (
            f"Invalid option '{name}' for a {suffix} file. It makes no difference there, but to {others}. Leave it out."
        )
        problems.append(Problem("option", message))
    if problems:
        raise InputError(problems)


def write_all(dataset: Dataset, view: View, folder: Path | str, options: ExportOptions | None = None) -> list[Path]:
    """Write what a view shows in every format, and name the files.

    Parameters
    ----------
    dataset
        What is chosen from.
    view
        What to show.
    folder
        Where to write; it is made if it is not there. The files are named after the view and the day.
    options
        How; each format heeds those that make a difference to it.

    Raises
    ------
    InputError
        If the folder cannot be made, a file cannot be written, or the data do not have what an option asks for.
    """
    options = options or ExportOptions()
    place, day, shown = Path(folder), read_day(), options.dress(view)
    try:
        place.mkdir(parents=True, exist_ok=True)
    except (OSError, ValueError) as error:
        message = f"Invalid output '{show_value(str(place), 200)}'. No such folder can be made. Choose another place."
        raise InputError([Problem("output", message)]) from error
    return [
        write(dataset, view, place / file_name(shown, suffix, day), options.keep(kind.heeded))
        for suffix, kind in FORMATS.items()
    ]


def find_suffix(path: Path | str) -> str:
    """Return the suffix of the format that a file's name asks for.

    Raises
    ------
    InputError
        If no format has its suffix.
    """
    name = Path(path).name.lower()
    suffixes = [suffix for suffix in FORMATS if name.endswith(suffix)]
    if suffixes:
        # the longest: one suffix may end another
        return max(suffixes, key=len)
    message = f"Invalid output '{show_value(Path(path).name)}'. Its suffix is one of {', '.join(FORMATS)}. Choose one."
    raise InputError([Problem("output", message)])


def find_format(path: Path | str) -> Format:
    """Return the format that a file's name asks for.

    Raises
    ------
    InputError
        If no format has its suffix.
    """
    return FORMATS[find_suffix(path)]
