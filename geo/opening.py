"""Data as they are named on a command line or by an operator: folders, files of the atlas's form, tables of events."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from geo.data_files import has_own_form
from geo.dataset import Dataset, join_datasets, read_dataset


def open_data(paths: Sequence[str]) -> Dataset:
    """Read data and join them into one dataset; without any path, the packaged data.

    Parameters
    ----------
    paths
        Each a folder or GeoJSON file as `geo.dataset.read_dataset` takes, or a table as `geo.events.read_events` does.

    Raises
    ------
    InputError
        With every problem of the first that is not sound, or of joining them.
    """
    return join_datasets([_open(path) for path in paths]) if paths else read_dataset()


def _open(path: str) -> Dataset:
    if Path(path).is_dir() or has_own_form(path):
        return read_dataset(path)
    from geo.events import read_events  # noqa: PLC0415 - geopandas is slow to import, and most commands need none of it

    return read_events(path)
