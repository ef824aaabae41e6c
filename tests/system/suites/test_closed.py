# SPDX-License-Identifier: MIT
"""What the next start needs and where a service listens, where only root can look: with checklistd-files, and without."""

import json

import pytest
from sandbox import Sandbox
from sandbox.root_look import LOOK
from sandbox.wait import wait_until

PROGRAM = "exec /usr/bin/sleep infinity\n"
CLOSED, SECRET = "/srv/closed", "/srv/secret"
SERVICES = {
    "script": "/usr/local/sbin/backup.sh",  # of mode 0700
    "below": f"{CLOSED}/bin/run",
    "gone": "/usr/local/sbin/gone.sh",  # its interpreter is missing below a closed directory
    "led": "/home/led/run",  # of a user, whose first line leads to a closed directory
}
SOCKET = "/run/talker/control"
TALKER = f"""[Service]
RuntimeDirectory=talker
RuntimeDirectoryMode=0700
ExecStart=/usr/bin/python3 -c "import signal, socket; s = socket.socket(socket.AF_UNIX); s.bind('{SOCKET}'); s.listen(); signal.pause()"
"""
NOT_AT_BOOT = {"boot_start": False, "toggles": False}


@pytest.fixture(scope="module")
def box(build):
    with Sandbox("closed") as booted:
        booted.install(build)
        booted.run(f"useradd --create-home led; mkdir -p {CLOSED}/bin; cp /bin/dash {CLOSED}/bin/sh;"
                   f"mkdir {SECRET}; cp /bin/dash {SECRET}/sh")
        for path, first in ((SERVICES["script"], "/bin/sh"), (SERVICES["below"], "/bin/sh"),
                            (SERVICES["gone"], f"{CLOSED}/bin/sh"), (SERVICES["led"], f"{SECRET}/sh")):
            booted.write(path, f"#!{first}\n{PROGRAM}", 0o700)
        booted.run("chown -R led /home/led; chmod 755 /home/led; chmod 700 /srv/closed /srv/secret")
        for name, program in SERVICES.items():
            booted.write(f"/etc/systemd/system/{name}.service", f"[Service]\nExecStart={program}\n")
            booted.write(f"/etc/checklistd/services.d/{name}.json", json.dumps(
                {"unit": f"{name}.service", "checks": NOT_AT_BOOT}))
        booted.write("/etc/systemd/system/talker.service", TALKER)
        booted.write("/etc/checklistd/services.d/talker.json", json.dumps(
            {"unit": "talker.service", "settle": "1s", "checks": NOT_AT_BOOT | {"port_bindings": {"listen": [f"unix:{SOCKET}"]}}}))
        booted.boot()
        booted.run(f"systemctl stop checklistd-files.path checklistd-files.timer; rm -f /run/checklistd-files/facts.json;"
                   f"systemctl start talker {' '.join(SERVICES)}; systemctl restart checklistd")
        wait_until(lambda: booted.http(10558, "/-/ready").status == 200, 20, "checklistd")
        yield booted


def findings(box, name, of="unit_definition"):
    report = json.loads(box.http(10558, "/api/v1/report").body)
    service = next(each for each in report["services"] if each["unit"] == f"{name}.service")
    check = next(each for each in service["checks"] if each["check"] == of)
    return {(each["status"], each["reason"]): each for each in check["findings"] if each["status"] != "pass"
            and each["subject"] != "programs"}


def wait_for(box, name, expected, of="unit_definition"):
    wait_until(lambda: set(findings(box, name, of)) == expected, 30, lambda: f"{name}: {findings(box, name, of)}")


def turned_to_fail(box) -> str:
    return next((line for line in box.http(10558, "/metrics").body.splitlines() if line.startswith("checklist_check_failures_total")
                 and 'unit="talker.service"' in line and 'check="port_bindings"' in line), "")


def test_without_root_it_is_unknown_and_the_hint_says_how(box):
    for name in SERVICES:
        wait_for(box, name, {("unknown", "permission")})
        assert "checklistd-files" in findings(box, name)[("unknown", "permission")]["hint"]
    wait_for(box, "talker", {("unknown", "permission")}, "port_bindings")
    assert "checklistd-files" in findings(box, "talker", "port_bindings")[("unknown", "permission")]["hint"]


def test_root_sees_what_is_there(box):
    box.run("systemctl start checklistd-files.path checklistd-files.timer checklistd-files.service")
    for name in ("script", "below", "gone"):
        wait_for(box, name, set())


def test_root_sees_what_is_gone(box):
    box.run(f"mv {CLOSED}/bin/sh {CLOSED}/bin/other; {LOOK}")
    wait_for(box, "gone", {("fail", "interpreter_missing")})
    box.run(f"mv {CLOSED}/bin/other {CLOSED}/bin/sh; chmod 600 {CLOSED}/bin/run; {LOOK}")
    wait_for(box, "gone", set())
    wait_for(box, "below", {("fail", "program_not_executable")})


def test_root_follows_nobody_else(box):
    wait_for(box, "led", {("unknown", "permission")})
    facts = json.loads(box.read("/run/checklistd-files/facts.json"))
    assert not [path for path in (*facts["nodes"], *facts["programs"]) if path.startswith(SECRET)]


def test_root_sees_the_socket_of_each_run(box):
    wait_for(box, "talker", set(), "port_bindings")
    before = turned_to_fail(box)
    box.run("systemctl restart talker")  # its socket is another file
    box.run(LOOK)
    wait_for(box, "talker", set(), "port_bindings")
    assert turned_to_fail(box) == before
    box.run(f"rm {SOCKET}; {LOOK}")
    wait_for(box, "talker", {("fail", "unreachable")}, "port_bindings")
