# SPDX-License-Identifier: MIT
"""Faults of the host's addresses: taken away under a service, of one family only."""

from ..fault import Fault, Turn, drop_in, restarts, without_drop_in
from .config import declared

CANARY = "canary.service"
ON_DEMAND = "on-demand.socket"
SERVER = "/usr/local/bin/stand-in-server --listen"
APPEARS = {f"{CANARY} port_bindings": "the spec has the check for this fault only", **restarts(CANARY)}


def as_server(address: str, *listen: str) -> str:
    """Shell: has the canary listen, and its spec say where it should."""
    return (f"{drop_in(CANARY, '[Service]', 'ExecStart=', f'ExecStart={SERVER} {address} /=canary')};"
            f"systemctl restart {CANARY}; {declared(CANARY, port_bindings={'listen': list(listen)})}")


AS_BEFORE = f"{without_drop_in(CANARY)}; systemctl restart {CANARY}; {declared(CANARY)}"

FAULTS = (
    Fault("480", "address of the host taken away under a service", timeout=10,
          turns=(Turn(CANARY, "port_bindings", "unreachable"),),
          prepare=f"ip address add 10.99.14.1/32 dev lo; {as_server('10.99.14.1:7021', 'tcp:10.99.14.1:7021')}",
          inject="ip address del 10.99.14.1/32 dev lo", undo=AS_BEFORE,
          wavers=APPEARS),
    Fault("481", "a service of both families on a host without IPv6",
          inject=f"sysctl --quiet --write net.ipv6.conf.all.disable_ipv6=1; {as_server('0.0.0.0:7024', 'tcp:*:7024')}",
          undo=f"sysctl --quiet --write net.ipv6.conf.all.disable_ipv6=0; {AS_BEFORE}", wavers=APPEARS),
    Fault("482", "socket unit listens on all addresses",
          inject=drop_in(ON_DEMAND, "[Socket]", "ListenStream=", "ListenStream=7070")
                 + f"; systemctl restart {ON_DEMAND}",
          undo=f"{without_drop_in(ON_DEMAND)}; systemctl restart {ON_DEMAND}",
          turns=(Turn("on-demand.service", "port_bindings", "wider"),),
          wavers={"on-demand.service service_state": "nothing starts it while its socket is down"}),
)
