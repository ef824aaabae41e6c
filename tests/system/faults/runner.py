# SPDX-License-Identifier: MIT
"""Runs faults one after the other: inject, see it, undo, see that all is as before."""

import time
from dataclasses import dataclass, field

from sandbox import SandboxError

from .fault import Fault, Turn
from .stage import Stage

RESTORING = 45  # seconds from the end of `undo` until the report is what it was
READING = 0.6  # seconds until the journal's latest entries are read
FAILURES = (SandboxError, TimeoutError, OSError, AssertionError)
CANARY = Turn("canary.service", "service_state", "inactive")


@dataclass
class Outcome:
    """What became of one fault; it was caught if there is nothing amiss."""

    fault: Fault
    detection: float | None = None  # seconds from `inject` to the value over HTTP
    amiss: list[str] = field(default_factory=list)
    false_alarms: list[str] = field(default_factory=list)

    def is_well(self) -> bool:
        return not self.amiss and not self.false_alarms


def run(stage: Stage, fault: Fault) -> Outcome:
    outcome = Outcome(fault)
    mark = stage.watch.mark()
    try:
        if fault.prepare:
            stage.do(fault.prepare)
            stage.settle()
        _inject(stage, outcome)
    except FAILURES as error:
        outcome.amiss.append(f"could not be injected: {error}")
    _undo(stage, outcome)
    outcome.false_alarms = _alarms(stage, mark, fault)
    if outcome.amiss and not stage.is_calm(stage.watch.latest):
        stage.renew()
    return outcome


def stay_quiet(stage: Stage, seconds: float) -> list[str]:
    """Whatever turns while nothing happens."""
    mark = stage.watch.mark()
    time.sleep(seconds)
    return [_alarm(stage, mark, key, to) for key, to in sorted(stage.watch.turns_since(mark))]


def _inject(stage: Stage, outcome: Outcome):
    fault, began = outcome.fault, time.monotonic()
    stage.do(fault.inject)
    if not fault.turns:  # none may fail; that a real one is seen now says that the daemon is at work
        began = time.monotonic()
        stage.do("systemctl stop canary.service")
    expected = fault.turns or (CANARY,)
    seen = stage.watch.first(lambda seen: all(map(seen.shows, expected)), began, fault.timeout)
    if seen:
        outcome.detection = seen.moment - began
    else:
        shown = stage.watch.latest.shows
        outcome.amiss += [f"{turn.key} does not say {turn.status}, {turn.reason}: {_reason(stage, turn)}"
                          for turn in expected if not shown(turn)] or ["seen, but not all at once"]


def _reason(stage: Stage, turn: Turn) -> str:
    latest = stage.watch.latest
    reasons = sorted(reason for key, _, reason in latest.findings if key == turn.key)
    return " ".join([latest.status.get(turn.key, "no such check"), *reasons])


def _undo(stage: Stage, outcome: Outcome):
    try:
        stage.do(outcome.fault.undo)
        stage.do("systemctl start canary.service")
    except FAILURES as error:
        outcome.amiss.append(f"could not be undone: {error}")
    if not _is_calm_again(stage):
        outcome.amiss += [f"not as before: {line}" for line in stage.unlike_before()]


def _is_calm_again(stage: Stage) -> bool:
    """What a fault wrote into the journal may be read a moment after everything else is as before."""
    deadline = time.monotonic() + RESTORING
    while stage.watch.until(stage.is_calm, deadline - time.monotonic()):
        since = time.monotonic()
        if not stage.watch.first(lambda seen: not stage.is_calm(seen), since, READING):
            return True
    return False


def _alarms(stage: Stage, mark: int, fault: Fault) -> list[str]:
    canary = () if fault.turns else (CANARY.key,)
    alarms = [_alarm(stage, mark, key, to) for key, to in sorted(stage.watch.turns_since(mark))
              if to != "pass" and key not in canary and not fault.allows(key, to)]
    return [f"{alarms[0]}{stage.ends()}", *alarms[1:]] if alarms else []


def _alarm(stage: Stage, mark: int, key: str, to: str) -> str:
    reasons = stage.watch.reasons_since(mark, key, to)
    return f"{key} turned to {to}" + (f" ({reasons})" if reasons else "")
