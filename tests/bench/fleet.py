# SPDX-License-Identifier: MIT
"""What a fleet costs the Prometheus that watches it, with the shipped rules."""

import json
import os
import re
import socket
import subprocess
import tempfile
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import quote
from urllib.request import urlopen

from sandbox.monitoring import CONFIG
from sandbox.tree import base_tree
from sandbox.wait import wait_until

from .figures import table
from .world import PORT, world

INTERVAL = 30  # seconds between two scrapes of a host, and between two evaluations


def run(build, hosts=1000, seconds=120):
    """A simulated fleet: so many targets that all answer what a real checklistd with the plan's specs said."""
    with world(build) as box:
        exposition = box.http(PORT, "/metrics").body.encode()
    with tempfile.TemporaryDirectory() as folder, Answering(exposition) as port:
        configure(Path(folder), hosts, port)
        with prometheus(Path(folder)) as (address, process):
            wait_until(lambda: number(address, 'count(up{job="checklistd"} == 1) or vector(0)') == hosts, 10 * INTERVAL,
                       "every host to be scraped", interval=1)
            evaluated(address, 2)
            before, started = cpu(process), time.monotonic()
            time.sleep(seconds)
            share = (cpu(process) - before) / (time.monotonic() - started)
            show(address, process, hosts, exposition, share)


def evaluated(address, times):
    """Waits until each group of rules has seen the whole fleet so often."""
    rounds = "min(prometheus_rule_group_iterations_total - prometheus_rule_group_iterations_missed_total)"
    enough = number(address, rounds) + times
    wait_until(lambda: number(address, rounds) >= enough, 20 * INTERVAL, "the rules to be evaluated", interval=1)


def show(address, process, hosts, exposition, share):
    per_host = number(address, "max(scrape_samples_scraped)")
    of_rules = number(address, 'count({__name__=~".*:.*"})')
    status = Path(f"/proc/{process.pid}/status").read_text()
    memory = int(re.search(r"VmRSS:\s+(\d+) kB", status)[1]) / 1024
    print(f"{hosts} hosts, each with the plan's thirteen units, scraped every {INTERVAL} s:")
    table(["", ""], [
        ["series of a host as scraped, those of its rules", f"{per_host:.0f}, {of_rules / hosts:.0f}"],
        ["size of an answer", f"{len(exposition) / 1000:.0f} kB"],
        ["series in the head of Prometheus", f"{number(address, 'prometheus_tsdb_head_series'):.0f}"],
        ["samples per second", f"{number(address, 'rate(prometheus_tsdb_head_samples_appended_total[1m])'):.0f}"],
        ["CPU", f"{100 * share:.0f} % of a core"],
        ["resident memory", f"{memory:.0f} MB"],
        *([f"evaluation of {group}", f"{1000 * took:.0f} ms"] for group, took in evaluations(address)),
    ])


def evaluations(address):
    found = ask(address, "prometheus_rule_group_last_duration_seconds")
    return sorted((each["metric"]["rule_group"].split(";")[1], float(each["value"][1])) for each in found)


def ask(address, query):
    with urlopen(f"http://{address}/api/v1/query?query={quote(query)}", timeout=60) as answer:
        return json.load(answer)["data"]["result"]


def number(address, query) -> float:
    found = ask(address, query)
    return float(found[0]["value"][1]) if found else 0


def cpu(process) -> float:
    """Seconds that a process has used."""
    fields = Path(f"/proc/{process.pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


class Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *_):
        """A client that goes away in the middle, as Prometheus does in the end, is nothing to tell."""


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


def configure(folder: Path, hosts: int, port: int):
    """The shipped rules; the target's address is the same for all, their names differ."""
    (folder / "checklistd.rules.yml").write_text((CONFIG / "prometheus/checklistd.rules.yml").read_text())
    (folder / "hosts.json").write_text(json.dumps(
        [{"targets": [f"127.0.0.1:{port}"], "labels": {"instance": f"host{each:05}"}} for each in range(hosts)]))
    own = {"job_name": "prometheus", "static_configs": [{"targets": ["${own}"]}]}
    fleet = {"job_name": "checklistd", "file_sd_configs": [{"files": [str(folder / "hosts.json")]}]}
    (folder / "prometheus.json").write_text(json.dumps({
        "global": {"scrape_interval": f"{INTERVAL}s", "evaluation_interval": f"{INTERVAL}s"},
        "rule_files": [str(folder / "checklistd.rules.yml")], "scrape_configs": [fleet, own]}))


class prometheus:
    """The sandbox's own program on this machine's loopback; as a context (its address, the process)."""

    def __init__(self, folder: Path):
        with socket.create_server(("127.0.0.1", 0)) as free:
            self._address = f"127.0.0.1:{free.getsockname()[1]}"
        configuration = folder / "prometheus.json"
        configuration.write_text(configuration.read_text().replace("${own}", self._address))
        self._command = [base_tree() / "usr/bin/prometheus", f"--config.file={configuration}",
                         f"--storage.tsdb.path={folder / 'data'}", f"--web.listen-address={self._address}",
                         "--log.level=error"]

    def __enter__(self):
        self._process = subprocess.Popen(self._command)
        wait_until(self._ready, 30, "Prometheus")
        return self._address, self._process

    def __exit__(self, *_):
        self._process.terminate()
        self._process.wait()

    def _ready(self) -> bool:
        try:
            return number(self._address, "vector(1)") == 1
        except OSError:
            return False
