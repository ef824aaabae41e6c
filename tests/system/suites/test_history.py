# SPDX-License-Identifier: MIT
"""What is known of units that PID 1 has forgotten: from the journal, and from the state file."""

import json

import pytest
from sandbox import Sandbox
from sandbox.wait import wait_until

UNITS = {
    "fails": "[Service]\nType=oneshot\nExecStart=/bin/sh -c 'exit 3'\n",
    "succeeds": "[Service]\nType=oneshot\nExecStart=/bin/true\n",
    "skipped": "[Unit]\nConditionPathExists=/run/there\n[Service]\nExecStart=/bin/sleep inf\n",
    "refused": "[Unit]\nRequires=fails.service\nAfter=fails.service\n"
               "[Service]\nExecStart=/bin/sleep inf\n",
    "crashes": "[Unit]\nStartLimitIntervalSec=0\n[Service]\nRestart=always\nRestartSec=20ms\n"
               "ExecStart=/bin/sh -c 'sleep 0.05; exit 5'\n",
    "forged": "[Service]\nType=oneshot\nExecStart=/bin/sh -c 'exit 4'\n",
    "booted": "[Service]\nType=oneshot\nExecStart=/bin/true\n"
              "[Install]\nWantedBy=multi-user.target\n",
}
STARTED = "39f53479d3a045ac8e11786248231fbf"
SUCCEEDED = "7ad2d189f7e94e70a38c781354912448"
STATE = "/var/lib/checklistd/state.json"


@pytest.fixture(scope="module")
def box(build):
    with Sandbox("history") as booted:
        booted.install(build)
        for name, text in UNITS.items():
            booted.write(f"/etc/systemd/system/{name}.service", text)
            booted.write(f"/etc/checklistd/services.d/{name}.json",
                         json.dumps({"unit": f"{name}.service", "checks": {}}))
        booted.run("systemctl enable booted.service")
        booted.boot()
        wait_until(lambda: booted.http(10558, "/-/ready").status == 200, 20, "checklistd")
        yield booted


def results(box, name, check="service_state"):
    report = json.loads(box.http(10558, "/api/v1/report").body)
    service = next(s for s in report["services"] if s["unit"] == f"{name}.service")
    return next(c for c in service["checks"] if c["check"] == check)


def wait_for(box, name, status, observed=""):
    def holds():
        result = results(box, name)
        return result["status"] == status and any(
            observed in finding.get("observed", "") for finding in result["findings"])
    wait_until(holds, 15, lambda: f"{name}: {results(box, name)}")


def forget(box, name):
    """Makes PID 1 forget that it ever ran."""
    box.run(f"systemctl reset-failed {name}.service", check=False)
    box.run("systemctl daemon-reload")


def restart_daemon(box):
    box.run("systemctl restart checklistd.service")


def test_a_oneshot_that_failed_still_fails_when_it_was_unloaded(box):
    box.run("systemctl start fails.service", check=False)
    wait_for(box, "fails", "fail", "exit-code, exited with 3")
    forget(box, "fails")
    result = box.run("systemctl show --value --property=Result fails.service").stdout
    assert result == "success\n"
    wait_for(box, "fails", "fail", "exit-code, exited with 3")
    restart_daemon(box)
    wait_for(box, "fails", "fail", "exit-code, exited with 3")


def test_a_oneshot_that_succeeded_passes_when_it_was_unloaded(box):
    assert results(box, "succeeds")["status"] != "pass"
    box.run("systemctl start succeeds.service")
    wait_for(box, "succeeds", "pass")
    forget(box, "succeeds")
    restart_daemon(box)
    wait_for(box, "succeeds", "pass")


def test_a_start_that_a_condition_prevented_is_reported(box):
    box.run("systemctl start skipped.service")
    wait_for(box, "skipped", "fail", "ConditionPathExists=/run/there")
    restart_daemon(box)
    wait_for(box, "skipped", "fail", "ConditionPathExists=/run/there")
    box.write("/run/there", "")
    box.run("systemctl start skipped.service")
    wait_for(box, "skipped", "pass")


def test_a_start_that_a_dependency_refused_is_reported(box):
    assert box.run("systemctl start refused.service", check=False).returncode != 0
    wait_for(box, "refused", "fail", "start refused")
    restart_daemon(box)
    wait_for(box, "refused", "fail", "start refused")


def test_a_crash_loop_is_counted(box):
    box.run("systemctl start crashes.service")
    wait_for(box, "crashes", "fail", "more than 3 automatic restarts within 10m")
    restart_daemon(box)  # the restarts before it count
    wait_for(box, "crashes", "fail", "more than 3 automatic restarts within 10m")
    box.run("systemctl stop crashes.service")


def test_only_pid_1_speaks_for_pid_1(box):
    box.run("systemctl start forged.service", check=False)
    wait_for(box, "forged", "fail", "exited with 4")
    entries = "".join(f"MESSAGE_ID={message}\nUNIT=forged.service\nJOB_TYPE=start\n"
                      f"JOB_RESULT=done\nMESSAGE=Finished forged.service.\n\n"
                      for message in (STARTED, SUCCEEDED))
    box.run("useradd --no-create-home stranger")
    for entry in entries.split("\n\n")[:2]:
        box.run(["setpriv", "--reuid=stranger", "--clear-groups", "logger", "--journald"], input=entry + "\n")
    box.run("journalctl --sync")
    assert "Finished" in box.run("journalctl -o cat UNIT=forged.service").stdout
    forget(box, "forged")
    restart_daemon(box)
    wait_for(box, "forged", "fail", "exited with 4")


def test_the_reserve_serves_when_the_journal_is_vacuumed(box):
    wait_for(box, "succeeds", "pass")
    box.run("systemctl stop checklistd.service")
    state = json.loads(box.read(STATE))
    assert state["records"]["fails.service"]["last_run"]["exit_status"] == "3"
    box.run("journalctl --rotate; journalctl --vacuum-size=1 2>&1")
    assert box.run("journalctl -o cat UNIT=succeeds.service", check=False).stdout == ""
    box.run("systemctl start checklistd.service")
    wait_for(box, "succeeds", "pass")
    wait_for(box, "fails", "fail", "exited with 3")


def test_a_reboot_forgets_nothing(box):
    before = json.loads(box.read(STATE))["boot_id"]
    box.reboot()
    wait_until(lambda: box.http(10558, "/-/ready").status == 200, 20, "checklistd")
    wait_for(box, "fails", "fail", "exited with 3")
    wait_for(box, "succeeds", "pass")
    wait_for(box, "booted", "pass")
    box.run("systemctl stop checklistd.service")
    state = json.loads(box.read(STATE))
    boot = box.read("/proc/sys/kernel/random/boot_id").strip().replace("-", "")
    assert state["boot_id"] == boot != before
    assert state["records"]["booted.service"]["started_by_boot"] is True
    assert state["records"]["succeeds.service"].get("started_by_boot") is not True
