"""The project as a whole: what is in it, what must not be, and what has to agree."""

from __future__ import annotations

import json
import os
import re
import subprocess
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
LARGEST_BYTES = 1_000_000
MADE = {".git", ".venv", ".mypy_cache", ".pytest_cache", ".ruff_cache", ".hypothesis", "__pycache__", "build"}
IMAGES = {".ico", ".jpg", ".png", ".webp", ".woff2"}
QUOTED_WORDS = 9


def project_paths() -> list[str]:
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    if (ROOT / ".git").exists():
        listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.split("\0")
        return sorted(path for path in listed if path and (ROOT / path).is_file())
    files = (path.relative_to(ROOT) for path in ROOT.rglob("*") if path.is_file())
    return sorted(path.as_posix() for path in files if not MADE & set(path.parts))


PATHS = project_paths()
TEXTS = [path for path in PATHS if Path(path).suffix not in IMAGES]


def read(path: str) -> str:
    return (ROOT / path).read_bytes().decode("utf-8")


def _pattern(*parts: str) -> str:
    # assembled, so that this file does not hold what it looks for
    return "".join(parts)


FORBIDDEN = {
    "a package index's host": re.compile(
        "|".join(
            re.escape(".".join(host))
            for host in (
                ("pypi", "org"),
                ("pythonhosted", "org"),
                ("registry", "npmjs"),
                ("registry", "yarnpkg"),
                ("deb", "debian"),
                ("conda", "anaconda"),
                ("proxy", "golang"),
                ("crates", "io"),
            )
        )
    ),
    "a path of one machine": re.compile(
        _pattern(r"(?<![\w.~*-])/", r"(?:work|root|tmp|home/\w+|Users/\w+)(?=[/\s'\"`)]|$)")
    ),
    "a merge left unfinished": re.compile(_pattern(r"^(?:<", r"{6}<|>", r"{6}>) ", ""), re.MULTILINE),
    "a secret": re.compile(_pattern("-----BEGIN ", r"[A-Z ]*PRIVATE KEY|\bghp_\w{36}|\bAKIA[0-9A-Z]{16}\b")),
}


def forbidden_in(text: str) -> list[str]:
    return [f"{what}: {match[0]!r}" for what, pattern in FORBIDDEN.items() if (match := pattern.search(text))]


@pytest.mark.parametrize("path", PATHS)
def test_file_is_small(path: str) -> None:
    assert (ROOT / path).stat().st_size <= LARGEST_BYTES


@pytest.mark.parametrize("path", TEXTS)
def test_text_is_clean(path: str) -> None:
    text = read(path)
    assert forbidden_in(text) == []
    assert "\r" not in text, "lines end with LF"
    assert not text or text.endswith("\n"), "the last line ends"
    assert "\N{REPLACEMENT CHARACTER}" not in text, "the text was once read with a wrong encoding"


@pytest.mark.parametrize("path", [path for path in TEXTS if Path(path).suffix in {".json", ".geojson"}])
def test_json_has_no_name_twice(path: str) -> None:
    def once(pairs: list[tuple[str, object]]) -> dict[str, object]:
        assert len(dict(pairs)) == len(pairs), [name for name, _ in pairs]
        return dict(pairs)

    json.loads(read(path), object_pairs_hook=once)


@pytest.mark.parametrize(
    "text",
    [
        "see https://" + "pypi" + ".org/simple",
        "open('/" + "work/main/x')",
        "cd /" + "root",
        "<" * 7 + " HEAD",
        "-----BEGIN " + "PRIVATE KEY-----",
    ],
)
def test_forbidden_in_rejects(text: str) -> None:
    assert forbidden_in(text)


@pytest.mark.parametrize(
    "text", [f"https://example.org/{'work'}/2", "../shared/articles", f"a network/{'work'} of art", "~/tmp"]
)
def test_forbidden_in_accepts(text: str) -> None:
    assert forbidden_in(text) == []


def words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold().replace("\u2019", "'").replace("'", ""))


def runs(text: str) -> set[tuple[str, ...]]:
    """Every run of so many words in a row that it would be a quotation."""
    listed = words(text)
    return {tuple(listed[i : i + QUOTED_WORDS]) for i in range(len(listed) - QUOTED_WORDS + 1)}


def test_no_sentence_of_the_articles_is_copied(articles_dir: Path) -> None:
    quotable: set[tuple[str, ...]] = set()
    for article in sorted(articles_dir.glob("*.txt")):
        quotable |= runs(article.read_text(encoding="utf-8"))
    assert quotable
    sources = ROOT / "data" / "sources.json"
    if sources.exists():
        # the titles of works are cited as they stand
        for source in json.loads(sources.read_text(encoding="utf-8")):
            quotable -= runs(source["title"])
    copied = {path: " ".join(found) for path in TEXTS for found in runs(read(path)) & quotable}
    assert copied == {}


def _pins(path: str) -> list[list[str]]:
    """The pinned requirements of a file, in the groups that blank lines part."""
    groups = [
        [line for line in group.splitlines() if line and not line.startswith(("#", "-r "))]
        for group in read(path).split("\n\n")
    ]
    return [group for group in groups if group]


@pytest.mark.parametrize("path", ["requirements.txt", "requirements-dev.txt"])
def test_requirements_are_pinned_and_sorted(path: str) -> None:
    for group in _pins(path):
        assert all(re.fullmatch(r"[a-z0-9-]+==[0-9][0-9a-z.]*", pin) for pin in group), group
        assert group == sorted(group, key=lambda pin: pin.partition("==")[0])


def test_no_package_is_pinned_twice() -> None:
    files = ("requirements.txt", "requirements-dev.txt")
    names = [pin.partition("==")[0] for path in files for group in _pins(path) for pin in group]
    assert sorted(names) == sorted(set(names))


def test_citation_names_the_version_and_the_licence() -> None:
    project = tomllib.loads(read("pyproject.toml"))["project"]
    citation = read("CITATION.cff")
    assert f'version: "{project["version"]}"' in citation
    assert f"license: {project['license']}" in citation
    assert "Apache License" in read("LICENSE")[:200]


def test_changelog_is_newest_first() -> None:
    headings = re.findall(r"^## (.+)$", read("CHANGELOG.md"), re.MULTILINE)
    assert headings[0] == "Unreleased"
    versions = [tuple(int(part) for part in heading.split()[0].split(".")) for heading in headings[1:]]
    assert versions == sorted(versions, reverse=True)


def test_readme_tells_every_make_verb() -> None:
    verbs = re.findall(r"^\t@echo 'make (\w+) ", read("Makefile"), re.MULTILINE)
    assert {"run", "test", "check", "bench", "fuzz", "faults", "clean"} == set(verbs)
    readme = read("README.md")
    assert [verb for verb in verbs if f"make {verb}" not in readme] == []


def test_app_keeps_to_itself() -> None:
    config = tomllib.loads(read(".streamlit/config.toml"))
    assert config["browser"]["gatherUsageStats"] is False
    assert config["client"]["showErrorDetails"] == "none"
    assert config["server"]["address"] == "127.0.0.1"


def test_app_settings_are_known_to_streamlit() -> None:
    from streamlit.config import get_config_options  # noqa: PLC0415 - takes a second to import

    def keys(table: dict[str, object], prefix: str) -> list[str]:
        return [
            key
            for name, value in table.items()
            for key in (keys(value, f"{prefix}{name}.") if isinstance(value, dict) else [f"{prefix}{name}"])
        ]

    known = get_config_options()
    assert [key for key in keys(tomllib.loads(read(".streamlit/config.toml")), "") if key not in known] == []


def test_only_ci_run_is_a_program() -> None:
    assert [path for path in PATHS if os.access(ROOT / path, os.X_OK)] == [".ci/run"]
