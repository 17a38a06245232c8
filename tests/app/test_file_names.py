"""Names of files that readers bring, as their owners have them."""

from __future__ import annotations

from types import SimpleNamespace
from typing import cast

import pytest
from streamlit.typing import UploadedFile

from app.file_names import name_of


@pytest.mark.parametrize(
    ("sent", "name"),
    [
        ("events.csv", "events.csv"),
        ("%22quoted%22.csv", '"quoted".csv'),
        ("two%0D%0Alines.csv", "two\r\nlines.csv"),
        ("100%.csv", "100%.csv"),
        ("%3Cb%3E.csv", "%3Cb%3E.csv"),
        ("events.csv\0.png", "events.csv\ufffd.png"),
    ],
)
def test_what_browsers_escape_in_a_name_is_taken_back(sent: str, name: str) -> None:
    assert name_of(cast("UploadedFile", SimpleNamespace(name=sent))) == name
