# SPDX-License-Identifier: MIT
"""One story of a host as promtool's unit test: all is well, something breaks, all is well again."""

import json
from dataclasses import dataclass, field

from rules import tools

WELL = 10  # minutes before it breaks
SINCE = "00:10 UTC"  # promtool's time begins in 1970
HOST = {"job": "checklistd", "instance": "gpu1"}
UNIT = HOST | {"unit": "llamacpp.service", "manager": "system"}
FOUND = {"subject": "its subject", "reason": "its_reason", "expected": "this", "observed": "that", "hint": "run `this`"}
PASS, UNKNOWN, FAIL = 1, 2, 3
SYMPTOMS = ("service_state", "health_probe", "port_bindings", "gpu_device_access")
LATEST = 120  # minutes


def series(family: str, **labels) -> str:
    # JSON writes strings as PromQL reads them.
    return family + "{" + ",".join(f"{name}={json.dumps(text)}" for name, text in labels.items()) + "}"


def result(check: str, unit=UNIT) -> str:
    return series("checklist_check_result", **unit, check=check, group="ml")


def labels_of(check: str, severity="critical") -> dict:
    """The severity and class that the daemon gives a check of a unit whose spec says `severity`."""
    is_symptom = check in SYMPTOMS
    return {"severity": severity if is_symptom or severity != "critical" else "warning",
            "class": "symptom" if is_symptom else "posture"}


def problem(check: str, unit=UNIT, **labels) -> str:
    return series("checklist_check_problem_timestamp_seconds", **unit, check=check, **labels_of(check) | labels)


def finding(check: str, status="fail", unit=UNIT, **found) -> str:
    return series("checklist_finding_info", **unit, check=check, status=status, **FOUND | found)


def acknowledged(check: str, unit=UNIT, **labels) -> str:
    known = {"by": "dev", "until": "2026-12-24T18:00:00Z", "reason": "it moves"} | labels
    return series("checklist_check_acknowledged", **unit, check=check, **known)


def host_result(check: str) -> str:
    return series("checklist_host_check_result", **HOST, check=check)


def host_problem(check: str) -> str:
    return series("checklist_host_check_problem_timestamp_seconds", **HOST, check=check)


def host_finding(check: str, status="fail", **found) -> str:
    return series("checklist_host_finding_info", **HOST, check=check, status=status, **FOUND | found)


def values(text: str, *names: str) -> list[dict]:
    """Series of the same values, in promtool's notation: 0x9 is ten values, _x10 is ten that are missing."""
    return [{"series": name, "values": text} for name in names]


@dataclass
class Story:
    """`broken` holds series, each with its value while all is well and while not; None is a missing series.

    In `description`, AGE is how long it has been so.
    """

    alert: str
    broken: dict[str, tuple]
    summary: str = ""
    description: str = ""
    labels: dict = field(default_factory=dict)
    always: tuple[str, ...] = ()

    @property
    def rule(self) -> dict:
        return tools.alerts()[self.alert]

    @property
    def wait(self) -> int:
        """Minutes that the alert waits, rounded up: the rules are evaluated once in each."""
        return -(-tools.seconds(self.rule["for"]) // 60)

    @property
    def over(self) -> int:
        """The minute in which all is well again."""
        return WELL + self.wait + 5

    def inputs(self) -> list[dict]:
        return [*values(f"1x{LATEST}", *self.always),
                *({"series": name, "values": self._values(*turn)} for name, turn in self.broken.items())]

    def _values(self, well, bad) -> str:
        before, after = (f"{well}x{WELL - 1}", f"{well}x60") if well is not None else (f"_x{WELL}", "stale")
        return f"{before} {bad}x{self.over - WELL - 1} {after}" if bad is not None else f"{before} stale _x{self.over - WELL - 1} {after}"

    def fired(self, minute=None) -> dict:
        age = (minute or WELL + self.wait) - WELL
        annotations = {"summary": self.summary, "description": self.description.replace("AGE", f"{age}m"),
                       "runbook_url": runbook(self.rule, self.labels)}
        return {"exp_labels": self.labels, "exp_annotations": annotations}

    def at(self, minute: int, *fired: dict) -> dict:
        return {"alertname": self.alert, "eval_time": f"{minute}m", "exp_alerts": list(fired)}

    def fires(self, minute: int) -> dict:
        return self.at(minute, self.fired(minute))

    def expectations(self) -> list[dict]:
        starts = WELL + self.wait
        return [self.at(WELL - 1), self.at(starts - 1), self.fires(starts), self.fires(self.over - 1), self.at(self.over)]

    def silence(self) -> list[dict]:
        return [self.at(self.over - 1)]


def runbook(rule: dict, labels: dict) -> str:
    return rule["annotations"]["runbook_url"].replace("{{ $labels.check }}", labels.get("check", ""))


def lines_of(check: str, *found: dict) -> str:
    """What the text of an alert says of findings that have the same hint."""
    def words(each):
        each = FOUND | each
        is_said = check not in ("port_bindings", "gpu_device_access", "dependencies") and each["subject"] != FOUND["subject"]
        return f"{each['subject']}: " * is_said + f"{each['observed']} (expected: {each['expected']})"
    first, *others = map(words, found or ({},))
    return "\n".join([first, f"To do: {FOUND['hint']}", *(f"also: {each}" for each in others)])


def unit_story(alert: str, check: str, what: str, *found: dict, unit=UNIT, name="llamacpp.service", **others) -> Story:
    """A unit's check fails, with one finding or the given ones; `what` is said of it in the summary."""
    found = found or ({},)
    broken = {result(check, unit): (PASS, FAIL), problem(check, unit): (None, WELL * 60)}
    broken |= {finding(check, unit=unit, **each): (None, 1) for each in found}
    labels = unit | {"check": check, "group": "ml"} | labels_of(check)
    if alert == "ChecklistServiceDown":
        labels["cause"] = unit["unit"]
    return Story(alert, broken, f"{name} {what} on gpu1",
                 f"{name} on gpu1 since {SINCE} (AGE): {lines_of(check, *found)}", labels, **others)


def host_story(alert: str, check: str, summary: str, status="fail", severity="warning") -> Story:
    broken = {host_result(check): (PASS, FAIL if status == "fail" else UNKNOWN), host_problem(check): (None, WELL * 60),
              host_finding(check, status): (None, 1)}
    text = f"gpu1 since {SINCE} (AGE): its subject: that (expected: this)\nTo do: run `this`"
    return Story(alert, broken, summary, text,
                 HOST | {"check": check, "severity": severity, "class": tools.alerts()[alert]["labels"]["class"]})


def play(folder, inputs: list[dict], alert_tests=(), expressions=()) -> str:
    """What promtool has to say of it, empty if it is as expected."""
    test = {"rule_files": [str(tools.RULES)], "evaluation_interval": "1m", "tests": [{
        "interval": "1m", "input_series": inputs, "alert_rule_test": list(alert_tests),
        "promql_expr_test": list(expressions)}]}
    file = folder / "story.yml"
    file.write_text(json.dumps(test))  # JSON is YAML
    done = tools.run("promtool", "test", "rules", file)
    return "" if done.returncode == 0 else done.stdout + done.stderr
