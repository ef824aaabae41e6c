# SPDX-License-Identifier: MIT
"""Specs that ask for nothing which this host cannot enforce: it would fail or be unknown all the time."""

import json
from pathlib import Path

UNIFIED = Path("/sys/fs/cgroup/unified")
CGROUPS = UNIFIED if UNIFIED.exists() else UNIFIED.parent  # where this host mounts cgroup v2
CONTROLLED = {"MemoryMax": "memory", "TasksMax": "pids"}  # what a host without such a controller cannot
RUNNING = ("llamacpp.json", "ollama-gpu-manager.json")  # of services that keep running
SPECS = "/etc/checklistd/services.d"


def change(box, name, changed):
    """Changes one of the plan's specs."""
    spec = json.loads(box.read(f"{SPECS}/{name}"))
    box.write(f"{SPECS}/{name}", json.dumps(changed(spec)))


def relax(box):
    """Of the installed specs."""
    for name in RUNNING:
        change(box, name, _enforceable)


def without_driver(box):
    """Of the installed specs: the sandbox's GPU nodes have no driver, so nothing can hold one open."""
    change(box, "llamacpp.json", _driverless)


def _driverless(spec):
    access = {key: value for key, value in spec["checks"]["gpu_device_access"].items() if key != "in_use"}
    return spec | {"checks": spec["checks"] | {"gpu_device_access": access}}


def uncontrolled() -> set[str]:
    """The limits whose controller this host does not have."""
    there = (CGROUPS / "cgroup.subtree_control").read_text().split()
    return {name for name, controller in CONTROLLED.items() if controller not in there}


def _enforceable(spec):
    without = uncontrolled()
    limits = {name: value for name, value in spec["checks"].pop("resource_limits").items() if name not in without}
    spec = _driverless(spec)
    return spec | {"checks": spec["checks"] | ({"resource_limits": limits} if limits else {})}
