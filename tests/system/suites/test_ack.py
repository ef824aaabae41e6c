# SPDX-License-Identifier: MIT
"""checklistctl ack: what it writes, what it refuses, and that the daemon follows without a restart."""

import json

import pytest
from sandbox import Sandbox, plan
from sandbox.wait import wait_until

UNIT, CHECK = "grafana.service", "toggles"
RECORD = "/var/lib/checklistctl/acknowledged.json"


@pytest.fixture(scope="module")
def box(build):
    with Sandbox("ack") as booted:
        plan.install(booted, build)
        booted.boot()
        wait_until(lambda: booted.http(10558, "/-/ready").status == 200, 20, "checklistd")
        yield booted


def ack(box, *words):
    return box.run(["checklistctl", "ack", *words], check=False)


def known(box):
    """What the daemon's report says is acknowledged."""
    report = json.loads(box.http(10558, "/api/v1/report").body)
    rows = [(service["unit"], service["checks"]) for service in report["services"]] + [("host", report["host"]["checks"])]
    return {(name, check["check"]): check["acknowledged"]["reason"]
            for name, checks in rows for check in checks if "acknowledged" in check}


def wait_known(box, expected):
    wait_until(lambda: known(box) == expected, 5, lambda: f"acknowledged to be {expected}, not {known(box)}")


def test_it_holds_until_its_time_and_over_a_restart(box):
    done = ack(box, "grafana", CHECK, "--until", "8s", "--reason", "moves on Monday")
    assert done.returncode == 0, done.stderr
    wait_known(box, {(UNIT, CHECK): "moves on Monday"})
    box.run("systemctl restart checklistd.service")
    wait_known(box, {(UNIT, CHECK): "moves on Monday"})
    assert "moves on Monday" in ack(box, "--list").stdout
    wait_until(lambda: known(box) == {}, 12, "its end without a restart")
    assert f"{UNIT}  {CHECK}  ended" in ack(box, "--list").stdout


def test_it_is_removed(box):
    ack(box, UNIT, CHECK, "--until", "3d", "--reason", "moves")
    wait_known(box, {(UNIT, CHECK): "moves"})
    assert ack(box, UNIT, CHECK, "--remove").returncode == 0
    wait_known(box, {})
    again = ack(box, UNIT, CHECK, "--remove")
    assert (again.returncode, "toggles is not acknowledged" in again.stderr) == (3, True)


def test_every_check_of_a_unit(box):
    assert ack(box, UNIT, "--until", "3d", "--reason", "upgrade").returncode == 0
    wait_until(lambda: (UNIT, CHECK) in known(box) and {unit for unit, _ in known(box)} == {UNIT}, 5, "the unit's checks")
    report = json.loads(box.http(10558, "/api/v1/report").body)
    checks = next(each["checks"] for each in report["services"] if each["unit"] == UNIT)
    assert len(known(box)) == len(checks)
    assert f"{UNIT}  every check  until" in ack(box, "--list").stdout
    assert ack(box, UNIT, "--remove").returncode == 0
    wait_known(box, {})


def test_it_holds_while_a_command_runs(box):
    """The command waits until the daemon has read the record, as nothing else says that it was in force."""
    acknowledged = "until curl --silent --unix-socket /run/checklistd/checklistd.sock http://localhost/api/v1/report | grep -q 'a command of'; do sleep 0.1; done"
    done = ack(box, "grafana", "--while", f"{acknowledged}; exit 7")
    assert (done.returncode, "no longer acknowledged" in done.stdout) == (7, True), done.stderr
    wait_known(box, {})


def test_what_held_before_holds_after_the_command(box):
    ack(box, UNIT, CHECK, "--until", "3d", "--reason", "moves")
    done = ack(box, UNIT, CHECK, "--while", "kill -INT $$")
    assert (done.returncode, "was killed by INT" in done.stdout) == (130, True), done.stdout
    wait_known(box, {(UNIT, CHECK): "moves"})
    assert ack(box, UNIT, CHECK, "--remove").returncode == 0
    wait_known(box, {})


def test_explain_says_what_is_acknowledged_and_with_which_parameters(box):
    ack(box, UNIT, CHECK, "--until", "3d", "--reason", "moves")
    wait_known(box, {(UNIT, CHECK): "moves"})
    listed = box.run("checklistctl explain graf").stdout
    assert f"{UNIT}  spec /etc/checklistd/services.d/grafana.json" in listed
    assert "✓ pass     port_bindings" in listed
    explained = box.run("checklistctl explain grafana port_bindings").stdout
    assert "127.0.0.1:3000" in explained and "(default)" in explained, explained
    assert ack(box, UNIT, CHECK, "--remove").returncode == 0
    wait_known(box, {})


def test_a_check_of_the_host(box):
    done = ack(box, "--host", "failed_units", "--until", "3d", "--reason", "known")
    assert done.returncode == 0, done.stderr
    wait_known(box, {("host", "failed_units"): "known"})
    assert 'checklist_host_check_acknowledged{check="failed_units",by="root",until="' in box.http(10558, "/metrics").body
    assert "acknowledged until <time" in box.http(10558, "/unit/host").body
    assert "host  failed_units  until" in ack(box, "--list").stdout
    assert ack(box, "--host", "failed_units", "--remove").returncode == 0
    wait_known(box, {})


@pytest.mark.parametrize(("words", "error"), [
    (["grafanna.service", CHECK, "--until=3d", "--reason=x"], "perhaps 'grafana.service'"),
    ([UNIT, "toggle", "--until=3d", "--reason=x"], "perhaps 'toggles'"),
    ([UNIT, CHECK, "--until=2020-01-01", "--reason=x"], "is in the past"),
    ([UNIT, CHECK, "--until=soon", "--reason=x"], "expected a time"),
    ([UNIT, CHECK, "--until=infinity", "--reason=x"], "expected a time"),
    ([UNIT, CHECK, "--until=3d", "--reason= "], "expected a reason"),
    ([UNIT, CHECK, "--until=3d"], "expected a reason"),
    ([], "expected UNIT, UNIT CHECK"),
    (["--host", "toggles", "--until=3d", "--reason=x"], "host has no check 'toggles'"),
])
def test_refuses(box, words, error):
    refused = ack(box, *words)
    assert (refused.returncode, error in refused.stderr) == (3, True), refused.stderr
    assert known(box) == {}


def test_a_damaged_record_ends_nothing_and_is_not_written_over(box):
    ack(box, UNIT, CHECK, "--until", "3d", "--reason", "moves")
    wait_known(box, {(UNIT, CHECK): "moves"})
    whole = box.read(RECORD)
    box.write(RECORD, whole[:20])
    wait_until(lambda: "cannot read acknowledgements, keeping the previous ones" in box.run(
        ["journalctl", "--quiet", "--output=cat", "--unit=checklistd.service"]).stdout, 5, "a warning")
    assert known(box) == {(UNIT, CHECK): "moves"}
    refused = ack(box, UNIT, CHECK, "--remove")
    assert (refused.returncode, "correct or remove it" in refused.stderr) == (3, True)
    assert box.read(RECORD) == whole[:20]
    box.write(RECORD, whole)
    assert ack(box, UNIT, CHECK, "--remove").returncode == 0
    wait_known(box, {})


def test_concurrent_acknowledgements_are_all_kept(box):
    checks = ["toggles", "boot_start", "port_bindings", "service_state", "dependencies"]
    box.run(" & ".join(f"checklistctl ack {UNIT} {check} --until 3d --reason moves" for check in checks) + " & wait")
    wait_known(box, {(UNIT, check): "moves" for check in checks})
    for check in checks:
        assert ack(box, UNIT, check, "--remove").returncode == 0
    wait_known(box, {})


def test_only_root_writes_it(box):
    refused = box.run(["setpriv", "--reuid=nobody", "--clear-groups", "checklistctl", "ack", UNIT, CHECK,
                       "--until=3d", "--reason=x"], check=False)
    assert refused.returncode == 3, refused.stdout
    assert known(box) == {}
