# SPDX-License-Identifier: MIT
"""A sandbox in which cases are set up, judged and then started, many at a time."""

import json
import subprocess
import tempfile
from pathlib import Path

from sandbox import SandboxError
from sandbox.furnished import Furnished
from sandbox.wait import wait_until

from ..outcome import Outcome
from .case import PLACES, Case, Placed

CONFIG = "/etc/checklistd/oracle.json"
UNITS = "/etc/systemd/system"
PROBE = Path(__file__).parent / "probe.c"
LAYERS = ("starts", "fails")
JUDGED = 25  # units at a time: what cannot be seen within five seconds is unknown
SETTLED = 0.7  # seconds from the start of a program until ld.so(8) has loaded it or given up
PREPARE = f"""set -e
useradd --system --uid 4100 --home-dir /home/start oracle-a; useradd --system oracle-b; groupadd --system oracle-g; usermod -aG oracle-g oracle-a
mkdir -p {' '.join(PLACES[:2])}
cd /opt/oracle/tree; mkdir work rw log empty; touch file in
echo A=1 > env; echo x > secret; ln -s nowhere dangling; cp /bin/dash bin/interp
mkdir -p ext/usr/lib/extension-release.d; grep -E '^(ID|VERSION_ID)=' /etc/os-release > ext/usr/lib/extension-release.d/extension-release.ext
"""
CLEAR = f"""systemctl stop 'start-*.service'; systemctl reset-failed; rm -f {UNITS}/start-*.service
sed -E 's/^([^ ]+ ){{4}}([^ ]+) .*/\\2/' /proc/self/mountinfo | grep -E '^/((srv|home|tmp)/start/|var/lib/start-)' | xargs -r umount -l
rm -rf /run/start-specs /usr/local/bin/start-tool-* {' '.join(f'{place}/*' for place in PLACES)}
rm -rf /var/lib/start-* /var/lib/private/start-* /var/cache/start-* /var/cache/private/start-* /var/log/start-* /var/log/private/start-* /run/start-* /etc/start-*
"""


class Bench(Furnished):
    def __init__(self, build):
        super().__init__("start-oracle")
        self._build, self._count = build, 0

    def furnish(self):
        self.box.install(self._build)
        self._install_probe()
        self.box.run(PREPARE)
        self.box.run("systemctl --quiet disable checklistd.service checklistd.socket")
        self.box.boot()
        self.box.run("ip netns add oracle")
        self._only_this_check()

    def run(self, cases: list[Case]) -> list[Outcome]:
        placed = [self._place(case) for case in cases]
        try:
            self._set_up(placed)
            said = self._judge(placed)
            truth = self._start(placed)
            return [self._outcome(each, said, truth) for each in placed]
        finally:
            self.box.run(CLEAR, check=False, timeout=300)

    def _place(self, case: Case) -> Placed:
        self._count += 1
        return Placed(case, self._count)

    def _set_up(self, placed):
        files = {f"{UNITS}/{each.unit}": each.unit_file() for each in placed}
        files |= {f"/run/start-specs/{place // JUDGED}/{each.number}.json": json.dumps(each.spec())
                  for place, each in enumerate(placed)}
        self.box.inside(_write_all, files)
        lines = [f"mkdir -p {' '.join(PLACES)}", *(each.make() for each in placed), "systemctl daemon-reload"]
        done = self.box.run(["sh"], input="\n".join(lines), timeout=300)
        if "daemon-reload" in done.stderr:
            raise SandboxError(done.stderr)

    def _judge(self, placed) -> dict[str, list[dict]]:
        """What checklistctl finds as the daemon's own user, by unit."""
        out = {}
        for part in range(0, len(placed), JUDGED):
            command = ["setpriv", "--reuid=checklistd", "--regid=checklistd", "--init-groups", "checklistctl", "check",
                       f"--services-dir=/run/start-specs/{part // JUDGED}", f"--config={CONFIG}", "--format=json"]
            done = self.box.run(command, check=False, timeout=120)
            if done.returncode > 2:
                raise SandboxError(f"checklistctl ends with {done.returncode}: {done.stderr}")
            services = json.loads(done.stdout)["services"]
            out |= {service["unit"]: service["checks"][0]["findings"] for service in services}
        return out

    def _start(self, placed) -> dict[str, str]:
        """Starts all; the properties of each afterwards, by unit."""
        units = " ".join(each.unit for each in placed)
        self.box.run(f"systemctl start --no-block {units}", timeout=120)
        wait_until(lambda: "start-" not in self.box.run("systemctl list-jobs --no-legend").stdout, 120, "starts do not end",
                   interval=0.2)
        self.box.run(f"sleep {SETTLED}")
        names = "Id,ActiveState,Result,ExecMainStatus"
        shown = self.box.run(f"systemctl show --property={names} {units}", timeout=120).stdout
        out = {}
        for block in shown.split("\n\n"):
            values = dict(line.split("=", 1) for line in block.splitlines())
            out[values["Id"]] = " ".join(values[name] for name in names.split(",")[1:] if name in values)
        return out

    def _outcome(self, each: Placed, said: dict, truth: dict) -> Outcome:
        findings = said[each.unit]
        failing = [finding for finding in findings if finding["status"] == "fail"]
        unclear = [finding for finding in findings if finding["status"] == "unknown"]
        check = "fails" if failing else "undecided" if unclear else "starts"
        words = "; ".join(f"{finding['reason']}: {finding['observed']}" for finding in failing or unclear)
        state = truth[each.unit]
        return Outcome(each.case, "starts" if state.startswith("active") else "fails", check, words, state)

    def _install_probe(self):
        with tempfile.TemporaryDirectory() as staging:
            binaries, libraries = (Path(staging, "opt/oracle/tree", name) for name in ("bin", "lib"))
            binaries.mkdir(parents=True)
            libraries.mkdir()
            library = libraries / "liboracle.so"
            subprocess.run(["c++", "-x", "c", "-shared", "-fPIC", "-Os", "-Wl,-soname,liboracle.so", "-o", library, "-"], check=True, text=True,
                           input="int oracle(void) { return 0; }\n")
            subprocess.run(["c++", "-x", "c", "-Os", "-o", binaries / "probe", PROBE, "-x", "none", library,
                            "-Wl,-rpath,$ORIGIN/../lib"], check=True)
            self.box.unpack(staging)

    def _only_this_check(self):
        of_units, of_host = self.box.run("checklistctl explain").stdout.split("Checks of the host:")

        def off(listing):
            names = (line.split()[0] for line in listing.splitlines() if line.startswith("  "))
            return {name: False for name in names if name != "unit_definition"}
        self.box.write(CONFIG, json.dumps({"defaults": off(of_units), "host": off(of_host)}))


def _write_all(files: dict[str, str]):
    for name, text in files.items():
        path = Path(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
