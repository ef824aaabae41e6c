# SPDX-License-Identifier: MIT
"""Faults that operators reported of their own hosts, beside those of the other themes."""

from sandbox import plan

from ..fault import Fault, Turn, drop_in, restarts, without_drop_in
from .addresses import AS_BEFORE, as_server
from .config import RELOAD, SPECS, declared
from .journal import AS_DEV

CANARY, GRAFANA, JUPYTER, TIMER = "canary.service", "grafana.service", "jupyter.service", "yearly.timer"
ON_DEMAND, SOCKET = "on-demand.service", "on-demand.socket"
OF_USER = f"/home/{plan.USER}/.config/systemd/user/{JUPYTER}"
KEEP, RELOAD_USER = f"cp -p {OF_USER} /root/", f"{AS_DEV} systemctl --user daemon-reload"
BRING_BACK = f"cp -p /root/{JUPYTER} {OF_USER}; {RELOAD_USER}"
LINK = f"/etc/systemd/system/multi-user.target.wants/{GRAFANA}"
INSTANCES = ("many@main.service", "many@other.service", "many@srv-models.service")


def of_user(check: str, reason: str) -> tuple[Turn, ...]:
    return (Turn(JUPYTER, check, reason),)


def ports(unit: str, reason: str) -> tuple[Turn, ...]:
    return (Turn(unit, "port_bindings", reason),)


def instances() -> str:
    """Shell: three instances of one template, each with a spec."""
    template = "[Service]\\nExecStart=/usr/bin/sleep infinity\\n[Install]\\nWantedBy=multi-user.target\\n"
    return "; ".join((f"printf '{template}' > /etc/systemd/system/many@.service",
                      f"systemctl --quiet enable --now {' '.join(INSTANCES)}", *map(declared, INSTANCES)))


def forgotten(*units: str) -> str:
    """Shell: takes away the specs of a fault's own units."""
    return "; ".join((*(f"rm {SPECS}/{unit.rpartition('.')[0]}.json" for unit in units), RELOAD,
                      *(f"checklistctl forget {unit}" for unit in units)))


OFTEN = "; ".join(f"printf '{text}' > /etc/systemd/system/often.{kind}" for kind, text in (
    ("service", "[Service]\\nType=oneshot\\nExecStart=/usr/bin/true\\n"),
    ("timer", "[Timer]\\nOnActiveSec=4s\\nAccuracySec=1us\\n[Install]\\nWantedBy=timers.target\\n")))

FAULTS = (
    Fault("521", "user's unit changed, not reloaded",
          prepare=KEEP, inject=f"sed -i s/^LimitNOFILE=.*/LimitNOFILE=8191/ {OF_USER}", undo=BRING_BACK,
          turns=of_user("unit_definition", "not_loaded")),
    Fault("522", "user's unit removed while it runs",
          prepare=KEEP, inject=f"rm {OF_USER}", undo=BRING_BACK, turns=of_user("boot_start", "not_kept"),
          follows={f"{JUPYTER} {check}": "its file is gone" for check in ("toggles", "unit_definition")}),
    Fault("523", "timer broken by a bad OnCalendar=, mended and reloaded: it stays dead",
          inject=f"{drop_in(TIMER, '[Timer]', 'OnCalendar=', 'OnCalendar=nonsense')}; {without_drop_in(TIMER)}",
          undo=f"systemctl restart {TIMER}", turns=(Turn(TIMER, "schedule", "elapsed"),),
          follows={f"{TIMER} *": "systemd cannot load it for a moment"}),
    Fault("524", "reloads postpone a timer again and again",
          prepare=f"{OFTEN}; systemctl --quiet enable --now often.timer; {declared('often.timer', schedule={'max_age': '6s'})}",
          inject="for i in 1 2 3 4 5 6 7 8; do systemctl daemon-reload; sleep 1; done", timeout=20,
          undo=f"{forgotten('often.timer')}; systemctl --quiet disable --now often.timer; rm /etc/systemd/system/often.*;"
               "systemctl daemon-reload",
          turns=(Turn("often.timer", "schedule", "overdue"),), wavers={"often.timer *": "its spec is there for this fault only"},
          follows={"host coverage": "its spec is gone until it is forgotten"}),
    Fault("525", "socket unit that failed at its trigger limit",
          prepare=f"{drop_in(ON_DEMAND, '[Service]', 'Type=exec', 'ExecStart=', 'ExecStart=/usr/bin/true')};"
                  f"{drop_in(SOCKET, '[Socket]', 'TriggerLimitBurst=3')}; systemctl restart {SOCKET}",
          inject="python3 -c 'import socket; socket.create_connection((\"127.0.0.1\", 7070))'",
          undo=f"{without_drop_in(ON_DEMAND)}; {without_drop_in(SOCKET)}; systemctl reset-failed {SOCKET} {ON_DEMAND};"
               f"systemctl restart {SOCKET}",
          turns=ports(ON_DEMAND, "socket_stopped"), follows={f"{ON_DEMAND} service_state": "nothing is left that would start it"}),
    Fault("526", "one of two addresses is not bound", inject=as_server("127.0.0.1:7021", "tcp:127.0.0.1:7021", "tcp:127.0.0.2:7021"),
          undo=AS_BEFORE, turns=ports(CANARY, "missing"), wavers=restarts(CANARY)),
    Fault("527", "socket unit for IPv6 only",
          prepare=f"cp {SPECS}/on-demand.json /root/",
          inject=f"{drop_in(SOCKET, '[Socket]', 'ListenStream=', 'ListenStream=7070', 'BindIPv6Only=ipv6-only')};"
                 f"systemctl restart {SOCKET}; {declared(ON_DEMAND, port_bindings={'listen': ['tcp:*:7070']})}",
          undo=f"{without_drop_in(SOCKET)}; systemctl restart {SOCKET}; mv /root/on-demand.json {SPECS}/; {RELOAD}", turns=ports(ON_DEMAND, "missing"),
          wavers={f"{ON_DEMAND} service_state": "nothing starts it while its socket is down"}),
    Fault("528", "source of a generated unit removed", timeout=5,
          prepare=f"touch /etc/canary.source; {drop_in(CANARY, '[Unit]', 'SourcePath=/etc/canary.source')}",
          inject="rm /etc/canary.source", undo=without_drop_in(CANARY), turns=(Turn(CANARY, "unit_definition", "not_loaded"),)),
    Fault("529", ".wants link that leads to /dev/null",
          inject=f"ln -sfn /dev/null {LINK}; systemctl daemon-reload",
          undo=f"ln -sfn /etc/systemd/system/{GRAFANA} {LINK}; systemctl daemon-reload",
          turns=(Turn(GRAFANA, "boot_start", "not_started"),)),
    Fault("530", "one instance of a template stopped",
          prepare=instances(), inject=f"systemctl stop {INSTANCES[1]}",
          undo=f"{forgotten(*INSTANCES)}; systemctl --quiet disable --now {' '.join(INSTANCES)};"
               "rm /etc/systemd/system/many@.service; systemctl daemon-reload",
          turns=(Turn(INSTANCES[1], "service_state", "inactive"),),
          wavers={"many@*": "their specs are there for this fault only"},
          follows={"host coverage": "their specs are gone until they are forgotten"}),
    Fault("531", "user's unit that a target of the system should start",
          prepare=KEEP, inject=f"sed -i s/^WantedBy=.*/WantedBy=multi-user.target/ {OF_USER}; {AS_DEV} systemctl --user --quiet reenable {JUPYTER}",
          undo=f"cp -p /root/{JUPYTER} {OF_USER}; {AS_DEV} systemctl --user --quiet reenable {JUPYTER}",
          turns=of_user("boot_start", "unreachable"), follows={f"{JUPYTER} unit_definition": "its file changes before the reload"}),
)
