# SPDX-License-Identifier: MIT
# setup-system-credentials.service: creates the credentials of services once, readable by root only.
{ config, lib, ... }:
let
  cfg = config.kernelcore.services.security.credentials;
  shared = import ../lib/hardening.nix { inherit lib; };
  service = import ../lib/service.nix { inherit lib; };
  inherit (lib) mkOption types;

  hardening = shared.base // {
    # It creates the directory, as root.
    PrivateUsers = false;
    ReadWritePaths = builtins.dirOf cfg.directory;
    RestrictAddressFamilies = "none";
    PrivateNetwork = true;
  };
  directory = lib.escapeShellArg cfg.directory;
  make = name: credential: ''
    [ -s ${directory}/${name} ] || {
      head --bytes=${toString credential.bytes} /dev/urandom | base64 --wrap=0 > ${directory}/.${name}.new
      mv ${directory}/.${name}.new ${directory}/${name}
    }
  '';
  misnamed = lib.filter (name: builtins.match "[A-Za-z0-9][A-Za-z0-9._-]*" name == null) (
    builtins.attrNames cfg.random
  );
in
{
  imports = [ ../lib/checklistd.nix ];

  options.kernelcore.services.security.credentials = {
    enable = lib.mkEnableOption "creation of the credentials of services";
    directory = mkOption {
      type = types.strMatching "/[^/ ]+(/[^/ ]+)+";
      default = "/etc/credstore";
      description = "Directory of the credentials, in one that exists at boot; LoadCredential= searches /etc/credstore by default.";
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
      services.checklistd = service.toggled cfg.enable {
        setup-system-credentials = {
          unit = "setup-system-credentials.service";
          group = "security";
          severity = "critical";
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
      };
    }
    (lib.mkIf cfg.enable {
      assertions = [
        {
          assertion = misnamed == [ ];
          message = "kernelcore.services.security.credentials.random: a name consists of letters, digits, '.', '_' and '-', unlike ${
            lib.concatMapStringsSep ", " (name: "'${name}'") misnamed
          }";
        }
        {
          assertion = config.system.etc.overlay.mutable || !lib.hasPrefix "/etc/" cfg.directory;
          message = "kernelcore.services.security.credentials.directory: '${cfg.directory}' is below /etc, which cannot be written (system.etc.overlay.mutable is false)";
        }
      ];

      systemd.services.setup-system-credentials = {
        description = "Set up system credentials";
        wantedBy = [ "multi-user.target" ];
        script = ''
          install --directory --mode=0700 ${directory}
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
