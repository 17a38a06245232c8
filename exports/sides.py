"""Two claims that disagree, side by side with their map: both sides, why, and what was measured between them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

import shapely

from exports.drawing import Box, Item, Layer, Writing
from exports.focus import Focus
from exports.lettering import LEADING, clean_text, wrap
from exports.palette import Palette
from exports.subjects import Subject
from exports.text_blocks import start_side, write_block
from geo.corridor import frame_around
from geo.dataset import Dataset
from geo.disagreements import Disagreement, disagreements
from geo.model import Extent
from geo.selection import Selection, select
from geo.view import Language, View
from layers.dispute_evidence import tell_dispute
from layers.words import read_words

_MOST_LINES = 5
# as much ground around the shapes as they take themselves, and at least some 15 km
_MARGIN, _LEAST_DEG = 0.25, 0.075


@dataclass(frozen=True, slots=True)
class Sides:
    """The two sides of a disagreement.

    Parameters
    ----------
    tags
        ``A`` or ``B`` in the reader's language, by feature id; a feature that bears both sides has both.
    title
        Of its slide: why they disagree; in another language than English in what, and the names of the features.
    sources
        Keys of the works that the two claims cite.
    parts
        Paragraphs: heading, lines.
    extent
        Ground to show; ``None`` where neither side has a shape.
    focus
        Both features, outlined: the second side's by a dashed line.
    """

    tags: Mapping[str, str]
    title: str
    sources: tuple[str, ...]
    parts: tuple[tuple[str, tuple[str, ...]], ...]
    extent: Extent | None
    focus: Focus

    def narrow(self, selection: Selection) -> Selection:
        """Return the part of a selection that is the two sides."""
        features = tuple(feature for feature in selection.features if feature.id in self.tags)
        return replace(
            selection,
            features=features,
            claims={feature.id: selection.claims[feature.id] for feature in features},
            events=selection.events[:0],
        )

    @property
    def text(self) -> str:
        """Both sides, why they disagree and by how much, in one paragraph."""
        return clean_text(" ".join(f"{heading}: {' – '.join(lines)}." for heading, lines in self.parts))

    def mark(self, subject: Subject) -> Subject:
        """Put a side's letter before the name of its feature."""
        return replace(subject, name=f"{self.tags[subject.key]}: {subject.name}")


def find_sides(dataset: Dataset, view: View) -> tuple[Sides, ...]:
    """Collect the disagreements of which a view shows both sides; where it compares two claims, theirs alone.

    Parameters
    ----------
    dataset
        What is chosen from.
    view
        What to show, in which language.
    """
    shown = {claim.id for claims in select(dataset, view).claims.values() for claim in claims}
    found = []
    for dispute in disagreements(dataset):
        claims = {side.claim.id for side in dispute.sides}
        if claims <= shown and (view.compare is None or claims == set(view.compare)):
            found.append(_tell(dispute, view))
    return tuple(found)


def _tell(dispute: Disagreement, view: View) -> Sides:
    words, language = read_words(view.language), view.language.value
    letters = (words["side-a"], words["side-b"])
    tags: dict[str, str] = {}
    for letter, side in zip(letters, dispute.sides, strict=True):
        tags[side.feature.id] = " · ".join(filter(None, (tags.get(side.feature.id, ""), letter)))
    told = tell_dispute(dispute, view)
    columns = zip(*(cells for _, *cells in told.rows), strict=True)
    parts = [(letter, tuple(filter(None, column))) for letter, column in zip(letters, columns, strict=True)]
    between = tuple(filter(None, (told.reason, told.difference and f"{words['measured']}: {told.difference}")))
    names = dict.fromkeys(side.feature.names.get(language, side.feature.name) for side in dispute.sides)
    about = told.about[:1].upper() + told.about[1:]
    return Sides(
        tags=tags,
        title=told.reason if view.language is Language.ENGLISH else f"{about}: {' – '.join(names)}",
        sources=tuple(dict.fromkeys(side.source.id for side in dispute.sides)),
        parts=(*parts, (about, between)),
        extent=_frame(dispute) or view.extent,
        focus=Focus(frozenset(tags), frozenset(key for key, tag in tags.items() if tag == letters[1])),
    )


def _frame(dispute: Disagreement) -> Extent | None:
    shapes = [side.feature.shape for side in dispute.sides if side.feature.shape is not None]
    if not shapes:
        return None
    west, south, east, north = shapely.total_bounds(shapes).tolist()
    return frame_around(west, south, east, north, share=_MARGIN, least_deg=_LEAST_DEG)


def write_sides(sides: Sides, box: Box, palette: Palette, language: Language) -> tuple[Layer, float]:
    """Write both sides, why they disagree and by how much, at the top of a box.

    Parameters
    ----------
    sides
        What is written.
    box
        Where there is room.
    palette
        Colours.
    language
        Of the words, which begin at its side.

    Returns
    -------
    The layer, and where it ends, points from the top.
    """
    side, top, items = start_side(language), box.top, []
    for number, (heading, lines) in enumerate(sides.parts):
        written = list(_write_part(heading, lines, box.width, palette))
        words = write_block(written, replace(box, top=top), side)
        items.append(Item(f"side-{number}", heading, words=(words,)))
        top += sum(line.size_pt for line in written) * LEADING + 3
    return Layer("sides", read_words(language)["disputes-heading"], "", tuple(items)), top


def _write_part(heading: str, lines: tuple[str, ...], width_pt: float, palette: Palette) -> Iterator[Writing]:
    yield Writing(clean_text(heading), palette.letters.heading, palette["accent"], bold=True)
    for number, text in enumerate(lines):
        for line in wrap(clean_text(text), palette.letters.side, width_pt, most=_MOST_LINES):
            yield Writing(line, palette.letters.side, palette["text"] if number == 0 else palette["quiet-text"])
