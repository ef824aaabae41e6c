# SPDX-License-Identifier: MIT
"""checklistd-boot-check.service and the ready-made hooks: only a boot in which every unit passes counts as good."""

import json
import subprocess
from pathlib import Path

import pytest
import yaml
from sandbox import Sandbox
from sandbox.wait import wait_until

ROOT = Path(__file__).resolve().parents[3]
SOURCE = ROOT / "systemd/checklistd-boot-check.service.in"
GREENBOOT = ROOT / "config/hooks/greenboot.sh"
ANSIBLE = ROOT / "config/hooks/ansible.yml"
UNIT = "/etc/systemd/system/{}"
RUNS, FAILS = "[Service]\nExecStart=/usr/bin/sleep 9000\n", "[Service]\nExecStart=/bin/false\n"
INSTALL = "[Install]\nWantedBy=multi-user.target\n"
# What systemd-bless-boot.service is to a boot loader: it is started by a good boot only.
BLESSED = """[Unit]
DefaultDependencies=no
Requires=boot-complete.target
After=local-fs.target boot-complete.target
[Service]
Type=oneshot
RemainAfterExit=yes
ExecStart=/bin/true
[Install]
WantedBy=basic.target
"""


def place_unit(box):
    """The unit as it is in the source; only its wait is shorter."""
    program = box.run("command -v checklistctl").stdout.strip()
    text = SOURCE.read_text().replace("@CMAKE_INSTALL_FULL_BINDIR@/checklistctl", program)
    text = text.replace("@CMAKE_INSTALL_FULL_DOCDIR@", "/usr/share/doc/checklistd")
    assert text.count("--wait 5min") == 1
    box.run("rm -f /usr/lib/systemd/system/checklistd-boot-check.service")
    box.write(UNIT.format("checklistd-boot-check.service"), text.replace("--wait 5min", "--wait 3s"))


@pytest.fixture(scope="module")
def box(build):
    with Sandbox("boot-check") as box:
        box.install(build)
        place_unit(box)
        box.run("systemctl mask prometheus-alertmanager.service")
        box.write(UNIT.format("blessed.service"), BLESSED)
        box.write(UNIT.format("toy.service"), RUNS + INSTALL)
        box.write("/etc/checklistd/services.d/toy.json", json.dumps({"unit": "toy.service"}))
        box.run("systemctl enable toy.service blessed.service")
        box.boot()
        yield box


def reaches(box, unit) -> bool:
    return box.run(f"systemctl is-active {unit}", check=False).stdout.strip() == "active"


def reboot(box, toy: str, enabled=True):
    box.write(UNIT.format("toy.service"), toy + INSTALL)
    box.run(f"systemctl {'enable' if enabled else 'disable'} checklistd-boot-check.service")
    box.reboot()


def journal(box) -> str:
    return box.run("journalctl --no-pager --boot --output=cat --unit=checklistd-boot-check").stdout


def test_it_is_off_by_default(box):
    assert box.run("systemctl is-enabled checklistd-boot-check.service", check=False).stdout == "disabled\n"
    assert reaches(box, "boot-complete.target")


def test_a_good_boot_is_complete(box):
    reboot(box, RUNS)
    assert reaches(box, "checklistd-boot-check.service"), journal(box)
    assert reaches(box, "boot-complete.target") and reaches(box, "blessed.service")
    assert box.run("systemctl is-system-running", check=False).stdout.strip() in ("running", "degraded")


def test_a_boot_with_a_broken_service_is_not_complete(box):
    reboot(box, FAILS)
    assert not reaches(box, "boot-complete.target") and not reaches(box, "blessed.service")
    assert "toy.service" in journal(box) and "FAIL" in journal(box)
    assert reaches(box, "multi-user.target")  # the host can still be repaired


def test_a_broken_boot_is_complete_while_the_check_is_off(box):
    reboot(box, FAILS, enabled=False)
    assert reaches(box, "boot-complete.target")


def test_a_host_without_specs_boots(box):
    box.run("mkdir /root/specs && mv /etc/checklistd/services.d/* /root/specs")
    try:
        reboot(box, RUNS)
        assert reaches(box, "boot-complete.target"), journal(box)
    finally:
        box.run("mv /root/specs/* /etc/checklistd/services.d && rmdir /root/specs")


def test_systemd_has_nothing_to_say_about_the_unit(box):
    assert box.run("systemd-analyze --man=no verify checklistd-boot-check.service 2>&1").stdout == ""


def test_the_hook_of_greenboot(box):
    hook = "/etc/greenboot/check/required.d/50_checklistd.sh"
    box.write(hook, GREENBOOT.read_text(), 0o755)
    run = f"env CHECKLISTD_WAIT=2s {hook}"
    box.write(UNIT.format("toy.service"), RUNS + INSTALL)
    box.run("systemctl daemon-reload; systemctl restart toy.service")
    good = box.run(run, check=False)
    assert good.returncode == 0, good.stdout + good.stderr
    box.run("systemctl stop toy.service")
    bad = box.run(run, check=False)
    assert bad.returncode == 1 and "the boot is not good" in bad.stderr, bad.stdout + bad.stderr


def test_shellcheck_has_nothing_to_say_about_the_hooks():
    hooks = sorted((ROOT / "config/hooks").glob("*.sh"))
    assert hooks
    done = subprocess.run(["shellcheck", *hooks], capture_output=True, text=True, check=False)
    assert done.stdout == ""


def commands(tasks: list) -> dict[str, list[str]]:
    """The commands of the tasks for Ansible by their names, with the default of the wait shortened."""
    found = {}
    for task in tasks:
        if argv := task.get("ansible.builtin.command", {}).get("argv"):
            found[task["name"]] = ["--wait=2s" if word.startswith("--wait=") else word for word in argv]
        if "ansible.builtin.shell" in task:
            found[task["name"]] = ["sh", "-c", task["ansible.builtin.shell"]]
        found |= commands(task.get("block", []))
    return found


@pytest.mark.parametrize("breaks", [False, True])
def test_the_commands_of_the_tasks_for_ansible(box, breaks):
    before, gate = commands(yaml.safe_load(ANSIBLE.read_text())).values()
    box.write(UNIT.format("toy.service"), RUNS + INSTALL)
    box.run("systemctl daemon-reload; systemctl reset-failed; systemctl restart toy.service")
    wait_until(lambda: reaches(box, "toy.service"), 10, "toy.service")
    assert box.run(before, check=False).returncode <= 2
    if breaks:
        box.run("systemctl stop toy.service")
    done = box.run(gate, check=False)
    assert ("running touch" in done.stdout) == breaks, done.stdout + done.stderr
    assert done.returncode <= 2
