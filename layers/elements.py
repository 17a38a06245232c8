"""Folium elements of our own; none of them lets a value from data pass through a template."""

from __future__ import annotations

import base64
import hashlib
import json
import logging
import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import folium
import orjson
from branca.element import Element, Figure, MacroElement
from folium.template import Template
from jinja2 import TemplateError

from geo.errors import InputError, Problem
from geo.own_files import damaged, read_own_bytes, read_own_json, read_own_text

_LONE_SURROGATE = re.compile("[\ud800-\udfff]")
ASSETS = Path(__file__).parent / "assets"
_SKELETON = ASSETS / "page.html"
_FONT = re.compile(r"""url\(fonts/([\w-]+\.woff2)\) format\("woff2"\)""")
_LOG = logging.getLogger(__name__)

# in the order in which they build on one another
_SCRIPTS = (
    "namespace",
    "payload",
    "view",
    "selection",
    "symbols",
    "canvas",
    "ground",
    "stamping",
    "flows",
    "marks",
    "focus",
    "density",
    "density_key",
    "themes",
    "hits",
    "anchors",
    "naming",
    "ground_names",
    "leaders",
    "labels",
    "stack",
    "card",
    "compare",
    "reading",
    "legend",
    "filters",
    "list",
    "bars",
    "play",
    "time",
    "inset",
    "measure",
    "tours",
    "host",
    "state",
    "home",
    "sight",
    "lengths",
    "copying",
    "choosing",
    "pointing",
    "controls",
    "printing",
    "start",
)


class Literal(Element):
    """Text that is written as it is; branca's own elements would compile it as a template."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self._text = text

    def render(self, **_: Any) -> str:
        """Return the text."""
        return self._text


class AtlasFigure(Figure):
    """The finished document: skeleton, styles, scripts, data blocks and the policy that guards them.

    ``blocks`` are the data blocks by name; ``plain`` is markup for readers without script, and ``fault`` what they are
    told when the script fails, with ``{}`` for the reason.

    Parameters
    ----------
    title
        Title of the document; escaped here.
    language
        Language code of the page.
    image_origins
        Origins that the page may load images from, besides itself.
    """

    def __init__(self, *, title: str, language: str, image_origins: tuple[str, ...] = ()) -> None:
        super().__init__()
        self._id = "atlas"
        self.title = title
        self.language = language
        self.image_origins = image_origins
        self.fault = ""
        self.plain = ""
        self.blocks: dict[str, Any] = {}

    def render(self, **kwargs: Any) -> str:
        """Return the document: rendered first, data put in afterwards, so that no template ever sees them."""
        self.script._children.clear()
        for child in self._children.values():
            child.render(**kwargs)
        document: str = _read_skeleton().render(this=self, kwargs=kwargs)
        style, guard = read_style(), read_own_text(ASSETS / "guard.js")
        script = f"{read_library()}\n{read_scripts()}\n{self._folium_script(**kwargs)}"
        parts = {
            "policy": content_policy(style, (guard, script), self.image_origins),
            "style": style,
            "guard": guard,
            "plain": self.plain,
            "data": "\n".join(json_block(name, value) for name, value in self.blocks.items()),
            "script": script,
        }
        pieces = [document]
        for name, text in parts.items():
            before, mark, after = pieces.pop().partition(f"<!--atlas:{name}-->")
            if not mark:
                raise damaged(_SKELETON)
            pieces += [before, text, after]
        return "".join(pieces)

    def _folium_script(self, **kwargs: Any) -> str:
        return "\n".join(child.render(**kwargs) for child in self.script._children.values())


class AtlasMap(folium.Map):
    """A Folium map that asks for nothing outside its own document."""

    _template = Template(
        """
        {% macro html(this, kwargs) %}
            <div class="atlas-map" id={{ this.get_name()|tojson }}></div>
        {% endmacro %}
        {% macro script(this, kwargs) %}
            const {{ this.get_name() }} = L.map({{ this.get_name()|tojson }}, {
                center: {{ this.location|tojson }},
                crs: L.CRS.{{ this.crs }},
                ...{{ this.options|tojavascript }}
            });
        {% endmacro %}
        """
    )

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        # lists of this map's own: Folium's stand in the class and would be shared by every map of the process
        self.default_js: list[tuple[str, str]] = []
        self.default_css: list[tuple[str, str]] = []


class Step(MacroElement):
    """One call of the page's own script with the map and plain numbers or fixed words; never with data.

    Parameters
    ----------
    call
        Function of the page's script, for example ``atlas.addGround``.
    arguments
        What follows the map in the call.
    """

    _template = Template(
        """
        {% macro script(this, kwargs) %}
            {{ this.call }}({{ this._parent.get_name() }}{% for item in this.arguments -%}
                , {{ item|tojson }}
            {%- endfor %});
        {% endmacro %}
        """
    )

    def __init__(self, call: str, *arguments: float | str) -> None:
        super().__init__()
        self._name = call.rpartition(".")[2]
        self._id = "_".join(str(argument) for argument in arguments)
        self.call = call
        self.arguments = arguments


def json_block(name: str, value: Any) -> str:
    """Write a value as a data block of a document; nothing in it can end the block or start another."""
    text = _json_text(value)
    for sign in "<>&\u2028\u2029":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return f'<script type="application/json" id="atlas-{name}">{text}</script>'


def _json_text(value: Any) -> str:
    try:
        return orjson.dumps(value, option=orjson.OPT_NON_STR_KEYS).decode()
    except TypeError:
        # a lone surrogate, which no file can hold: it is shown as the mark for what cannot be read
        text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
        return _LONE_SURROGATE.sub("\ufffd", text)


def content_policy(style: str, scripts: tuple[str, ...], image_origins: tuple[str, ...]) -> str:
    """Write the page's Content-Security-Policy: its own style and scripts by hash, nothing else.

    References
    ----------
    W3C, Content Security Policy Level 3, section 2.3 (hash sources).
    """
    images = " ".join(("data:", "blob:", *image_origins))
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src {' '.join(map(_hash_source, scripts))}",
            f"style-src {_hash_source(style)}",
            f"img-src {images}",
            "font-src data:",
            "base-uri 'none'",
            "form-action 'none'",
        )
    )


def _hash_source(text: str) -> str:
    digest = hashlib.sha256(text.encode("utf-8")).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"


@cache
def _read_skeleton() -> Template:
    try:
        skeleton: Template = Template(read_own_text(_SKELETON))
    except TemplateError as error:
        raise damaged(_SKELETON) from error
    return skeleton


@cache
def read_library() -> str:
    """Read Leaflet's script from the installed package, without the line that points to its source map."""
    text = _leaflet_file("leaflet.js")
    return text.rpartition("//# sourceMappingURL")[0].rstrip()


@cache
def read_style() -> str:
    """Read the page's style: Leaflet's without the pictures of controls that are not used, then ours."""
    leaflet = _leaflet_file("leaflet.css")
    for picture in ("layers.png", "layers-2x.png", "marker-icon.png"):
        leaflet = leaflet.replace(f"url(images/{picture})", "none")
    return leaflet + _FONT.sub(_embed_font, read_own_text(ASSETS / "page.css"))


def _embed_font(place: re.Match[str]) -> str:
    """Put a font's letters where the style names its file; without the file, the reader's own fonts do."""
    try:
        letters = read_own_bytes(ASSETS / "fonts" / place[1])
        if not letters.startswith(b"wOF2"):
            raise damaged(ASSETS / "fonts" / place[1])
    except InputError as error:
        _LOG.warning("%s The reader's own fonts are used.", error.problems[0].message)
        return 'local("sans-serif")'
    return f'url(data:font/woff2;base64,{base64.b64encode(letters).decode()}) format("woff2")'


@cache
def read_scripts() -> str:
    """Read the page's own scripts, joined in the order in which they build on one another."""
    return "\n".join(read_own_text(ASSETS / "js" / f"{name}.js") for name in _SCRIPTS)


@cache
def read_strings() -> Mapping[str, Any]:
    """Read the words on the screen, by language."""
    strings: dict[str, Any] = read_own_json(ASSETS / "strings.json", dict)
    return strings


def _leaflet_file(name: str) -> str:
    try:
        return (files("js_lib_leaflet") / "static" / "js_lib_leaflet" / name).read_text(encoding="utf-8")
    except (ModuleNotFoundError, OSError, UnicodeDecodeError) as error:
        message = (
            f"Invalid installation. Leaflet's '{name}' of the package django-js-lib-leaflet cannot be read. "
            "Install the packages of requirements.txt again."
        )
        raise InputError([Problem("installation", message)]) from error
