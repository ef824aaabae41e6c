# SPDX-License-Identifier: MIT
"""From a fault to a message: systemd, checklistd, Prometheus, Alertmanager and a webhook, all real."""

from dataclasses import dataclass
from socket import create_server

import pytest
from faults.cases import CATALOG
from faults.cases.journal import say
from faults.cases.manager import BUS_DOWN, BUS_UP
from faults.stage import Stage
from sandbox import monitoring
from sandbox.wait import wait_until
from sandbox.webhook import Webhook

HOOK = 5001
ARRIVING = 60  # seconds
GRAFANA, LLAMA, CREDENTIALS = "grafana.service", "llamacpp.service", "setup-system-credentials.service"
SCRAPES = "/etc/prometheus/prometheus.yml"
READ_SCRAPES = "systemctl reload prometheus.service"
FAULTS = {fault.number: fault for fault in CATALOG}
DOWN = "systemctl stop checklistd.service checklistd.socket checklistd-publish.socket"
UP = "systemctl start checklistd.socket checklistd-publish.socket checklistd.service"
MISTAKE = "/etc/checklistd/services.d/mistake.json"
RELOAD = "systemctl reload checklistd.service"


@dataclass(frozen=True)
class Case:
    """What is done, and the alert that must arrive: its name, receiver, unit if any, and words of its text.

    Those of one round happen at once.
    """

    name: str
    alert: str
    receiver: str
    unit: str | None
    expected: str
    observed: str
    steps: tuple  # prepare, inject, undo

    def is_it(self, alert, status: str) -> bool:
        labels = alert["labels"]
        return (alert["status"], labels["alertname"], labels.get("unit")) == (status, self.alert, self.unit)

    def is_described_by(self, alert) -> bool:
        """Whether its text says what is observed, and what is expected instead; one about checklistd itself is a sentence."""
        text = alert["annotations"]["description"]
        observed, of_finding, expected = text.partition(" (expected: ")
        return self.observed in observed and self.expected in (expected if of_finding else text)


def fault(number: str, *what) -> Case:
    found = FAULTS[number]
    return Case(f"{number}: {found.title}", *what, (found.prepare, found.inject, found.undo))


CASES = [
    fault("1", "ChecklistServiceDown", "page", LLAMA, "active", "killed by KILL"),
    fault("22a", "ChecklistPortExposed", "chat", GRAFANA, "listens exactly on tcp:127.0.0.1:3000", "tcp:0.0.0.0:3000"),
    fault("25", "ChecklistPortExposed", "chat", GRAFANA, "loopback", "tcp:0.0.0.0:3999"),
    fault("23", "ChecklistPortWrong", "chat", GRAFANA, "listens exactly on tcp:127.0.0.1:3000", "nothing is listening"),
    fault("38a", "ChecklistHealthProbeFailing", "chat", GRAFANA, "200", "503"),
    fault("27a", "ChecklistBootNotGuaranteed", "digest", GRAFANA, "graphical.target starts it", "no unit starts it"),
    fault("28a", "ChecklistToggleWrong", "digest", "retired.service", "not active", "active"),
    fault("11a", "ChecklistDependencyBroken", "digest", LLAMA, "vanished.service", "not-found"),
    fault("31b", "ChecklistLimitsWeakened", "digest", GRAFANA, "10000", "4096"),
    fault("33b", "ChecklistHardeningWeakened", "digest", LLAMA, "strict", "yes"),
    fault("91", "ChecklistUnknownForLong", "digest", LLAMA, "300", "900"),
    fault("53a", "ChecklistCoverageLost", "page", None, "has a spec", "no spec"),
    Case("service that goes on logging errors", "ChecklistJournalErrors", "digest", GRAFANA, "no message at err", "errors were logged", (
        None, f"for i in $(seq 6); do {say(GRAFANA, 'an error')}; sleep 1; done", None)),
    Case("configuration with a mistake", "ChecklistConfigRefused", "chat", None, "still in force", "has errors", (
        None, f"echo '{{' > {MISTAKE}; {RELOAD} || true", f"rm {MISTAKE}; {RELOAD}")),
    Case("checklistd stopped", "ChecklistDown", "page", None, "state of its services is unknown", "does not answer", (None, DOWN, UP)),
    Case("system bus away for longer than 10 s", "ChecklistStale", "page", None, "is unknown", "systemd does not answer", (
        None, BUS_DOWN, BUS_UP)),
    Case("no target left", "ChecklistAbsent", "page", None, "no other alert", "has no target", (
        f"cp {SCRAPES} /root/", f"sed -i '/127.0.0.1:10558/s/targets:.*/targets: []/' {SCRAPES}; {READ_SCRAPES}",
        f"cp /root/prometheus.yml {SCRAPES}; {READ_SCRAPES}")),
]
AT_ONCE = [
    fault("32", "ChecklistLimitsWeakened", "digest", GRAFANA, "10000", "4096"),
    fault("16", "ChecklistGpuAccessLost", "page", LLAMA, "by group video", "crw-------"),
    fault("208", "ChecklistTimerDead", "digest", "yearly.timer", "triggered unit succeeds", "has failed"),
    fault("36a", "ChecklistDefinitionChanged", "digest", "moved.service", "alias of moved.service", "not-found"),
    fault("40a", "ChecklistFilesWrong", "digest", CREDENTIALS, "mode 0600", "mode 0644"),
    fault("42a", "ChecklistHostDegraded", "chat", None, "not failed", "failed"),
    fault("43a", "ChecklistPortConflict", "chat", None, "one unit per address", "grafana.service declare"),
    fault("41b", "ChecklistUsersWrong", "digest", None, "no login shell", "/bin/bash"),
    fault("167", "ChecklistGpuAccessInconsistent", "digest", None, "no two active services", "are active and share"),
]
ROUNDS = {**{case.name: [case] for case in CASES}, "nine at once": AT_ONCE}


class Alerts(Webhook):
    """The alerts among what arrives."""

    def first_alert(self, mark: int, condition) -> tuple[str, dict]:
        """The receiver and the first alert after the mark of which the condition holds, waiting for it."""
        def find(post):
            return next(((post.message["receiver"], alert) for alert in post.message["alerts"] if condition(alert)), None)
        found = self.first(mark, find, ARRIVING)
        seen = {f"{post.message['receiver']} {alert['status']} {alert['labels']['alertname']}: {alert['annotations']['description']}"
                for post in self.since(mark) for alert in post.message["alerts"]}
        assert found, "did not arrive; what did:\n" + "\n".join(sorted(seen))
        return found


@pytest.fixture(scope="module")
def stage(build):
    with Stage(build, lambda _: None) as raised:
        monitoring.install(raised.box)
        yield raised


@pytest.fixture(scope="module")
def webhook(stage):
    hook = Alerts(stage.box.inside(lambda: create_server(("127.0.0.1", HOOK))))
    yield hook
    hook.close()


@pytest.mark.parametrize("cases", ROUNDS.values(), ids=ROUNDS.keys())
def test_arrives_says_why_and_resolves(stage, webhook, cases):
    mark = webhook.mark()
    for case in cases:
        stage.do(case.steps[0])
    stage.settle()
    try:
        for case in cases:
            stage.do(case.steps[1])
        for case in cases:
            receiver, alert = webhook.first_alert(
                mark, lambda alert, case=case: case.is_it(alert, "firing") and case.is_described_by(alert))
            assert receiver == case.receiver
            assert alert["labels"].get("instance") == (None if case.alert == "ChecklistAbsent" else monitoring.INSTANCE)
            assert alert["annotations"]["runbook_url"].startswith("file:///usr/share/doc/checklistd/")
    finally:
        mark = webhook.mark()
        for case in reversed(cases):
            stage.do(case.steps[2])
    for case in cases:
        webhook.first_alert(mark, lambda alert, case=case: case.is_it(alert, "resolved"))
    assert stage.watch.until(stage.is_calm, 45), stage.unlike_before()


def test_an_acknowledged_failure_is_silent_until_its_time(stage, webhook):
    case = fault("1", "ChecklistServiceDown", "page", LLAMA, "active", "killed by KILL")
    ack = ["checklistctl", "ack", LLAMA, "service_state"]

    def arrives(mark, status):
        return webhook.first_alert(mark, lambda alert: case.is_it(alert, status))[1]
    mark = webhook.mark()
    stage.do(case.steps[0])
    try:
        stage.do(case.steps[1])
        arrives(mark, "firing")
        mark = webhook.mark()
        stage.box.run([*ack, "--until=15s", "--reason=it is moved to another host"])
        arrives(mark, "resolved")
        known = monitoring.ask(stage.box, "query", query="checklist_check_acknowledged")["data"]["result"]
        assert [(each["metric"]["unit"], each["metric"]["check"]) for each in known] == [(LLAMA, "service_state")]
        assert "it is moved to another host" in stage.box.run(["checklistctl", "status", LLAMA], check=False).stdout
        assert "it is moved to another host" in stage.fetch("/").body
        mark = webhook.mark()
        arrives(mark, "firing")  # its time has come
        mark = webhook.mark()
        stage.box.run([*ack, "--until=3d", "--reason=it takes longer"])
        arrives(mark, "resolved")
        mark = webhook.mark()
        stage.box.run([*ack, "--remove"])
        arrives(mark, "firing")
    finally:
        mark = webhook.mark()
        stage.do(case.steps[2])
    arrives(mark, "resolved")
    assert stage.watch.until(stage.is_calm, 45), stage.unlike_before()


def test_runbooks_lead_to_files_that_are_installed(stage):
    """For every check that this host has."""
    checks = monitoring.ask(stage.box, "label/check/values")["data"]
    pages = stage.box.run("ls /usr/share/doc/checklistd/checks").stdout.split()
    assert {f"{check}.md" for check in checks} <= set(pages)
    assert "### ChecklistDown" in stage.box.read("/usr/share/doc/checklistd/prometheus.md")


def test_what_remains_is_that_a_port_failed_thrice(stage, webhook):
    def remaining():
        found = monitoring.ask(stage.box, "query", query="ALERTS")["data"]["result"]
        return {(each["metric"]["alertname"], each["metric"].get("check") or each["metric"].get("observer")) for each in found}
    wait_until(lambda: {alert for alert, _ in remaining()} <= {"ChecklistFlapping"}, 30,
               lambda: f"still there: {remaining()}")
    assert ("ChecklistFlapping", "port_bindings") in remaining()
    receiver, alert = webhook.first_alert(0, lambda alert: alert["labels"]["alertname"] == "ChecklistFlapping"
                                    and alert["labels"]["check"] == "port_bindings")
    assert (receiver, alert["labels"]["unit"]) == ("chat", GRAFANA)
    assert "port_bindings turned to fail 3 times" in alert["annotations"]["description"]
