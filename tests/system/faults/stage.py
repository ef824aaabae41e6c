# SPDX-License-Identifier: MIT
"""The sandbox that all faults share: the plan's units, the installed daemon, and a watch over it."""

from pathlib import Path

from sandbox import Sandbox, enforced, plan
from sandbox.wait import wait_until

from .fault import Step
from .watch import PORT, Seen, Watch, differences

ROOT = Path(__file__).parent / "root"
STARTING = 60  # seconds until everything passes
QUIET = 1.5  # seconds without another state
# A missing listener is a failure after this time, not after the half minute that is the default.
QUICK = {"grafana.json": "1s", "clamav-daemon.json": "1s"}


class Stage:
    """Where faults happen. `calm` is the report's picture while nothing is wrong."""

    def __init__(self, build, say):
        self._build, self._say = build, say
        self.box = self.watch = self.calm = None

    def __enter__(self):
        self._raise()
        return self

    def __exit__(self, *_):
        self.close()

    def close(self):
        if self.watch:
            self.watch.stop()
        if self.box:
            self.box.close()
        self.box = self.watch = None

    def renew(self):
        """Another sandbox, because this one cannot be brought back to how it was."""
        self.close()
        self._raise()

    def do(self, step: Step):
        if callable(step):
            step(self)
        elif step:
            self.box.run(["sh", "-euc", step])

    def fetch(self, path, headers=None, timeout=5.0):
        return self.box.http(PORT, path, headers, timeout=timeout)

    def figure(self, name: str) -> float:
        """A metric without labels, as it is now."""
        lines = self.fetch("/metrics").body.splitlines()
        return next(float(line.split()[1]) for line in lines if line.startswith(f"checklist_{name} "))

    def ends(self) -> str:
        """PID 1's recent log lines about an exit of checklistd, in case it was not intended."""
        lines = self.box.run(["journalctl", "--quiet", "--no-pager", "--output=cat", "--since=-1min", "--grep=exited",
                             "_PID=1", "UNIT=checklistd.service"], check=False).stdout
        return "".join(f"\n         {line}" for line in lines.splitlines())

    def reboot(self):
        self.watch.stop()
        self.box.reboot()
        self.watch.start()
        plan.wait_up(self.box)

    def settle(self):
        """Waits until nothing has changed for a while: what was done is what all know."""
        while self.watch.first(lambda seen, latest=self.watch.latest: seen.moment > latest.moment,
                               self.watch.latest.moment, QUIET):
            pass

    def is_calm(self, seen: Seen) -> bool:
        return seen.picture == self.calm

    def unlike_before(self) -> list[str]:
        return differences(self.calm, self.watch.latest.picture)

    def _raise(self):
        self.box = Sandbox("faults").__enter__()
        try:
            self._furnish()
            self._say("booting")
            self.box.boot()
            plan.wait_up(self.box)
            self.box.run("systemctl start seldom.service yearly.service")
            self._prepare()
            self._say("waiting until everything passes")
            self.watch = Watch(self.fetch)
            self.watch.start()
            self.calm = self._lasting().picture
        except BaseException:
            self.close()
            raise

    def _prepare(self):
        """What is to be done before the report is read for the first time."""

    def _lasting(self) -> Seen:
        """Waits for a state in which everything passes and stays so: journal messages of a oneshot arrive late."""
        since = 0.0
        while calm := self.watch.first(Seen.all_passes, since, STARTING) or self.watch.latest:
            other = self.watch.first(lambda seen, calm=calm: seen.picture != calm.picture, calm.moment, QUIET)
            if not other:
                return calm
            since = other.moment
        raise TimeoutError("checklistd served no report:\n" + self.box.run(
            "journalctl --no-pager --lines=20 --unit=checklistd.service", check=False).stdout)

    def _furnish(self):
        plan.install(self.box, self._build)
        self.box.unpack(ROOT)
        self.box.run("systemctl --quiet enable canary.service earlier.service legacy.service starter.service"
                     " on-demand.socket moved.service yearly.timer")
        # A timer remembers its last trigger by this file (Persistent= of systemd.timer(5)).
        self.box.run("mkdir -p /var/lib/systemd/timers;"
                     "touch --date=yesterday /var/lib/systemd/timers/stamp-yearly.timer")
        for name, settle in QUICK.items():
            enforced.change(self.box, name, lambda spec, settle=settle: spec | {"settle": settle})
        enforced.relax(self.box)
