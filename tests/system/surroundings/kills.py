# SPDX-License-Identifier: MIT
"""kill -9 of the daemon at random moments under load: what is lost, what counts twice, how soon it is ready again."""

import json
import random
import time
from dataclasses import dataclass, field
from math import ceil
from statistics import median

from attack.cases.sizes import furnish_specs
from bench.world import UNITS
from sandbox.program import say
from sandbox.wait import wait_until

from .load import FLIP, Scraper
from .stage import DAEMON, STATE, Loaded

SOON = "[Service]\nRestartSec=100ms\n"
PROMISED = 1.0  # seconds from the start of the process to READY=1
FAILED = "d9b373ed55a64feb8242e02dbe79a49c"  # MESSAGE_ID of a unit that has failed, systemd.journal-fields(7)
MICROSECONDS = 1e6
SHOWN = 20  # kills between two lines of progress


@dataclass
class Outcome:
    kills: int = 0
    starting: int = 0  # of them before READY=1
    ready: list[float] = field(default_factory=list)  # seconds
    broken: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)


def run(build, count: int, seed: int, specs: int) -> Outcome:
    with Loaded(build, lambda box: _furnish(box, specs), flips=True) as stage:
        if specs:
            stage.do("systemctl start many.target")
            wait_until(lambda: stage.all_judged("many-"), 180, "all specs to be judged", interval=1)
        out, draw = Outcome(), random.Random(seed)
        turns = stage.seen()[0].turns[f"{FLIP} service_state", "fail"]
        failures = _failures(stage)
        longest = 4.0 if specs else 2.0  # seconds that a process may live
        with Scraper(stage.box) as scraper:
            for number in range(count):
                if number % SHOWN == 0:
                    say(f"{number} of {count} kills")
                _kill(stage, out, draw.uniform(0, longest))
            wait_until(lambda: _started(stage), 30, "the daemon after the last kill")
            _count(stage, out)
        _judge(stage, out, scraper, turns, failures)
    return out


def _furnish(box, specs: int):
    box.write(f"{UNITS}/{DAEMON}.d/soon.conf", SOON)
    if specs:
        furnish_specs(box)


def _kill(stage: Loaded, out: Outcome, lives: float):
    """Waits until there is a process, and kills it after it has lived so long."""
    pid = wait_until(lambda: _pid(stage), 30, "a process to kill", interval=0.01)
    time.sleep(lives)
    if ready := _started(stage):
        out.ready.append(ready)
    else:
        out.starting += 1
    stage.box.run(f"kill -KILL {pid}", check=False)
    out.kills += 1
    try:
        json.loads(stage.box.read(STATE))
    except (OSError, ValueError) as error:
        out.broken.append(f"state after kill {out.kills}: {error}")
    wait_until(lambda: _pid(stage) != pid, 10, f"process {pid} to end", interval=0.01)


def _pid(stage: Loaded) -> int:
    return int(stage.show("MainPID")["MainPID"])


def _started(stage: Loaded) -> float:
    """Seconds from the start of the process to READY=1; 0 before that."""
    shown = stage.show("ActiveState", "ExecMainStartTimestampMonotonic", "ActiveEnterTimestampMonotonic")
    taken = int(shown["ActiveEnterTimestampMonotonic"]) - int(shown["ExecMainStartTimestampMonotonic"])
    return taken / MICROSECONDS if shown["ActiveState"] == "active" and taken > 0 else 0


def _failures(stage: Loaded) -> int:
    return stage.box.run(f"journalctl --quiet --output=cat MESSAGE_ID={FAILED} UNIT={FLIP} _PID=1", check=False,
                         timeout=120).stdout.count("\n")


def _count(stage: Loaded, out: Outcome):
    """Compares what is counted with what is in the journal, once nothing is written any more."""
    logged, counted = stage.count_errors()
    out.said.append(f"{logged} errors logged, {counted} counted: lost {max(0, logged - counted)}, doubled {max(0, counted - logged)}")
    if counted != logged:
        out.broken.append(out.said[-1])


def _judge(stage: Loaded, out: Outcome, scraper: Scraper, turns: int, failures: int):
    seen = stage.seen()[0].turns[f"{FLIP} service_state", "fail"] - turns
    happened = _failures(stage) - failures
    repeated = scraper.repeated()
    out.said.append(f"{FLIP} failed {happened} times, {seen} turns of its service_state to fail are counted; "
                    f"{len(scraper.changes)} changes read, {len(repeated)} repeated")
    out.said.append(f"{scraper.scrapes} scrapes of {scraper.lives} lives, {len(scraper.fell)} counters went back")
    if seen > happened:
        out.broken.append(f"{seen} turns to fail are counted of {happened}")
    out.broken += repeated[:5] + scraper.fell[:5]
    aside = stage.box.run(f"ls {STATE}.bad-*", check=False).stdout.split()
    out.broken += [f"{file} was put aside" for file in aside]
    if out.ready:
        slowest = sorted(out.ready)[ceil(0.99 * len(out.ready)) - 1]
        out.said.append(f"READY after the start of the process: median {median(out.ready):.3f} s, p99 {slowest:.3f} s, "
                        f"maximum {max(out.ready):.3f} s of {len(out.ready)}; {out.starting} of {out.kills} kills came before it")
        if slowest > PROMISED:
            out.broken.append(f"READY after {slowest:.2f} s (p99), promised is {PROMISED:.0f} s")
    stage.load()
    try:
        wait_until(stage.passes, 60)
    except TimeoutError:
        out.broken.append(f"not passing afterwards: {stage.not_passing()[:300]}")
