"""One reader's visit: how the address, the map in its frame and the controls beside it keep to one view."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from math import isnan
from typing import Any, Self

import numpy as np
import shapely

from geo.corridor import CORRIDOR, frame_around
from geo.dataset import Dataset
from geo.errors import Problem
from geo.tours import find_tour, step_views
from geo.view import Appearance, Language, View
from geo.wording import show_value
from layers.basemaps import OFFLINE, ONLINE_BASEMAPS
from layers.style import theme_styles

_DRESS = ("language", "basemap", "appearance")
_LEAST_MARGIN_DEG = 0.02
_NO_FEATURE = "The atlas has no such feature; it may belong to data that only the sender has brought."


@dataclass(frozen=True, slots=True)
class Visit:
    """Where a reader stands; the newest of address, map and controls decides.

    Parameters
    ----------
    view
        What is shown now.
    turn
        How often the app has asked the map for a view: it rises when address or controls change the view,
        and stays when the reader does so on the map itself, which then shows it already.
    asked
        The view that the app asked the map for.
    heard
        The last query that the map sent in this turn, so that an old one is not taken for news.
    problems
        What was wrong with the address, until the view changes.
    """

    view: View
    turn: int = 0
    asked: View = field(default_factory=View)
    heard: str | None = None
    problems: tuple[Problem, ...] = ()

    @classmethod
    def begin(cls, address: str, dataset: Dataset) -> Self:
        """Begin at an address.

        Parameters
        ----------
        address
            Query of the address; what is not sound in it is left out and told in `problems`.
        dataset
            Whose features, themes and sources the address may name.
        """
        view, problems = read_address(address, dataset)
        return cls(view, asked=view, problems=problems)

    def turn_to(self, address: str, dataset: Dataset) -> Self:
        """Follow the browser to another address, for example back; the visit itself where it is the present one."""
        view, problems = read_address(address, dataset)
        # the address of the present view may, of a step of a tour alone, mean another when it is opened anew
        if self.view in (view, View.read_query(address)[0]):
            return self
        return replace(self, view=view, asked=view, turn=self.turn + 1, heard=None, problems=problems)

    def dress(self, language: str, basemap: str, appearance: str) -> Self:
        """Follow the controls; the visit itself where they stand as it does."""
        chosen = {
            "language": Language(language),
            "basemap": basemap,
            "appearance": Appearance(appearance),
        }
        view = self.view.model_copy(update=chosen)
        if view == self.view:
            return self
        return replace(self, view=view, asked=view, turn=self.turn + 1, heard=None, problems=())

    def bring_into_sight(self, themes: tuple[str, ...], shapes: np.ndarray[Any, Any]) -> Self:
        """Ask the map to show themes, and to go where they lie unless some of them are in sight already.

        Parameters
        ----------
        themes
            Their slugs.
        shapes
            All that they hold, in degrees; ``None`` where there is no shape.
        """
        view = self.view
        changes: dict[str, Any] = {}
        if view.themes is not None:
            changes["themes"] = tuple(dict.fromkeys((*view.themes, *themes)))
        west, south, east, north = shapely.total_bounds(shapes).tolist()
        frame = shapely.box(*(view.extent or CORRIDOR).bounds)
        shapely.prepare(frame)
        if not isnan(west) and not shapely.intersects(frame, shapes).any():
            changes["extent"] = frame_around(west, south, east, north, share=0.1, least_deg=_LEAST_MARGIN_DEG)
        view = view.model_copy(update=changes)
        return replace(self, view=view, asked=view, turn=self.turn + 1, heard=None, problems=())

    def hear(self, query: str, turn: int) -> Self:
        """Follow the map; language, basemap and appearance are not its to change.

        Parameters
        ----------
        query
            What the map says that it shows; unsound parts are left out.
        turn
            The request that it had taken up by then; what it said before the present one is no news.
        """
        if turn != self.turn or query == self.heard:
            return self
        told, _ = View.read_query(query)
        kept = {name: getattr(self.view, name) for name in _DRESS}
        return replace(self, view=told.model_copy(update=kept), heard=query)

    @property
    def asked_query(self) -> str:
        """The view that the map is asked for, as a query."""
        return self.asked.to_query()


def read_address(address: str, dataset: Dataset) -> tuple[View, tuple[Problem, ...]]:
    """Read the view of an address, and tell what in it the atlas does not have.

    One that names a step of a tour and nothing else but language, basemap and appearance means what that step shows.

    Parameters
    ----------
    address
        Its query.
    dataset
        Whose features, themes and sources it may name.
    """
    view, problems = View.read_query(address)
    changes: dict[str, Any] = {}
    faults = []
    if view.basemap not in (OFFLINE, *ONLINE_BASEMAPS):
        changes["basemap"] = OFFLINE
        faults.append(("basemap", view.basemap, f"The atlas has {', '.join((OFFLINE, *ONLINE_BASEMAPS))}."))
    events = dataset.events
    if view.feature is not None and not (
        any(feature.id == view.feature for feature in dataset.features) or (events and events.find(view.feature))
    ):
        changes["feature"] = None
        faults.append(("feature", view.feature, _NO_FEATURE))
    if view.tour is not None and view.tour not in {tour.id for tour in dataset.tours}:
        changes |= {"tour": None, "step": 1}
        faults.append(("tour", view.tour, f"The atlas has {', '.join(tour.id for tour in dataset.tours) or 'none'}."))
    themes = {feature.theme.value for feature in dataset.features}
    known = {
        "themes": {style.key for style in theme_styles(themes | (events.themes if events else set()), dataset.tables)},
        "sources": {source.id for source in dataset.sources} | (events.sources if events else set()),
    }
    for name, slugs in known.items():
        asked = getattr(view, name) or ()
        missing = [slug for slug in asked if slug not in slugs]
        if missing:
            changes[name] = tuple(slug for slug in asked if slug in slugs) or None
            faults.append((name, ",".join(missing), f"The atlas has {', '.join(sorted(slugs))}."))
    found = (
        Problem("view", f"Invalid {name} '{show_value(value)}'. {rule} It was left out.")
        for name, value, rule in faults
    )
    return _view_meant(view.model_copy(update=changes), dataset), (*problems, *found)


def _view_meant(view: View, dataset: Dataset) -> View:
    dress = {name: getattr(view, name) for name in _DRESS}
    if view.tour is None or view != View(tour=view.tour, step=view.step, **dress):
        return view
    steps = step_views(find_tour(dataset.tours, view.tour), view)
    if view.step > len(steps):
        return view
    return steps[view.step - 1].model_copy(update={"tour": view.tour, "step": view.step, "basemap": view.basemap})
