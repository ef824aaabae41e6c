# SPDX-License-Identifier: MIT
# docker-pull-images.service: pulls container images after the boot.
{
  config,
  lib,
  pkgs,
  ...
}:
let
  cfg = config.kernelcore.services.containers.docker-pull;
  shared = import ../lib/hardening.nix { inherit lib; };
  service = import ../lib/service.nix { inherit lib; };
  inherit (lib) mkOption types;
in
{
  imports = [ ../lib/checklistd.nix ];

  options.kernelcore.services.containers.docker-pull = {
    enable = lib.mkEnableOption "pulling container images after the boot";
    package = lib.mkPackageOption pkgs "docker-client" { };
    images = mkOption {
      type = types.nonEmptyListOf (types.strMatching "[a-z0-9][A-Za-z0-9._/:@-]*");
      default = [
        "docker.io/library/postgres:16"
        "docker.io/library/redis:7"
      ];
      description = "Images to pull, with their registry and tag or digest.";
    };
    timeout = mkOption {
      type = types.str;
      default = "10min";
      description = "Time limit for pulling all images.";
    };
  };

  config = lib.mkMerge [
    {
      services.checklistd = service.toggled cfg.enable {
        docker-pull-images = {
          unit = "docker-pull-images.service";
          group = "containers";
          severity = "warning";
          checks = {
            dependencies = {
              requires = [ "docker.service" ];
              after = [
                "docker.service"
                "network-online.target"
              ];
              wants = [ "network-online.target" ];
            };
            boot_start.target = "multi-user.target";
            hardening = shared.expected (shared.base // { DynamicUser = true; }) 2.0;
            journal_errors = import ../lib/journal-errors.nix "docker-pull-images";
          };
        };
      };
    }
    (lib.mkIf cfg.enable {
      virtualisation.docker.enable = lib.mkDefault true;
      assertions = [
        {
          assertion = config.virtualisation.docker.enable;
          message = "kernelcore.services.containers.docker-pull: docker-pull-images.service requires docker.service, and virtualisation.docker.enable is false";
        }
      ];

      systemd.services.docker-pull-images = {
        description = "Pull container images";
        after = [
          "docker.service"
          "network-online.target"
        ];
        requires = [ "docker.service" ];
        wants = [ "network-online.target" ];
        wantedBy = [ "multi-user.target" ];
        path = [ cfg.package ];
        environment.DOCKER_CONFIG = "/run/docker-pull-images";
        script = lib.concatMapStringsSep "\n" (image: "docker pull ${lib.escapeShellArg image}") cfg.images;
        # The Docker daemon downloads; the client only needs its socket.
        serviceConfig = shared.base // {
          Type = "oneshot";
          RemainAfterExit = true;
          TimeoutStartSec = cfg.timeout;
          DynamicUser = true;
          SupplementaryGroups = [ "docker" ];
          RuntimeDirectory = "docker-pull-images";
        };
      };
    })
  ];
}
