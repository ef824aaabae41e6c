# SPDX-License-Identifier: MIT
"""checklistctl gate: the way back is gone when something that passed fails, and only then."""

import json
import signal
import subprocess

import pytest
from sandbox import Sandbox
from sandbox.wait import wait_until

SPECS = "/etc/checklistd/services.d"
RAN = "/run/went-back"
ONLY_STATE = {"boot_start": False, "toggles": False, "unit_definition": False}


def spec(box, name, **checks):
    box.write(f"{SPECS}/{name}.json", json.dumps({"unit": f"{name}.service", "checks": ONLY_STATE | checks}))


@pytest.fixture(scope="module")
def booted(build):
    with Sandbox("gate") as box:
        box.install(build)
        box.run("systemctl mask prometheus-alertmanager.service")  # fails where there is no network
        for name in ("one", "two"):
            box.write(f"/etc/systemd/system/{name}.service", "[Service]\nExecStart=/usr/bin/sleep 9000\n")
        box.write("/usr/local/bin/back", f"#!/bin/sh\necho \"$@\" >> {RAN}\nexit 7\n", 0o755)
        box.boot()
        yield box


@pytest.fixture
def box(booted):
    for name in ("one", "two"):
        spec(booted, name)
    booted.run(f"rm -f {RAN} /run/before.json; systemctl reset-failed; systemctl start one two")
    return booted


def gate(box, *options, command="back --now 'two words'", wait="0"):
    return box.run(f"checklistctl gate --wait {wait} {' '.join(options)} --on-fail {command}", check=False)


def ran(box):
    return box.run(f"cat {RAN}", check=False).stdout


def remember(box):
    box.run("checklistctl check --format json > /run/before.json", check=False)


def output(done):
    return done.stdout + done.stderr


def test_nothing_runs_when_all_pass(box):
    done = gate(box)
    assert (done.returncode, ran(box)) == (0, ""), output(done)


def test_a_broken_service_runs_the_command_once_with_its_words(box):
    box.run("systemctl stop one")
    done = gate(box)
    assert (done.returncode, ran(box)) == (1, "--now two words\n"), output(done)
    assert "back exited with 7" in done.stdout


def test_a_service_that_comes_in_time_is_waited_for(box):
    box.run("systemctl stop one; systemd-run --quiet --on-active=2s --timer-property=AccuracySec=1ms systemctl start one")
    done = gate(box, wait="30s")
    assert (done.returncode, ran(box)) == (0, ""), output(done)


def test_unknown_counts_only_when_strict(box):
    spec(box, "one", files={"/root/hidden/x": {"type": "file"}})
    box.run("mkdir -p -m 700 /root/hidden; touch /root/hidden/x")
    unprivileged = "checklistctl gate --wait 0 {} --on-fail touch /tmp/strict"
    lax = box.run(unprivileged.format(""), user="daemon", check=False)
    assert lax.returncode == 2, output(lax)
    assert box.run("test -e /tmp/strict", check=False).returncode == 1
    strict = box.run(unprivileged.format("--strict"), user="daemon", check=False)
    assert strict.returncode == 2, output(strict)
    assert "touch exited with 0" in strict.stdout


def test_what_failed_before_does_not_count(box):
    box.run("systemctl stop one")
    remember(box)
    done = gate(box, "--baseline /run/before.json", wait="30s")
    assert (done.returncode, ran(box)) == (1, ""), output(done)
    assert "not counted: one.service service_state" in done.stdout
    box.run("systemctl stop two")
    done = gate(box, "--baseline /run/before.json")
    assert (done.returncode, ran(box)) == (1, "--now two words\n"), output(done)


def test_the_daemon_is_asked_for_what_it_sees(box):
    box.run("systemctl reload checklistd")
    good = gate(box, "--daemon", wait="30s")
    assert (good.returncode, ran(box)) == (0, ""), output(good)
    box.run("systemctl stop one; systemd-run --quiet --on-active=2s --timer-property=AccuracySec=1ms systemctl start one")
    waited = gate(box, "--daemon", wait="30s")
    assert (waited.returncode, ran(box)) == (0, ""), output(waited)
    box.run("systemctl stop one")
    broken = gate(box, "--daemon", wait="1s")
    assert (broken.returncode, ran(box)) == (1, "--now two words\n"), output(broken)


def test_without_the_daemon_it_looks_itself(box):
    box.run("systemctl stop one checklistd.service checklistd.socket")
    try:
        done = gate(box, "--daemon")
    finally:
        box.run("systemctl start checklistd.socket checklistd.service")
    assert (done.returncode, ran(box)) == (1, "--now two words\n"), output(done)
    assert "checking without it" in done.stdout


def test_a_dropped_spec_fails(box):
    remember(box)
    box.remove(f"{SPECS}/two.json")
    done = gate(box, "--baseline /run/before.json")
    assert (done.returncode, ran(box)) == (1, "--now two words\n"), output(done)
    assert "missing: two.service service_state" in done.stdout


@pytest.mark.parametrize("text", [None, "", "{", '{"services": "other"}'])
def test_a_wrong_baseline_runs_nothing(box, text):
    if text is not None:
        box.write("/run/before.json", text)
    box.run("systemctl stop one")
    done = gate(box, "--baseline /run/before.json")
    assert (done.returncode, ran(box), done.stdout) == (3, "", "")
    assert "--baseline: '/run/before.json'" in done.stderr


def test_a_misspelt_option_runs_nothing(box):
    box.run("systemctl stop one")
    done = gate(box, "--strcit")
    assert (done.returncode, ran(box)) == (3, ""), output(done)


def test_a_command_that_does_not_exist_is_reported(box):
    box.run("systemctl stop one")
    done = gate(box, command="no-such-command")
    assert done.returncode == 1
    assert "no-such-command could not be executed: No such file or directory" in done.stdout


def test_a_killed_command_is_reported(box):
    box.run("systemctl stop one")
    done = gate(box, command="sh -c 'kill -KILL $$'")
    assert done.returncode == 1
    assert "sh was killed by KILL" in done.stdout


def test_an_interrupt_does_not_tear_the_command(box):
    box.run("systemctl stop one; rm -f /run/go-on; mkfifo /run/go-on")
    script = f"echo $PPID > /run/gate.pid; echo begun > {RAN}; read x < /run/go-on; echo ended >> {RAN}"
    going = box.popen(["checklistctl", "gate", "--wait", "0", "--on-fail", "sh", "-c", script],
                      stdout=subprocess.PIPE, text=True)
    wait_until(lambda: ran(box) == "begun\n", 30, "the command")
    for each in (signal.SIGINT, signal.SIGTERM):
        box.run(f"kill -{each.value} $(cat /run/gate.pid)")
    box.run("echo > /run/go-on")
    out, _ = going.communicate(timeout=30)
    assert (going.returncode, ran(box)) == (1, "begun\nended\n"), out
