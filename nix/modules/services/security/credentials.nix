# SPDX-License-Identifier: MIT
# setup-system-credentials.service: creates the credentials of services once, readable by root only.
{ config, lib, ... }:
let
  cfg = config.kernelcore.services.security.credentials;
  shared = import ../lib/hardening.nix { inherit lib; };
  inherit (lib) mkOption types;

  hardening = shared.base // {
    # It writes below /etc as root.
    PrivateUsers = false;
    ReadWritePaths = "/etc";
    RestrictAddressFamilies = "none";
    PrivateNetwork = true;
  };
  make = name: credential: ''
    [ -s ${cfg.directory}/${name} ] || {
      head --bytes=${toString credential.bytes} /dev/urandom | base64 --wrap=0 > ${cfg.directory}/.${name}.new
      mv ${cfg.directory}/.${name}.new ${cfg.directory}/${name}
    }
  '';
in
{
  imports = [ ../lib/checklistd.nix ];

  options.kernelcore.services.security.credentials = {
    enable = lib.mkEnableOption "creation of the credentials of services";
    directory = mkOption {
      type = types.str;
      default = "/etc/credstore";
      description = "Directory of the credentials; LoadCredential= searches /etc/credstore by default.";
    };
    random = mkOption {
      type = types.attrsOf (
        types.submodule {
          options.bytes = mkOption {
            type = types.ints.between 16 256;
            default = 24;
            description = "Number of random bytes, before base64.";
          };
        }
      );
      default = { };
      example.grafana-admin = { };
      description = "Random passwords by name; each is created once and never changed.";
    };
  };

  config = lib.mkMerge [
    {
      services.checklistd.services.setup-system-credentials = {
        unit = "setup-system-credentials.service";
        group = "security";
        severity = "critical";
        enabled = cfg.enable;
        checks = {
          boot_start.target = "multi-user.target";
          hardening = shared.expected hardening 2.0;
          journal_errors = import ../lib/journal-errors.nix "setup-system-credentials";
          files = {
            ${cfg.directory} = {
              type = "directory";
              mode = "0700";
              owner = "root";
              group = "root";
            };
          }
          // lib.mapAttrs' (name: _: {
            name = "${cfg.directory}/${name}";
            value = {
              type = "file";
              mode = "0600";
              owner = "root";
              group = "root";
              non_empty = true;
            };
          }) cfg.random;
        };
      };
    }
    (lib.mkIf cfg.enable {
      systemd.services.setup-system-credentials = {
        description = "Set up system credentials";
        wantedBy = [ "multi-user.target" ];
        script = ''
          mkdir --parents --mode=0700 ${cfg.directory}
        ''
        + lib.concatStrings (lib.mapAttrsToList make cfg.random);
        serviceConfig = hardening // {
          Type = "oneshot";
          RemainAfterExit = true;
        };
      };
    })
  ];
}
