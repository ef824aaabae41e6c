# SPDX-License-Identifier: MIT
"""The command line of scripts/attack and its table."""

import argparse
import subprocess
import sys
from http.client import HTTPException

from bench.figures import median
from sandbox import SandboxError
from sandbox.program import end_with, say

from .attack import MS, Attack
from .cases import CATALOG
from .measure import Figures, measure
from .stage import Stage

ROW = "{:<22} {:>18} {:>15} {:>18} {:>15} {:>8} {:>5} {:>5} {:>6} {:>6} {:>8}  {}"
HEADS = ("scrape: med/max", "other server", "detection: med/max", "bus", "turn", "CPU", "waits", "PSS", "RSS", "restarts", "")
FAILURES = (SandboxError, TimeoutError, OSError, ValueError, HTTPException, subprocess.TimeoutExpired)


def options():
    parser = argparse.ArgumentParser(prog="scripts/attack", description=__doc__)
    parser.add_argument("build", help=argparse.SUPPRESS)
    parser.add_argument("names", nargs="*", metavar="NAME", help="only these")
    parser.add_argument("--list", action="store_true", help="name the attacks")
    chosen = parser.parse_intermixed_args()
    if strangers := set(chosen.names) - {attack.name for attack in CATALOG}:
        parser.error(f"no attack {', '.join(sorted(strangers))}; --list names them")
    return chosen


def times(values) -> str:
    return f"{median(values) / MS:.1f}/{max(values) / MS:.1f} ms" if values else "-"


def megabytes(count) -> str:
    return f"{count / 1e6:.1f}" if count else "-"


def show(attack: Attack, seen: Figures):
    print(ROW.format(attack.name, times(seen.scrapes), times(seen.others), times(seen.detections),
                     times(seen.heard), f"{seen.turn * 1000:.0f} ms", f"{seen.cpu:.0%}", f"{seen.waited:.0%}",
                     megabytes(seen.pss), megabytes(seen.rss), seen.restarts, "BROKEN" if seen.broken else "holds"))
    for line in [f"BROKEN {each}" for each in seen.broken] + seen.said + seen.turned:
        print(f"      {line}")
    sys.stdout.flush()


def run(build, attack: Attack) -> Figures:
    say(f"{attack.name}: {attack.title}")
    try:
        with Stage(build, attack.furnish) as stage:
            if attack.prepare:
                attack.prepare(stage)
            seen = measure(stage, attack)
    except FAILURES as error:
        seen = Figures(broken=[f"could not be measured: {error}"])
    show(attack, seen)
    return seen


def main() -> int:
    chosen = options()
    attacks = [attack for attack in CATALOG if not chosen.names or attack.name in chosen.names]
    if chosen.list:
        print("\n".join(f"{attack.name:<22} {attack.title}" for attack in attacks))
        return 0
    print(ROW.format("", *HEADS), flush=True)
    broken = sum(bool(run(chosen.build, attack).broken) for attack in attacks)
    print(f"{len(attacks) - broken} hold, {broken} are broken")
    return int(broken > 0)


end_with(main, "attack")
