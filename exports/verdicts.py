"""Reports of what `geo.verification` found: for a reader, for a program, for a test server."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from xml.etree import ElementTree

from geo.verification import Outcome, Verdict
from geo.wording import escape_controls


def format_text(verdicts: Sequence[Verdict]) -> str:
    """Tell the verdicts a line each, and how many there are of each outcome."""
    lines = [
        escape_controls(f"{verdict.outcome:8}  {verdict.feature}  {verdict.claim}  {verdict.message}")
        for verdict in verdicts
    ]
    return "\n".join([*lines, summarise(verdicts)])


def summarise(verdicts: Sequence[Verdict]) -> str:
    """Count the verdicts, for example ``3 citations: 2 verified, 1 changed, 0 missing``."""
    counted = Counter(verdict.outcome for verdict in verdicts)
    return f"{len(verdicts)} citations: " + ", ".join(f"{counted[outcome]} {outcome}" for outcome in Outcome)


def format_json(verdicts: Sequence[Verdict]) -> str:
    """Write the verdicts as a JSON array of objects."""
    records = [
        {
            "outcome": verdict.outcome.value,
            "feature": verdict.feature,
            "claim": verdict.claim,
            "citation": verdict.citation.model_dump(),
            "message": verdict.message,
        }
        for verdict in verdicts
    ]
    return json.dumps(records, ensure_ascii=False, indent=2)


def format_junit(verdicts: Sequence[Verdict]) -> str:
    """Write the verdicts as JUnit XML: a test case a claim, a failure where it is not verified."""
    failures = sum(verdict.outcome != Outcome.VERIFIED for verdict in verdicts)
    suite = ElementTree.Element("testsuite", name="citations", tests=str(len(verdicts)), failures=str(failures))
    for verdict in verdicts:
        case = ElementTree.SubElement(suite, "testcase", classname=verdict.feature, name=verdict.claim)
        if verdict.outcome != Outcome.VERIFIED:
            message = escape_controls(verdict.message)
            ElementTree.SubElement(case, "failure", type=verdict.outcome.value, message=message)
    ElementTree.indent(suite)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ElementTree.tostring(suite, encoding="unicode")


REPORTS: Mapping[str, Callable[[Sequence[Verdict]], str]] = MappingProxyType(
    {"text": format_text, "json": format_json, "junit": format_junit}
)
"""Reports by name."""
