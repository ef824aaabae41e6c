# SPDX-License-Identifier: MIT
"""The plan's thirteen units, as the sandbox boots them."""

import pytest
from sandbox import Sandbox, plan


@pytest.fixture(scope="module")
def box(build):
    with Sandbox("plan") as booted:
        plan.install(booted, build)
        booted.boot()
        plan.wait_up(booted)
        yield booted


def test_all_thirteen_are_up_or_done(box):
    assert len(plan.SERVICES + plan.ONESHOTS + plan.USER_SERVICES) == 13
    assert plan.missing(box) == []
    assert box.run("systemctl is-system-running").stdout == "running\n"


def test_their_files_are_without_mistakes(box):
    units = " ".join(plan.SERVICES + plan.ONESHOTS)
    assert box.run(f"systemd-analyze --man=no verify {units} 2>&1").stdout == ""


@pytest.mark.parametrize("port, path, body", [
    (8080, "/health", '{"status":"ok"}'),
    (11434, "/api/version", '"version"'),
    (3000, "/api/health", '"database":"ok"'),
    (8888, "/api", '"version"'),
    (9090, "/-/healthy", "Healthy"),
    (9093, "/-/healthy", "OK"),
])
def test_answers_on_its_real_endpoint(box, port, path, body):
    answer = box.http(port, path)
    assert answer.status == 200
    assert body in answer.body


def test_clamd_knows_its_tiny_database(box):
    channel = box.connect("/run/clamav/clamd.ctl")
    with channel:
        channel.sendall(b"zPING\0")
        assert channel.recv(16) == b"PONG\0"


def test_a_model_server_can_load_slowly(box):
    box.write("/etc/systemd/system/llamacpp.service.d/slow.conf",
              "[Service]\nEnvironment=LOADING=60\n")
    box.run("systemctl daemon-reload; systemctl restart llamacpp")
    try:
        plan.wait_up(box)
        assert box.http(8080, "/health").status == 503
    finally:
        box.remove("/etc/systemd/system/llamacpp.service.d/slow.conf")
        box.run("systemctl daemon-reload; systemctl restart llamacpp")
        plan.wait_up(box)
