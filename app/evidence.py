"""The evidence for the chosen feature."""

from __future__ import annotations

import streamlit as st

from geo.dataset import Dataset
from geo.view import View
from layers.evidence import ClaimEvidence, DisputeEvidence, tell_evidence
from layers.words import escape_markdown, markdown_line, markdown_link, markdown_table, read_words


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
    if evidence.shape:
        lines = "  \n".join(markdown_line(*line) for line in evidence.shape)
        st.markdown(f"**{escape_markdown(words['shape-heading-whole'])}**\n\n{lines}")


def show_claim(claim: ClaimEvidence, view: View) -> None:
    """Show one claim with its source."""
    words = read_words(view.language)
    with st.container(border=True):
        # one text each: every element of a page costs some 130 bytes beside its words
        parts = [f"**{escape_markdown(claim.statement)}**", "  \n".join(markdown_line(*line) for line in claim.lines)]
        marks = (f"**{escape_markdown(check.mark)}** " if check.mark else "" for check in claim.checks)
        lines = [f"- {mark}{escape_markdown(check.words)}" for mark, check in zip(marks, claim.checks, strict=True)]
        lines += [f"- {escape_markdown(dispute)}" for dispute in claim.disputes]
        st.markdown("\n\n".join(part for part in (*parts, "\n".join(lines)) if part))
        link = f" {markdown_link(words['open-passage'], claim.link)}" if claim.link else ""
        outside = "" if claim.is_shown else f"  \n{escape_markdown(words['outside-filters'])}"
        st.caption(f"{escape_markdown(claim.reference)}{link}{outside}")


def show_dispute(dispute: DisputeEvidence, view: View) -> None:
    """Show two claims that disagree side by side, with what was measured between them."""
    words = read_words(view.language)
    with st.container(border=True):
        st.markdown(markdown_line(dispute.about, dispute.reason))
        st.markdown(markdown_table(("", words["side-a"], words["side-b"]), dispute.rows))
        if dispute.difference:
            st.markdown(markdown_line(words["measured"], dispute.difference))
