# SPDX-License-Identifier: MIT
"""The sandbox of attacks: the plan's units, one unit more that is killed, the installed daemon, and what attackers need."""

import json
import shlex
import subprocess
from contextlib import contextmanager
from pathlib import Path

from bench.world import PORT, SPECS, UNITS, client, main_pid, ready, scrape_rarely
from sandbox import enforced, plan
from sandbox.furnished import Furnished
from sandbox.wait import wait_until

from faults.watch import STATUSES, read

CLIENTS = Path(__file__).parent / "clients"
DAEMON, VICTIM = "checklistd.service", "victim.service"
SLEEPER = "[Unit]\nStartLimitIntervalSec=0\n[Service]\nExecStart=/usr/bin/sleep infinity\n"
STARTING = 120  # seconds until everything passes
ANYONE = "nobody"


class Stage(Furnished):
    """As a context a booted sandbox in which every check passes."""

    said = ""  # by the attacker that ended last
    broken = ()  # promises, before the measurement

    def __init__(self, build, furnish=None):
        super().__init__("attack")
        self._build, self._furnish = build, furnish

    def furnish(self):
        box = self.box
        plan.install(box, self._build)
        enforced.relax(box)
        scrape_rarely(box)
        box.write(f"{UNITS}/{VICTIM}", SLEEPER)
        self.spec(VICTIM)
        for program in ("witness", "hold"):
            box.write(f"/usr/local/bin/attack-{program}", (CLIENTS / f"{program}.py").read_text(), 0o755)
        if self._furnish:
            self._furnish(box)
        box.boot()
        plan.wait_up(box, 60)
        box.run(f"systemctl start {VICTIM}")
        wait_until(lambda: ready(box), STARTING, "checklistd")
        self.storm = client(box, "storm", CLIENTS)

    def spec(self, unit, **keys):
        self.box.write(f"{SPECS}/{unit}.json", json.dumps({"unit": unit} | keys))

    @property
    def pid(self) -> int:
        """Of the daemon, as the sandbox numbers it."""
        return main_pid(self.box, DAEMON)

    def restarts(self) -> int:
        """How often PID 1 has restarted the daemon by itself."""
        return self.box.run(f"journalctl --quiet --no-pager --output=cat --grep='Scheduled restart job' _PID=1 UNIT={DAEMON}",
                            check=False).stdout.count("\n")

    def exits(self) -> list[str]:
        """What PID 1 logged of the daemon's ends, and the errors that it logged itself."""
        show = "journalctl --quiet --no-pager --output=cat"
        return self.box.run(f"{show} --grep='exited|Watchdog|timeout' _PID=1 UNIT={DAEMON} | sort | uniq --count;"
                            f"{show} --priority=err _SYSTEMD_UNIT={DAEMON} | sort | uniq --count",
                            check=False).stdout.splitlines()

    def figure(self, name: str, timeout=5.0) -> float:
        """A metric without labels, as it is now."""
        lines = self.box.http(PORT, "/metrics", timeout=timeout).body.splitlines()
        return next(float(line.split()[1]) for line in lines if line.startswith(f"checklist_{name} "))

    def seen(self, timeout=30.0):
        """The state that is served, and the report's list of changes."""
        report = json.loads(self.box.http(PORT, "/api/v1/report", timeout=timeout).body)
        return read(self.box.http(PORT, "/metrics", timeout=timeout).body, report), report["changes"]

    def all_judged(self, prefix) -> bool:
        """Whether there is a report in which nothing is unknown of the units whose names begin so."""
        try:
            status = self.seen()[0].status
        except (OSError, ValueError, KeyError):
            return False
        return bool(status) and "unknown" not in (each for key, each in status.items() if key.startswith(prefix))

    def not_passing(self) -> str:
        try:
            seen = self.seen()[0]
        except (OSError, ValueError, KeyError) as error:
            return f"no report: {error}"
        return "; ".join(f"{key} {status}: {why}" for (key, status), why in sorted(seen.reasons.items())
                         if status not in STATUSES[:2])

    def daemon_file(self, relative) -> Path:
        return Path(f"/proc/{self.pid}", relative)

    @contextmanager
    def hostile(self, *command, user=ANYONE):
        """A program of an attacker, which ends when its standard input does; its last line is kept in `said`."""
        uid = ["setpriv", f"--reuid={user}", f"--regid={self._group(user)}", "--clear-groups"]
        with self.box.popen([*uid, *map(str, command)], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                            stderr=subprocess.PIPE, text=True) as program:
            yield program
            out, errors = program.communicate()
            if program.returncode:
                raise RuntimeError(f"{shlex.join(map(str, command))} failed: {errors}")
            self.said = out.strip()

    def _group(self, user) -> str:
        return self.box.run(f"id --group {user}").stdout.strip()
