# SPDX-License-Identifier: MIT
"""A long time under load: what grows, and whether the report is right at the end."""

import os
import time
from dataclasses import dataclass, field

from bench.costs import CHECKLISTD, cpu, memory, spent
from bench.world import PORT
from sandbox.wait import wait_until

from .load import Scraper
from .stage import DAEMON, Loaded

SAMPLING = 5  # seconds
RELOADED = 10  # seconds between two reloads of the configuration
GROWTH = 2_000_000  # bytes of RSS between the second fifth and the last


@dataclass
class Outcome:
    broken: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)


def run(build, minutes: float) -> Outcome:
    out = Outcome()
    with Loaded(build, flips=True) as stage:
        before = stage.show("MainPID", "NRestarts")
        end, reloaded = time.monotonic() + 60 * minutes, 0
        sizes, descriptors = [], []
        began, used = time.monotonic(), cpu(stage.box, CHECKLISTD)
        events = _events(stage)
        with Scraper(stage.box) as scraper:
            while time.monotonic() < end:
                sizes.append(memory(stage.box, stage.pid)["Rss"])
                descriptors.append(_descriptors(stage))
                if len(sizes) * SAMPLING % RELOADED == 0:
                    stage.do(f"systemctl reload {DAEMON}")
                    reloaded += 1
                time.sleep(SAMPLING)
            elapsed = time.monotonic() - began
            share = spent(used, cpu(stage.box, CHECKLISTD))[CHECKLISTD] / elapsed / 1e9
            events = (_events(stage) - events) / elapsed
            _count(stage, out)
        out.said.append(f"{elapsed / 60:.1f} minutes, {events:.0f} events a second, {scraper.scrapes} scrapes ({scraper.unanswered} without "
                        f"an answer, {scraper.longest:.2f} s the longest time without one), {reloaded} reloads, {share:.1%} of a core")
        _judge_growth(out, sizes, descriptors)
        out.broken += scraper.fell[:5] + scraper.repeated()[:5]
        if stage.show("MainPID", "NRestarts") != before:
            out.broken += ["the daemon did not run on", *stage.exits()]
        _judge_report(stage, out)
    return out


def _events(stage: Loaded) -> float:
    """What the daemon has received from the service manager."""
    text = stage.box.http(PORT, "/metrics").body
    return sum(float(line.rpartition(" ")[2]) for line in text.splitlines() if line.startswith("checklist_events_total{"))


def _descriptors(stage: Loaded) -> int:
    pid = stage.pid
    return stage.box.inside(lambda: len(os.listdir(f"/proc/{pid}/fd")))


def _count(stage: Loaded, out: Outcome):
    logged, counted = stage.count_errors()
    out.said.append(f"{logged} errors logged, {counted} counted")
    if counted != logged:
        out.broken.append(out.said[-1])


def _judge_growth(out: Outcome, sizes, descriptors):
    fifth = max(1, len(sizes) // 5)
    for what, values, allowed, unit in (("RSS", [each / 1e6 for each in sizes], GROWTH / 1e6, " MB"), ("descriptors", descriptors, 2, "")):
        early, late = max(values[fifth:2 * fifth] or values), max(values[-fifth:])
        out.said.append(f"{what}: first {values[0]:.4g}{unit}, highest of the second fifth {early:.4g}{unit}, of the last {late:.4g}{unit}")
        if late > early + allowed:
            out.broken.append(f"{what} grew from {early:.4g} to {late:.4g}{unit}")


def _judge_report(stage: Loaded, out: Outcome):
    try:
        wait_until(lambda: not stage.unlike_fresh(), 60, lambda: "; ".join(stage.unlike_fresh()[:5]), interval=1)
        out.said.append(f"{len(stage.calm)} checks say what `checklistctl check` says")
    except TimeoutError as error:
        out.broken.append(f"an evaluation without the daemon differs: {error}")
