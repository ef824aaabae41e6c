# SPDX-License-Identifier: MIT
"""Limits and hardening beside what a real systemd and the kernel make of them."""

import json

import pytest
from sandbox import Sandbox, plan
from sandbox.wait import wait_until

SPECS = "/etc/checklistd/services.d"
# Directives as a unit file and a spec spell them. Each is demanded of a unit that has it, and of one
# that has none of them. None raises a limit: the sandbox's manager may not be able to.
LIMITS = {
    "MemoryHigh": "1G", "MemoryMax": "50%", "MemorySwapMax": "12.5%", "TasksMax": "10%",
    "CPUQuota": "50%", "CPUWeight": "idle", "IOWeight": "50", "LimitNOFILE": "1024:8192",
    "LimitCPU": "1h", "LimitRTTIME": "10ms", "LimitCORE": "64M", "LimitFSIZE": "1.5G", "LimitSTACK": "4M:8M",
    "LimitNPROC": "1000", "LimitMEMLOCK": "1M", "LimitMSGQUEUE": "400K", "LimitSIGPENDING": "900",
    "OOMScoreAdjust": "100", "Nice": "5", "OOMPolicy": "kill", "CPUSchedulingPolicy": "batch",
    "IOSchedulingClass": "idle",
}
HARDENING = {
    "User": "nobody", "NoNewPrivileges": "yes", "CapabilityBoundingSet": "CAP_CHOWN CAP_KILL",
    "AmbientCapabilities": "", "ProtectSystem": "strict", "ProtectHome": "yes", "ProtectProc": "invisible",
    "ProcSubset": "pid", "ProtectKernelTunables": "yes", "ProtectKernelModules": "yes",
    "ProtectKernelLogs": "yes", "ProtectControlGroups": "yes", "ProtectClock": "yes", "ProtectHostname": "yes",
    "PrivateTmp": "yes", "PrivateDevices": "yes", "PrivateNetwork": "yes", "PrivateUsers": "yes",
    "PrivateMounts": "yes", "PrivateIPC": "yes", "RemoveIPC": "yes", "RestrictAddressFamilies": "AF_UNIX AF_INET",
    "RestrictNamespaces": "cgroup net", "RestrictRealtime": "yes", "RestrictSUIDSGID": "yes",
    "LockPersonality": "yes", "MemoryDenyWriteExecute": "yes",
    "SystemCallFilter": ["@system-service", "~@privileged @resources"], "SystemCallArchitectures": "native",
    "UMask": "0027", "NotifyAccess": "none", "DevicePolicy": "closed", "DeviceAllow": ["/dev/null rw"],
    "IPAddressDeny": "any", "IPAddressAllow": "localhost", "ReadWritePaths": ["/var/tmp"],
    "InaccessiblePaths": ["/srv"], "ReadOnlyPaths": ["/opt"],
}
# What a unit without any of them has all the same.
COMMON = {"AmbientCapabilities", "NotifyAccess", "ReadWritePaths", "IPAddressAllow"}
CONTROLLED = {"MemoryHigh", "MemoryMax", "MemorySwapMax", "TasksMax", "CPUQuota", "CPUWeight", "IOWeight"}
EVERYTHING = LIMITS | HARDENING
REFUSED = ("@clock", "@mount", "@swap", "@module", "@obsolete", "@debug", "@reboot", "@raw-io")


def unit_text(directives) -> str:
    lines = [f"{name}={value}" for name, values in directives.items()
             for value in (values if isinstance(values, list) else [values])]
    return "\n".join(["[Service]", "ExecStart=/bin/sleep infinity", *lines, ""])


def demanded(check, directives):
    return {check: directives | ({"max_exposure": 10} if check == "hardening" else {})}


UNITS = {
    "full": EVERYTHING,
    "none": {},
    "refuses": {"SystemCallFilter": ["~" + " ".join(REFUSED)], "RestrictAddressFamilies": "none",
                "RestrictNamespaces": "yes", "CapabilityBoundingSet": "~CAP_SYS_ADMIN CAP_NET_ADMIN"},
}


@pytest.fixture(scope="module")
def box(build):
    with Sandbox("limits") as booted:
        booted.install(build)
        for name, directives in UNITS.items():
            booted.write(f"/etc/systemd/system/{name}.service", unit_text(directives))
            wanted = EVERYTHING if name == "none" else directives
            checks = {}
            for check, table in (("resource_limits", LIMITS), ("hardening", HARDENING)):
                checks |= demanded(check, {key: wanted[key] for key in table if key in wanted})
            spec = {"unit": f"{name}.service", "settle": "1s", "checks": checks | {"boot_start": False}}
            booted.write(f"{SPECS}/{name}.json", json.dumps(spec))
        booted.boot()
        booted.run("systemctl start full none refuses")
        wait_until(lambda: booted.http(10558, "/-/ready").status == 200, 20, "checklistd")
        yield booted


def report(box):
    return json.loads(box.http(10558, "/api/v1/report").body)


def service(box, name):
    return next(each for each in report(box)["services"] if each["unit"] == f"{name}.service")


def findings(box, name, check) -> dict:
    result = next(each for each in service(box, name)["checks"] if each["check"] == check)
    return {each["subject"]: each for each in result["findings"]}


def verdicts(box, name, check) -> dict[str, str]:
    return {subject: f"{each['status']} {each['reason']}".strip()
            for subject, each in findings(box, name, check).items()}


def settle(box, name, check, expected):
    """Waits until the verdicts are these; the difference, if they never are."""
    def differing():
        found = verdicts(box, name, check)
        return {key: (found.get(key), expected.get(key)) for key in found.keys() | expected.keys()
                if found.get(key) != expected.get(key)}
    wait_until(lambda: not differing(), 30, lambda: f"{name} {check}: {differing()} {findings(box, name, check)}")


def enforced(box) -> set[str]:
    """Of those that need a cgroup's controller, the ones that this machine's cgroups have."""
    there = box.run("cat /sys/fs/cgroup/cgroup.controllers").stdout.split()
    of = {"Memory": "memory", "Tasks": "pids", "CPU": "cpu", "IO": "io"}
    return {name for name in CONTROLLED for start, controller in of.items()
            if name.startswith(start) and controller in there}


def test_every_limit_that_a_unit_has_passes_where_the_kernel_can_enforce_it(box):
    there = enforced(box)
    settle(box, "full", "resource_limits",
           {name: "pass" if name not in CONTROLLED or name in there else "unknown unsupported"
            for name in LIMITS})


def test_every_hardening_that_a_unit_has_passes(box):
    settle(box, "full", "hardening", dict.fromkeys([*HARDENING, "max_exposure"], "pass"))


def test_lists_of_what_is_refused_pass(box):
    settle(box, "refuses", "hardening", dict.fromkeys([*UNITS["refuses"], "max_exposure"], "pass"))


def test_every_directive_that_a_unit_lacks_fails(box):
    settle(box, "none", "resource_limits", dict.fromkeys(LIMITS, "fail differs"))
    settle(box, "none", "hardening",
           {name: "pass" if name in COMMON else "fail weaker" for name in HARDENING} | {"max_exposure": "pass"})


def test_the_exposure_is_what_systemd_analyze_says(box):
    for name in UNITS:
        said = box.run(f"SYSTEMD_EMOJI=0 systemd-analyze --no-pager security {name}.service").stdout
        level = float(said.strip().splitlines()[-1].split(": ")[1].split()[0])
        wait_until(lambda: service(box, name).get("exposure") == level, 15,
                   lambda: f"{name}: {service(box, name).get('exposure')} instead of {level}")
        metrics = box.http(10558, "/metrics").body
        assert f'checklist_unit_exposure_level{{unit="{name}.service",manager="system"}} {level:g}' in metrics


def test_what_a_unit_uses_is_what_its_cgroup_says(box):
    name = 'checklist_unit_cpu_seconds_total{unit="full.service",manager="system"}'
    def shown():
        lines = box.http(10558, "/metrics").body.splitlines()
        return next((float(line.split()[-1]) for line in lines if line.startswith(name)), None)
    def used():
        stat = box.run("cat /sys/fs/cgroup/system.slice/full.service/cpu.stat").stdout
        return int(stat.split()[1]) / 1e6
    wait_until(lambda: shown() == pytest.approx(used(), abs=1e-5), 20, lambda: f"{shown()}, not {used()}")


def change_full(box, *lines, restart=False):
    box.write("/etc/systemd/system/full.service.d/change.conf", "\n".join(["[Service]", *lines, ""]))
    box.run("systemctl daemon-reload" + ("; systemctl restart full" if restart else ""))


def restore_full(box):
    box.remove("/etc/systemd/system/full.service.d/change.conf")
    box.run("systemctl daemon-reload; systemctl restart full")


CHANGED = [("resource_limits", "LimitNOFILE", "LimitNOFILE=512:1024"),
           ("resource_limits", "OOMScoreAdjust", "OOMScoreAdjust=500"),
           ("resource_limits", "Nice", "Nice=10"),
           ("hardening", "PrivateTmp", "PrivateTmp=no"),
           ("hardening", "ProtectHome", "ProtectHome=no"),
           ("hardening", "ProtectProc", "ProtectProc=default"),
           ("hardening", "CapabilityBoundingSet", "CapabilityBoundingSet=CAP_FOWNER")]


def expect(box, check, subject, verdict, timeout=30):
    wait_until(lambda: verdicts(box, "full", check)[subject] == verdict, timeout,
               lambda: f"{subject}: {findings(box, 'full', check)[subject]}, not {verdict}")


@pytest.mark.parametrize("check, subject, line", CHANGED)
def test_wrong_and_restart_needed_are_distinguished(box, check, subject, line):
    wrong = "fail differs" if check == "resource_limits" else "fail weaker"
    change_full(box, line, restart=True)  # a process that has the wrong value
    expect(box, check, subject, wrong)
    box.remove("/etc/systemd/system/full.service.d/change.conf")
    box.run("systemctl daemon-reload")  # the definition is right, and that process still runs
    expect(box, check, subject, "fail restart_needed")
    box.run("systemctl restart full")
    expect(box, check, subject, "pass")


def test_a_change_beside_the_definition_is_overridden(box):
    pid = box.run("systemctl show --value --property=MainPID full").stdout.strip()
    box.run(f"prlimit --pid {pid} --nofile=512:1024")
    expect(box, "resource_limits", "LimitNOFILE", "unknown overridden")
    box.run("systemctl restart full")
    expect(box, "resource_limits", "LimitNOFILE", "pass")


def test_a_users_instance_judges_its_own_units(box):
    """With what a user's manager can enforce, and with --user for systemd-analyze."""
    box.run(f"id {plan.USER} || useradd --create-home {plan.USER}; loginctl enable-linger {plan.USER}")
    home = f"/home/{plan.USER}/.config"
    box.write(f"{home}/systemd/user/own.service",
              unit_text({"NoNewPrivileges": "yes", "LockPersonality": "yes", "LimitNOFILE": "512:1024"}))
    box.write("/etc/checklistd/user-services.d/own.json", json.dumps(
        {"unit": "own.service", "user": plan.USER, "checks": {
            "boot_start": False, "toggles": False, "resource_limits": {"LimitNOFILE": "512:1024"},
            "hardening": {"NoNewPrivileges": True, "LockPersonality": True, "max_exposure": 9.9}}}))
    box.run(f"chown -R {plan.USER}: /home/{plan.USER}")
    state = "systemctl --user is-system-running"
    wait_until(lambda: box.run(state, user=plan.USER, check=False).stdout in ("running\n", "degraded\n"), 20,
               "the user's manager")
    box.run("systemctl --user daemon-reload; systemctl --user start own", user=plan.USER)
    box.run("systemctl reload checklistd")
    box.run("systemctl --user restart checklistd", user=plan.USER)

    def shown():
        return next((each for each in report(box)["services"] if each["unit"] == "own.service"), None)

    def passes():
        own = shown()
        states = {each["check"]: each["status"] for each in own["checks"]} if own else {}
        return states.get("hardening") == states.get("resource_limits") == "pass" and "exposure" in own
    wait_until(passes, 30, lambda: json.dumps(shown()))
