# SPDX-License-Identifier: MIT
"""Faults of the system bus and of PID 1."""

from bench.world import UNITS, main_pid
from sandbox.wait import wait_until

from ..stage import Loaded
from ..surrounding import Surrounding

BUS = "dbus.service"
LASTS = 10  # seconds
MANY = 300
BODY = "[Service]\\nType=oneshot\\nRemainAfterExit=yes\\nExecStart=/usr/bin/true\\n"


def again_and_again(command: str):
    """For LASTS seconds, one after the other."""
    return f"end=$(($(date +%s) + {LASTS})); while [ $(date +%s) -lt $end ]; do {command}; done"


def manager_back(stage: Loaded):
    wait_until(lambda: stage.box.run("systemctl is-active basic.target", check=False).returncode == 0, 20, "PID 1 to answer")


def reexecute(stage: Loaded):
    stage.do(again_and_again("systemctl daemon-reexec || sleep 0.1"))
    manager_back(stage)


def reload_and_reexecute(stage: Loaded):
    stage.do(again_and_again("systemctl daemon-reload || true; systemctl daemon-reexec || sleep 0.1; systemctl daemon-reload || true"))
    manager_back(stage)


def kill_bus(stage: Loaded):
    for _ in range(3):
        reconnects = stage.figure("dbus_reconnects_total")
        stage.do(f"systemctl kill --kill-who=main --signal=KILL {BUS}; systemctl start {BUS}")
        wait_until(lambda: stage.figure("dbus_reconnects_total") > reconnects, 20, "a reconnection")


def restart_bus(stage: Loaded):
    for _ in range(3):
        reconnects = stage.figure("dbus_reconnects_total")
        stage.do(f"systemctl restart {BUS}")
        wait_until(lambda: stage.figure("dbus_reconnects_total") > reconnects, 20, "a reconnection")


def hang_bus(stage: Loaded):
    stage.hung = main_pid(stage.box, BUS)
    stage.do(f"kill -STOP {stage.hung}")
    wait_until(lambda: stage.figure("dbus_up") == 0, 30, "checklist_dbus_up to be 0")


def go_on_bus(stage: Loaded):
    stage.do(f"kill -CONT {stage.hung}")


UNITS_COME = f"""for number in $(seq {MANY}); do printf '{BODY}' > {UNITS}/passing-$number.service; done
systemctl daemon-reload
systemctl start $(seq --format='passing-%g.service' {MANY})"""
UNITS_GO = f"""systemctl stop $(seq --format='passing-%g.service' {MANY})
rm {UNITS}/passing-*.service
systemctl daemon-reload"""

# What a bus that is killed really does: its unit has failed for a moment, and what it activates with it.
WITH_THE_BUS = ("host failed_units", "host system_state")

FAULTS = (
    Surrounding("bus-restarted", "system bus restarted three times", restart_bus, breaks=WITH_THE_BUS),
    Surrounding("bus-killed", "system bus killed three times", kill_bus, breaks=WITH_THE_BUS),
    Surrounding("bus-hangs", "system bus stopped until the daemon says so, then for five seconds more", hang_bus, go_on_bus, lasts=5,
                breaks=WITH_THE_BUS),
    Surrounding("reloads", f"PID 1 reloaded in a loop for {LASTS} s", again_and_again("systemctl daemon-reload")),
    Surrounding("reexecutions", f"PID 1 re-executed in a loop for {LASTS} s", reexecute),
    Surrounding("reloads-reexecutions", f"PID 1 reloaded and re-executed in turn for {LASTS} s", reload_and_reexecute),
    Surrounding("units-come-and-go", f"{MANY} units appear, start, stop and vanish, three times", "\n".join([UNITS_COME, UNITS_GO] * 3)),
)
