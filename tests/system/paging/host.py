# SPDX-License-Identifier: MIT
"""The host that is watched: the plan's thirteen units, ten of which are to wake someone."""

import json
from http.client import HTTPException

from faults.watch import PORT, read
from sandbox import enforced, plan
from sandbox.furnished import Furnished
from sandbox.wait import wait_until

CRITICAL = ("services.d/grafana.json", "services.d/ollama-gpu-manager.json", "services.d/docker-pull-images.json",
            "user-services.d/jupyter.json")  # the plan's others are so already
USERS, ONESHOT = "jupyter.service", "docker-pull-images.service"
SERVED = ("llamacpp.service", "ollama.service", "ollama-gpu-manager.service", "grafana.service", "prometheus.service",
          "prometheus-alertmanager.service", "clamav-daemon.service", "sshd.service")
NINE = (*SERVED, ONESHOT)
TEN = (*NINE, USERS)
NODE, PROGRAM = "/dev/nvidia0", "/usr/bin/checklistd"
SETTLING = 120  # seconds until everything is up, and until everything passes


class Host(Furnished):
    """Booted while it is a context; `port` is that of checklistd on this machine."""

    def __init__(self, build):
        super().__init__("paging")
        self._build = build

    def furnish(self):
        plan.install(self.box, self._build)
        enforced.relax(self.box)
        for name in CRITICAL:
            spec = json.loads(self.box.read(f"/etc/checklistd/{name}"))
            self.box.write(f"/etc/checklistd/{name}", json.dumps(spec | {"severity": "critical"}))
        self.boot()
        self.port = self.box.forward(PORT).port

    def boot(self):
        self.box.boot()
        plan.wait_up(self.box, SETTLING)
        self.wait_well()

    def wait_well(self):
        wait_until(lambda: not self._amiss(), SETTLING, lambda: f"does not pass: {self._amiss()}")

    def keep_dead(self):
        """systemd does not start again what is killed."""
        for unit in TEN:
            self._manage(unit, f"d=$FOLDER/{unit}.d; mkdir -p $d; printf '[Service]\\nRestart=no\\n' > $d/dead.conf")
        self.box.run("systemctl daemon-reload")
        self._manage(USERS, "systemctl --user daemon-reload")

    def kill(self, unit: str):
        """A oneshot has no process: it is stopped."""
        manager = "systemctl --user" if unit == USERS else "systemctl"
        self._manage(unit, f"{manager} stop {unit}" if unit == ONESHOT else f"{manager} kill --kill-who=main --signal=KILL {unit}")

    def cure(self):
        for unit in TEN:
            self._manage(unit, f"rm $FOLDER/{unit}.d/dead.conf")
        self.box.run(f"systemctl daemon-reload; systemctl start {' '.join(NINE)}")
        self._manage(USERS, f"systemctl --user daemon-reload; systemctl --user start {USERS}")

    def deploy(self):
        self.box.run(f"systemctl daemon-reload; systemctl restart {' '.join(NINE)}")

    def lose_gpu(self):
        self.box.run(f"chmod 0600 {NODE}")

    def heal_gpu(self):
        self.box.run(f"chmod 0660 {NODE}")

    def kill_checklistd(self):
        """Its program is gone, so that systemd cannot start it again."""
        self.box.run(f"mv {PROGRAM} /root/; systemctl kill --signal=KILL checklistd.service")

    def cure_checklistd(self):
        self.box.run(f"mv /root/checklistd {PROGRAM}; systemctl reset-failed; systemctl start checklistd.socket checklistd.service")

    def _manage(self, unit: str, script: str):
        """Runs a script as the one whose unit it is; $FOLDER has the unit files."""
        if unit == USERS:
            self.box.run(["sh", "-euc", f"FOLDER=$HOME/.config/systemd/user; {script}"], user=plan.USER)
        else:
            self.box.run(["sh", "-euc", f"FOLDER=/etc/systemd/system; {script}"])

    def _amiss(self) -> list[str]:
        try:
            metrics, report = (self.box.http(PORT, path).body for path in ("/metrics", "/api/v1/report"))
            return read(metrics, json.loads(report)).not_passing()
        except (OSError, HTTPException, json.JSONDecodeError) as error:
            return [f"checklistd does not answer: {error}"]
