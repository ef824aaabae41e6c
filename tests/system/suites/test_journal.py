# SPDX-License-Identifier: MIT
"""What is counted in the journal is what journalctl counts there, whatever happens meanwhile; and
who is shown what is written in it."""

import json
import random
import re
import time
from collections import Counter
from pathlib import Path

import pytest
from sandbox import Sandbox
from sandbox.wait import wait_until

PORT = 10558
SOCKET = "/run/checklistd/checklistd.sock"
ROUNDS = 60
TALKER = "/usr/local/bin/talker"
SAMPLE = re.compile(r'^checklist_journal_messages_total\{unit="([^"]+)",manager="system",'
                    r'level="(\w+)"\} (\d+)$', re.MULTILINE)
TEXT = "a-word-from-the-log"
NOISE, MATCH = "noise", "level=error"
# By unit, its spec's arguments and the user it runs as: journald gives users files of their own.
TALKERS = {"plain": ({}, "root"),
           "matching": ({"match": [MATCH], "ignore": [NOISE]}, "root"),
           "of-user": ({"ignore": [NOISE]}, "dev"),
           "silent": ({}, None)}


@pytest.fixture(scope="module")
def box(build):
    with Sandbox("journal") as booted:
        booted.install(build)
        booted.run("useradd --create-home --uid 1000 dev; useradd --groups systemd-journal reader;"
                   "useradd --groups adm keeper; mkdir -p /var/log/journal")
        booted.write(TALKER, (Path(__file__).parent / "journal_talker.py").read_text(), 0o755)
        for name, (arguments, user) in TALKERS.items():
            command = f"User={user}\nExecStart={TALKER}" if user else "ExecStart=/usr/bin/sleep infinity"
            booted.write(f"/etc/systemd/system/{name}.service",
                         f"[Service]\n{command}\n")
            booted.write(f"/etc/checklistd/services.d/{name}.json",
                         json.dumps({"unit": f"{name}.service", "checks": {"journal_errors": arguments}}))
        booted.write("/etc/systemd/system/checklistd.service.d/soon.conf", "[Service]\nRestartSec=50ms\n")
        booted.write("/etc/systemd/system/systemd-journald.service.d/often.conf",
                     "[Unit]\nStartLimitIntervalSec=0\n")
        furnish_user(booted)
        booted.write("/etc/systemd/journald.conf.d/plain.conf", "[Journal]\nRateLimitIntervalSec=0\n")
        booted.boot()
        wait_until(lambda: answers(booted), 20, "checklistd")
        yield booted


def furnish_user(box):
    """A user whose own instance watches a unit of his."""
    home = "/home/dev/.config"
    box.write(f"{home}/systemd/user/whispers.service",
              f"[Service]\nType=oneshot\nExecStart=/bin/sh -c 'echo \"<3>{TEXT}\"; sleep 0.1'\n")
    box.write(f"{home}/checklistd/services.d/whispers.json", json.dumps({"unit": "whispers.service"}))
    box.run("chown --recursive dev:dev /home/dev; mkdir -p /var/lib/systemd/linger;"
            "touch /var/lib/systemd/linger/dev")


def answers(box) -> bool:
    try:
        return box.http(PORT, "/-/ready").status == 200
    except OSError:
        return False


def counted(box) -> Counter:
    """By unit and level, as checklistd counts; nothing while it is away."""
    try:
        text = box.http(PORT, "/metrics").body
    except OSError:
        return Counter()
    return Counter({(unit.removesuffix(".service"), level): int(count)
                    for unit, level, count in SAMPLE.findall(text) if int(count)})


def journalled(box, files="") -> Counter:
    """The same, as journalctl attributes and this test classifies."""
    out = Counter()
    for name, (arguments, _) in TALKERS.items():
        lines = box.run(f"journalctl --quiet {files} --unit={name}.service --output=json "
                        "--output-fields=PRIORITY,MESSAGE", check=False, timeout=120).stdout.splitlines()
        for entry in map(json.loads, lines):
            if level := level_of(entry, arguments):
                out[name, level] += 1
    return out


def level_of(entry, arguments):
    priority, text = int(entry["PRIORITY"]), entry["MESSAGE"]
    if any(word in text for word in arguments.get("ignore", ())):
        return None
    if priority > 3 and any(word in text for word in arguments.get("match", ())):
        return "match"
    return "error" if priority <= 3 else "warning" if priority == 4 else None


def units() -> str:
    return " ".join(f"{name}.service" for name, (_, user) in TALKERS.items() if user)


class Ledger:
    """What there was in the journal, with what has been vacuumed since."""

    def __init__(self, box):
        self.box, self.vacuumed = box, Counter()

    def total(self) -> Counter:
        return self.vacuumed + journalled(self.box)

    def vacuum(self):
        """Drops the archived files, once everything in them is counted for sure, while others log on."""
        rotate(self.box)
        archived = self.box.run("ls /var/log/journal/*/*@*", check=False).stdout.split()
        held = journalled(self.box, " ".join(f"--file={file}" for file in archived))
        least = self.vacuumed + held
        wait_until(lambda: not least - counted(self.box), 30, lambda: f"not counted: {least - counted(self.box)}")
        self.box.run(["rm", *archived])
        self.vacuumed = least


def kill_checklistd(box):
    """As soon as there is one to kill, which may not have been ready for a long time."""
    kill = "systemctl kill --kill-who=main --signal=KILL checklistd.service"
    wait_until(lambda: box.run(kill, check=False).returncode == 0, 20, "checklistd to kill")


def kill_journald(box):
    box.run("systemctl kill --kill-who=main --signal=KILL systemd-journald.service")


def journald(box, command):
    """Has it done, also if it was killed a moment ago."""
    wait_until(lambda: box.run(f"journalctl {command}", check=False).returncode == 0, 20, command)


def rotate(box):
    journald(box, "--rotate")


def stop_talking(box):
    box.run(f"systemctl stop {units()}")
    journald(box, "--sync")


def test_counts_exactly_what_journalctl_counts(box):
    ledger, differences, restarts = Ledger(box), [], 0
    for number in range(ROUNDS):
        box.run(f"systemctl start {units()}")
        for event in random.sample([kill_checklistd, rotate, kill_checklistd, kill_journald], 3):
            time.sleep(random.uniform(0, 0.4))  # any moment is as good as another
            event(box)
            restarts += event is kill_checklistd
        if number % 3 == 2:
            wait_until(lambda: answers(box), 20, "checklistd")
            ledger.vacuum()
        stop_talking(box)
        wait_until(lambda: answers(box), 20, "checklistd")
        differences.append(difference(ledger))
    total = sum(ledger.total().values())
    print(f"\n{ROUNDS} rounds, {restarts} times SIGKILL, {total} messages counted, {sum(ledger.vacuumed.values())} "
          f"of them vacuumed since; difference: {sum(sum(each.values()) for each in differences)}")
    assert restarts >= 50 and total > 1000
    assert not any(differences)


def difference(ledger) -> Counter:
    """Between both, when it stays."""
    expected = ledger.total()

    def unequal():
        seen = counted(ledger.box)
        return (expected - seen) + (seen - expected)
    try:
        wait_until(lambda: not unequal(), 15)
    except TimeoutError:
        pass
    return unequal()


def test_the_silent_unit_counts_nothing(box):
    assert not [key for key in counted(box) if key[0] == "silent"]


def test_a_reboot_and_a_power_cut_lose_nothing(box):
    box.run(f"systemctl start {units()}")
    wait_until(lambda: counted(box), 20)
    box.run("systemctl stop checklistd.service")
    stop_talking(box)
    before = journalled(box)
    box.reboot()
    wait_until(lambda: answers(box), 20, "checklistd")
    assert journalled(box) == before
    seen = counted(box)
    box.run(f"systemctl start {units()}")
    wait_until(lambda: counted(box) - seen, 20)
    stop_talking(box)
    grown = journalled(box) - before
    wait_until(lambda: counted(box) - seen == grown, 15, lambda: f"{counted(box) - seen} is not {grown}")


# -- who sees the text ---------------------------------------------------------------------------


def over_socket(box, user, path) -> str:
    return box.run(["setpriv", f"--reuid={user}", f"--regid={user}", "--init-groups", "curl", "--silent",
                    "--unix-socket", SOCKET, f"http://localhost{path}"]).stdout


@pytest.fixture(scope="module")
def logged(box):
    """A unit that logs an error which is in the report by now."""
    box.write("/etc/systemd/system/says.service",
              f"[Service]\nType=oneshot\nExecStart=/bin/sh -c 'echo \"<3>{TEXT}\"; sleep 0.1'\n")
    box.write("/etc/checklistd/services.d/says.json", json.dumps({"unit": "says.service"}))
    box.run("systemctl daemon-reload; systemctl reload checklistd; systemctl start says.service")
    wait_until(lambda: TEXT in over_socket(box, "root", "/api/v1/report"), 15, "the text")


@pytest.mark.parametrize("user, may", [("root", True), ("reader", True), ("keeper", True), ("dev", False)])
@pytest.mark.parametrize("path", ["/api/v1/report", "/"])
def test_over_the_socket_only_journal_readers_see_the_text(box, logged, user, may, path):
    assert (TEXT in over_socket(box, user, path)) == may
    assert "errors were logged" in over_socket(box, user, path)


@pytest.mark.parametrize("path", ["/api/v1/report", "/", "/metrics"])
def test_the_text_is_not_served_over_tcp(box, logged, path):
    body = box.http(PORT, path).body
    assert TEXT not in body
    assert "errors were logged" in body


def test_no_metric_contains_the_text(box, logged):
    assert TEXT not in over_socket(box, "root", "/metrics")


def test_without_the_text_the_command_is_shown(box, logged):
    report = json.loads(box.http(PORT, "/api/v1/report").body)
    service = next(each for each in report["services"] if each["unit"] == "says.service")
    finding = next(each for each in service["checks"] if each["check"] == "journal_errors")["findings"][0]
    command = re.search("`(.*)`", finding["hint"])[1]
    assert TEXT in box.run(command).stdout


def test_what_a_users_instance_publishes_has_no_text(box, logged):
    box.run("systemctl --user start whispers.service", user="dev")
    wait_until(lambda: "whispers.service" in over_socket(box, "root", "/api/v1/report"), 30, "the user's report")

    def finding():
        report = json.loads(over_socket(box, "root", "/api/v1/report"))
        service = next(each for each in report["services"] if each["unit"] == "whispers.service")
        return next(each for each in service["checks"] if each["check"] == "journal_errors")["findings"][0]
    wait_until(lambda: finding()["reason"] == "errors", 30, finding)
    assert finding()["details"] == ""
    own = box.run("curl --silent --unix-socket $XDG_RUNTIME_DIR/checklistd/checklistd.sock "
                  "http://localhost/api/v1/report", user="dev").stdout
    assert TEXT in own
