"""A reader's own files: brought, looked through, shown beside the atlas, put in order, taken away."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from threading import BoundedSemaphore

import shapely
import streamlit as st
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.typing import UploadedFile

from app.file_names import name_of
from app.messages import show_counts, show_error, show_notes, show_warnings
from app.own_choices import ask_choices
from app.parts import run_pane_again
from app.uploading import ask_for_files
from app.visiting import write_address
from geo.dataset import Dataset
from geo.errors import InputError
from geo.intake.limits import LIMIT_NAMES, Limits, describe_limit, limits_from
from geo.intake.report import count_reasons, render_report
from geo.intake.shelf import Brought, Shelf
from geo.intake.template import EXAMPLE, render_template
from geo.view import Language, View
from layers.report_table import REPORT_COLUMNS, report_rows
from layers.telling import tell
from layers.visit import Visit
from layers.words import escape_markdown, read_words

FILE_TYPES = ("geojson", "json", "geojsonl", "csv", "tsv", "txt", "xlsx", "kml", "kmz", "gpkg", "parquet", "zip", "gz")
_MOST_READERS = 2  # each may take a gigabyte


def join_own_data(dataset: Dataset) -> Dataset:
    """Return the atlas's data with what the reader shows beside them; joined again only when that changes."""
    state = st.session_state
    shelf: Shelf = state.setdefault("shelf", Shelf())
    if not shelf.shown:
        state.pop("joined", None)
        return dataset
    key = (dataset.sha256, tuple(each.sha256 for each in shelf.shown))
    if state.get("joined", (None,))[0] != key:
        state["joined"] = (key, shelf.join((dataset,)))
    joined: Dataset = state["joined"][1]
    return joined


def show_own_data(_: Dataset, view: View) -> None:
    """Take files, and show for each what was found in it and what becomes of it."""
    words = read_words(view.language)
    shelf: Shelf = st.session_state["shelf"]
    limits = find_limits(view.language)
    st.markdown(escape_markdown(words["own-note"]))
    files = ask_for_files(
        words["own-upload"],
        FILE_TYPES,
        max(1, limits.upload_bytes // 1_000_000),
        view.language,
        # another key each time empties the widget
        key=f"own-upload-{shelf.turn}",
        help=" · ".join(describe_limit_in(name, limits, view.language) for name in LIMIT_NAMES),
    )
    with st.container(horizontal=True):
        _offer_table(words["own-template"], "template", render_template)
        _offer_table(words["own-example"], "example", EXAMPLE.read_bytes)
    if files:
        for file in files:
            name = name_of(file)
            with st.spinner(words["own-reading"].format(escape_markdown(name))), find_readers():
                shelf = shelf.bring(name, file.getvalue(), limits)
        _let_go(files)
        _keep(shelf, whole_app=False)
    for brought in shelf.files:
        with st.container(border=True, key=f"own-{brought.key}"):
            _show_file(shelf, brought, view)


def _let_go(files: Sequence[UploadedFile]) -> None:
    """Free what Streamlit holds of uploads for as long as their visit lasts: the shelf has what is needed of them."""
    context = get_script_run_ctx()
    assert context is not None
    holder = context.uploaded_file_mgr
    assert isinstance(holder, MemoryUploadedFileManager)
    for file in files:
        holder.remove_file(context.session_id, file.file_id)


def _offer_table(label: str, name: str, make: Callable[[], bytes]) -> None:
    st.download_button(
        label,
        data=make,
        file_name=f"corridor_events_{name}.csv",
        mime="text/csv",
        key=f"own-{name}",
        on_click="ignore",
    )


@st.cache_resource(show_spinner=False)
def find_readers() -> BoundedSemaphore:
    """Return what lets no more files be read at once than the server has means for; the others wait their turn."""
    return BoundedSemaphore(_MOST_READERS)


def find_limits(language: Language) -> Limits:
    """Read the limits that the operator set; where a setting is at fault, say so and take the usual ones."""
    try:
        return limits_from(os.environ)
    except InputError as error:
        show_error(error, language)
        return Limits()


def describe_limit_in(name: str, limits: Limits, language: Language) -> str:
    """Tell a limit in a language, as a reader counts it."""
    told = describe_limit(name, limits)
    return tell(told, language) or told


def _show_file(shelf: Shelf, brought: Brought, view: View) -> None:
    # title and name are marked, so that the style can set them apart from words of another direction
    name = f" *{escape_markdown(f'({brought.name})')}*" if brought.title != brought.name else ""
    st.markdown(f"**{escape_markdown(brought.title)}**{name} {escape_markdown(_summary(brought, view))}")
    if brought.is_shown:
        _show_order(shelf, brought, view)
    elif brought.parsed is not None:
        _show_choices(shelf, brought, view)
    else:
        show_warnings(brought.report.notes, view.language)
        _offer_removal(shelf, brought, view)
    _show_report(brought, view)


def _summary(brought: Brought, view: View) -> str:
    words, report = read_words(view.language), brought.report
    outcome = words["own-taken" if brought.is_shown else f"own-{report.outcome}"]
    if brought.intake is None:
        return outcome
    counts = words["own-counts"].format(report.rows_in, report.drawn, report.listed, len(report.changes))
    return f"{outcome} {counts}"


def _show_choices(shelf: Shelf, brought: Brought, view: View) -> None:
    """Show what was found in a file that is not shown yet, and let it be changed."""
    words = read_words(view.language)
    if brought.intake is None:
        show_warnings(brought.report.notes, view.language)
    else:
        show_notes(brought.report.notes, view.language)
    choices = ask_choices(brought, view.language)
    if choices != brought.choices:
        with st.spinner(words["own-reading"].format(escape_markdown(brought.name))):
            shelf = shelf.settle(brought.key, choices)
        _keep(shelf, whole_app=False)
    with st.container(horizontal=True):
        is_ready = brought.intake is not None
        if st.button(words["own-show"], key=f"own-show-{brought.key}", disabled=not is_ready):
            _show(shelf, brought, view.language)
        _offer_removal(shelf, brought, view)


def _show(shelf: Shelf, brought: Brought, language: Language) -> None:
    """Put a file's events on the map and bring them into sight."""
    try:
        shelf = shelf.show(brought.key)
    except InputError as error:
        show_error(error, language)
        return
    visit: Visit = st.session_state["visit"]
    assert brought.intake is not None
    assert brought.intake.dataset.events is not None
    bounds = shapely.total_bounds(brought.intake.dataset.events.geometries).tolist()
    st.session_state["visit"] = visit.bring_into_sight(tuple(brought.intake.table.themes), bounds)
    write_address(st.session_state["visit"].view)
    _keep(shelf, whole_app=True)


def _show_order(shelf: Shelf, brought: Brought, view: View) -> None:
    """Let a file that is shown be renamed, put in order and taken away."""
    words = read_words(view.language)
    key = brought.key
    title = st.text_input(words["own-title"], brought.title, max_chars=120, key=f"own-rename-{key}")
    if title.strip() and title.strip() != brought.title:
        _keep(shelf.rename(key, title), whole_app=True)
    shown = [each.key for each in shelf.files if each.is_shown]
    with st.container(horizontal=True):
        for by, label in ((-1, "own-up"), (1, "own-down")):
            is_last = key == (shown[0] if by < 0 else shown[-1])
            if st.button(words[label], key=f"{label}-{key}", disabled=is_last):
                _keep(shelf.move(key, by), whole_app=True)
        _offer_removal(shelf, brought, view)


def _offer_removal(shelf: Shelf, brought: Brought, view: View) -> None:
    if st.button(read_words(view.language)["own-remove"], key=f"own-remove-{brought.key}"):
        _keep(shelf.remove(brought.key), whole_app=brought.is_shown)


def _show_report(brought: Brought, view: View) -> None:
    """Show which rows were listed and which values changed, and offer the whole as a file."""
    words, report = read_words(view.language), brought.report
    if not report.refusals and not report.changes:
        return
    with st.expander(words["own-report"].format(report.listed, len(report.changes))):
        show_counts(count_reasons([*report.refusals, *report.changes]), view.language)
        config = {column: st.column_config.Column(words[f"column-{column}"]) for column in REPORT_COLUMNS}
        rows = report_rows(report, view.language)
        st.dataframe(rows, column_order=REPORT_COLUMNS, column_config=config, hide_index=True, placeholder="")
        total = report.listed + len(report.changes)
        if len(rows) < total:
            st.caption(escape_markdown(words["own-report-cut"].format(len(rows), total)))
    st.download_button(
        words["own-report-file"],
        data=lambda: render_report([report]),
        file_name="corridor_import_report.csv",
        mime="text/csv",
        key=f"own-report-{brought.key}",
        on_click="ignore",
    )


def _keep(shelf: Shelf, *, whole_app: bool) -> None:
    """Keep the shelf, and run again what shows it: what the tab holds, or where the data changed the whole app."""
    st.session_state["shelf"] = shelf
    if whole_app:
        st.rerun()
    run_pane_again()
