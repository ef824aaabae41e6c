# SPDX-License-Identifier: MIT
"""Faults of the edges between units."""

from ..fault import Fault, Turn, drop_in, without_drop_in

LLAMA, SCAN, MANAGER = "llamacpp.service", "clamav-scan.service", "ollama-gpu-manager.service"
FILE = f"/etc/systemd/system/{SCAN}"


def edge(unit: str, reason: str) -> tuple[Turn, ...]:
    return (Turn(unit, "dependencies", reason),)


FAULTS = (
    Fault("11a", "Wants= names a unit that does not exist any more",
          inject=drop_in(LLAMA, "[Unit]", "Wants=vanished.service"), undo=without_drop_in(LLAMA),
          turns=edge(LLAMA, "not_found")),
    Fault("11c", "After= names a unit that does not exist, undeclared",
          inject=drop_in(LLAMA, "[Unit]", "After=vanished.service"), undo=without_drop_in(LLAMA)),
    # systemd cannot take an edge back by a drop-in (systemd.unit(5): lists of units add up).
    Fault("12", "declared Requires= removed",
          inject=f"cp {FILE} /root/; sed -i /^Requires=/d {FILE}; systemctl daemon-reload",
          undo=f"mv /root/{SCAN} {FILE}; systemctl daemon-reload",
          turns=edge(SCAN, "missing")),
)
