# SPDX-License-Identifier: MIT
"""The command line of scripts/gpu-oracle."""

import argparse
import json
import secrets
import signal
import sys
import time
from collections import Counter
from random import Random

from sandbox import SandboxError
from sandbox.tree import TreeError

from .bench import LAYERS, Bench, Outcome
from .draw import draw
from .regressions import regressions
from .shrink import shrunk

STARTED = time.monotonic()
BATCH = 200
LEAST_SHARE = 0.05  # of each layer, or the test says little
MOST_UNDECIDED = 0.02
MOST_SHRUNK = 3


def say(text):
    print(f"   {time.monotonic() - STARTED:5.1f}s  {text}", file=sys.stderr, flush=True)


def options():
    parser = argparse.ArgumentParser(prog="scripts/gpu-oracle", description=__doc__)
    parser.add_argument("build", help=argparse.SUPPRESS)
    parser.add_argument("--cases", type=int, default=2000, metavar="N", help="how many are drawn (2000)")
    parser.add_argument("--seed", type=int, action="append", metavar="S",
                        help="repeat for several; without, a fixed one and a fresh one share the cases")
    return parser.parse_args()


def drawn(cases: int, seeds: list[int]):
    """Batches of cases, each seed's share from its own generator."""
    for place, seed in enumerate(seeds):
        random = Random(seed)
        left = cases // len(seeds) + (place < cases % len(seeds))
        while left:
            count = min(left, BATCH)
            yield [draw(random) for _ in range(count)]
            left -= count


def show_disagreement(outcome: Outcome, name=""):
    print(f"DISAGREE {name}: the kernel says {outcome.kernel} ({outcome.answers}), the check {outcome.check} "
          f"({outcome.said})\n   {json.dumps(outcome.case.to_json())}", flush=True)


def show(outcomes: list[Outcome]) -> list[str]:
    """Prints the distribution; what is too rare or too frequent in it."""
    layers, total = Counter(each.kernel for each in outcomes), len(outcomes)
    for layer, count in layers.most_common():
        print(f"{layer:<12} {count:6} {count / total:7.1%}")
    undecided = Counter(each.said for each in outcomes if each.check == "undecided")
    kinds = Counter(said.partition(":")[0] for said in undecided.elements())
    print("undecided:", ", ".join(f"{count} {kind}" for kind, count in kinds.most_common()) or "none")
    amiss = [f"only {layers[layer] / total:.1%} of the cases are {layer}" for layer in sorted(set(LAYERS.values()))
             if layers[layer] < LEAST_SHARE * total]
    if undecided.total() > MOST_UNDECIDED * total:
        amiss.append(f"{undecided.total() / total:.1%} are undecided")
    return amiss


def main() -> int:
    chosen = options()
    seeds = chosen.seed or [1, secrets.randbelow(2**32)]
    print(f"seeds {' '.join(map(str, seeds))}", flush=True)
    with Bench(chosen.build) as bench:
        say("sandbox is up")
        known = regressions()
        again = dict(zip(known, bench.run(list(known.values())))) if known else {}
        for name, outcome in again.items():
            if outcome.disagrees:
                show_disagreement(outcome, name)
        outcomes = []
        for batch in drawn(chosen.cases, seeds):
            outcomes += bench.run(batch)
            say(f"{len(outcomes)} cases, {sum(each.disagrees for each in outcomes)} disagreements")
        wrong = [each for each in outcomes if each.disagrees]
        for each in wrong[:MOST_SHRUNK]:
            show_disagreement(shrunk(bench, each))
        for each in wrong[MOST_SHRUNK:]:
            show_disagreement(each)
    amiss = show(outcomes)
    print("\n".join(amiss), end="\n" if amiss else "")
    wrong += [each for each in again.values() if each.disagrees]
    undecided = sum(each.check == "undecided" for each in outcomes)
    print(f"{len(outcomes) + len(again)} cases, {len(wrong)} disagreements, {undecided} undecided")
    return 1 if wrong or (amiss and len(outcomes) >= 500) else 0


def interrupt(*_):
    raise KeyboardInterrupt


signal.signal(signal.SIGTERM, interrupt)
try:
    sys.exit(main())
except KeyboardInterrupt:
    sys.exit(130)
except (SandboxError, TreeError, TimeoutError) as error:
    sys.exit(f"gpu-oracle: {error}")
