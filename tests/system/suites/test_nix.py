# SPDX-License-Identifier: MIT
"""The circle closes: units and specs of the same NixOS modules, under a real systemd and a real checklistd."""

import json
import shutil

import pytest
from sandbox import Sandbox, nixos
from sandbox.nixos import small, specs
from sandbox.wait import wait_until

pytestmark = pytest.mark.skipif(shutil.which("nix-instantiate") is None, reason="there is no Nix to render the units")

# sshd shares no port with the sandbox's own, the scan looks at few files, and no node is a real GPU's.
HERE = """
  kernelcore.services.security.sshd-hardening.listen = "127.0.0.1";
  kernelcore.services.security.clamav = { directories = [ "/srv/share" ]; updater.enable = false; };
  kernelcore.gpu.vendor = "nvidia";
  kernelcore.gpu.devices = [ "/dev/nvidia0" ];
"""
# ollama as a module defines it that has not moved yet.
FORMER_OLLAMA = """
  systemd.services.ollama = {
    wantedBy = [ "multi-user.target" ];
    environment.OLLAMA_HOST = "127.0.0.1:11434";
    serviceConfig.ExecStart = "/nix/store/00000000000000000000000000000000-ollama/bin/ollama serve";
  };
"""
WITHOUT_OLLAMA = {"ml.ollama", "ml.ollama-gpu-manager"}


def statuses(box, unit) -> dict[str, str]:
    services = [*nixos.report(box)["services"]]
    return {check["check"]: check["status"] for service in services if service["unit"] == unit
            for check in service["checks"]}


@pytest.fixture(scope="module")
def rendered(build, tmp_path_factory):
    known, every = specs.known_checks(build), small.plan()["toggles"]
    most = [toggle for toggle in every if toggle not in WITHOUT_OLLAMA]
    ours = nixos.render({"on": small.tree(*every, more=HERE), "without ollama": small.tree(*most, more=HERE),
                         "former ollama": small.tree(*most, more=HERE + FORMER_OLLAMA)}, known)

    # The same tree without one line of its imports.
    copy = tmp_path_factory.mktemp("dropped") / "nix"
    shutil.copytree(small.NIX, copy)
    shutil.copytree(small.NIX.parent / "config", copy.parent / "config")
    imports = copy / "modules/services/default.nix"
    imports.write_text(imports.read_text().replace("    ./containers/docker.nix\n", ""))
    rest = [toggle for toggle in every if not toggle.startswith("containers.")]
    dropped = nixos.render({"import dropped": small.tree(*rest, nix=copy, more=HERE)}, known, copy)
    return ours | dropped


@pytest.fixture(scope="module")
def box(build, rendered):
    with Sandbox("nix") as booted:
        nixos.install(booted, build)
        nixos.place(booted, rendered["on"])
        booted.boot()
        booted.run("systemctl start clamav-scan.service")  # its timer's turn is on Sunday
        wait_until(lambda: booted.http(10558, "/-/ready").status == 200, 30, "checklistd")
        yield booted


@pytest.fixture
def on(box, rendered):
    """Everything on and passing, whatever the test before left behind."""
    nixos.switch(box, rendered["on"])
    nixos.wait_all_pass(box)
    return box


def test_every_unit_of_the_modules_passes_its_own_spec(on, rendered):
    listed = {service["unit"] for service in nixos.report(on)["services"]}
    assert listed >= set(small.plan()["units"]) - {"jupyter.service"}
    assert on.run("systemctl --failed --plain --no-legend").stdout == ""


def test_the_users_unit_passes_in_the_users_manager(on):
    wait_until(lambda: on.listens(8888), 20, "jupyter")
    done = on.run("checklistctl check --user --wait 30s --format json", user="dev", check=False)
    assert done.returncode in (0, 2), done.stdout + done.stderr
    assert nixos.not_passing(on, json.loads(done.stdout)) == []
    assert "jupyter.service" in done.stdout


def test_systemd_has_nothing_to_say_about_the_units(on, rendered):
    units = " ".join(rendered["on"]["units"])
    assert on.run(f"systemd-analyze --man=no verify {units} 2>&1").stdout == ""


def test_a_toggle_turned_off_takes_the_unit_and_all_still_pass(on, rendered):
    nixos.switch(on, rendered["without ollama"])
    assert on.run("systemctl is-active ollama.service", check=False).stdout == "inactive\n"
    assert not on.listens(11434)
    nixos.wait_all_pass(on)
    assert statuses(on, "ollama.service")["toggles"] == "pass"


def test_a_former_definition_raises_nothing_while_the_toggle_is_off(on, rendered):
    nixos.switch(on, rendered["without ollama"])
    nixos.switch(on, rendered["former ollama"])
    try:
        wait_until(lambda: on.listens(11434), 20, "the former ollama")
        nixos.wait_all_pass(on)
        assert statuses(on, "ollama.service") == {}  # not managed here
        assert on.run("systemctl is-active ollama.service").stdout == "active\n"
    finally:
        nixos.switch(on, rendered["without ollama"])  # which stops it, so that the next one is started as it is defined


def test_a_unit_left_behind_fails_toggles(on, rendered):
    nixos.place_specs(on, rendered["without ollama"])
    on.run("systemctl reload checklistd.service")
    wait_until(lambda: statuses(on, "ollama.service").get("toggles") == "fail", 10,
               lambda: statuses(on, "ollama.service"))


def test_a_dropped_import_fails_coverage(on, rendered, build):
    if "coverage" not in specs.known_checks(build):
        pytest.skip("this build has no check 'coverage'")
    nixos.switch(on, rendered["import dropped"])
    wait_until(lambda: any(line.startswith("host coverage: fail") and "docker-pull-images.service" in line
                           for line in nixos.not_passing(on)), 10, lambda: nixos.not_passing(on))


def test_the_gpu_manager_stops_with_ollama(on):
    on.run("systemctl stop ollama.service")
    assert on.run("systemctl is-active ollama-gpu-manager.service", check=False).stdout == "inactive\n"
