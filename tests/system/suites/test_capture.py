# SPDX-License-Identifier: MIT
"""capture, add and diff: what is captured passes, and notices what is changed afterwards."""

import json
import random

import pytest
from sandbox import Sandbox, plan
from sandbox.wait import wait_until

SPECS = "/root/specs"
UNITS = "/etc/systemd/system"
RELOAD = "systemctl daemon-reload"
DRAWN = 50
SANDBOXES = (  # lines of [Service] with which a sleeping service starts here
    "NoNewPrivileges=yes", "ProtectSystem=strict", "ProtectSystem=full", "ProtectHome=yes", "PrivateTmp=yes",
    "PrivateDevices=yes", "ProtectKernelModules=yes", "ProtectKernelTunables=yes", "ProtectControlGroups=yes",
    "RestrictNamespaces=yes", "RestrictRealtime=yes", "LockPersonality=yes", "CapabilityBoundingSet=",
    "CapabilityBoundingSet=CAP_CHOWN CAP_KILL", "RestrictAddressFamilies=AF_UNIX AF_INET", "UMask=0077",
    "SystemCallFilter=@system-service", "SystemCallFilter=@system-service\nSystemCallFilter=~@privileged",
    "SystemCallArchitectures=native", "ProtectProc=invisible", "User=nobody", "DynamicUser=yes", "MemoryDenyWriteExecute=yes",
    "LimitNOFILE=4096", "LimitNOFILE=1024:4096", "LimitCORE=0", "LimitMEMLOCK=8M", "Nice=5", "OOMScoreAdjust=100",
    "IOSchedulingClass=idle", "CPUSchedulingPolicy=batch", "RuntimeDirectory=%N", "StateDirectory=%N")


def drawn(number: int, random) -> tuple[str, str]:
    """A unit's name and text."""
    name = f"drawn-{number:02}"
    if number % 10 == 9:
        return f"{name}.socket", (f"[Socket]\nListenStream=127.0.0.1:{7100 + number}\nAccept=yes\n"
                                  "[Install]\nWantedBy=sockets.target\n")
    services = [each for each in range(DRAWN // 2) if each % 10 != 9]
    edges = "".join(f"{random.choice(('After', 'Wants', 'Before'))}=drawn-{random.choice(services):02}.service\n"
                    for _ in range(random.randrange(3)) if number > DRAWN // 2)
    sandbox = "\n".join(random.sample(SANDBOXES, random.randrange(7)))
    alias = f"Alias={name}-alias.service\n" if random.random() < 0.3 else ""
    kind = random.choice(("Type=exec", "Type=simple", "Type=oneshot\nRemainAfterExit=yes"))
    program = "/bin/true" if "oneshot" in kind else "/bin/sleep infinity"
    return f"{name}.service", (f"[Unit]\n{edges}[Service]\n{kind}\nExecStart={program}\n{sandbox}\n"
                               f"[Install]\nWantedBy=multi-user.target\n{alias}")


@pytest.fixture(scope="module")
def booted(build):
    seed = random.randrange(10**6)
    print(f"random units of seed {seed}")
    draw = random.Random(seed)
    with Sandbox("capture") as box:
        plan.install(box, build)
        units = dict(drawn(number, draw) for number in range(DRAWN))
        for name, text in units.items():
            box.write(f"{UNITS}/{name}", text)
        box.write(f"{UNITS}/drawn-09@.service", "[Service]\nExecStart=/bin/cat\nStandardInput=socket\n")
        box.run(f"systemctl --quiet enable {' '.join(name for name in units if draw.random() < 0.8)}")
        box.boot()
        plan.wait_up(box)
        box.run(f"systemctl start {' '.join(name for name in units if draw.random() < 0.9)}")
        yield box


@pytest.fixture(scope="module")
def captured(booted):
    """What capture said on stderr; the specs are in SPECS."""
    return booted.run(f"checklistctl capture --all --output-dir {SPECS}", timeout=300).stderr


def results(box, *units, directory=SPECS):
    """(unit, check) to status, of what `check` finds by the captured specs."""
    done = box.run(f"checklistctl check --services-dir {directory} --format json {' '.join(units)}", check=False, timeout=120)
    return {(each["unit"], check["check"]): check
            for each in json.loads(done.stdout)["services"] for check in each["checks"]}


def is_amiss(result) -> bool:
    """Whether it does not pass, except that a configuration is tested only for a spec in /etc/checklistd."""
    return any(each["status"] in ("fail", "unknown") and each.get("reason") != "not_tested" for each in result["findings"])


def test_what_is_captured_passes(booted, captured):
    found = results(booted)
    bad = {(unit, check) for (unit, check), result in found.items() if is_amiss(result)}
    said = {(unit, check) for unit, check in bad if f"{unit}: {check} does not pass now" in captured}
    assert bad == said, f"{ {key: found[key] for key in bad - said} }\n{captured}"
    assert len({unit for unit, _ in found}) > DRAWN, found.keys()
    assert {check for _, check in said} <= {"resource_limits"}, captured  # controllers that this host lacks


def test_capturing_again_gives_the_same_bytes(booted, captured):
    done = booted.run(f"checklistctl capture --all --output-dir {SPECS}", timeout=300)
    assert done.stdout.startswith("nothing to write"), done.stdout


FAULTS = {
    "stopped": ("grafana", "service_state", "systemctl stop grafana", "systemctl start grafana"),
    "disabled": ("prometheus", "toggles", "systemctl disable prometheus", "systemctl enable prometheus"),
    "not at boot": ("llamacpp", "boot_start", f"rm {UNITS}/multi-user.target.wants/llamacpp.service",
                    "systemctl enable llamacpp"),
    "port": ("grafana", "port_bindings", f"sed -i s/:3000/:3001/ {UNITS}/grafana.service; {RELOAD}; systemctl restart grafana",
             f"sed -i s/:3001/:3000/ {UNITS}/grafana.service; {RELOAD}; systemctl restart grafana"),
    "mode": ("ssh", "files", "chmod 0666 /etc/default/ssh", "chmod 0644 /etc/default/ssh"),
    "alias": ("llamacpp", "unit_definition", f"mv {UNITS}/llama.service /root/; {RELOAD}",
              f"mv /root/llama.service {UNITS}/; {RELOAD}"),
    "sandbox": ("grafana", "hardening",
                f"mkdir -p {UNITS}/grafana.service.d; printf '[Service]\\nNoNewPrivileges=no\\nRestrictRealtime=no\\n' "
                f"> {UNITS}/grafana.service.d/zz.conf; {RELOAD}", f"rm {UNITS}/grafana.service.d/zz.conf; {RELOAD}"),
    "limit": ("grafana", "resource_limits",
              f"mkdir -p {UNITS}/grafana.service.d; printf '[Service]\\nLimitNOFILE=77\\n' > {UNITS}/grafana.service.d/zz.conf;"
              f" {RELOAD}", f"rm {UNITS}/grafana.service.d/zz.conf; {RELOAD}"),
    "edge": ("grafana", "dependencies", f"cp {UNITS}/grafana.service /root/; sed -i /prometheus/d {UNITS}/grafana.service; {RELOAD}",
             f"mv /root/grafana.service {UNITS}/; {RELOAD}"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_the_captured_spec_notices(booted, captured, fault):
    unit, check, inject, undo = FAULTS[fault]
    key = (f"{unit}.service", check)
    try:
        booted.run(inject)
        wait_until(lambda: results(booted, unit)[key]["status"] == "fail", 60, f"{check} of {unit} to fail")
    finally:
        booted.run(undo)
    wait_until(lambda: results(booted, unit)[key]["status"] == "pass", 60, f"{check} of {unit} to pass again")


def test_add_keeps_what_somebody_wrote(booted):
    done = booted.run("checklistctl add ssh", check=False)
    assert done.returncode == 3, done
    assert "ssh.service has a spec in /etc/checklistd/services.d/sshd.json; --force replaces it" in done.stderr
    booted.run("cp -r /etc/checklistd/services.d /root/kept; checklistctl add --force ssh")
    assert json.loads(booted.read("/etc/checklistd/services.d/sshd.json"))["unit"] == "ssh.service"
    booted.run("rm -r /etc/checklistd/services.d; mv /root/kept /etc/checklistd/services.d")


@pytest.mark.parametrize("command, status, says", [
    ("add", 3, "expected units, --all or --plan"),
    ("add nothing-of-this-name", 3, "no unit 'nothing-of-this-name.service'"),
    ("capture --all x", 3, "expected units, or --all"),
    ("diff /nowhere.json", 3, "/nowhere.json: cannot be read: No such file or directory"),
    ("diff /etc/checklistd/services.d/ollama.json", 3, "expected a file that `checklistctl capture --full` wrote")])
def test_wrong_usage_is_one_line(booted, command, status, says):
    done = booted.run(f"checklistctl {command}", check=False)
    assert (done.returncode, done.stdout) == (status, ""), done
    assert says in done.stderr and done.stderr.count("\n") == 1, done.stderr


def test_add_without_rights_says_so(booted):
    done = booted.run("checklistctl add drawn-01", user=plan.USER, check=False)
    assert done.returncode == 3 and "Permission denied; run it as root" in done.stderr, done


def test_a_users_unit_is_captured_by_the_user(booted):
    done = booted.run("checklistctl capture --user jupyter", user=plan.USER)
    spec = json.loads(done.stdout)
    assert spec["unit"] == "jupyter.service"
    assert spec["checks"]["port_bindings"]["listen"] == ["tcp:127.0.0.1:8888"], spec


def test_root_captures_a_users_unit_as_the_user_does(booted):
    own = json.loads(booted.run("checklistctl capture --user jupyter", user=plan.USER).stdout)
    assert json.loads(booted.run("checklistctl capture --user=dev jupyter").stdout) == own | {"user": "dev"}
    everything = booted.run("checklistctl capture --user=dev --all", timeout=120).stdout
    assert '"unit": "jupyter.service"' in everything and "grafana" not in everything, everything


def test_root_adds_a_users_unit_for_both_daemons(booted):
    directory = "/etc/checklistd/user-services.d"
    refused = booted.run("checklistctl add --user=dev jupyter", check=False)
    assert refused.returncode == 3 and f"has a spec in {directory}/jupyter.json; --force replaces it" in refused.stderr, refused
    booted.run(f"mv {directory}/jupyter.json /root/")
    try:
        done = booted.run("checklistctl add --user=dev jupyter")
        assert f"wrote {directory}/dev@jupyter.json" in done.stdout, done
        booted.run("checklistctl verify-config")
        found = booted.run("checklistctl check --user --format json jupyter", user=plan.USER, check=False)
        checks = json.loads(found.stdout)["services"][0]["checks"]
        assert {check["check"]: check["status"] for check in checks}["port_bindings"] == "pass", checks
        assert not [check for check in checks if check["status"] == "fail"], checks
        own = "/home/dev/.config/checklistd/services.d"
        booted.run(f"mkdir -p {own}; mv {directory}/dev@jupyter.json {own}/", user=None)
        kept = booted.run("checklistctl add --user=dev --force jupyter", check=False)
        assert kept.returncode == 3 and f"{own}/dev@jupyter.json, which is the user's own" in kept.stderr, kept
    finally:
        booted.run(f"rm -rf /home/dev/.config/checklistd/services.d {directory}/dev@jupyter.json; mv /root/jupyter.json {directory}/")


def test_root_diffs_a_users_units(booted):
    booted.run("checklistctl capture --user=dev --full --all > /root/before-dev.json", timeout=120)
    assert booted.run("checklistctl diff --user=dev /root/before-dev.json", timeout=120).stdout == "no difference\n"


@pytest.mark.parametrize("command, as_user, says", [
    ("capture --user=nobody-here x", None, "--user=nobody-here: no such user"),
    ("capture --user=nobody x", None, "--user=nobody: the user's service manager does not run; `loginctl enable-linger nobody` starts"),
    ("capture --user=root x", plan.USER, "--user=root: only root captures units of another user; run it as root"),
    ("capture --user dev", None, "for units of the user dev, write --user=dev"),
    ("add --plan --user=dev", None, "--plan has the specs of all users"),
    ("capture --user=dev nothing-here", None, "no unit 'nothing-here.service'")])
def test_what_is_wrong_with_a_user_is_one_line(booted, command, as_user, says):
    done = booted.run(f"checklistctl {command}", user=as_user, check=False)
    assert (done.returncode, done.stdout) == (3, ""), done
    assert says in done.stderr and done.stderr.count("\n") == 1, done.stderr


def test_users_are_completed(booted):
    assert booted.run("checklistctl complete capture --user=de").stdout == "--user=dev\n"


def test_diff_tells_what_a_migration_changed(booted):
    booted.run("checklistctl capture --full --all > /root/before.json", timeout=300)
    assert booted.run("checklistctl diff /root/before.json", timeout=300).stdout == "no difference\n"
    booted.run(f"mv {UNITS}/llamacpp.service /usr/lib/systemd/system/; mkdir -p {UNITS}/grafana.service.d;"
               f"printf '[Service]\\nLimitNOFILE=77\\n' > {UNITS}/grafana.service.d/zz.conf; {RELOAD}")
    done = booted.run("checklistctl diff /root/before.json --format json", check=False, timeout=300)
    booted.run(f"mv /usr/lib/systemd/system/llamacpp.service {UNITS}/; rm {UNITS}/grafana.service.d/zz.conf; {RELOAD}")
    found = {each["unit"]: each for each in json.loads(done.stdout)["units"]}
    assert done.returncode == 1 and set(found) == {"llamacpp.service", "grafana.service"}, done.stdout
    assert found["llamacpp.service"]["change"] == "moved"
    assert {"name": "resource_limits LimitNOFILE", "before": "10000", "after": "77"} in found["grafana.service"]["fields"]
