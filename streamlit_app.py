"""The Corridor Atlas in Streamlit: the map page first; evidence, table and sources below it."""

from __future__ import annotations

import gc
import os
from collections.abc import Callable
from datetime import date
from urllib.parse import parse_qsl, urlencode

import streamlit as st

from exports.formats import FORMATS
from exports.naming import file_name
from exports.receipt import LICENCES
from geo.articles import read_articles
from geo.dataset import Dataset
from geo.errors import InputError, Problem
from geo.model import Precision, Status
from geo.opening import open_data
from geo.recognition import MAX_BYTES, weigh_articles
from geo.view import Appearance, Language, View
from layers.basemaps import OFFLINE, ONLINE_BASEMAPS
from layers.bridge import MapDocument, MapRequest, show_map
from layers.elements import ASSETS
from layers.evidence import ClaimEvidence, DisputeEvidence, tell_evidence
from layers.page import render_page
from layers.reading import Reading
from layers.table import CLAIM_COLUMNS, FEATURE_COLUMNS, claim_rows, feature_rows
from layers.visit import Visit
from layers.words import (
    escape_markdown,
    markdown_line,
    markdown_link,
    markdown_table,
    name_source,
    read_words,
)

_LANGUAGE_NAMES = {Language.ENGLISH: "English", Language.ARABIC: "العربية"}
_MOST_PROBLEMS = 20


def main() -> None:
    """Show the page."""
    st.set_page_config(
        page_title="Corridor Atlas: Gaza and Sinai",
        page_icon=str(ASSETS / "icon.svg"),
        layout="wide",
        initial_sidebar_state="collapsed",
    )
    st.html(ASSETS / "app.css")
    try:
        dataset = load_dataset()
    except InputError as error:
        show_faults(error)
        return
    visit = receive_visit(dataset)
    problems = receive_reading(dataset)
    show_controls(dataset, visit.view)
    show_reading(dataset, visit.view)
    for problem in (*visit.problems, *problems):
        st.warning(escape_markdown(problem.message))
    show_atlas(dataset)


@st.cache_resource(show_spinner=False)
def load_dataset() -> Dataset:
    """Read the operator's data or else the packaged ones, once for all readers; they are frozen."""
    dataset = open_data([path for path in os.environ.get("ATLAS_DATA", "").split(os.pathsep) if path])
    # code and data stay for good: Streamlit looks for garbage after each run, and would search them before it answers
    gc.freeze()
    return dataset


@st.cache_resource(max_entries=2 * (1 + len(ONLINE_BASEMAPS)), show_spinner=False)
def load_document(sha256: str, language: Language, basemap: str, _dataset: Dataset) -> MapDocument:
    """Render the page of a dataset, once for each language and basemap; what it shows is asked of it later."""
    return MapDocument.pack(render_page(_dataset, View(language=language, basemap=basemap)))


@st.cache_resource(show_spinner=False)
def load_reading(folder: str, sha256: str, _dataset: Dataset) -> Reading:
    """Read the articles of the operator's own folder, once for all readers."""
    return Reading(weigh_articles(read_articles(folder, _dataset.sources), _dataset))


def find_document(dataset: Dataset, view: View) -> MapDocument:
    """Return the page for this reader; one that holds articles is kept in the reader's own session alone."""
    state = st.session_state
    reading: Reading = state["reading"]
    if not reading.articles:
        return load_document(dataset.sha256, view.language, view.basemap, dataset)
    key = (view.language, view.basemap, reading.texts)
    if state.get("document", (None,))[0] != key:
        plain = View(language=view.language, basemap=view.basemap)
        state["document"] = (key, MapDocument.pack(render_page(dataset, plain, articles=reading.texts)))
    document: MapDocument = state["document"][1]
    return document


def show_faults(error: InputError) -> None:
    """Tell what is wrong with the data, a sentence each."""
    words = read_words(Language.ENGLISH)
    with st.container(key="below"):
        st.header("Corridor Atlas")
        st.error(words["faulty-data"].format(len(error.problems)))
        for problem in error.problems[:_MOST_PROBLEMS]:
            st.markdown(f"- {escape_markdown(str(problem))}")
        if len(error.problems) > _MOST_PROBLEMS:
            st.markdown(words["more-problems"].format(len(error.problems) - _MOST_PROBLEMS))


def receive_visit(dataset: Dataset) -> Visit:
    """Follow what the reader did last: the controls, or else the address."""
    state = st.session_state
    address = urlencode([(name, value) for name in st.query_params for value in st.query_params.get_all(name)])
    before: Visit | None = state.get("visit")
    if before is None:
        visit = Visit.begin(address, dataset)
    else:
        # a run that a control began may carry an address that the map has left behind
        dressed = before.dress(state["language"], state["basemap"], state["appearance"])
        visit = dressed if dressed is not before else before.turn_to(address, dataset)
    state["visit"] = visit
    state["language"] = visit.view.language.value
    state["basemap"] = visit.view.basemap
    state["appearance"] = visit.view.appearance.value
    return visit


def show_controls(dataset: Dataset, view: View) -> None:
    """Show what the map page itself cannot change: language, appearance, ground."""
    words = read_words(view.language)
    labels = {OFFLINE: words["basemap-atlas"]}
    labels |= {key: basemap.label[view.language.value] for key, basemap in ONLINE_BASEMAPS.items()}
    with st.sidebar:
        st.radio(
            words["language"],
            [language.value for language in Language],
            format_func=lambda value: _LANGUAGE_NAMES[Language(value)],
            key="language",
        )
        st.radio(
            words["appearance"],
            [appearance.value for appearance in Appearance],
            format_func=lambda value: words[f"appearance-{value}"],
            key="appearance",
        )
        st.selectbox(words["basemap"], list(labels), format_func=labels.__getitem__, key="basemap")
        if view.basemap != OFFLINE:
            origin = ONLINE_BASEMAPS[view.basemap].image_origin
            st.caption(words["basemap-note"].format(escape_markdown(origin)))
        st.caption(escape_markdown(words["data-version"].format(dataset.version, dataset.sha256[:12])))


def receive_reading(dataset: Dataset) -> tuple[Problem, ...]:
    """Begin with the articles of the operator's folder, where there is one; tell what is wrong with it."""
    if "reading" in st.session_state:
        return ()
    st.session_state["reading"] = Reading()
    folder = os.environ.get("ARTICLES")
    try:
        if folder:
            st.session_state["reading"] = load_reading(folder, dataset.sha256, dataset)
    except InputError as error:
        return error.problems
    return ()


def show_reading(dataset: Dataset, view: View) -> None:
    """Show which articles are at hand, take others, and forget them all."""
    words = read_words(view.language)
    reading: Reading = st.session_state["reading"]
    with st.sidebar:
        st.file_uploader(
            words["articles-upload"],
            type="txt",
            accept_multiple_files=True,
            max_upload_size=MAX_BYTES >> 20,
            # another key each time empties the widget
            key=f"upload-{reading.turn}",
            on_change=take_articles,
            args=(dataset,),
            help=words["articles-help"],
        )
        for problem in reading.refused:
            st.warning(escape_markdown(problem.message))
        if not reading.articles:
            st.caption(escape_markdown(words["articles-none"]))
            return
        st.caption(escape_markdown(words["articles-count"].format(*reading.counts)))
        for article in reading.articles.values():
            byline = dataset.source(article.source).byline
            st.caption(escape_markdown(words["articles-line"].format(byline, article.standing, article.cited)))
        st.button(words["articles-forget"], key="forget", on_click=forget_articles)


def take_articles(dataset: Dataset) -> None:
    """Take the reader's files into the session."""
    reading: Reading = st.session_state["reading"]
    files = st.session_state[f"upload-{reading.turn}"]
    st.session_state["reading"] = reading.take(((file.name, file.getvalue()) for file in files), dataset)


def forget_articles() -> None:
    """Forget the articles of the session, and the page that held them."""
    st.session_state["reading"] = st.session_state["reading"].forget()
    st.session_state.pop("document", None)


@st.fragment
def show_atlas(dataset: Dataset) -> None:
    """Show the map and what belongs to it; a change of the map runs this part alone."""
    visit: Visit = st.session_state["visit"]
    view = visit.view
    ground = st.context.theme.type or "light" if view.appearance is Appearance.AUTO else view.appearance.value
    map_state = show_map(
        find_document(dataset, view),
        MapRequest(visit.asked_query(ground), visit.turn, ground),
        title=read_words(view.language)["map-label"],
    )
    if map_state:
        visit = visit.hear(map_state.query, map_state.turn)
        st.session_state["visit"] = visit
    write_address(visit.view)
    with st.container(key="below"), st.container(key=f"words-{visit.view.language}"):
        show_tabs(dataset, visit.view)


def write_address(view: View) -> None:
    """Put the view into the address; parameters that are Streamlit's own stay."""
    parameters = dict(parse_qsl(view.to_query()))
    if st.query_params.to_dict() != parameters:
        st.query_params.from_dict(parameters)


def show_tabs(dataset: Dataset, view: View) -> None:
    """Show evidence, table, sources and notes, of which only the open one is made."""
    words = read_words(view.language)
    panes: dict[str, Callable[[Dataset, View], None]] = {
        "evidence": show_evidence,
        "table": show_table,
        "sources": show_sources,
        "files": show_files,
        "about": show_about,
    }
    labels = [words[f"tab-{name}"] for name in panes]
    tabs = st.tabs(labels, key=f"tabs-{view.language}", on_change="rerun")
    for (name, show), tab in zip(panes.items(), tabs, strict=True):
        if tab.open:
            with tab, st.container(key=name):
                show(dataset, view)
    show_download(dataset, view, ".html")


def show_evidence(dataset: Dataset, view: View) -> None:
    """Show who claims what of the selected feature."""
    evidence = tell_evidence(dataset, view)
    if evidence is None:
        st.markdown(escape_markdown(read_words(view.language)["nothing-chosen"]))
        return
    st.subheader(escape_markdown(evidence.name), anchor=False)
    st.caption("  \n".join(markdown_line(*line) for line in (*evidence.names, ("", evidence.summary))))
    words = read_words(view.language)
    st.markdown(f"**{escape_markdown(words['claims-heading'])}**")
    for claim in evidence.claims:
        show_claim(claim, view)
    if evidence.disputes:
        st.markdown(f"**{escape_markdown(words['disputes-heading'])}**")
    for dispute in evidence.disputes:
        show_dispute(dispute, view)
    st.markdown(f"**{escape_markdown(words['shape-heading-whole'])}**")
    st.markdown("  \n".join(markdown_line(*line) for line in evidence.shape))


def show_claim(claim: ClaimEvidence, view: View) -> None:
    """Show one claim with its source."""
    words = read_words(view.language)
    with st.container(border=True):
        st.markdown(f"**{escape_markdown(claim.statement)}**")
        st.markdown("  \n".join(markdown_line(*line) for line in claim.lines))
        marks = (f"**{escape_markdown(check.mark)}** " if check.mark else "" for check in claim.checks)
        lines = [f"- {mark}{escape_markdown(check.words)}" for mark, check in zip(marks, claim.checks, strict=True)]
        lines += [f"- {escape_markdown(dispute)}" for dispute in claim.disputes]
        st.markdown("\n".join(lines))
        link = f" {markdown_link(words['open-passage'], claim.link)}" if claim.link else ""
        st.caption(f"{escape_markdown(claim.reference)}{link}")
        if not claim.is_shown:
            st.caption(escape_markdown(words["outside-filters"]))


def show_dispute(dispute: DisputeEvidence, view: View) -> None:
    """Show two claims that disagree side by side, with what was measured between them."""
    words = read_words(view.language)
    with st.container(border=True):
        st.markdown(markdown_line(dispute.about, dispute.reason))
        st.markdown(markdown_table(("", words["side-a"], words["side-b"]), dispute.rows))
        if dispute.difference:
            st.markdown(markdown_line(words["measured"], dispute.difference))


def show_table(dataset: Dataset, view: View) -> None:
    """Show the features or claims that pass, and offer them as files."""
    words = read_words(view.language)
    kind = st.segmented_control(
        words["rows"],
        ["features", "claims"],
        default="features",
        required=True,
        format_func=lambda value: words[f"rows-{value}"],
        key="rows",
    )
    columns, rows = (
        (CLAIM_COLUMNS, claim_rows(dataset, view))
        if kind == "claims"
        else (FEATURE_COLUMNS, feature_rows(dataset, view))
    )
    if not rows:
        st.markdown(escape_markdown(words["table-empty"]))
        return
    config = {column: st.column_config.Column(words[f"column-{column}"]) for column in columns}
    config |= {column: st.column_config.Column(words[f"column-{column}"], width="medium") for column in ("when", "by")}
    config["link"] = st.column_config.LinkColumn(words["column-link"], display_text=words["open-passage"])
    st.dataframe(rows, column_order=columns, column_config=config, hide_index=True, placeholder="", key=f"table-{kind}")
    st.caption(escape_markdown(words["table-note"]))
    with st.container(horizontal=True):
        show_download(dataset, view, ".csv")
        show_download(dataset, view, ".geojson")


def show_files(dataset: Dataset, view: View) -> None:
    """Offer what is shown in every format that the atlas writes."""
    words = read_words(view.language)
    st.markdown(escape_markdown(words["files-note"]))
    suffix = st.selectbox(
        words["file-format"],
        list(FORMATS),
        index=list(FORMATS).index(".pptx"),
        format_func=lambda suffix: f"{suffix.removeprefix('.').upper()}: {FORMATS[suffix].label}",
        key="file-format",
    )
    show_download(dataset, view, suffix, label=words["download-file"])


def show_download(dataset: Dataset, view: View, suffix: str, *, label: str | None = None) -> None:
    """Offer what is shown as a file, which is made when it is asked for; a label of its own sets a button apart."""
    chosen = FORMATS[suffix]
    name = "file" if label else suffix.removeprefix(".")
    st.download_button(
        label or read_words(view.language)[f"download-{name}"],
        data=lambda: chosen.render(dataset, view),
        file_name=file_name(view, suffix, date.today()),
        mime=chosen.media_type,
        key=f"download-{name}",
        on_click="ignore",
    )


def show_sources(dataset: Dataset, view: View) -> None:
    """Show the works that the claims cite, and what of their records is inferred."""
    words = read_words(view.language)
    for source in dataset.sources:
        name = escape_markdown(name_source(source, view.language))
        link = markdown_link(words["open-source"], source.URL) if source.URL else escape_markdown(words["no-address"])
        st.markdown(f"{name}. {link}")
        for field, reason in source.inferred.items():
            st.caption(escape_markdown(words["inferred"].format(field, reason)))


def show_about(dataset: Dataset, view: View) -> None:
    """Show how the map is read, under which licences its parts stand, and which data it holds."""
    words = read_words(view.language)
    sections = {
        "reading-heading": [("", words[key]) for key in ("about-text", "origins-means", "names-note", "lines-note")],
        "how-sure": [(words[f"precision-{value}"], words[f"precision-{value}-means"]) for value in Precision],
        "status-heading": [(words[f"status-{value}"], words[f"status-{value}-means"]) for value in Status],
        "licences-heading": [(part["licence"], f"{part['part']}. {part['attribution']}.") for part in LICENCES],
        "data-heading": [("", words["data-line"].format(dataset.version, dataset.sha256))],
    }
    for heading, lines in sections.items():
        st.markdown(f"**{escape_markdown(words[heading])}**")
        st.markdown("\n".join(f"- {markdown_line(*line)}" for line in lines))


main()
