# SPDX-License-Identifier: MIT
"""Bad configuration, as the installed daemon and its tool treat it."""

import json

import pytest
from sandbox import Sandbox
from sandbox.wait import wait_until

SERVICES = "/etc/checklistd/services.d"
# One file a kind of mistake, and what must be said of it.
MISTAKES = {
    "syntax.json": ('{"unit": "a.service",\n "group": }', "syntax.json:2:11: "),
    "key.json": ('{"unit": "b.service", "sevrity": "info"}', "/sevrity: expected perhaps 'severity'"),
    "type.json": ('{"unit": "c.service", "enabled": "yes"}', "/enabled: expected true or false, found 'yes'"),
    "again.json": ('{"unit": "ssh.service"}', "another of 'ssh.service'"),
    "zagain.json": ('{"unit": "ssh.service"}', "another of 'ssh.service'"),
    "check.json": ('{"unit": "d.service", "checks": {"port_binding": {}}}',
                   "/checks/port_binding: expected perhaps 'port_bindings'"),
    "address.json": ('{"unit": "e.service", "checks": {"port_bindings": {"listen": ["tcp:localhost"]}}}',
                     "/checks/port_bindings/listen/0: expected an address"),
    "duration.json": ('{"unit": "f.service", "settle": "5 parsecs"}', "/settle: expected a time span"),
    "template.json": ('{"unit": "g@.service"}', "/unit: expected the name of an instance"),
}


@pytest.fixture(scope="module")
def box(build):
    with Sandbox("configuration") as booted:
        booted.install(build)
        booted.write(f"{SERVICES}/ssh.json", '{"unit": "dbus.service"}')
        booted.boot()
        wait_until(lambda: booted.http(10558, "/-/ready").status == 200, 20, "checklistd")
        yield booted


@pytest.fixture
def mistaken(box):
    for name, (text, _) in MISTAKES.items():
        box.write(f"{SERVICES}/{name}", text)
    box.run(f"ln -s /nowhere {SERVICES}/unreadable.json")
    yield box
    box.run(f"cd {SERVICES}; ls | grep -v ^ssh.json | xargs rm -f; systemctl reset-failed checklistd.service;"
            "systemctl start checklistd.service; systemctl reload checklistd.service")


def expect_all_reported(text):
    for name, (_, said) in MISTAKES.items():
        assert name == "again.json" or said in text, name
    assert "unreadable.json: cannot be read" in text


def units(box):
    return {service["unit"] for service in json.loads(box.http(10558, "/api/v1/report").body)["services"]}


def test_every_error_is_reported_at_once_and_nothing_starts(mistaken):
    done = mistaken.run("checklistd --check-config 2>&1", check=False)
    assert done.returncode == 78
    expect_all_reported(done.stdout)
    done = mistaken.run("checklistctl verify-config 2>&1", check=False)
    assert done.returncode == 3
    expect_all_reported(done.stdout)


def test_a_named_directory_must_exist(box):
    refused = "/run/servces.d: No such directory"
    for command, code in (("checklistd --check-config --services-dir", 78), ("checklistctl verify-config", 3),
                          ("checklistctl check --services-dir", 3)):
        done = box.run(f"{command} /run/servces.d 2>&1", check=False)
        assert done.returncode == code and refused in done.stdout, command


def test_a_reload_with_errors_keeps_the_previous_one(mistaken):
    main_pid = mistaken.run("systemctl show --value --property=MainPID checklistd").stdout
    mistaken.run("systemctl reload checklistd.service")
    metrics = mistaken.http(10558, "/metrics").body
    assert "checklist_config_last_reload_successful 0" in metrics
    assert "configuration is invalid" in mistaken.run("systemctl status --no-pager checklistd").stdout
    assert units(mistaken) == {"dbus.service"}
    expect_all_reported(mistaken.run("journalctl --output=cat --unit=checklistd").stdout)
    assert mistaken.run("systemctl show --value --property=MainPID checklistd").stdout == main_pid


def test_a_start_with_mistakes_ends_with_78(mistaken):
    mistaken.run("systemctl restart checklistd.service", check=False)
    status = "systemctl show --value --property=ExecMainStatus checklistd.service"
    wait_until(lambda: mistaken.run(status).stdout == "78\n", 5, "the exit status")
    active = "systemctl is-active checklistd.service"
    assert mistaken.run(active, check=False).stdout == "failed\n"  # and is not tried again and again
    assert mistaken.listens(10558)  # its sockets stay open: no other process can bind the port
    with pytest.raises(OSError):
        mistaken.http(10558, "/metrics")  # asked for, it is tried once more, in vain
    assert mistaken.run("systemctl is-active checklistd.socket").stdout == "active\n"


def test_a_reload_takes_new_specs_and_drops_old_ones(box):
    box.write(f"{SERVICES}/more.json", '{"unit": "systemd-journald.service"}')
    box.run("systemctl reload checklistd.service")
    wait_until(lambda: "systemd-journald.service" in units(box), 5, "the new spec")
    assert "checklist_config_last_reload_successful 1" in box.http(10558, "/metrics").body
    box.remove(f"{SERVICES}/more.json")
    box.run("systemctl reload checklistd.service")
    wait_until(lambda: units(box) == {"dbus.service"}, 5, "the old specs")


def test_a_unit_that_is_not_there_has_its_row_and_fails(box):
    box.write(f"{SERVICES}/ghost.json", '{"unit": "ghost.service"}')
    box.write(f"{SERVICES}/masked.json", '{"unit": "masked.service"}')
    box.write(f"{SERVICES}/bad.json", '{"unit": "bad.service"}')
    box.write("/etc/systemd/system/bad.service", "[Service]\nType=simple\n")
    box.run("ln -sf /dev/null /etc/systemd/system/masked.service; systemctl daemon-reload;"
            "systemctl reload checklistd.service")

    def states():
        report = json.loads(box.http(10558, "/api/v1/report").body)
        return {service["unit"]: service["load_state"] for service in report["services"] if "ghost" in
                service["unit"] or "masked" in service["unit"] or "bad" in service["unit"]}
    expected = {"ghost.service": "not-found", "masked.service": "masked", "bad.service": "bad-setting"}
    wait_until(lambda: states() == expected, 5, states)
    assert "checklist_unit_load_state{" not in box.http(10558, "/metrics").body
    box.write("/etc/checklistd/checklistd.json", '{"metrics": {"unit_states": true}}')
    box.run("systemctl reload checklistd.service")

    def loaded() -> set:
        rows = [line for line in box.http(10558, "/metrics").body.splitlines() if line.endswith(" 1")]
        return {(unit, state) for unit, state in expected.items() for row in rows
                if row.startswith("checklist_unit_load_state{") and f'unit="{unit}"' in row and f'state="{state}"' in row}
    wait_until(lambda: loaded() == set(expected.items()), 5, loaded)
    box.remove("/etc/checklistd/checklistd.json")
    failing = box.run("checklistctl check ghost masked bad", check=False)
    assert failing.returncode == 1
    box.run(f"rm {SERVICES}/ghost.json {SERVICES}/masked.json {SERVICES}/bad.json;"
            "systemctl reload checklistd.service")


def test_an_unknown_command_is_named_with_the_nearest(box):
    refused = box.run("checklistctl stauts", check=False)
    assert refused.returncode == 3
    assert refused.stderr == "checklistctl: no command 'stauts': perhaps 'status'\n"
    assert "'complete'" not in box.run("checklistctl complet", check=False).stderr  # it is for shells


def test_without_a_command_it_shows_the_status(box):
    alone, status = box.run("checklistctl", check=False), box.run("checklistctl status", check=False)
    assert (alone.returncode, alone.stderr) == (status.returncode, status.stderr)


def test_the_installed_schemas_are_what_the_tool_prints(box):
    for name in ("service", "checklistd", "catalogue"):
        installed = box.read(f"/usr/share/checklistd/schema/{name}.schema.json")
        assert box.run(f"checklistctl schema {name}").stdout == installed


def test_limits_take_effect(box):
    """One unit with more findings than are shown, each longer than is shown."""
    files = {f"/nowhere/{number}/{'x' * 100}": {} for number in range(5)}
    box.write(f"{SERVICES}/ssh.json", json.dumps({"unit": "dbus.service", "checks": {"files": files}}))
    box.write("/etc/checklistd/checklistd.json", '{"limits": {"findings": 2, "text_bytes": 40}}')
    box.run("systemctl reload checklistd.service")

    def omitted():
        lines = box.http(10558, "/metrics").body.splitlines()
        return [line for line in lines if line.startswith("checklist_findings_omitted")]
    wait_until(lambda: omitted() == ['checklist_findings_omitted{unit="dbus.service",manager="system"} 3'],
               10, lambda: f"three are not omitted: {omitted()}")
    subject = f'subject="{("/nowhere/0/" + "x" * 100)[:40]}"'
    assert subject in box.http(10558, "/metrics").body
    box.remove("/etc/checklistd/checklistd.json")
