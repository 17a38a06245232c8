"""What a drawing shows: the marks of a view with what each rests on, and its sources, numbered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from shapely.geometry.base import BaseGeometry

from exports.drawing import Note, NumberedSource, Quotation
from exports.lettering import clean_text
from exports.strings import read_own_words
from geo.citing import deep_link, independent_origins
from geo.dataset import Dataset
from geo.dates import format_interval
from geo.events import PRECISION
from geo.model import Claim, Feature, Method, Precision, Source, Status, Theme
from geo.selection import Selection
from geo.view import Language
from layers.words import name_source, read_words, tell_precision, theme_label

_DOUBTFUL = {Status.DENIED, Status.HYPOTHETICAL}
# as on the page: a second script is a help, a third takes the room of another name
_LOCAL_LANGUAGES = {Language.ENGLISH: ("ar",), Language.ARABIC: ("en",)}
_MAX_ALT = 600


@dataclass(frozen=True, slots=True)
class Subject:
    """A feature or event that is to be drawn.

    Parameters
    ----------
    key, name, local_names
        Its id; its name in the reader's language; how it is called on the spot.
    theme
        Slug.
    geometry
        Longitude before latitude, degrees.
    precision, radius_m
        How exactly it is placed; ``None`` where nothing is known of it.
    hollow
        Whether every shown claim is denied or hypothetical.
    corroborated
        Whether two or more independent origins stand behind it.
    source_keys
        Of the works that its shown claims cite.
    record
        The feature and its shown claims, or the columns of an event; what alternative text and notes are made of.
    theme_name
        Of an event, in the reader's language; empty for a feature, whose theme the atlas names.
    disputed
        Whether it is an armistice line or a disputed one.
    measured
        Whether the atlas measured its shape, so that the ground has no line there.
    """

    key: str
    name: str
    local_names: tuple[str, ...]
    theme: str
    geometry: BaseGeometry
    precision: Precision | None
    radius_m: float
    hollow: bool
    corroborated: bool
    source_keys: tuple[str, ...]
    record: Any
    theme_name: str = ""
    disputed: bool = False
    measured: bool = False

    @property
    def is_own(self) -> bool:
        """Whether it is an event of a reader's own table."""
        return isinstance(self.record, dict)


def gather_subjects(dataset: Dataset, selection: Selection, language: Language) -> list[Subject]:
    """Gather the features and events of a selection that have a shape.

    Parameters
    ----------
    dataset
        What was chosen from.
    selection
        What is shown.
    language
        Of names.
    """
    subjects = [_of_feature(feature, selection.claims[feature.id], language) for feature in selection.drawn]
    events = dataset.events
    if events is not None:
        labels = {theme: clean_text(theme_label(theme, language, dataset.tables)) for theme in events.themes}
        for row in selection.events.tolist():
            if events.geometries[row] is not None and not events.geometries[row].is_empty:
                cells = {name: str(column[row]) for name, column in events.columns.items()}
                subjects.append(_of_event(cells, events.geometries[row], labels[cells["theme"]]))
    return subjects


def _of_feature(feature: Feature, claims: Sequence[Claim], language: Language) -> Subject:
    name = feature.names.get(language.value, feature.name)
    local = [feature.names[code] for code in _LOCAL_LANGUAGES[language] if code in feature.names]
    shape, provenance = feature.shape, feature.provenance
    assert shape is not None, "only features with a shape are drawn"
    assert provenance is not None, "every shape says how it was made"
    is_place = feature.theme == Theme.PLACES and shape.geom_type == "Point"
    return Subject(
        key=feature.id,
        name=clean_text(name),
        local_names=tuple(clean_text(other) for other in local if is_place and other != name),
        theme=feature.theme.value,
        geometry=shape,
        precision=provenance.precision,
        radius_m=(provenance.precision_m or 0.0) if shape.geom_type == "Point" else 0.0,
        hollow=all(claim.status in _DOUBTFUL for claim in claims),
        corroborated=len(independent_origins(claims)) > 1,
        source_keys=tuple(dict.fromkeys(claim.citation.id for claim in claims)),
        record=(feature, tuple(claims)),
        disputed=provenance.disputed,
        measured=provenance.method is Method.MEASURED,
    )


def _of_event(cells: dict[str, str], geometry: BaseGeometry, theme_name: str) -> Subject:
    return Subject(
        key=cells["id"],
        name=clean_text(cells["name"]) or clean_text(cells["id"]),
        local_names=(),
        theme=cells["theme"],
        geometry=geometry,
        precision=Precision(cells[PRECISION]) if PRECISION in cells else None,
        radius_m=0.0,
        hollow=False,
        corroborated=False,
        source_keys=(cells["source"],),
        record=cells,
        theme_name=theme_name,
    )


def number_sources(
    dataset: Dataset,
    subjects: Sequence[Subject],
    language: Language,
    others: Sequence[str] = (),
    numbered: Sequence[str] = (),
) -> tuple[NumberedSource, ...]:
    """Give numbers to the sources of what is drawn: the atlas's in the order of its data, then those of events.

    Parameters
    ----------
    dataset
        Where the sources stand.
    subjects
        What is drawn.
    language
        Of the sources' lines.
    others
        Keys of works that are listed besides, though no mark cites them.
    numbered
        Keys of all works that have numbers, where more have than are listed here: those of the other pages of a file.

    Returns
    -------
    What is listed, in the order of its numbers.
    """
    counts = dict.fromkeys(others, 0)
    for subject in subjects:
        for key in subject.source_keys:
            counts[key] = counts.get(key, 0) + 1
    all_keys = dict.fromkeys([*numbered, *counts])
    known: dict[str, Source] = {source.id: source for source in dataset.sources if source.id in all_keys}
    keys = [*known, *(key for key in all_keys if key not in known)]
    return tuple(
        NumberedSource(
            number,
            key,
            clean_text(name_source(known[key], language) if key in known else key),
            (known[key].URL or "") if key in known else "",
            counts[key],
            _name_briefly(known[key]) if key in known else clean_text(key),
        )
        for number, key in enumerate(keys, start=1)
        if key in counts
    )


def _name_briefly(source: Source) -> str:
    place = source.container_title or source.publisher
    return clean_text(", ".join(part for part in (source.byline, place) if part) or source.title)


def format_numbers(numbers: Sequence[int]) -> str:
    """Write the numbers of sources in brackets; three or more in a row as a span.

    Examples
    --------
    >>> format_numbers([1, 2, 3, 5])
    '[1–3, 5]'
    """
    if not len(numbers):
        return ""
    runs = np.split(np.array(numbers), np.flatnonzero(np.diff(numbers) != 1) + 1)
    parts = [f"{run[0]}–{run[-1]}" if len(run) > 2 else ", ".join(map(str, run)) for run in runs]
    return f"[{', '.join(parts)}]"


def describe(subject: Subject, numbers: dict[str, int], language: Language) -> str:
    """Tell a mark in words: theme, name, how exactly it is placed, and where its claims stand."""
    words = read_words(language)
    parts = [f"{subject.theme_name or theme_label(subject.theme, language)}: {subject.name}."]
    if subject.precision:
        parts.append(tell_precision(subject.precision, language, is_own=subject.is_own))
        if subject.radius_m:
            parts.append(
                words["within"].format(f"{subject.radius_m / 1000:g} {read_own_words(language)['kilometres']}.")
            )
    if subject.hollow:
        parts.append(words["hollow-means"])
    if subject.is_own:
        where = [(subject.record["source"], subject.record["locator"])]
    else:
        cited = [claim.citation for claim in subject.record[1]]
        where = [(citation.id, words["paragraph"].format(citation.locator)) for citation in cited]
    places: dict[str, list[str]] = {}
    for key, place in where:
        places.setdefault(key, []).append(place)
    told = "; ".join(f"[{numbers[key]}] {', '.join(dict.fromkeys(found))}" for key, found in places.items())
    parts.append(f"{read_own_words(language)['sources']}: {told}.")
    text = clean_text(" ".join(parts))
    return text if len(text) <= _MAX_ALT else f"{text[: _MAX_ALT - 1]}…"


def note_subject(subject: Subject, dataset: Dataset, numbers: dict[str, int], language: Language) -> Note:
    """Tell what a mark rests on, claim by claim; texts are as they were given, for whoever writes them to fit."""
    words = read_words(language)
    if subject.is_own:
        cells = subject.record
        when = format_interval(cells["when"], language.value) if cells["when"] else ""
        reference = ", ".join(
            part for part in (f"[{numbers[cells['source']]}] {cells['source']}", cells["locator"]) if part
        )
        told = Quotation(cells["statement"], f"({when})." if when else "", reference, "")
        basis = tell_precision(subject.precision, language, is_own=True) if subject.precision else ""
        name = cells["name"] if clean_text(cells["name"]) else cells["id"]
        return Note(subject.key, name, basis, (told,))
    feature, claims = subject.record
    basis = f"{words[f'precision-{feature.provenance.precision.value}']}; {feature.provenance.basis}"
    quotations = []
    for claim in claims:
        source = dataset.source(claim.citation.id)
        when = claim.when or feature.when
        said = [claim.attributed_to, words[f"status-{claim.status.value}"]]
        if when:
            said.append(format_interval(when, language.value))
        reference = f"[{numbers[source.id]}] {source.byline}, {words['paragraph'].format(claim.citation.locator)}"
        url = deep_link(source.URL, claim.citation) if source.URL else ""
        quotations.append(Quotation(claim.statement, f"{'; '.join(said)}.", reference, url))
    return Note(subject.key, subject.name, basis, tuple(quotations))
