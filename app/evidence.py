"""The evidence for the chosen feature, as one text: an element of the page costs some 130 bytes beside its words.

A text that did not change is told by its hash alone.
"""

from __future__ import annotations

import streamlit as st

from app.markdown import escape_markdown, markdown_item, markdown_line, markdown_link, markdown_table
from geo.dataset import Dataset
from geo.view import View
from layers.dispute_evidence import DisputeEvidence
from layers.evidence import ClaimEvidence, FeatureEvidence, tell_evidence
from layers.words import read_words


def show_evidence(dataset: Dataset, view: View) -> None:
    """Show who claims what of the selected feature."""
    evidence = tell_evidence(dataset, view)
    if evidence is None:
        st.markdown(escape_markdown(read_words(view.language)["nothing-chosen"]))
        return
    st.subheader(escape_markdown(evidence.name), anchor=False)
    st.markdown(write_evidence(evidence, view))


def write_evidence(evidence: FeatureEvidence, view: View) -> str:
    """Write the evidence in Markdown: its claims and its disputes are items of lists."""
    words = read_words(view.language)
    blocks = ["  \n".join(markdown_line(*line) for line in (*evidence.names, ("", evidence.summary)))]
    blocks += [_heading(words["claims-heading"]), *(write_claim(claim, view) for claim in evidence.claims)]
    if evidence.disputes:
        blocks += [_heading(words["disputes-heading"]), *(write_dispute(each, view) for each in evidence.disputes)]
    if evidence.shape:
        lines = (markdown_line(*line) for line in evidence.shape)
        blocks += [_heading(words["shape-heading-whole"]), "  \n".join(lines)]
    if evidence.row:
        blocks += [markdown_table((words["row-heading"], ""), evidence.row)]
    return "\n\n".join(blocks)


def _heading(text: str) -> str:
    return f"**{escape_markdown(text)}**"


def write_claim(claim: ClaimEvidence, view: View) -> str:
    """Write one claim with its source, as an item."""
    words = read_words(view.language)
    marks = (f"**{escape_markdown(check.mark)}** " if check.mark else "" for check in claim.checks)
    points = [f"- {mark}{escape_markdown(check.words)}" for mark, check in zip(marks, claim.checks, strict=True)]
    points += [f"- {escape_markdown(dispute)}" for dispute in claim.disputes]
    link = f" {markdown_link(words['open-passage'], claim.link)}" if claim.link else ""
    outside = "" if claim.is_shown else f"  \n{escape_markdown(words['outside-filters'])}"
    return markdown_item(
        f"**{escape_markdown(claim.statement)}**",
        "  \n".join(markdown_line(*line) for line in claim.lines),
        "\n".join(points),
        f"{escape_markdown(claim.reference)}{link}{outside}",
    )


def write_dispute(dispute: DisputeEvidence, view: View) -> str:
    """Write two claims that disagree side by side, with what was measured between them, as an item."""
    words = read_words(view.language)
    return markdown_item(
        markdown_line(dispute.about, dispute.reason),
        markdown_table(("", words["side-a"], words["side-b"]), dispute.rows),
        markdown_line(words["measured"], dispute.difference) if dispute.difference else "",
    )
