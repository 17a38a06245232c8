from __future__ import annotations

from pathlib import Path

import pytest

from geo.articles import MAX_BYTES, read_article, read_articles
from geo.dataset import Dataset, read_dataset
from geo.errors import InputError
from geo.passages import read_paragraphs
from geo.recognition import recognise_article, weigh_articles
from tests.small_data import ARTICLE, write_small_data


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_small_data(tmp_path / "data")


@pytest.fixture
def small(folder: Path) -> Dataset:
    return read_dataset(folder)


def test_read_article_rejects_other_encoding(tmp_path: Path) -> None:
    (tmp_path / "x.txt").write_bytes(b"caf\xe9")
    with pytest.raises(InputError, match="Byte 3 is not UTF-8"):
        read_article(tmp_path / "x.txt")


def test_read_articles_reads_what_the_sources_are_called(folder: Path, small: Dataset) -> None:
    (folder / "unknown-2000.txt").write_text("Words", encoding="utf-8")
    assert read_articles(folder, small.sources) == {"gazette-2015": read_paragraphs(ARTICLE)}


def test_read_articles_rejects_absent_folder(small: Dataset, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="Give a folder that exists"):
        read_articles(tmp_path / "nowhere", small.sources)


def test_read_articles_rejects_folder_without_any(small: Dataset, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"Name the files gazette-2015\.txt, other-2016\.txt"):
        read_articles(tmp_path, small.sources)


def test_read_articles_tells_every_fault(folder: Path, small: Dataset) -> None:
    for source in small.sources:
        (folder / f"{source.id}.txt").write_bytes(b"\xff")
    with pytest.raises(InputError, match="not UTF-8") as caught:
        read_articles(folder, small.sources)
    assert len(caught.value.problems) == 2


def test_weigh_articles_counts_what_stands(small: Dataset) -> None:
    changed = read_paragraphs(ARTICLE.replace("forty", "fifty"))
    weighed = weigh_articles({"gazette-2015": changed, "other-2016": []}, small)
    assert {source: (article.standing, article.cited) for source, article in weighed.items()} == {
        "gazette-2015": (3, 4),
        "other-2016": (0, 0),
    }


@pytest.mark.parametrize("text", [ARTICLE, ARTICLE.replace("Rain fell", "Snow fell"), "\ufeff" + ARTICLE])
def test_recognise_article_goes_by_the_words(small: Dataset, text: str) -> None:
    article = recognise_article(text.encode(), "other-2016.txt", small)
    assert article.source == "gazette-2015"
    assert article.paragraphs == tuple(read_paragraphs(text))
    assert 3 <= article.standing <= article.cited == 4


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "No passage that the atlas cites"),
        (b"Something else\n\nentirely", "No passage that the atlas cites"),
        (("A line more\n" + ARTICLE).encode(), "No passage that the atlas cites"),
        (b"\xff\xfe", "not UTF-8"),
        (b"x" * (MAX_BYTES + 1), "larger than 1 MB"),
        (b"x" * 30_000, "more than 20,000 letters"),
        (ARTICLE.replace("A clerk at", "A clerk at " * 6).encode(), "Paragraph 2 says the same again"),
    ],
    ids=["empty", "other", "shifted", "encoding", "large", "long line", "repeats"],
)
def test_recognise_article_rejects(small: Dataset, content: bytes, words: str) -> None:
    with pytest.raises(InputError, match=words) as caught:
        recognise_article(content, "gazette-2015.txt\x1b[31m", small)
    assert "\x1b" not in str(caught.value)


def test_articles_are_recognised_and_stand_whole(dataset: Dataset, articles_dir: Path) -> None:
    for source in dataset.sources:
        article = recognise_article((articles_dir / f"{source.id}.txt").read_bytes(), "renamed", dataset)
        assert article.source == source.id
        assert article.standing == article.cited > 0
