# SPDX-License-Identifier: MIT
"""Makes a case on which check and kernel disagree as plain as it can be."""

from .bench import Bench, Outcome
from .case import simpler

MOST_ROUNDS = 12


def shrunk(bench: Bench, outcome: Outcome) -> Outcome:
    """Step by step the first plainer case on which they still disagree."""
    for _ in range(MOST_ROUNDS):
        candidates = simpler(outcome.case)
        if not candidates:
            break
        plainer = next((each for each in bench.run(candidates) if each.disagrees), None)
        if plainer is None:
            break
        outcome = plainer
    return outcome
