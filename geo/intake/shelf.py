"""The files that one reader brings: read, looked through before they are shown, put in order, taken away."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Self

from geo.dataset import Dataset, join_datasets
from geo.errors import InputError, Problem
from geo.events import make_slug
from geo.intake.brought import Brought, Choices, count_values, with_tables
from geo.intake.limits import Limits
from geo.intake.loading import About, clean_about
from geo.intake.parsing import parse
from geo.intake.report import report_refusal
from geo.intake.rows import Parsed

MOST_FILES = 12
"""Files that a reader may have at hand at once; each stands in the server's memory."""

MOST_VALUES = 20_000_000
"""Values of all files that are at hand and not shown yet, but for one file alone, which its own limits hold."""


@dataclass(frozen=True, slots=True)
class Shelf:
    """What one reader has at hand; nobody else's, and gone with the reader's visit.

    Parameters
    ----------
    files
        In the order of the legend.
    turn
        How often files came.
    count
        Numbers given so far.
    left_out
        Names of the files that came last and found no room.
    """

    files: tuple[Brought, ...] = ()
    turn: int = 0
    count: int = 0
    left_out: tuple[str, ...] = ()

    def bring(self, name: str, content: bytes, limits: Limits) -> Self:
        """Read a file and load it as suggested, without showing it yet; one that is refused is told on the shelf.

        One that finds no room is left out.
        """
        if not self.room:
            return self.leave_out((*self.left_out, name))
        count = self.count + 1
        digest = hashlib.sha256(content).hexdigest()
        brought = Brought(count, name, report_refusal(name, InputError([])), limits=limits, digest=digest)
        try:
            parsed = parse(content, name, limits)
            self._check_room(parsed)
            brought = replace(brought, parsed=parsed).load(Choices())
        except InputError as error:
            brought = replace(brought, report=report_refusal(name, error))
        return replace(self, files=(*self.files, brought), turn=self.turn + 1, count=count)

    @property
    def room(self) -> int:
        """How many files may come yet."""
        return max(0, MOST_FILES - len(self.files))

    def leave_out(self, names: Sequence[str]) -> Self:
        """Note the files that found no room when files came last; none where all did."""
        return replace(self, left_out=tuple(names), turn=self.turn + bool(names))

    def twin_of(self, key: int) -> Brought | None:
        """Find a file at hand that came before another and holds the same bytes."""
        own = self.find(key)
        return next((each for each in self.files if each.key < key and each.digest == own.digest), None)

    def settle(self, key: int, choices: Choices) -> Self:
        """Load a file that is not shown yet once more, by other choices."""
        return self._put(self.find(key).load(choices))

    def show(self, key: int) -> Self:
        """Let a file's events stand beside the atlas's; its rows as they stood in it are let go unless they are few.

        The looks of its themes follow those of the tables that are shown already, and stay when the order changes; the
        ids that it shares with them are told apart by its title as it is now, and stay when that changes.

        Raises
        ------
        InputError
            If they cannot stand beside those that are shown already.
        """
        brought = self.find(key)
        others = [each.intake.table for each in self.files if each.intake and each.is_shown]
        turn = max(((other.turn or 0) + len(other.themes) for other in others), default=0)
        assert brought.intake is not None
        table = brought.intake.table
        told = brought.retell(replace(table, turn=turn, slug=make_slug(table.title)))
        parsed = brought.parsed if brought.is_small else None
        shelf = self._put(replace(told, is_shown=True, parsed=parsed))
        shelf.join(())
        return shelf

    def reconsider(self, key: int) -> Self:
        """Take a file whose rows are kept off the map, so that its columns and mends can be chosen anew."""
        brought = self.find(key)
        choices = replace(brought.choices, about=brought.about)
        return self._put(replace(brought, is_shown=False).load(choices))

    def retell(self, key: int, about: About) -> Self:
        """Let something else be said of a shown file; the shelf itself where it is the same.

        Ids and themes stay, so that addresses hold. Of events of which no column gives the source, the new source or
        title is it.

        Parameters
        ----------
        key
            Its number.
        about
            All that is said of it; without a title the present one stays.

        Raises
        ------
        InputError
            As `geo.colours.check_colour`.
        """
        brought = self.find(key)
        if brought.intake is None:
            return self
        table = brought.intake.table
        about = clean_about(about, table.title)
        if about == brought.about:
            return self
        labels = {slug: about.title if label == table.title else label for slug, label in table.themes.items()}
        told = replace(
            table,
            title=about.title,
            licence=about.licence,
            colour=about.colour,
            source=about.source,
            themes=MappingProxyType(labels),
        )
        return self._put(brought.retell(told))

    def remove(self, key: int) -> Self:
        """Take a file away."""
        return replace(self, files=tuple(each for each in self.files if each.key != key), left_out=())

    def move(self, key: int, by: int) -> Self:
        """Move a file past so many of those that are shown, towards the end where it is positive."""
        files = list(self.files)
        at = files.index(self.find(key))
        # to a reader who sees the legend alone, a step past a file that is not shown is none
        counted = [place for place, each in enumerate(files) if each.is_shown or place == at]
        to = counted[min(max(counted.index(at) + by, 0), len(counted) - 1)]
        files.insert(to, files.pop(at))
        return replace(self, files=tuple(files))

    def find(self, key: int) -> Brought:
        """Return the file of that number."""
        return next(each for each in self.files if each.key == key)

    @property
    def shown(self) -> tuple[Dataset, ...]:
        """The events of each file that is shown, in order."""
        return tuple(each.intake.dataset for each in self.files if each.intake and each.is_shown)

    def join(self, datasets: tuple[Dataset, ...]) -> Dataset | None:
        """Join what is shown to other datasets; ``None`` where there is nothing at all.

        Ids and themes are told apart in the order in which the files came, which holds when they are moved.

        Raises
        ------
        InputError
            As `geo.dataset.join_datasets`.
        """
        shown = [each for each in self.files if each.intake and each.is_shown]
        came = sorted(shown, key=lambda each: each.key)
        parts = (*datasets, *(each.intake.dataset for each in came if each.intake))
        if not parts:
            return None
        joined = join_datasets(parts)
        if shown == came:
            return joined
        assert joined.events is not None
        tables = joined.events.tables
        before = len(tables) - len(came)
        moved = (*tables[:before], *(tables[before + came.index(each)] for each in shown))
        return with_tables(joined, moved)

    def _check_room(self, parsed: Parsed) -> None:
        """Refuse a file that is too much beside those that are not shown yet, which stand in memory as they came."""
        others = sum(count_values(each.parsed) for each in self.files if each.parsed and not each.is_shown)
        if others and others + count_values(parsed) > MOST_VALUES:
            message = (
                f"Limit reached: at most {MOST_VALUES:,} values in files that are not shown yet. Show one of them on "
                "the map, or take one away, and bring this one again."
            )
            raise InputError([Problem("limit", message)])

    def _put(self, brought: Brought) -> Self:
        return replace(self, files=tuple(brought if each.key == brought.key else each for each in self.files))
