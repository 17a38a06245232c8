from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from exports.references import Manual, format_reference, format_references
from geo.dataset import Dataset
from geo.model import Source

FURTHER = (
    {"type": "book", "title": "Élan and the müller's story", "author": ["García, Ana", "Ö'Neil, J. P.", "Third, C."]},
    {"type": "report", "title": "report on a thing", "author": ["UN Office"], "URL": "https://example.org/r"},
    {"type": "article-journal", "title": "What is it? An article", "author": ["Mono, M."], "container-title": "Things"},
    {"type": "chapter", "title": "A chapter", "author": ["Zed, Y.", "Wed, B."], "container-title": "The big book"},
    {"type": "article-magazine", "title": "Why?", "author": ["Zod, Y."], "container-title": "The Weekly"},
    {"type": "post-weblog", "title": "Un titre en français", "author": ["Zud, Y."], "container-title": "Carnet"},
    {"type": "webpage", "title": "matters of trade: a view from the “inside” & beyond", "author": ["The Office"]},
    {"type": "webpage", "title": "a second page", "author": ["The Office"]},
)


def further_items() -> list[dict[str, Any]]:
    items = []
    for number, work in enumerate(FURTHER):
        names = [name.partition(", ") for name in work["author"]]
        author = [{"family": a, "given": b} if comma else {"literal": a} for a, comma, b in names]
        language = {"language": "fr"} if "français" in work["title"] else {}
        published = {"issued": {"date-parts": [[2012, 3, 4]]}, "publisher": "Press & Sons"}
        items.append(work | published | language | {"id": f"work-{number}", "author": author})
    return items


def source(**fields: Any) -> Source:
    item = {"id": "x", "type": "webpage", "title": "The title", "author": [{"family": "Doe", "given": "Jo Ann"}]}
    return Source.model_validate(item | {"issued": {"date-parts": [[2015, 7]]}, "container-title": "Site"} | fields)


@pytest.mark.parametrize(
    ("manual", "fields", "reference"),
    [
        (Manual.CHICAGO_AUTHOR_DATE, {}, "Doe, Jo Ann. 2015. “The Title.” Site. July 2015."),
        (Manual.CHICAGO_NOTES, {}, "Jo Ann Doe, “The Title,” Site, July 2015."),
        (Manual.APA, {}, "Doe, J. A. (2015, July). The title. Site."),
        (
            Manual.CHICAGO_AUTHOR_DATE,
            {"issued": {"date-parts": [[2015]], "circa": True}},
            "Doe, Jo Ann. 2015. “The Title.” Site. 2015.",
        ),
        (
            Manual.CHICAGO_AUTHOR_DATE,
            {"custom": {"inferred": {"issued": "From the address."}}, "URL": "https://example.org/a"},
            "Doe, Jo Ann. [2015]. “The Title.” Site. [July 2015]. https://example.org/a.",
        ),
        (Manual.APA, {"issued": {"date-parts": [[2015]], "circa": True}}, "Doe, J. A. (ca. 2015). The title. Site."),
        (Manual.CHICAGO_NOTES, {"title": "Who?"}, "Jo Ann Doe, “Who?” Site, July 2015."),
        (Manual.APA, {"author": [{"literal": "Site"}]}, "Site. (2015, July). The title."),
        (
            Manual.APA,
            {"URL": "https://example.org/a"},
            "Doe, J. A. (2015, July). The title. Site. https://example.org/a",
        ),
        (Manual.CHICAGO_AUTHOR_DATE, {"author": [{}]}, "2015. “The Title.” Site. July 2015."),
        (Manual.CHICAGO_AUTHOR_DATE, {"title": 'A "b" c'}, "Doe, Jo Ann. 2015. “A ‘B’ C.” Site. July 2015."),
        (
            Manual.CHICAGO_NOTES,
            {"type": "book", "publisher": "Press"},
            "Jo Ann Doe, The Title, Site (Press, 2015).",
        ),
    ],
)
def test_format_reference(manual: Manual, fields: dict[str, Any], reference: str) -> None:
    assert format_reference(source(**fields), manual) == reference


@pytest.mark.parametrize(
    ("manual", "issued", "reference"),
    [
        (Manual.CHICAGO_AUTHOR_DATE, {"circa": True}, "Doe, Jo Ann. [2015?]. “The Title.” Site. [July 2015?]."),
        (Manual.CHICAGO_AUTHOR_DATE, {}, "Doe, Jo Ann. [2015]. “The Title.” Site. [July 2015]."),
        (Manual.CHICAGO_NOTES, {}, "Jo Ann Doe, “The Title,” Site, [July 2015]."),
        (Manual.APA, {}, "Doe, J. A. ([2015, July]). The title. Site."),
        (Manual.APA, {"circa": True}, "Doe, J. A. (ca. 2015, July). The title. Site."),
    ],
)
def test_reference_marks_what_is_inferred(manual: Manual, issued: dict[str, Any], reference: str) -> None:
    work = source(issued={"date-parts": [[2015, 7]]} | issued, custom={"inferred": {"issued": "From the address."}})
    assert format_reference(work, manual) == reference
    assert format_references([work], manual) == [reference]


PANDOC = json.loads((Path(__file__).parent / "pandoc_references.json").read_text(encoding="utf-8"))
"""Works of every kind, and what pandoc 2.17 makes of each alone by the styles apa, chicago-author-date and
chicago-fullnote-bibliography (in a note that cites paragraph 4) of the Citation Style Language."""


@pytest.mark.parametrize("item", PANDOC["works"], ids=lambda item: f"{item['id']}-{item['type']}")
@pytest.mark.parametrize("manual", Manual)
def test_reference_is_that_of_pandoc(manual: Manual, item: dict[str, Any]) -> None:
    told = PANDOC["references"][manual.value][item["id"]]
    assert format_reference(Source.model_validate(item), manual, paragraph="4") == told


@pytest.mark.parametrize(
    ("manual", "count", "names"),
    [
        (Manual.CHICAGO_AUTHOR_DATE, 2, "F0, G, and G F1"),
        (Manual.CHICAGO_AUTHOR_DATE, 11, "F0, G, G F1, G F2, G F3, G F4, G F5, G F6, et al."),
        (Manual.CHICAGO_NOTES, 3, "G F0, G F1, and G F2"),
        (Manual.CHICAGO_NOTES, 4, "G F0 et al."),
        (Manual.APA, 2, "F0, G., & F1, G."),
        (Manual.APA, 21, ", ".join(f"F{number}, G." for number in range(19)) + ", … F20, G."),
    ],
)
def test_authors_are_listed_as_the_manual_has_them(manual: Manual, count: int, names: str) -> None:
    author = [{"family": f"F{number}", "given": "G"} for number in range(count)]
    assert format_reference(source(author=author), manual).startswith(names)


def test_note_leads_to_the_paragraph() -> None:
    assert format_reference(source(), Manual.CHICAGO_NOTES, paragraph="4").endswith("July 2015, para. 4.")


def test_works_of_one_author_and_year_are_told_apart() -> None:
    references = format_references([source(id="b", title="Two"), source(id="a", title="One")])
    assert [reference.split(". ")[1] for reference in references] == ["2015a", "2015b"]


def test_author_date_agrees_with_pandoc(dataset: Dataset, tmp_path: Path) -> None:
    if shutil.which("pandoc") is None:
        pytest.skip("pandoc is not here: it would format the same references")
    # pandoc knows nothing of what is inferred
    stated = (each.model_copy(update={"custom": {}}) for each in dataset.sources)
    works = [*stated, *(Source.model_validate(item) for item in further_items())]
    items = [work.model_dump(mode="json", by_alias=True, exclude_none=True) for work in works]
    (tmp_path / "works.json").write_text(json.dumps(items), encoding="utf-8")
    page = "---\nbibliography: works.json\nnocite: '@*'\n---\n"
    command = ["pandoc", "--citeproc", "--fail-if-warnings", "--from=markdown", "--to=plain", "--wrap=none"]
    told = subprocess.run(command, input=page, cwd=tmp_path, capture_output=True, text=True, check=True).stdout
    # pandoc's style sets a dash for a repeated name
    told = told.replace("———.", "The Office.")
    assert format_references(works) == [line for line in told.splitlines() if line]
