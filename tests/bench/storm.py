# SPDX-License-Identifier: MIT
"""What happens when a thousand watched units are restarted at once."""

import re
import subprocess
import threading
import time
from bisect import bisect_right
from collections import defaultdict

from .costs import BUS, CHECKLISTD, PID_1, cpu, spent
from .figures import median, ms, table
from .world import PORT, client, many_names, world

EVERY = 0.25  # seconds between scrapes
ROUNDING = 10  # µs; seconds in the exposition are rounded
STARTED = re.compile(r'^checklist_unit_start_time_seconds\{unit="(many-\d+\.service)"[^}]*\} (\S+)$',
                     re.MULTILINE)
EVENTS = r'checklist_events_total\{source="dbus"\}'


def run(build, many=1000):
    """1,000 watched units restarted at once: evaluations, CPU, longest turn, staleness."""
    with world(build, many=many, watch_many=True) as box:
        recorder = box.popen([client(box, "recorder")], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                             text=True)
        with recorder:
            assert recorder.stdout.readline() == "ready\n"
            storm = Storm(box)
            storm.rage(many)
            heard, _ = recorder.communicate()
    report(storm, heard, many)


class Scrape:
    """One answer, and when it was asked for and there."""

    def __init__(self, box):
        self.asked = time.monotonic_ns()
        self.body = box.http(PORT, "/metrics", timeout=60).body
        self.took = time.monotonic_ns() - self.asked

    def value(self, name) -> float:
        return float(re.search(rf"^{name} (\S+)$", self.body, re.MULTILINE)[1])

    def starts(self) -> dict[str, int]:
        """When each unit was started last, in µs of unix time."""
        return {unit: round(float(seconds) * 1e6) for unit, seconds in STARTED.findall(self.body)}


class Storm:
    def __init__(self, box):
        self.box = box
        self.during = []
        self._over = threading.Event()

    def rage(self, many):
        self.before = Scrape(self.box)
        used = cpu(self.box, CHECKLISTD, PID_1, BUS)
        scraping = threading.Thread(target=self._scrape)
        scraping.start()
        began = time.monotonic_ns()
        self.box.run(["systemctl", "restart", *many_names(many)], timeout=120)
        self.took = time.monotonic_ns() - began
        self._over.set()
        scraping.join()
        time.sleep(0.5)  # what is still on its way
        self.cpu = spent(used, cpu(self.box, CHECKLISTD, PID_1, BUS))
        self.after = Scrape(self.box)

    def _scrape(self):
        self.during.append(Scrape(self.box))
        while not self._over.wait(EVERY):
            self.during.append(Scrape(self.box))

    def more(self, name) -> float:
        return self.after.value(name) - self.before.value(name)


def history(heard) -> dict[str, tuple[list[int], list[int]]]:
    """Of each unit: when a raw client heard of a start, and when that was."""
    out = defaultdict(lambda: ([], []))
    for line in heard.splitlines():
        moment, path, start = line.split()
        name = re.sub(r"_([0-9a-f]{2})", lambda code: chr(int(code[1], 16)), path.rpartition("/")[2])
        out[name][0].append(int(moment))
        out[name][1].append(int(start))
    return out


def staleness(scrape, past) -> int:
    """For how many nanoseconds a newer start than an answer shows had been known when it was asked."""
    worst = 0
    for unit, shown in scrape.starts().items():
        moments, starts = past.get(unit, ([], []))
        newer = bisect_right(starts, shown + ROUNDING)
        if newer < len(moments):
            worst = max(worst, scrape.asked - moments[newer])
    return worst


def report(storm, heard, many):
    past = history(heard)
    scrapes = [*storm.during, storm.after]
    turns = [scrape.value("checklist_loop_longest_turn_seconds") * 1e9  # the first scrape reports the time before
             for scrape in scrapes[1:]]
    print(f"{many} watched units restarted at once, in {ms(storm.took)}:")
    table(["", ""], [
        ["starts a raw client heard of", sum(len(starts) for _, starts in past.values())],
        ["signals checklistd heard", f'{storm.more(EVENTS):.0f}'],
        ["evaluations of a check", f'{storm.more("checklist_evaluations_total"):.0f}'],
        ["CPU of PID 1", ms(storm.cpu[PID_1])],
        ["CPU of dbus-daemon", ms(storm.cpu[BUS])],
        ["CPU of checklistd, scrapes included", ms(storm.cpu[CHECKLISTD])],
        [f"scrapes meanwhile ({len(storm.during[-1].body) / 1e6:.1f} MB)", len(storm.during)],
        ["their latency: median", ms(median([scrape.took for scrape in storm.during]))],
        ["their latency: maximum", ms(max(scrape.took for scrape in storm.during))],
        ["longest turn of the loop", ms(max(turns))],
        ["worst staleness at a scrape", ms(max(staleness(scrape, past) for scrape in scrapes))],
    ])
