# SPDX-License-Identifier: MIT
"""Faults of the host's addresses: taken away under a service, of one family only."""

from ..fault import Fault, Turn, drop_in, restarts, without_drop_in
from ..stage import Stage

CANARY, SPEC = "canary.service", "/etc/checklistd/services.d/canary.json"
ON_DEMAND = "on-demand.socket"
SERVER = "/usr/local/bin/stand-in-server --listen"
RELOAD = "systemctl reload checklistd.service"
PLAIN = '{"unit": "canary.service", "group": "faults"}'
APPEARS = {f"{CANARY} port_bindings": "the spec has the check for this fault only", **restarts(CANARY)}


def as_server(address: str, declared: str):
    """A step that has the canary listen, and its spec say where it should."""
    def step(stage: Stage):
        stage.do(drop_in(CANARY, "[Service]", "ExecStart=", f"ExecStart={SERVER} {address} /=canary")
                 + f"; systemctl restart {CANARY}")
        stage.box.write(SPEC, '{"unit": "canary.service", "group": "faults", "settle": "1s",'
                              f' "checks": {{"port_bindings": {{"listen": ["{declared}"]}}}}}}')
        stage.do(RELOAD)
    return step


def as_before(*commands: str):
    def step(stage: Stage):
        stage.do("; ".join((*commands, without_drop_in(CANARY), f"systemctl restart {CANARY}")))
        stage.box.write(SPEC, PLAIN)
        stage.do(RELOAD)
    return step


def on_an_address_of_its_own(stage: Stage):
    stage.do("ip address add 10.99.14.1/32 dev lo")
    as_server("10.99.14.1:7021", "tcp:10.99.14.1:7021")(stage)


def on_a_host_without_ipv6(stage: Stage):
    stage.do("sysctl --quiet --write net.ipv6.conf.all.disable_ipv6=1")
    as_server("0.0.0.0:7024", "tcp:*:7024")(stage)


FAULTS = (
    Fault("480", "address of the host taken away under a service", timeout=10,
          turns=(Turn(CANARY, "port_bindings", "unreachable"),),
          prepare=on_an_address_of_its_own, inject="ip address del 10.99.14.1/32 dev lo", undo=as_before(),
          wavers=APPEARS),
    Fault("481", "a service of both families on a host without IPv6",
          inject=on_a_host_without_ipv6,
          undo=as_before("sysctl --quiet --write net.ipv6.conf.all.disable_ipv6=0"), wavers=APPEARS),
    Fault("482", "socket unit listens on all addresses",
          inject=drop_in(ON_DEMAND, "[Socket]", "ListenStream=", "ListenStream=7070")
                 + f"; systemctl restart {ON_DEMAND}",
          undo=f"{without_drop_in(ON_DEMAND)}; systemctl restart {ON_DEMAND}",
          turns=(Turn("on-demand.service", "port_bindings", "wider"),),
          wavers={"on-demand.service service_state": "nothing starts it while its socket is down"}),
)
