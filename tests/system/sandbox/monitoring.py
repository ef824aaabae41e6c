# SPDX-License-Identifier: MIT
"""The shipped rules and routes in the sandbox's own Prometheus and Alertmanager, with everything that waits made short."""

import json
import re
from pathlib import Path
from urllib.parse import urlencode

from .wait import wait_until

CONFIG = Path(__file__).resolve().parents[3] / "config"
PROMETHEUS, ALERTMANAGER = 9090, 9093
INSTANCE = "localhost"
# A scrape is due each second here, so a `for` of a minute becomes a second.
PROMPT = {r"\b(scrape|evaluation)_interval: \w+": r"\1_interval: 1s", r"\bfor: \d+[sm]": "for: 1s",
          r"\bgroup_wait: \w+": "group_wait: 1s", r"\bgroup_interval: \w+": "group_interval: 1s"}


def install(box):
    """Into a sandbox that runs the plan's services."""
    for source, target in (("prometheus/prometheus.yml", "/etc/prometheus/prometheus.yml"),
                           ("prometheus/checklistd.rules.yml", "/etc/prometheus/checklistd.rules.yml"),
                           ("alertmanager/alertmanager.yml", "/etc/prometheus/alertmanager.yml")):
        box.write(target, prompt((CONFIG / source).read_text()))
    box.run("systemctl reload prometheus.service prometheus-alertmanager.service")
    # Targets change some seconds after the rules do, and those of before go on until then.
    scraped, evaluated = 'count(up{job="checklistd"})', f'instance:checklist_severity:max{{instance="{INSTANCE}"}}'
    wait_until(lambda: value(box, evaluated) is not None and value(box, scraped) == 1, 30,
               "Prometheus does not scrape checklistd by the shipped configuration")


def prompt(text: str) -> str:
    for pattern, short in PROMPT.items():
        text = re.sub(pattern, short, text)
    return text


def ask(box, path: str, **parameters) -> dict:
    """An answer of Prometheus's HTTP API, errors included."""
    return json.loads(box.http(PROMETHEUS, f"/api/v1/{path}?{urlencode(parameters, doseq=True)}").body)


def value(box, query: str) -> float | None:
    """Of the only series that a query finds."""
    found = ask(box, "query", query=query)["data"]["result"]
    return float(found[0]["value"][1]) if len(found) == 1 else None
