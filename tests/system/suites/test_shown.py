# SPDX-License-Identifier: MIT
"""Texts of services and users that would steer a terminal, a page, a log or an alert: shown as what they are."""

import json

import pytest
from hostile import NAME, SAYS, TEXT, faults_of, faults_of_terminal
from neighbours import (DROP, PORT, PROGRAM, SOCKET, UNITS, USER, findings, forged, in_users_cgroup, neighbourhood, publish,
                        quiet, wait_for)
from sandbox.wait import wait_until


@pytest.fixture(scope="module")
def box(build):
    with neighbourhood("shown", build) as booted:
        yield booted


@pytest.fixture(scope="module")
def hostile(box):
    """Each of a service's and a user's texts has what would steer a reader's terminal, page or log."""
    quiet(box)
    box.write(f"{DROP}/{NAME}", "")
    box.run(["chown", USER, f"{DROP}/{NAME}"])
    box.write("/srv/text", TEXT)
    box.write(f"{UNITS}/loud.service.d/hostile.conf",
              f"[Unit]\nDescription={NAME}\n[Service]\nExecStart=\nExecStart={PROGRAM} 127.0.0.1 7003 /srv/text\n")
    box.run("systemctl daemon-reload; systemctl restart loud")
    box.run("systemctl stop idle")
    publish(box, forged(box, "system", TEXT))
    with in_users_cgroup(box, f"{NAME}.service", f"{PROGRAM} 127.0.0.1 7002"):
        wait_for(box, "idle", "port_bindings", "foreign")
        wait_for(box, "loud", "files", "owner")
        wait_until(lambda: SAYS in json.dumps(findings(box, "victim", f"user:{USER}")), 10, "the user's report")
        wait_until(lambda: SAYS in json.dumps(findings(box, "loud")["journal_errors"]), 10, lambda: findings(box, "loud"))
        yield box


COMMANDS = ("checklistctl status", "checklistctl status --format json", "checklistctl status --format junit",
            "checklistctl status --format tap", "checklistctl status --format markdown", "checklistctl status --format nagios",
            "checklistctl explain loud files", "checklistctl explain idle port_bindings", "checklistctl check --wait 1s loud idle",
            "checklistctl capture loud")


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_prints_nothing_that_steers(hostile, command):
    done = hostile.run(command, check=False)
    assert faults_of(done.stdout) == []
    assert faults_of(done.stderr) == []
    in_terminal = hostile.run(["script", "--quiet", "--return", "--command", command, "/dev/null"], check=False)
    assert faults_of_terminal(in_terminal.stdout) == []
    if "capture" not in command:
        assert SAYS in done.stdout and SAYS in in_terminal.stdout


@pytest.mark.parametrize("path", ["/", "/unit/loud.service", "/unit/idle.service", "/api/v1/report", "/metrics"])
def test_an_answer_has_nothing_that_steers(hostile, path):
    for where in (PORT, SOCKET):
        answer = hostile.http(where, path)
        assert answer.status == 200
        assert SAYS in answer.body
        assert faults_of(answer.body) == []
        if answer.headers["content-type"].startswith("text/html"):
            assert "<img" not in answer.body and "<script>alert" not in answer.body


def test_the_exposition_stays_valid(hostile):
    shown = hostile.run("promtool check metrics 2>&1", input=hostile.http(PORT, "/metrics").body, check=False)
    assert shown.stdout == ""


def test_the_log_of_the_daemon_has_no_line_of_theirs(hostile):
    lines = hostile.run("journalctl --quiet --unit=checklistd --output=json").stdout.splitlines()
    said = [json.loads(line) for line in lines]
    own = [each["MESSAGE"] for each in said if each.get("_COMM") == "checklistd"]
    assert any(SAYS in each for each in own)
    assert [each for each in own if not isinstance(each, str) or faults_of(each)] == []
    status = hostile.run("systemctl show --value --property=StatusText checklistd").stdout
    assert faults_of(status) == []
