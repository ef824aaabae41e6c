# SPDX-License-Identifier: MIT
"""A storm of reports on the publish socket, which is open to every user, does not disturb the daemon."""

import json
import socket
import threading

import pytest
from sandbox import Sandbox, plan
from sandbox.wait import wait_until

PORT, PUBLISH = 10558, "/run/checklistd/publish.sock"
REPORTS = 20_000  # some fifty seconds at four hundred a second
UNIT = "grafana.service"


@pytest.fixture(scope="module")
def box(build):
    with Sandbox("publish") as booted:
        plan.install(booted, build)
        booted.boot()
        plan.wait_up(booted)
        wait_until(lambda: booted.http(PORT, "/-/ready").status == 200, 60, "checklistd")
        yield booted


def report(box) -> bytes:
    return box.http(PORT, "/api/v1/report").body.encode()


def publish(path: str, texts: list[bytes], count: int):
    """Connects `count` times; each connection ends as a client's may: complete, cut short, empty."""
    for number in range(count):
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as client:
            client.connect(path)
            try:
                client.sendall(texts[number % len(texts)])
            except (BrokenPipeError, ConnectionResetError):
                pass  # a second connection of the same user is closed at once


def test_reports_while_units_change(box):
    """A change of a unit starts systemd-analyze: connections are closed while a child shares their descriptors."""
    whole = report(box)
    texts = [b"", whole[: len(whole) // 2], b"{", whole]
    pid = box.run("systemctl show --value -p MainPID checklistd.service").stdout
    sender = threading.Thread(target=box.inside, args=(publish, PUBLISH, texts, REPORTS))
    sender.start()
    changes = 0
    while sender.is_alive():
        box.run(f"systemctl daemon-reload; systemctl restart {UNIT}")
        changes += 1
    sender.join()
    assert changes > 0
    assert box.run("systemctl show --value -p MainPID checklistd.service").stdout == pid
    assert box.run("systemctl show --value -p NRestarts checklistd.service").stdout == "0\n"

    def state():
        services = json.loads(report(box))["services"]
        own = next(each for each in services if each["unit"] == UNIT and each["manager"] == "system")
        return {check["check"]: check["status"] for check in own["checks"]}
    wait_until(lambda: state()["service_state"] == "pass", 60, state)
