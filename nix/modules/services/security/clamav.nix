# SPDX-License-Identifier: MIT
# clamav-daemon.service, and clamav-scan.service with its timer.
{
  config,
  lib,
  utils,
  ...
}:
let
  cfg = config.kernelcore.services.security.clamav;
  clamav = config.services.clamav.package;
  shared = import ../lib/hardening.nix { inherit lib; };
  service = import ../lib/service.nix { inherit lib; };
  inherit (lib) mkOption types;

  scanner = "${clamav}/bin/clamdscan";
  socket = "/run/clamav/clamd.ctl";
  # Signatures are compiled to machine code when they are loaded.
  daemon = shared.base // {
    MemoryDenyWriteExecute = false;
    PrivateNetwork = true;
  };
  # Reads files of all owners, and passes open files to the daemon.
  scan = shared.base // {
    CapabilityBoundingSet = "CAP_DAC_READ_SEARCH";
    PrivateNetwork = true;
    PrivateTmp = false;
    PrivateUsers = false;
    ProtectHome = "read-only";
  };
  limits = {
    MemoryMax = "4G";
    TasksMax = 128;
  };
  # A period of the schedule and some more; null where the schedule does not say it plainly.
  age =
    {
      hourly = "2h";
      daily = "2d";
      weekly = "8d";
      monthly = "32d";
      quarterly = "93d";
    }
    .${cfg.schedule}
      or (if builtins.match "(Mon|Tue|Wed|Thu|Fri|Sat|Sun) [0-9:]+" cfg.schedule != null then "8d" else null);
  scanLimits = {
    Nice = 19;
    IOSchedulingClass = "idle";
  };
in
{
  imports = [ ../lib/checklistd.nix ];

  options.kernelcore.services.security.clamav = {
    enable = lib.mkEnableOption "ClamAV: its daemon, signatures and a regular scan";
    updater.enable = lib.mkEnableOption "download of signatures" // {
      default = true;
    };
    directories = mkOption {
      type = types.nonEmptyListOf types.str;
      default = [
        "/home"
        "/srv"
      ];
      description = "Paths to scan.";
    };
    schedule = mkOption {
      type = types.str;
      default = "Sun 02:00";
      description = "When the scan runs (systemd.time(7)).";
    };
    maxAge = mkOption {
      type = types.nullOr types.str;
      default = age;
      defaultText = lib.literalMD "one period of `schedule` and some more, `null` where it is neither a word nor a day of the week";
      description = "Maximum age of the last scan; null: any.";
    };
    limits = service.limits limits;
  };

  config = lib.mkMerge [
    {
      kernelcore.services.security.clamav.limits = service.defaults limits;

      services.checklistd = service.toggled cfg.enable {
        clamav-daemon = {
          unit = "clamav-daemon.service";
          group = "security";
          severity = "critical";
          settle = "3min";
          checks = {
            port_bindings.listen = [ "unix:${socket}" ];
            health_probe = {
              unix = socket;
              send = "nPING\n";
              expect = "PONG";
            };
            dependencies.requires = [ "clamav-daemon.socket" ];
            boot_start.target = "multi-user.target";
            resource_limits = cfg.limits;
            hardening = shared.expected daemon 2.0;
            journal_errors = import ../lib/journal-errors.nix "clamav-daemon";
          }
          # Without the updater, signatures may have any age.
          // lib.optionalAttrs cfg.updater.enable {
            files."/var/lib/clamav/daily.*" = {
              owner = "clamav";
              group = "clamav";
              max_age = "7d";
              non_empty = true;
            };
          };
        };
        clamav-scan = {
          unit = "clamav-scan.service";
          group = "security";
          severity = "warning";
          checks = {
            dependencies = {
              requires = [ "clamav-daemon.service" ];
              after = [ "clamav-daemon.service" ];
            };
            # Started by its timer, whose spec has boot_start.
            boot_start = false;
            unit_definition.exec_start = scanner;
            hardening = shared.expected scan 2.0;
            journal_errors = import ../lib/journal-errors.nix "clamav-scan";
          };
        };
        clamav-scan-timer = {
          unit = "clamav-scan.timer";
          group = "security";
          severity = "warning";
          checks = {
            boot_start.target = "timers.target";
            schedule = if cfg.maxAge == null then true else { max_age = cfg.maxAge; };
          };
        };
      };
    }
    (lib.mkIf cfg.enable {
      services.clamav = {
        daemon.enable = true;
        updater.enable = cfg.updater.enable;
      };
      systemd.services.clamav-daemon.serviceConfig = shared.over daemon // service.defaults cfg.limits;

      systemd.services.clamav-scan = {
        description = "Virus scan";
        documentation = [ "man:clamdscan(1)" ];
        after = [ "clamav-daemon.service" ];
        requires = [ "clamav-daemon.service" ];
        serviceConfig =
          scan
          // scanLimits
          // {
            Type = "oneshot";
            ExecStart = utils.escapeSystemdExecArgs (
              [
                scanner
                "--fdpass"
                "--no-summary"
                "--infected"
              ]
              ++ cfg.directories
            );
          };
      };
      systemd.timers.clamav-scan = {
        description = "Regular virus scan";
        wantedBy = [ "timers.target" ];
        timerConfig = {
          OnCalendar = cfg.schedule;
          Persistent = true;
          RandomizedDelaySec = "10min";
        };
      };
    })
  ];
}
