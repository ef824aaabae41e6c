# SPDX-License-Identifier: MIT
"""The example of Alertmanager routes by severity, groups by host, and hides what follows from something worse."""

import os
import socket

import pytest
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


def hidden(alertmanager, source: dict, target: dict) -> bool:
    """Whether the second alert is inhibited while the first fires."""
    tools.ask(f"{alertmanager}/api/v2/alerts", [{"labels": source}, {"labels": target}])

    def state():
        alerts = tools.ask(f"{alertmanager}/api/v2/alerts")
        found = [each["status"] for each in alerts if each["labels"] == target]
        return found[0] if found and found[0]["state"] != "unprocessed" else None
    return bool(wait_until(state, 10, "the alert is not processed")["inhibitedBy"])


def test_amtool_accepts_it():
    check = tools.run("amtool", "check-config", tools.ALERTMANAGER)
    assert check.returncode == 0, check.stderr
    assert "SUCCESS" in check.stdout


@pytest.mark.parametrize("severity, receiver", [("critical", "page"), ("warning", "chat"), ("info", "digest")])
def test_routes_by_severity(severity, receiver):
    route = tools.run("amtool", "config", "routes", "test", f"--config.file={tools.ALERTMANAGER}",
                      f"--verify.receivers={receiver}", f"severity={severity}", "alertname=ChecklistServiceDown")
    assert (route.returncode, route.stdout.strip()) == (0, receiver)


@pytest.mark.parametrize("host, source, target, expected", [
    ("a", {"alertname": "ChecklistDown"}, {"alertname": "ChecklistServiceDown", "unit": "x.service"}, True),
    ("b", {"alertname": "HostDown"}, {"alertname": "ChecklistHealthProbeFailing", "unit": "x.service"}, True),
    ("c", {"alertname": "HostDown"}, {"alertname": "ChecklistDown"}, False),
    ("d", {"alertname": "ChecklistStale"}, {"alertname": "ChecklistUnknownForLong", "unit": "x.service"}, True),
    ("e", {"alertname": "ChecklistStale"}, {"alertname": "ChecklistServiceDown", "unit": "x.service"}, False),
])
def test_a_host_that_is_down_inhibits_its_other_alerts(alertmanager, host, source, target, expected):
    assert hidden(alertmanager, source | {"instance": host}, target | {"instance": host}) == expected


@pytest.mark.parametrize("unit, target, expected", [
    ("a.service", "ChecklistPortWrong", True), ("b.service", "ChecklistHealthProbeFailing", True),
    ("c.service", "ChecklistPortExposed", False), ("d.service", "ChecklistGpuAccessLost", False),
])
def test_a_unit_that_is_down_inhibits_port_and_probe(alertmanager, unit, target, expected):
    down = UNIT | {"alertname": "ChecklistServiceDown", "unit": unit}
    assert hidden(alertmanager, down, UNIT | {"alertname": target, "unit": unit}) == expected


def test_another_unit_or_another_host_is_not_inhibited(alertmanager):
    down = UNIT | {"alertname": "ChecklistServiceDown", "unit": "down.service"}
    for other in ({"unit": "up.service"}, {"unit": "down.service", "instance": "gpu2"},
                  {"unit": "down.service", "manager": "user:dev"}):
        assert not hidden(alertmanager, down, UNIT | {"alertname": "ChecklistPortWrong"} | other)
