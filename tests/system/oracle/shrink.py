# SPDX-License-Identifier: MIT
"""Makes a case on which check and truth disagree as plain as it can be."""

from .outcome import Outcome

MOST_ROUNDS = 12


def shrunk(bench, simpler, outcome: Outcome) -> Outcome:
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
