# SPDX-License-Identifier: MIT
"""Faults of GPU nodes that are not those of the unit's start."""

from ..fault import Fault, drop_in, restarts, without_drop_in
from .gpu import ALL, ASIDE, LLAMA, MANAGER, NODE, NOT_RESTARTED, OLLAMA, access

UVM = "/dev/nvidia-uvm"
OTHER = f"mv {NODE} {ASIDE}; mknod -m 0660 {NODE} c 195 9; chgrp video {NODE}"
BACK = f"rm {NODE}; mv {ASIDE} {NODE}"

FAULTS = (
    Fault("330", "a node created again with another number, which no device list has",
          inject=OTHER, undo=BACK, turns=access("device_policy", *ALL)),
    Fault("331", "a process that is older than its GPU's node",
          prepare=f"{drop_in(LLAMA, '[Service]', 'DevicePolicy=auto', 'DeviceAllow=')}; systemctl restart {LLAMA}; sleep 3",
          inject=OTHER, undo=f"{BACK}; {without_drop_in(LLAMA)}; systemctl restart {LLAMA}",
          turns=(*access("restart_needed", LLAMA), *access("device_policy", OLLAMA, MANAGER)),
          wavers=restarts(LLAMA), follows=NOT_RESTARTED),
    Fault("332", "no node of the module nvidia-uvm, and no helper that may create it",
          inject=f"mv {UVM} {ASIDE}", undo=f"mv {ASIDE} {UVM}", turns=access("missing", *ALL)),
)
