# SPDX-License-Identifier: MIT
"""Sockets of the real kernel: those behind the firewall's ports, and those that systemd opens for a service."""

import json

import pytest
from sandbox import Sandbox, plan
from sandbox.wait import wait_until

OPEN, CLOSED = 18080, 19100
PATH, ADDRESS = "/run/on-demand.sock", "127.0.0.1:17007"
SPECS = "/etc/checklistd/services.d"


@pytest.fixture(scope="module")
def box(build):
    with Sandbox("firewall") as booted:
        plan.install(booted, build)
        booted.write("/etc/checklistd/checklistd.json",
                     json.dumps({"host": {"firewall": {"open": [f"tcp:{OPEN}"]}}}))
        booted.write("/etc/systemd/system/on-demand.socket",
                     f"[Unit]\nStartLimitIntervalSec=0\n[Socket]\nListenStream={PATH}\nListenStream={ADDRESS}\n[Install]\nWantedBy=sockets.target\n")
        booted.write("/etc/systemd/system/on-demand.service", "[Service]\nExecStart=/usr/bin/sleep infinity\n")
        for unit in ("on-demand.socket", "on-demand.service"):
            booted.write(f"{SPECS}/{unit}.json", json.dumps({"unit": unit, "checks": {
                "port_bindings": {"listen": [f"unix:{PATH}", f"tcp:{ADDRESS}"]}, "boot_start": False}}))
        booted.run("systemctl enable on-demand.socket")
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


def bindings(box, unit):
    """The statuses and reasons of what the unit's spec declares."""
    services = json.loads(box.http(10558, "/api/v1/report").body)["services"]
    checks = next(each["checks"] for each in services if each["unit"] == unit)
    return {(each["status"], each["reason"]) for check in checks if check["check"] == "port_bindings"
            for each in check["findings"]}


def wait_bound(box):
    for unit in ("on-demand.socket", "on-demand.service"):
        wait_until(lambda unit=unit: bindings(box, unit) == {("pass", "")}, 30, lambda unit=unit: bindings(box, unit))


def test_a_look_at_a_socket_does_not_start_its_service(box):
    wait_bound(box)
    for _ in range(20):
        box.run("systemctl restart on-demand.socket")
    wait_bound(box)
    assert box.run("systemctl show --value --property=ActiveState on-demand.service").stdout == "inactive\n"
    assert "Started on-demand.service" not in box.run("journalctl --no-pager -u on-demand.service").stdout


def test_a_stopped_socket_is_named(box):
    box.run("systemctl stop on-demand.socket")
    try:
        wait_until(lambda: ("fail", "socket_stopped") in bindings(box, "on-demand.socket"), 30,
                   lambda: bindings(box, "on-demand.socket"))
    finally:
        box.run("systemctl start on-demand.socket")
