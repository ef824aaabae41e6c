# SPDX-License-Identifier: MIT
"""The journal and the system bus as they are on bad days."""

import time
from contextlib import contextmanager
from http.client import HTTPException

from bench.world import main_pid
from sandbox.wait import wait_until

from ..attack import Attack
from ..stage import DAEMON, VICTIM, Stage

FILES = 500
ARCHIVES = f"""set -e
cd /var/log/journal/$(cat /etc/machine-id)
for number in $(seq {FILES}); do logger "entry $number"; journalctl --rotate; done
ls | wc -l"""
BUS = "dbus.service"
STOPPED = 30  # seconds
STALE = 10  # seconds, promised


def furnish_journal(box):
    box.write("/etc/systemd/journald.conf.d/many.conf",
              "[Journal]\nSystemMaxFileSize=512K\nSystemMaxFiles=100000\nRateLimitIntervalSec=0\n")


def archive(stage: Stage):
    """Makes the files, then starts the daemon again, as after a reboot."""
    stage.archives = stage.box.run(["sh", "-c", ARCHIVES], timeout=600).stdout.strip()
    stage.box.run(f"systemctl restart {DAEMON}", check=False, timeout=120)
    wait_until(lambda: stage.pid, 60, "the daemon's process")


def journal(stage: Stage) -> list[str]:
    """What the daemon holds open, and what it says of the journal."""
    pid = stage.pid
    count = stage.box.run(f"ls /proc/{pid}/fd | wc -l; ls -l /proc/{pid}/fd | grep -c '[.]journal'", check=False)
    return [f"{stage.archives} journal files; descriptors of the daemon, and of these journals: {' '.join(count.stdout.split())}",
            f"not passing: {stage.not_passing()[:300]}"]


@contextmanager
def stopped_bus(stage: Stage):
    pid = main_pid(stage.box, BUS)
    stage.box.run(f"systemctl restart {VICTIM}")
    wait_until(lambda: shown(stage)[0] == "pass", 60, f"service_state of {VICTIM} to pass")
    stage.box.run(f"kill -STOP {pid}")
    try:
        yield
    finally:
        stage.box.run(f"kill -CONT {pid}")


def shown(stage: Stage) -> tuple[str, str, float]:
    """Status and reason of the victim's service_state, and checklist_dbus_up."""
    seen, _ = stage.seen()
    key = f"{VICTIM} service_state"
    why = next((why for (name, _), why in seen.reasons.items() if name == key), "")
    return seen.status[key], why, stage.figure("dbus_up")


def dead_meanwhile(stage: Stage) -> list[str]:
    """Kills the victim, and follows what is said of it."""
    stage.box.run(f"kill -KILL {main_pid(stage.box, VICTIM)}")
    began = time.monotonic()
    left = down = None
    status = why = ""
    while time.monotonic() < began + STOPPED and not (left and down):
        try:
            status, why, up = shown(stage)
        except (OSError, ValueError, HTTPException):
            continue
        passed = time.monotonic() - began
        left = left or (passed if status != "pass" else None)
        down = down or (passed if up == 0 else None)
        time.sleep(0.1)
    lines = [f"{VICTIM} service_state is {status} ({why})"]
    if left is None or left > STALE + 2:
        lines.append(f"BROKEN service_state of the dead service " + (
            f"was pass for {left:.0f} s" if left else f"stays pass for {STOPPED} s") + f", promised are {STALE}")
    else:
        lines.append(f"service_state of the dead service left pass after {left:.1f} s")
    if down is None or down > STALE + 2:
        lines.append(f"BROKEN checklist_dbus_up " + (f"was 1 for {down:.0f} s" if down else f"stays 1 for {STOPPED} s"))
    else:
        lines.append(f"checklist_dbus_up was 0 after {down:.1f} s")
    if left and status == "fail":
        lines.append("a failure that it could not see")
    return lines


ATTACKS = (
    Attack("journal-files", f"2: {FILES} archived journal files", furnish=furnish_journal, prepare=archive, also=journal,
           seconds=45),
    Attack("bus-stopped", f"4: the system bus stopped for {STOPPED} s, a service killed meanwhile", stopped_bus,
           also=dead_meanwhile, kills=False, seconds=3),
)
