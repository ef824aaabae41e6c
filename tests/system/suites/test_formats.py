# SPDX-License-Identifier: MIT
"""checklistctl --format: real readers of JUnit and TAP accept it, and Nagios gets what a plugin must print."""

import json
import re
import subprocess

import pytest
from sandbox import Sandbox
from sandbox.wait import wait_until

SPECS = "/etc/checklistd/services.d"
ONLY_STATE = {"boot_start": False, "toggles": False, "unit_definition": False}
HOSTILE = "/run/<b>&\"'#`|]]>\u00e4"
# monitoring-plugins.org/doc/guidelines.html: 'label'=value[UOM];[warn];[crit];[min];[max]
PERFORMANCE = re.compile(r"[^\s='|]+=\d+;(\d*);(\d*);\d+;\d+")


def spec(box, name, **checks):
    box.write(f"{SPECS}/{name}.json", json.dumps({"unit": f"{name}.service", "checks": ONLY_STATE | checks}))


@pytest.fixture(scope="module")
def box(build):
    with Sandbox("formats") as booted:
        booted.install(build)
        booted.run("systemctl mask prometheus-alertmanager.service")  # fails where there is no network
        for name in ("good", "bad"):
            booted.write(f"/etc/systemd/system/{name}.service", "[Service]\nExecStart=/usr/bin/sleep 9000\n")
        spec(booted, "good")
        spec(booted, "bad", files={HOSTILE: {"type": "file"}})
        booted.boot()
        booted.run("systemctl start good bad")
        wait_until(lambda: counts(booted)["fail"] == 1, 20, "the report")
        yield booted


def ctl(box, *words, user=None):
    return box.run(["checklistctl", *words], check=False, user=user)


def counts(box):
    done = ctl(box, "status", "--format=json")
    return json.loads(done.stdout)["totals"] if done.stdout else {"fail": None}


def prove(tmp_path, text):
    """The exit status and output of TAP's own harness."""
    file = tmp_path / "checklist.tap"
    file.write_text(text)
    return subprocess.run(["prove", "--verbose", file], capture_output=True, text=True, check=False)


def test_junit_has_what_the_report_has(box):
    junitparser = pytest.importorskip("junitparser")
    done = ctl(box, "status", "--format=junit")
    assert done.returncode == 1, done.stderr
    parsed, totals = junitparser.JUnitXml.fromstring(done.stdout.encode()), counts(box)
    assert (parsed.tests, parsed.failures, parsed.errors, parsed.skipped) == (
        sum(totals.values()), totals["fail"], totals["unknown"], totals["skip"])
    parsed.update_statistics()  # counts its cases itself
    assert (parsed.failures, parsed.errors) == (totals["fail"], totals["unknown"])
    assert {suite.name for suite in parsed} == {"good.service", "bad.service", "host"}
    [failure] = [result for suite in parsed for case in suite for result in case.result
                 if isinstance(result, junitparser.Failure)]
    assert HOSTILE in failure.text


def test_prove_accepts_tap_and_counts_failures(box, tmp_path):
    done = prove(tmp_path, ctl(box, "status", "--format=tap").stdout)
    assert (done.returncode, "not ok 4 - bad.service files" in done.stdout) != (0, False), done.stdout
    assert re.search(r"Failed tests?: +\d+", done.stdout), done.stdout
    assert "Parse errors" not in done.stdout, done.stdout
    assert prove(tmp_path, ctl(box, "status", "good", "--format=tap").stdout).returncode == 0


def test_prove_does_not_count_what_is_acknowledged(box, tmp_path):
    ctl(box, "ack", "bad", "files", "--until=3d", "--reason=see #12")
    wait_until(lambda: "# TODO acknowledged" in ctl(box, "status", "bad", "--format=tap").stdout, 5, "TODO")
    done = prove(tmp_path, ctl(box, "status", "bad", "--format=tap").stdout)
    plugin = ctl(box, "status", "bad", "--format=nagios")
    ctl(box, "ack", "bad", "files", "--remove")
    assert (done.returncode, "Parse errors" in done.stdout) == (0, False), done.stdout
    assert plugin.returncode == 1
    assert plugin.stdout.startswith("CHECKLIST WARNING - 1 of ")


def test_prove_ends_if_there_is_no_report(box, tmp_path):
    done = prove(tmp_path, ctl(box, "status", "--socket=/none", "--format=tap").stdout)
    assert done.returncode != 0
    assert "Bailout called" in done.stdout + done.stderr


@pytest.mark.parametrize(("words", "status", "start"), [
    (["good"], 0, "CHECKLIST OK - "),
    (["bad"], 2, "CHECKLIST CRITICAL - 1 of "),
    (["no-such-unit"], 3, "CHECKLIST UNKNOWN - no spec for 'no-such-unit.service'"),
    (["--socket=/none"], 3, "CHECKLIST UNKNOWN - cannot connect to checklistd at '/none'"),
])
def test_nagios_gets_one_line(box, words, status, start):
    done = ctl(box, "status", "--format=nagios", *words, user="daemon")
    assert (done.returncode, done.stdout.startswith(start)) == (status, True), done.stdout
    assert done.stdout.count("\n") == 1
    text, bar, performance = done.stdout.strip().partition(" | ")
    assert "|" not in text
    assert all(PERFORMANCE.fullmatch(each) for each in performance.split()), performance
    assert bool(bar) == (status != 3)


def test_markdown_has_a_cell_for_each_column(box):
    done = ctl(box, "status", "--format=markdown")
    rows = [re.split(r"(?<!\\)\|", line) for line in done.stdout.splitlines() if line.startswith("|")]
    assert {len(row) for row in rows[:3]} == {10}, done.stdout
    assert "<b>" not in done.stdout
