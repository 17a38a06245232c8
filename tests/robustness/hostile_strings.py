"""Hostile strings: a short list of our own, and the long public lists in the folder that ``BAD_INPUTS`` names."""

from __future__ import annotations

import json
import os
from pathlib import Path

FUZZ = bool(os.environ.get("FUZZ"))
"""Whether the long runs are asked for (``make fuzz``); else each test takes a sample."""

_BEACON = "https://beacon.invalid/"

OWN = (
    # templates, of the server and of the page
    "{{ 7 * 7 }}",
    "{% print 7 * 7 %}",
    "{# never closed",
    "{% for",
    "{{ cycler.__init__.__globals__ }}",
    "${window.ran = 1}",
    "`${window.ran = 1}`",
    "\\`+(window.ran=1)+\\`",
    "<%= 7 * 7 %>",
    "#{7 * 7}",
    "{0.__class__} %s %n %(name)s {}",
    # ends of what a careless writer puts text into
    "</script><script>window.ran=1</script>",
    "<!--<script>",
    "--><script>window.ran=1</script>",
    "</title></textarea></style><img src=x onerror=window.ran=1>",
    "]]><x xmlns='urn:x'/><![CDATA[",
    "\"' onmouseover=window.ran=1 x='\"",
    "';window.ran=1;//",
    '"}</script><svg onload=window.ran=1>',
    "<svg><animate onbegin=window.ran=1 attributeName=x dur=1s>",
    f"<img src={_BEACON}img>",
    f"<link rel=stylesheet href={_BEACON}css>",
    f"<meta http-equiv=refresh content='0;url={_BEACON}meta'>",
    f"<style>@import url({_BEACON}import)</style>",
    f"<iframe src={_BEACON}frame></iframe>",
    f"![alt]({_BEACON}markdown)",
    "[words](javascript:window.ran=1)",
    "<javascript:window.ran=1>",
    "javascript:window.ran=1",
    "data:text/html,<script>window.ran=1</script>",
    ":material/warning: :red[words] :smile: $x^2$ **bold** _soft_ # head | cell",
    ":streamlit: x:streamlit: :material_home: www.x.invalid a@b.invalid ~~out~~ [^1] a -> b",
    "&lt;b&gt; &amp;amp; &#0; &#x1F5FA; &nosuch;",
    "<?xml version='1.0'?><!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/hostname'>]><x>&e;</x>",
    # spreadsheets
    "=cmd|' /C calc'!A0",
    '=HYPERLINK("' + _BEACON + '","words")',
    "+1+1",
    "-1+1",
    "@SUM(1)",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    " =1+1",
    "\u200b=1+1",
    "＝1+1",
    "%=1+1",
    "'=1+1",
    '"=1+1"',
    "-33.5",
    "00501",
    "NA",
    "null",
    "1e400",
    "2024-02-30",
    # TeX and the mathematics of drawings
    "$$",
    "$\\frac$",
    "from $5 to $10 a day",
    "\\input{/etc/hostname}",
    "\\frac{1}{2} ~ ^ _ # % &",
    "_hidden from legends",
    "{unclosed",
    "closed}",
    '@article{key, title = "x"}',
    "ER  - ",
    "TY  - JOUR",
    # databases, shells, files
    "'; DROP TABLE claims; --",
    '"; DROP TABLE "claims',
    "$(touch ran) `touch ran` | touch ran ; touch ran",
    "../../../escaped",
    "..\\..\\escaped",
    "/etc/hostname",
    "C:\\escaped",
    "file:///etc/hostname",
    "CON",
    "name.csv\x00.geojson",
    # letters
    "رفح \u200e\u200f\u202eflipped\u202c \u2066isolated\u2069 עזה",
    "\u202egpj.exe",
    "e\u0301 é \u1100\u1161 ﷺ",
    "Z" + "\u0300\u0316" * 40,
    "👩\u200d👩\u200d👧 🇵🇸 🏴\U000e0067\U000e0062\U000e007f 🗺\ufe0f",
    "\U0001f5fa\U00020000\U0010fffd",
    "\ufeffmark before",
    "line\u2028paragraph\u2029next\u0085line",
    "\u00a0\u2007\u202f\u3000 wide \u00ad soft",
    "\u3164\u2800\u115f",
    "a\ttab, a\nline, a\rreturn, a\r\nboth",
    " spaces  around ",
    "\u00a0no-break ends\u2028",
    "\ufeffends with a mark -- \ufeff",
    "",
    " ",
    # what is no character of a text
    "nul \x00 inside",
    "bell \x07 backspace \x08 escape \x1b[31m delete \x7f",
    "vertical \x0b form \x0c units \x1c\x1d\x1e\x1f",
    "C1 \x80\x85\x9b\x9f",
    "low \udc00 alone",
    "high \ud800 alone",
    "\udc00\ud800 turned",
    "no characters \ufffe \uffff \ufdd0 \U0001fffe \U0010ffff",
    "replaced \ufffd",
    # size
    "long " + "x" * 100_000,
    "words " * 16_667,
    "<" * 5_000,
    "(" * 5_000,
)
"""Strings of our own: each breaks a careless writer of one format or another."""


def public_strings(folder: Path) -> list[str]:
    """The strings of the public lists, each once, in the order of the lists; a file may hold one string many times."""
    found: dict[str, None] = {}
    for path in sorted((folder / "strings").iterdir()):
        text = path.read_bytes().decode("utf-8", "replace")
        if path.suffix != ".json":
            found |= dict.fromkeys(text.split("\n"))
            continue
        for entry in json.loads(text):
            found[entry if isinstance(entry, str) else entry["text"]] = None
    return list(found)


def sample(strings: list[str], count: int) -> list[str]:
    """Take so many strings evenly, or all of them where the long runs are asked for."""
    if FUZZ or len(strings) <= count:
        return strings
    step = len(strings) / count
    return [strings[int(number * step)] for number in range(count)]
