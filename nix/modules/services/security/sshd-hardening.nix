# SPDX-License-Identifier: MIT
# sshd, where services.openssh is enabled, hardened as far as its sessions permit.
#
# A session inherits its daemon's mounts, namespaces and system call filter. ProtectSystem= and the like would
# keep administrators from their work, so most of the hardening is in sshd's own configuration.
{ config, lib, ... }:
let
  cfg = config.kernelcore.services.security.sshd-hardening;
  inherit (config.services) openssh;
  service = import ../lib/service.nix { inherit lib; };
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
  daemon = cfg.enable && openssh.enable && !openssh.startWhenNeeded;
  onDemand = cfg.enable && openssh.enable && openssh.startWhenNeeded;

  addresses =
    if openssh.listenAddresses == [ ] then
      map (port: "tcp:*:${toString port}") openssh.ports
    else
      lib.concatMap (
        one:
        lib.concatMap (service.listen (if one.addr == null then "" else one.addr)) (
          if one.port or null == null then openssh.ports else [ one.port ]
        )
      ) openssh.listenAddresses;
  common = {
    group = "security";
    severity = "critical";
  };
  bindings = lib.optionalAttrs (addresses != [ ]) { port_bindings.listen = addresses; };
in
{
  imports = [ ../lib/checklistd.nix ];

  options.kernelcore.services.security.sshd-hardening = {
    enable = lib.mkEnableOption "hardening of sshd, which then takes keys only, where `services.openssh` is enabled";
    listen = mkOption {
      type = types.nullOr (types.strMatching "[0-9.]+|[0-9a-fA-F:]+");
      default = null;
      example = "127.0.0.1";
      description = "The only address to listen on; null: those of `services.openssh.listenAddresses`.";
    };
  };

  config = lib.mkMerge [
    {
      # Without this module's hardening, sshd is services.openssh's alone.
      services.checklistd = service.toggled daemon {
        sshd = common // {
          unit = "sshd.service";
          checks = bindings // {
            boot_start.target = "multi-user.target";
            resource_limits = limits;
            inherit hardening;
            journal_errors = import ../lib/journal-errors.nix "sshd";
          };
        };
      };
    }
    {
      services.checklistd.services.sshd-socket = lib.mkIf onDemand (
        common
        // {
          unit = "sshd.socket";
          checks = bindings // {
            boot_start.target = "sockets.target";
          };
        }
      );
    }
    (lib.mkIf cfg.enable {
      services.openssh = {
        listenAddresses = lib.mkIf (cfg.listen != null) [ { addr = cfg.listen; } ];
        settings = {
          KbdInteractiveAuthentication = lib.mkDefault false;
          MaxAuthTries = lib.mkDefault 3;
          PasswordAuthentication = lib.mkDefault false;
          PermitRootLogin = lib.mkDefault "prohibit-password";
          X11Forwarding = lib.mkDefault false;
        };
      };
      warnings = map (
        setting:
        "services.openssh.settings.${setting} is true, although kernelcore.services.security.sshd-hardening.enable lets sshd take keys only; set one of them to false"
      ) (
        lib.filter (setting: openssh.enable && openssh.settings.${setting} == true) [
          "KbdInteractiveAuthentication"
          "PasswordAuthentication"
        ]
      );
    })
    (lib.mkIf daemon {
      systemd.services.sshd.serviceConfig = hardening // service.defaults limits;
    })
    (lib.mkIf onDemand {
      systemd.services."sshd@".serviceConfig = hardening // service.defaults limits;
    })
  ];
}
