# SPDX-License-Identifier: MIT
"""The cost of a unit that floods the journal with lines of no interest."""

import json
import time

from sandbox.wait import wait_until

from .costs import CHECKLISTD, cpu, memory, spent
from .figures import ms, table
from .probes import metric
from .world import PORT, SPECS, UNITS, main_pid, world

JOURNALD = "system.slice/systemd-journald.service"
UNIT = "flood.service"
FLOOD = """#!/usr/bin/python3
import os, sys, time
rate, each = int(sys.argv[1]), 0.01
count = int(rate * each)
piece = "".join(f"an information of no interest, line {n}\\n" for n in range(count)).encode()
due = time.monotonic()
while True:
    os.write(1, piece)
    due += each
    time.sleep(max(0, due - time.monotonic()))
"""


def run(build, lines=20_000, seconds=20):
    """CPU of checklistd and journald beside that flood, and what of it was journalled, for some seconds."""
    with world(build) as box:
        furnish(box, lines)
        rows = [measured(box, "thirteen specs", seconds)]
        box.run(f"systemctl start {UNIT}")
        wait_until(lambda: watched(box), 30, "a verdict on the unit")
        began = journalled(box)
        rows.append(measured(box, f"and a unit that logs {lines:,} lines a second", seconds))
        written = (journalled(box) - began) / seconds
        box.run(f"systemctl stop {UNIT}")
    table(["", "checklistd", "journald", "PSS", "longest turn"], rows)
    print(f"journald wrote {written:,.0f} lines a second")


def furnish(box, lines):
    box.write("/usr/local/bin/bench-flood", FLOOD, 0o755)
    box.write(f"{UNITS}/{UNIT}", f"[Service]\nExecStart=/usr/local/bin/bench-flood {lines}\n")
    box.write("/run/systemd/journald.conf.d/flood.conf", "[Journal]\nRateLimitIntervalSec=0\n")
    box.write(f"{SPECS}/flood.json", json.dumps({"unit": UNIT}))
    box.run("systemctl restart systemd-journald; systemctl daemon-reload; systemctl reload checklistd.service", timeout=60)


def watched(box) -> bool:
    line = f'checklist_check_result{{unit="{UNIT}"'
    passes = 'check="journal_errors"', '} 1'
    return any(each.startswith(line) and all(part in each for part in passes)
               for each in box.http(PORT, "/metrics").body.splitlines())


def journalled(box) -> int:
    """How many entries there were, by the number of the last one."""
    shown = box.run("journalctl --quiet --lines=1 --output=json --output-fields=MESSAGE").stdout
    number = next(part for part in json.loads(shown)["__CURSOR"].split(";") if part.startswith("i="))
    return int(number[2:], 16)


def measured(box, name, seconds) -> list[str]:
    pid = main_pid(box, "checklistd.service")
    box.http(PORT, "/metrics")  # begins another longest turn
    before, began = cpu(box, CHECKLISTD, JOURNALD), time.monotonic_ns()
    time.sleep(seconds)
    cost, length = spent(before, cpu(box, CHECKLISTD, JOURNALD)), time.monotonic_ns() - began
    turn = float(metric(box, "checklist_loop_longest_turn_seconds"))
    return [name, *(f"{cost[group] / length:.2%}" for group in (CHECKLISTD, JOURNALD)),
            f"{memory(box, pid)['Pss'] / 1e6:.2f} MB", ms(turn * 1e9)]
