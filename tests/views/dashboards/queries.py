# SPDX-License-Identifier: MIT
"""The queries of a dashboard as Grafana would send them: variables, panels and annotations."""

import json
import re
import time
from dataclasses import dataclass
from pathlib import Path

DIRECTORY = Path(__file__).resolve().parents[3] / "config/grafana/dashboards"
SPAN, STEP = 300, 5  # seconds
BUILT_IN = {"__rate_interval": "60s", "__interval": f"{STEP}s", "__range": f"{SPAN}s", "datasource": "prometheus"}
VARIABLE = re.compile(r"\$\{(\w+)(?::\w+)?\}|\$(\w+)")


@dataclass(frozen=True)
class Query:
    """What is asked, and of which panel it is."""

    title: str
    expr: str
    instant: bool


def load(name: str) -> dict:
    return json.loads((DIRECTORY / f"{name}.json").read_text())


def fill(text: str, variables: dict[str, str]) -> str:
    return VARIABLE.sub(lambda found: variables[found[1] or found[2]], text)


def variables(dashboard: dict, ask, host: str) -> dict[str, str]:
    """Each with what Grafana would choose at first, everything; of hosts, that one."""
    chosen = dict(BUILT_IN)
    for variable in dashboard["templating"]["list"]:
        if variable["type"] != "query":
            continue
        asked = re.fullmatch(r"label_values\((.*), (\w+)\)", fill(variable["query"]["query"], chosen))
        values = ask(f"label/{asked[2]}/values", **{"match[]": asked[1]})["data"]
        assert values, f"variable {variable['name']} has no values"
        every = variable.get("allValue")
        assert every or host in values, f"variable {variable['name']} has no {host}"
        chosen[variable["name"]] = every or host
    return chosen


def queries(dashboard: dict) -> list[Query]:
    panels = [Query(panel["title"], target["expr"], bool(target.get("instant")))
              for panel in dashboard["panels"] for target in panel.get("targets", [])]
    notes = [Query(f"annotation {note['name']}", note["expr"], False)
             for note in dashboard["annotations"].get("list", []) if "expr" in note]
    return panels + notes


def answers(dashboard: dict, ask, host: str) -> dict[str, list[dict]]:
    """The series that each query finds, by title; an error is one of the test."""
    chosen, now, found = variables(dashboard, ask, host), time.time(), {}
    for query in queries(dashboard):
        expr = fill(query.expr, chosen)
        if query.instant:
            answer = ask("query", query=expr, time=now)
        else:
            answer = ask("query_range", query=expr, start=now - SPAN, end=now, step=STEP)
        assert answer["status"] == "success", f"{query.title}: {answer.get('error')}"
        assert not answer.get("warnings"), f"{query.title}: {answer['warnings']}"
        found[query.title] = answer["data"]["result"]
    return found
