# SPDX-License-Identifier: MIT
"""The host check firewall: listeners of the real kernel beside the ports that the configuration opens."""

import json

import pytest
from sandbox import Sandbox, plan
from sandbox.wait import wait_until

OPEN, CLOSED = 18080, 19100


@pytest.fixture(scope="module")
def box(build):
    with Sandbox("firewall") as booted:
        plan.install(booted, build)
        booted.write("/etc/checklistd/checklistd.json",
                     json.dumps({"host": {"firewall": {"open": [f"tcp:{OPEN}"]}}}))
        booted.boot()
        yield booted


def found(box, port):
    """The status, reason and observation of the port's finding."""
    host = json.loads(box.http(10558, "/api/v1/report").body)["host"]
    for check in host["checks"]:
        for finding in check["findings"] if check["check"] == "firewall" else []:
            if finding["subject"] == f"tcp:{port}":
                return finding["status"], finding["reason"], finding["observed"]
    return None


def wait_found(box, port, status, reason, observed):
    wait_until(lambda: (seen := found(box, port)) and seen[:2] == (status, reason) and observed in seen[2], 30,
               lambda: found(box, port))


def listen(box, unit, address, port):
    box.run(f"systemd-run --quiet --unit={unit} /usr/local/bin/stand-in-server --listen {address}:{port} /=ok")


def test_an_open_port_needs_a_listener_beyond_loopback(box):
    wait_found(box, OPEN, "fail", "not_listening", "no process listens there")
    listen(box, "inner", "127.0.0.1", OPEN)
    wait_found(box, OPEN, "fail", "not_listening", "only on loopback: 127.0.0.1 (inner.service)")
    box.run("systemctl stop inner")
    listen(box, "outer", "0.0.0.0", OPEN)
    wait_found(box, OPEN, "pass", "", "0.0.0.0 (outer.service)")


def test_a_listener_beyond_loopback_needs_an_open_port(box):
    assert found(box, CLOSED) is None
    listen(box, "exporter", "[::]", CLOSED)
    wait_found(box, CLOSED, "fail", "not_open", "(exporter.service)")
    box.run("systemctl stop exporter")
    wait_until(lambda: found(box, CLOSED) is None, 30, lambda: found(box, CLOSED))
