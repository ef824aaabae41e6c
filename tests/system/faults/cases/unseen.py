# SPDX-License-Identifier: MIT
"""What passed without having been looked at: output that goes elsewhere, lines that systemd ignores."""

from ..fault import Fault, Turn, drop_in, restarts, without_drop_in

PROMETHEUS, GRAFANA, LLAMA = "prometheus.service", "grafana.service", "llamacpp.service"
JOURNALD = ("systemd-journald.socket systemd-journald-dev-log.socket systemd-journald-audit.socket"
            " systemd-journald.service")


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
)
