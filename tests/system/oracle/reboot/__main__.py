# SPDX-License-Identifier: MIT
"""The command line of scripts/reboot-oracle."""

import argparse
import secrets
from collections import Counter
from random import Random

from sandbox.program import end_with, say

from .draw import draw
from .population import Outcome, run

UNITS = 30


def options():
    parser = argparse.ArgumentParser(prog="scripts/reboot-oracle", description=__doc__)
    parser.add_argument("build", help=argparse.SUPPRESS)
    parser.add_argument("--populations", type=int, default=20, metavar="N", help=f"how many, each of {UNITS} units (20)")
    parser.add_argument("--seed", type=int, metavar="S", help="of the first population; the others follow it")
    return parser.parse_args()


def surprises(outcomes: list[Outcome]) -> list[str]:
    """What broke unforeseen, and what was said to break and did not."""
    broken_groups = {each.unit.group for each in outcomes if each.lost}
    out = []
    for each in outcomes:
        about = f"{each.unit.id} ({each.kind}): {each.lost or 'as before'}, said {each.said or each.unsure or 'nothing'}"
        if each.lost and not each.said:
            out.append(f"MISSED {about}")
        elif each.said and not each.lost and each.unit.group not in broken_groups - {""}:
            out.append(f"FALSE ALARM {about}")
        elif each.unsure and not each.unit.fault:
            out.append(f"UNKNOWN {about}")
    return out


def main() -> int:
    chosen = options()
    seed = chosen.seed if chosen.seed is not None else secrets.randbelow(2**32)
    print(f"seed {seed}", flush=True)
    kinds, reasons, wrong, total, foreseen = Counter(), Counter(), 0, 0, 0
    for number in range(chosen.populations):
        outcomes = run(chosen.build, draw(Random(seed + number), UNITS))
        found = surprises(outcomes)
        for line in found:
            print(f"population {seed + number}: {line}", flush=True)
        wrong += len(found)
        total += len(outcomes)
        foreseen += sum(bool(each.lost and each.said) for each in outcomes)
        kinds.update(each.kind for each in outcomes)
        reasons.update(reason for each in outcomes for reason in each.said)
        say(f"{number + 1} populations, {total} units, {foreseen} broke as foreseen, {wrong} surprises")
    print("units:   ", ", ".join(f"{count} {kind}" for kind, count in kinds.most_common()))
    print("reasons: ", ", ".join(f"{count} {reason}" for reason, count in reasons.most_common()))
    print(f"{total} predicted, {wrong} surprises")
    return 1 if wrong else 0


end_with(main, "reboot-oracle")
