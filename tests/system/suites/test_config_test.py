# SPDX-License-Identifier: MIT
"""Tests of configurations in the sandbox of checklistd-config-test.service: what they find, and what they cannot do."""

import json

import pytest
from sandbox import Sandbox, plan
from sandbox.wait import wait_until

SPECS = "/etc/checklistd/services.d"
RESULTS = "/run/checklistd-config-test/results.json"
# Twice: the first may join a run that has read the files already.
TEST = "systemctl start checklistd-config-test.service; systemctl start checklistd-config-test.service"
SSHD, PROMETHEUS = "/etc/ssh/sshd_config", "/etc/prometheus/prometheus.yml"
TESTS = {
    "ssh": (["/usr/sbin/sshd", "-t"], SSHD),
    "prometheus": (["/usr/bin/promtool", "check", "config", PROMETHEUS], PROMETHEUS),
    "prometheus-alertmanager": (["/usr/bin/amtool", "check-config", "/etc/prometheus/alertmanager.yml"],
                                "/etc/prometheus/alertmanager.yml"),
}
# Every file and directory with its size, owner, mode and time of change; not what systemd and checklistd write themselves;
# systemd makes the nodes of PrivateDevices= in /tmp and removes them again.
LISTING = ("find /run /var/log /etc /tmp /var/tmp /var/lib -xdev -printf '%p %s %u %g %m %C@\\n'"
           " | grep -v -e '^/run/checklistd' -e '^/run/systemd' -e '^/run ' -e '^/tmp ' -e /journal -e '^/run/log' -e '^/var/lib/checklistd'"
           " -e '^/var/lib/prometheus' | sort")
SECRET = "hunter2-value"


def spec(unit, command=None, *files):
    test = {"config_test": command, "config_files": list(files)} if command else {}
    return json.dumps({"unit": unit, "checks": {"unit_definition": test, "boot_start": False, "toggles": False}})


@pytest.fixture(scope="module")
def box(build):
    with Sandbox("config-test") as booted:
        plan.install(booted, build)
        booted.run(f"rm {SPECS}/*", check=False)
        for name, (command, file) in TESTS.items():
            booted.write(f"{SPECS}/{name}.json", spec(f"{name}.service", command, file))
        booted.boot()
        wait_until(lambda: booted.http(10558, "/-/ready").status == 200, 30, "checklistd")
        yield booted


def finding(box, name):
    report = json.loads(box.http(10558, "/api/v1/report").body)
    service = next((each for each in report["services"] if each["unit"] == f"{name}.service"), {"checks": []})
    checks = [each for each in service["checks"] if each["check"] == "unit_definition"]
    return next((each for check in checks for each in check["findings"] if each["subject"] == "config_test"), None)


def verdict(box, name):
    seen = finding(box, name)
    return seen and (seen["status"], seen.get("reason", ""))


def wait_for(box, name, status, reason="", timeout=30):
    wait_until(lambda: verdict(box, name) == (status, reason), timeout, lambda: f"{name}: {finding(box, name)}")
    return finding(box, name)


def results(box):
    return json.loads(box.read(RESULTS))["units"]


def given_test(box, name, script, mode=0o755):
    """A service whose configuration is tested by a script."""
    program = f"/usr/local/bin/{name}-test"
    box.write(program, f"#!/bin/sh\n{script}\n", mode)
    box.write(f"/etc/systemd/system/{name}.service", "[Service]\nExecStart=/usr/bin/sleep infinity\n")
    box.write(f"{SPECS}/{name}.json", spec(f"{name}.service", [program]))
    box.run("systemctl daemon-reload; systemctl reload checklistd")


def without_test(box, name):
    box.run(f"rm {SPECS}/{name}.json; systemctl reload checklistd")


@pytest.mark.parametrize("name", TESTS)
def test_a_configuration_as_installed_passes(box, name):
    wait_for(box, name, "pass")


@pytest.mark.parametrize("name, mistake, place", [
    ("ssh", f"Foo {SECRET}", f"{SSHD} line "), ("prometheus", f'scrape_confs: "{SECRET}"', f"{PROMETHEUS} line ")])
def test_a_mistake_is_found_at_its_place_and_gone_when_it_is_repaired(box, name, mistake, place):
    wait_for(box, name, "pass")
    file = TESTS[name][1]
    before = box.run(f"systemctl show --value --property=MainPID {name}.service").stdout
    box.run(f"cp -p {file} /root/aside; echo '{mistake}' >> {file}")
    seen = wait_for(box, name, "fail", "config_refused")
    assert place in seen["observed"]
    assert "do not reload or restart" in seen["hint"]
    everyone = box.http(10558, "/api/v1/report").body + box.http(10558, "/metrics").body
    assert SECRET not in everyone
    assert SECRET not in box.read(RESULTS)
    box.run(f"cp -p /root/aside {file}; touch {file}")
    wait_for(box, name, "pass")
    assert box.run(f"systemctl show --value --property=MainPID {name}.service").stdout == before


def test_the_message_is_for_those_who_may_read_the_journal(box):
    box.run(f"cp -p {SSHD} /root/aside; echo 'Foo yes' >> {SSHD}")
    wait_for(box, "ssh", "fail", "config_refused")
    assert "Bad configuration option" not in box.http(10558, "/api/v1/report").body
    assert "Bad configuration option" in box.run("checklistctl status --format json", check=False).stdout
    box.run(f"cp -p /root/aside {SSHD}; touch {SSHD}")
    wait_for(box, "ssh", "pass")


def test_a_restart_is_not_advised_before_it_is_correct(box):
    box.run(f"cp -p {SSHD} /root/aside; echo 'Foo yes' >> {SSHD}")
    wait_for(box, "ssh", "fail", "config_refused")
    box.run("mkdir -p /etc/systemd/system/ssh.service.d;"
            "printf '[Service]\\nEnvironment=A=b\\n' > /etc/systemd/system/ssh.service.d/a.conf; systemctl daemon-reload")

    def hint():
        report = json.loads(box.http(10558, "/api/v1/report").body)
        return [each["hint"] for service in report["services"] if service["unit"] == "ssh.service"
                for check in service["checks"] for each in check["findings"] if each.get("reason") == "restart_needed"]
    wait_until(hint, 20, "no restart is needed")
    assert "first correct the configuration, then run `systemctl restart ssh.service`" in hint()[0]
    box.run(f"cp -p /root/aside {SSHD}; touch {SSHD}; rm -r /etc/systemd/system/ssh.service.d;"
            "systemctl daemon-reload; systemctl restart ssh")
    wait_for(box, "ssh", "pass")


def test_nothing_on_the_host_changes(box):
    given_test(box, "writer", "for d in /run /var/log /tmp /var/tmp /etc /var/lib /usr /root; do echo x > $d/written; done;"
                              "ls -d /var/log/of-a-service || exit 5; exit 0")
    box.run(f"mkdir -p /var/log/of-a-service; {TEST}")
    wait_for(box, "writer", "pass")
    before = box.run(LISTING).stdout
    box.run(f"{TEST}; {TEST}")
    assert box.run(LISTING).stdout == before
    assert box.run("find / /run /tmp -xdev -name written").stdout == ""
    without_test(box, "writer")


def test_a_test_has_no_rights(box):
    given_test(box, "rights", "id -un; grep CapEff /proc/self/status; grep NoNewPrivs /proc/self/status;"
                              "cat /etc/shadow > /dev/null && echo reads; ls /sys/class/net; ls -d /run/*; exit 1")
    wait_for(box, "rights", "fail", "config_refused")
    said = results(box)["rights.service"]["output"]
    assert said[0] == "checklistd-test"
    assert f"{1 << 2 | 1 << 10:016x}" in said[1]  # CAP_DAC_READ_SEARCH, CAP_NET_BIND_SERVICE
    assert said[2].split()[-1] == "1"
    assert "reads" in said and "lo" in said
    assert "/run/dbus" not in said and "/run/checklistd-config-test" in said
    box.run("printf '[Service]\\nUser=prometheus\\nExecStart=/usr/bin/sleep infinity\\n' >"
            f"/etc/systemd/system/rights.service; {TEST}")
    said = results(box)["rights.service"]["output"]
    assert said[0] == "prometheus" and "reads" not in said
    without_test(box, "rights")


def is_bounded(box, name):
    """Ended by the time or by the kernel; a program that cannot fork may give up before."""
    seen = verdict(box, name)
    return seen and (seen[1] in ("test_timed_out", "test_killed") or (name == "forks" and seen[0] == "fail"))


def test_what_hangs_floods_and_forks_is_bounded(box):
    given_test(box, "hang", "trap '' TERM HUP; setsid sleep 1000 & sleep 1000")
    given_test(box, "flood", "exec yes secret")
    # A count with an end: the pids controller is not everywhere, and the machine is shared.
    given_test(box, "forks", "for i in $(seq 150); do sleep 1000 & done; wait")
    for name in ("hang", "flood", "forks"):
        wait_until(lambda: is_bounded(box, name), 90, lambda: f"{name}: {finding(box, name)}")  # noqa: B023
    assert len(box.read(RESULTS)) < 64 << 10
    assert sum(len(line) for line in results(box)["flood.service"]["output"]) <= 4096
    assert "fork" in " ".join(results(box)["forks.service"]["output"])
    wait_until(lambda: box.run("pgrep -u checklistd-test", check=False).stdout == "", 60, "processes are left")
    wait_for(box, "ssh", "pass")
    for name in ("hang", "flood", "forks"):
        without_test(box, name)


def test_a_spec_of_a_user_is_refused(box):
    given_test(box, "users", "exit 1")
    wait_for(box, "users", "fail", "config_refused")
    box.run(f"chown games {SPECS}/users.json; {TEST}")
    seen = wait_for(box, "users", "unknown", "not_tested")
    assert "that only root can write" in seen["hint"]
    notes = box.run("journalctl --no-pager --unit=checklistd-config-test --grep='users other than root'").stdout
    assert f"{SPECS}/users.json" in notes
    without_test(box, "users")


def test_a_program_that_others_can_write_is_refused(box):
    given_test(box, "open", "exit 0", mode=0o777)
    assert "users other than root" in wait_for(box, "open", "unknown", "test_not_run")["observed"]
    box.run("chmod 755 /usr/local/bin/open-test; chown games /usr/local/bin")
    box.run(TEST)
    assert results(box)["open.service"]["problem"]
    box.run(f"chown root /usr/local/bin; {TEST}")
    wait_for(box, "open", "pass")
    without_test(box, "open")


def test_only_root_and_the_daemon_read_the_results(box):
    listing = box.run(f"stat --format='%U:%G %a' /run/checklistd-config-test {RESULTS}").stdout
    assert listing.split("\n")[:2] == ["root:checklistd 750", "root:checklistd 640"]


def test_it_has_few_rights(box):
    box.run("systemd-analyze --no-pager security --threshold=35 checklistd-config-test.service")
    show = box.run("systemctl show --value --property=CapabilityBoundingSet checklistd-config-test.service").stdout
    assert set(show.split()) == {"cap_dac_read_search", "cap_net_bind_service", "cap_setuid", "cap_setgid", "cap_kill"}
    refused = box.run("/usr/libexec/checklistd-config-test /tmp/out /etc/checklistd/services.d", check=False)
    assert refused.returncode == 1 and "not in its sandbox" in refused.stderr


def test_without_it_the_hint_says_what_to_enable(box):
    box.run(f"systemctl stop checklistd-config-test.path checklistd-config-test.timer checklistd-config-test.service;"
            f"rm {RESULTS}; systemctl restart checklistd")
    seen = wait_for(box, "ssh", "unknown", "not_tested")
    assert "systemctl enable --now checklistd-config-test.path checklistd-config-test.timer" in seen["hint"]
    box.run("systemctl start checklistd-config-test.path checklistd-config-test.timer")
    wait_for(box, "ssh", "pass")
