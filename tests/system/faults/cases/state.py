# SPDX-License-Identifier: MIT
"""Faults of a unit's own state: dead, looping, unloadable, refused, stopped, stuck, frozen."""

from ..fault import Fault, Turn, drop_in, restarted_with, restarts, without_drop_in
from ..stage import Stage

LLAMA, GRAFANA = "llamacpp.service", "grafana.service"
OLLAMA, MANAGER = "ollama.service", "ollama-gpu-manager.service"  # which is PartOf= ollama
ALERTS, CREDENTIALS = "prometheus-alertmanager.service", "setup-system-credentials.service"
FILE = f"/etc/systemd/system/{LLAMA}"


def state(unit: str, reason: str) -> tuple[Turn, ...]:
    return (Turn(unit, "service_state", reason),)


def not_loadable(unit: str) -> dict[str, str]:
    """What a definition that cannot be loaded takes along: systemd knows nothing else of the unit."""
    return {f"{unit} toggles": "nothing is there that could be enabled",
            f"{unit} boot_start": "no target pulls in what cannot be loaded",
            f"{unit} unit_definition": "not judged without a definition",
            f"{unit} dependencies": "its edges are gone with its definition",
            f"{unit} port_bindings": "not judged without a definition",
            f"{unit} health_probe": "not asked without a definition",
            f"{unit} gpu_device_access": "not judged without a definition",
            f"{unit} resource_limits": "not judged without a definition",
            f"{unit} hardening": "not judged without a definition"}


def run_of(unit: str, command: str) -> dict[str, str]:
    """The steps of a oneshot that does something else for once."""
    return {"prepare": drop_in(unit, "[Service]", "ExecStart=", f"ExecStart={command}"),
            "inject": f"systemctl restart {unit} || true",
            "undo": f"{without_drop_in(unit)}; systemctl restart {unit}"}


def break_requirement(stage: Stage):
    stage.box.write("/etc/systemd/system/need.service",
                    "[Service]\nType=oneshot\nExecStart=/usr/bin/false\n")
    stage.do(drop_in(LLAMA, "[Unit]", "Requires=need.service", "After=need.service"))
    stage.do(f"systemctl stop {LLAMA}")


FAULTS = (
    Fault("1", "main process killed, no restart",
          prepare=drop_in(LLAMA, "[Service]", "Restart=no"),
          inject=f"systemctl kill --kill-who=main --signal=KILL {LLAMA}",
          undo=f"{without_drop_in(LLAMA)}; systemctl restart {LLAMA}",
          turns=state(LLAMA, "failed"), wavers=restarts(LLAMA)),
    Fault("2a", "crash loop, Restart=always and RestartSec=100ms",
          turns=state(OLLAMA, "restarts"), wavers=restarts(OLLAMA, MANAGER),
          **restarted_with(OLLAMA, "Restart=always", "RestartSec=100ms", "ExecStart=",
                           "ExecStart=/usr/bin/false")
          # A restart out of the loop alone keeps systemd's count of restarts.
          | {"inject": f"systemctl restart {OLLAMA} || true",
             "undo": f"{without_drop_in(OLLAMA)}; systemctl reset-failed {OLLAMA};"
                     f"systemctl restart {OLLAMA} {MANAGER}"}),
    Fault("2b", "crash loop, Restart=always and RestartSec=300",
          turns=state(OLLAMA, "crash_loop"), wavers=restarts(OLLAMA, MANAGER),
          **restarted_with(OLLAMA, "Restart=always", "RestartSec=300", "ExecStart=",
                           "ExecStart=/usr/bin/false")
          | {"inject": f"systemctl restart {OLLAMA} || true"}),
    Fault("3", "unit file deleted, daemon-reload",
          inject=f"mv {FILE} /root/; systemctl daemon-reload",
          undo=f"mv /root/{LLAMA} {FILE}; systemctl daemon-reload",
          turns=state(LLAMA, "not_found"), follows=not_loadable(LLAMA)),
    Fault("4a", "unit masked",
          inject=f"systemctl mask {ALERTS}", undo=f"systemctl unmask {ALERTS}",
          turns=state(ALERTS, "masked"), follows=not_loadable(ALERTS)),
    Fault("4b", "unit masked until the next boot",
          inject=f"systemctl mask --runtime {ALERTS}", undo=f"systemctl unmask --runtime {ALERTS}",
          turns=state(ALERTS, "masked"), follows=not_loadable(ALERTS)),
    Fault("5a", "bad setting in the unit file: no ExecStart",
          inject=drop_in(LLAMA, "[Service]", "ExecStart="), undo=without_drop_in(LLAMA),
          turns=state(LLAMA, "load_error"), follows=not_loadable(LLAMA)),
    Fault("5b", "unit file that cannot be read: a link to a directory",
          inject=f"mv {FILE} /root/; ln -s /root {FILE}; systemctl daemon-reload",
          undo=f"mv --no-target-directory /root/{LLAMA} {FILE}; systemctl daemon-reload",
          turns=state(LLAMA, "load_error"), follows=not_loadable(LLAMA)),
    Fault("6", "condition that is not met, restart",
          prepare=drop_in(LLAMA, "[Unit]", "ConditionPathExists=/nowhere"),
          inject=f"systemctl restart {LLAMA}",
          undo=f"{without_drop_in(LLAMA)}; systemctl restart {LLAMA}",
          turns=state(LLAMA, "condition"), wavers=restarts(LLAMA),
          follows={f"{LLAMA} boot_start": "the next boot skips it, too"}),
    Fault("7", "required unit fails, start refused",
          prepare=break_requirement, inject=f"systemctl start {LLAMA} || true",
          undo=f"{without_drop_in(LLAMA)}; rm /etc/systemd/system/need.service;"
               f"systemctl daemon-reload; systemctl reset-failed need.service; systemctl start {LLAMA}",
          turns=(*state(LLAMA, "dependency"), Turn(LLAMA, "dependencies", "failed")),
          wavers=restarts(LLAMA)),
    Fault("8a", "oneshot exits 3",
          turns=state(CREDENTIALS, "run_failed"), wavers=restarts(CREDENTIALS),
          **run_of(CREDENTIALS, "/bin/sh -c \"exit 3\"")),
    Fault("8b", "oneshot that remains active exits 3",
          turns=state("docker-pull-images.service", "failed"),
          wavers=restarts("docker-pull-images.service"),
          **run_of("docker-pull-images.service", "/bin/sh -c \"exit 3\"")),
    Fault("49", "reload that never finishes",
          prepare=f"{drop_in(GRAFANA, '[Service]', 'Environment=STUCK_RELOAD=1', 'TimeoutStartSec=2')};"
                  f"systemctl restart {GRAFANA}",
          inject=f"systemctl kill --kill-who=main --signal=HUP {GRAFANA}",
          undo=f"{without_drop_in(GRAFANA)}; systemctl restart {GRAFANA}",
          turns=state(GRAFANA, "reload_timeout"), wavers=restarts(GRAFANA)),
    Fault("50", "unit frozen",
          inject=f"systemctl freeze {GRAFANA}", undo=f"systemctl thaw {GRAFANA}",
          turns=state(GRAFANA, "frozen"), wavers=restarts(GRAFANA)),
    Fault("105", "service moved to another slice",
          prepare=drop_in(OLLAMA, "[Service]", "Slice=elsewhere.slice"),
          inject=f"systemctl restart {OLLAMA}",
          undo=f"{without_drop_in(OLLAMA)}; systemctl restart {OLLAMA}", wavers=restarts(OLLAMA, MANAGER)),
    Fault("108", "watchdog kills a service that hangs",
          turns=state(GRAFANA, "failed"), wavers=restarts(GRAFANA),
          **restarted_with(GRAFANA, "WatchdogSec=500ms", "Restart=no")),
    Fault("109", "crash loop that systemd gives up on",
          turns=state(OLLAMA, "failed"), wavers=restarts(OLLAMA, MANAGER),
          **restarted_with(OLLAMA, "ExecStart=", "ExecStart=/usr/bin/false", "Restart=always",
                           "RestartSec=10ms", "[Unit]", "StartLimitBurst=2", "StartLimitIntervalSec=60")
          | {"inject": f"systemctl restart {OLLAMA} || true"}),  # it may fail while systemctl waits
    Fault("110", "stopped by a unit that conflicts with it",
          inject=f"systemd-run --quiet --collect --unit=rival --property=Conflicts={LLAMA} sleep infinity",
          undo=f"systemctl stop rival; systemctl start {LLAMA}",
          turns=state(LLAMA, "inactive"), wavers=restarts(LLAMA)),
    Fault("113", "oneshot runs into its time-out",
          prepare=drop_in(CREDENTIALS, "[Service]", "ExecStart=", "ExecStart=/usr/bin/sleep 60",
                          "TimeoutStartSec=500ms"),
          inject=f"systemctl start {CREDENTIALS} || true",
          undo=f"{without_drop_in(CREDENTIALS)}; systemctl start {CREDENTIALS}",
          turns=state(CREDENTIALS, "run_failed")),
)
