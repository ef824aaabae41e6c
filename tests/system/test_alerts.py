# SPDX-License-Identifier: MIT
"""From a fault to a message: systemd, checklistd, Prometheus, Alertmanager and a webhook, all real."""

import json
import threading
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from socket import create_server

import pytest
from faults.cases import CATALOG
from faults.cases.journal import say
from faults.stage import Stage
from sandbox import monitoring
from sandbox.wait import wait_until

HOOK = 5001
ARRIVING = 60  # seconds
GRAFANA, LLAMA = "grafana.service", "llamacpp.service"
FAULTS = {fault.number: fault for fault in CATALOG}
DOWN = "systemctl stop checklistd.service checklistd.socket checklistd-publish.socket"
UP = "systemctl start checklistd.socket checklistd-publish.socket checklistd.service"
MISTAKE = "/etc/checklistd/services.d/mistake.json"
RELOAD = "systemctl reload checklistd.service"


@dataclass(frozen=True)
class Case:
    """What is done, and the alert that must arrive: its name, receiver, unit if any, and words of its text."""

    name: str
    alert: str
    receiver: str
    unit: str | None
    expected: str
    observed: str
    steps: tuple  # prepare, inject, undo


def fault(number: str, *what) -> Case:
    found = FAULTS[number]
    return Case(f"{number}: {found.title}", *what, (found.prepare, found.inject, found.undo))


CASES = [
    fault("1", "ChecklistServiceDown", "page", LLAMA, "active", "killed by KILL"),
    fault("22a", "ChecklistPortExposed", "chat", GRAFANA, "listens exactly on tcp:127.0.0.1:3000", "tcp:0.0.0.0:3000"),
    fault("25", "ChecklistPortExposed", "chat", GRAFANA, "loopback", "tcp:0.0.0.0:3999"),
    fault("23", "ChecklistPortWrong", "chat", GRAFANA, "listens exactly on tcp:127.0.0.1:3000", "nobody listens"),
    fault("38a", "ChecklistHealthProbeFailing", "chat", GRAFANA, "200", "503"),
    fault("27a", "ChecklistBootNotGuaranteed", "chat", GRAFANA, "graphical.target starts it", "nothing starts it"),
    fault("28a", "ChecklistToggleWrong", "chat", "retired.service", "not active", "active"),
    fault("11a", "ChecklistDependencyBroken", "page", LLAMA, "vanished.service", "not-found"),
    fault("31b", "ChecklistLimitsWeakened", "chat", GRAFANA, "10000", "4096"),
    fault("33b", "ChecklistHardeningWeakened", "page", LLAMA, "strict", "yes"),
    fault("53a", "ChecklistCoverageLost", "page", None, "has a spec", "has none"),
    Case("service that goes on logging errors", "ChecklistJournalErrors", "page", LLAMA, "no message at err", "it logs errors", (
        None, f"for i in $(seq 6); do {say(LLAMA, 'an error')}; sleep 1; done", None)),
    Case("configuration with a mistake", "ChecklistConfigRefused", "chat", None, "in force", "has mistakes", (
        None, f"echo '{{' > {MISTAKE}; {RELOAD} || true", f"rm {MISTAKE}; {RELOAD}")),
    Case("checklistd stopped", "ChecklistDown", "page", None, "an answer", "none", (None, DOWN, UP)),
]


class Webhook:
    """Receives what Alertmanager sends, on the sandbox's loopback."""

    def __init__(self, box):
        self._news = threading.Condition()
        self._alerts = []  # (receiver, alert), in the order of arrival
        hook = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                hook.take(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
                self.send_response(200)
                self.end_headers()

            def log_message(self, *_):
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", HOOK), Handler, bind_and_activate=False)
        self._server.socket.close()
        self._server.socket = box.inside(lambda: create_server(("127.0.0.1", HOOK)))
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def close(self):
        self._server.shutdown()
        self._server.server_close()

    def take(self, message):
        with self._news:
            self._alerts += [(message["receiver"], alert) for alert in message["alerts"]]
            self._news.notify_all()

    def mark(self) -> int:
        return len(self._alerts)

    def first(self, mark: int, condition):
        """The first alert after the mark of which the condition holds, waiting for it."""
        def find():
            return next((each for each in self._alerts[mark:] if condition(*each)), None)
        with self._news:
            found = self._news.wait_for(find, ARRIVING)
            seen = [(receiver, alert["status"], alert["labels"]) for receiver, alert in self._alerts[mark:]]
        assert found, f"did not arrive; what did: {seen}"
        return found


@pytest.fixture(scope="module")
def stage(build):
    with Stage(build, lambda _: None) as raised:
        monitoring.install(raised.box)
        yield raised


@pytest.fixture(scope="module")
def webhook(stage):
    hook = Webhook(stage.box)
    yield hook
    hook.close()


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_arrives_says_why_and_resolves(stage, webhook, case):
    prepare, inject, undo = case.steps

    def is_it(status):
        return lambda _, alert: (alert["status"] == status and alert["labels"]["alertname"] == case.alert
                                 and alert["labels"].get("unit") == case.unit)
    mark = webhook.mark()
    stage.do(prepare)
    try:
        stage.do(inject)
        receiver, alert = webhook.first(mark, is_it("firing"))
    finally:
        mark = webhook.mark()
        stage.do(undo)
    text = alert["annotations"]["description"]
    assert receiver == case.receiver
    assert alert["labels"]["instance"] == monitoring.INSTANCE
    expected, _, observed = text.partition("observed ")
    assert case.expected in expected.partition("xpected ")[2], text
    assert case.observed in observed, text
    assert alert["annotations"]["runbook_url"].startswith("file:///usr/share/doc/checklistd/")
    webhook.first(mark, is_it("resolved"))
    assert stage.watch.until(stage.is_calm, 45), stage.unlike_before()


def test_runbooks_lead_to_files_that_are_installed(stage):
    """For every check that this host has."""
    checks = monitoring.ask(stage.box, "label/check/values")["data"]
    pages = stage.box.run("ls /usr/share/doc/checklistd/checks").stdout.split()
    assert {f"{check}.md" for check in checks} <= set(pages)
    assert "### ChecklistDown" in stage.box.read("/usr/share/doc/checklistd/prometheus.md")


def test_what_remains_is_that_a_port_failed_thrice(stage):
    def remaining():
        found = monitoring.ask(stage.box, "query", query="ALERTS")["data"]["result"]
        return {(each["metric"]["alertname"], each["metric"].get("check")) for each in found}
    wait_until(lambda: {alert for alert, _ in remaining()} <= {"ChecklistFlapping"}, 30,
               lambda: f"still there: {remaining()}")
    assert ("ChecklistFlapping", "port_bindings") in remaining()
