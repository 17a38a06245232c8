"""The documents say what the code does: modules, commands, fields, examples and links."""

from __future__ import annotations

import argparse
import json
import re
import shlex
from enum import StrEnum
from pathlib import Path

import pytest
from pydantic import BaseModel

from atlas import build_parser
from geo.dates import format_interval
from geo.model import (
    Citation,
    Claim,
    Dispute,
    Feature,
    Issued,
    Measure,
    Method,
    Name,
    Precision,
    Provenance,
    Qualifier,
    Source,
    Status,
    Theme,
)
from geo.tours import Step, Tour
from geo.verification import cite_passage

ROOT = Path(__file__).resolve().parent.parent
DOCUMENTS = ("README.md", "CHANGELOG.md", "docs/architecture.md", "docs/data.md", "docs/decisions.md", "docs/deploy.md")


def read(path: str) -> str:
    return (ROOT / path).read_text(encoding="utf-8")


def section(path: str, first: str, beyond: str) -> str:
    """The text of a document between two marks."""
    _, mark, after = read(path).partition(first)
    assert mark, f"{path} lacks '{first}'"
    return after.partition(beyond)[0]


def indented(text: str) -> str:
    return "\n".join(line.removeprefix("    ") for line in text.splitlines() if line.startswith("    ") or not line)


def commands_in(path: str) -> list[str]:
    """The atlas's commands that a document gives as examples, in blocks and between backquotes."""
    return re.findall(r"(?:^    |`)python atlas\.py ([^`\n]+)", read(path), re.MULTILINE)


@pytest.mark.parametrize("tier", ["geo", "geo/intake", "geo/intake/reading", "layers", "exports", "commands", "app"])
def test_every_module_is_explained(tier: str) -> None:
    modules = {path.stem for path in (ROOT / tier).glob("*.py")} - {"__init__"}
    listed = re.findall(r"^\| `(\w+)` \|", section("docs/architecture.md", f"### `{tier}/`", "\n#"), re.MULTILINE)
    assert sorted(listed) == sorted(modules)


def test_every_script_of_the_page_is_explained() -> None:
    scripts = {path.name for path in (ROOT / "layers/assets/js").glob("*.js")}
    listed = re.findall(r"^\| `([\w-]+\.js)` \|", read("docs/architecture.md"), re.MULTILINE)
    assert sorted(listed) == sorted(scripts)


def test_every_asset_is_named() -> None:
    text = read("docs/architecture.md")
    assets = [path.name for path in (ROOT / "layers/assets").iterdir() if path.is_file()]
    assert [name for name in assets if f"`{name}`" not in text] == []


def test_readme_tells_every_command() -> None:
    (subparsers,) = (a for a in build_parser()._actions if isinstance(a, argparse._SubParsersAction))
    told = {command.split()[0] for command in commands_in("README.md")}
    assert set(subparsers.choices) - told == set()


@pytest.mark.parametrize("command", [*commands_in("README.md"), *commands_in("docs/data.md")])
def test_example_command_is_understood(command: str) -> None:
    if command != "--help":
        assert build_parser().parse_args(shlex.split(command)).run


@pytest.mark.parametrize("values", [Theme, Status, Precision])
def test_every_value_is_explained(values: type[StrEnum]) -> None:
    rows = re.findall(r"^\| `([\w-]+)` \|", read("docs/data.md"), re.MULTILINE)
    assert [value.value for value in values if value.value not in rows] == []


@pytest.mark.parametrize("values", [Method, Qualifier])
def test_every_value_is_named(values: type[StrEnum]) -> None:
    text = read("docs/data.md")
    assert [value.value for value in values if f"`{value.value}`" not in text] == []


@pytest.mark.parametrize(
    ("heading", "record"),
    [
        ("Feature", Feature),
        ("Claim", Claim),
        ("Citation", Citation),
        ("Measure", Measure),
        ("Dispute", Dispute),
        ("Provenance", Provenance),
        ("Source", Source),
        ("Source", Name),
        ("Source", Issued),
        ("Tour", Tour),
        ("Tour", Step),
    ],
)
def test_every_field_is_in_the_dictionary(heading: str, record: type[BaseModel]) -> None:
    text = section("docs/data.md", f"### {heading}", "\n#")
    fields = [field.alias or name for name, field in record.model_fields.items()]
    assert [name for name in fields if f"`{name}`" not in text] == []


def test_dates_have_the_words_that_are_told() -> None:
    rows = re.findall(r"^\| `([^`]+)` \| (.+) \|$", section("docs/data.md", "| EDTF |", "\n\n"), re.MULTILINE)
    assert rows
    assert [(text, format_interval(text)) for text, _ in rows] == rows


def test_worked_example_gives_the_citation_that_is_told() -> None:
    article = indented(section("docs/data.md", "**1. Save", "**2."))
    step = section("docs/data.md", "**3. Make", "**4.")
    told = json.loads(indented(step.partition("It prints")[2]))
    cited = cite_passage(article, told["id"], int(told["locator"]), told["start"], told["end"])
    assert cited.model_dump() == told


@pytest.mark.parametrize("path", DOCUMENTS)
def test_links_lead_somewhere(path: str) -> None:
    targets = re.findall(r"\]\((?!https?://)([^)#]+)", read(path))
    assert [target for target in targets if not (ROOT / path).parent.joinpath(target).exists()] == []
