"""What the view shows, as rows."""

from __future__ import annotations

import streamlit as st

from app.downloads import show_download
from app.markdown import escape_markdown
from geo.dataset import Dataset
from geo.view import View
from layers.table import CLAIM_COLUMNS, FEATURE_COLUMNS, claim_table, feature_table
from layers.words import read_words


def show_table(dataset: Dataset, view: View) -> None:
    """Show the features, events or claims that pass, and offer them as files."""
    words = read_words(view.language)
    kind = st.segmented_control(
        words["rows"],
        ["features", "claims"],
        default="features",
        required=True,
        format_func=lambda value: words[f"rows-{value}"],
        key="rows",
    )
    columns, table = (
        (CLAIM_COLUMNS, claim_table(dataset, view))
        if kind == "claims"
        else (FEATURE_COLUMNS, feature_table(dataset, view))
    )
    if not table.rows:
        st.markdown(escape_markdown(words["table-empty"]))
        return
    config = {column: st.column_config.Column(words[f"column-{column}"]) for column in columns}
    config |= {column: st.column_config.Column(words[f"column-{column}"], width="medium") for column in ("when", "by")}
    config["link"] = st.column_config.LinkColumn(words["column-link"], display_text=words["open-passage"])
    st.dataframe(
        table.rows, column_order=columns, column_config=config, hide_index=True, placeholder="", key=f"table-{kind}"
    )
    if table.total > len(table.rows):
        st.markdown(escape_markdown(words["table-cut"].format(f"{len(table.rows):,}", f"{table.total:,}")))
    st.caption(escape_markdown(words["table-note"]))
    with st.container(horizontal=True):
        show_download(dataset, view, ".csv")
        show_download(dataset, view, ".geojson")
