# SPDX-License-Identifier: MIT
"""What checklistd costs while nothing happens."""

import time

from .costs import BUS, CHECKLISTD, PID_1, cpu, spent, wakeups
from .figures import ms, table
from .world import main_pid, world


def run(build, seconds=60):
    """CPU and wake-ups while nothing happens, in a minute."""
    with world(build) as box:
        time.sleep(min(seconds, 10))  # what the boot still brings
        pid = main_pid(box, "checklistd.service")
        before, woken = cpu(box, CHECKLISTD, PID_1, BUS), wakeups(box, pid)
        time.sleep(seconds)
        cost = spent(before, cpu(box, CHECKLISTD, PID_1, BUS))
        count = wakeups(box, pid) - woken
    print(f"{seconds} s without an event, thirteen specs:")
    table(["", "CPU", "of a core"], [[name, ms(cost[group]), f"{cost[group] / seconds / 1e7:.3f} %"]
                                     for name, group in (("checklistd", CHECKLISTD), ("PID 1", PID_1),
                                                         ("dbus-daemon", BUS))])
    print(f"wake-ups of checklistd: {count * 60 / seconds:.0f} a minute")
