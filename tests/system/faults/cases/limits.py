# SPDX-License-Identifier: MIT
"""Faults of limits and hardening: lost, weakened, changed beside the definition, not yet in force."""

from ..fault import Fault, Turn, drop_in, restarted_with, restarts, without_drop_in

GRAFANA, LLAMA, OLLAMA = "grafana.service", "llamacpp.service", "ollama.service"
PULL, CREDENTIALS = "docker-pull-images.service", "setup-system-credentials.service"
MANAGER = "ollama-gpu-manager.service"  # which is PartOf= ollama
LLAMA_SERVER = ("/usr/local/bin/stand-in-server --listen 127.0.0.1:8080 /health="
                "'{\"status\":\"ok\"}'")
BY_HAND = 25  # seconds: what changes without an event is looked at every 15


def limits(unit: str, reason: str, status="fail") -> tuple[Turn, ...]:
    return (Turn(unit, "resource_limits", reason, status),)


def hardening(unit: str, reason: str, status="fail") -> tuple[Turn, ...]:
    return (Turn(unit, "hardening", reason, status),)


def main_process(unit: str) -> str:
    return f"$(systemctl show --value --property=MainPID {unit})"


def not_restarted_since(unit: str, *previous: str) -> dict[str, str]:
    """The steps of a fault that is a definition put right while the old process goes on."""
    return {"prepare": f"{drop_in(unit, '[Service]', *previous)}; systemctl restart {unit}",
            "inject": without_drop_in(unit),
            "undo": f"{without_drop_in(unit)}; systemctl restart {unit}"}


FAULTS = (
    Fault("31a", "MemoryMax removed by a drop-in",
          inject=drop_in(PULL, "[Service]", "MemoryMax=infinity"), undo=without_drop_in(PULL),
          turns=limits(PULL, "differs")),
    Fault("31b", "LimitNOFILE lowered by a drop-in",
          turns=limits(GRAFANA, "differs"), wavers=restarts(GRAFANA),
          **restarted_with(GRAFANA, "LimitNOFILE=4096")),
    Fault("32", "limit changed and reloaded, process not restarted",
          turns=limits(GRAFANA, "restart_needed"), wavers=restarts(GRAFANA),
          follows={f"{GRAFANA} unit_definition": "its process is older than its definition"},
          **not_restarted_since(GRAFANA, "LimitNOFILE=4096")),
    Fault("33a", "NoNewPrivileges dropped",
          turns=hardening(GRAFANA, "weaker"), wavers=restarts(GRAFANA),
          **restarted_with(GRAFANA, "NoNewPrivileges=no")),
    Fault("33b", "ProtectSystem weakened",
          turns=hardening(LLAMA, "weaker"), wavers=restarts(LLAMA),
          **restarted_with(LLAMA, "ProtectSystem=yes")),
    Fault("33c", "exposure above the bound",
          turns=hardening(OLLAMA, "exposed"), wavers=restarts(OLLAMA, MANAGER),
          **restarted_with(OLLAMA, "ProtectClock=no", "ProtectControlGroups=no", "ProtectKernelLogs=no",
                           "ProtectKernelModules=no", "ProtectKernelTunables=no", "LockPersonality=no",
                           "RestrictRealtime=no", "ProtectHostname=no", "SystemCallArchitectures=")),
    Fault("34", "hardening added and reloaded, process not restarted",
          turns=hardening(LLAMA, "restart_needed"), wavers=restarts(LLAMA),
          follows={f"{LLAMA} unit_definition": "its process is older than its definition"},
          **not_restarted_since(LLAMA, "ProtectHome=no")),
    Fault("90", "limit of the running process changed by prlimit",
          # Its own user may do so where root itself lacks the capability.
          inject=f"pid={main_process(GRAFANA)}; setpriv --reuid=$(stat --format=%u /proc/$pid)"
                 " --regid=$(stat --format=%g /proc/$pid) --clear-groups prlimit --pid $pid --nofile=512:512",
          undo=f"systemctl restart {GRAFANA}",
          turns=limits(GRAFANA, "overridden", "unknown"), wavers=restarts(GRAFANA), timeout=BY_HAND),
    Fault("91", "OOM score written by hand",
          inject=f"echo 900 > /proc/{main_process(LLAMA)}/oom_score_adj",
          undo=f"systemctl restart {LLAMA}",
          turns=limits(LLAMA, "overridden", "unknown"), wavers=restarts(LLAMA), timeout=BY_HAND),
    Fault("92", "a capability added by a drop-in",
          turns=hardening(LLAMA, "weaker"), wavers=restarts(LLAMA),
          **restarted_with(LLAMA, "CapabilityBoundingSet=CAP_NET_ADMIN")),
    Fault("93", "ReadWritePaths=/ undoes ProtectSystem=",
          turns=hardening(GRAFANA, "undone"), wavers=restarts(GRAFANA),
          **restarted_with(GRAFANA, "ReadWritePaths=/")),
    Fault("94", "program runs outside of its unit's sandbox: ExecStart=+",
          turns=hardening(LLAMA, "overridden", "unknown"), wavers=restarts(LLAMA),
          follows={f"{LLAMA} gpu_device_access": "it runs as root, and by no group",
                   "host gpu_access_consistency": "so it differs from the others",
                   f"{LLAMA} resource_limits": "its limits are part of that sandbox"},
          **restarted_with(LLAMA, "ExecStart=", f"ExecStart=+{LLAMA_SERVER}")),
    Fault("95", "system calls added by a drop-in",
          turns=hardening(LLAMA, "weaker"), wavers=restarts(LLAMA),
          **restarted_with(LLAMA, "SystemCallFilter=@mount")),
    Fault("96", "a oneshot at rest loses its private /tmp",
          inject=drop_in(CREDENTIALS, "[Service]", "PrivateTmp=no"), undo=without_drop_in(CREDENTIALS),
          turns=hardening(CREDENTIALS, "weaker")),
    Fault("494", "limit changed by set-property, of which systemd sends no signal",
          inject=f"systemctl set-property {PULL} MemoryMax=1G", timeout=5,
          undo=f"rm -r /etc/systemd/system.control/{PULL}.d; systemctl daemon-reload; systemctl restart {PULL}",
          turns=limits(PULL, "differs"), wavers=restarts(PULL)),
)
