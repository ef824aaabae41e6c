# SPDX-License-Identifier: MIT
"""Oneshots whose last run succeeded: they must keep passing when systemd or the daemon forgets it."""

from sandbox.wait import wait_until

from ..fault import USERS_REPORT, Fault
from ..stage import Stage

SELDOM = "seldom.service"


def forget(stage: Stage):
    """systemd unloads a unit that has run and is not referenced."""
    stage.do(f"systemctl start {SELDOM}")
    listing = f"systemctl list-units --all --plain --no-legend {SELDOM}"
    wait_until(lambda: not stage.box.run(listing).stdout, 5, f"{SELDOM} stays loaded")


def restart_daemon(stage: Stage):
    forget(stage)
    stage.do("systemctl restart checklistd.service")


def reboot(stage: Stage):
    forget(stage)
    stage.reboot()


FAULTS = (
    Fault("9a", "oneshot succeeded, then unloaded", inject=forget),
    Fault("9b", "oneshot succeeded, checklistd restarted", inject=restart_daemon,
          wavers=USERS_REPORT),
    Fault("9c", "oneshot succeeded, host rebooted", inject=reboot,
          wavers={"*": "everything starts again"}),
)
