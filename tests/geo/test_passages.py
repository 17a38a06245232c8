from __future__ import annotations

import pytest

from geo.passages import find_passages, find_spans, hash_passage, normalise_passage, read_paragraphs


def test_read_paragraphs_counts_non_empty_lines() -> None:
    assert read_paragraphs("\ufeffHeading\r\n\r\n  First. \n \t\nSecond.") == ["Heading", "First.", "Second."]


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("It’s “here”", 'It\'s "here"'),
        ("one – two — three", "one - two - three"),
        ("a\u00a0b\t c\n d", "a b c d"),
        ("cafe\u0301", "café"),
    ],
)
def test_hash_passage_ignores_form(written: str, folded: str) -> None:
    assert normalise_passage(written) == folded
    assert hash_passage(written) == hash_passage(f" {folded} ")


def test_hash_passage_tells_words_apart() -> None:
    assert hash_passage("the gate") != hash_passage("The gate")


def test_find_passages_finds_each_pair_of_ends() -> None:
    assert find_passages("A x B y B", "A", "B") == ["A x B", "A x B y B"]


def test_find_spans_finds_letters_and_accents_written_apart() -> None:
    (paragraph,) = read_paragraphs("The cafe\u0301 by the gate.")
    assert find_spans(paragraph, "caf\u00e9", "gate") == find_spans(paragraph, "cafe\u0301", "gate") == [(4, 20)]


@pytest.mark.parametrize(("start", "end"), [("A x", "x B"), ("A x B", "A x B"), ("A", "A x B")])
def test_find_passages_lets_ends_overlap(start: str, end: str) -> None:
    assert find_passages("A x B.", start, end) == ["A x B"]


@pytest.mark.parametrize(("start", "end"), [("B", "A"), ("C", "B"), ("A", "C")])
def test_find_passages_rejects_words_out_of_place(start: str, end: str) -> None:
    assert find_passages("A x B", start, end) == []
