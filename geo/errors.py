"""What can be wrong with an input, gathered so that it is told all at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault of an input, in words a person can act on.

    Parameters
    ----------
    rule
        Short name of the broken rule, for example ``known-source``.
    message
        "Invalid X 'value'. Rule. What to do."
    feature
        Id of the feature at fault, empty where the whole input is.
    claim
        Id of the claim at fault, empty where the whole feature is.
    """

    rule: str
    message: str
    feature: str = ""
    claim: str = ""

    def __str__(self) -> str:
        """Return the place, the rule and the message on one line."""
        where = " ".join(
            part
            for part in (
                f"feature {self.feature}" if self.feature else "",
                f"claim {self.claim}" if self.claim else "",
            )
            if part
        )
        return f"{where or 'data'}: [{self.rule}] {self.message}"


class InputError(ValueError):
    """An input is at fault; carries every problem that was found in it.

    Parameters
    ----------
    problems
        All faults, in the order of the input; at least one.
    """

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))
