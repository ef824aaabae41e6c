# SPDX-License-Identifier: MIT
"""The sandbox itself: what tests rely on when they use it, and that it leaves nothing behind."""

import os
import signal
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest
from sandbox import Sandbox, SandboxError
from sandbox.machine import only_child
from sandbox.wait import wait_until

TESTS = Path(__file__).resolve().parents[1]

# A process that owns a booted sandbox, says so, and then does nothing.
OWNER = """
import signal
import time
from sandbox import Sandbox
signal.signal(signal.SIGINT, signal.default_int_handler)  # a job in the background is started without it
with Sandbox("owned") as box:
    box.boot()
    print(box.name, box._holder.pid, box.leader, flush=True)
    while True:  # a signal that comes before pause(2) would be noticed only after it
        time.sleep(0.05)
"""


@pytest.fixture(scope="module")
def box():
    with Sandbox("itself") as booted:
        booted.boot()
        yield booted


class Owner:
    """A sandbox in another process, for deaths that a test cannot die itself."""

    def __init__(self):
        self.process = subprocess.Popen([sys.executable, "-c", OWNER], stdout=subprocess.PIPE,
                                        text=True, cwd=TESTS, stderr=subprocess.DEVNULL)
        name, holder, leader = self.process.stdout.readline().split()
        self.name, self.holder, self.leader = name, int(holder), int(leader)

    def die(self, how):
        self.process.send_signal(how)
        self.process.wait(60)


def cgroup_exists(name) -> bool:
    """Looks at the unified hierarchy, whether or not this host mounts it."""
    look = 'mount -t tmpfs look /mnt && mount -t cgroup2 look /mnt && test -d "/mnt/$0" || echo no'
    done = subprocess.run(["unshare", "--mount", "sh", "-c", look, name], capture_output=True,
                          text=True, check=True)
    assert not done.stderr
    return done.stdout == ""


def gone(pid) -> bool:
    return not Path(f"/proc/{pid}").exists()


def test_boots_to_running_with_nothing_failed(box):
    assert box.run("systemctl is-system-running").stdout == "running\n"
    assert box.run("systemctl --failed --plain --no-legend").stdout == ""


def test_is_another_machine_than_the_host(box):
    mine = box.read("/etc/machine-id")
    assert len(mine.strip()) == 32
    host = Path("/etc/machine-id")
    assert not host.exists() or mine != host.read_text()
    assert box.run("cat /proc/1/comm").stdout == "systemd\n"
    assert box.run("ip -oneline link show up").stdout.startswith("1: lo:")


def test_run_reports_output_and_failure(box):
    assert box.run(["echo", "a b"]).stdout == "a b\n"
    assert box.run("cat", input="fed").stdout == "fed"
    assert box.run("exit 3", check=False).returncode == 3
    with pytest.raises(SandboxError, match="exit 3.*wrong"):
        box.run("echo wrong; exit 3")


def test_what_run_starts_belongs_to_no_unit(box):
    membership = box.run("grep ^0:: /proc/self/cgroup").stdout
    assert ".service" not in membership and ".scope" not in membership


def test_files_are_followed_inside_and_not_on_the_host(box):
    box.run("ln -s /etc/only-inside /tmp/link && mkdir /etc/only-inside")
    box.write("/tmp/link/file", "text", mode=0o600)
    assert box.read("/etc/only-inside/file") == "text"
    assert box.run("stat --format=%a /etc/only-inside/file").stdout == "600\n"
    assert not Path("/etc/only-inside").exists()


def test_device_policy_is_enforced_on_nodes_without_a_driver(box):
    box.make_node("/dev/nvidia0", 195, 0)
    read = "systemd-run --quiet --wait --pipe --property={} cat /dev/nvidia0"
    assert "No such device" in box.run(read.format("DevicePolicy=auto"), check=False).stderr
    assert "not permitted" in box.run(read.format("DevicePolicy=closed"), check=False).stderr


def test_ports_inside_are_reached_from_outside(box):
    box.write("/srv/hello/index.html", "hello")
    server = box.popen("exec python3 -m http.server --bind 127.0.0.1 --directory /srv/hello 8000",
                       stderr=subprocess.DEVNULL)
    try:
        wait_until(lambda: box.listens(8000), 10)
        assert box.http(8000, "/").body == "hello"
        assert box.http(8000, "/none").status == 404
        forward = box.forward(8000)
        with urllib.request.urlopen(f"http://127.0.0.1:{forward.port}/", timeout=5) as answer:
            assert answer.read() == b"hello"
    finally:
        server.kill()
        server.wait()


def test_a_reboot_keeps_files_and_journal_and_is_a_new_boot():
    with Sandbox("reboot") as box:
        box.boot()
        box.run("echo kept > /root/file; systemd-cat --identifier=before echo logged before")
        identity, boot = box.read("/etc/machine-id"), box.read("/proc/sys/kernel/random/boot_id")
        box.reboot()
        assert box.read("/root/file") == "kept\n"
        assert box.read("/etc/machine-id") == identity
        assert box.read("/proc/sys/kernel/random/boot_id") != boot
        assert "logged before" in box.run("journalctl --boot=-1 --identifier=before").stdout
        box.pull_plug()
        box.boot()
        assert box.read("/root/file") == "kept\n"


def test_two_at_once_do_not_meet():
    with Sandbox("first") as first, Sandbox("second") as second:
        first.boot()
        second.boot()
        first.write("/etc/mine", "first")
        assert second.run("test -e /etc/mine", check=False).returncode == 1
        assert first.read("/etc/machine-id") != second.read("/etc/machine-id")
        first.power_off()
        assert second.run("systemctl is-system-running").stdout == "running\n"


def test_leaves_nothing_behind():
    mounts = Path("/proc/mounts").read_text()
    with Sandbox("tidy") as box:
        box.boot()
        leader = box.leader
        assert Path("/proc/mounts").read_text() == mounts
        assert cgroup_exists(box.name)
    assert Path("/proc/mounts").read_text() == mounts
    assert gone(leader)
    assert not cgroup_exists(box.name)
    assert not Path("/run/checklistd-sandbox", box.name).exists()


def test_leaves_nothing_behind_after_an_exception():
    with pytest.raises(RuntimeError), Sandbox("raising") as box:
        box.boot()
        leader = box.leader
        raise RuntimeError
    assert gone(leader)
    assert not cgroup_exists(box.name)


@pytest.mark.parametrize("death", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_does_not_outlive_its_owner(death):
    owner = Owner()
    owner.die(death)
    wait_until(lambda: gone(owner.leader) and gone(owner.holder), 60, "the sandbox's end")
    assert not cgroup_exists(owner.name)


def test_the_next_one_removes_what_a_killed_holder_left():
    owner = Owner()
    keeper = only_child(owner.holder)
    for pid in (owner.holder, keeper, owner.process.pid):
        os.kill(pid, signal.SIGKILL)
    owner.process.wait(60)
    wait_until(lambda: gone(owner.leader), 60, "the container's end")
    assert cgroup_exists(owner.name)
    with Sandbox("reaper"):
        assert not cgroup_exists(owner.name)


def test_ends_with_unread_notifications():
    """systemd sends sd_notify(3) for each reload, and its container blocks until the message is received."""
    with Sandbox("talks") as box:
        box.boot()
        for _ in range(20):
            box.run("systemctl daemon-reload")
        box.power_off()
