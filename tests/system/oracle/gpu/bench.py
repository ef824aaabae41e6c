# SPDX-License-Identifier: MIT
"""A sandbox in which cases are set up, started and judged, many at a time."""

import json
import subprocess
import tempfile
from pathlib import Path

from sandbox import SandboxError
from sandbox.furnished import Furnished
from sandbox.wait import wait_until

from ..outcome import Outcome
from .case import ROOT, Case, Placed

CONFIG = "/etc/checklistd/oracle.json"
PROBE = Path(__file__).parent / "probe.c"
STARTERS = 6  # systemd-run at a time
# What the kernel answers, by layer. ENXIO and ENODEV come from the driver, or from there being none.
LAYERS = {"OK": "allowed", "ENXIO": "allowed", "ENODEV": "allowed", "ENOENT": "invisible", "ELOOP": "invisible",
          "EACCES": "mode", "EPERM": "policy"}
REASONS = {"missing": "invisible", "hidden": "invisible", "search": "mode", "mode": "mode", "acl_mask": "mode",
           "inaccessible": "mode", "nodev": "mode", "device_policy": "policy", "slice_policy": "policy",
           "device_class": "policy"}
PREPARE = f"""set -e
useradd --system oracle-a; useradd --system oracle-b; groupadd --system oracle-g; groupadd --force --system render; usermod -aG oracle-g oracle-a
for root in / {ROOT}/; do
  mkdir -p $root/opt/oracle $root/dev $root/proc $root/sys $root/run $root/tmp $root/var/tmp
done
chmod 1777 {ROOT}/tmp {ROOT}/var/tmp
cp /opt/oracle/probe {ROOT}/opt/oracle/
"""
AT_BOOT = """set -e
mkdir -p /run/oracle/out /run/oracle/nodes /dev/oracle/shelf /tmp/oracle /var/tmp/oracle
: > /run/oracle/empty
mknod -m 0666 /dev/oracle/other c 195 7
mknod -m 0666 /dev/oracle/shelf/node c 195 8
mknod -m 0666 /run/oracle/nodes/node c 195 9
"""


class Bench(Furnished):
    def __init__(self, build):
        super().__init__("oracle")
        self._build, self._count = build, 0

    def furnish(self):
        self.box.install(self._build)
        self._install_probe()
        self.box.run(PREPARE)
        self.box.run("systemctl --quiet disable checklistd.service checklistd.socket")
        self.box.boot()
        self.box.run(AT_BOOT)
        self._only_this_check()

    def run(self, cases: list[Case]) -> list[Outcome]:
        """Cases with a reload come after the others, which it would change."""
        placed = [self._place(case) for case in cases]
        outcomes = {}
        for is_reloaded in (False, True):
            group = [each for each in placed if (each.case.late == "reloaded") == is_reloaded]
            if group:
                outcomes |= self._run(group, is_reloaded)
        return [outcomes[each.number] for each in placed]

    def _run(self, placed, is_reloaded) -> dict[int, Outcome]:
        try:
            self._set_up(placed)
            self._start(placed)
            self._create_late(placed, is_reloaded)
            self._wait_for(placed, "^rw ")
            said = self._judge(placed)
            return {each.number: self._outcome(each, said) for each in placed}
        finally:
            self._clear()

    def _create_late(self, placed, is_reloaded):
        late = [each for each in placed if each.case.late]
        if not late:
            return
        self._wait_for(late, "^ready")
        self.box.run(["sh", "-e"], input="\n".join(each.make_late() for each in late))
        if is_reloaded:
            self.box.run("systemctl daemon-reload")
        units = " ".join(each.unit for each in late)
        self.box.run(f"systemctl kill --signal=USR1 {units}", check=False)

    def _place(self, case: Case) -> Placed:
        self._count += 1
        return Placed(case, self._count)

    def _set_up(self, placed):
        slices = [each for each in placed if each.case.slice]
        for each in slices:
            self.box.write(f"/run/systemd/system/{each.slice}", each.slice_file())
        for each in placed:
            self.box.write(f"/run/oracle/specs/{each.number}.json", json.dumps(each.spec()))
        self.box.run(["sh", "-e"], input="\n".join(each.make() for each in placed))
        if slices:
            self.box.run("systemctl daemon-reload")

    def _start(self, placed):
        lines = []
        for i in range(0, len(placed), STARTERS):
            lines += [f"{each.start()} &" for each in placed[i:i + STARTERS]] + ["wait"]
        done = self.box.run(["sh"], input="\n".join(lines), timeout=300)
        if done.stderr.strip():
            raise SandboxError(f"systemd-run refuses a case: {done.stderr}")

    def _wait_for(self, placed, line):
        """Until each has written such a line, or systemd gave it up."""
        def starting() -> set[str]:
            answered = {f"oracle-{Path(file).name}.service" for file in self._lines(f"grep -lr '{line}' /run/oracle/out")}
            given_up = {row.split()[0] for row in self._lines(
                "systemctl list-units --no-legend --plain --state=failed 'oracle-*'")}
            return {each.unit for each in placed} - answered - given_up
        wait_until(lambda: not starting(), 60, lambda: f"cases do not start: {starting()}", interval=0.2)

    def _lines(self, command: str) -> list[str]:
        return self.box.run(command, check=False).stdout.splitlines()

    def _judge(self, placed) -> dict[str, dict]:
        """What checklistctl says as the daemon's own user, by unit."""
        command = ["setpriv", "--reuid=checklistd", "--regid=checklistd", "--init-groups", "checklistctl", "check",
                   "--services-dir=/run/oracle/specs", f"--config={CONFIG}", "--format=json"]
        done = self.box.run(command, check=False, timeout=120)
        if done.returncode > 2:
            raise SandboxError(f"checklistctl ends with {done.returncode}: {done.stderr}")
        return {service["unit"]: service for service in json.loads(done.stdout)["services"]}

    def _outcome(self, each: Placed, said: dict) -> Outcome:
        finding = said[each.unit]["checks"][0]["findings"][0]
        check = {"pass": "allowed", "fail": REASONS.get(finding.get("reason"), finding.get("reason"))}.get(
            finding["status"], "undecided")
        try:
            answers = self.box.read(each.output)
        except FileNotFoundError:
            answers = ""
        lines = dict(line.split() for line in answers.splitlines() if len(line.split()) == 2)
        answer = lines.get(each.case.access)
        kernel = LAYERS.get(answer, answer) if answer else "not started"
        return Outcome(each.case, kernel, check, f"{finding.get('reason')}: {finding.get('observed')}",
                       " ".join(answers.split()))

    def _clear(self):
        self.box.run("""systemctl stop 'oracle-*.service' 'oracle-*.slice'; systemctl reset-failed
            rm -rf /run/oracle/out/* /run/oracle/specs /run/systemd/system/oracle-*.slice
            for root in '' %s; do rm -rf $root/dev/oracle/[0-9]* $root/tmp/oracle/[0-9]* $root/var/tmp/oracle/[0-9]*; done
            """ % ROOT, check=False, timeout=300)

    def _install_probe(self):
        with tempfile.TemporaryDirectory() as staging:
            target = Path(staging, "opt/oracle/probe")
            target.parent.mkdir(parents=True)
            subprocess.run(["c++", "-x", "c", "-D_GNU_SOURCE", "-static", "-Os", "-o", target, PROBE], check=True)
            self.box.unpack(staging)

    def _only_this_check(self):
        of_units, of_host = self.box.run("checklistctl explain").stdout.split("Checks of the host:")

        def off(listing):
            names = (line.split()[0] for line in listing.splitlines() if line.startswith("  "))
            return {name: False for name in names if name != "gpu_device_access"}
        self.box.write(CONFIG, json.dumps({"defaults": off(of_units), "host": off(of_host)}))
