# SPDX-License-Identifier: MIT
# The rollback gate: switches back to the previous generation unless every check passes in time after a switch.
#
# Activation runs inside the switch, which holds the lock that the rollback needs. So activation only starts
# a transient unit; which waits for the lock until the switch has returned, and then evaluates.
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
    enable = lib.mkEnableOption "rollback to the previous generation if checks fail after a switch";
    wait = mkOption {
      type = types.str;
      default = "5min";
      description = "How long to wait for all checks to pass after a switch.";
    };
    strict = mkOption {
      type = types.bool;
      default = false;
      description = "Whether an unknown check causes a rollback, too.";
    };
  };

  config = lib.mkIf (cfg.enable && cfg.gate.enable) {
    system.activationScripts.checklistd-gate = ''
      if [ "\''${NIXOS_ACTION:-}" = switch ] && [ ! -e /run/checklistd-gate/going-back ]; then
        previous=$(readlink --canonicalize /run/current-system)
        if [ "$previous" != "$(readlink --canonicalize "$systemConfig")" ]; then
          ${config.systemd.package}/bin/systemctl stop checklistd-gate.service 2> /dev/null || true
          ${config.systemd.package}/bin/systemd-run --quiet --collect --no-block --unit=checklistd-gate \
            --description="Roll back to the previous generation unless all checks pass" \
            --property=RuntimeDirectory=checklistd-gate \
            ${gate}/bin/checklistd-gate "$previous" ${lib.escapeShellArg cfg.gate.wait} ${lib.optionalString cfg.gate.strict "--strict"}
        fi
      fi
    '';
  };
}
