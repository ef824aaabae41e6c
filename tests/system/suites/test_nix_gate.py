# SPDX-License-Identifier: MIT
"""The rollback gate of NixOS: its rendered scripts, with the PATH that NixOS gives them, in switches that keep their order."""

import shutil
import subprocess

import pytest
from sandbox import Sandbox
from sandbox.nixos.switching import LOCK, Host
from sandbox.wait import wait_until

pytestmark = pytest.mark.skipif(shutil.which("nix-instantiate") is None or shutil.which("jq") is None,
                                reason="there is no Nix to render the scripts, or no jq for them")
RUNS, ENDS = "/usr/bin/sleep 9000", "/usr/bin/sleep 0.1"
SERVER = "/usr/bin/python3 -m http.server --bind 127.0.0.1 8000"
LISTENS = {"settle": "8s", "checks": {"port_bindings": {"listen": ["tcp:127.0.0.1:8000"]}}}
JOURNAL = ["journalctl", "--no-pager", "--output=cat", "--unit=checklistd-gate"]
STATE = "/run/checklistd-gate /nix/var/nix/gcroots/checklistd /var/lib/checklistd-gate"


class Gate:
    def __init__(self, host: Host, systems: dict[str, str]):
        self.host, self.box, self.systems, self.since = host, host.box, systems, 0

    def lines(self) -> list[str]:
        return self.box.run(JOURNAL).stdout.splitlines()[self.since:]

    def switch(self, name, action="switch"):
        return self.host.rebuild(action, self.systems[name])

    def says(self, text, timeout=60) -> str:
        """Waits for a line of the journal, and returns all lines so far."""
        wait_until(lambda: any(text in line for line in self.lines()), timeout,
                   lambda: f"no line with {text!r}:\n" + "\n".join(self.lines()))
        return "\n".join(self.lines())

    def ended(self, timeout=60) -> str:
        wait_until(lambda: not self.runs(), timeout, lambda: "the end of the gate:\n" + "\n".join(self.lines()))
        return "\n".join(self.lines())

    def runs(self) -> bool:
        return self.box.run("systemctl is-active checklistd-gate", check=False).stdout.strip() in ("active", "activating")

    def is_on(self, name):
        assert (self.host.current(), self.host.profile()) == (self.systems[name], self.systems[name]), "\n".join(self.lines())
        assert self.host.boots_next() == self.systems[name]


@pytest.fixture(scope="module")
def booted(build):
    with Sandbox("nix-gate") as box:
        host = Host(box, build, 'wait = "4s"; hold = "1s";')
        box.run("systemctl mask prometheus-alertmanager.service prometheus.service clamav-daemon.service")
        web, both = {"toy-web": {}}, {"toy-web": {}, "toy-model": LISTENS}
        systems = {name: host.add(name, units, specs, inhibitors) for name, units, specs, inhibitors in [
            ("base", {"toy-web": RUNS}, web, "{}"),
            ("good", {"toy-web": f"{RUNS}.1"}, web, "{}"),
            ("better", {"toy-web": f"{RUNS}.2"}, web, "{}"),
            ("bad", {"toy-web": ENDS}, web, "{}"),
            ("worse", {"toy-web": "/usr/bin/sleep 0.2"}, web, "{}"),
            ("other-bus", {"toy-web": ENDS}, web, '{"dbus": "broker"}'),
            ("slow", {"toy-web": RUNS, "toy-model": f"sh -c '/usr/bin/sleep 7; exec {SERVER}'"}, both, "{}"),
            ("deaf", {"toy-web": RUNS, "toy-model": RUNS}, both, "{}"),
        ]}
        # What a user's unit does not survive.
        ends_users = "/usr/bin/sh -c '/usr/bin/pkill --uid dev --full 8765; exec /usr/bin/sleep 9000'"
        systems["users"] = host.add("users", {"toy-web": f"{RUNS}.3"}, web, user="dev")
        systems["users-bad"] = host.add("users-bad", {"toy-web": ends_users}, web, user="dev")
        box.write("/etc/systemd/user/toy-user.service", "[Service]\nExecStart=/usr/bin/sleep 8765\n")
        box.run("id dev || useradd --create-home dev; mkdir -p /var/lib/systemd/linger; touch /var/lib/systemd/linger/dev")
        box.run(f"ln -s {systems['base']} /run/current-system 2>/dev/null; mkdir -p /etc/checklistd", check=False)
        box.boot()
        wait_until(lambda: box.http(10558, "/-/ready").status == 200, 30, "checklistd")
        yield Gate(host, systems)


@pytest.fixture
def gate(booted):
    """The base system, passing, with no memory of earlier switches."""
    box, host, base = booted.box, booted.host, booted.systems["base"]
    box.run(f"systemctl stop checklistd-gate; rm -rf {STATE}; ln -sfn {base} /run/current-system", check=False)
    box.run("rm -f /nix/var/nix/profiles/system*; systemctl stop 'toy-*'; systemctl reset-failed", check=False)
    host.set_profile(base)
    box.run(f"NIXOS_ACTION= {base}/activate {base}; systemctl daemon-reload; systemctl start toy-web; systemctl reload checklistd")
    box.run("systemctl --user restart checklistd", user="dev", check=False)  # an instance of its own, with its own specs
    box.write("/boot/default", base)
    every = "checklistctl forget toy-model.service; checklistctl forget dev/toy-user.service; checklistctl status"  # whose spec is gone on purpose
    wait_until(lambda: box.run(every, check=False).returncode == 0, 20,
               lambda: box.run("checklistctl status", check=False).stdout)
    booted.since = 0
    booted.since = len(booted.lines())
    return booted


@pytest.mark.parametrize("script", ["checklistd-gate", "checklistd-gate-activation", "checklistd-gate-baseline"])
def test_shellcheck_has_nothing_to_say_about_the_rendered_scripts(booted, script, tmp_path):
    text = next(text for path, text in booted.host.rendered["gate"].items() if path.endswith(f"/bin/{script}"))
    (tmp_path / script).write_text(text)
    done = subprocess.run(["shellcheck", tmp_path / script], capture_output=True, text=True, check=False)
    assert done.stdout == ""


def test_a_good_switch_stays(gate):
    assert gate.switch("good").returncode == 0
    said = gate.says("passed")
    assert "goes back to generation 1" in said
    assert "passed: generation 2" in said and gate.systems["good"] in said
    gate.is_on("good")
    assert gate.box.run("readlink /nix/var/nix/gcroots/checklistd/passed").stdout.strip() == gate.systems["good"]


def test_a_bad_switch_goes_back(gate):
    gate.switch("bad")
    said = gate.says("passes again")
    assert "toy-web.service service_state fail: " in said
    assert f"going back to generation 1 ({gate.systems['base']})" in said
    assert f"went back to generation 1 ({gate.systems['base']})" in said
    gate.is_on("base")
    assert gate.host.generations() == 2  # the former generation, not a third
    gate.ended()
    assert gate.box.run("systemctl is-active toy-web").stdout == "active\n"


def test_a_host_with_something_broken_already_stays(gate):
    gate.box.run("systemctl stop toy-web")
    wait_until(lambda: gate.box.run("checklistctl status toy-web", check=False).returncode == 1, 10, "the failure")
    gate.switch("worse")
    assert "passed: generation 2" in gate.says("passed")
    gate.is_on("worse")


def test_what_is_new_and_broken_goes_back_though_something_was_broken_before(gate):
    gate.box.run("systemctl stop toy-web")
    wait_until(lambda: gate.box.run("checklistctl status toy-web", check=False).returncode == 1, 10, "the failure")
    gate.switch("deaf")
    said = gate.says("went back")
    assert "toy-model.service port_bindings fail: " in said
    assert "toy-web.service" not in said.partition("failed within")[2].partition("going back")[0]
    gate.is_on("base")


def test_a_second_switch_within_the_wait_goes_back_to_the_last_good_system(gate):
    gate.switch("good")
    gate.says("passed")
    gate.switch("bad")
    gate.says("checking generation 3")
    gate.switch("worse")
    said = gate.says("passes again")
    assert f"went back to generation 2 ({gate.systems['good']})" in said
    gate.is_on("good")


def test_a_good_second_switch_stays(gate):
    gate.switch("bad")
    gate.says("checking generation 2")
    gate.switch("good")
    assert "passed: generation 3" in gate.says("passed")
    gate.is_on("good")


def test_a_manual_rollback_during_the_wait_ends_the_gate(gate):
    gate.switch("bad")
    gate.says("checking generation 2")
    done = gate.switch("base")
    assert "not started" in done.stdout + done.stderr
    assert "went back" not in gate.ended()
    gate.is_on("base")


def test_a_manual_rollback_to_a_system_that_passed_starts_no_gate(gate):
    gate.switch("good")
    gate.says("passed: generation 2")
    gate.switch("better")
    gate.says("passed: generation 3")
    gate.box.run("sed -i s/9000.1/0.1/ /nix/store/*-good/units/toy-web.service")  # it would fail, and the gate go forward
    try:
        done = gate.switch("good")
        assert "not started" in done.stdout + done.stderr
        assert not gate.runs()
        gate.is_on("good")
    finally:
        gate.box.run("sed -i s/0.1/9000.1/ /nix/store/*-good/units/toy-web.service")


def test_a_tested_system_that_is_switched_to_goes_back_to_the_one_before_the_test(gate):
    gate.switch("bad", action="test")
    assert not gate.runs()
    gate.switch("bad")
    assert f"went back to generation 1 ({gate.systems['base']})" in gate.says("passes again")
    gate.is_on("base")


def test_a_slow_model_server_is_waited_for_as_long_as_its_settle(gate):
    gate.switch("slow")
    said = gate.says("passed")
    assert "for at most 23s" in said
    gate.is_on("slow")


def test_a_server_that_never_listens_goes_back_after_its_settle(gate):
    gate.switch("deaf")
    said = gate.says("went back")
    assert "toy-model.service port_bindings fail: tcp:127.0.0.1:8000: " in said
    gate.is_on("base")


def test_a_users_unit_that_a_switch_breaks_goes_back(gate):
    gate.box.run("systemctl --user start toy-user", user="dev")
    gate.switch("users")
    gate.says("passed: generation 2")
    status = "checklistctl status dev/toy-user.service"
    gate.box.run("systemctl --user restart checklistd", user="dev")
    wait_until(lambda: gate.box.run(status, check=False).returncode == 0, 20,
               lambda: gate.box.run(status, check=False).stdout)
    gate.switch("users-bad")
    said = gate.says("after going back, these checks still fail", timeout=90)  # no switch starts it again
    assert "dev/toy-user.service service_state fail: " in said.partition("going back")[0]
    assert f"went back to generation 2 ({gate.systems['users']})" in said
    gate.is_on("users")


def test_an_inhibited_switch_back_becomes_the_next_boot(gate):
    gate.host.set_profile(gate.systems["other-bus"])
    gate.host.admin("NIXOS_NO_CHECK=1", f"{gate.systems['other-bus']}/bin/switch-to-configuration", "switch", check=False)
    said = gate.says("reboot to go back")
    assert "There are changes to critical components" in said
    assert f"generation 1 ({gate.systems['base']}) is the default of the next boot" in said
    assert gate.host.current() == gate.systems["other-bus"]
    assert (gate.host.profile(), gate.host.boots_next()) == (gate.systems["base"], gate.systems["base"])


def test_a_busy_lock_is_waited_for(gate):
    gate.switch("bad")
    gate.says("checking generation 2")
    holder = gate.host.hold_lock()
    try:
        gate.says(f"waiting for another switch, which holds {LOCK}")
        assert gate.host.profile() == gate.systems["bad"]  # nothing is done by half
    finally:
        holder.communicate()
    gate.says("went back to generation 1")
    gate.is_on("base")


def test_another_switch_that_held_the_lock_stays(gate):
    gate.switch("bad")
    gate.says("checking generation 2")
    holder = gate.host.hold_lock()
    try:
        gate.says(f"waiting for another switch, which holds {LOCK}")
        gate.box.run(f"ln -sfn {gate.systems['good']} /run/current-system")  # by a system without the gate, which does not stop it
        gate.host.set_profile(gate.systems["good"])
    finally:
        holder.communicate()
    said = gate.says("another switch was made meanwhile")
    assert "went back" not in said + gate.ended()
    assert (gate.host.current(), gate.host.profile()) == (gate.systems["good"], gate.systems["good"])


def test_without_the_daemon_the_gate_checks_all_the_same(gate):
    gate.switch("bad")
    gate.says("checking generation 2")
    gate.box.run("systemctl stop checklistd.service checklistd.socket")
    try:
        said = gate.says("went back to generation 1")
        assert "checklistd does not respond" in said and "toy-web.service service_state fail: " in said
        gate.is_on("base")
    finally:
        gate.box.run("systemctl stop checklistd-gate; systemctl start checklistd.socket checklistd.service", check=False)
