# SPDX-License-Identifier: MIT
"""The queries of a dashboard as Grafana would send them: variables, panels and annotations."""

import json
import re
from dataclasses import dataclass
from pathlib import Path

DIRECTORY = Path(__file__).resolve().parents[3] / "config/grafana/dashboards"
SPAN, STEP = 300, 5  # seconds
BUILT_IN = {"__rate_interval": "60s", "__interval": f"{STEP}s", "__range": f"{SPAN}s", "datasource": "prometheus"}
# $1 belongs to label_replace, and $__all is what a link says for all values of a variable.
VARIABLE = re.compile(r"\$\{(\w+)(?::\w+)?\}|\$(?!__all\b)([A-Za-z_]\w*)")


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


def panels(dashboard: dict) -> list[dict]:
    """Those in rows that are not open at first included, the rows themselves as well."""
    return [each for panel in dashboard["panels"] for each in [panel, *panel.get("panels", [])]]


def variables(dashboard: dict, ask, host: str, at: float, sources: dict[str, str]) -> dict[str, str]:
    """Each with what Grafana would choose at first, everything; of hosts, that one; data sources as given, or none."""
    chosen = BUILT_IN | {"__from": str(int((at - SPAN) * 1000)), "__to": str(int(at * 1000))}
    for variable in dashboard["templating"]["list"]:
        name = variable["name"]
        if variable["type"] == "datasource":
            chosen.setdefault(name, sources.get(name, ""))
            continue
        asked = re.fullmatch(r"label_values\((.*), (\w+)\)", fill(variable["query"]["query"], chosen))
        values = ask(f"label/{asked[2]}/values", **{"match[]": asked[1]})["data"]
        every = variable.get("allValue")
        if every is None:
            assert values, f"variable {name} has no values"
            assert variable.get("includeAll") or host in values, f"variable {name} has no {host}"
            every = "|".join(values) if variable.get("includeAll") else host
        chosen[name] = every
    return chosen


def queries(dashboard: dict) -> list[Query]:
    shown = [Query(panel["title"], target["expr"], bool(target.get("instant")))
             for panel in panels(dashboard) for target in panel.get("targets", [])]
    notes = [Query(f"annotation {note['name']}", note["expr"], False)
             for note in dashboard["annotations"].get("list", []) if "expr" in note]
    return shown + notes


def answers(dashboard: dict, ask, chosen: dict[str, str], at: float) -> dict[str, list[dict]]:
    """The series that each query finds at that time, by title; an error is one of the test."""
    found = {}
    for query in queries(dashboard):
        # What happened before the time that is shown is an answer here, too.
        expr = fill(query.expr, chosen | {"__from": "0"})
        if query.instant:
            answer = ask("query", query=expr, time=at)
        else:
            answer = ask("query_range", query=expr, start=at - SPAN, end=at, step=STEP)
        assert answer["status"] == "success", f"{query.title}: {answer.get('error')}"
        assert not answer.get("warnings"), f"{query.title}: {answer['warnings']}"
        found[query.title] = answer["data"]["result"]
    return found
