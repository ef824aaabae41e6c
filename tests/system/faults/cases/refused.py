# SPDX-License-Identifier: MIT
"""Configurations that the next reload or start would refuse, while the service runs on with the previous one."""

import json
import shlex

from ..fault import Fault, Turn
from .config import RELOAD, SPECS, SSHD

MERGE = "import json, sys; path, more = sys.argv[1:]; spec = json.load(open(path)); " \
        "spec['checks']['unit_definition'] = json.loads(more); json.dump(spec, open(path, 'w'))"
HANG = "/usr/local/bin/fault-test"


def tested(name: str, command: list[str], file: str) -> str:
    """Shell: has a spec of the plan test the configuration of its service."""
    own = f"{SPECS}/{name}.json"
    more = shlex.quote(json.dumps({"config_test": command, "config_files": [file]}))
    return f"cp {own} {own}.aside; python3 -c {shlex.quote(MERGE)} {own} {more}; {RELOAD}"


def refused(number: str, title: str, name: str, command: list[str], file: str, line: str, reason="config_refused", **more):
    own = f"{SPECS}/{name}.json"
    unit = SSHD if name == "sshd" else f"{name}.service"
    return Fault(number, title, prepare=f"touch {file}; cp -p {file} {file}.aside; {tested(name, command, file)}",
                 inject=f"echo {shlex.quote(line)} >> {file}",
                 undo=f"mv {file}.aside {file}; mv {own}.aside {own}; {RELOAD}",
                 turns=(Turn(unit, "unit_definition", reason, more.pop("status", "fail")),), **more)


FAULTS = (
    refused("543", "mistake in sshd_config, not read yet", "sshd", ["/usr/sbin/sshd", "-t"],
            "/etc/ssh/sshd_config", "Foo yes"),
    refused("544", "mistake in prometheus.yml, not read yet", "prometheus",
            ["/usr/bin/promtool", "check", "config", "/etc/prometheus/prometheus.yml"],
            "/etc/prometheus/prometheus.yml", "scrape_confs: []"),
    refused("545", "test of a configuration that hangs", "prometheus", ["/bin/sh", HANG], HANG,
            "exec sleep infinity", reason="test_timed_out", status="unknown", timeout=40),
)
