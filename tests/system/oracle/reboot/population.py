# SPDX-License-Identifier: MIT
"""A sandbox with one population of units: set up, judged by checklistd, rebooted and looked at again."""

import json
from dataclasses import dataclass, field

from sandbox import Sandbox, SandboxError
from sandbox.wait import wait_until

from .draw import DATA, FSTAB, LATE, Unit

PORT = 10558
SPECS = "/etc/checklistd/services.d"
JUDGED = ("boot_start", "unit_definition", "dependencies", "service_state", "toggles")
KEPT = ("ActiveState", "LimitNOFILE", "CPUWeight", "Nice", "Names")  # what a unit had and must have again
SETTLING = 8  # seconds; a difference of definitions counts after some
PREPARE = f"""set -e
mkdir -p {LATE} {DATA} /var/behind-late /var/behind-data /opt/early /etc/conditions {SPECS}
printf '{FSTAB}' >> /etc/fstab
"""


@dataclass
class Outcome:
    """What was said of a unit before the reboot, and what became of it."""

    unit: Unit
    said: dict[str, str] = field(default_factory=dict)  # reason: sentence, of what fails
    unsure: dict[str, str] = field(default_factory=dict)  # likewise of what is unknown
    lost: list[str] = field(default_factory=list)  # empty: it is as before

    @property
    def kind(self) -> str:
        return self.unit.fault or "healthy"


def run(build, units: list[Unit]) -> list[Outcome]:
    outcomes = {unit.id: Outcome(unit) for unit in units}
    with Sandbox("reboot") as box:
        box.install(build)
        box.run(PREPARE)
        for unit in units:
            box.write(f"{SPECS}/{unit.name}.json", json.dumps({"unit": unit.id, "settle": "1s"}))
        box.boot()
        _set_up(box, units)
        before = _state(box, units)
        for name, state in before.items():
            if state["ActiveState"] != "active":
                raise SandboxError(f"{name} did not start: {state}")
        _judge(box, outcomes)
        box.reboot()
        wait_until(lambda: box.run("systemctl is-system-running", check=False).stdout.strip() in ("running", "degraded"),
                   30, "the boot")
        after = _state(box, units)
    for name, outcome in outcomes.items():
        outcome.lost = [f"{key}: {value} became {after[name].get(key)}" for key, value in before[name].items()
                        if after[name].get(key) != value]
    return list(outcomes.values())


def _set_up(box, units: list[Unit]):
    hands = " ".join(f"/mnt/{unit.name}" for unit in units if unit.path.startswith("/mnt/"))
    if hands:
        box.run(f"for each in {hands}; do mkdir -p $each; mount -t tmpfs tmpfs $each; done")
    for steps in ([unit.writing() for unit in units],
                  [step for unit in units for step in unit.before], ["systemctl daemon-reload"],
                  [unit.start for unit in units],
                  [step for unit in units for step in unit.after],
                  [step for unit in units for step in unit.last]):
        box.run("set -e\n" + "\n".join(steps), timeout=120)
    box.run("systemctl restart checklistd")


def _state(box, units: list[Unit]) -> dict[str, dict[str, str]]:
    names = " ".join(unit.id for unit in units)
    shown = box.run(f"systemctl show --property=Id,{','.join(KEPT)} {names}").stdout
    found = {}
    for unit, block in zip(units, filter(None, shown.split("\n\n"))):
        values = dict(line.split("=", 1) for line in block.splitlines())
        values["Names"] = " ".join(sorted(values["Names"].split()))
        if unit.needs:
            values["mount"] = box.run(f"findmnt --noheadings --output TARGET --target {unit.needs}", check=False).stdout
        if unit.needed:
            values["needed"] = box.run(f"systemctl is-active {unit.needed}", check=False).stdout
        found[unit.id] = values
    return found


def _report(box):
    return json.loads(box.http(PORT, "/api/v1/report", timeout=10).body)


def _judge(box, outcomes: dict[str, Outcome]):
    wait_until(lambda: _ready(box), 60, "checklistd")
    report = _settled(box)
    for service in report["services"]:
        outcome = outcomes[service["unit"]]
        for check in service["checks"]:
            for finding in check["findings"] if check["check"] in JUDGED else ():
                into = {"fail": outcome.said, "unknown": outcome.unsure}.get(finding["status"])
                if into is not None:
                    into[finding["reason"]] = f"{check['check']}: {finding['observed']}"


def _ready(box) -> bool:
    try:
        return box.http(PORT, "/-/ready").status == 200
    except OSError:
        return False


def _settled(box):
    """The report, once it has said the same for a while."""
    def statuses(report):
        return [(f["status"], f["reason"]) for s in report["services"] for c in s["checks"] for f in c["findings"]]
    latest, same = None, 0

    def is_calm():
        nonlocal latest, same
        report = _report(box)
        same = same + 1 if latest and statuses(latest) == statuses(report) else 0
        latest = report
        return same >= SETTLING
    wait_until(is_calm, 90, "a report that stays", interval=1)
    return latest
