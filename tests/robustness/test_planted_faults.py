"""The list of planted faults stays true: each has its one place, and tests that exist; `make faults` plants them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tools.plant_faults import Fault, count_places, plant, read_faults

FAULTS = read_faults()


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
def test_a_fault_has_its_place_and_its_tests(root: Path, fault: Fault) -> None:
    assert count_places(fault) == 1, f"'{fault.old}' does not stand once in {fault.file}"
    assert fault.new != fault.old
    for test in fault.tests:
        path, _, name = test.partition("::")
        text = (root / path).read_text(encoding="utf-8")
        assert not name or re.search(rf"^(async )?def {re.escape(name.partition('[')[0])}\b", text, re.MULTILINE)


def test_faults_are_many_and_each_its_own() -> None:
    assert len(FAULTS) >= 20
    assert len({fault.name for fault in FAULTS}) == len({(fault.file, fault.old) for fault in FAULTS}) == len(FAULTS)


@pytest.mark.parametrize(
    ("test", "outcome"),
    [("assert 1 + 1 == 2", "noticed"), ("assert True", "SURVIVED"), ("import nothing_of_this_name", "did not run")],
)
def test_a_fault_that_no_test_notices_is_told(tmp_path: Path, test: str, outcome: str) -> None:
    (tmp_path / "sums.py").write_text("SUM = 1 + 1\n", encoding="utf-8")
    body = test if test.startswith("import") else f"def test() -> None:\n    {test.replace('1 + 1', 'SUM')}"
    (tmp_path / "test_sums.py").write_text(f"from sums import SUM\n{body}\n", encoding="utf-8")
    fault = Fault("sums are wrong", "sums.py", "1 + 1", "1 - 1", ("test_sums.py",))
    assert outcome in plant(fault, tmp_path)
    assert (tmp_path / "sums.py").read_text(encoding="utf-8") == "SUM = 1 + 1\n"


def test_a_fault_without_its_place_is_told(tmp_path: Path) -> None:
    (tmp_path / "sums.py").write_text("SUM = 2\n", encoding="utf-8")
    assert plant(Fault("sums are wrong", "sums.py", "1 + 1", "1 - 1", ()), tmp_path) == "its place was not found"
