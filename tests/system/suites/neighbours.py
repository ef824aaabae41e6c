# SPDX-License-Identifier: MIT
"""A sandbox with services of a user without rights, and what neighbours do in it: listen, publish, move to a cgroup."""

import json
import shlex
from contextlib import contextmanager

from sandbox import Sandbox, plan
from sandbox.wait import wait_until

PORT, SOCKET, PUBLISH = 10558, "/run/checklistd/checklistd.sock", "/run/checklistd/publish.sock"
SPECS, UNITS, RECORDS = "/etc/checklistd/services.d", "/etc/systemd/system", "/var/lib/checklistctl"
USER = plan.USER
DROP = "/srv/drop"
LISTEN = """import signal, socket, sys
s = socket.socket()
s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
s.bind((sys.argv[1], int(sys.argv[2])))
s.listen()
for path in sys.argv[3:]:
    text = open(path, "rb").read()
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as journal:
        journal.sendto(b"PRIORITY=3\\nMESSAGE\\n" + len(text).to_bytes(8, "little") + text + b"\\n", "/run/systemd/journal/socket")
signal.pause()
"""
PROGRAM = "/usr/bin/python3 /usr/local/lib/listen"
SERVICES = {"victim": 7001, "idle": 7002, "loud": 7003}  # where each listens
PROBED = {"boot_start": False, "toggles": False}
SEND = "import socket, sys; s = socket.socket(socket.AF_UNIX); s.connect(sys.argv[1]); s.sendall(sys.stdin.buffer.read())"


@contextmanager
def neighbourhood(name, build):
    """A booted sandbox in which what is watched passes."""
    with Sandbox(name) as booted:
        booted.install(build)
        booted.run(f"useradd --create-home {USER}; useradd --system svc; mkdir --parents /var/lib/systemd/linger {DROP};"
                   f"touch /var/lib/systemd/linger/{USER}; chown {USER} {DROP}; chmod 755 {DROP}")
        booted.write("/usr/local/lib/listen", LISTEN)
        for name, port in SERVICES.items():
            booted.write(f"{UNITS}/{name}.service",
                         f"[Unit]\nStartLimitIntervalSec=0\n[Service]\nUser=svc\nExecStart={PROGRAM} 127.0.0.1 {port}\n[Install]\nWantedBy=multi-user.target\n")
            files = {"files": {f"{DROP}/*": {"owner": "root"}}} if name == "loud" else {}
            booted.write(f"{SPECS}/{name}.json", json.dumps(
                {"unit": f"{name}.service", "settle": "100ms",
                 "checks": PROBED | files | {"port_bindings": {"listen": [f"tcp:127.0.0.1:{port}"]}}}))
        booted.run(f"systemctl enable {' '.join(SERVICES)}")
        booted.boot()
        wait_until(lambda: status(booted, "victim", "port_bindings") == "pass", 30, lambda: findings(booted, "victim"))
        yield booted


def report(box):
    answer = box.http(SOCKET, "/api/v1/report", timeout=20)
    return json.loads(answer.body) if answer.status == 200 else {"services": [], "changes": []}


def findings(box, name, manager="system"):
    """By check: its findings."""
    return {check["check"]: check["findings"] for service in report(box)["services"]
            if (service["unit"], service["manager"]) == (f"{name}.service", manager) for check in service["checks"]}


def status(box, name, check, manager="system"):
    return next((each["status"] for each in findings(box, name, manager).get(check, [])), None)


def reasons(box, name, check):
    return {each["reason"]: each["observed"] for each in findings(box, name).get(check, []) if each["status"] == "fail"}


def wait_for(box, name, check, reason):
    wait_until(lambda: reason in reasons(box, name, check), 20, lambda: f"{name} {check}: {findings(box, name)}")
    return reasons(box, name, check)[reason]


def wait_pass(box, name, check):
    wait_until(lambda: status(box, name, check) == "pass", 20, lambda: f"{name} {check}: {findings(box, name)}")


@contextmanager
def in_users_cgroup(box, name, command):
    """A process of the user in a cgroup of that name, which a user may make below the user's own manager."""
    uid = box.run(f"id --user {USER}").stdout.strip()
    cgroup = f"/sys/fs/cgroup/user.slice/user-{uid}.slice/user@{uid}.service/{name}"
    script = (f"mkdir --parents {shlex.quote(cgroup)}; echo $$ > {shlex.quote(cgroup)}/cgroup.procs;"
              f"exec setpriv --reuid={USER} --regid={USER} --clear-groups {command}")
    with box.popen(["sh", "-c", script]) as thief:
        try:
            yield
        finally:
            box.run(f"kill $(cat {shlex.quote(cgroup)}/cgroup.procs)")
            thief.wait()


def publish(box, given):
    """Sends a report, or any bytes, as the user."""
    body = given if isinstance(given, bytes) else json.dumps(given).encode()
    return box.run(["python3", "-c", SEND, PUBLISH], user=USER, input=body, check=False, timeout=60)


def forged(box, manager, observed, count=1):
    """A report that calls everything of that manager failed, with this text."""
    whole = report(box)
    service = next(each for each in whole["services"] if each["unit"] == "victim.service")
    check = service["checks"][0] | {"status": "fail"}
    check["findings"] = [{"status": "fail", "subject": observed, "reason": observed, "expected": observed, "observed": observed,
                          "hint": observed, "details": observed}]
    service = service | {"manager": manager, "group": observed, "sub_state": observed, "fragment_path": observed, "checks": [check]}
    return whole | {"services": [service | {"unit": f"u{number}.service"} for number in range(count - 1)] + [service]}


def users_own(box):
    return {(each["unit"], each["manager"]) for each in report(box)["services"] if each["manager"] != "system"}


def quiet(box):
    """The user's own instance would publish the truth in between."""
    box.run("systemctl --user stop checklistd", user=USER, check=False)
