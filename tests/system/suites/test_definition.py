# SPDX-License-Identifier: MIT
"""Definitions as they were loaded, as they are on disk, and as a real process was started by."""

import json

import pytest
from sandbox import Sandbox
from sandbox.wait import wait_until

UNITS = "/etc/systemd/system"
SLEEP = "[Service]\nExecStart=/usr/bin/sleep {}\n"
SERVICES = {"plain": SLEEP.format(9000), "wrapped": "[Service]\nExecStart=/bin/bash -c 'exec -a other sleep 9001'\n",
            "many@": SLEEP.format(9002), "forks": "[Service]\nType=forking\nPIDFile=/run/forks.pid\n"
            "ExecStart=/bin/sh -c 'sleep 9003 & echo $! > /run/forks.pid'\n"}
SPECS = {"plain": "plain.service", "wrapped": "wrapped.service", "many": "many@1.service",
         "forks": "forks.service", "transient": "transient.service", "vendor": "prometheus.service",
         "alias": "sshd.service", "generated": "old.service"}
INIT = ("#!/bin/sh\n### BEGIN INIT INFO\n# Provides: old\n# Default-Start: 2 3 4 5\n# Default-Stop: 0\n"
        "# Required-Start:\n# Required-Stop:\n### END INIT INFO\n[ \"$1\" = stop ] || sleep 9004 &\n")
SETTLED = 8  # seconds in which a difference or an old process would have been reported
STANDALONE = "checklistctl check --format json"


@pytest.fixture(scope="module")
def box(build):
    with Sandbox("definition") as booted:
        booted.install(build)
        for name, text in SERVICES.items():
            booted.write(f"{UNITS}/{name}.service", text)
        booted.write("/etc/init.d/old", INIT, 0o755)
        for name, unit in SPECS.items():
            booted.write(f"/etc/checklistd/services.d/{name}.json", json.dumps(
                {"unit": unit, "checks": {"boot_start": False, "toggles": False}}))
        booted.boot()
        booted.run("systemctl start plain wrapped many@1 forks old prometheus ssh;"
                   "systemd-run --unit=transient --quiet sleep 9005; systemctl restart checklistd")
        wait_until(lambda: booted.http(10558, "/-/ready").status == 200, 20, "checklistd")
        yield booted


def result_in(report, name):
    service = next(s for s in report["services"] if s["unit"] == SPECS[name])
    return next(c for c in service["checks"] if c["check"] == "unit_definition")


def result(box, name):
    return result_in(json.loads(box.http(10558, "/api/v1/report").body), name)


def findings(box, name):
    return {(f["status"], f["reason"]) for f in result(box, name)["findings"] if f["status"] != "pass"}


def wait_for(box, name, status, reason):
    wait_until(lambda: (status, reason) in findings(box, name), 20, lambda: f"{name}: {result(box, name)}")


def wait_calm(box, name):
    wait_until(lambda: result(box, name)["status"] == "pass", 20, lambda: f"{name}: {result(box, name)}")


def changes(box, name):
    return result(box, name)["changes"]


def standalone(box, name):
    return result_in(json.loads(box.run(STANDALONE, check=False).stdout), name)


def replace(box, path, old, new):
    box.write(path, box.read(path).replace(old, new))


def test_every_kind_of_unit_passes_as_it_is(box):
    for name in SPECS:
        wait_calm(box, name)


def test_reloads_restarts_and_comments_are_no_news(box):
    before = {name: changes(box, name) for name in SPECS}
    box.run("systemctl daemon-reload; systemctl restart plain wrapped many@1 forks prometheus;"
            "systemctl daemon-reload; systemctl daemon-reexec")
    # At once: a file that stays unloaded for two seconds is rightly reported.
    box.run(f"sed -i 's/^.Service.$/# mended\\n&/' {UNITS}/plain.service {UNITS}/many@.service; systemctl daemon-reload")
    box.run(f"sleep {SETTLED}")
    assert {name: (result(box, name)["status"], changes(box, name)) for name in SPECS} == {
        name: ("pass", before[name]) for name in SPECS}


@pytest.mark.parametrize("name, file", [("plain", "plain"), ("wrapped", "wrapped"), ("many", "many@"),
                                        ("forks", "forks")])
def test_edited_then_reloaded_then_restarted(box, name, file):
    path, unit = f"{UNITS}/{file}.service", SPECS[name]
    original = box.read(path)
    replace(box, path, "sleep 900", "sleep 800")
    wait_for(box, name, "fail", "not_loaded")
    box.run("systemctl daemon-reload")
    wait_for(box, name, "fail", "restart_needed")
    box.run("systemctl restart checklistd")  # what it knew of the definition outlasts it
    wait_for(box, name, "fail", "restart_needed")
    assert standalone(box, name)["status"] == "fail"
    box.run(f"systemctl restart {unit}")
    wait_calm(box, name)
    box.write(path, original)
    box.run(f"systemctl daemon-reload; systemctl restart {unit}")
    wait_calm(box, name)


def test_an_unobserved_definition_is_unknown(box):
    replace(box, f"{UNITS}/plain.service", "9000", "7000")
    box.run("systemctl stop checklistd.service checklistd.socket; systemctl daemon-reload;"
            "mv /var/lib/checklistd/state.json /root/")
    alone = standalone(box, "plain")
    assert [f["reason"] for f in alone["findings"] if f["status"] == "unknown"] == ["not_seen"]
    box.run("systemctl restart plain.service")
    assert standalone(box, "plain")["status"] == "pass"
    box.run("mv /root/state.json /var/lib/checklistd/; systemctl start checklistd.socket checklistd.service")
    wait_calm(box, "plain")


def test_an_edit_while_checklistd_is_away_is_seen_when_it_comes_back(box):
    box.run("systemctl stop checklistd.service")
    replace(box, f"{UNITS}/plain.service", "sleep ", "sleep 1")
    box.run("systemctl start checklistd.service")
    wait_for(box, "plain", "fail", "not_loaded")
    box.run("systemctl daemon-reload; systemctl restart plain.service")
    wait_calm(box, "plain")


def test_no_argument_of_a_command_is_in_any_output(box):
    replace(box, f"{UNITS}/plain.service", "[Service]", "[Service]\nExecStartPre=/bin/echo planted-secret")
    box.run("systemctl daemon-reload")
    wait_for(box, "plain", "fail", "restart_needed")
    outputs = [box.http(10558, path).body for path in ("/metrics", "/api/v1/report", "/")]
    outputs.append(box.read("/var/lib/checklistd/state.json"))
    assert not [text for text in outputs if "planted-secret" in text]
