# SPDX-License-Identifier: MIT
"""The faults against specs that `checklistctl add --all` made of the healthy sandbox, in place of those that were written by hand.

A fault is caught if a finding that names one of its units does not pass, and passes again after the undo. Nothing is said of
which check it is: the table shows that.
"""

import json
import time
from collections import Counter
from dataclasses import dataclass, field

from sandbox import plan

from .fault import Fault
from .runner import FAILURES, RESTORING
from .stage import Stage
from .watch import Seen

SPECS, USERS_SPECS = "/etc/checklistd/services.d", "/etc/checklistd/user-services.d"
# Tests wait for these.
WINDOWS = {"defaults": {"journal_errors": {"window": "4s"}}, "host": {"gpu_errors": {"window": "4s"}}}
# What --all leaves out because nothing starts it now, and who wants it watched must name.
NAMED = ("clamav-scan.service", "docker-pull-images.service", "on-demand.service", "retired.service", "seldom.service",
         "setup-system-credentials.service")
IDS = {"sshd.service": "ssh.service"}  # captured specs have canonical names
# Reasons of unknown that say that it is too early.
EARLY = {"settling", "starting", "queued", "stopping"}
MORE = 10  # seconds beyond the fault's own time-out

# Faults of what only a person can say, with that.
WRITTEN = "only a person knows which files the unit's program writes or needs"
BY_HAND = {number: WRITTEN for number in ("40a", "40b", "40c", "40d", "40e", "40f", "40g", "40h", "40j", "40k", "40l", "40m",
                                       "40o")}


def not_applicable(fault: Fault) -> str:
    """Why the fault says nothing of captured specs; empty if it does."""
    if not fault.turns:
        return "nothing may fail"
    if any("/etc/checklistd/" in step for step in (fault.prepare, fault.inject, fault.undo) if isinstance(step, str)):
        return "is about a spec that it writes"
    if {turn.check for turn in fault.turns} <= {"users"}:
        return "only a person knows which users the host should have"
    return BY_HAND.get(fault.number, "")


class CapturedStage(Stage):
    """The same sandbox, whose specs are those that it is captured with."""

    said = ""  # by `add`, of what does not pass

    def _furnish(self):
        super()._furnish()
        self.box.run(f"rm -f {SPECS}/* {USERS_SPECS}/*")
        self.box.write("/etc/checklistd/checklistd.json", json.dumps(WINDOWS))

    def _prepare(self):
        done = [self.box.run(f"checklistctl add {what}", timeout=120)
                for what in ("--all", " ".join(NAMED), f"--user={plan.USER} --all")]
        self.said = "".join(each.stderr for each in done)
        for directory in (SPECS, USERS_SPECS):
            for name in self.box.run(f"ls {directory}").stdout.split():
                spec = json.loads(self.box.read(f"{directory}/{name}"))
                self.box.write(f"{directory}/{name}", json.dumps(spec | {"settle": "1s"}))
        self.box.run("systemctl reload checklistd.service")
        self.box.run("systemctl --user reload checklistd.service", user=plan.USER)


@dataclass
class Result:
    """What became of a fault: the findings that noticed it, as "unit check: reason"."""

    fault: Fault
    noticed: list[str] = field(default_factory=list)
    detection: float | None = None  # seconds from `inject`
    amiss: str = ""

    def is_caught(self) -> bool:
        return bool(self.noticed) and not self.amiss


def run(stage: CapturedStage, fault: Fault) -> Result:
    result = Result(fault)
    units = {IDS.get(turn.unit, turn.unit) for turn in fault.turns}
    before = _noticing(stage.watch.latest, units)
    mark = stage.watch.mark()
    try:
        stage.do(fault.prepare)
        began = time.monotonic()
        stage.do(fault.inject)
        seen = stage.watch.first(lambda seen: _noticing(seen, units) - before, began, fault.timeout + MORE)
        result.detection = seen.moment - began if seen else None
        stage.settle()
    except FAILURES as error:
        result.amiss = f"could not be injected: {error}"
    if result.detection is not None:
        result.noticed = sorted(set().union(*(_noticing(seen, units) for seen in stage.watch.seen[mark:])) - before)
    try:
        stage.do(fault.undo)
    except FAILURES as error:
        result.amiss = f"could not be undone: {error}"
    if not stage.watch.until(lambda seen: not _noticing(seen, units) - before, RESTORING):
        result.amiss = result.amiss or f"not gone: {', '.join(sorted(_noticing(stage.watch.latest, units) - before))}"
    if not stage.watch.until(stage.is_calm, RESTORING):
        stage.renew()
    return result


def _noticing(seen: Seen, units: set[str]) -> set[str]:
    """The findings that say that something is wrong with one of the units, or with the host."""
    return {f"{key}: {reason}" for key, status, reason in seen.findings
            if key.rpartition(" ")[0] in units and (status == "fail" or (status == "unknown" and reason not in EARLY))}


def by_check(results: list[Result]) -> Counter:
    """How many of the faults that are caught each check notices."""
    return Counter(check for result in results if result.is_caught()
                   for check in {finding.partition(":")[0].rpartition(" ")[2] for finding in result.noticed})
