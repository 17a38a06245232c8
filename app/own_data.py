"""A reader's own files: brought, looked through, shown beside the atlas, retold, put in order, taken away."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from threading import BoundedSemaphore
from typing import NoReturn

import streamlit as st
from streamlit.delta_generator import DeltaGenerator
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.typing import UploadedFile

from app.data import load_dataset
from app.file_names import name_of
from app.limits import describe_limit_in, find_limits
from app.markdown import escape_markdown
from app.messages import show_error, show_notes, show_warnings
from app.own_about import ask_about
from app.own_choices import ask_choices
from app.own_report import show_report
from app.own_rows import show_first_rows
from app.parts import run_pane_again
from app.uploading import ask_for_files
from app.visiting import leave_behind, write_address
from geo.dataset import Dataset
from geo.errors import InputError
from geo.intake.brought import Brought
from geo.intake.limits import LIMIT_NAMES
from geo.intake.shelf import MOST_FILES, Shelf
from geo.intake.template import EXAMPLE, render_template
from geo.own_files import read_own_bytes
from geo.view import View
from layers.visit import Visit
from layers.words import read_words

_MOST_READERS = 2  # each may take a gigabyte
_MOST_NAMES = 20


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
        max(1, limits.upload_bytes // 1_000_000),
        view.language,
        # another key each time empties the widget
        key=f"own-upload-{shelf.turn}",
        help=" · ".join(describe_limit_in(name, limits, view.language) for name in LIMIT_NAMES),
    )
    with st.container(horizontal=True):
        _offer_table(words["own-template"], "template", render_template)
        _offer_table(words["own-example"], "example", partial(read_own_bytes, EXAMPLE))
    if files:
        taken = files[: shelf.room]
        shelf = shelf.leave_out([name_of(file) for file in files[len(taken) :]])
        for file in taken:
            name = name_of(file)
            with st.spinner(words["own-reading"].format(escape_markdown(name))), find_readers():
                shelf = shelf.bring(name, file.getvalue(), limits)
        _let_go(files)
        _keep(shelf)
    if shelf.left_out:
        st.warning(escape_markdown(words["own-left-out"].format(MOST_FILES, _list_names(shelf.left_out, words))))
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


def _list_names(names: Sequence[str], words: Mapping[str, str]) -> str:
    listed = ", ".join(names[:_MOST_NAMES])
    more = len(names) - _MOST_NAMES
    return words["own-and-more"].format(listed, more) if more > 0 else listed


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


def _show_file(shelf: Shelf, brought: Brought, view: View) -> None:
    # title and name are marked, so that the style can set them apart from words of another direction
    name = f" *{escape_markdown(f'({brought.name})')}*" if brought.title != brought.name else ""
    st.markdown(f"**{escape_markdown(brought.title)}**{name} {escape_markdown(_summary(brought, view))}")
    twin = shelf.twin_of(brought.key)
    if twin:
        st.caption(escape_markdown(read_words(view.language)["own-twin"].format(twin.title)))
    if brought.is_shown:
        _show_order(shelf, brought, view)
    elif brought.parsed is not None:
        _show_choices(shelf, brought, view)
    else:
        show_warnings(brought.report.notes, view.language)
        if _offer_removal(brought, view):
            _keep(shelf.remove(brought.key))
    show_report(brought, view)


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
    show_first_rows(brought, view.language)
    choices = ask_choices(brought, view.language)
    place = _in_sight(brought)
    if choices != brought.choices:
        with place, st.spinner(words["own-reading"].format(escape_markdown(brought.name))):
            shelf = shelf.settle(brought.key, choices)
        _keep(shelf)
    with st.container(horizontal=True):
        is_ready = brought.intake is not None
        is_asked = st.button(words["own-show"], key=f"own-show-{brought.key}", disabled=not is_ready)
        is_over = _offer_removal(brought, view)
    if is_ready and not brought.is_small:
        st.caption(escape_markdown(words["own-change-not"]))
    if is_over:
        _keep(shelf.remove(brought.key))
    if is_asked:
        with place:
            _show(shelf, brought, view)


def _show(shelf: Shelf, brought: Brought, view: View) -> None:
    """Put a file's events on the map and bring them into sight."""
    try:
        shelf = shelf.show(brought.key)
    except InputError as error:
        show_error(error, view.language)
        return
    _show_anew(shelf, view, brought.key)


def _show_order(shelf: Shelf, brought: Brought, view: View) -> None:
    """Let what is said of a file that is shown be changed, and the file be put in order and taken away."""
    words, key, new = read_words(view.language), brought.key, shelf
    about = ask_about(brought.about, brought.title, f"shown-{key}", view.language)
    try:
        new = shelf.retell(key, about)
    except InputError as error:
        show_error(error, view.language)
    place = _in_sight(brought)
    shown = [each.key for each in shelf.files if each.is_shown]
    with st.container(horizontal=True):
        for by, label in ((-1, "own-up"), (1, "own-down")):
            is_last = key == (shown[0] if by < 0 else shown[-1])
            if st.button(words[label], key=f"{label}-{key}", disabled=is_last):
                new = new.move(key, by)
        if brought.parsed is not None and st.button(words["own-change"], key=f"own-change-{key}"):
            new = new.reconsider(key)
        if _offer_removal(brought, view):
            new = new.remove(key)
    if new is not shelf:
        with place:
            _show_anew(new, view)


def _offer_removal(brought: Brought, view: View) -> bool:
    return st.button(read_words(view.language)["own-remove"], key=f"own-remove-{brought.key}")


def _in_sight(brought: Brought) -> DeltaGenerator:
    """Set aside a place that stays in sight while the reader is anywhere in a file's box (app.css)."""
    return st.container(key=f"own-wait-{brought.key}")


def _keep(shelf: Shelf) -> NoReturn:
    """Keep a shelf of which nothing else is shown on the map, and make what the tab holds anew."""
    st.session_state["shelf"] = shelf
    run_pane_again()


def _show_anew(shelf: Shelf, view: View, key: int | None = None) -> NoReturn:
    """Keep a shelf of which something else is shown on the map, and make the whole page anew.

    It is said that this goes on till the tab is made anew: a spinner of Streamlit's would end with this run.

    Parameters
    ----------
    shelf
        To be kept.
    view
        As it was.
    key
        Of the file that is to be seen on the map now; ``None`` where none has come.
    """
    st.status(read_words(view.language)["own-joining"])
    st.session_state["shelf"] = shelf
    # what Streamlit has not sent when a run ends is dropped; the next run needs this too
    dataset = join_own_data(load_dataset())
    if key is not None:
        _bring_into_sight(shelf, dataset, key)
    leave_behind(dataset)
    st.rerun()


def _bring_into_sight(shelf: Shelf, dataset: Dataset, key: int) -> None:
    """Bring a file's events into sight, by its themes as they are called beside those of the other files."""
    shown = [each for each in shelf.files if each.is_shown]
    intake = shelf.find(key).intake
    assert intake is not None
    assert intake.dataset.events is not None
    table = dataset.tables[len(dataset.tables) - len(shown) + [each.key for each in shown].index(key)]
    visit: Visit = st.session_state["visit"]
    st.session_state["visit"] = visit.bring_into_sight(tuple(table.themes), intake.dataset.events.geometries)
    write_address(st.session_state["visit"].view)
