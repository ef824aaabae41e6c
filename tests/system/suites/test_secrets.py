# SPDX-License-Identifier: MIT
"""A secret planted wherever checklistd looks comes out nowhere, whatever passes or fails."""

import json

import pytest
from sandbox import Sandbox, plan
from sandbox.root_look import LOOK
from sandbox.wait import wait_until

SECRET = "planted-s3cret-4711"
SPECS = "/etc/checklistd/services.d"
FILES = {
    "/etc/credstore/grafana-admin": 0o600,
    "/etc/credstore/probe-token": 0o600,
    "/var/lib/llamacpp/model.gguf": 0o644,
    f"/home/{plan.USER}/.jupyter/jupyter_server_config.json": 0o600,
    "/etc/default/with-a-secret": 0o600,
    "/etc/checklistd/probe-header": 0o644,
}
PROBES = {  # each sends the secret to a service that does not care, or that is not there
    "prometheus": {"unit": "prometheus.service", "checks": {"health_probe": {
        "url": f"http://127.0.0.1:9090/-/healthy?key={SECRET}",
        "headers": {"X-A": {"file": "/etc/checklistd/probe-header"}, "X-B": {"credential": "probe-token"},
                    "X-C": SECRET}}}},
    "ollama": {"unit": "ollama.service", "settle": "0", "checks": {"health_probe": {
        "tcp": "127.0.0.1:1", "send": f"AUTH {SECRET}\r\n", "expect": SECRET, "failures": 1}}},
    "grafana": {"unit": "grafana.service", "settle": "0", "checks": {"health_probe": {
        "url": "http://127.0.0.1:3000/api/health", "body": SECRET, "failures": 1}}},
}
CONFIG = json.dumps({"ServerApp": {"open_browser": False}, "note": SECRET})


@pytest.fixture(scope="module")
def box(build):
    with Sandbox("secrets") as booted:
        plan.install(booted, build)
        for path, mode in FILES.items():
            booted.write(path, CONFIG if path.endswith(".json") else SECRET + "\n", mode)
        booted.run(f"chown {plan.USER} /home/{plan.USER}/.jupyter/*")
        for name, spec in PROBES.items():
            booted.write(f"{SPECS}/{name}.json", json.dumps(spec))
        for unit, lines in {
                "checklistd": "LoadCredential=probe-token:/etc/credstore/probe-token",
                "llamacpp": f"Environment=TOKEN={SECRET}\nEnvironmentFile=/etc/default/with-a-secret",
                "ollama": "ExecStart=\nExecStart=/usr/local/bin/stand-in-server --listen 127.0.0.1:11434 "
                          f"""/api/version='{{"version":"{SECRET}"}}'"""}.items():
            booted.write(f"/etc/systemd/system/{unit}.service.d/secret.conf", f"[Service]\n{lines}\n")
        booted.boot()
        plan.wait_up(booted)
        wait_until(lambda: settled(booted), 60, lambda: f"not as expected: {verdicts(booted)}")
        yield booted


def verdicts(box):
    """By "unit check": the status and the reasons."""
    answer = box.http(10558, "/api/v1/report")
    report = json.loads(answer.body) if answer.status == 200 else {"services": []}
    return {f"{service['unit']} {check['check']}": {check["status"], *(f["reason"] for f in check["findings"])}
            for service in report["services"] for check in service["checks"]}


def settled(box):
    seen = verdicts(box)
    expected = {"prometheus.service health_probe": "pass", "ollama.service health_probe": "refused",
                "grafana.service health_probe": "answer", "llamacpp.service files": "pass",
                "setup-system-credentials.service files": "pass", "jupyter.service files": "pass"}
    return all(word in seen.get(key, ()) for key, word in expected.items())


def everything_said(box):
    """By name: all that comes out of checklistd."""
    said = {f"http {path}": box.http(10558, path).body for path in ("/metrics", "/", "/api/v1/report")}
    for command in ("checklistctl status", "checklistctl status --format json", "checklistctl check",
                    "checklistctl check --format json", "checklistctl verify-config"):
        done = box.run(command, check=False)
        said[command] = done.stdout + done.stderr
    units = " ".join(f"--unit={unit}" for unit in ("checklistd", "checklistd-files"))
    said["journal"] = box.run(f"journalctl --no-pager --output=export {units}").stdout
    said["user's journal"] = box.run(
        "journalctl --no-pager --output=export _SYSTEMD_USER_UNIT=checklistd.service").stdout
    said["systemctl status"] = box.run("systemctl status checklistd.service", check=False).stdout
    kept = box.run("find /var/lib/checklistd /var/lib/checklistctl /run/checklistd-files"
                   f" /home/{plan.USER}/.local/state/checklistd -type f 2>/dev/null", check=False).stdout.split()
    return said | {path: box.read(path) for path in kept}


def test_the_secret_is_where_it_was_planted(box):
    for path in FILES:
        assert SECRET in box.read(path), path
    pid = box.run("systemctl show --value --property=MainPID llamacpp.service").stdout.strip()
    assert SECRET in box.run(f"cat /proc/{pid}/environ").stdout


def test_it_comes_out_nowhere(box):
    said = everything_said(box)
    assert {"/var/lib/checklistd/state.json", "/run/checklistd-files/facts.json"} <= set(said)
    assert "/etc/credstore/grafana-admin" in said["/run/checklistd-files/facts.json"]
    assert "health_probe" in said["http /metrics"] and said["journal"]
    assert [name for name, text in said.items() if SECRET in text] == []


def test_it_comes_out_nowhere_when_files_are_amiss(box):
    box.run("chmod 0666 /etc/credstore/grafana-admin; truncate --size=0 /etc/default/with-a-secret")
    wait_until(lambda: "mode" in verdicts(box)["setup-system-credentials.service files"], 20, "mode")
    assert [name for name, text in everything_said(box).items() if SECRET in text] == []
    box.run("chmod 0600 /etc/credstore/grafana-admin")


def test_it_comes_out_nowhere_when_a_spec_that_holds_it_is_refused(box):
    probe = {"url": f"http://a:{SECRET}@127.0.0.1/", "headers": {"X": f"{SECRET}\nY", "Z": [SECRET]}}
    box.write(f"{SPECS}/bad.json", json.dumps({"unit": "bad.service", "checks": {"health_probe": probe}}))
    refused = box.run("checklistctl verify-config", check=False)
    assert refused.returncode == 3
    assert "/checks/health_probe/headers/X" in refused.stdout + refused.stderr
    box.run("systemctl reload checklistd.service", check=False)
    wait_until(lambda: "checklist_config_last_reload_successful 0" in box.http(10558, "/metrics").body, 10,
               "the mistake is not noticed")
    assert [name for name, text in everything_said(box).items() if SECRET in text] == []
    box.remove(f"{SPECS}/bad.json")


def test_only_root_and_the_daemon_read_what_root_saw(box):
    listing = box.run("stat --format='%U:%G %a' /run/checklistd-files /run/checklistd-files/facts.json").stdout
    assert listing.split("\n")[:2] == ["root:checklistd 750", "root:checklistd 640"]


def test_no_process_may_dump_core(box):
    for unit in ("checklistd.service", "checklistd-files.service"):
        limits = box.run(f"systemctl show --property=LimitCORE,LimitCORESoft {unit}").stdout
        assert limits.split() == ["LimitCORE=0", "LimitCORESoft=0"], unit
    pids = box.run("pidof checklistd").stdout.split()
    assert len(pids) == 2  # the system's and the user's
    for pid in pids:
        core = next(line for line in box.read(f"/proc/{pid}/limits").splitlines() if "core file" in line)
        assert core.split()[4:6] == ["0", "0"]


def test_root_looks_without_more_rights_than_that(box):
    box.run("systemd-analyze --no-pager security --threshold=16 checklistd-files.service")
    show = box.run("systemctl show --value --property=CapabilityBoundingSet checklistd-files.service").stdout
    assert set(show.split()) == {"cap_dac_read_search", "cap_sys_ptrace"}


def test_root_looks_nowhere_that_the_daemons_user_names(box):
    """Not for a spec of its own, and not behind a symlink on the way."""
    box.run("mkdir --parents /run/checklistd/services.d; chown checklistd /run/checklistd/services.d")
    box.write("/run/checklistd/services.d/mine.json",
              json.dumps({"unit": "x.service", "checks": {"files": {"/root/.ssh": {}}}}))
    box.run(f"chown checklistd /run/checklistd/services.d/mine.json; mkdir /srv/{plan.USER}; "
            f"chown {plan.USER} /srv/{plan.USER}; ln -s /root /srv/{plan.USER}/link")
    box.write(f"{SPECS}/link.json", json.dumps(
        {"unit": "grafana.service", "checks": {"files": {f"/srv/{plan.USER}/link/.bashrc": {}}}}))
    box.run(f"rm /etc/checklistd/services.d/grafana.json; {LOOK}")
    files = json.loads(box.read("/run/checklistd-files/facts.json"))["files"]
    assert "/root/.ssh" not in files
    assert files[f"/srv/{plan.USER}/link/.bashrc"]["unseen"]["reason"] == "link"
    notes = box.run("journalctl --no-pager --unit=checklistd-files --grep='users other than root'").stdout
    assert "/run/checklistd/services.d" in notes
