# SPDX-License-Identifier: MIT
# The user that an unattended coding assistant runs as: confined to its home, unable to log in.
{ config, lib, ... }:
let
  cfg = config.kernelcore.services.users.claude-code;
  inherit (lib) mkOption types;
  name = "claude-code";
in
{
  imports = [ ../lib/checklistd.nix ];

  options.kernelcore.services.users.claude-code = {
    enable = lib.mkEnableOption "the user claude-code";
    home = mkOption {
      type = types.str;
      default = "/var/lib/claude-code";
      description = "Home directory, accessible to this user only.";
    };
    extraGroups = mkOption {
      type = types.listOf types.str;
      default = [ ];
      description = "Supplementary groups.";
    };
  };

  config = lib.mkIf cfg.enable {
    users.users.${name} = {
      isSystemUser = true;
      group = name;
      description = "Unattended coding assistant";
      home = cfg.home;
      createHome = true;
      homeMode = "0700";
      inherit (cfg) extraGroups;
    };
    users.groups.${name} = { };

    # Without a unit, the host check `users` covers the account. The default shell of a system user is nologin.
    services.checklistd.settings.host.users.${name} = {
      groups = [ name ] ++ cfg.extraGroups;
      system = true;
      home = cfg.home;
    };
  };
}
