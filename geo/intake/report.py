"""What became of a file: how many of its rows are drawn and listed, what was changed and why, in words and as CSV."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from geo.errors import InputError
from geo.formulas import guard_formula
from geo.intake.ledger import Change, Refusal
from geo.intake.mends import Mend
from geo.wording import escape_controls, show_value

_MOST_TOLD = 20

CSV_COLUMNS = ("outcome", "file", "layer", "row", "field", "value", "became", "reason", "remedy")
"""Columns of a report as CSV: ``outcome`` is ``listed`` or ``changed``, ``became`` the new value of a changed one."""


class Outcome(StrEnum):
    """What can become of a file; there is nothing else."""

    ACCEPTED = "accepted"
    CHANGED = "accepted-with-changes"
    REFUSED = "refused"
    LIMIT = "limit"


@dataclass(frozen=True, slots=True)
class Report:
    """What became of one file.

    Parameters
    ----------
    file
        Name of the file, as its owner calls it.
    outcome
        One of four.
    rows_in
        Rows of the file; 0 where it was refused.
    drawn
        Rows that lie on the map.
    refusals
        One for each row that is listed and not drawn, in the order of the file.
    changes
        One for each value that was changed.
    notes
        How the file was understood, as sentences; why it was refused, where it was.
    offered
        Mends that would help and were not asked for.
    """

    file: str
    outcome: Outcome
    rows_in: int = 0
    drawn: int = 0
    refusals: tuple[Refusal, ...] = ()
    changes: tuple[Change, ...] = ()
    notes: tuple[str, ...] = ()
    offered: tuple[Mend, ...] = ()

    @property
    def listed(self) -> int:
        """Rows that are listed and not drawn."""
        return len(self.refusals)


def report_refusal(file: str, error: InputError) -> Report:
    """Make the report of a file that was refused.

    Parameters
    ----------
    file
        Its name.
    error
        As `geo.intake.loading.take` raises it.
    """
    is_limit = any(problem.rule == "limit" for problem in error.problems)
    messages = tuple(problem.message for problem in error.problems)
    return Report(file, Outcome.LIMIT if is_limit else Outcome.REFUSED, notes=messages)


def tell_report(report: Report) -> tuple[str, ...]:
    """Tell a report in sentences, each on a line and safe for a terminal.

    Parameters
    ----------
    report
        Of one file; the first listed rows and changed values are told one by one, the rest counted.
    """
    name = show_value(report.file, 80)
    if report.outcome in {Outcome.REFUSED, Outcome.LIMIT}:
        return tuple(f"{name}: {escape_controls(message)}" for message in report.notes)
    lines = [
        f"{name}: {_count(report.rows_in, 'row')} in, {report.drawn:,} drawn, {report.listed:,} listed; "
        f"{_count(len(report.changes), 'value')} changed.",
        *report.notes,
        *_some(
            [f"Listed: {_tell_refusal(each)}" for each in report.refusals[:_MOST_TOLD]], len(report.refusals), "rows"
        ),
        *_some(
            [f"Changed: {_tell_change(each)}" for each in report.changes[:_MOST_TOLD]], len(report.changes), "values"
        ),
        *(f"Offered: {mend.kind} ({_count(mend.rows, 'row')}). {mend.words}" for mend in report.offered),
    ]
    return tuple(escape_controls(line) for line in lines)


def render_report(reports: Sequence[Report]) -> bytes:
    """Write what was listed and changed as CSV: UTF-8 with a byte-order mark, no cell of it a formula.

    Parameters
    ----------
    reports
        Of one or more files; of a refused one each problem is a row.
    """
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(CSV_COLUMNS)
    for report in reports:
        if report.outcome in {Outcome.REFUSED, Outcome.LIMIT}:
            rows = [(str(report.outcome), report.file, "", "", "", "", "", note, "") for note in report.notes]
        else:
            rows = [
                *(
                    ("listed", each.file, each.layer, _row(each), each.field, each.value, "", each.reason, each.remedy)
                    for each in report.refusals
                ),
                *(
                    ("changed", each.file, each.layer, _row(each), each.field, each.old, each.new, each.reason, "")
                    for each in report.changes
                ),
            ]
        writer.writerows([guard_formula(cell) for cell in row] for row in rows)
    return text.getvalue().encode("utf-8-sig", "backslashreplace")


def _row(entry: Refusal | Change) -> str:
    return str(entry.row) if entry.row else ""


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def _some(lines: Sequence[str], total: int, noun: str) -> list[str]:
    summary = [f"… and {total - len(lines):,} {noun} more."] if total > len(lines) else []
    return [*lines, *summary]


def _place(entry: Refusal | Change) -> str:
    layer = f"layer '{show_value(entry.layer, 40)}', " if entry.layer else ""
    row = f"row {entry.row}" if entry.row else "the file"
    return f"{layer}{row}" + (f", {show_value(entry.field, 40)}" if entry.field else "")


def _tell_refusal(entry: Refusal) -> str:
    value = f" '{show_value(entry.value)}'" if entry.value else ""
    return f"{_place(entry)}{value}. {_sentence(entry.reason)} {_sentence(entry.remedy)}".strip()


def _tell_change(entry: Change) -> str:
    return f"{_place(entry)}: '{show_value(entry.old)}' became '{show_value(entry.new)}'. {_sentence(entry.reason)}"


def _sentence(text: str) -> str:
    return text if not text or text.endswith(".") else f"{text}."


def count_reasons(entries: Sequence[Refusal | Change]) -> tuple[tuple[str, int], ...]:
    """Count entries by their reason, the commonest first."""
    return tuple(Counter(entry.reason for entry in entries).most_common())
