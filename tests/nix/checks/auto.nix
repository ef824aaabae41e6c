# SPDX-License-Identifier: MIT
# Whole systems with services.checklistd.auto, against a nixpkgs that the caller brings.
#   nix-instantiate --eval --strict --readonly-mode --json auto.nix -A minimal --argstr nixpkgs PATH --argstr nix PATH
{ nixpkgs, nix }:
let
  here = path: /. + nix + "/${path}";
  lib = import (/. + nixpkgs + "/lib");
  evalConfig = import (/. + nixpkgs + "/nixos/lib/eval-config.nix");
  evaluated =
    modules:
    let
      inherit
        (evalConfig {
          system = "x86_64-linux";
          modules = modules ++ [ { services.checklistd.auto.enable = true; } ];
        })
        config
        ;
    in
    {
      drv = config.system.build.toplevel.drvPath;
      specs = config.services.checklistd.files;
      derived = builtins.length (builtins.attrNames config.services.checklistd.auto.specs);
      skipped = config.services.checklistd.auto.skipped;
      inherit (config) warnings;
    };
  machine = {
    imports = [ (here "modules/checklistd") ];
    services.checklistd.enable = true;
    fileSystems."/" = {
      device = "/dev/disk/by-label/nixos";
      fsType = "ext4";
    };
    fileSystems."/srv/data-1" = {
      device = "/dev/disk/by-label/data";
      fsType = "ext4";
    };
    boot.loader.grub.device = "nodev";
    system.stateVersion = lib.trivial.release;
  };
in
{
  minimal = evaluated [ machine ];
  example = evaluated [
    (here "modules/services")
    (here "example.nix")
  ];
  host = evaluated [
    machine
    {
      networking.firewall.enable = true;
      users.users.dev.isNormalUser = true;
      security.acme.acceptTerms = true;
      services = {
        avahi.enable = true;
        blueman.enable = true;
        borgbackup.jobs.home = {
          paths = "/home";
          repo = "/srv/backup";
          encryption.mode = "none";
          startAt = "daily";
        };
        chrony.enable = true;
        dnsmasq.enable = true;
        dockerRegistry.enable = true;
        fail2ban.enable = true;
        forgejo.enable = true;
        fstrim.enable = true;
        hardware.bolt.enable = true;
        gitea.enable = true;
        headscale = {
          enable = true;
          settings.dns = {
            magic_dns = false;
            override_local_dns = false;
          };
        };
        jellyfin.enable = true;
        loki = {
          enable = true;
          configuration.server = {
            http_listen_address = "127.0.0.1";
            http_listen_port = 3100;
          };
        };
        memcached.enable = true;
        miniflux = {
          enable = true;
          config.CREATE_ADMIN = false;
        };
        mosquitto.enable = true;
        mysql = {
          enable = true;
          package = (import (/. + nixpkgs) { system = "x86_64-linux"; }).mariadb;
        };
        navidrome.enable = true;
        nginx = {
          enable = true;
          virtualHosts.localhost.root = "/var/www";
        };
        openssh.enable = true;
        pcscd.enable = true;
        postgresql.enable = true;
        prometheus = {
          enable = true;
          exporters.node.enable = true;
          exporters.nginx.enable = true;
          exporters.postgres.enable = true;
          exporters.redis.enable = true;
          exporters.systemd.enable = true;
        };
        redis.servers.cache = {
          enable = true;
          port = 6380;
        };
        samba.enable = true;
        smartd.enable = true;
        syncthing.enable = true;
        uptime-kuma.enable = true;
        vaultwarden.enable = true;
        xserver.enable = true;
        xserver.displayManager.lightdm.enable = true;
      };
      virtualisation.podman.enable = true;
    }
  ];
}
