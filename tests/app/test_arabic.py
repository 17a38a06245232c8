"""The app in Arabic: no word of English but names, what a file itself says, and what formats are called."""

from __future__ import annotations

import re

import pytest
from streamlit.testing.v1 import AppTest

from app.markdown import escape_markdown
from exports.formats import FORMATS
from geo.intake.limits import LIMIT_NAMES, variable_of
from geo.view import Language
from layers.words import read_words
from tests.app_pages import bring, open_tab, run

ARABIC = read_words(Language.ARABIC)
# letters beside digits are codes
WORD = re.compile(r"\b[A-Za-z]{2,}\b")
# in single, double and Arabic quotation marks stand values of the file and examples
QUOTED = re.compile(r"'[^']*'|\"[^\"]*\"|«[^»]*»|“[^”]*”")
NAMES = {
    *(
        "CSV",
        "GeoJSON",
        "GEOJSON",
        "Lines",
        "QGIS",
        "HTML",
        "PPTX",
        "PNG",
        "SVG",
        "PDF",
        "GPKG",
        "GeoPackage",
        "PARQUET",
        "GeoParquet",
    ),
    *(
        "KML",
        "KMZ",
        "zip",
        "gzip",
        "Google",
        "Earth",
        "LPF",
        "JSON",
        "Linked",
        "Places",
        "ANNO",
        "JSONLD",
        "CSL",
        "Zotero",
        "BIB",
    ),
    *("LaTeX", "BibLaTeX", "RIS", "EndNote", "TXT", "Chicago", "APA", "Excel", "Shapefile", "WKT", "EPSG", "UTM"),
    *("ACLED", "UCDP", "GED", "GDELT", "GTD", "EDTF", "English", "WGS", "CRS", "SHA"),
    # settings are known by the names of their variables
    *("ATLAS", "MAX", "UPLOAD", "BYTES", "UNPACKED", "FEATURES", "FIELDS", "DEPTH", "VERTICES", "SECONDS", "MEMORY"),
    # columns are known by the names that the atlas looks for
    *("lon", "lat", "wkt", "easting", "northing", "geometry"),
}
EVENTS = """id;lat;lon;date;kind;notes
b1;31.13;33.80;12/03/2015;Patrol;first
b1;31.28;34.24;31/12/2015;Patrol;second
b3;;;2015-06-01T08:00;Block;third
b4;north;34;2015;Block;fourth
b5;95;34.2;2015;Block;fifth
"""
OWN_WORDS = set(WORD.findall(EVENTS)) | {"events", "csv"}


@pytest.fixture
def app(fresh_app: AppTest) -> AppTest:
    fresh_app.query_params["language"] = "ar"
    return run(fresh_app)


def texts_on(app: AppTest) -> list[str]:
    """What the page says, the table of a report and the choices of each control included."""
    texts = [each.value for each in (*app.markdown, *app.caption, *app.warning, *app.subheader)]
    for kind in (
        "selectbox",
        "text_input",
        "checkbox",
        "button",
        "download_button",
        "expander",
        "file_uploader",
        "tab",
    ):
        for element in app.get(kind):
            proto = element.proto
            texts += [getattr(proto, name, "") for name in ("label", "help", "placeholder")]
            texts += list(getattr(proto, "options", ()))
    for table in app.dataframe:
        # the rest are values of the file
        texts += [str(cell) for column in ("outcome", "reason", "remedy") for cell in table.value.get(column, ())]
    return [text.replace("\\", "") for text in texts if isinstance(text, str)]


def english_on(app: AppTest, *names: str) -> list[str]:
    allowed = NAMES | OWN_WORDS | set(names)
    return [text for text in texts_on(app) if set(WORD.findall(QUOTED.sub("", text))) - allowed]


def told_in_english(app: AppTest) -> list[str]:
    return [body for element in app.get("html") if 'lang="en"' in (body := element.proto.body)]


def test_files_are_offered_in_arabic(app: AppTest) -> None:
    open_tab(app, "files", Language.ARABIC)
    for suffix in FORMATS:
        app.selectbox(key="file-format").set_value(suffix)
        assert english_on(run(app)) == []
    app.selectbox(key="file-format").set_value(".png")
    run(app).selectbox(key="file-page").set_value("pixels")
    run(app).number_input(key="file-width").set_value(20_000)
    assert len(run(app).warning) == 1
    assert (english_on(app), told_in_english(app)) == ([], [])


def test_own_data_are_looked_through_in_arabic(app: AppTest) -> None:
    bring(open_tab(app, "own", Language.ARABIC), "events.csv", EVENTS)
    assert "الصفوف: 5؛" in "\n".join(texts_on(app))
    # the first rows, and what was listed and changed
    assert len(app.dataframe) == 2
    for _ in range(3):
        assert (english_on(app), told_in_english(app)) == ([], [])
        offered = [box for box in app.checkbox if not box.value]
        if offered:
            offered[0].check()
            run(app)
    assert any(box.value for box in app.checkbox)
    app.button(key="own-show-1").click()
    assert (english_on(run(app)), told_in_english(app)) == ([], [])


@pytest.mark.parametrize(
    ("name", "text"),
    [("notes.csv", "only;words\nno;places\n"), ("empty.csv", ""), ("alone.csv", "lon,lat\n"), ("p.csv", "%PDF-1.7\n")],
)
def test_refusals_are_told_in_arabic(app: AppTest, name: str, text: str) -> None:
    bring(open_tab(app, "own", Language.ARABIC), name, text)
    assert len(app.warning) == 1
    known = {*WORD.findall(name), *WORD.findall(text)}
    assert (english_on(app, *known), told_in_english(app)) == ([], [])


def test_what_has_no_arabic_is_marked_as_english(app: AppTest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.messages.tell", lambda *_: None)
    bring(open_tab(app, "own", Language.ARABIC), "broken.geojson", '{"type": <b>')
    assert [warning.value for warning in app.warning] == [escape_markdown(ARABIC["in-english"])]
    (english,) = told_in_english(app)
    assert english.startswith('<p lang="en" dir="ltr">It is no JSON')
    assert "<b>" not in english


def test_limits_and_licences_are_told_in_arabic(app: AppTest) -> None:
    heading = f"**{escape_markdown(ARABIC['own-limits-heading'])}**"
    (told,) = [text for text in texts_on(open_tab(app, "about", Language.ARABIC)) if heading in text]
    limits = told.partition(heading)[2].strip().splitlines()
    assert len(limits) == len(LIMIT_NAMES)
    lines = [*limits, *(line for line in told.splitlines() if "ODbL" in line)]
    assert all(variable_of(name) in line for name, line in zip(LIMIT_NAMES, limits, strict=True))
    known = {"ODbL", "OpenStreetMap", "contributors", *WORD.findall(" ".join(map(variable_of, LIMIT_NAMES)))}
    assert [line for line in lines if set(WORD.findall(line)) - NAMES - known] == []
