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

GOOD = 7000
PASS, FAIL = 1, 3  # of checklist_check_result
KINDS = {"hang": 7001, "drip": 7002, "flood": 7003}
SERVER = "/usr/local/bin/bench-hostile"
REPETITIONS = 20
LONGEST = 25  # seconds a repetition may take


def run(build, each=10):
    """Detection, CPU, memory and the longest turn beside `each` good targets, then hostile ones, a kind."""
    count = each * len(KINDS)
    with world(build) as box:
        program = client(box, "detection")
        rows = [measured(box, program, "thirteen specs")]
        furnish(box, each)
        wait_until(lambda: probed(box, PASS) == count, 60, "verdicts on the good targets")
        rows.append(measured(box, program, f"and {count} good targets"))
        probe(box, each, KINDS)
        wait_until(lambda: probed(box, FAIL) == count, 60, "verdicts on the hostile targets")
        rows.append(measured(box, program, f"or {each} each that hang, drip and flood"))
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


def probed(box, result) -> int:
    """How many of the targets have that result."""
    pattern = rf'^checklist_check_result{{unit="hostile@[^}}]*check="health_probe"[^}}]*}} {result}$'
    return len(re.findall(pattern, box.http(PORT, "/metrics").body, re.MULTILINE))


def furnish(box, each):
    """Starts the server and the units that claim its targets, which are good ones at first."""
    box.write(SERVER, (CLIENTS / "hostile_server.py").read_text())
    box.write(f"{UNITS}/hostile.service", f"[Service]\nExecStart=/usr/bin/python3 {SERVER}\n")
    box.write(f"{UNITS}/hostile@.service", "[Service]\nExecStart=/usr/bin/sleep infinity\n")
    units = " ".join(unit for _, unit in targets(each))
    box.run(f"systemctl daemon-reload; systemctl start hostile.service {units}", timeout=60)
    probe(box, each, dict.fromkeys(KINDS, GOOD))


def targets(each) -> list[tuple[str, str]]:
    """Kind and unit of each."""
    return [(kind, f"hostile@{kind}-{number}.service") for kind in KINDS for number in range(each)]


def probe(box, each, ports):
    """Has checklistd probe each target every second, at the port of its kind."""
    for kind, unit in targets(each):
        check = {"url": f"http://127.0.0.1:{ports[kind]}/", "body": "^ok", "interval": "1s"}
        box.write(f"{SPECS}/{unit}.json",
                  json.dumps({"unit": unit, "settle": "0", "checks": {"health_probe": check}}))
    box.run("systemctl reload checklistd.service", timeout=60)
