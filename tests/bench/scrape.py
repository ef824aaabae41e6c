# SPDX-License-Identifier: MIT
"""What a scrape costs the machine, beside node_exporter's systemd collector on the same units."""

import json
import subprocess
import time
from dataclasses import dataclass, field

from sandbox import plan
from sandbox.wait import wait_until

from .costs import BUS, CHECKLISTD, PID_1, cpu, memory, spent
from .figures import median, ms, ratio, table
from .world import PORT, main_pid, world

PEER_PORT, PEER = 9100, "bench-node-exporter.service"
WATCHED = "|".join(unit.replace(".", r"\.") for unit in plan.SERVICES + plan.ONESHOTS)
PEER_COMMAND = ["prometheus-node-exporter", f"--web.listen-address=127.0.0.1:{PEER_PORT}",
                "--collector.disable-defaults", "--collector.systemd",
                f"--collector.systemd.unit-include={WATCHED}",
                "--collector.systemd.enable-restarts-metrics",
                "--collector.systemd.enable-start-time-metrics",
                "--collector.systemd.enable-task-metrics"]
SETTLE = 0.02  # seconds until what an answer leaves to be done is done, too


@dataclass
class Exporter:
    name: str
    port: int
    unit: str
    own: list[int] = field(default_factory=list)      # nanoseconds of CPU a scrape
    pid_1: list[int] = field(default_factory=list)
    bus: list[int] = field(default_factory=list)
    latency: list[int] = field(default_factory=list)
    size: int = 0

    @property
    def group(self):
        return f"system.slice/{self.unit}"

    @property
    def total(self):
        return [sum(parts) for parts in zip(self.own, self.pid_1, self.bus)]

    def scrape(self, box):
        before = cpu(box, self.group, PID_1, BUS)
        began = time.monotonic_ns()
        answer = box.http(self.port, "/metrics", timeout=30)
        self.latency.append(time.monotonic_ns() - began)
        time.sleep(SETTLE)
        cost = spent(before, cpu(box, self.group, PID_1, BUS))
        assert answer.status == 200, answer.body
        self.size = len(answer.body)
        for values, group in ((self.own, self.group), (self.pid_1, PID_1), (self.bus, BUS)):
            values.append(cost[group])

    def row(self, box):
        used = memory(box, main_pid(box, self.unit))
        times = (self.own, self.pid_1, self.bus, self.total, self.latency)
        return [self.name, *(ms(median(values)) for values in times), f"{self.size / 1000:.0f} kB",
                *(f"{used[kind] / 1e6:.1f} MB" for kind in ("Pss", "Rss"))]


def run(build, repetitions=30, many=1000):
    """CPU of exporter, PID 1 and dbus-daemon per scrape of the plan's units among 1,000 more."""
    with world(build, many=many) as box:
        box.run(["systemd-run", "--quiet", f"--unit={PEER}", "--uid=prometheus", *PEER_COMMAND])
        wait_until(lambda: box.listens(PEER_PORT), 10, "node_exporter")
        ours = Exporter("checklistd", PORT, CHECKLISTD.partition("/")[2])
        peer = Exporter("node_exporter", PEER_PORT, PEER)
        print(f"{repetitions} scrapes each in turn, {many} units loaded beside the plan's; medians:")
        for exporter in [ours, peer] * (repetitions + 1):
            exporter.scrape(box)
        for exporter in (ours, peer):  # the first scrape fills caches
            for values in (exporter.own, exporter.pid_1, exporter.bus, exporter.latency):
                del values[0]
        table(["", "own CPU", "PID 1", "dbus-daemon", "sum", "latency", "body", "PSS", "RSS"],
              [ours.row(box), peer.row(box)])
        print(f"CPU of node_exporter's scrape to checklistd's: "
              f"{ratio(median(peer.total), median(ours.total))}")
        scraping = messages(box, lambda: [ours.scrape(box) for _ in range(repetitions)])
        reloading = messages(box, lambda: box.run("systemctl reload checklistd"))
        print(f"D-Bus messages of checklistd during {repetitions} scrapes: {scraping}; "
              f"during a reload of its configuration, for comparison: {reloading}")


def messages(box, work) -> int:
    """How many messages checklistd sends to the bus while `work` goes on, as a monitor sees them."""
    names = box.run("busctl --json=short list").stdout
    pid = main_pid(box, CHECKLISTD.partition("/")[2])
    senders = [row["name"] for row in json.loads(names)
               if row["pid"] == pid and row["name"].startswith(":")]
    matches = " ".join(f"--match=\"sender='{name}'\"" for name in senders)
    with box.popen(f"busctl {matches} monitor & read -r end; kill $!", stdin=subprocess.PIPE,
                   stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as monitor:
        assert monitor.stderr.readline() == "Monitoring bus message stream.\n"
        work()
        time.sleep(SETTLE)
        return monitor.communicate()[0].count("Type=")
