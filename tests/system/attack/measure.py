# SPDX-License-Identifier: MIT
"""What a good client sees and what the daemon costs, for some seconds."""

import re
import subprocess
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from http.client import HTTPException
from pathlib import Path

from bench.costs import CHECKLISTD, cpu, memory
from sandbox.wait import wait_until

from .attack import MS, Attack
from .stage import VICTIM, Stage

ANSWERING = 45  # seconds until there is a report
WITNESS = "/usr/local/bin/attack-witness"
SAMPLING = 0.5  # seconds between two looks at the daemon's memory
TOO_MUCH = 3_000_000_000  # bytes of RSS at which the daemon is stopped: the machine has others
# What a kill of the victim really does; journald and the host's checks follow.
FOLLOWS = (f"{VICTIM} ", "host failed_units", "host system_state")


@dataclass
class Figures:
    scrapes: list[int] = field(default_factory=list)  # nanoseconds
    failed: int = 0  # scrapes without an answer of status 200
    others: list[int] = field(default_factory=list)  # of another server in turn
    detections: list[int] = field(default_factory=list)
    heard: list[int] = field(default_factory=list)  # of the same deaths, by a monitor of the bus
    missed: int = 0
    turn: float = 0  # seconds, the longest of the daemon's loop
    cpu: float = 0  # of a core
    waited: float = 0  # of the time: the daemon's thread wanted a core and had none
    pss: int = 0
    rss: int = 0
    restarts: int = 0
    turned: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)


class Costs:
    """Looks again and again at what the daemon holds and uses, as a context; stops it before it takes the machine."""

    def __init__(self, stage: Stage):
        self._stage, self._over = stage, threading.Event()
        self.pss = self.rss = self.used = self._before = 0
        self.stopped = False

    def __enter__(self):
        self._before = cpu(self._stage.box, CHECKLISTD)[CHECKLISTD]
        self._thread = threading.Thread(target=self._look)
        self._thread.start()
        return self

    def __exit__(self, *_):
        self._over.set()
        self._thread.join()

    def _look(self):
        box = self._stage.box
        while True:
            try:
                self._add(cpu(box, CHECKLISTD)[CHECKLISTD])
                pid = self._stage.pid
                if pid:
                    now = memory(box, pid)
                    peak = box.inside(Path(f"/proc/{pid}/status").read_text)
                    self.pss = max(self.pss, now["Pss"])
                    self.rss = max(self.rss, 1024 * int(re.search(r"VmHWM:\s+(\d+)", peak)[1]))
                    if now["Rss"] > TOO_MUCH:
                        self.stopped = True
                        box.run("systemctl kill --signal=KILL checklistd.service")
            except (OSError, TypeError):
                pass  # it is just restarting
            if self._over.wait(SAMPLING):
                return

    def _add(self, now):
        """What a cgroup has used so far; a new one begins at each restart."""
        self.used += now - (self._before if now >= self._before else 0)
        self._before = now


def measure(stage: Stage, attack: Attack) -> Figures:
    out = Figures()
    out.broken += stage.broken
    before = _before(stage, out)
    stage.box.inside(Path(f"/proc/{stage.pid}/clear_refs").write_text, "5")  # VmHWM begins again
    with Costs(stage) as held:
        with attack.during(stage):
            pid, used, began = stage.pid, held.used, time.monotonic()
            waited = _waited(stage, pid)
            _witness(stage, attack, out)
            elapsed = (time.monotonic() - began) * 1e9
            out.cpu = (held.used - used) / elapsed
            out.waited = max(0, _waited(stage, pid) - waited) / elapsed
            if attack.also:
                out.said += attack.also(stage)
    if stage.said:
        out.said.append(stage.said.removeprefix("BROKEN "))
    out.pss, out.rss, out.restarts = held.pss, held.rss, stage.restarts()
    if held.stopped:
        out.broken.append(f"stopped at {out.rss / 1e6:.0f} MB")
    if out.restarts:
        out.said += stage.exits()
    out.turned = _turned(stage, attack, before)
    _judge(attack, out)
    return out


def _before(stage: Stage, out: Figures):
    """How often each check has turned before, as far as that is to be had."""
    try:
        return wait_until(lambda: _turns(stage), ANSWERING, "a report before the measurement")
    except TimeoutError as error:
        out.broken.append(str(error))
        return Counter()


def _turns(stage: Stage):
    try:
        return stage.seen()[0].turns
    except (OSError, ValueError, HTTPException):
        return None


def _waited(stage: Stage, pid: int) -> int:
    """Nanoseconds that the thread has waited for a core; 0 for one that has ended."""
    try:
        return int(stage.box.inside(Path(f"/proc/{pid}/schedstat").read_text).split()[1])
    except OSError:
        return 0


def _witness(stage: Stage, attack: Attack, out: Figures):
    tasks = [["scrape"]] * attack.scrapes + [["kill", VICTIM]] * attack.kills
    running = [stage.box.popen([WITNESS, *task, str(attack.seconds)], stdout=subprocess.PIPE, text=True) for task in tasks]
    if not tasks:
        return
    for program in running:
        with program:
            for line in program.stdout:
                _take(line.split(), out)
        if program.returncode:
            out.broken.append("a client of the measurement failed")


def _take(words, out: Figures):
    match words:
        case ["ours", status, took, turn]:
            out.scrapes.append(int(took))
            out.failed += status != "200"
            out.turn = max(out.turn, float(turn))
        case ["other", _, took, _]:
            out.others.append(int(took))
        case ["0", _]:
            out.missed += 1
        case [shown, heard]:
            out.detections.append(int(shown))
            out.heard.append(int(heard))


def _turned(stage: Stage, attack: Attack, before) -> list[str]:
    """What turned in the meantime and should not have, as the daemon has counted it."""
    try:
        after, changes = stage.seen(60)
    except (OSError, ValueError, HTTPException) as error:
        return [f"no report afterwards: {error}"]
    why = {(f"{change['unit'] or 'host'} {change['check']}", change["to"]): change["observed"] for change in reversed(changes)}
    groups = {}
    for (key, to), count in sorted((after.turns - before).items()):
        if to in ("fail", "unknown") and not key.startswith((*FOLLOWS, *attack.may_turn)):
            unit, check = key.split()
            groups.setdefault((check, to), []).append((unit, count, why.get((key, to), "")))
    return [_in_words(*group, units) for group, units in groups.items()]


def _in_words(check: str, to: str, units) -> str:
    names = units[0][0] + (f" and {len(units) - 1} more" if len(units) > 1 else "")
    observed = next((text for _, _, text in units if text), "no reason is kept")
    return f"{check} of {names} turned to {to} {sum(count for _, count, _ in units)} times: {observed}"


def _judge(attack: Attack, out: Figures):
    promised = attack.promises
    for what, times, bound, others, by in (
            ("a scrape", out.scrapes, promised.scrape, out.others, "another server"),
            ("detection", out.detections, promised.detection, out.heard, "a monitor of the bus")):
        slack = max(others, default=0)
        if bound is not None and times and max(times) > bound + slack:
            out.broken.append(f"{what} took up to {max(times) / MS:.0f} ms, promised are {bound / MS:.0f}"
                              f" ({by} meanwhile up to {slack / MS:.0f}; the daemon wanted a core in vain for {out.waited:.0%})")
    if promised.scrape is not None and out.failed:
        out.broken.append(f"{out.failed} of {len(out.scrapes)} scrapes got no answer")
    if promised.detection is not None and out.missed:
        out.broken.append(f"{out.missed} of {out.missed + len(out.detections)} deaths were not shown")
    if promised.cpu is not None and out.cpu > promised.cpu:
        out.broken.append(f"{out.cpu:.1%} of a core, promised are {promised.cpu:.0%}")
    if out.rss > promised.rss:
        out.broken.append(f"{out.rss / 1e6:.0f} MB resident, promised are {promised.rss / 1e6:.0f}")
    if out.restarts > promised.restarts:
        out.broken.append(f"{out.restarts} restarts of the daemon")
    out.broken += [f"false: {turn}" for turn in out.turned if " turned to fail " in turn]
    out.turned = [turn for turn in out.turned if " turned to fail " not in turn]
    out.broken += [line.removeprefix("BROKEN ") for line in out.said if line.startswith("BROKEN ")]
    out.said = [line for line in out.said if not line.startswith("BROKEN ")]
