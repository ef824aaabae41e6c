# SPDX-License-Identifier: MIT
"""Faults of earlier lives: what a running service keeps from before something was replaced or removed."""

from sandbox.root_look import LOOK

from ..fault import Fault, Turn, drop_in, restarts, without_drop_in

EARLIER, GRAFANA = "earlier.service", "grafana.service"
DATA, TEXT, PROGRAM = "/srv/fault-data", "/etc/default/fault", "/opt/fault-python3"
RESTART = f"systemctl restart {EARLIER}"
SERVER = "/usr/local/bin/stand-in-server --listen 127.0.0.1:7440 /=earlier"


def definition(reason: str, unit: str = EARLIER) -> tuple[Turn, ...]:
    return (Turn(unit, "unit_definition", reason),)


def with_lines(*lines: str, before: str = "") -> dict[str, str]:
    """The steps of a fault of a unit that runs with these settings."""
    return {"prepare": f"{before}{drop_in(EARLIER, '[Service]', *lines)}; {RESTART}",
            "undo": f"{without_drop_in(EARLIER)}; {RESTART}", "wavers": restarts(EARLIER)}


FAULTS = (
    Fault("440a", "runtime directory of a running service removed", turns=definition("directory_missing"),
          **with_lines("RuntimeDirectory=fault"), inject="rmdir /run/fault"),
    Fault("440b", "directory behind a bind mount made again", turns=definition("restart_needed"), timeout=25,
          **with_lines(f"BindReadOnlyPaths={DATA}:/mnt", before=f"mkdir -p {DATA}; "),
          inject=f"rmdir {DATA}; mkdir {DATA}"),
    Fault("440c", "private /tmp of a running service removed", timeout=25,
          turns=definition("restart_needed", GRAFANA) + (Turn(GRAFANA, "hardening", "restart_needed"),),
          wavers=restarts(GRAFANA), inject=f"rm -rf /tmp/systemd-private-*-{GRAFANA}-*",
          undo=f"systemctl restart {GRAFANA}"),
    Fault("440d", "environment file changed and not read", turns=definition("not_read"),
          **with_lines(f"EnvironmentFile={TEXT}", before=f"touch --date=yesterday {TEXT}; "),
          inject=f"sleep 2; echo A=1 > {TEXT}"),
    Fault("440e", "program replaced under a running service", turns=definition("program_replaced"),
          **with_lines("ExecStart=", f"ExecStart={PROGRAM} {SERVER}", before=f"cp --dereference /usr/bin/python3 {PROGRAM}; "),
          inject=f"cp {PROGRAM} {PROGRAM}.new; mv {PROGRAM}.new {PROGRAM}; {LOOK}"),
    Fault("441a", "server of an earlier run keeps its port",
          turns=(Turn(EARLIER, "port_bindings", "leftover"),), wavers=restarts(EARLIER),
          follows={f"{EARLIER} service_state": "the previous server is ended with its unit"},
          prepare=drop_in(EARLIER, "[Service]", "KillMode=process", "ExecStart=",
                          f"ExecStart=/bin/sh -c '{SERVER} & exec sleep infinity'") + f"; {RESTART}; sleep 2",
          inject=f"{RESTART}; {LOOK}",
          undo=f"systemctl stop {EARLIER}; systemctl kill {EARLIER}; {without_drop_in(EARLIER)}; {RESTART}"),
    Fault("441b", "stopped unit leaves a server behind", turns=(Turn(EARLIER, "port_bindings", "leftover"),
                                                                 Turn(EARLIER, "service_state", "inactive")),
          prepare=drop_in(EARLIER, "[Service]", "KillMode=process", "ExecStart=",
                          f"ExecStart=/bin/sh -c '{SERVER} & exec sleep infinity'") + f"; {RESTART}; sleep 2",
          inject=f"systemctl stop {EARLIER}",
          undo=f"systemctl kill {EARLIER}; {without_drop_in(EARLIER)}; {RESTART}"),
    Fault("442a", "account created again with another number", turns=definition("account_changed"), wavers=restarts(EARLIER),
          prepare=f"useradd --system fault; {drop_in(EARLIER, '[Service]', 'User=fault')}; {RESTART}",
          inject="usermod --uid 4711 fault 2>/dev/null || sed -i 's/^fault:x:[0-9]*/fault:x:4711/' /etc/passwd",
          undo=f"{without_drop_in(EARLIER)}; {RESTART}; userdel fault"),
)
