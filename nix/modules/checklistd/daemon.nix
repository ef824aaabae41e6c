# SPDX-License-Identifier: MIT
# Enables the package's units, and sets users, lingering and the address.
{ config, lib, ... }:
let
  inherit (lib) types;
  cfg = config.services.checklistd;
  users = lib.unique (
    lib.filter (user: user != null) (
      cfg.users ++ lib.mapAttrsToList (_: service: if service.enabled then service.user else null) cfg.services
    )
  );
  loopback = lib.hasPrefix "127." cfg.listenAddress || cfg.listenAddress == "[::1]";
in
{
  # Lingering, because an instance must not end with its user's session. Set inside the users' own type: a definition
  # would make the list of users depend on itself.
  options.users.users = lib.mkOption {
    type = types.attrsOf (
      types.submodule (
        { name, ... }:
        {
          config.linger = lib.mkIf (cfg.enable && builtins.elem name users) (lib.mkDefault true);
        }
      )
    );
  };

  config = lib.mkIf cfg.enable {
    warnings = lib.optional (!loopback) ''
      services.checklistd.listenAddress: ${cfg.listenAddress} is not loopback, and nothing asks who reads the report there
    '';
    services.checklistd.settings = lib.mkMerge [
      (lib.mkIf (users != [ ]) { watch_users = users; })
      # Images without Nix have no generations.
      (lib.mkIf (!(config.nix.enable or true)) { host.generation = lib.mkDefault false; })
    ];

    environment.systemPackages = [ cfg.package ];
    systemd.packages = [ cfg.package ];

    users.users.checklistd = {
      isSystemUser = true;
      group = "checklistd";
      description = "Migration checklist of systemd services";
      home = "/var/lib/checklistd";
      extraGroups = [ "systemd-journal" ];
    };
    users.groups.checklistd = { };
    users.users.checklistd-test = lib.mkIf cfg.testConfigurations {
      isSystemUser = true;
      group = "checklistd-test";
      description = "Tests of configurations for the migration checklist";
    };
    users.groups.checklistd-test = lib.mkIf cfg.testConfigurations { };

    # NixOS does not use [Install] of a package's unit; the settings below become a drop-in.
    systemd.services.checklistd = {
      wantedBy = [ "multi-user.target" ];
      reloadTriggers = [ config.environment.etc.checklistd.source ];
    };
    systemd.sockets.checklistd = {
      wantedBy = [ "sockets.target" ];
      listenStreams = [
        ""
        "${cfg.listenAddress}:${toString cfg.port}"
        "/run/checklistd/checklistd.sock"
      ];
    };
    systemd.sockets.checklistd-publish.wantedBy = [ "sockets.target" ];
    systemd.paths.checklistd-files = lib.mkIf cfg.lookAsRoot { wantedBy = [ "paths.target" ]; };
    systemd.timers.checklistd-files = lib.mkIf cfg.lookAsRoot { wantedBy = [ "timers.target" ]; };
    systemd.paths.checklistd-config-test = lib.mkIf cfg.testConfigurations { wantedBy = [ "paths.target" ]; };
    systemd.timers.checklistd-config-test = lib.mkIf cfg.testConfigurations { wantedBy = [ "timers.target" ]; };

    systemd.user.services.checklistd = lib.mkIf (users != [ ]) {
      wantedBy = [ "default.target" ];
      reloadTriggers = [ config.environment.etc.checklistd.source ];
      # One of them is enough, hence the bar (systemd.unit(5), "Conditions").
      unitConfig.ConditionUser = map (user: "|${user}") users;
    };
  };
}
