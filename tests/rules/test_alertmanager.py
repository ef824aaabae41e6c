# SPDX-License-Identifier: MIT
"""The example of Alertmanager routes by severity and class, groups by unit or host, and hides what follows from something worse."""

import itertools
import os
import re
import socket

import pytest
import yaml
from sandbox import Sandbox
from sandbox.wait import wait_until

from rules import tools

UNIT = {"instance": "gpu1", "manager": "system", "unit": "llamacpp.service"}


@pytest.fixture(scope="module")
def alertmanager():
    """Its address; it wants files that Debian's package keeps in /usr/share, so it runs in a sandbox's tree."""
    if os.geteuid() != 0:
        pytest.skip("a sandbox needs root")
    with socket.create_server(("127.0.0.1", 0)) as listener:
        address = f"127.0.0.1:{listener.getsockname()[1]}"
    with Sandbox("alertmanager") as box:
        box.write("/run/alertmanager.yml", tools.ALERTMANAGER.read_text())
        box.popen(["prometheus-alertmanager", "--config.file=/run/alertmanager.yml", "--storage.path=/run/alertmanager",
                   f"--web.listen-address={address}", "--cluster.listen-address=", "--log.level=error"])
        wait_until(lambda: answers(f"http://{address}/api/v2/status"), 20, "Alertmanager")
        yield f"http://{address}"


def answers(url: str) -> bool:
    try:
        return bool(tools.ask(url))
    except OSError:
        return False


PROBES = (f"probe{number}" for number in itertools.count())


def hidden(alertmanager, source: dict, target: dict) -> bool:
    """Whether the second alert is inhibited while the first fires.

    Alertmanager takes alerts one after the other: once a later one is inhibited, the first has been seen.
    """
    probe = {"alertname": "ChecklistDown", "instance": next(PROBES)}
    probed = probe | {"alertname": "ChecklistStale"}
    tools.ask(f"{alertmanager}/api/v2/alerts", [{"labels": each} for each in (source, target, probe, probed)])

    def inhibitors(labels):
        alerts = tools.ask(f"{alertmanager}/api/v2/alerts")
        return next((each["status"]["inhibitedBy"] for each in alerts if each["labels"] == labels), [])
    wait_until(lambda: inhibitors(probed), 20, "no alert is inhibited")
    return bool(inhibitors(target))


def test_amtool_accepts_it():
    check = tools.run("amtool", "check-config", tools.ALERTMANAGER)
    assert check.returncode == 0, check.stderr
    assert "SUCCESS" in check.stdout


def configuration() -> dict:
    return yaml.safe_load(tools.ALERTMANAGER.read_text())


def routes() -> list[dict]:
    """All routes with what they inherit."""
    root = configuration()["route"]
    return [root, *(root | each for each in root["routes"])]


@pytest.mark.parametrize("labels, receiver", [
    ({"severity": "critical", "class": "symptom"}, "page"), ({"severity": "critical", "class": "posture"}, "page"),
    ({"severity": "warning", "class": "symptom"}, "chat"), ({"severity": "warning", "class": "posture"}, "digest"),
    ({"severity": "warning"}, "chat"), ({"severity": "info", "class": "symptom"}, "digest"), ({"severity": "info"}, "digest")])
def test_routes_by_severity_and_class(labels, receiver):
    route = tools.run("amtool", "config", "routes", "test", f"--config.file={tools.ALERTMANAGER}", f"--verify.receivers={receiver}",
                      "alertname=ChecklistServiceDown", *(f"{name}={value}" for name, value in labels.items()))
    assert (route.returncode, route.stdout.strip()) == (0, receiver)


def test_a_page_waits_for_no_other():
    page = next(each for each in routes() if each["receiver"] == "page")
    assert page["group_by"] == ["instance", "manager", "unit", "alertname"]
    assert tools.seconds(page["group_interval"]) <= 60
    assert {tuple(each["group_by"]) for each in routes() if each is not page} >= {("instance",)}


@pytest.mark.parametrize("alert", ["ChecklistServiceDown", "ChecklistGpuAccessLost"])
def test_a_page_is_sent_within_a_minute_of_the_fault(alert):
    """By the times of the examples, with 5 s for those who do the work."""
    times = yaml.safe_load((tools.CONFIG / "prometheus/prometheus.yml").read_text())["global"]
    page = next(each for each in routes() if each["receiver"] == "page")
    waits = (times["scrape_interval"], times["evaluation_interval"], tools.alerts()[alert]["for"], page["group_wait"])
    assert sum(map(tools.seconds, waits)) <= 55


def test_what_was_sent_is_remembered_until_it_is_repeated():
    assert all(tools.seconds(each["repeat_interval"]) < 120 * 3600 for each in routes())  # --data.retention


def test_every_alert_that_is_named_exists_and_carries_what_is_compared():
    """Alertmanager takes a label that both alerts lack as equal."""
    foreign = {"HostDown", "InstanceDown"}
    for rule in configuration()["inhibit_rules"]:
        named = set(re.findall(r"\b[A-Z]\w+", " ".join(rule["source_matchers"] + rule["target_matchers"]))) - {"Checklist"}
        assert named <= set(tools.alerts()) | foreign
        assert "cause" not in rule["equal"] or "cause" in tools.alerts()["ChecklistServiceDown"]["labels"]


@pytest.mark.parametrize("host, source, target, expected", [
    ("a", {"alertname": "ChecklistDown"}, {"alertname": "ChecklistServiceDown", "unit": "x.service"}, True),
    ("b", {"alertname": "HostDown"}, {"alertname": "ChecklistHealthProbeFailing", "unit": "x.service"}, True),
    ("c", {"alertname": "HostDown"}, {"alertname": "ChecklistDown"}, False),
    ("d", {"alertname": "ChecklistStale"}, {"alertname": "ChecklistUnknownForLong", "unit": "x.service"}, True),
    ("e", {"alertname": "ChecklistStale"}, {"alertname": "ChecklistServiceDown", "unit": "x.service"}, False),
])
def test_a_host_that_is_down_inhibits_its_other_alerts(alertmanager, host, source, target, expected):
    assert hidden(alertmanager, source | {"instance": host}, target | {"instance": host}) == expected


def test_a_host_without_a_name_does_not_inhibit_that_no_host_is_scraped(alertmanager):
    assert not hidden(alertmanager, {"alertname": "HostDown"}, {"alertname": "ChecklistAbsent"})


def down(unit: str, severity="critical", **labels) -> dict:
    """ChecklistServiceDown as the rules make it."""
    return UNIT | {"alertname": "ChecklistServiceDown", "unit": unit, "cause": unit, "severity": severity} | labels


@pytest.mark.parametrize("unit, target, expected", [
    ("a.service", "ChecklistPortWrong", True), ("b.service", "ChecklistHealthProbeFailing", True),
    ("c.service", "ChecklistPortExposed", False), ("d.service", "ChecklistGpuAccessLost", False),
    ("e.service", "ChecklistJournalErrors", True), ("f.service", "ChecklistFlapping", True),
    ("g.service", "ChecklistHardeningWeakened", False),
    ("h.timer", "ChecklistTimerDead", True), ("i.service", "ChecklistToggleWrong", True), ("j.service", "ChecklistBootNotGuaranteed", True),
])
def test_a_unit_that_is_down_inhibits_what_follows_from_it(alertmanager, unit, target, expected):
    follows = UNIT | {"alertname": target, "unit": unit, "severity": "warning"}
    assert hidden(alertmanager, down(unit), follows) == expected


def test_another_unit_or_another_host_is_not_inhibited(alertmanager):
    for other in ({"unit": "up.service"}, {"unit": "down.service", "instance": "gpu2"},
                  {"unit": "down.service", "manager": "user:dev"}):
        assert not hidden(alertmanager, down("down.service"), UNIT | {"alertname": "ChecklistPortWrong", "severity": "warning"} | other)


SEVERITIES = ("critical", "warning", "info")
PAIRS = [(source, target) for source in SEVERITIES for target in SEVERITIES]


@pytest.mark.parametrize("source, target", PAIRS)
def test_a_page_is_not_inhibited_by_what_reaches_only_the_chat(alertmanager, source, target):
    unit = f"{source}-{target}.service"
    expected = SEVERITIES.index(source) <= SEVERITIES.index(target)
    wrong = UNIT | {"alertname": "ChecklistPortWrong", "unit": unit, "severity": target}
    assert hidden(alertmanager, down(unit, source), wrong) == expected
    needs = UNIT | {"alertname": "ChecklistDependencyBroken", "unit": f"needs-{unit}", "cause": unit, "severity": target}
    assert hidden(alertmanager, down(unit, source), needs) == expected


def needing(cause: str | None, unit="needs-it.service", **labels) -> dict:
    broken = UNIT | {"alertname": "ChecklistDependencyBroken", "unit": unit, "severity": "warning"} | labels
    return broken | ({"cause": cause} if cause else {})


@pytest.mark.parametrize("target, expected", [
    (needing("culprit.service"), True), (needing("other.service"), False), (needing(None), False),
    (needing("culprit.service", manager="user:dev"), False), (needing("culprit.service", instance="gpu2"), False),
    (needing(None, unit="culprit.service"), False)])
def test_a_culprit_that_is_down_inhibits_the_alerts_of_those_that_need_it(alertmanager, target, expected):
    assert hidden(alertmanager, down("culprit.service"), target) == expected


def test_units_that_are_down_do_not_inhibit_one_another(alertmanager):
    assert not hidden(alertmanager, down("one.service"), down("two.service"))
    assert not hidden(alertmanager, down("two.service"), down("one.service"))
