# SPDX-License-Identifier: MIT
"""Faults that are on nobody's list, numbered from 101."""

from ..fault import USERS_REPORT, Fault, Turn, drop_in, restarted_with, restarts, without_drop_in
from ..stage import Stage

LLAMA, GRAFANA = "llamacpp.service", "grafana.service"
OLLAMA, MANAGER = "ollama.service", "ollama-gpu-manager.service"  # which is PartOf= ollama
CREDENTIALS, SCAN_TIMER = "setup-system-credentials.service", "clamav-scan.timer"
ALIAS = "/etc/systemd/system/sshd.service"
CLAMD = "/run/clamav/clamd.ctl"


def state(unit: str, reason: str) -> tuple[Turn, ...]:
    return (Turn(unit, "service_state", reason),)


def die_unseen(stage: Stage):
    """It happens between the daemon's death and its next life."""
    stage.do("systemctl kill --kill-who=main --signal=KILL checklistd.service")
    stage.do(f"systemctl stop {LLAMA}")


FAULTS = (
    Fault("101", "alias removed, which the spec names",
          inject=f"mv {ALIAS} /root/alias; systemctl daemon-reload",
          undo=f"mv /root/alias {ALIAS}; systemctl daemon-reload",
          turns=state("sshd.service", "not_found"),
          follows={"sshd.service *": "nothing is known under a name that leads nowhere"}),
    Fault("102", "socket unit's address changed",
          # A reload already closes what the socket unit does not name any more.
          inject=drop_in("on-demand.socket", "[Socket]", "ListenStream=", "ListenStream=127.0.0.1:7072")
                 + "; systemctl restart on-demand.socket",
          undo=f"{without_drop_in('on-demand.socket')}; systemctl restart on-demand.socket",
          turns=(Turn("on-demand.service", "port_bindings", "missing"),),
          follows={"on-demand.service service_state": "nothing would start it while its socket is down"}),
    Fault("103", "user's manager restarted",
          inject="systemctl restart user@1000.service",
          wavers={"jupyter.service *": "goes down and up with its manager"}),
    Fault("105", "service moved to another slice",
          prepare=drop_in(OLLAMA, "[Service]", "Slice=elsewhere.slice"),
          inject=f"systemctl restart {OLLAMA}",
          undo=f"{without_drop_in(OLLAMA)}; systemctl restart {OLLAMA}", wavers=restarts(OLLAMA, MANAGER)),
    Fault("106", "enabled until the next boot only",
          inject=f"systemctl --quiet disable {GRAFANA}; systemctl --quiet enable --runtime {GRAFANA}",
          undo=f"systemctl --quiet disable --runtime {GRAFANA}; systemctl --quiet enable {GRAFANA}",
          turns=(Turn(GRAFANA, "toggles", "unit_file_state"), Turn(GRAFANA, "boot_start", "until_reboot"))),
    Fault("107", "host boots into another target",
          inject="systemctl --quiet set-default rescue.target",
          undo="rm /etc/systemd/system/default.target; systemctl daemon-reload",
          turns=(Turn(GRAFANA, "boot_start", "unreachable"),),
          follows={"* boot_start": "no unit of the plan is part of the rescue target"}),
    Fault("108", "watchdog kills a service that hangs",
          turns=state(GRAFANA, "failed"), wavers=restarts(GRAFANA),
          **restarted_with(GRAFANA, "WatchdogSec=500ms", "Restart=no")),
    Fault("109", "crash loop that systemd gives up on",
          turns=state(OLLAMA, "failed"), wavers=restarts(OLLAMA, MANAGER),
          **restarted_with(OLLAMA, "ExecStart=", "ExecStart=/usr/bin/false", "Restart=always",
                           "RestartSec=10ms", "[Unit]", "StartLimitBurst=2", "StartLimitIntervalSec=60")),
    Fault("110", "stopped by a unit that conflicts with it",
          inject=f"systemd-run --quiet --collect --unit=rival --property=Conflicts={LLAMA} sleep infinity",
          undo=f"systemctl stop rival; systemctl start {LLAMA}",
          turns=state(LLAMA, "inactive"), wavers=restarts(LLAMA)),
    Fault("111", "listens on another address of loopback",
          turns=(Turn(GRAFANA, "port_bindings", "missing"),), wavers=restarts(GRAFANA),
          follows={f"{GRAFANA} health_probe": "nobody answers where it is asked"},
          **restarted_with(GRAFANA, "Environment=LISTEN=127.0.0.2:3000")),
    Fault("112", "service stopped while checklistd is dead",
          inject=die_unseen, undo=f"systemctl start {LLAMA}",
          turns=state(LLAMA, "inactive"), wavers=restarts(LLAMA) | USERS_REPORT),
    Fault("113", "oneshot runs into its time-out",
          prepare=drop_in(CREDENTIALS, "[Service]", "ExecStart=", "ExecStart=/usr/bin/sleep 60",
                          "TimeoutStartSec=500ms"),
          inject=f"systemctl start {CREDENTIALS} || true",
          undo=f"{without_drop_in(CREDENTIALS)}; systemctl start {CREDENTIALS}",
          turns=state(CREDENTIALS, "run_failed")),
    Fault("114", "unix socket's file removed under its service",
          inject=f"rm {CLAMD}",
          undo="systemctl restart clamav-daemon.socket clamav-daemon.service",
          turns=(Turn("clamav-daemon.service", "port_bindings", "unreachable"),),
          wavers=restarts("clamav-daemon.service")),
)
