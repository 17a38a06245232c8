"""An app of one page: each string of a file, through every way in which the atlas puts text from data into Markdown."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import streamlit as st

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
from app.markdown import escape_markdown, markdown_line, markdown_link, markdown_table


def main() -> None:
    """Show each string."""
    for number, text in enumerate(json.loads(Path(os.environ["STRINGS"]).read_text(encoding="utf-8"))):
        with st.container(key=f"text-{number}"):
            st.markdown(f"**{escape_markdown(text)}**")
            st.caption(markdown_line("label", text))
            st.markdown(f"- {escape_markdown(text)}")
            st.markdown(markdown_link(text, "https://example.org/"))
            st.markdown(markdown_table(("head", text), [("cell", text)]))
            st.warning(escape_markdown(f"Invalid: {text}"))
    st.container(key="end").text("end")


# collected for its doctests, the file is imported; Streamlit runs it
if __name__ == "__main__":
    main()
