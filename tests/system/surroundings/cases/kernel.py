# SPDX-License-Identifier: MIT
"""Faults of what the kernel gives: inotify, netlink, descriptors, cgroupfs, /proc, time."""

import time

from attack.cases.clients import few_descriptors
from bench.world import UNITS
from faults.cases.own import INSTANCES, WATCHES
from sandbox.wait import wait_until

from ..stage import DAEMON, Loaded
from ..surrounding import Surrounding

WANTS = f"{UNITS}/multi-user.target.wants/grafana.service"
FLOOD = 20_000  # more than fs.inotify.max_queued_events of Linux
ADDRESSES = 2_000
DAY = 24 * 3600
AT_THE_DAEMONS = f"nsenter --mount --target $(systemctl show --value --property=MainPID {DAEMON})"
# Of umount(8), libmount needs /proc.
UNMOUNT = "python3 -c 'import ctypes; assert ctypes.CDLL(None).umount2(b\"{}\", 0) == 0'"
LISTENERS = f"""import socket, time
end = time.monotonic() + 8
while time.monotonic() < end:
    held = [socket.create_server(("127.0.0.1", 0)) for _ in range(500)]
    for each in held:
        each.close()"""


def stopped(*steps):
    """Does the steps while the daemon is stopped, so that what the kernel keeps for it runs over."""
    def during(stage: Loaded):
        stage.do(f"systemctl kill --kill-who=main --signal=STOP {DAEMON}")
        try:
            for step in steps:
                stage.do(step)
        finally:
            stage.do(f"systemctl kill --kill-who=main --signal=CONT {DAEMON}")
    return during


def flooded(stage: Loaded):
    """What happened in the flood is seen nonetheless."""
    stopped(f"cd {UNITS}; rm {WANTS}; for number in $(seq {FLOOD // 2}); do : > flood-$number; done; rm flood-*")(stage)
    wait_until(lambda: stage.seen()[0].status["grafana.service boot_start"] == "fail", 30, "the removed link to be seen")


def addresses(how: str) -> str:
    """Shell: that many addresses of the loopback interface."""
    return (f"for number in $(seq {ADDRESSES}); do echo \"address {how} 10.9.$((number / 250)).$((number % 250))/32 dev lo\"; done"
            " | ip -batch -")


def without_descriptors(stage: Loaded):
    with few_descriptors(stage):
        stage.do("systemctl restart dbus.service; systemctl daemon-reload")


def used_up(name: str, title: str, program: str) -> Surrounding:
    return Surrounding(name, title, kernel_wide=True,
                       inject=f"systemd-run --quiet --collect --unit={name} --property=User=checklistd --property=LimitNOFILE=100000"
                              f" python3 -c '{program}'; until journalctl --quiet --unit={name} --grep='used up' > /dev/null; do"
                              f" sleep 0.1; done; systemctl daemon-reload; systemctl reload {DAEMON}; journalctl --rotate",
                       undo=f"systemctl stop {name}.service; systemctl reload {DAEMON}", lasts=5)


def hidden(name: str, title: str, directory: str) -> Surrounding:
    return Surrounding(name, title, inject=f"{AT_THE_DAEMONS} mount -n -t tmpfs hidden {directory}",
                       undo=f"{AT_THE_DAEMONS} {UNMOUNT.format(directory)}", lasts=20)


def stepped(seconds: int):
    """Steps the clock, and waits until the daemon dates by it what it does next."""
    def during(stage: Loaded):
        stage.step_clock(seconds)
        stage.do(f"systemctl reload {DAEMON}")
        wait_until(lambda: abs(stage.figure("config_last_reload_success_timestamp_seconds") - seconds - time.time()) < 60, 20,
                   "a reload that is dated by the stepped clock")
    return during


def step(name: str, title: str, seconds: int) -> Surrounding:
    return Surrounding(name, title, stepped(seconds), stepped(0), lasts=10)


FAULTS = (
    Surrounding("inotify-overflow", f"{FLOOD} events of inotify while the daemon is stopped, and a link removed among them",
                flooded, f"ln -s ../grafana.service {WANTS}", breaks=("grafana.service ", "host ")),
    used_up("inotify-instances", "inotify instances of the daemon's user used up, then everything reloaded", INSTANCES),
    used_up("inotify-watches", "inotify watches of the daemon's user used up, then everything reloaded", WATCHES),
    Surrounding("netlink-overflow", f"{ADDRESSES} addresses appear and vanish while the daemon is stopped",
                stopped(addresses("add"), addresses("delete"))),
    Surrounding("netlink-busy", "addresses and 500 listeners come and go while the daemon reads them",
                f"{addresses('add')} & python3 -c '{LISTENERS}'; wait; {addresses('delete')}"),
    Surrounding("descriptors", "no descriptor is left while the bus restarts and PID 1 reloads", without_descriptors, lasts=5,
                breaks=("host failed_units", "host system_state")),
    hidden("cgroupfs-hidden", "an empty file system over /sys/fs/cgroup, as the daemon sees it", "/sys/fs/cgroup"),
    hidden("proc-hidden", "an empty file system over /proc, as the daemon sees it", "/proc"),
    step("clock-ahead", "clock stepped a day ahead, and back after ten seconds", DAY),
    step("clock-back", "clock stepped a day back, and ahead after ten seconds", -DAY),
)
