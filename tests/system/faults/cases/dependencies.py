# SPDX-License-Identifier: MIT
"""Faults of the edges between units."""

from ..fault import Fault, Turn, drop_in, without_drop_in

LLAMA, GRAFANA, SCAN = "llamacpp.service", "grafana.service", "clamav-scan.service"
CREDENTIALS = "setup-system-credentials.service"
FILES = "/etc/systemd/system"


def edge(unit: str, reason: str) -> tuple[Turn, ...]:
    return (Turn(unit, "dependencies", reason),)


FAULTS = (
    Fault("11a", "Wants= names a unit that does not exist any more",
          inject=drop_in(LLAMA, "[Unit]", "Wants=vanished.service"), undo=without_drop_in(LLAMA),
          turns=edge(LLAMA, "not_found")),
    Fault("11b", "declared After= names a unit that does not exist any more",
          inject=f"mv {FILES}/{CREDENTIALS} /root/; systemctl daemon-reload",
          undo=f"mv /root/{CREDENTIALS} {FILES}/; systemctl daemon-reload",
          turns=edge(GRAFANA, "no_other_end"),
          follows={f"{CREDENTIALS} *": "has a spec of its own and is gone"}),
    Fault("11c", "After= names a unit that does not exist, undeclared",
          inject=drop_in(LLAMA, "[Unit]", "After=vanished.service"), undo=without_drop_in(LLAMA)),
    # systemd cannot take an edge back by a drop-in (systemd.unit(5): lists of units add up).
    Fault("12", "declared Requires= removed",
          inject=f"cp {FILES}/{SCAN} /root/; sed -i /^Requires=/d {FILES}/{SCAN}; systemctl daemon-reload",
          undo=f"mv /root/{SCAN} {FILES}/; systemctl daemon-reload",
          turns=edge(SCAN, "no_edge")),
)
