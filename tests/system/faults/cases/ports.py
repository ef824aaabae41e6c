# SPDX-License-Identifier: MIT
"""Faults of addresses: too wide, elsewhere, taken by others, on demand, unreachable."""

from sandbox.wait import wait_until

from ..fault import Fault, Turn, drop_in, restarted_with, restarts, without_drop_in
from ..stage import Stage

GRAFANA, ON_DEMAND = "grafana.service", "on-demand.service"
OLLAMA, MANAGER = "ollama.service", "ollama-gpu-manager.service"  # which is PartOf= ollama
CLAMD = "/run/clamav/clamd.ctl"
SQUAT = "/usr/local/bin/stand-in-server --listen 127.0.0.1:3000 /=squatter"
SQUATTER, CGROUP = "/run/squatter.pid", "/sys/fs/cgroup/engine/4711"
PROBED_IN_VAIN = {f"{GRAFANA} health_probe": "no answer at the probed address"}


def ports(unit: str, reason: str) -> tuple[Turn, ...]:
    return (Turn(unit, "port_bindings", reason),)


def listening_on(addresses: str) -> dict[str, str]:
    return restarted_with(GRAFANA, f"Environment=LISTEN={addresses}")


def squat_outside_of_any_unit(stage: Stage):
    """In a cgroup as container engines make them."""
    stage.do(f"mkdir -p {CGROUP}; echo $$ > {CGROUP}/cgroup.procs;"
             f"setsid {SQUAT} > /dev/null 2>&1 & echo $! > {SQUATTER}")
    wait_until(lambda: stage.box.listens(3000), 5, "port 3000 is not taken")


def listen_late(stage: Stage):
    stage.do(f"systemctl restart {OLLAMA}")
    wait_until(lambda: stage.box.listens(11434), 15, "ollama's port stays closed")


FAULTS = (
    Fault("22a", "listens on 0.0.0.0 instead of 127.0.0.1",
          turns=ports(GRAFANA, "wider"), wavers=restarts(GRAFANA), **listening_on("0.0.0.0:3000")),
    Fault("22b", "listens on [::] instead of 127.0.0.1",
          turns=ports(GRAFANA, "wider"), wavers=restarts(GRAFANA), **listening_on("[::]:3000")),
    Fault("23", "listens on another port",
          turns=ports(GRAFANA, "missing"), wavers=restarts(GRAFANA), follows=PROBED_IN_VAIN,
          **listening_on("127.0.0.1:3001")),
    Fault("24a", "port held by another unit while the service is down",
          prepare=f"systemctl stop {GRAFANA}",
          inject=f"systemd-run --quiet --collect --unit=squatter {SQUAT}",
          undo=f"systemctl stop squatter; systemctl start {GRAFANA}",
          turns=(*ports(GRAFANA, "foreign"), Turn(GRAFANA, "service_state", "inactive")),
          wavers=restarts(GRAFANA)),
    Fault("24b", "port held by a process of no unit, while the service is down",
          prepare=f"systemctl stop {GRAFANA}", inject=squat_outside_of_any_unit,
          undo=f"kill $(cat {SQUATTER}); rm {SQUATTER}; systemctl start {GRAFANA}",
          turns=(*ports(GRAFANA, "foreign"), Turn(GRAFANA, "service_state", "inactive")),
          wavers=restarts(GRAFANA)),
    Fault("25", "opens an extra port on all interfaces",
          turns=ports(GRAFANA, "extra"), wavers=restarts(GRAFANA),
          **listening_on("127.0.0.1:3000,0.0.0.0:3999")),
    Fault("26", "socket unit of an idle service stopped",
          inject="systemctl stop on-demand.socket", undo="systemctl start on-demand.socket",
          turns=ports(ON_DEMAND, "socket_stopped"),
          follows={f"{ON_DEMAND} service_state": "nothing is left that would start it"}),
    Fault("47", "binds 5 s after it is active",
          prepare=drop_in(OLLAMA, "[Service]", "Environment=BIND_DELAY=5", "Environment=LOADING=20"),
          inject=listen_late, undo=f"{without_drop_in(OLLAMA)}; systemctl restart {OLLAMA}",
          wavers=restarts(OLLAMA, MANAGER)),
    Fault("102", "socket unit's address changed",
          # A reload already closes what the socket unit does not name any more.
          inject=drop_in("on-demand.socket", "[Socket]", "ListenStream=", "ListenStream=127.0.0.1:7072")
                 + "; systemctl restart on-demand.socket",
          undo=f"{without_drop_in('on-demand.socket')}; systemctl restart on-demand.socket",
          turns=(Turn("on-demand.service", "port_bindings", "missing"),),
          follows={"on-demand.service service_state": "nothing would start it while its socket is down"}),
    Fault("111", "listens on another address of loopback",
          turns=(Turn(GRAFANA, "port_bindings", "missing"),), wavers=restarts(GRAFANA),
          follows={f"{GRAFANA} health_probe": "no answer at the probed address"},
          **restarted_with(GRAFANA, "Environment=LISTEN=127.0.0.2:3000")),
    Fault("114", "unix socket's file removed under its service",
          inject=f"rm {CLAMD}",
          undo="systemctl restart clamav-daemon.socket clamav-daemon.service",
          turns=(Turn("clamav-daemon.service", "port_bindings", "unreachable"),),
          wavers=restarts("clamav-daemon.service")),
)
