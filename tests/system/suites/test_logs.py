# SPDX-License-Identifier: MIT
"""checklistctl logs: the journal of the right units, managers and boot, by journalctl."""

import json

import pytest
from sandbox import Sandbox
from sandbox.wait import wait_until

SPECS = "/etc/checklistd/services.d"
# journald asks who sent a message when it reads it: the sender must still be there.
SAYS = "[Service]\nExecStart=/bin/sh -c 'echo {}; exec sleep infinity'\n"
ONLY_STATE = {"boot_start": False, "toggles": False, "unit_definition": False}


@pytest.fixture(scope="module")
def box(build):
    with Sandbox("logs") as booted:
        booted.install(build)
        booted.run("useradd --create-home dev; mkdir -p /var/lib/systemd/linger; touch /var/lib/systemd/linger/dev")
        for name in ("one", "two"):
            booted.write(f"/etc/systemd/system/{name}.service", SAYS.format(f"says-{name}"))
            booted.write(f"{SPECS}/{name}.json", json.dumps({"unit": f"{name}.service", "checks": ONLY_STATE}))
        booted.write("/etc/systemd/user/own.service", SAYS.format("says-own"))
        booted.write("/etc/checklistd/user-services.d/own.json",
                     json.dumps({"unit": "own.service", "user": "dev", "checks": ONLY_STATE}))
        booted.boot()
        booted.run("systemctl start one two")
        booted.run("systemctl --user start own", user="dev")
        wait_until(lambda: "own.service" in status(booted).stdout, 20, "the user's report")
        yield booted


def status(box):
    return box.run(["checklistctl", "status"], check=False)


def logs(box, *words, user=None):
    return box.run(["checklistctl", "logs", *words], check=False, user=user)


def test_all_units_of_all_managers(box):
    wait_until(lambda: all(f"says-{name}" in logs(box).stdout for name in ("one", "two", "own")), 10, "all messages")


def test_only_the_named(box):
    wait_until(lambda: "says-one" in logs(box, "one").stdout, 10, "the message")
    assert "says-two" not in logs(box, "one").stdout
    assert "says-own" in logs(box, "dev/own").stdout
    assert len(logs(box, "o*", "-n", "1", "--since=-1h").stdout.splitlines()) == 1


def test_without_the_daemon_the_specs_name_the_units(box):
    done = logs(box, "one", "--socket=/none")
    assert (done.returncode, "says-one" in done.stdout) == (0, True), done.stderr


def test_a_user_reads_the_own_units_only(box):
    refused = logs(box, "one", user="dev")
    assert (refused.returncode, refused.stdout) == (3, "")
    assert "no permission to read the system's journal: run it as root, or as a member" in refused.stderr
    assert len(refused.stderr.splitlines()) == 1
    assert "says-own" in logs(box, "dev/own", user="dev").stdout


@pytest.mark.parametrize(("words", "error"), [
    (["onne"], "no spec for 'onne.service': perhaps 'one.service'"),
    (["x*"], "no spec matches 'x*'"),
])
def test_refuses_units_without_a_spec(box, words, error):
    done = logs(box, *words)
    assert (done.returncode, error in done.stderr) == (3, True), done.stderr
