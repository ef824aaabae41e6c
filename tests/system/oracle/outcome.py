# SPDX-License-Identifier: MIT
"""What came of a case, and what an oracle is made of."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Outcome:
    """What really happened and what the check says, both as a layer; `said` is its sentence."""

    case: Any
    truth: str  # also "not started"
    check: str  # also "undecided"
    said: str = ""
    answers: str = ""

    @property
    def disagrees(self) -> bool:
        return self.truth != "not started" and self.check not in (self.truth, "undecided")


@dataclass(frozen=True)
class Oracle:
    """One check's oracle. A bench is a context in which `run(cases)` returns an outcome for each."""

    name: str  # of its script
    about: str
    bench: Callable
    draw: Callable  # a case, from a random.Random
    simpler: Callable  # the cases that differ from one in a single thing, which is plainer
    regressions: Mapping[str, Any]
    layers: tuple[str, ...]  # of the truth
    cases: int  # how many are drawn unless the command line says so
    least_share: float  # of each layer, or the test says little
    most_undecided: float
    judge: str  # whose answer is the truth
    batch: int = 200
