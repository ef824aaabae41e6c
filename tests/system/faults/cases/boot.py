# SPDX-License-Identifier: MIT
"""Faults of what the next boot would start: links, targets, lingering, units that must stay down."""

from sandbox import plan

from ..fault import Fault, Turn
from ..stage import Stage

GRAFANA, RETIRED, JUPYTER = "grafana.service", "retired.service", "jupyter.service"
FILE = f"/etc/systemd/system/{GRAFANA}"
LINK = f"/etc/systemd/system/multi-user.target.wants/{GRAFANA}"
LINGER = "/var/lib/systemd/linger/dev"
SILENCE = 90  # seconds: a user's last report is believed for 30, and then may be late for 30
DISABLED = Turn(GRAFANA, "toggles", "unit_file_state")


def of_user(verb: str):
    """A step: does that to the user's own instance of checklistd."""
    def step(stage: Stage):
        stage.box.run(f"systemctl --user {verb} checklistd.service", user=plan.USER)
    return step


FAULTS = (
    Fault("27a", "unit disabled",
          inject=f"systemctl --quiet disable {GRAFANA}", undo=f"systemctl --quiet enable {GRAFANA}",
          turns=(DISABLED, Turn(GRAFANA, "boot_start", "not_started"))),
    Fault("27b", ".wants link removed by hand",
          inject=f"rm {LINK}", undo=f"ln -s {FILE} {LINK}",
          turns=(DISABLED, Turn(GRAFANA, "boot_start", "not_on_disk"))),
    Fault("28a", "unit that must not run is running",
          inject=f"systemctl start {RETIRED}", undo=f"systemctl stop {RETIRED}",
          turns=(Turn(RETIRED, "toggles", "active"),)),
    Fault("28b", "unit that must not run is enabled",
          inject=f"systemctl --quiet enable {RETIRED}", undo=f"systemctl --quiet disable {RETIRED}",
          turns=(Turn(RETIRED, "toggles", "enabled"),)),
    Fault("29", "WantedBy= names a target that the default target does not reach",
          inject=f"sed -i s/^WantedBy=.*/WantedBy=nowhere.target/ {FILE};"
                 f"systemctl --quiet reenable {GRAFANA}",
          undo=f"sed -i s/^WantedBy=.*/WantedBy=multi-user.target/ {FILE};"
               f"systemctl --quiet reenable {GRAFANA}",
          turns=(Turn(GRAFANA, "boot_start", "unreachable"),)),
    Fault("30a", "user service without linger",
          inject=f"mv {LINGER} /root/linger",
          # logind may have stopped the manager of who neither lingers nor is logged in.
          undo=f"mv /root/linger {LINGER}; systemctl start user@$(id -u {plan.USER}).service",
          turns=(Turn(JUPYTER, "boot_start", "no_linger"),)),
    Fault("30b", "user's instance of checklistd stopped",
          inject=of_user("stop"), undo=of_user("start"), timeout=SILENCE,
          turns=(Turn("host", "coverage", "silent"),
                 Turn(JUPYTER, "service_state", "stale", status="unknown")),
          wavers={f"{JUPYTER} *": "the user's services are not observed"}),
    Fault("106", "enabled until the next boot only",
          inject=f"systemctl --quiet disable {GRAFANA}; systemctl --quiet enable --runtime {GRAFANA}",
          undo=f"systemctl --quiet disable --runtime {GRAFANA}; systemctl --quiet enable {GRAFANA}",
          turns=(Turn(GRAFANA, "toggles", "unit_file_state"), Turn(GRAFANA, "boot_start", "until_reboot"))),
    Fault("107", "host boots into another target",
          inject="systemctl --quiet set-default rescue.target",
          undo="rm /etc/systemd/system/default.target; systemctl daemon-reload",
          turns=(Turn(GRAFANA, "boot_start", "unreachable"),),
          follows={"* boot_start": "no unit of the plan is part of the rescue target"}),
)
