# SPDX-License-Identifier: MIT
"""What the daemon's own sandbox leaves it, which check each option of it blinds, and what the helpers of root may do."""

import json
from contextlib import contextmanager
from pathlib import Path

import pytest
from sandbox import Sandbox, enforced, plan
from sandbox.wait import wait_until

ROOT = Path(__file__).resolve().parents[3]
PROBE = Path(__file__).with_name("privileges_probe.py")
SOCKET = "/run/checklistd/checklistd.sock"
DAEMON, FILES, TESTS = "checklistd.service", "checklistd-files.service", "checklistd-config-test.service"
DIRECTORIES = {"/var/lib/checklistd", "/run/checklistd-request", "/run/checklistd-config-test-request"}
LOST = "/dev/open-to-all"  # a device node that every user may open
HOLDER = """[Service]
SetCredential=token:hunter2
ExecStart=/usr/bin/sleep infinity
"""
EXPOSURE, LOWER = 1.9, 1.6
SECTION = (ROOT / "docs/security.md").read_text().split("## The sandbox of the daemon")[1].split("\n## ")[0]
REFUSED = ("EPERM", "EACCES", "EAFNOSUPPORT")
GPU = {"llamacpp.service gpu_device_access", "ollama.service gpu_device_access",
       "ollama-gpu-manager.service gpu_device_access", "host gpu_access_consistency"}


@pytest.fixture(scope="module")
def box(build):
    with Sandbox("privileges") as booted:
        plan.install(booted, build)
        enforced.relax(booted)
        booted.write("/usr/local/lib/privileges-probe", PROBE.read_text())
        booted.write("/etc/systemd/system/holder.service", HOLDER)
        booted.boot()
        plan.wait_up(booted)
        booted.make_node(LOST, 195, 200)
        booted.run("systemctl start holder.service")
        wait_until(lambda: nothing_amiss(booted), 60, lambda: f"not passing: {amiss(booted)}")
        yield booted


def report(box):
    answer = box.http(SOCKET, "/api/v1/report", timeout=20)
    return json.loads(answer.body) if answer.status == 200 else None


def amiss(box) -> dict[tuple[str, str, str], str]:
    """The hint by "unit check", status and reason, of what neither passes nor is skipped."""
    seen = report(box)
    if not seen:
        return {("report", "unknown", "none"): ""}
    checks = [("host", check) for check in seen["host"]["checks"]]
    checks += [(each["unit"], check) for each in seen["services"] for check in each["checks"]]
    return {(f"{unit} {check['check']}", each["status"], each["reason"]): each["hint"] for unit, check in checks
            for each in check["findings"] if each["status"] in ("fail", "unknown")}


def nothing_amiss(box) -> bool:
    return box.http(SOCKET, "/-/ready", timeout=20).status == 200 and not amiss(box)


@contextmanager
def dropped_in(box, text):
    """The daemon runs with these settings; the next start is without them."""
    path = f"/etc/systemd/system/{DAEMON}.d/tried.conf"
    box.write(path, text)
    try:
        box.run(f"systemctl daemon-reload; systemctl restart {DAEMON}")
        yield
    finally:
        box.remove(path)


# -- exposure -----------------------------------------------------------------------------------


def exposed(box, unit) -> set[str]:
    rows = json.loads(box.run(f"systemd-analyze security --json=short --no-pager {unit}").stdout)
    return {row["name"] for row in rows if row["exposure"] not in (None, "", "0.0")}


def explained(text) -> set[str]:
    """The settings in the table of docs/security.md."""
    return {row.replace("\\|", "\0").split("|")[1].strip(" `").replace("\0", "|") for row in text.splitlines()
            if row.startswith("| `")}


def threshold(box, exposure):
    box.run(f"systemd-analyze security --no-pager --threshold={exposure * 10:.0f} {DAEMON}")


def test_each_point_of_the_remaining_exposure_is_explained(box):
    threshold(box, EXPOSURE)
    points = exposed(box, DAEMON)
    assert explained(SECTION) == points
    unit = (ROOT / "systemd/checklistd.service.in").read_text()
    comments = " ".join(line for line in unit.splitlines() if line.startswith("#"))
    assert [name for name in points if name.split("=")[0] not in comments] == []


def test_the_drop_in_of_the_page_lowers_it_and_blinds_nothing_here(box):
    with dropped_in(box, SECTION.split("```ini\n")[1].split("```")[0]):
        threshold(box, LOWER)
        wait_until(lambda: box.http(SOCKET, "/-/ready", timeout=20).status == 200 and not others(box), 60,
                   lambda: f"not passing: {others(box)}")
        assert {reason for _, _, reason in amiss(box)} <= NOT_HEARD


# -- what the sandbox leaves ----------------------------------------------------------------------


def main_pid(box, unit) -> int:
    return int(box.run(f"systemctl show --value --property=MainPID {unit}").stdout)


def probed(box, unit, secrets=(), leaves_files=False) -> dict:
    """What a program finds that runs with exactly the settings of the unit, before the daemon or in place of a helper."""
    drop_in = f"/etc/systemd/system/{unit}.d/probe.conf"
    box.write("/etc/privileges-probe.json", json.dumps(
        {"victim": main_pid(box, "grafana.service"), "device": LOST, "secrets": secrets, "leaves_files": leaves_files}))
    when = "ExecStartPre=" if unit == DAEMON else "ExecStart=\nExecStart="
    box.write(drop_in, "[Service]\nTimeoutStartSec=60s\nLogLevelMax=debug\n"
                       f"{when}/usr/bin/python3 /usr/local/lib/privileges-probe\n")
    try:
        box.run("systemctl daemon-reload")
        since = box.run("date +%s.%N").stdout.strip()
        box.run(f"systemctl restart {unit}")
        said = box.run(f"journalctl --sync; journalctl --quiet --output=cat --unit={unit} --since=@{since} "
                       "--identifier=python3").stdout
    finally:
        box.remove(drop_in)
        box.run("systemctl daemon-reload")
    return json.loads("".join(line.removeprefix("probe ") for line in said.splitlines() if line.startswith("probe ")))


@pytest.fixture(scope="module")
def daemon(box):
    holder, victim = main_pid(box, "holder.service"), main_pid(box, "grafana.service")
    return probed(box, DAEMON, secrets=[
        "/run/credentials/holder.service/token", "/etc/credstore/grafana-admin", "/etc/shadow",
        "/etc/ssh/ssh_host_ed25519_key", f"/proc/{holder}/environ", f"/proc/{holder}/mem", f"/proc/{victim}/cwd/."])


def test_it_cannot_write_outside_of_its_state_directory(daemon):
    assert set(daemon["directories"]) == DIRECTORIES
    assert daemon["files"] == []


def test_it_cannot_start_or_stop_a_unit(box, daemon):
    assert set(daemon["calls"]) == {"StartUnit", "StopUnit", "RestartUnit", "KillUnit", "SetUnitProperties", "EnableUnitFiles",
                                    "Reload", "PowerOff"}
    assert {name for name, refused in daemon["calls"].items() if "denied" not in refused} == set()
    assert box.run("systemctl is-active grafana.service").stdout == "active\n"


def test_it_cannot_read_a_credential(daemon):
    assert {path: why for path, why in daemon["secrets"].items() if why not in ("EACCES", "EPERM")} == {}


def test_it_cannot_open_a_device(daemon):
    assert set(daemon["devices"]) <= {"/dev/null", "/dev/zero", "/dev/full", "/dev/random", "/dev/urandom", "/dev/tty",
                                      "/dev/ptmx", "/dev/pts/ptmx", "/dev/console"}
    assert daemon["device"] == "EPERM"


def test_it_can_gain_no_right(daemon):
    assert daemon["capabilities"] == dict.fromkeys(("CapInh", "CapPrm", "CapEff", "CapBnd", "CapAmb"), 0)
    assert (daemon["NoNewPrivs"], daemon["Seccomp"]) == (1, 2)
    assert {name: why for name, why in daemon["gains"].items()
            if why not in REFUSED} == {}


# -- what each option blinds --------------------------------------------------------------------------

BLIND = {
    "PrivateDevices=yes": GPU,
    "PrivateUsers=yes": GPU | {"llamacpp.service hardening", "clamav-daemon.service files", "grafana.service unit_definition"},
    "ProtectProc=invisible": {"llamacpp.service hardening", "llamacpp.service resource_limits",
                              "llamacpp.service gpu_device_access", "llamacpp.service boot_start"},
    "ProcSubset=pid": GPU | {"llamacpp.service unit_definition"},
    "PrivateNetwork=yes": {f"{name}.service {check}" for name in ("ollama", "grafana", "prometheus")
                           for check in ("port_bindings", "health_probe")}
                          | {"clamav-daemon.service port_bindings", "sshd.service port_bindings"},
}
# Beside that, with nothing of the sandbox in it: the user's instance cannot be told apart, or has not reported yet.
NOT_HEARD = {"stale", "not_yet_reported"}


@pytest.mark.parametrize("option", BLIND)
def test_an_option_makes_checks_unknown_and_none_fail(box, option):
    with dropped_in(box, f"[Service]\n{option}\n"):
        began = float(box.run("date +%s.%N").stdout)

        def blind():
            return {key for key, _, reason in amiss(box) if reason == "own_sandbox"}
        wait_until(lambda: BLIND[option] <= blind() and not others(box), 60,
                   lambda: f"not blind: {BLIND[option] - blind()}; otherwise amiss: {others(box)}")
        name = option.split("=")[0]
        assert [hint for (_, _, reason), hint in amiss(box).items() if reason == "own_sandbox" and name not in hint] == []
        failed = [each for each in report(box)["changes"] if each["at"] >= began and each["to"] == "fail"]
        assert failed == []


def others(box) -> set:
    return {key for key in amiss(box) if key[1] == "fail" or key[2] not in NOT_HEARD | {"own_sandbox"}}


# -- the helpers of root ----------------------------------------------------------------------------

HELPERS = {
    FILES: ("/run/checklistd-files", 1 << 2 | 1 << 19),  # CAP_DAC_READ_SEARCH, CAP_SYS_PTRACE
    # And CAP_KILL, CAP_SETGID, CAP_SETUID, CAP_NET_BIND_SERVICE.
    TESTS: ("/run/checklistd-config-test", 1 << 2 | 1 << 5 | 1 << 6 | 1 << 7 | 1 << 10),
}


@pytest.fixture(scope="module")
def helpers(box):
    return {unit: probed(box, unit, leaves_files=True) for unit in HELPERS}


@pytest.mark.parametrize("unit", HELPERS)
def test_a_helper_of_root_has_few_rights(helpers, unit):
    seen = helpers[unit]
    assert seen["capabilities"]["CapBnd"] == HELPERS[unit][1]
    assert (seen["NoNewPrivs"], seen["Seccomp"]) == (1, 2)
    assert seen["device"] in ("EPERM", "ENOENT")
    assert seen["files"] == []
    gained = {name for name, why in seen["gains"].items() if why not in REFUSED}
    assert gained == (set() if unit == FILES else {"other user", "signal", "executable memory"})


def test_what_a_helper_writes_elsewhere_is_gone(box, helpers):
    """The tests of configurations may write to file systems that are theirs; the other helper to nothing."""
    found = box.run("find / /run /tmp /var/tmp /dev /dev/shm /dev/mqueue /run/lock -xdev -name .checklistd-probe").stdout.split()
    assert {Path(path).parent for path in found} == {Path(path) for path, _ in HELPERS.values()}
    assert set(helpers[FILES]["directories"]) == {HELPERS[FILES][0]}


def test_each_has_a_system_call_filter_of_its_own(box):
    show = "systemctl show --value --property=SystemCallFilter {}"
    filters = {unit: set(box.run(show.format(unit)).stdout.split()) for unit in (DAEMON, *HELPERS)}
    assert not filters[FILES] & {"ptrace", "socket", "connect", "mount", "setuid", "kexec_load", "process_vm_readv"}
    assert not filters[TESTS] & {"ptrace", "mount", "keyctl", "mlock", "kexec_load"}
    assert len({frozenset(each) for each in filters.values()}) == 3


def test_no_user_steers_a_helper(box):
    """The requests, what the helpers write and what they read are closed to every user but the daemon's and root."""
    places = ("/run/checklistd-request", "/run/checklistd-config-test-request", "/run/checklistd-files",
              "/run/checklistd-config-test", "/run/checklistd", "/etc/checklistd", "/etc/checklistd/services.d",
              "/usr/lib/checklistd/services.d", "/var/lib/checklistd")
    for place in places:
        box.run(f"mkdir --parents {place}")
        for act in (f"touch {place}/planted", f"ln -s /etc/shadow {place}/planted", f"mkdir {place}/planted"):
            assert box.run(act, user=plan.USER, check=False).returncode, act
    for unit in (FILES, TESTS):
        assert box.run(f"systemctl start {unit}", user=plan.USER, check=False).returncode, unit
