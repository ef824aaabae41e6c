# SPDX-License-Identifier: MIT
"""Three hosts and one Prometheus: rules and the fleet's dashboard distinguish them."""

import time
from contextlib import ExitStack
from http.client import HTTPException

import pytest
from views.dashboards import queries
from sandbox import Sandbox, enforced, monitoring, plan
from sandbox.wait import wait_until
from sandbox.watching import Prometheus

WELL, BROKEN, SILENT = HOSTS = ("gpu1", "gpu2", "gpu3")
PORT = 10558
WORST = "instance:checklist_severity:max"


def ready(box) -> bool:
    try:
        return box.http(PORT, "/-/ready").status == 200
    except (OSError, HTTPException):  # its socket is there earlier than the daemon
        return False


def worst(prometheus) -> dict[str, int]:
    return {each["metric"]["instance"]: int(each["value"][1]) for each in prometheus.series(WORST)}


@pytest.fixture(scope="module")
def prometheus(build, tmp_path_factory):
    with ExitStack() as stack:
        boxes = {name: stack.enter_context(Sandbox(name)) for name in HOSTS}
        for box in boxes.values():
            plan.install(box, build)
            enforced.relax(box)
            box.boot()
        for box in boxes.values():
            plan.wait_up(box)
            wait_until(lambda: ready(box), 20, "checklistd")
        targets = [{"targets": [f"127.0.0.1:{box.forward(PORT).port}"], "labels": {"instance": name}}
                   for name, box in boxes.items()]
        rules = monitoring.prompt((monitoring.CONFIG / "prometheus/checklistd.rules.yml").read_text())
        watching = stack.enter_context(Prometheus.of_fleet(tmp_path_factory.mktemp("prometheus"), targets, rules, 1))
        wait_until(lambda: worst(watching) == dict.fromkeys(HOSTS, 1), 90, lambda: f"all to pass: {worst(watching)}")
        boxes[BROKEN].run("systemctl stop llamacpp.service")
        boxes[SILENT].run("systemctl stop checklistd.socket checklistd-publish.socket checklistd.service")
        firing = 'count(ALERTS{alertstate="firing"})'
        wait_until(lambda: watching.number(firing) == 2, 60, lambda: f"two alerts: {watching.series('ALERTS')}")
        yield watching


@pytest.fixture(scope="module")
def answers(prometheus):
    dashboard, at = queries.load("checklistd-fleet"), time.time()
    chosen = queries.variables(dashboard, prometheus.ask, BROKEN, at, {})
    return queries.answers(dashboard, prometheus.ask, chosen, at)


def test_each_has_its_own_severity(prometheus):
    assert worst(prometheus) == {WELL: 1, BROKEN: 3, SILENT: 4}
    assert prometheus.number("job:checklist_severity:max") == 4


def test_the_dashboard_counts_them(answers):
    counts = {title: answers[title][0]["value"][1] for title in
              ("Worst", "Passing", "Failing", "Without an answer", "Unknown")}
    assert counts == {"Worst": "4", "Passing": "1", "Failing": "1", "Without an answer": "1", "Unknown": "0"}


def test_the_dashboard_shows_what_fails_where(answers):
    cells = {(each["metric"]["instance"], each["metric"]["check"]): each["value"][1]
             for each in answers["Checks by host"]}
    assert cells[BROKEN, "service_state"] == "3"
    assert (WELL, "service_state") not in cells
    assert [cells[host, "worst"] for host in HOSTS] == ["1", "3", "4"]
    assert (SILENT, "service_state") not in cells  # of a host that is silent nothing is claimed


def test_each_alert_is_that_of_its_host(answers):
    alerts = {(each["metric"]["instance"], each["metric"]["alertname"]) for each in answers["Alerts"]}
    assert alerts == {(BROKEN, "ChecklistServiceDown"), (SILENT, "ChecklistDown")}
