"""What became of a reader's file, row by row: listed, changed, and all of it as a file."""

from __future__ import annotations

import streamlit as st

from app.markdown import escape_markdown
from app.messages import show_counts
from geo.intake.brought import Brought
from geo.intake.report import count_reasons, render_report
from geo.view import View
from layers.report_table import REPORT_COLUMNS, report_rows
from layers.words import read_words


def show_report(brought: Brought, view: View) -> None:
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
