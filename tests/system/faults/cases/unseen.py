# SPDX-License-Identifier: MIT
"""What passed without having been looked at: output that goes elsewhere, lines that systemd ignores, units without a main process."""

from ..fault import Fault, Turn, drop_in, restarts, without_drop_in
from .config import declared

PROMETHEUS, GRAFANA, LLAMA = "prometheus.service", "grafana.service", "llamacpp.service"
JOURNALD = ("systemd-journald.socket systemd-journald-dev-log.socket systemd-journald-audit.socket"
            " systemd-journald.service")


CANARY, STARTER, SCRIPT = "canary.service", "starter.service", "legacy.service"
AT_THE_DAEMONS = "nsenter --mount --target $(systemctl show --value --property=MainPID checklistd) mount -o remount"
CYCLE = "; ".join(drop_in(unit, "[Unit]", f"After={other}", "[Service]", "ExecStop=/usr/bin/sleep 1")
                  for unit, other in ((CANARY, STARTER), (STARTER, CANARY)))


def elsewhere(unit: str) -> tuple[Turn, ...]:
    return (Turn(unit, "journal_errors", "elsewhere", "unknown"),)


def redirected(number: str, title: str, *settings: str) -> Fault:
    return Fault(number, title, turns=elsewhere(PROMETHEUS), wavers=restarts(PROMETHEUS),
                 inject=f"{drop_in(PROMETHEUS, '[Service]', *settings)}; systemctl restart {PROMETHEUS}",
                 undo=f"{without_drop_in(PROMETHEUS)}; systemctl restart {PROMETHEUS}")


FAULTS = (
    redirected("300", "output goes to /dev/null, with a pattern for it", "StandardOutput=null"),
    redirected("301", "output is appended to a file, with a pattern for it",
               "StandardOutput=append:/var/log/prometheus.out"),
    redirected("302", "messages go to another journal namespace", "LogNamespace=other"),
    redirected("303", "messages below warning are dropped, with a pattern for them", "LogLevelMax=warning"),
    Fault("304", "an error that systemd logs of two units in one entry: their ordering cycle",
          prepare=CYCLE, inject=f"systemctl stop {CANARY} {STARTER} || true",
          undo=f"{without_drop_in(CANARY)}; {without_drop_in(STARTER)}; systemctl start {CANARY} {STARTER}",
          turns=(Turn(CANARY, "journal_errors", "errors"), Turn(STARTER, "journal_errors", "errors")),
          follows={f"{unit} {check}": "they are stopped in a cycle" for unit in (CANARY, STARTER)
                   for check in ("service_state", "boot_start")}),
    Fault("305", "journald is stopped together with its sockets",
          inject=f"systemctl stop {JOURNALD}", undo=f"systemctl start {JOURNALD}",
          turns=(Turn(LLAMA, "journal_errors", "no_journal", "unknown"),
                 Turn(PROMETHEUS, "journal_errors", "no_journal", "unknown")),
          follows={"* journal_errors": "messages of all units are lost", "host *": "systemd-journald is down"}),
    Fault("306", "journald is restarted", inject="systemctl restart systemd-journald.service"),
    Fault("307", "misspelt key in a drop-in",
          inject=drop_in(GRAFANA, "[Service]", "MemoryMaxx=1G"), undo=without_drop_in(GRAFANA),
          turns=(Turn(GRAFANA, "unit_definition", "ignored_line"),)),
    Fault("308", "misspelt section in a drop-in",
          inject=drop_in(GRAFANA, "[service]", "MemoryMax=1G"), undo=without_drop_in(GRAFANA),
          turns=(Turn(GRAFANA, "unit_definition", "ignored_line"),)),
    Fault("309", "drop-in without a section",
          inject=drop_in(GRAFANA, "MemoryMax=1G"), undo=without_drop_in(GRAFANA),
          turns=(Turn(GRAFANA, "unit_definition", "ignored_line"),)),
    Fault("310", "value that systemd does not understand",
          inject=drop_in(GRAFANA, "[Service]", "Restart=allways"), undo=without_drop_in(GRAFANA),
          turns=(Turn(GRAFANA, "unit_definition", "ignored_line"),)),
    Fault("311", "limits and hardening added to a unit without a main process, not restarted",
          inject=f"{drop_in(SCRIPT, '[Service]', 'NoNewPrivileges=yes', 'LimitNOFILE=4096')};"
                 + declared(SCRIPT, hardening={"NoNewPrivileges": True}, resource_limits={"LimitNOFILE": 4096}),
          undo=f"{without_drop_in(SCRIPT)}; systemctl restart {SCRIPT}; {declared(SCRIPT)}", wavers=restarts(SCRIPT),
          turns=tuple(Turn(SCRIPT, check, "restart_needed") for check in ("hardening", "resource_limits", "unit_definition"))),
    Fault("312", "setting in the wrong section",
          inject=drop_in(GRAFANA, "[Service]", "StartLimitIntervalSec=1"), undo=without_drop_in(GRAFANA),
          turns=(Turn(GRAFANA, "unit_definition", "ignored_line"),)),
    Fault("520", "/proc mounted again so that it hides processes of other users",
          inject=f"{AT_THE_DAEMONS},hidepid=2 /proc", undo=f"{AT_THE_DAEMONS},hidepid=0 /proc", timeout=30,
          turns=(Turn(LLAMA, "hardening", "own_sandbox", "unknown"), Turn(LLAMA, "resource_limits", "own_sandbox", "unknown")),
          wavers={"*": "what is read of processes is unknown"}),
)
