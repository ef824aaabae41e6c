# SPDX-License-Identifier: MIT
"""One story of a host as promtool's unit test: all is well, something breaks, all is well again."""

import json
from dataclasses import dataclass, field

from rules import tools

WELL = 10  # minutes before it breaks
HOST = {"job": "checklistd", "instance": "gpu1"}
UNIT = HOST | {"unit": "llamacpp.service", "manager": "system"}
FOUND = {"subject": "tcp:127.0.0.1:8080", "reason": "wider", "expected": "this", "observed": "that"}


def series(family: str, **labels) -> str:
    # JSON writes strings as PromQL reads them.
    return family + "{" + ",".join(f"{name}={json.dumps(text)}" for name, text in labels.items()) + "}"


def status(check: str, status="fail", **labels) -> str:
    return series("checklist_check_status", **UNIT, check=check, group="ml", status=status, **labels)


def finding(check: str, status="fail", **found) -> str:
    return series("checklist_finding_info", **UNIT, check=check, status=status, **FOUND | found)


def host_status(check: str, status="fail") -> str:
    return series("checklist_host_check_status", **HOST, check=check, status=status)


def host_finding(check: str, status="fail", **found) -> str:
    return series("checklist_host_finding_info", **HOST, check=check, status=status, **FOUND | found)


def description_of(check: str, *found: dict) -> str:
    """What an alert says of a unit's findings."""
    words = [_words(each) for each in found or ({},)]
    return f"llamacpp.service (system) on gpu1, {check}: {'; '.join(words)}."


def host_description_of(check: str, found=None) -> str:
    return f"gpu1, {check}: {_words(found or {})}."


def _words(found: dict) -> str:
    return "{subject} ({reason}): expected {expected}, observed {observed}".format(**FOUND | found)


@dataclass
class Story:
    """`broken` holds series by how they are while all is well: 0 turns to 1, 1 to 0, None appears."""

    alert: str
    broken: dict[str, int | None]
    description: str = ""
    labels: dict = field(default_factory=dict)
    always: tuple[str, ...] = (series("checklist_unit_info", **UNIT, group="ml", severity="critical"),)

    @property
    def rule(self) -> dict:
        return tools.alerts()[self.alert]

    @property
    def wait(self) -> int:
        """Minutes that the alert waits."""
        return int(self.rule["for"].removesuffix("m"))

    @property
    def over(self) -> int:
        """The minute in which all is well again."""
        return WELL + self.wait + 5

    def inputs(self) -> list[dict]:
        steady = [{"series": each, "values": "1x120"} for each in self.always]
        return steady + [{"series": each, "values": self._values(well)} for each, well in self.broken.items()]

    def _values(self, well) -> str:
        # In promtool's notation 0x9 is ten values and _x10 is ten that are missing.
        first, bad, then = {0: (f"0x{WELL - 1}", "1", "0x60"), 1: (f"1x{WELL - 1}", "0", "1x60"),
                            None: (f"_x{WELL}", "1", "stale")}[well]
        return f"{first} {bad}x{self.over - WELL - 1} {then}"

    def fired(self) -> dict:
        annotations = {"summary": self.rule["annotations"]["summary"], "description": self.description,
                       "runbook_url": runbook(self.rule, self.labels)}
        return {"exp_labels": self.labels, "exp_annotations": annotations}

    def expectations(self) -> list[dict]:
        def at(minute, *fired):
            return {"alertname": self.alert, "eval_time": f"{minute}m", "exp_alerts": list(fired)}
        return [at(WELL - 1), at(WELL + self.wait - 1), at(WELL + self.wait, self.fired()), at(self.over)]

    def silence(self) -> list[dict]:
        return [{"alertname": self.alert, "eval_time": f"{self.over - 1}m", "exp_alerts": []}]


def runbook(rule: dict, labels: dict) -> str:
    return rule["annotations"]["runbook_url"].replace("{{ $labels.check }}", labels.get("check", ""))


def unit_story(alert: str, check: str, *found: dict, **others) -> Story:
    """A unit's check fails, with one finding or the given ones."""
    found = found or ({},)
    broken = {status(check): 0} | {finding(check, **each): None for each in found}
    labels = UNIT | {"check": check, "group": "ml", "severity": "critical"}
    return Story(alert, broken, description_of(check, *sorted(found, key=lambda each: each.get("subject", "tcp"))),
                 labels, **others)


def host_story(alert: str, check: str, severity="warning", state="fail") -> Story:
    broken = {host_status(check, state): 0, host_finding(check, state): None}
    return Story(alert, broken, host_description_of(check), HOST | {"check": check, "status": state, "severity": severity}, ())


def play(folder, inputs: list[dict], alert_tests=(), expressions=()) -> str:
    """What promtool has to say of it, empty if it is as expected."""
    test = {"rule_files": [str(tools.RULES)], "evaluation_interval": "1m", "tests": [{
        "interval": "1m", "input_series": inputs, "alert_rule_test": list(alert_tests),
        "promql_expr_test": list(expressions)}]}
    file = folder / "story.yml"
    file.write_text(json.dumps(test))  # JSON is YAML
    done = tools.run("promtool", "test", "rules", file)
    return "" if done.returncode == 0 else done.stdout + done.stderr
