# SPDX-License-Identifier: MIT
"""What a fleet costs the Prometheus that watches it, with the shipped rules."""

import os
import re
import tempfile
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from sandbox.monitoring import CONFIG
from sandbox.wait import wait_until
from sandbox.watching import Prometheus

from .figures import table
from .world import PORT, world

EVALUATED = "min(prometheus_rule_group_iterations_total - prometheus_rule_group_iterations_missed_total)"


def run(build, hosts=1000, seconds=60, interval=30):
    """A simulated fleet: so many targets that all answer what a real checklistd with the plan's specs said.

    `interval` is that of scrapes and of evaluations, in seconds.
    """
    with world(build) as box:
        exposition = box.http(PORT, "/metrics").body.encode()
    rules = (CONFIG / "prometheus/checklistd.rules.yml").read_text()
    with tempfile.TemporaryDirectory() as folder, Answering(exposition) as port:
        targets = [{"targets": [f"127.0.0.1:{port}"], "labels": {"instance": f"host{each:05}"}} for each in range(hosts)]
        with Prometheus.of_fleet(Path(folder), targets, rules, interval) as prometheus:
            wait_until(lambda: prometheus.number('count(up{job="checklistd"} == 1)') == hosts, 10 * interval + 20,
                       "every host to be scraped", interval=1)
            enough = prometheus.number(EVALUATED) + 2  # each group of rules has then seen all of them
            wait_until(lambda: prometheus.number(EVALUATED) >= enough, 20 * interval, "the rules", interval=1)
            before, started = cpu(prometheus.pid), time.monotonic()
            time.sleep(seconds)
            share = (cpu(prometheus.pid) - before) / (time.monotonic() - started)
            show(prometheus, hosts, exposition, share, interval)


def show(prometheus, hosts, exposition, share, interval):
    number = prometheus.number
    resident = re.search(r"VmRSS:\s+(\d+) kB", Path(f"/proc/{prometheus.pid}/status").read_text())
    of_rules = number('count({__name__=~".*:.*"})')
    groups = prometheus.series("prometheus_rule_group_last_duration_seconds")
    print(f"{hosts} hosts, each with the plan's thirteen units, scraped every {interval} s:")
    table(["", ""], [
        ["series of a host as scraped", f"{number('max(scrape_samples_scraped)'):.0f}"],
        ["series of a host that the rules add", f"{of_rules / hosts:.0f}"],
        ["size of an answer", f"{len(exposition) / 1000:.0f} kB"],
        ["series in memory", f"{number('prometheus_tsdb_head_series'):.0f}"],
        ["samples per second", f"{number('rate(prometheus_tsdb_head_samples_appended_total[1m])'):.0f}"],
        ["CPU", f"{100 * share:.0f} % of a core"],
        ["resident memory", f"{int(resident[1]) / 1024:.0f} MB"],
        *sorted([f"evaluation of {group['metric']['rule_group'].split(';')[1]}", f"{float(group['value'][1]):.2f} s"]
                for group in groups),
    ])


def cpu(pid: int) -> float:
    """Seconds that a process has used."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


class Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *_):
        """Ignores a client that closes early, as Prometheus does when it stops."""


class Answering:
    """A server on loopback that always says the same; as a context its port."""

    def __init__(self, body: bytes):
        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self):
                self.send_response(200)
                self.send_header("Content-Type", "text/plain; version=0.0.4; charset=utf-8")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_):
                pass

        self._server = Server(("127.0.0.1", 0), Handler)

    def __enter__(self):
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self._server.server_address[1]

    def __exit__(self, *_):
        self._server.shutdown()
        self._server.server_close()
