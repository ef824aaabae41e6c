# SPDX-License-Identifier: MIT
"""A Prometheus on this machine's loopback that watches several sandboxes: the program of the sandbox's tree."""

import json
import socket
import subprocess
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import urlopen

from .tree import base_tree
from .wait import wait_until


class Prometheus:
    """Scrapes `targets`, groups of addresses with labels as file_sd has them, and itself; it runs while it is a context."""

    def __init__(self, folder: Path, targets: list[dict], rules: str, interval: int):
        with socket.create_server(("127.0.0.1", 0)) as free:
            self._address = f"127.0.0.1:{free.getsockname()[1]}"
        (folder / "checklistd.rules.yml").write_text(rules)
        (folder / "targets.json").write_text(json.dumps(targets))
        own = [{"targets": [self._address]}]
        configuration = folder / "prometheus.yml"
        configuration.write_text(json.dumps({  # JSON is YAML
            "global": {"scrape_interval": f"{interval}s", "evaluation_interval": f"{interval}s"},
            "rule_files": ["checklistd.rules.yml"],
            "scrape_configs": [{"job_name": "checklistd", "file_sd_configs": [{"files": ["targets.json"]}]},
                               {"job_name": "prometheus", "static_configs": own}]}))
        self._command = [base_tree() / "usr/bin/prometheus", f"--config.file={configuration}",
                         f"--storage.tsdb.path={folder / 'data'}", f"--web.listen-address={self._address}",
                         "--log.level=error"]

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
