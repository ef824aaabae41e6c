# SPDX-License-Identifier: MIT
"""What targets that hang, drip and flood do to everything else: nothing."""

import json
import re
import time

from sandbox.wait import wait_until

from .costs import CHECKLISTD, cpu, memory, spent
from .detection import UNIT
from .figures import ms, spread, table
from .world import CLIENTS, PORT, SPECS, UNITS, client, main_pid, world

KINDS = {"hang": 7001, "drip": 7002, "flood": 7003}
SERVER = "/usr/local/bin/bench-hostile"
REPETITIONS = 20
LONGEST = 25  # seconds a repetition may take


def run(build, each=10):
    """Detection, CPU, memory and the longest turn without and with `each` hostile targets a kind."""
    with world(build) as box:
        program = client(box, "detection")
        rows = [measured(box, program, "thirteen specs")]
        furnish(box, each)
        wait_until(lambda: failing(box) == each * len(KINDS), 60, "verdicts on the hostile targets")
        rows.append(measured(box, program, f"and {each} targets each that hang, drip and flood"))
    table(["", "detection: min", "median", "max", "CPU of a core", "PSS", "longest turn"], rows)


def measured(box, program, name) -> list[str]:
    """`spread` of detection, then what the daemon cost meanwhile."""
    pid = main_pid(box, "checklistd.service")
    box.http(PORT, "/metrics")  # begins another longest turn
    before, began = cpu(box, CHECKLISTD), time.monotonic_ns()
    lines = box.run([program, UNIT, str(REPETITIONS), str(PORT)],
                    timeout=LONGEST * REPETITIONS).stdout.splitlines()
    share = spent(before, cpu(box, CHECKLISTD))[CHECKLISTD] / (time.monotonic_ns() - began)
    turn = float(metric(box, "checklist_loop_longest_turn_seconds"))
    shown = [int(line.split()[1]) for line in lines]
    return [name, *spread(shown), f"{share:.2%}", f"{memory(box, pid)['Pss'] / 1e6:.2f} MB",
            ms(turn * 1e9)]


def metric(box, name) -> str:
    return re.search(rf"^{name} (\S+)$", box.http(PORT, "/metrics").body, re.MULTILINE)[1]


def failing(box) -> int:
    """How many of the hostile targets are seen to fail."""
    pattern = r'^checklist_check_status\{unit="hostile@[^}]*check="health_probe"[^}]*status="fail"\} 1$'
    return len(re.findall(pattern, box.http(PORT, "/metrics").body, re.MULTILINE))


def furnish(box, each):
    """Starts the hostile server and units that claim it, and has checklistd probe each every second."""
    box.write(SERVER, (CLIENTS / "hostile_server.py").read_text())
    box.write(f"{UNITS}/hostile.service", f"[Service]\nExecStart=/usr/bin/python3 {SERVER}\n")
    box.write(f"{UNITS}/hostile@.service", "[Service]\nExecStart=/usr/bin/sleep infinity\n")
    names = [(kind, f"hostile@{kind}-{number}.service") for kind in KINDS for number in range(each)]
    for kind, name in names:
        probe = {"url": f"http://127.0.0.1:{KINDS[kind]}/", "body": "never", "interval": "1s"}
        box.write(f"{SPECS}/{name}.json",
                  json.dumps({"unit": name, "settle": "0", "checks": {"health_probe": probe}}))
    box.run(f"systemctl daemon-reload; systemctl start hostile.service {' '.join(n for _, n in names)};"
            "systemctl reload checklistd.service", timeout=60)
