# SPDX-License-Identifier: MIT
"""What `cmake --install` puts on a machine, running there beside the plan's units."""

import platform
import subprocess
import time

import pytest
from sandbox import Sandbox, plan
from sandbox.wait import wait_until

UNITS = "checklistd.service checklistd.socket checklistd-publish.socket"


@pytest.fixture(scope="module")
def box(build):
    with Sandbox("installed") as booted:
        plan.install(booted, build)
        booted.boot()
        plan.wait_up(booted)
        wait_until(lambda: booted.http(10558, "/-/ready").status == 200, 20, "checklistd")
        yield booted


def test_runs_without_root_and_capabilities(box):
    show = "systemctl show --value --property=MainPID checklistd.service"
    status = box.run(f"cat /proc/$({show})/status").stdout
    assert "CapEff:\t0000000000000000" in status
    assert "Uid:\t0\t" not in status
    assert "NoNewPrivs:\t1" in status


@pytest.mark.parametrize("program", ("checklistd", "checklistctl", "checklistd-files", "checklistd-config-test"))
def test_its_programs_are_hardened(build, program):
    shown = subprocess.run(["readelf", "--wide", "--dynamic", "--segments", "--notes", "--symbols", build / program],
                           check=True, capture_output=True, text=True).stdout
    wanted = {"position-independent": "PIE", "relocations read-only": "GNU_RELRO", "at once": "BIND_NOW",
              "stack protector": "__stack_chk_fail", "fortified functions": "_chk@GLIBC",
              "assertions of the library": "__glibcxx_assert_fail"}
    assert {what for what, sign in wanted.items() if sign not in shown} == set()
    if platform.machine() == "x86_64":  # the mark of the whole file is lost where the C library's start code has none
        endbr64 = b"\xf3\x0f\x1e\xfa"
        assert (build / program).read_bytes().count(endbr64) > 100


def test_its_units_are_without_mistakes(box):
    assert box.run(f"systemd-analyze --man=no verify {UNITS} 2>&1").stdout == ""
    user = box.run("systemd-analyze --man=no --user verify checklistd.service 2>&1", user=plan.USER)
    assert user.stdout == ""


def test_the_metrics_are_as_prometheus_wants_them(box):
    answer = box.http(10558, "/metrics")
    assert answer.status == 200
    assert answer.headers["content-type"] == "text/plain; version=0.0.4; charset=utf-8"
    check = box.run("promtool check metrics 2>&1", input=answer.body, check=False)
    assert (check.returncode, check.stdout) == (0, "")


def test_prometheus_scrapes_it(box):
    wait_until(lambda: '"1"' in box.http(9090, "/api/v1/query?query=up{job=%22checklistd%22}").body,
               10, "a successful scrape")


def test_the_tool_of_root_and_everybody_reaches_it(box):
    for user in (None, plan.USER):
        listing = box.run("checklistctl status", user=user, check=False)
        assert listing.returncode in (0, 1, 2), listing.stderr
        assert "llamacpp.service" in listing.stdout


def test_stops_within_a_second_and_its_sockets_stay(box):
    started = time.monotonic()
    box.run("systemctl stop checklistd.service 2>&1")
    assert time.monotonic() - started < 1
    show = "systemctl show --value --property=Result checklistd.service"
    assert box.run(show).stdout == "success\n", box.run("journalctl --unit=checklistd -n 20").stdout
    assert box.listens(10558)
    assert box.http(10558, "/-/healthy", timeout=20).status == 200  # the connection starts it again


def test_is_installed_again_over_itself_while_it_runs(box, build):
    box.install(build)
    box.run("systemctl restart checklistd.service")
    assert box.run("systemctl is-active checklistd.service").stdout == "active\n"
