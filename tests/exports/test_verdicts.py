from __future__ import annotations

import json
from xml.etree import ElementTree

import pytest

from exports.verdicts import REPORTS, format_json, format_junit, format_text
from geo.verification import Outcome, Verdict, cite_passage
from tests.small_data import ARTICLE

RAIN = cite_passage(ARTICLE, "gazette-2015", 4, "Rain fell twice", "Rain fell twice")
VERDICTS = [
    Verdict(Outcome.VERIFIED, "gate", "lorries-counted", RAIN, "It stands."),
    Verdict(Outcome.CHANGED, "rain", "rain-fell", RAIN, "Words <b>differ</b> \x1b[31m."),
]


def test_format_text_has_a_line_each_and_a_sum() -> None:
    lines = format_text(VERDICTS).splitlines()
    assert lines[0].split()[:3] == ["verified", "gate", "lorries-counted"]
    assert lines[-1] == "2 citations: 1 verified, 1 changed, 0 missing"


def test_format_json_tells_all() -> None:
    record = json.loads(format_json(VERDICTS))[1]
    assert (record["outcome"], record["claim"], record["citation"]["locator"]) == ("changed", "rain-fell", "4")


def test_format_junit_counts_failures() -> None:
    suite = ElementTree.fromstring(format_junit(VERDICTS))
    assert (suite.get("tests"), suite.get("failures")) == ("2", "1")
    failure = suite.find("testcase[@name='rain-fell']/failure")
    assert failure is not None
    assert failure.get("type") == "changed"
    assert "<b>differ</b>" in (failure.get("message") or "")


@pytest.mark.parametrize("name", ["text", "junit"])
def test_reports_hold_no_control_characters(name: str) -> None:
    assert "\x1b" not in REPORTS[name](VERDICTS)
