# SPDX-License-Identifier: MIT
"""Local users without rights who connect, publish and hold connections."""

import subprocess
from contextlib import contextmanager
from pathlib import Path

from bench.world import PORT, UNITS
from sandbox import plan

from ..attack import Attack
from ..stage import SLEEPER, Stage

HOLD = "/usr/local/bin/attack-hold"
CHURN = [f"churn-{number}.service" for number in range(20)]
REPORT = "/tmp/attack-report.json"
NO_DAEMON = 4  # exit status of checklistctl


def publish(rate):
    def during(stage: Stage):
        return stage.hostile(HOLD, "publish", rate)
    return during


def ctl(stage: Stage) -> list[str]:
    """Whether checklistctl gets an answer."""
    done = stage.box.run("checklistctl status > /dev/null", check=False)
    return [f"BROKEN checklistctl: {done.stderr.strip()}"] if done.returncode >= NO_DAEMON else ["checklistctl works"]


def furnish_churn(box):
    for unit in CHURN:
        box.write(f"{UNITS}/{unit}", SLEEPER)
        box.write(f"/etc/checklistd/services.d/{unit}.json", f'{{"unit": "{unit}", "settle": "0"}}')


@contextmanager
def publishing(stage: Stage):
    """A user publishes the report of its instance as often as it can while units change."""
    box = stage.box
    uid = box.run(f"id --user {plan.USER}").stdout.strip()
    body = box.http(f"/run/user/{uid}/checklistd/checklistd.sock", "/api/v1/report").body
    box.write(REPORT, body)
    churn = f"while ! read -t 0.1 line; do systemctl restart {' '.join(CHURN)}; done"
    with stage.hostile(HOLD, "reports", 200, REPORT, user=plan.USER):
        with box.popen(["bash", "-c", churn], stdin=subprocess.PIPE) as restarting:
            yield
            restarting.communicate(b"\n")


def storm(path, count, how):
    def during(stage: Stage):
        return stage.hostile(stage.storm, PORT, path, count, how)
    return during


@contextmanager
def few_descriptors(stage: Stage):
    """No descriptor is left: the limit is what is open, and clients hold connections."""
    with stage.hostile(HOLD, "idle", PORT, 40):
        pid = stage.pid
        highest = max(int(name) for name in stage.box.inside(lambda: [each.name for each in Path(f"/proc/{pid}/fd").iterdir()]))
        limit = f"prlimit --pid {pid} --nofile"
        stage.box.run(f"{limit}={highest + 1}:", user="checklistd")
        yield
        stage.box.run(f"{limit}=1024:", user="checklistd", check=False)  # it may have ended


def furnish_probed(box):
    box.write(f"{UNITS}/probed.service",
              "[Service]\nExecStart=/usr/bin/python3 -m http.server --bind 127.0.0.1 --directory /var/empty 7000\n"
              "ExecStartPre=/bin/mkdir -p /var/empty\n[Install]\nWantedBy=multi-user.target\n")
    box.run("systemctl --quiet enable probed.service")
    box.write("/etc/checklistd/services.d/probed.service.json",
              '{"unit": "probed.service", "settle": "0", "checks": {"health_probe": {"url": "http://127.0.0.1:7000/", '
              '"interval": "1s"}, "port_bindings": {"listen": ["tcp:127.0.0.1:7000"]}}}')


CHURNING = {"churn-": "they are restarted all the time"}

ATTACKS = (
    Attack("publish-40000", "1: 40,000 connections a minute to publish.sock", publish(667), also=ctl),
    Attack("publish-flood", "1: connections to publish.sock as fast as one process can", publish(0), also=ctl),
    Attack("publish-reports", "1: 200 reports a second of a user while units change", publishing, furnish_churn, also=ctl,
           may_turn=CHURNING),
    Attack("descriptors", "3: no descriptor is left, 40 connections are held", few_descriptors, furnish_probed, seconds=15),
    *(Attack(f"http-{count}{path.replace('/', '-').rstrip('-') or '-page'}{'-read' if how == 'read' else ''}",
             f"5: {count} clients on {path} that connect, ask, {'read' if how == 'read' else 'do not read'} and close",
             storm(path, count, how))
      for count in (64, 500) for path in ("/", "/metrics") for how in ("close", "read")),
)
