# SPDX-License-Identifier: MIT
"""The command line of scripts/surroundings."""

import argparse
import subprocess
import sys
from http.client import HTTPException

from sandbox import SandboxError
from sandbox.program import end_with, say

from . import kills, soak
from .cases import CATALOG
from .judge import judge
from .stage import Loaded
from .surrounding import Surrounding

MANY = 1000  # specs
LONG = {"kills": "kill -9 of the daemon at random moments", f"kills-{MANY}": f"a tenth as many with {MANY} more specs",
        "soak": "some minutes under load: what grows, and whether the report is right at the end"}
FAILURES = (SandboxError, TimeoutError, AssertionError, OSError, ValueError, LookupError, HTTPException, subprocess.TimeoutExpired)


def options():
    parser = argparse.ArgumentParser(prog="scripts/surroundings", description=__doc__)
    parser.add_argument("build", help=argparse.SUPPRESS)
    parser.add_argument("names", nargs="*", metavar="NAME", help="only these")
    parser.add_argument("--list", action="store_true", help="name the faults")
    parser.add_argument("--kills", type=int, default=200, metavar="N", help="how often the daemon is killed")
    parser.add_argument("--seed", type=int, default=1, help="of the moments at which it is killed")
    parser.add_argument("--minutes", type=float, default=5, help="length of the soak")
    chosen = parser.parse_intermixed_args()
    if strangers := set(chosen.names) - {case.name for case in CATALOG} - set(LONG):
        parser.error(f"no fault {', '.join(sorted(strangers))}; --list names them")
    return chosen


class Host:
    """The sandbox that the faults share, and another one after a broken promise."""

    def __init__(self, build):
        self._build, self._stage = build, None

    def stage(self) -> Loaded:
        if not self._stage:
            say("booting")
            self._stage = Loaded(self._build, clock=True).__enter__()
        return self._stage

    def close(self):
        if self._stage:
            self._stage.__exit__(None, None, None)
        self._stage = None


def try_out(host: Host, case: Surrounding) -> bool:
    say(f"{case.name}: {case.title}")
    try:
        broken, said = judge(host.stage(), case)
    except FAILURES as error:
        broken, said = [f"could not be judged: {error}"], ""
    if broken:
        host.close()
    return show(case.name, broken, [said])


def show(name: str, broken, said) -> bool:
    """Prints an outcome; whether every promise was kept."""
    print(f"{name:<26} {'BROKEN' if broken else 'holds'}  {said[0] if said else ''}")
    for line in [*said[1:], *(f"BROKEN {each}" for each in broken)]:
        print(f"      {line}")
    sys.stdout.flush()
    return not broken


def last(chosen, name: str) -> bool:
    """One of those that take long, in a sandbox of its own."""
    say(f"{name}: {LONG[name]}")
    try:
        if name == "soak":
            out = soak.run(chosen.build, chosen.minutes)
        elif name == "kills":
            out = kills.run(chosen.build, chosen.kills, chosen.seed, 0)
        else:
            out = kills.run(chosen.build, max(1, chosen.kills // 10), chosen.seed, MANY)
    except FAILURES as error:
        return show(name, [f"could not be judged: {error}"], [])
    return show(name, out.broken, out.said)


def main() -> int:
    chosen = options()
    cases = [case for case in CATALOG if not chosen.names or case.name in chosen.names]
    long = [name for name in LONG if not chosen.names or name in chosen.names]
    if chosen.list:
        print("\n".join(f"{name:<26} {title}" for name, title in [*((case.name, case.title) for case in cases), *LONG.items()]))
        return 0
    host = Host(chosen.build)
    try:
        outcomes = [try_out(host, case) for case in cases]
    finally:
        host.close()
    outcomes += [last(chosen, name) for name in long]
    print(f"{sum(outcomes)} passed, {outcomes.count(False)} failed, 0 skipped")
    return int(not all(outcomes))


end_with(main, "surroundings")
