# SPDX-License-Identifier: MIT
"""Prometheus's and Alertmanager's own programs, taken from the sandbox's tree where the machine has none."""

import json
import os
import shutil
import subprocess
from pathlib import Path
from urllib.request import Request, urlopen

import yaml
from sandbox.tree import base_tree

REPOSITORY = Path(__file__).resolve().parents[2]
CONFIG = REPOSITORY / "config"
RULES = CONFIG / "prometheus/checklistd.rules.yml"
ALERTMANAGER = CONFIG / "alertmanager/alertmanager.yml"


def program(name: str) -> str | None:
    """Its path; None where it is not installed and only root could get it."""
    if os.environ.get("CHECKLIST_TREE") or (os.geteuid() == 0 and not shutil.which(name)):
        return str(base_tree() / "usr/bin" / name)
    return shutil.which(name)


def run(name: str, *arguments) -> subprocess.CompletedProcess:
    return subprocess.run([program(name), *map(str, arguments)], capture_output=True, text=True, timeout=60)


def rules() -> list[dict]:
    return [rule for group in yaml.safe_load(RULES.read_text())["groups"] for rule in group["rules"]]


def alerts() -> dict[str, dict]:
    return {rule["alert"]: rule for rule in rules() if "alert" in rule}


def seconds(span: str) -> int:
    return int(span[:-1]) * {"s": 1, "m": 60, "h": 3600, "d": 86400}[span[-1]]


def ask(url: str, body=None):
    """The JSON answer of a GET, or of a POST of `body`."""
    data = None if body is None else json.dumps(body).encode()
    with urlopen(Request(url, data, {"Content-Type": "application/json"}), timeout=10) as answer:
        text = answer.read()
    return json.loads(text) if text else None
