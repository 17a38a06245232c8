"""Sentences made in English, told in Arabic: the same sentences as those that are made, with their values."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator
from pathlib import Path
from xml.parsers.expat import errors as xml_errors

import pytest

from exports.formats import FORMATS
from exports.receipt import LICENCES
from geo.articles import MAX_BYTES
from geo.dataset import Dataset
from geo.errors import InputError
from geo.intake.column_map import ROLES
from geo.intake.limits import LIMIT_NAMES, Limits, describe_limit, limit_problem
from geo.intake.loading import NO_PLACES
from geo.intake.mends import MENDS
from geo.intake.presets import PRESETS
from geo.model import Precision, Status
from geo.recognition import recognise_article
from geo.view import Appearance, Language, View
from layers.basemaps import ONLINE_BASEMAPS
from layers.style import theme_styles
from layers.telling import tell
from layers.visit import Visit
from layers.words import read_words

ENGLISH, ARABIC = read_words(Language.ENGLISH), read_words(Language.ARABIC)
TOLD = sorted(key for key in ENGLISH if key.startswith("told-"))
PLACE = re.compile(r"\{(?:|phrase|columns)\}")
WORDS = re.compile("[A-Za-z]{2,}")


# what Python's own readers of JSON and XML say, of which a sentence may be made
BROKEN_JSON = ("", '{"a" 1}', "[1 2]", "{a: 1}", '"a', '"a\tb"', r'"\q"', r'"\uZZZZ"', "[1] 2")
# what a literal looks like in which two words follow each other, or a word and a value
SPOKEN = re.compile(r"[A-Za-z]{2,},? (?:[A-Za-z]{2,}|'?\{\})|\{\}'? [A-Za-z]{2,}")
# told on a command line alone; with a test of their own; names of columns and codes in strangers' tables
UNTOLD_FILES = frozenset(
    {
        *("report", "strict", "template", "limits"),
        *("column_names", "date_columns", "presets", "event_codes", "layouts"),
        *("apart", "transport", "walls", "rings"),
    }
)
UNTOLD = frozenset(
    {
        # names of fields and rows, and what stands for a value in a list of changes
        *(" (as given)", "data {}", "data {} ({})", "feature {}", "row {}", "{} cells", "no columns", "no values"),
        *("Track of one place", "empty shape", "{} of one place", "{} positions", "{} shapes"),
        # of errors that are caught where they are raised
        "no line",
        "an arc has three positions",
        # looked for in what a library says, not said
        "deeply nested",
        "unbound prefix",
    }
)
# sentences that are put together of several texts: of each an example that is told
WOVEN = {
    "Nothing in it can be read, since {} at fault ({}{}: {})": (
        "Nothing in it can be read, since its only row is at fault (row 1: It is no row: it is no object). Take it out",
        "Nothing in it can be read, since its only row is at fault (row 1, geometry: The shape is cut off). Correct it",
        "Nothing in it can be read, since each of its 1,200 rows is at fault (row 7, n 'x: y': The shape is damaged).",
        "Nothing in it can be read, since its only row is at fault (row 3 '{': "
        "The line is no JSON: Expecting value, column 9). Correct it.",
    ),
    "{} ({} {})": (
        "Stars stand for no value, or for a number too long for its field (1 row).",
        "Stars stand for no value, or for a number too long for its field (31 rows).",
    ),
    "The workbook cannot be read{}": (
        "The workbook cannot be read. Save it again as .xlsx.",
        "The workbook cannot be read (a. b: c). Save it again as .xlsx.",
    ),
    "The Parquet file cannot be read{}": (
        "The Parquet file cannot be read. Save it again.",
        "The Parquet file cannot be read (Not a Parquet file.). Save it again.",
    ),
    "{}, but byte {} is none": (
        "Its byte-order mark says UTF-16-LE, but byte 4 is none. Save it as UTF-8.",
        "It looks like UTF-32-BE, but byte 9 is none. Save it as UTF-8.",
    ),
    ", and others too": ("The id 'a' stands in several rows, and others too. The later ones can be numbered.",),
    ".{} Name": (
        f"{NO_PLACES.partition('.')[0]}. It has the columns a, b, …. Name {NO_PLACES.partition(' Name ')[2]}",
    ),
    "row {}, {}": (),  # within the first
    "read the numbers as {}": (),
    "read dates as {}": (),
}


def written_in(path: Path) -> Iterator[ast.expr]:
    """The texts of a source file that are neither parts of others nor its documentation."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    aside: set[ast.AST] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            aside.add(node.value)
        if isinstance(node, ast.JoinedStr):
            aside.update(part for part in node.values if isinstance(part, ast.Constant))
            forms = [part.format_spec for part in node.values if isinstance(part, ast.FormattedValue)]
            aside.update(part for form in forms if isinstance(form, ast.JoinedStr) for part in (form, *form.values))
    yield from (node for node in ast.walk(tree) if isinstance(node, ast.Constant | ast.JoinedStr) and node not in aside)


def literals(path: Path) -> set[str]:
    """The texts of a source file, with ``{}`` where a value is put in."""
    found = set()
    for node in written_in(path):
        if isinstance(node, ast.JoinedStr):
            found.add("".join(str(part.value) if isinstance(part, ast.Constant) else "{}" for part in node.values))
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            found.add(node.value)
    return found


def json_fault(text: str) -> str:
    with pytest.raises(json.JSONDecodeError) as caught:
        json.loads(text)
    return caught.value.msg


@pytest.fixture(scope="module")
def made(root: Path) -> str:
    """All texts from which sentences are made."""
    sources = [
        *sorted((root / "geo").rglob("*.py")),
        root / "layers" / "visit.py",
        *(root / "exports" / f"{name}.py" for name in ("receipt", "pages")),
    ]
    texts = [text for path in sources for text in sorted(literals(path))]
    # a part of an address that is at fault is named as it stands there
    texts += [f"Invalid {name} '" for name in ("q", *View.model_fields)]
    return "\n".join([*texts, *map(json_fault, BROKEN_JSON), *xml_errors.codes])


@pytest.mark.parametrize("key", TOLD)
def test_sentence_is_one_that_is_made(key: str, made: str) -> None:
    parts = [part.strip(" )") for text in PLACE.split(ENGLISH[key]) for part in text.split("(")]
    assert [part for part in parts if WORDS.search(part) and part not in made] == []


def bare(sentence: str) -> str:
    """A sentence without its values and its full stop."""
    return PLACE.sub("", sentence).strip(" .")


BARE = {"", *(bare(ENGLISH[key]) for key in TOLD)} | {
    bare(words).casefold() for key, words in ENGLISH.items() if key.startswith("own-mend-")
}


def is_told(text: str) -> bool:
    """Tell whether a text, or each sentence of it, has its pattern, whatever its values are."""
    if bare(text) in BARE or tell(text, Language.ARABIC) is not None:
        return True
    stops = [stop.start() for stop in re.finditer(r"\. ", text)]
    return any(bare(text[:stop]) in BARE and is_told(text[stop + 2 :]) for stop in stops)


def test_every_sentence_of_readers_of_files_is_told(root: Path) -> None:
    files = [path for path in sorted((root / "geo" / "intake").rglob("*.py")) if path.stem not in UNTOLD_FILES]
    assert len(files) > 60
    spoken = {text for path in files for text in literals(path) if SPOKEN.search(text)}
    database = {text for text in spoken if text.startswith(("SELECT ", "PRAGMA "))}
    assert sorted(text for text in spoken - database - UNTOLD - WOVEN.keys() if not is_told(text)) == []
    # nothing is passed over that is no longer there
    everything = {text for path in files for text in literals(path)}
    assert sorted((UNTOLD | WOVEN.keys()) - everything) == []


@pytest.mark.parametrize("sentence", [sentence for examples in WOVEN.values() for sentence in examples])
def test_sentences_of_several_texts_are_told(sentence: str) -> None:
    assert tell(sentence, Language.ARABIC) is not None


@pytest.mark.parametrize("text", BROKEN_JSON)
def test_faults_of_json_are_told(text: str) -> None:
    fault = json_fault(text)
    for sentence in (f"It is no JSON: {fault}, line 1, column 5.", f"The line is no JSON: {fault}, column 5."):
        told = tell(sentence, Language.ARABIC)
        assert told is not None
        assert set(WORDS.findall(told)) <= {"JSON", "uXXXX"}


def words_beyond(message: str) -> set[str]:
    """The words of a message's translation that stand in none of the quotation marks of the message."""
    told = tell(message, Language.ARABIC)
    assert told is not None, message
    return set(WORDS.findall(told)) - {"UTF"} - set(WORDS.findall(" ".join(re.findall("'[^']*'", message))))


@pytest.mark.parametrize("content", [b"No article.", b"x" * (MAX_BYTES + 1), b"\xff", b"x" * 20_001])
def test_refusals_of_articles_are_told(content: bytes, dataset: Dataset) -> None:
    with pytest.raises(InputError) as caught:
        recognise_article(content, "my. notes.txt", dataset)
    assert words_beyond(caught.value.problems[0].message) == set()


@pytest.mark.parametrize(
    "query",
    [
        *("feature=no-such", "themes=tunnels,no-such", "sources=no-such", "tour=no-such", "basemap=no-such"),
        *("no-such=1", "q=a&q=b", f"q={'a' * 201}", "feature=", "themes=A", "statuses=a", "precisions=a", "compare=a"),
        *("since=a", "until=2015-13", "known=2014/2015", "since=2016&until=2015", "undated=2", "origins=0", "step=0"),
        *("extent=1,2", "extent=5,0,1,1", "language=fr", "appearance=red"),
    ],
)
def test_what_is_wrong_with_an_address_is_told(query: str, dataset: Dataset) -> None:
    (problem,) = Visit.begin(query, dataset).problems
    names = (
        *(style.key for style in theme_styles([])),
        *(source.id for source in dataset.sources),
        *(tour.id for tour in dataset.tours),
        *("atlas", *ONLINE_BASEMAPS, *Status, *Precision, *Language, *Appearance, *View.model_fields, "EDTF"),
    )
    assert words_beyond(problem.message) - set(WORDS.findall(" ".join(names))) == set()


@pytest.mark.parametrize("key", TOLD)
def test_places_stand_in_the_same_order_in_every_language(key: str) -> None:
    assert PLACE.findall(ARABIC[key]) == PLACE.findall(ENGLISH[key])


def test_every_choice_has_words() -> None:
    keys = [f"own-mend-{kind}" for kind in MENDS] + [f"told-preset-{key}" for key in PRESETS]
    keys += [f"format-{suffix.removeprefix('.')}" for suffix in FORMATS] + [f"own-role-{role}" for role in ROLES]
    assert [key for key in keys if key not in ENGLISH] == []
    for suffix, each in FORMATS.items():
        assert ENGLISH[f"format-{suffix.removeprefix('.')}"] == each.label
    for kind, words in MENDS.items():
        assert ENGLISH[f"own-mend-{kind}"].casefold() == words.casefold()


@pytest.mark.parametrize("name", LIMIT_NAMES)
def test_limits_are_told(name: str) -> None:
    limits = Limits()
    told = tell(describe_limit(name, limits), Language.ARABIC)
    assert told is not None
    assert not WORDS.search(told)
    for place in ("", "layer 'One; two. (three)'"):
        told = tell(limit_problem(name, limits, place).message, Language.ARABIC)
        assert told is not None
        assert place in told


def test_licences_are_told() -> None:
    assert [part["part"] for part in LICENCES if tell(part["part"], Language.ARABIC) is None] == []


@pytest.mark.parametrize(
    ("sentence", "kept"),
    [
        ("Longitude: column 'lon'.", ["'lon'"]),
        ("Name: column 'a and b' and column \"it's: so. And\".", ["'a and b'", '"it\'s: so. And"']),
        ("Date: none, the rows are undated.", []),
        ("Dates such as '31/12/2015' can be read as day, month, year, such as 31/12/2015.", ["'31/12/2015'"]),
        ("Places such as '31, 34' lie on the earth once longitude and latitude are exchanged.", ["'31, 34'"]),
        (
            "5 of 40 places, such as '31, 34', would lie in the region with longitude and latitude exchanged; "
            "the others stay as they are.",
            ["5", "40", "'31, 34'"],
        ),
        ("Layer 'a. b'. Theme: column 'kind'.", ["'a. b'", "'kind'"]),
        ("Layers 'a', 'b. c', …. Theme: none, the layer is one theme.", ["'a', 'b. c', …"]),
        ("Its metadata name '../x' as its column of geometry, and it has no such column.", ["'../x'"]),
        ("The id 'a. b' stands in several rows, and others too. The later ones can be numbered.", ["'a. b'"]),
        ("No coordinates were found. It has the columns x. Name, y.", ["x. Name, y"]),
        ("It looks like a PDF document, which is not read here. Give a table with rows.", ["PDF"]),
    ],
)
def test_a_sentence_is_told_with_its_values(sentence: str, kept: list[str]) -> None:
    told = tell(sentence, Language.ARABIC)
    assert told is not None
    assert [value for value in kept if value not in told] == []
    assert set(WORDS.findall(told)) <= set(WORDS.findall(" ".join(kept)))
    assert tell(sentence, Language.ENGLISH) == sentence


@pytest.mark.parametrize(
    "sentence", ["Nobody says this.", "The file is empty. Nobody says this.", "Id: nobody", "x" * 9999]
)
def test_what_is_not_known_stays_untold(sentence: str) -> None:
    assert tell(sentence, Language.ARABIC) is None
