# SPDX-License-Identifier: MIT
"""checklistctl watch in a terminal: its screen before, during and after a fault, and how it ends."""

import json
import subprocess

import pytest
from sandbox import Sandbox, terminal
from sandbox.terminal import Terminal, inside
from sandbox.wait import wait_until

SPECS = "/etc/checklistd/services.d"
ONLY_STATE = {"boot_start": False, "toggles": False, "unit_definition": False}
NAMES = ("one", "two", "three")
CLEAR = b"\x1b[2J"

pytestmark = pytest.mark.skipif(not terminal.installed, reason="tmux is not installed")


@pytest.fixture(scope="module")
def booted(build):
    with Sandbox("watch") as box:
        box.install(build)
        box.run("systemctl mask prometheus-alertmanager.service")  # fails where there is no network
        for name in NAMES:
            box.write(f"/etc/systemd/system/{name}.service", "[Service]\nExecStart=/usr/bin/sleep 9000\n")
            box.write(f"{SPECS}/{name}.json", json.dumps({"unit": f"{name}.service", "checks": ONLY_STATE}))
        box.boot()
        yield box


@pytest.fixture
def box(booted):
    booted.run(f"systemctl start {' '.join(NAMES)}")
    wait_until(lambda: booted.run("checklistctl status", check=False).returncode == 0, 20, "all checks to pass")
    return booted


@pytest.fixture
def watch(box):
    with Terminal(inside(box, ["checklistctl", "watch"])) as opened:
        opened.wait_for(", 0 fail, 0 unknown")
        yield opened


@pytest.fixture
def shell(box):
    """An interactive shell of the sandbox, which has a process group for each command."""
    with Terminal(inside(box, ["sh", "-i"])) as opened:
        yield opened


def test_its_screen_before_during_and_after_a_fault(box, watch, tmp_path):
    assert watch.is_alternate()
    assert "✗" not in "\n".join(watch.screen())
    recorded = tmp_path / "recorded"
    watch.record(recorded)
    box.run("systemctl stop two")
    watch.wait_for("✗ FAIL  two.service  service_state")
    for part in ("    expected  ", "    observed  ", "    since     ", "    hint      "):
        watch.wait_for(part)
    watch.wait_for(" → fail  inactive")
    box.run("systemctl start two")
    watch.wait_for(", 0 fail, 0 unknown")
    watch.wait_for("two.service  service_state  fail → pass")
    assert "✗" not in "\n".join(watch.screen())
    wait_until(lambda: b"fail" in recorded.read_bytes(), 5, "the recording")
    assert CLEAR not in recorded.read_bytes(), "only changed lines are drawn"


def test_it_goes_on_after_a_restart_of_the_daemon(box, watch):
    box.run("systemctl stop checklistd.socket checklistd-publish.socket checklistd.service")
    watch.wait_for("No connection to checklistd, trying again: ")
    box.run("systemctl start checklistd.socket checklistd.service")
    wait_until(lambda: "No connection" not in "\n".join(watch.screen()), 20, "a connection")
    box.run("systemctl stop three")
    watch.wait_for("✗ FAIL  three.service  service_state")


def test_it_counts_what_a_small_screen_has_no_room_for(box, watch):
    box.run("systemctl stop one two three")
    watch.wait_for("✗ FAIL  three.service")
    watch.resize(60, 14)
    watch.wait_for("… 2 more in full: checklistctl status")
    assert " 3 fail" in watch.screen()[0]
    assert "✗ FAIL  two.service" in "\n".join(watch.screen())
    watch.resize(80, 24)
    watch.wait_for("✗ FAIL  three.service")


@pytest.mark.parametrize("end", ["q", "C-c", "TERM"])
def test_it_restores_the_terminal(box, shell, end):
    shell.type("checklistctl watch")
    shell.wait_for(", 0 fail, 0 unknown")
    if end == "TERM":
        box.run("kill -TERM $(pgrep --exact checklistctl)")
    else:
        shell.keys(end)
    wait_until(lambda: not shell.is_alternate(), 10, "the shell's screen")
    shell.type("echo ended with $?; stty -a")
    for part in ("ended with 0", " icanon ", " echo "):
        shell.wait_for(part)
    assert shell.has_cursor()


def test_it_gives_the_terminal_back_while_it_is_stopped(box, shell):
    shell.type("checklistctl watch")
    shell.wait_for(", 0 fail, 0 unknown")
    shell.keys("C-z")
    wait_until(lambda: not shell.is_alternate(), 10, "the shell's screen")
    shell.type("stty -a")
    for part in (" icanon ", " echo "):
        shell.wait_for(part)
    assert shell.has_cursor()
    box.run("systemctl stop two")
    shell.type("fg")
    shell.wait_for("✗ FAIL  two.service  service_state")
    assert shell.is_alternate() and not shell.has_cursor()
    assert "icanon" not in "\n".join(shell.screen()), "all is drawn again"
    shell.keys("q")
    wait_until(lambda: not shell.is_alternate(), 10, "its end")


def test_it_ends_with_its_terminal(box):
    with Terminal(inside(box, ["checklistctl", "watch"])) as opened:
        opened.wait_for(", 0 fail, 0 unknown")
        assert box.run("pgrep --exact checklistctl", check=False).stdout
    wait_until(lambda: not box.run("pgrep --exact checklistctl", check=False).stdout, 10, "the end of watch")


def test_it_follows_only_the_named_units(box):
    box.run("systemctl stop one")
    with Terminal(inside(box, ["checklistctl", "watch", "t*"])) as opened:
        opened.wait_for("0 fail, 0 unknown")
        box.run("systemctl stop two")
        opened.wait_for("✗ FAIL  two.service")
        assert "one.service" not in "\n".join(opened.screen())


def test_it_prints_lines_without_a_terminal(box):
    following = box.popen(["checklistctl", "watch"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    try:
        lines = iter(following.stdout.readline, "")
        next(line for line in lines if " 0 fail" in line)
        box.run("systemctl stop one")
        assert any("one.service  service_state" in line and " → fail  inactive" in line for line in lines)
    finally:
        box.run("pkill --exact checklistctl")
        following.communicate(timeout=10)


@pytest.mark.parametrize(("words", "status", "error"), [
    (["--socket=/none"], 4, "cannot connect to checklistd at '/none': No such file or directory"),
    (["four"], 3, "no spec for 'four.service'"),
])
def test_it_refuses_to_begin(box, words, status, error):
    done = box.run(["checklistctl", "watch", *words], check=False)
    assert (done.returncode, error in done.stderr, done.stdout) == (status, True, "")


@pytest.mark.parametrize("columns", [80, 200])
def test_status_fits_the_terminal(box, columns):
    box.run("systemctl stop one")
    wait_until(lambda: box.run("checklistctl status", check=False).returncode == 1, 20, "the daemon to see it")
    with Terminal(inside(box, ["checklistctl", "status"]), columns=columns) as opened:
        opened.wait_for("ended with 1")
        assert any(line.startswith("✗ FAIL  one.service  service_state") for line in opened.screen())
