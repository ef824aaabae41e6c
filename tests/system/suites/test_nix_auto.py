# SPDX-License-Identifier: MIT
"""services.checklistd.auto under a real systemd: a system passes the specs derived from it, and each drift is seen."""

import shutil

import pytest
from sandbox import Sandbox, nixos
from sandbox.nixos import small, specs
from sandbox.wait import wait_until

pytestmark = pytest.mark.skipif(shutil.which("nix-instantiate") is None, reason="there is no Nix to render the units")

SYSTEM = """({ lib, pkgs, ... }: {
  options.fileSystems = lib.mkOption { type = lib.types.raw; };
  config = {
    services.checklistd.enable = true;
    services.checklistd.auto.enable = true;
    services.ollama = { host = "127.0.0.1"; port = 11434; };
    fileSystems."/srv/data-1" = { mountPoint = "/srv/data-1"; fsType = "tmpfs"; options = [ ]; };
    users.groups = { ollama = { }; models = { }; };
    users.users.ollama = { isSystemUser = true; group = "ollama"; extraGroups = [ "models" ]; };
    systemd.services.ollama = {
      wantedBy = [ "multi-user.target" ];
      after = [ "network.target" ];
      environment.OLLAMA_HOST = "127.0.0.1:11434";
      environment.RELEASE = "@RELEASE@";
      serviceConfig = {
        ExecStart = "${pkgs.ollama}/bin/ollama serve";
        User = "ollama";
        MemoryMax = "2G";
        LimitNOFILE = 4096;
        NoNewPrivileges = true;
        ProtectSystem = "strict";
        CapabilityBoundingSet = "";
        RestrictAddressFamilies = [ "AF_INET" "AF_INET6" "AF_UNIX" ];
      };
    };
    systemd.services.echo.serviceConfig.ExecStart = "${pkgs.coreutils}/bin/sleep infinity";
    systemd.sockets.echo = { wantedBy = [ "sockets.target" ]; listenStreams = [ "/run/echo.sock" "127.0.0.1:7007" ]; };
    systemd.services.tick.serviceConfig = { Type = "oneshot"; ExecStart = "${pkgs.coreutils}/bin/true"; };
    systemd.timers.tick = { wantedBy = [ "timers.target" ]; timerConfig = { OnBootSec = "1s"; OnUnitActiveSec = "1h"; }; };
    systemd.services.drop.serviceConfig = { Type = "oneshot"; ExecStart = "${pkgs.coreutils}/bin/true"; };
    systemd.paths.drop = { wantedBy = [ "paths.target" ]; pathConfig.PathChanged = "/srv/dropped"; };
    systemd.services.needs = {
      wantedBy = [ "multi-user.target" ];
      requires = [ "ollama.service" ];
      after = [ "ollama.service" ];
      serviceConfig.ExecStart = "${pkgs.coreutils}/bin/sleep infinity";
    };
  };
})"""
UNITS = "ollama.service needs.service echo.socket tick.timer drop.path"
OLLAMA = "ollama.service"

# What is done to the machine, the check that fails, of which unit, and its reason.
DRIFTS = {
    "systemctl edit": ("override ollama ProtectSystem=no", OLLAMA, "hardening", "weaker"),
    "set-property": ("systemctl set-property ollama.service MemoryMax=4G", OLLAMA, "resource_limits", "differs"),
    "another program": ("override ollama ExecStart= 'ExecStart=/bin/sleep infinity'", OLLAMA, "unit_definition", "other_program"),
    # Masked while it is active, systemd logs an error, which counts for a quarter of an hour.
    "masked": ("systemctl stop tick.timer; ln -sfn /dev/null /etc/systemd/system/tick.timer; systemctl daemon-reload", "tick.timer", "service_state", "masked"),
    "dropped mount": ("umount /srv/data-1", "srv-data\\x2d1.mount", "service_state", "inactive"),
    "widened port": ("override ollama Environment=OLLAMA_HOST=0.0.0.0:11434; systemctl restart ollama.service",
                     OLLAMA, "port_bindings", "wider"),
    "out of its group": ("gpasswd --delete ollama models", "host", "users", "not_in_group"),
    "not started at boot": ("rm /etc/systemd/system/multi-user.target.wants/needs.service; systemctl daemon-reload",
                            "needs.service", "boot_start", "not_started"),
    "timer disabled": ("rm /etc/systemd/system/timers.target.wants/tick.timer; systemctl daemon-reload",
                       "tick.timer", "boot_start", "not_started"),
    "stopped socket": ("systemctl stop echo.socket", "echo.socket", "service_state", "inactive"),
    "stopped path": ("systemctl stop drop.path", "drop.path", "service_state", "inactive"),
    "copied unit file": ("cp --remove-destination $(readlink -f /etc/systemd/system/needs.service) /etc/systemd/system/needs.service; "
                         "systemctl daemon-reload", "needs.service", "unit_definition", "elsewhere"),
}
# Drop-ins as `systemctl edit` writes them.
OVERRIDE = """override() {
  unit=$1; shift; mkdir -p /etc/systemd/system/$unit.service.d
  { echo [Service]; printf '%s\\n' "$@"; } > /etc/systemd/system/$unit.service.d/override.conf
  systemctl daemon-reload
}
"""
RESTORE = f"""
rm -rf /etc/systemd/system/*.service.d/override.conf /etc/systemd/system.control
mountpoint -q /srv/data-1 || systemctl start 'srv-data\\x2d1.mount'
systemctl daemon-reload
systemctl stop echo.socket echo.service
systemctl restart {UNITS}
systemctl reload checklistd.service
"""


@pytest.fixture(scope="module")
def rendered(build):
    modules = f"{small.NIX}/modules/checklistd"
    ours = {release: [modules, SYSTEM.replace("@RELEASE@", release)] for release in ("1", "2")}
    return {name: nixos.in_store(one) for name, one in nixos.render(ours, specs.known_checks(build)).items()}


@pytest.fixture(scope="module")
def box(build, rendered):
    with Sandbox("nix-auto") as booted:
        nixos.install(booted, build)
        booted.run("mkdir -p /srv/data-1; echo 'tmpfs /srv/data-1 tmpfs defaults 0 0' > /etc/fstab")
        nixos.place(booted, rendered["1"])
        booted.run("usermod --home /var/empty checklistd-test")  # which the package's sysusers.d has made, and NixOS does not read
        booted.boot()
        booted.run("systemctl start drop.service")  # of a run that has not been, nothing is known
        wait_until(lambda: booted.http(10558, "/-/ready").status == 200, 30, "checklistd")
        yield booted


@pytest.fixture
def on(box, rendered):
    """The first release, passing, whatever the test before left behind."""
    box.run("systemctl reset-failed")
    nixos.place(box, rendered["1"])
    box.run(["sh", "-eus"], input=RESTORE)
    nixos.wait_all_pass(box, 40)
    return box


def found(box) -> set[tuple[str, str, str]]:
    """Of what fails: unit, check and reason."""
    whole = nixos.report(box)
    listed = [*whole["services"], {"unit": "host"} | whole["host"]]
    return {(service["unit"], check["check"], finding["reason"]) for service in listed
            for check in service["checks"] for finding in check["findings"] if finding["status"] == "fail"}


def sees(box, *expected):
    wait_until(lambda: expected in found(box), 30, lambda: f"{expected} is not among {sorted(found(box))}")


def test_the_system_passes_what_is_derived_from_it(on, rendered):
    derived = {service["unit"] for service in nixos.report(on)["services"]}
    services = {unit for unit in rendered["1"]["units"] if not unit.startswith("checklistd")}
    assert derived == services | {"srv-data\\x2d1.mount"}


@pytest.mark.parametrize("drift", DRIFTS)
def test_a_drift_is_seen(on, drift):
    command, *expected = DRIFTS[drift]
    on.run(["sh", "-eus"], input=OVERRIDE + command + "\n")
    sees(on, *expected)


def test_specs_without_their_units_are_seen(on, rendered):
    """The specs are those of the new release, the links in /etc those of the old one."""
    nixos.place_specs(on, rendered["2"])
    on.run("systemctl reload checklistd.service")
    sees(on, OLLAMA, "unit_definition", "elsewhere")


def test_a_half_finished_switch_is_seen(on, rendered):
    """Links and specs are those of the new release, and systemd has not been reloaded."""
    nixos.place(on, rendered["2"])
    on.run("systemctl reload checklistd.service")
    sees(on, OLLAMA, "unit_definition", "not_loaded")


def test_a_service_that_was_not_restarted_is_seen(on, rendered):
    """Units and specs are of the new release, the process still has the old definition."""
    nixos.place(on, rendered["2"])
    on.run("systemctl daemon-reload; systemctl reload checklistd.service")
    sees(on, OLLAMA, "unit_definition", "restart_needed")


def test_everything_passes_again(on):
    assert nixos.not_passing(on) == []
