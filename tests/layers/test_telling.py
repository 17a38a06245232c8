"""Sentences made in English, told in Arabic: the same sentences as those that are made, with their values."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from exports.formats import FORMATS
from exports.receipt import LICENCES
from geo.intake.column_map import ROLES
from geo.intake.limits import LIMIT_NAMES, Limits, describe_limit, limit_problem
from geo.intake.mends import MENDS
from geo.intake.presets import PRESETS
from geo.view import Language
from layers.telling import tell
from layers.words import read_words

ENGLISH, ARABIC = read_words(Language.ENGLISH), read_words(Language.ARABIC)
TOLD = sorted(key for key in ENGLISH if key.startswith("told-"))
PLACE = re.compile(r"\{(?:|phrase|columns)\}")
WORDS = re.compile("[A-Za-z]{2,}")


def literals(path: Path) -> set[str]:
    """The texts of a source file, with ``{}`` where a value is put in."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            found.add(node.value)
        elif isinstance(node, ast.JoinedStr):
            found.add("".join(str(part.value) if isinstance(part, ast.Constant) else "{}" for part in node.values))
    return found


@pytest.fixture(scope="module")
def made(root: Path) -> str:
    """All texts from which sentences are made."""
    sources = [
        *sorted((root / "geo").rglob("*.py")),
        *(root / "exports" / f"{name}.py" for name in ("receipt", "pages")),
    ]
    return "\n".join(text for path in sources for text in sorted(literals(path)))


@pytest.mark.parametrize("key", TOLD)
def test_sentence_is_one_that_is_made(key: str, made: str) -> None:
    assert [part for part in PLACE.split(ENGLISH[key]) if WORDS.search(part) and part not in made] == []


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
