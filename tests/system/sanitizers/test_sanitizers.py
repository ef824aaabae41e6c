# SPDX-License-Identifier: MIT
"""The daemon built with AddressSanitizer and UBSan, under load and until its exit.

Not part of tests/system/suites, because it needs the build of the preset asan: run `scripts/test asan`.
"""

import pytest
from sandbox import Sandbox, plan
from sandbox.wait import wait_until

# What the sanitizers need and the units' own sandboxes deny: the leak check traces its own threads, and UBSan asks a pipe
# whether memory can be read before it believes an object's type.
DROP_IN = """[Service]
SystemCallFilter=
LockPersonality=no
Environment=ASAN_OPTIONS=detect_stack_use_after_return=1:strict_string_checks=1
Environment=UBSAN_OPTIONS=print_stacktrace=1
"""
DROP_INS = [f"/run/systemd/{unit}.d/sanitized.conf" for unit in (
    "system/checklistd.service", "system/checklistd-files.service", "user/checklistd.service")]
REPORTS = "ERROR: AddressSanitizer|ERROR: LeakSanitizer|runtime error:"


@pytest.fixture(scope="module")
def box(build):
    with Sandbox("sanitized") as booted:
        plan.install(booted, build)
        booted.boot(wait=False)
        for path in DROP_INS:
            booted.write(path, DROP_IN)
        booted.wait_booted()
        plan.wait_up(booted)
        booted.run("systemctl daemon-reload; systemctl restart checklistd.service")
        wait_until(lambda: booted.http(10558, "/-/ready").status == 200, 60, "checklistd")
        yield booted


def still_well(box):
    """The daemon answers, has not died meanwhile, and no sanitizer complained."""
    assert box.http(10558, "/-/healthy", timeout=20).status == 200
    assert box.run("systemctl show --value --property=NRestarts checklistd.service").stdout == "0\n"
    assert box.run(f"journalctl --quiet --grep '{REPORTS}'", check=False).stdout == ""


def test_is_really_sanitized(box):
    assert box.run("grep --count __asan_init /usr/bin/checklistd").stdout != "0\n"
    still_well(box)


def test_survives_units_that_come_go_and_fail(box):
    box.run("""
    for unit in llamacpp ollama grafana; do systemctl kill --signal=KILL $unit; done
    systemctl mask --runtime --now prometheus-alertmanager.service
    systemctl daemon-reload
    systemctl unmask --runtime prometheus-alertmanager.service
    systemctl start prometheus-alertmanager.service
    systemctl restart llamacpp ollama grafana ssh
    for turn in 1 2 3 4 5; do systemctl daemon-reload; done
    systemctl daemon-reexec
    """)
    still_well(box)


def test_survives_bad_and_many_requests(box):
    for path in ("/", "/metrics", "/api/v1/report", "/nowhere", "/metrics?" + "x" * 3000):
        for method in ("GET", "HEAD", "POST"):
            box.http(10558, path, method=method, timeout=20)
    for bytes_ in (b"", b"GET", b"\0" * 100, b"GET / HTTP/1.1\r\nContent-Length: -1\r\n\r\n"):
        with box.connect(10558) as connection:
            connection.sendall(bytes_)
    still_well(box)


def test_survives_a_good_and_a_bad_reload(box):
    box.run("systemctl reload checklistd.service", timeout=60)
    box.write("/etc/checklistd/services.d/bad.json", '{"unit": 1, "checks": {"prot_bindings": {}}}')
    box.run("systemctl reload checklistd.service", timeout=60, check=False)
    box.remove("/etc/checklistd/services.d/bad.json")
    box.run("systemctl reload checklistd.service", timeout=60)
    still_well(box)


def test_the_tool_is_clean_too(box):
    for arguments in ("status", "check", "check --format=json", "verify-config", "explain port_bindings"):
        done = box.run(f"checklistctl {arguments}", check=False)
        assert done.returncode in (0, 1, 2), done.stderr
        assert "Sanitizer" not in done.stderr and "runtime error" not in done.stderr


def test_ends_without_a_leak(box):
    box.run("systemctl stop checklistd.socket checklistd-publish.socket checklistd.service", timeout=60)
    show = "systemctl show --value --property=Result,ExecMainStatus checklistd.service"
    ended = box.run(show).stdout.split()
    assert sorted(ended) == ["0", "success"], box.run("journalctl --unit=checklistd -n 60").stdout
    assert box.run(f"journalctl --quiet --grep '{REPORTS}'", check=False).stdout == ""
