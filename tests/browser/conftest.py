"""Pages of the atlas written to files, for the browser to open."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from geo.dataset import Dataset
from geo.view import View
from layers.page import render_page


@pytest.fixture(scope="module")
def write_page(dataset: Dataset, tmp_path_factory: pytest.TempPathFactory) -> Callable[..., str]:
    """Write a page of a dataset and view once, and return its address."""
    folder, written = tmp_path_factory.mktemp("pages"), dict[tuple[int, str], str]()

    def write(view: View | None = None, data: Dataset | None = None) -> str:
        key = (id(data), view.to_query() if view else "")
        if key not in written:
            path = folder / f"page-{len(written)}.html"
            path.write_text(render_page(data or dataset, view), encoding="utf-8")
            written[key] = path.as_uri()
        return written[key]

    return write
