"""Slides of sources: every source has a row or is counted, a row is on its slide, and Arabic runs from the right."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import Any

import geopandas as gpd
import numpy as np
import pytest
from pptx import Presentation

from exports.decks import render_pptx
from geo.dataset import Dataset
from geo.events import read_events
from geo.view import View

COUNT = 150
LONG = "Bulletin of a press office on closed roads, and what was said of them on the day after, "


@pytest.fixture(scope="module")
def cited(dataset: Dataset) -> Dataset:
    names = [f"{i} {LONG * (i % 9)}".strip() for i in range(COUNT)]
    table = {
        "id": [f"raid-{i}" for i in range(COUNT)],
        "name": ["A raid"] * COUNT,
        "theme": ["raids"] * COUNT,
        "when": [""] * COUNT,
        "statement": ["A raid was seen."] * COUNT,
        "source": [*names[:-1], "وكالة أنباء"],
        "locator": [""] * COUNT,
    }
    points = gpd.points_from_xy(np.linspace(34.0, 34.2, COUNT), [31.2] * COUNT)
    events = read_events(gpd.GeoDataFrame(table, geometry=points, crs="OGC:CRS84")).events
    return replace(dataset, features=(), events=events)


def list_tables(dataset: Dataset, query: str = "") -> tuple[Any, list[Any]]:
    deck = Presentation(io.BytesIO(render_pptx(dataset, View.from_query(query))))
    return deck, [shape.table for slide in deck.slides for shape in slide.shapes if shape.has_table]


def test_sources_beyond_the_last_row_are_counted_and_stand_in_the_notes(cited: Dataset) -> None:
    deck, tables = list_tables(cited)
    rows = [[cell.text for cell in row.cells] for table in tables for row in list(table.rows)[1:]]
    *numbered, last = rows
    assert [row[0] for row in numbered] == [str(number) for number in range(1, len(numbered) + 1)]
    assert last == ["", f"and {COUNT - len(numbered)} more, which the notes below the maps name at each mark", "", ""]
    notes = deck.slides[0].notes_slide.notes_text_frame.text
    assert [number for number in range(1, COUNT + 1) if f"[{number}] " not in notes] == []


def test_rows_of_long_sources_stay_on_their_slide(cited: Dataset) -> None:
    deck, tables = list_tables(cited)
    height_pt, line_pt, edge_pt = deck.slide_height / 12_700, 11 * 1.2, 7.2
    for table in tables:
        width_pt = table.columns[1].width / 12_700 - 14.4
        # letters of Arial take about half their size
        lines = [-(-len(row.cells[1].text) * 11 * 0.5 // width_pt) for row in table.rows]
        assert 60 + sum(max(1, count) * line_pt + edge_pt for count in lines) < height_pt


def test_a_table_of_sources_in_arabic_runs_from_the_right(cited: Dataset) -> None:
    for language, mirrored, side in (("en", None, "l"), ("ar", "1", "r")):
        _, tables = list_tables(cited, f"language={language}&q=raid")
        paragraphs = [cell._tc.txBody.p_lst[0] for table in tables for row in table.rows for cell in row.cells]
        assert {table._tbl.tblPr.get("rtl") for table in tables} == {mirrored}
        assert {paragraph.pPr.get("algn") for paragraph in paragraphs} == {side}
