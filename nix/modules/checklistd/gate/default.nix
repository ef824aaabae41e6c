# SPDX-License-Identifier: MIT
# The rollback gate: after a switch, goes back to the last good system unless every check passes in time.
#
# Before units are stopped, the report of the running system is kept, so that only what the switch broke counts.
# Activation runs inside the switch, which holds the lock that going back needs. So activation only starts a
# transient unit, which a switch to a system without the gate does not stop; it waits for the lock, and then checks.
{
  config,
  lib,
  pkgs,
  ...
}:
let
  inherit (lib) mkOption types;
  cfg = config.services.checklistd;
  inherit (cfg.gate) programs;

  program =
    name: settings: parts:
    pkgs.writeShellApplication {
      inherit name;
      # Units and activation have no PATH to rely on.
      runtimeInputs = [
        cfg.package
        config.nix.package
        config.systemd.package
        pkgs.coreutils
        pkgs.jq
        pkgs.util-linux
      ];
      text = lib.concatStringsSep "\n" (
        lib.mapAttrsToList (name: value: "${name}=${lib.escapeShellArg value}") settings ++ map builtins.readFile parts
      );
    };
in
{
  options.services.checklistd.gate = {
    enable = lib.mkEnableOption ''
      rollback to the last good system if a check that passed before a switch fails after it.
      Requires {option}`services.checklistd.enable`'';
    wait = mkOption {
      type = types.str;
      default = "5min";
      description = ''
        How long to wait for all checks to pass after a switch, as a time span of {manpage}`systemd.time(7)`. If the longest
        `settle` of the specs is longer, the gate waits for that.
      '';
    };
    hold = mkOption {
      type = types.str;
      default = "10s";
      description = "How long all checks must pass without interruption before the new system stays.";
    };
    strict = mkOption {
      type = types.bool;
      default = false;
      description = "Whether an unknown check causes a rollback, too.";
    };
    programs = mkOption {
      type = types.attrsOf types.package;
      internal = true;
      readOnly = true;
      default = {
        judge = pkgs.writeText "checklistd-gate-reasons.jq" (builtins.readFile ./reasons.jq);
        baseline = program "checklistd-gate-baseline" { } [
          ./state.sh
          ./baseline.sh
        ];
        activation = program "checklistd-gate-activation" { gate = lib.getExe programs.gate; } [
          ./state.sh
          ./activation.sh
        ];
        gate =
          program "checklistd-gate"
            {
              wait_at_least = cfg.gate.wait;
              inherit (cfg.gate) hold;
              strict = if cfg.gate.strict then "true" else "false";
              judge = "${programs.judge}";
            }
            [
              ./state.sh
              ./gate.sh
              ./going-back.sh
            ];
      };
      description = "The programs of the gate.";
    };
  };

  config = lib.mkMerge [
    {
      assertions = [
        {
          assertion = cfg.gate.enable -> cfg.enable;
          message = ''
            services.checklistd.gate.enable is true, but services.checklistd.enable is false: without the daemon nothing is
            checked after a switch. Set services.checklistd.enable = true, or remove services.checklistd.gate.enable.
          '';
        }
      ];
    }
    (lib.mkIf (cfg.enable && cfg.gate.enable) {
      # Neither may fail: the one would refuse the switch, the other make it fail.
      system.preSwitchChecks.checklistd-gate = ''
        ${lib.getExe programs.baseline} "''${1-}" "''${2-}" || echo "checklistd-gate: no report was kept before the switch"
      '';
      system.activationScripts.checklistd-gate = ''
        ${lib.getExe programs.activation} "$systemConfig" "''${NIXOS_ACTION:-}" ||
          echo "checklistd-gate: not started: a failing check will not undo this switch" >&2
      '';
    })
  ];
}
