# SPDX-License-Identifier: MIT
"""Faults of what goes on by its state, and stands still: timers, init scripts, reloads, descriptors."""

from ..fault import Fault, Turn, drop_in, restarts, without_drop_in

CANARY, SCRIPT = "canary.service", "legacy.service"
TIMER, YEARLY = "yearly.timer", "yearly.service"
OFTEN = drop_in(TIMER, "[Timer]", "OnCalendar=*:*:0/2", "AccuracySec=1us")
HOLDS_FILES = ("/usr/bin/python3 -c \"import signal; files = [open('/dev/null') for _ in range(92)];"
               " signal.pause()\"")


def triggered_as(*lines: str) -> dict:
    """The steps of a timer that triggers every two seconds, and of its unit with these lines."""
    return {"inject": f"{drop_in(YEARLY, '[Service]', *lines)}; {OFTEN}; systemctl restart {TIMER}",
            "undo": f"{without_drop_in(YEARLY)}; {without_drop_in(TIMER)};"
                    f"systemctl stop {YEARLY}; systemctl restart {TIMER}; systemctl start {YEARLY}",
            "wavers": {f"{TIMER} schedule": "its unit has not ended"}}


FAULTS = (
    Fault("486", "repetitive timer of a unit that remains active",
          turns=(Turn(TIMER, "schedule", "never_ends"),), **triggered_as("RemainAfterExit=yes")),
    Fault("487", "oneshot behind a timer hangs",
          turns=(Turn(TIMER, "schedule", "hangs"),), timeout=40,
          **triggered_as("ExecStart=", "ExecStart=/usr/bin/sleep infinity")),
    Fault("490", "daemon of an init script killed, its unit stays active",
          inject=f"systemctl kill --kill-who=all --signal=KILL {SCRIPT}", undo=f"systemctl restart {SCRIPT}",
          turns=(Turn(SCRIPT, "service_state", "nothing_left"),), wavers=restarts(SCRIPT)),
    Fault("491", "reload fails, the service goes on with its former configuration",
          prepare=drop_in(CANARY, "[Service]", "ExecReload=/usr/bin/false"),
          inject=f"systemctl reload {CANARY} || true",
          undo=f"{without_drop_in(CANARY)}; systemctl restart {CANARY}",
          turns=(Turn(CANARY, "service_state", "reload_failed"),), wavers=restarts(CANARY)),
    Fault("492", "descriptors used up",
          prepare=drop_in(CANARY, "[Service]", "LimitNOFILE=100", "ExecStart=", f"ExecStart={HOLDS_FILES}"),
          inject=f"systemctl restart {CANARY}", undo=f"{without_drop_in(CANARY)}; systemctl restart {CANARY}",
          turns=(Turn(CANARY, "service_state", "exhausted"),), wavers=restarts(CANARY), timeout=25),
)
