"""Text as Markdown: shown as it is, and never more than text."""

from __future__ import annotations

from html import unescape

import pytest

from app.markdown import escape_markdown, markdown_link


@pytest.mark.parametrize(
    "text", ["# no heading", "![x](https://atlas.invalid/x.png)", "$x$", "a_b_ `c` <b>", "- x\n\n1. y ", ":red[z]"]
)
def test_escape_markdown_leaves_no_sign_alive(text: str) -> None:
    escaped = escape_markdown(text)
    assert unescape(escaped.replace("\\", "")) == text
    assert "\n" not in escaped
    assert not [i for i, sign in enumerate(escaped) if sign in "#![]()$_`<>-.:" and escaped[i - 1] not in "\\&"]


def test_escape_markdown_takes_pictures_apart() -> None:
    assert escape_markdown("x:streamlit: :material_home:") == r"x\:*s*treamlit\: \:*m*aterial\_home\:"


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "//atlas.invalid", ""])
def test_markdown_link_rejects(url: str) -> None:
    assert markdown_link("here", url) == "here"


def test_markdown_link_ends_where_it_should() -> None:
    link = markdown_link("a](b", 'https://atlas.invalid/x) [y](javascript:z)\n"<>')
    assert link == "[a\\]\\(b](https\\://atlas.invalid/x%29%20%5By%5D%28javascript\\:z%29%0A%22%3C%3E)"


def test_no_sign_of_an_address_means_more() -> None:
    link = markdown_link("here", "https://atlas.invalid/a:smile:?b=$c$&lt;=d")
    assert link == r"[here](https\://atlas.invalid/a\:smile\:?b=\$c\$\&lt;=d)"
