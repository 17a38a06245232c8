"""Events of a reader's own whose texts are given strings."""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from types import MappingProxyType
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
from shapely import points

from geo.dataset import Dataset
from geo.events import read_events
from geo.own_tables import OwnTable


def events_of(strings: list[str], /, **columns: Any) -> Dataset:
    """A dataset of one event a string, which is its name, statement, source and locator; ids and places are plain.

    Columns that are given take the place of those, or stand beside them as attributes.
    """
    count = len(strings)
    numbers = np.arange(count)
    # all within the ground that a view without an extent shows
    places = points(33.75 + numbers % 80 / 105, 31.05 + numbers // 80 / 280)
    texts = np.array(strings, dtype=object)
    table = {
        "id": [f"event-{number}" for number in numbers],
        "name": texts,
        "theme": ["road-blocks"] * count,
        "when": ["2015-07-01"] * count,
        "statement": texts,
        "source": texts,
        "locator": texts,
    }
    # as objects: pandas would make columns of its own of them, which hold no lone surrogate
    frame = pd.DataFrame(table | columns, dtype=object)
    return read_events(gpd.GeoDataFrame(frame, geometry=places, crs="OGC:CRS84"))


def titled_events(strings: list[str], names: list[str] | None = None) -> Dataset:
    """Events of which each has a theme of its own with a name, title, source and licence of a table, as strings say.

    Their names, statements, sources and locators are as `names` say.
    Names of themes and tables are on one line and hold no signs that are no letters: the intake sees to that.
    """
    dataset = events_of(names or ["name"] * len(strings), theme=[f"theme {number}" for number in range(len(strings))])
    assert dataset.events is not None
    tables = tuple(
        OwnTable(text, licence=text, source=text, themes=MappingProxyType({f"theme-{number}": text}))
        for number, text in enumerate(strings)
    )
    return replace(dataset, events=replace(dataset.events, tables=tables))


def claimed_strings(dataset: Dataset, strings: list[str]) -> Dataset:
    """One feature, ``feature-0``, with a claim for each string, which is its statement, speaker, passage and source.

    Its other names are the strings too. What else the records need is taken from a dataset.
    """
    feature = next(feature for feature in dataset.features if feature.provenance and feature.claims)
    model, work = feature.claims[0], dataset.sources[0]
    claims, sources = [], []
    for number, text in enumerate(strings):
        citation = model.citation.model_copy(update={"id": f"source-{number}", "start": text, "end": text})
        told = {"id": f"claim-{number}", "statement": text, "attributed_to": text, "citation": citation, "disputes": ()}
        claims.append(model.model_copy(update=told))
        sources.append(work.model_copy(update={"id": f"source-{number}", "title": text, "container_title": text}))
    update = {
        "id": "feature-0",
        "name": "All",
        "names": {"en": "All"},
        "aliases": tuple(strings),
        "claims": tuple(claims),
    }
    return Dataset((feature.model_copy(update=update),), tuple(sources), dataset.basemap, "", "0" * 64)


def as_title(text: str) -> str:
    """A string as the intake lets it stand for a name of a theme or table."""
    plain = "".join(
        " " if unicodedata.category(sign) in {"Cc", "Cs", "Co", "Cn", "Zl", "Zp"} else sign for sign in text
    )
    return " ".join(plain.split())[:120].strip()
