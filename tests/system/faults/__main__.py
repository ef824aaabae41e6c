# SPDX-License-Identifier: MIT
"""The command line of scripts/faults and its table."""

import argparse
import re

from sandbox.program import end_with, say

from . import captured
from .cases import CATALOG
from .fault import Fault
from .pool import Pool
from .runner import Outcome, run, stay_quiet
from .stage import Stage

ROW = "{:<5} {:<62} {:<50} {:>9}  {}"


def options():
    parser = argparse.ArgumentParser(prog="scripts/faults", description=__doc__)
    parser.add_argument("build", help=argparse.SUPPRESS)
    parser.add_argument("numbers", nargs="*", metavar="NUMBER", help="only these: 2 or 2a")
    parser.add_argument("--list", action="store_true", help="name the faults")
    parser.add_argument("--quiet", type=float, default=60, metavar="SECONDS",
                        help="how long nothing may turn at the end (60)")
    parser.add_argument("--retry", action="store_true",
                        help="run what went wrong once more in another sandbox, and count that")
    parser.add_argument("--captured", action="store_true",
                        help="with specs that `checklistctl add --all` makes of the healthy sandbox; which check notices what")
    parser.add_argument("--jobs", type=int, default=1, metavar="N", help="how many sandboxes work side by side (1)")
    chosen = parser.parse_intermixed_args()  # numbers also after options
    known = {name for fault in CATALOG for name in (fault.number, family(fault))}
    if strangers := set(chosen.numbers) - known:
        parser.error(f"no fault {', '.join(sorted(strangers))}; --list names them")
    return chosen


def family(fault) -> str:
    """2 of 2a."""
    return re.match(r"\d+", fault.number)[0]


def show(outcome: Outcome) -> Outcome:
    fault = outcome.fault
    turns = ", ".join(f"{turn.key.replace('.service', '')}: {turn.reason}" for turn in fault.turns)
    took = f"{outcome.detection * 1000:.0f} ms" if outcome.detection is not None else "-"
    print(ROW.format(fault.number, fault.title, turns or "none", "MISSED" if outcome.amiss else took,
                     len(outcome.false_alarms) or "-"), flush=True)
    for line in outcome.amiss:
        print(f"      {line}", flush=True)
    show_alarms(outcome.false_alarms)
    return outcome


def show_alarms(alarms: list[str]) -> list[str]:
    for line in alarms:
        print(f"      false alarm: {line}", flush=True)
    return alarms


def again(stage: Stage, outcomes: list[Outcome]) -> list[Outcome]:
    """Runs what went wrong once more, in another sandbox and with nothing beside it."""
    say("once more what went wrong")
    stage.renew()
    return [outcome if outcome.is_well() else show(run(stage, outcome.fault)) for outcome in outcomes]


def run_captured(chosen, faults) -> int:
    """The table of faults and of the checks by which captured specs notice them."""
    left_out = {fault.number: why for fault in faults if (why := captured.not_applicable(fault))}
    applicable = [fault for fault in faults if fault.number not in left_out]
    row = "{:<5} {:<70} {:>9}  {}"
    with Pool(max(1, min(chosen.jobs, len(applicable))), chosen.build, say, captured.CapturedStage, captured.run) as pool:
        print("".join(f"   {line}\n" for line in pool.stages[0].said.splitlines()), end="")
        print(row.format("", "fault", "after", "noticed by"))
        results = []
        for result in pool.run(applicable):
            took = f"{result.detection * 1000:.0f} ms" if result.is_caught() else "MISSED"
            print(row.format(result.fault.number, result.fault.title, took, ", ".join(result.noticed) or "-"), flush=True)
            print(f"      {result.amiss}\n" if result.amiss else "", end="", flush=True)
            results.append(result)
    for number, why in left_out.items():
        print(f"{number:<5} not applicable: {why}")
    caught = sum(result.is_caught() for result in results)
    for check, count in captured.by_check(results).most_common():
        print(f"{count:5} noticed by {check}")
    print(f"{caught} caught, {len(results) - caught} missed, {len(left_out)} not applicable")
    return int(caught < len(results))


def main() -> int:
    chosen = options()
    faults = [fault for fault in CATALOG
              if not chosen.numbers or {fault.number, family(fault)} & set(chosen.numbers)]
    if chosen.list:
        print("\n".join(f"{fault.number:<5} {fault.title}" for fault in faults))
        return 0
    if chosen.captured:
        return run_captured(chosen, faults)
    with Pool(max(1, min(chosen.jobs, len(faults))), chosen.build, say) as pool:
        print(ROW.format("", "fault", "check that turned", "after", "false alarms"))
        alarms = show_alarms([f"before any fault {line}" for stage in pool.stages
                              for line in stage.watch.latest.not_passing()])
        outcomes = [show(outcome) for outcome in pool.run(faults)]
        if chosen.retry and not all(outcome.is_well() for outcome in outcomes):
            outcomes = again(pool.stages[0], outcomes)
        say(f"nothing may turn for {chosen.quiet:.0f} s")
        alarms += show_alarms(sum(pool.on_each(lambda stage: stay_quiet(stage, chosen.quiet)), []))
    missed = sum(bool(outcome.amiss) for outcome in outcomes)
    count = len(alarms) + sum(len(outcome.false_alarms) for outcome in outcomes)
    print(f"{len(outcomes) - missed} caught, {missed} missed, {count} false alarms")
    return 1 if missed or count else 0


end_with(main, "faults")
