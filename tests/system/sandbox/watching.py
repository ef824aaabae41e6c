# SPDX-License-Identifier: MIT
"""A Prometheus on this machine's loopback that watches sandboxes: the program of the sandbox's tree."""

import json
import socket
import subprocess
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import urlopen

from .tree import base_tree
from .wait import wait_until


def free_address() -> str:
    with socket.create_server(("127.0.0.1", 0)) as free:
        return f"127.0.0.1:{free.getsockname()[1]}"


class Prometheus:
    """Runs with a configuration and rules while it is a context; may be left and entered again, as by a restart."""

    def __init__(self, folder: Path, configuration: str, rules: str, address=None):
        self._address = address or free_address()
        (folder / "checklistd.rules.yml").write_text(rules)
        (folder / "prometheus.yml").write_text(configuration)
        self._command = [base_tree() / "usr/bin/prometheus", f"--config.file={folder / 'prometheus.yml'}",
                         f"--storage.tsdb.path={folder / 'data'}", f"--web.listen-address={self._address}",
                         "--log.level=error"]

    @classmethod
    def of_fleet(cls, folder: Path, targets: list[dict], rules: str, interval: int):
        """Scrapes `targets`, groups of addresses with labels as file_sd has them, and itself."""
        address = free_address()
        (folder / "targets.json").write_text(json.dumps(targets))
        own = [{"targets": [address]}]
        return cls(folder, json.dumps({  # JSON is YAML
            "global": {"scrape_interval": f"{interval}s", "evaluation_interval": f"{interval}s"},
            "rule_files": ["checklistd.rules.yml"],
            "scrape_configs": [{"job_name": "checklistd", "file_sd_configs": [{"files": ["targets.json"]}]},
                               {"job_name": "prometheus", "static_configs": own}]}), rules, address)

    def __enter__(self):
        self._process = subprocess.Popen(self._command)
        wait_until(self._ready, 30, "Prometheus")
        return self

    def __exit__(self, *_):
        self._process.terminate()
        self._process.wait()

    @property
    def pid(self) -> int:
        return self._process.pid

    def ask(self, path: str, **parameters) -> dict:
        """An answer of its HTTP API, errors included."""
        try:
            with urlopen(f"http://{self._address}/api/v1/{path}?{urlencode(parameters, doseq=True)}", timeout=60) as answer:
                return json.load(answer)
        except HTTPError as error:
            return json.load(error)

    def series(self, query: str) -> list[dict]:
        return self.ask("query", query=query)["data"]["result"]

    def number(self, query: str) -> float:
        """Of the first series, 0 without one."""
        found = self.series(query)
        return float(found[0]["value"][1]) if found else 0

    def _ready(self) -> bool:
        try:
            with urlopen(f"http://{self._address}/-/ready", timeout=5) as answer:
                return answer.status == 200
        except OSError:  # HTTPError is one
            return False
