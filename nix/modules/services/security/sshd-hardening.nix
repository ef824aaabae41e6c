# SPDX-License-Identifier: MIT
# sshd, hardened as far as its sessions permit.
#
# A session inherits its daemon's mounts, namespaces and system call filter. ProtectSystem= and the like would
# keep administrators from their work, so most of the hardening is in sshd's own configuration.
{ config, lib, ... }:
let
  cfg = config.kernelcore.services.security.sshd-hardening;
  inherit (config.services) openssh;
  inherit (lib) mkOption types;

  hardening = {
    KeyringMode = "private";
    LockPersonality = true;
    RestrictRealtime = true;
  };
  limits = {
    LimitCORE = 0;
    OOMScoreAdjust = -500;
    TasksMax = 4096;
  };
in
{
  imports = [ ../lib/checklistd.nix ];

  options.kernelcore.services.security.sshd-hardening = {
    enable = lib.mkEnableOption "sshd, with keys only";
    listen = mkOption {
      type = types.nullOr types.str;
      default = null;
      example = "127.0.0.1";
      description = "The only IPv4 address to listen on; null: every address.";
    };
  };

  config = lib.mkMerge [
    {
      # This module hardens sshd but does not define it: sshd may also run when it is off.
      services.checklistd.services.sshd = {
        unit = "sshd.service";
        group = "security";
        severity = "critical";
        enabled = openssh.enable;
        checks = {
          port_bindings.listen = map (
            port: "tcp:${if cfg.listen == null then "*" else cfg.listen}:${toString port}"
          ) openssh.ports;
          boot_start.target = "multi-user.target";
        }
        // lib.optionalAttrs cfg.enable {
          resource_limits = limits;
          inherit hardening;
          journal_errors = import ../lib/journal-errors.nix "sshd";
        };
      };
    }
    (lib.mkIf cfg.enable {
      services.openssh = {
        enable = lib.mkDefault true;
        listenAddresses = lib.mkIf (cfg.listen != null) [ { addr = cfg.listen; } ];
        settings = {
          KbdInteractiveAuthentication = lib.mkDefault false;
          MaxAuthTries = lib.mkDefault 3;
          PasswordAuthentication = lib.mkDefault false;
          PermitRootLogin = lib.mkDefault "prohibit-password";
          X11Forwarding = lib.mkDefault false;
        };
      };
      systemd.services.sshd.serviceConfig = hardening // limits;
    })
  ];
}
