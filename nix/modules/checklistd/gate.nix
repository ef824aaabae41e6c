# SPDX-License-Identifier: MIT
# The rollback gate: after a switch, go back unless everything passes in time.
#
# Activation runs inside the switch, which holds a lock that the way back needs, too. So activation only starts
# a transient unit; that waits for the lock, which is free when the switch has returned, and then looks.
{
  config,
  lib,
  pkgs,
  ...
}:
let
  cfg = config.services.checklistd;
  inherit (lib) mkOption types;

  gate = pkgs.writeShellApplication {
    name = "checklistd-gate";
    runtimeInputs = [
      cfg.package
      pkgs.util-linux
      config.nix.package
    ];
    text = builtins.readFile ./gate.sh;
  };
in
{
  options.services.checklistd.gate = {
    enable = lib.mkEnableOption "going back to the former generation when a switch breaks what specs promise";
    wait = mkOption {
      type = types.str;
      default = "5min";
      description = "How long everything may take to pass after a switch.";
    };
    strict = mkOption {
      type = types.bool;
      default = false;
      description = "Whether what cannot be seen is reason enough to go back.";
    };
  };

  config = lib.mkIf (cfg.enable && cfg.gate.enable) {
    system.activationScripts.checklistd-gate = ''
      if [ "\''${NIXOS_ACTION:-}" = switch ] && [ ! -e /run/checklistd-gate/going-back ]; then
        former=$(readlink --canonicalize /run/current-system)
        if [ "$former" != "$(readlink --canonicalize "$systemConfig")" ]; then
          ${config.systemd.package}/bin/systemctl stop checklistd-gate.service 2> /dev/null || true
          ${config.systemd.package}/bin/systemd-run --quiet --collect --no-block --unit=checklistd-gate \
            --description="Back to the former generation unless all is well" \
            --property=RuntimeDirectory=checklistd-gate \
            ${gate}/bin/checklistd-gate "$former" ${lib.escapeShellArg cfg.gate.wait} ${lib.optionalString cfg.gate.strict "--strict"}
        fi
      fi
    '';
  };
}
