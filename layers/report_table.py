"""What became of a reader's file, as rows for the screen."""

from __future__ import annotations

from itertools import chain, islice

from geo.intake.report import Report
from geo.view import Language
from layers.telling import tell
from layers.words import read_words

REPORT_COLUMNS = ("outcome", "layer", "row", "field", "value", "became", "reason", "remedy")
"""Keys of the columns; each is called ``column-KEY`` among the words of the app."""

MOST_ROWS = 200
"""Rows that a report on the screen has at most; the file of it has all."""


def report_rows(report: Report, language: Language) -> list[dict[str, str | int]]:
    """Lay out the first rows that were listed and values that were changed, keyed by `REPORT_COLUMNS`."""
    words = read_words(language)

    def told(sentence: str) -> str:
        return tell(sentence, language) or sentence

    listed = (
        (words["report-listed"], each.layer, each.row, each.field, each.value, "", told(each.reason), told(each.remedy))
        for each in report.refusals
    )
    changed = (
        (words["report-changed"], each.layer, each.row, each.field, each.old, each.new, told(each.reason), "")
        for each in report.changes
    )
    return [dict(zip(REPORT_COLUMNS, row, strict=True)) for row in islice(chain(listed, changed), MOST_ROWS)]
