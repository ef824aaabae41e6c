# SPDX-License-Identifier: MIT
"""Faults of services that run and do not serve."""

from ..fault import Fault, Turn, restarted_with, restarts

GRAFANA, CLAMD, MANAGER = "grafana.service", "clamav-daemon.service", "ollama-gpu-manager.service"
SERVER = "/usr/local/bin/stand-in-server --listen 127.0.0.1:3000"
NOTICED = 40  # seconds: an interval of 15 s, a deadline, a pause of 3 s and another deadline


def probed(unit: str, reason: str) -> tuple[Turn, ...]:
    return (Turn(unit, "health_probe", reason),)


def other_way(number: str, title: str, reason: str, *lines: str, **more) -> Fault:
    """grafana.service, restarted so that it answers in another way."""
    return Fault(number, title, **restarted_with(GRAFANA, *lines), turns=probed(GRAFANA, reason),
                 wavers=restarts(GRAFANA), timeout=NOTICED, **more)


FAULTS = (
    other_way("38a", "health endpoint answers 503", "status", "Environment=LOADING=3600"),
    Fault("38b", "service hangs",
          inject=f"systemctl kill --signal=STOP {GRAFANA}", undo=f"systemctl kill --signal=CONT {GRAFANA}",
          turns=(*probed(GRAFANA, "timeout"), Turn(GRAFANA, "service_state", "stopped")), timeout=NOTICED),
    other_way("38c", "health endpoint answers the wrong body", "answer",
              "ExecStart=", f"ExecStart={SERVER} '/api/health={{\"database\":\"failing\"}}'"),
    other_way("38d", "health endpoint refuses", "refused", "Environment=LISTEN=127.0.0.1:3999",
              follows={f"{GRAFANA} port_bindings": "no listener on the declared address"}),
    Fault("39", "clamd answers no PONG",
          inject=f"systemctl kill --signal=STOP {CLAMD}", undo=f"systemctl kill --signal=CONT {CLAMD}",
          turns=(*probed(CLAMD, "timeout"), Turn(CLAMD, "service_state", "stopped")), timeout=NOTICED),
    Fault("139", "service without a probe is stopped by a signal",
          inject=f"systemctl kill --signal=STOP {MANAGER}", undo=f"systemctl kill --signal=CONT {MANAGER}",
          turns=(Turn(MANAGER, "service_state", "stopped"),)),
)
