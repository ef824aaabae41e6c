# SPDX-License-Identifier: MIT
# checklist-services: the plan's validation commands as one tool, answered by checklistctl and journalctl.
{
  config,
  lib,
  pkgs,
  ...
}:
let
  cfg = config.kernelcore.services.scripts;
  checklistd = config.services.checklistd;
  systemUnits = map (service: service.unit) (
    lib.filter (service: service.user == null) (builtins.attrValues checklistd.services)
  );
in
{
  imports = [ ./lib/checklistd.nix ];

  options.kernelcore.services.scripts.enable =
    lib.mkEnableOption "the tool checklist-services"
    // {
      default = checklistd.enable;
      defaultText = "where checklistd runs";
    };

  config = lib.mkIf cfg.enable {
    environment.systemPackages = [
      (pkgs.writeShellApplication {
        name = "checklist-services";
        runtimeInputs = [
          checklistd.package
          config.systemd.package # journalctl
          pkgs.coreutils
        ];
        text = "system_units=(${toString systemUnits})\n" + builtins.readFile ./scripts.sh;
      })
    ];
  };
}
