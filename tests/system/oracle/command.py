# SPDX-License-Identifier: MIT
"""The command line of an oracle."""

import argparse
import json
import secrets
from collections import Counter
from random import Random

from sandbox.program import end_with, say

from .outcome import Oracle, Outcome
from .shrink import shrunk

MOST_SHRUNK = 3
ENOUGH = 500  # cases of which the distribution says something


def options(oracle: Oracle):
    parser = argparse.ArgumentParser(prog=f"scripts/{oracle.name}", description=oracle.about)
    parser.add_argument("build", help=argparse.SUPPRESS)
    parser.add_argument("--cases", type=int, default=oracle.cases, metavar="N",
                        help=f"how many are drawn ({oracle.cases})")
    parser.add_argument("--seed", type=int, action="append", metavar="S",
                        help="repeat for several; without, a fixed one and a fresh one share the cases")
    return parser.parse_args()


def drawn(oracle: Oracle, cases: int, seeds: list[int]):
    """Batches of cases, each seed's share from its own generator."""
    for place, seed in enumerate(seeds):
        random = Random(seed)
        left = cases // len(seeds) + (place < cases % len(seeds))
        while left:
            count = min(left, oracle.batch)
            yield [oracle.draw(random) for _ in range(count)]
            left -= count


def show_disagreement(oracle: Oracle, outcome: Outcome, name=""):
    print(f"DISAGREE {name}: {oracle.judge} says {outcome.truth} ({outcome.answers}), the check {outcome.check} "
          f"({outcome.said})\n   {json.dumps(outcome.case.to_json())}", flush=True)


def show(oracle: Oracle, outcomes: list[Outcome]) -> list[str]:
    """Prints the distribution; what is too rare or too frequent in it."""
    layers, total = Counter(each.truth for each in outcomes), len(outcomes)
    for layer, count in layers.most_common():
        print(f"{layer:<12} {count:6} {count / total:7.1%}")
    undecided = Counter(each.said for each in outcomes if each.check == "undecided")
    kinds = Counter(said.partition(":")[0] for said in undecided.elements())
    print("undecided:", ", ".join(f"{count} {kind}" for kind, count in kinds.most_common()) or "none")
    amiss = [f"only {layers[layer] / total:.1%} of the cases are {layer}" for layer in sorted(oracle.layers)
             if layers[layer] < oracle.least_share * total]
    if undecided.total() > oracle.most_undecided * total:
        amiss.append(f"{undecided.total() / total:.1%} are undecided")
    return amiss


def compare(oracle: Oracle) -> int:
    chosen = options(oracle)
    seeds = chosen.seed or [1, secrets.randbelow(2**32)]
    print(f"seeds {' '.join(map(str, seeds))}", flush=True)
    with oracle.bench(chosen.build) as bench:
        say("sandbox is up")
        known = oracle.regressions
        again = dict(zip(known, bench.run(list(known.values())))) if known else {}
        for name, outcome in again.items():
            if outcome.disagrees:
                show_disagreement(oracle, outcome, name)
        outcomes = []
        for batch in drawn(oracle, chosen.cases, seeds):
            outcomes += bench.run(batch)
            say(f"{len(outcomes)} cases, {sum(each.disagrees for each in outcomes)} disagreements")
        wrong = [each for each in outcomes if each.disagrees]
        for each in wrong[:MOST_SHRUNK]:
            show_disagreement(oracle, shrunk(bench, oracle.simpler, each))
        for each in wrong[MOST_SHRUNK:]:
            show_disagreement(oracle, each)
    amiss = show(oracle, outcomes)
    print("\n".join(amiss), end="\n" if amiss else "")
    wrong += [each for each in again.values() if each.disagrees]
    undecided = sum(each.check == "undecided" for each in outcomes)
    print(f"{len(outcomes) + len(again)} cases, {len(wrong)} disagreements, {undecided} undecided")
    is_amiss = bool(wrong) or (bool(amiss) and len(outcomes) >= ENOUGH)
    if is_amiss:
        print("repeat it with", " ".join(f"--seed {seed}" for seed in seeds))
    return int(is_amiss)


def main(oracle: Oracle):
    end_with(lambda: compare(oracle), oracle.name)
