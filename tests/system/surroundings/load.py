# SPDX-License-Identifier: MIT
"""The load: units that start and end all the time, a unit that logs errors, one that fails now and then, and scrapes."""

import json
import re
import threading
import time
from http.client import HTTPException
from pathlib import Path

from bench.world import PORT, UNITS

CLIENTS = Path(__file__).parent / "clients"
TALKER, FLIP = "load-talker.service", "load-flip.service"
TICKS = [f"load-tick-{number}" for number in range(2)]
EVERY = 0.1  # seconds between two scrapes
# Both fail because of the load; the host's checks follow.
LOADED = (f"{TALKER} journal_errors", f"{FLIP} ")
FOLLOWS = ("host failed_units", "host system_state")

TICK = "[Unit]\nStartLimitIntervalSec=0\n[Service]\nType=oneshot\nExecStart=/usr/bin/true\n"
FAILS_IN_TURN = ("[Unit]\nStartLimitIntervalSec=0\n[Service]\nType=oneshot\n"
                 "ExecStart=/bin/sh -c 'if [ -e /run/load-flip ]; then rm /run/load-flip; exit 1; fi; touch /run/load-flip'\n")
TALKING = "[Service]\nExecStart=/usr/local/bin/load-talker {}\n"
# Four signals of PropertiesChanged for each start and four for each end: one every 10 ms of two such timers.
TIMER = "[Timer]\nOnActiveSec=0\nOnUnitInactiveSec={}\nAccuracySec=1ms\n"

# Counted by the process, not kept by it, or a unit's own, which begins again with it.
BEGIN_AGAIN = re.compile(r"process_|checklist_(events|evaluations|dbus_reconnects)_total|\w+_seconds_(count|sum)")
OF_UNITS = re.compile(r"checklist_unit_(cpu_seconds|restarts)_total")
STARTED = "process_start_time_seconds"
COUNTER = re.compile(r"^# TYPE (\w+) (?:counter|summary)$", re.MULTILINE)
FAILING = re.compile(r"^checklist_(?:host_)?check_result\{(.*)\} 3$", re.MULTILINE)
LABEL = re.compile(r'(unit|check)="([^"]*)"')


def furnish(box, talking=0.05):
    """Puts the load's units and their specs into a sandbox."""
    box.write("/usr/local/bin/load-talker", (CLIENTS / "talker.py").read_text(), 0o755)
    box.write(f"{UNITS}/{TALKER}", TALKING.format(talking))
    box.write(f"{UNITS}/{FLIP}", FAILS_IN_TURN)
    box.write(f"{UNITS}/load-flip.timer", TIMER.format("300ms"))
    for name in TICKS:
        box.write(f"{UNITS}/{name}.service", TICK)
        box.write(f"{UNITS}/{name}.timer", TIMER.format("60ms"))
    box.write("/etc/systemd/journald.conf.d/load.conf", "[Journal]\nRateLimitIntervalSec=0\n")


def units(flips) -> str:
    return " ".join([TALKER, *(f"{name}.timer" for name in TICKS), *(["load-flip.timer"] if flips else [])])


def parts(metrics: str) -> tuple[dict[str, float], set[str], float]:
    """The counters by series, the checks that fail, and when the process started."""
    families = set(COUNTER.findall(metrics))
    counters, started = {}, 0.0
    for line in metrics.splitlines():
        if line.startswith("#"):
            continue
        series, _, value = line.rpartition(" ")
        name = series.partition("{")[0]
        if name in families or name.removesuffix("_count") in families or name.removesuffix("_sum") in families:
            if not OF_UNITS.match(name):
                counters[series] = float(value)
        elif name == STARTED:
            started = float(value)
    failing = set()
    for labels in FAILING.findall(metrics):
        found = dict(LABEL.findall(labels))
        failing.add(f"{found.get('unit', 'host')} {found['check']}")
    return counters, failing, started


class Scraper:
    """Scrapes ten times a second while it is a context, and reads the report each second."""

    def __init__(self, box):
        self._box, self._over = box, threading.Event()
        self.scrapes = self.unanswered = self.lives = 0
        self.longest = 0.0  # seconds without an answer
        self.fell: list[str] = []  # counters that went back
        self.failed: dict[str, int] = {}  # scrapes in which a check failed
        self.changes: dict[tuple, str] = {}  # (at, unit, check, from, to)
        self._before, self._started = {}, 0.0

    def __enter__(self):
        self._thread = threading.Thread(target=self._go_on)
        self._thread.start()
        return self

    def __exit__(self, *_):
        self._over.set()
        self._thread.join()

    def _go_on(self):
        answered = reported = time.monotonic()
        while not self._over.wait(EVERY):
            try:
                answer = self._box.http(PORT, "/metrics", timeout=10)
                if answer.status == 200:
                    self._take(*parts(answer.body))
                if time.monotonic() > reported + 1:
                    reported = time.monotonic()
                    self._report()
            except (OSError, HTTPException, ValueError):
                self.unanswered += 1
                continue
            finally:
                self.longest = max(self.longest, time.monotonic() - answered)
            answered = time.monotonic()

    def _take(self, counters, failing, started):
        self.scrapes += 1
        another = started != self._started
        if another:
            self.lives += 1
            self._before = {series: value for series, value in self._before.items() if not BEGIN_AGAIN.match(series)}
        for series, value in counters.items():
            before = self._before.get(series, 0.0)
            if value < before:
                self.fell.append(f"{series} went back from {before:.0f} to {value:.0f}")
        for key in failing:
            self.failed[key] = self.failed.get(key, 0) + 1
        # A series that is missing for a while must not begin again either.
        self._before, self._started = self._before | counters, started

    def _report(self):
        report = json.loads(self._box.http(PORT, "/api/v1/report", timeout=10).body)
        for change in report["changes"]:
            key = (change["at"], change["unit"], change["check"], change["from"], change["to"])
            self.changes[key] = change["observed"]

    def repeated(self) -> list[str]:
        """Changes that do not follow from the one before of the same check."""
        last, out = {}, []
        for at, unit, check, before, to in sorted(self.changes):
            if last.get((unit, check)) == to:
                out.append(f"{unit or 'host'} {check} turned to {to} twice in a row, again at {at}")
            last[unit, check] = to
        return out
