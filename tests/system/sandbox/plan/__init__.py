# SPDX-License-Identifier: MIT
"""The thirteen units of the migration plan, as real as Debian's packages allow."""

from pathlib import Path

from ..wait import wait_until

HERE = Path(__file__).parent
USER = "dev"

SERVICES = (
    "llamacpp.service", "ollama.service", "ollama-gpu-manager.service", "grafana.service",
    "prometheus.service", "prometheus-alertmanager.service", "clamav-daemon.service", "ssh.service",
    "docker-pull-images.service", "clamav-scan.timer")
ONESHOTS = ("setup-system-credentials.service", "clamav-scan.service")
USER_SERVICES = ("jupyter.service",)
PORTS = (22, 3000, 8080, 8888, 9090, 9093, 11434)


def install(box, build):
    """Puts units, stand-ins, configuration, checklistd and the plan's specs into a sandbox that is not booted yet."""
    box.unpack(HERE / "root")
    box.run(["sh", "-s"], input=(HERE / "setup").read_text())
    box.install(build)
    box.run("checklistctl add --plan")


def wait_up(box, timeout=30):
    """Until all thirteen are up or done and every port answers a connection."""
    wait_until(lambda: not missing(box), timeout, lambda: f"not up: {', '.join(missing(box))}")


def missing(box) -> list[str]:
    """What is not as it should be after a boot, in words."""
    states = _show(box, SERVICES + ONESHOTS) | _show(box, USER_SERVICES, user=USER)
    late = [f"{unit} is {state[0]}" for unit, state in states.items()
            if unit not in ONESHOTS and state[0] != "active"]
    late += [f"{unit} has not run" for unit in ONESHOTS
             if states[unit][0] != "inactive" or states[unit][1:] != ["success", "exited"]]
    return late + [f"port {port} is closed" for port in PORTS if not box.listens(port)]


def _show(box, units, user=None) -> dict[str, list[str]]:
    """ActiveState, Result and how the main process ended, by unit."""
    manager = "systemctl --user" if user else "systemctl"
    listing = box.run(f"{manager} show --property=Id,ActiveState,Result,ExecMainCode {' '.join(units)}",
                      user=user, check=False).stdout
    found = {}
    for block in filter(None, listing.split("\n\n")):
        values = dict(line.split("=", 1) for line in block.splitlines())
        ended = "exited" if values.get("ExecMainCode") == "1" else ""
        found[values["Id"]] = [values["ActiveState"], values.get("Result", ""), ended]
    return {unit: found.get(unit, ["unknown", "", ""]) for unit in units}
