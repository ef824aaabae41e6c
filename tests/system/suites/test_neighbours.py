# SPDX-License-Identifier: MIT
"""Services and users without rights who try to look healthy, to hide a failure, or to make others look ill."""

import json

import pytest
from neighbours import (DROP, PORT, PROGRAM, RECORDS, USER, findings, forged, in_users_cgroup, neighbourhood, publish, quiet,
                        report, status, users_own, wait_for, wait_pass)
from sandbox.wait import wait_until


@pytest.fixture(scope="module")
def box(build):
    with neighbourhood("neighbours", build) as booted:
        yield booted


# -- ports ------------------------------------------------------------------------------------------


def test_a_twin_on_the_same_port_is_named(box):
    """The same user may share the port by SO_REUSEPORT, and gets a part of the connections."""
    box.run(f"systemd-run --quiet --collect --unit=twin --uid=svc {PROGRAM} 127.0.0.1 7001")
    assert "twin.service" in wait_for(box, "victim", "port_bindings", "foreign")
    box.run("systemctl stop twin")
    wait_pass(box, "victim", "port_bindings")


def test_a_stolen_port_is_not_its_own_whatever_the_thiefs_cgroup_is_called(box):
    box.run("systemctl stop idle")
    with in_users_cgroup(box, "system.slice/idle.service", f"{PROGRAM} 127.0.0.1 7002"):
        assert "of user" in wait_for(box, "idle", "port_bindings", "foreign")
        assert status(box, "idle", "service_state") == "fail"
    box.run("systemctl start idle")
    wait_pass(box, "idle", "port_bindings")


# -- signals, records and links -----------------------------------------------------------------------


def emit(box, unit, state):
    path = f"/org/freedesktop/systemd1/unit/{unit}_2eservice"
    box.run(["busctl", "emit", path, "org.freedesktop.DBus.Properties", "PropertiesChanged", "sa{sv}as",
             "org.freedesktop.systemd1.Unit", "2", "ActiveState", "s", state, "SubState", "s", state, "0"], user=USER)


def see_a_change_of(box, name):
    """The bus delivers in order: what was sent before this change has arrived when it is seen."""
    box.run(f"systemctl stop {name}")
    wait_until(lambda: status(box, name, "service_state") == "fail", 20, name)
    box.run(f"systemctl start {name}")
    wait_pass(box, name, "service_state")


def test_signals_of_others_change_nothing(box):
    emit(box, "victim", "failed")
    see_a_change_of(box, "loud")
    assert status(box, "victim", "service_state") == "pass"
    box.run("systemctl stop idle")
    wait_until(lambda: status(box, "idle", "service_state") == "fail", 20, "idle")
    emit(box, "idle", "active")
    see_a_change_of(box, "loud")
    assert status(box, "idle", "service_state") == "fail"
    assert not [each for each in report(box)["changes"] if each["unit"] == "victim.service" and each["check"] == "service_state"
                and each["to"] == "fail"]
    box.run("systemctl start idle")


def known(box, name, check):
    return [each.get("acknowledged") for service in report(box)["services"] if service["unit"] == f"{name}.service"
            for each in service["checks"] if each["check"] == check]


def test_records_that_a_user_planted_are_refused(box):
    """An acknowledgement or a plan would hide a failure: of a user, or behind a link, it counts for nothing."""
    for place in (RECORDS, "/var/lib/checklistd", "/run/checklistd"):
        assert box.run(f"mkdir --parents {place}/x", user=USER, check=False).returncode, place
    box.run("systemctl stop idle; checklistctl ack idle --reason x --until 1h")
    wait_until(lambda: known(box, "idle", "service_state")[0], 10, "acknowledged by root")
    files = [path for path in box.run(f"ls {RECORDS}/*.json").stdout.split() if "forgotten" not in path]
    content = box.read(files[0])
    box.run(f"rm {RECORDS}/*.json; systemctl restart checklistd")
    wait_until(lambda: known(box, "idle", "service_state") == [None], 20, "not acknowledged any more")
    planted = f"{DROP}/planted.json"
    box.write(planted, content)
    box.run(f"chown {USER} {planted}")
    for plant in (f"cp --preserve=ownership {planted} {files[0]}", f"ln -s {planted} {files[0]}",
                  f"install -m 666 {planted} {files[0]}", f"mkfifo {files[0]}"):
        box.run(f"rm -f {files[0]}; {plant}")
        see_a_change_of(box, "loud")
        assert known(box, "idle", "service_state") == [None], plant
    assert "cannot read acknowledgements" in box.run("journalctl --unit=checklistd --output=cat").stdout
    box.run(f"rm {files[0]} {planted}; systemctl start idle")


# -- a user's instance ---------------------------------------------------------------------------------


@pytest.mark.parametrize("manager", ["system", "user:root", "user:svc"])
def test_a_user_speaks_for_no_other(box, manager):
    quiet(box)
    mark = f"by {manager}"
    assert publish(box, forged(box, manager, mark)).returncode == 0
    wait_until(lambda: mark in json.dumps(findings(box, "victim", f"user:{USER}")),
               10, lambda: users_own(box))
    assert users_own(box) == {("victim.service", f"user:{USER}")}
    assert status(box, "victim", "service_state") == "pass"


def test_a_report_of_more_than_one_manager_is_dropped(box):
    both = forged(box, "system", "x")
    both["services"].append(both["services"][0] | {"manager": "user:root"})
    before = users_own(box)
    publish(box, both)
    publish(box, forged(box, "system", "after"))
    wait_until(lambda: "after" in json.dumps(findings(box, "victim", f"user:{USER}")), 10, "the next report")
    assert users_own(box) == before


def daemon(box) -> dict[str, str]:
    pid = box.run("systemctl show --value --property=MainPID checklistd").stdout.strip()
    return {"pid": pid} | dict(line.split(":\t") for line in box.read(f"/proc/{pid}/status").splitlines() if ":\t" in line)


SIZE = 16 << 20
MOST_MEMORY = 400 << 10  # KiB


def test_sixteen_mebibytes_are_bounded(box):
    """As long as it may be, longer, nested, cut short: one daemon outlasts them, and root's services stay visible."""
    before = daemon(box)["pid"]
    text = "x" * (15 << 10)
    longest = forged(box, "system", text, count=SIZE // (len(text) * 10))
    body = json.dumps(longest).encode()
    assert SIZE * 0.8 < len(body) < SIZE
    for body in (body, body + b" " * SIZE, b"[" * SIZE, b'{"a":' * (SIZE // 5), body[:-1], b"\xff" * SIZE):
        publish(box, body)
        assert box.http(PORT, "/metrics", timeout=20).status == 200
        assert status(box, "victim", "service_state") == "pass"
    after = daemon(box)
    assert after["pid"] == before
    assert int(after["VmHWM"].split()[0]) < MOST_MEMORY


# -- names in requests ------------------------------------------------------------------------------------

OWN = ("localhost", "LOCALHOST:10558", "localhost.", "127.0.0.1", "127.0.0.1:10558", "127.8.9.1", "[::1]", "[::1]:10558")
FOREIGN = ("evil.example", "evil.example:10558", "EVIL.example.", "localhost.evil.example", "localhost@evil.example",
           "127.0.0.1.evil.example", "evil.example#localhost", "evil.example/localhost", "192.0.2.1", "[::2]", "[::ffff:127.0.0.1]",
           "0.0.0.0", "[::]", "0", "2130706433", "0x7f000001", "127.1", "0177.0.0.1", "127.0.0.1,evil.example", "localhost,evil",
           "[::1].evil.example", "[::1", "127.0.0.1:evil", "localhost:1:2", "xn--lcalhost-8wa", "l\u00f6calhost", "\u24db\u24de",
           "127\u30020\u30020\u30021", "localhost\u200e", "_", "*", "\"localhost\"")


def answered(box, head: bytes) -> int:
    """The status of the answer; 0 if the connection is closed without one."""
    with box.connect(PORT) as channel:
        channel.sendall(head)
        try:
            line = channel.recv(65536)
        except ConnectionResetError:
            return 0
    return int(line.split()[1]) if line.startswith(b"HTTP/1.") else 0


def test_a_foreign_name_gets_no_report_in_any_spelling(box):
    """A page in a browser reaches the loopback address under a name of its own (DNS rebinding)."""
    def ask(*hosts, target="/metrics"):
        lines = "".join(f"Host: {host}\r\n" for host in hosts)
        return answered(box, f"GET {target} HTTP/1.1\r\n{lines}Connection: close\r\n\r\n".encode())
    assert {host: ask(host) for host in OWN} == dict.fromkeys(OWN, 200)
    assert {host: code for host in FOREIGN if (code := ask(host)) not in (0, 400, 421)} == {}
    assert ask("evil.example", "localhost") in (400, 421)
    assert ask("localhost", "evil.example") in (400, 421)
    assert ask("evil.example", target="http://localhost/metrics") in (400, 421)
    assert ask(target="http://evil.example/metrics") == 404
