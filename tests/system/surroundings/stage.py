# SPDX-License-Identifier: MIT
"""The sandbox of the surroundings' faults: that of the attacks, with the load."""

import json
from http.client import HTTPException
from pathlib import Path

from attack.stage import DAEMON, VICTIM, Stage
from bench.world import PORT, UNITS, client
from faults.fault import Step
from sandbox.wait import wait_until

from . import load

CALM = 120  # seconds until everything passes
COUNTED = 30  # seconds until the last error is counted
AHEAD = "/usr/local/lib/clock-ahead"
# Each is stopped or killed more often than systemd permits by default.
OFTEN = "[Unit]\nStartLimitIntervalSec=0\n"
RESTARTED = ("systemd-journald.service", "dbus.service", "systemd-logind.service")
STATE = "/var/lib/checklistd/state.json"
PASSING = ("pass", "skip")


class Loaded(Stage):
    """As a context a booted sandbox under load, in which every check passes that the load lets pass.

    With `flips` a unit fails now and then; with `clock` the wall clock of the daemon and of journald can be stepped.
    """

    def __init__(self, build, furnish=None, flips=False, clock=False):
        super().__init__(build, self._before_boot)
        self._more, self._flips, self._clock = furnish, flips, clock

    def furnish(self):
        super().furnish()
        self.load()
        wait_until(lambda: self.errors_counted() > 0, CALM, "an error of the load to be counted")
        wait_until(self.passes, CALM, lambda: f"not passing: {self.not_passing()[:1000]}", interval=0.5)
        seen = self.seen()[0]
        self.calm, self.apart = seen.status, self._unlike(self.fresh(), seen.status)

    def _before_boot(self, box):
        load.furnish(box)
        for unit in (VICTIM, load.TALKER, load.FLIP, *(f"{name}.service" for name in load.TICKS)):
            self.spec(unit, settle="0", checks={"boot_start": False})
        for unit in RESTARTED:
            self.box.write(f"{UNITS}/{unit}.d/often.conf", OFTEN)
        if self._clock:
            library = client(self.box, "clock", load.CLIENTS, "-shared", "-fPIC")
            self.step_clock(0)
            for unit in (DAEMON, "systemd-journald.service"):
                self.box.write(f"{UNITS}/{unit}.d/clock.conf", f"[Service]\nEnvironment=LD_PRELOAD={library}\n")
        if self._more:
            self._more(box)

    # -- what is done ------------------------------------------------------------------------------

    def do(self, step: Step):
        if callable(step):
            step(self)
        elif step:
            self.box.run(["sh", "-euc", step], timeout=180)

    def step_clock(self, seconds: int):
        """Sets the wall clock of the daemon and of journald ahead of the machine's, which all sandboxes share."""
        self.box.inside(_set_number, Path(AHEAD), seconds)

    def load(self):
        self.box.run(f"rm -f /run/load-flip; systemctl start {load.FLIP} {load.units(self._flips)}")

    def quiet(self):
        """Ends the load and waits until what it wrote is in the journal."""
        self.box.run(f"systemctl stop {load.units(self._flips)}; journalctl --sync")

    # -- what is seen ------------------------------------------------------------------------------

    def show(self, *names) -> dict[str, str]:
        """Properties of the daemon's unit."""
        lines = self.box.run(f"systemctl show {DAEMON} --property={','.join(names)}").stdout.splitlines()
        return dict(line.split("=", 1) for line in lines)

    def passes(self) -> bool:
        """Whether everything passes but what the load makes fail."""
        status = self.asked(lambda: self.seen()[0].status)
        return bool(status) and not [key for key, each in status.items() if each not in PASSING
                                     and not key.startswith(load.LOADED + (load.FOLLOWS if self._flips else ()))]

    def unlike_before(self) -> list[str]:
        status = self.asked(lambda: self.seen()[0].status)
        return self._unlike(status, self.calm) if status else ["there is no report"]

    def fresh(self) -> dict[str, str]:
        """What an evaluation without the daemon says, by "unit check"."""
        text = self.box.run("checklistctl check --format json", check=False, timeout=60).stdout
        return statuses(json.loads(text)) if text else {}

    def unlike_fresh(self) -> list[str]:
        """Where the daemon and an evaluation without it differ now and did not before the fault."""
        fresh = self.fresh()
        return sorted(set(self._unlike(fresh, self.seen()[0].status)) - set(self.apart)) if fresh else ["there is no evaluation"]

    def _unlike(self, now, before) -> list[str]:
        varying = load.LOADED + (load.FOLLOWS if self._flips else ())
        return [f"{key} is {now[key]} in place of {before[key]}" for key in now.keys() & before.keys()
                if now[key] != before[key] and not key.startswith(varying)]

    def errors_counted(self) -> int:
        """The load's errors, as the daemon counts them."""
        text = self.asked(lambda: self.box.http(PORT, "/metrics").body) or ""
        name = f'checklist_journal_messages_total{{unit="{load.TALKER}",manager="system",level="error"}} '
        return next((int(float(line.rpartition(" ")[2])) for line in text.splitlines() if line.startswith(name)), 0)

    def errors_logged(self) -> int:
        """The same, as they are in the journal."""
        return self.box.run(f"journalctl --quiet --unit={load.TALKER} --priority=err --output=cat", check=False,
                            timeout=120).stdout.count("\n")

    def count_errors(self) -> tuple[int, int]:
        """Ends the load; its errors in the journal and as they are counted, once the last one may be."""
        self.quiet()
        logged = self.errors_logged()
        try:
            wait_until(lambda: self.errors_counted() == logged, COUNTED)
        except TimeoutError:
            pass  # the caller compares them
        return logged, self.errors_counted()

    def state(self) -> dict:
        return json.loads(self.box.read(STATE))

    def asked(self, question):
        """The answer, or nothing while the daemon has none."""
        try:
            return question()
        except (OSError, HTTPException, ValueError, KeyError):
            return None


def statuses(report) -> dict[str, str]:
    owners = [*report["services"], *([report["host"]] if "host" in report else [])]
    return {f"{owner.get('unit', 'host')} {check['check']}": check["status"] for owner in owners for check in owner["checks"]}


def _set_number(path: Path, number: int):
    if not path.exists():
        path.write_bytes(bytes(8))
    with path.open("r+b") as file:
        file.write(number.to_bytes(8, "little", signed=True))
