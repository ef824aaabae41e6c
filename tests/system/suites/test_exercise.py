# SPDX-License-Identifier: MIT
"""checklistctl exercise: what it does and finds, and that the host is as it was found, however it ends."""

import json
import os
import signal
import subprocess

import pytest
from sandbox import Sandbox, plan, terminal
from sandbox.wait import wait_until

SPECS = "/etc/checklistd/services.d"
RECORDS = "/var/lib/checklistctl/exercises"
LIB = "/usr/lib/systemd/system"
SERVER = "/usr/local/bin/stand-in-server"
SERVICE = "[Service]\nExecStart={}\n[Install]\nWantedBy=multi-user.target\n"
SLEEP = "/bin/sleep infinity"
UNITS = {
    "web.service": SERVICE.format(f"{SERVER} --listen 127.0.0.1:7001 /=web").replace(
        "[Install]", "[Unit]\nWants=helper.service\n[Install]\nAlias=www.service"),
    "app.service": "[Unit]\nRequires=web.service\nAfter=web.service\n" + SERVICE.format(SLEEP),
    "helper.service": "[Unit]\nStopWhenUnneeded=yes\n[Service]\nExecStart=/bin/sleep infinity\n",
    "talk.socket": "[Socket]\nListenStream=127.0.0.1:7002\n[Install]\nWantedBy=sockets.target\n",
    "talk.service": "[Unit]\nRequires=talk.socket\n" + SERVICE.format(SLEEP),
    "once.service": "[Service]\nType=oneshot\nExecStart=/bin/true\n",
    "stays.service": SERVICE.format("/bin/sh -c 'sleep infinity & exec sleep infinity'").replace(
        "[Install]", "KillMode=process\n[Install]"),
    "refuses.service": "[Unit]\nRefuseManualStop=yes\n" + SERVICE.format(SLEEP),
    "breaks.service": SERVICE.format("/bin/sh -c 'test -e /run/works && exec sleep infinity'"),
    "by-hand.service": SERVICE.format(SLEEP),
}
RUNNING = ["web", "app", "talk.socket", "talk", "stays", "refuses", "breaks", "by-hand"]
STEPS = ["stop", "released", "mask", "start", "ready", "disable", "enable", "restored"]


@pytest.fixture(scope="module")
def box(build):
    with Sandbox("exercise") as booted:
        booted.install(build)
        booted.write(SERVER, (plan.HERE / f"root{SERVER}").read_text(), 0o755)
        for name, text in UNITS.items():
            booted.write(f"{LIB}/{name}", text)
        booted.write(f"{SPECS}/web.json", json.dumps(
            {"unit": "web.service", "settle": "1s",
             "checks": {"health_probe": {"url": "http://127.0.0.1:7001/", "interval": "1s"}, "exercise": {},
                        "port_bindings": {"listen": ["tcp:127.0.0.1:7001"]}}}))
        booted.write(f"{SPECS}/app.json", json.dumps({"unit": "app.service"}))
        booted.boot()
        booted.run("touch /run/works; systemctl enable web app talk.socket stays refuses breaks by-hand;"
                   "mkdir /etc/systemd/system/graphical.target.wants;"
                   f"ln -s {LIB}/by-hand.service /etc/systemd/system/graphical.target.wants/by-hand.service;"
                   f"systemctl daemon-reload; systemctl start {' '.join(RUNNING)}")
        wait_until(lambda: booted.http(10558, "/-/ready").status == 200, 20, "checklistd")
        wait_until(lambda: check_of(booted, "health_probe")["status"] == "pass", 20, "the probe")
        yield booted


def report(box):
    return json.loads(box.http(10558, "/api/v1/report").body)


def check_of(box, name, unit="web.service"):
    row = next(each for each in report(box)["services"] if each["unit"] == unit)
    return next(check for check in row["checks"] if check["check"] == name)


def everything(box) -> str:
    """States of all units, and every link and file of the manager's directories."""
    units = "systemctl list-units --all --no-legend --plain --full --type=service,socket,timer,path,target"
    states = "".join(sorted(line.split()[0] + " " + line.split()[2] + "\n" for line in box.run(units).stdout.splitlines()
                            if not line.startswith(("checklistd-", "user@", "user-runtime-dir@"))))
    links = "find /etc/systemd/system /run/systemd/system -printf '%p %y %l\\n' | sort"
    return states + box.run(links).stdout


def differences(box, before) -> list[str]:
    was, now = before.splitlines(), everything(box).splitlines()
    return [f"was: {line}" for line in was if line not in now] + [f"is: {line}" for line in now if line not in was]


def wait_as_it_was(box, before):
    wait_until(lambda: not differences(box, before), 10, lambda: f"all as it was: {differences(box, before)}")


def exercise(box, *words, **options):
    return box.run(["checklistctl", "exercise", "--yes", *words], check=False, **options)


def steps(output: str) -> dict[str, str]:
    return {line.split()[0]: line.split()[1] for line in output.splitlines() if line.split()[0] in STEPS}


def test_every_step(box):
    before = everything(box)
    done = exercise(box, "web")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "app.service, which requires web.service" in done.stdout
    assert "helper.service, which is stopped once nothing needs it" in done.stdout
    assert list(steps(done.stdout)) == STEPS and set(steps(done.stdout).values()) == {"✓"}, done.stdout
    assert everything(box) == before


def test_the_daemon_knows_it(box):
    exercise(box, "web")
    wait_until(lambda: check_of(box, "exercise")["status"] == "pass", 10, "the check")
    assert check_of(box, "service_state")["acknowledged"]["reason"] == "exercise of web.service"
    assert check_of(box, "service_state", "app.service")["acknowledged"]["by"] == "root"
    log = box.run("journalctl --no-pager --unit=checklistd.service --output=cat").stdout
    turns = [line for line in log.splitlines() if "web.service service_state: pass → fail" in line
             or "web.service health_probe: pass → fail" in line]
    assert all("exercise of web.service" in line for line in turns), turns
    assert "checklist_exercise_success{" in box.http(10558, "/metrics").body
    box.write(f"{LIB}/web.service.d/more.conf", "[Service]\nNice=1\n")
    box.run("systemctl daemon-reload")
    wait_until(lambda: check_of(box, "exercise")["findings"][-1]["reason"] == "outdated", 10,
               lambda: f"outdated: {check_of(box, 'exercise')}")
    box.run(f"rm -r {LIB}/web.service.d; systemctl daemon-reload; systemctl restart web app")


def test_what_triggers_it_is_stopped_first(box):
    before = everything(box)
    done = exercise(box, "talk")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "talk.socket, which would start talk.service" in done.stdout
    assert everything(box) == before


def test_a_oneshot_runs_once(box):
    before = everything(box)
    done = exercise(box, "once")
    assert done.returncode == 0, done.stdout + done.stderr
    assert steps(done.stdout)["start"] == "✓" and steps(done.stdout)["stop"] == "–"
    assert everything(box) == before


def test_processes_that_may_stay(box):
    done = exercise(box, "stays")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "its processes may stay (KillMode=process)" in done.stdout


def test_a_unit_file_in_etc_is_not_masked(box):
    box.write("/etc/systemd/system/web.service", box.read(f"{LIB}/web.service"))
    box.run("systemctl daemon-reload")
    done = exercise(box, "web")
    assert done.returncode == 0, done.stdout + done.stderr
    assert steps(done.stdout)["mask"] == "–" and "takes precedence" in done.stdout
    box.run("rm /etc/systemd/system/web.service; systemctl daemon-reload")


def test_a_link_that_enable_does_not_make_is_told_and_restored(box):
    before = everything(box)
    done = exercise(box, "by-hand")
    assert done.returncode == 1
    assert "does not make /etc/systemd/system/graphical.target.wants/by-hand.service" in done.stdout
    assert everything(box) == before


def test_a_unit_that_does_not_start_again(box):
    box.run("rm /run/works")
    done = exercise(box, "breaks")
    assert done.returncode == 1
    assert "✗" in (steps(done.stdout)["start"], steps(done.stdout).get("ready")), done.stdout
    assert "breaks.service is failed" in done.stdout
    assert "exercise --restore" in done.stderr
    refused = exercise(box, "web")
    assert (refused.returncode, "an exercise of breaks.service was interrupted" in refused.stderr) == (3, True)
    in_vain = box.run("checklistctl exercise --restore", check=False)
    assert (in_vain.returncode, "breaks.service is failed" in in_vain.stderr) == (1, True), in_vain
    box.run("touch /run/works; systemctl reset-failed breaks")
    restored = box.run("checklistctl exercise --restore")
    assert "Restored what the exercise of breaks.service had changed" in restored.stdout
    assert box.run("systemctl is-active breaks").stdout == "active\n"
    assert "Nothing is left to restore" in box.run("checklistctl exercise --restore").stdout


@pytest.mark.parametrize(("unit", "why"), [
    ("refuses", "refuses.service may not be stopped on request"),
    ("nothing", "nothing.service is not-found"),
    ("dbus", "checklistctl needs it"),
    ("multi-user.target", "only services, sockets, timers and paths"),
])
def test_what_cannot_be_exercised(box, unit, why):
    before = everything(box)
    done = exercise(box, unit)
    assert (done.returncode, why in done.stderr) == (3, True), done.stderr
    assert everything(box) == before


def test_wrong_usage(box):
    for words, error in ((["exercise"], "expected units, or --restore"),
                         (["exercise", "web", "--timeout=soon", "-y"], "expected a time span"),
                         (["exercise", "web"], "--yes does not ask")):
        done = box.run(["checklistctl", *words], check=False)
        assert (done.returncode, error in done.stderr) == (3, True), done.stderr
    denied = box.run(["checklistctl", "exercise", "web", "-y"], check=False, user="checklistd")
    assert (denied.returncode, denied.stderr) == (3, "checklistctl: exercise: must be run as root\n")


def test_of_a_users_own_manager(box):
    box.run("useradd --create-home dev; loginctl enable-linger dev")
    wait_until(lambda: box.run("systemctl --user is-system-running", user="dev", check=False).stdout == "running\n", 20,
               "the user's manager")
    box.write("/home/dev/.config/systemd/user/own.service", SERVICE.format(SLEEP).replace("multi-user", "default"))
    box.run("chown -R dev: /home/dev/.config")
    box.run("systemctl --user enable --now own.service", user="dev")
    done = exercise(box, "--user", "own", user="dev")
    assert done.returncode == 0, done.stdout + done.stderr
    assert {step: mark for step, mark in steps(done.stdout).items() if mark != "✓"} == {"mask": "–"}
    assert box.run("systemctl --user is-enabled own; systemctl --user is-active own", user="dev").stdout == "enabled\nactive\n"


@pytest.mark.skipif(not terminal.installed, reason="tmux is not installed")
def test_on_a_terminal_it_asks_and_ends_with_ctrl_c(box):
    before = everything(box)
    with terminal.Terminal(terminal.inside(box, ["checklistctl", "exercise", "web"])) as shown:
        shown.wait_for("Continue? [y/N]")
        shown.keys("n", "Enter")
        shown.wait_for("nothing was done")
    with terminal.Terminal(terminal.inside(box, ["checklistctl", "exercise", "web"])) as shown:
        shown.wait_for("Continue? [y/N]")
        shown.keys("y", "Enter")
        shown.wait_for("released  ✓")
        shown.keys("C-c", "C-c")
        shown.wait_for("interrupted, everything is as it was found", 30)
    assert everything(box) == before


def until_step(box, step):
    """An exercise of web.service that has just begun the step."""
    process = box.popen(["checklistctl", "exercise", "--yes", "web"], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    seen = b""
    while f"  {step} ".encode() not in seen:
        piece = os.read(process.stdout.fileno(), 1)
        assert piece, f"it ended before {step}: {seen.decode()}"
        seen += piece
    return process


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
@pytest.mark.parametrize("step", STEPS)
def test_a_signal_at_any_step_leaves_all_as_it_was(box, step, number):
    before = everything(box)
    process = until_step(box, step)
    box.run(f"pkill --oldest --signal {number.value} --exact checklistctl", check=False)
    process.communicate(timeout=60)
    wait_as_it_was(box, before)
    assert box.run("checklistctl exercise --restore").stdout == "Nothing is left to restore.\n"


@pytest.mark.parametrize("step", STEPS)
def test_killed_at_any_step_it_is_restored(box, step):
    before = everything(box)
    process = until_step(box, step)
    box.run("pkill --oldest --signal KILL --exact checklistctl", check=False)
    process.communicate(timeout=60)
    plan = json.loads(box.read(f"{RECORDS}/exercise_plan.json"))["exercise_plan"]
    restored = box.run("checklistctl exercise --restore").stdout
    assert ("Restored" in restored) == (not plan["finished"])
    wait_as_it_was(box, before)


def test_the_plan_is_written_by_root_alone(box):
    box.run(f"rm -r {RECORDS}; ln -s /tmp {RECORDS}")
    done = exercise(box, "web")
    box.run(f"rm {RECORDS}")
    assert done.returncode == 3 and RECORDS in done.stderr
