# SPDX-License-Identifier: MIT
# Whole systems, evaluated against a nixpkgs that the caller brings: everything on, everything off, each alone.
#   nix-instantiate --eval --strict --readonly-mode --json full.nix -A systems.on --argstr nixpkgs PATH --argstr nix PATH
{ nixpkgs, nix, system ? "x86_64-linux" }:
let
  here = path: /. + nix + "/${path}";
  lib = import (/. + nixpkgs + "/lib");
  plan = import (here "modules/services/lib/plan.nix");
  evalConfig = import (/. + nixpkgs + "/nixos/lib/eval-config.nix");

  machine = {
    fileSystems."/" = {
      device = "/dev/disk/by-label/nixos";
      fsType = "ext4";
    };
    boot.loader.grub.device = "nodev";
    users.users.dev.isNormalUser = true;
    system.stateVersion = lib.trivial.release;
  };
  at = toggle: value: lib.setAttrByPath ([ "kernelcore" "services" ] ++ lib.splitString "." toggle ++ [ "enable" ]) value;
  # sshd is hardened only where there is one.
  ssh = toggles: lib.optional (lib.elem "security.sshd-hardening" toggles) { services.openssh.enable = true; };
  with' = toggles: modules: [ machine (here "modules/services") ] ++ map (toggle: at toggle true) toggles ++ ssh toggles ++ modules;
  watched = at "monitoring.checklistd" true;
  # A machine with NVIDIA's driver, of which everything else follows.
  nvidia = {
    nixpkgs.config.allowUnfree = true;
    services.xserver.videoDrivers = [ "nvidia" ];
    hardware.nvidia.open = true;
  };
  places = [
    (here "compat/modules/ml/llama.nix")
    (here "compat/modules/system/services.nix")
    (here "compat/modules/development/jupyter.nix")
    (here "compat/modules/services")
    (here "compat/sec/hardening.nix")
  ];
  gate.services.checklistd.gate.enable = true;

  texts = units: lib.mapAttrs (_: unit: unit.text) (lib.filterAttrs (_: unit: unit.enable && unit.text != null) units);

  evaluated =
    platform: modules:
    let
      inherit (evalConfig { system = platform; inherit modules; }) config;
    in
    {
      drv = config.system.build.toplevel.drvPath;
      units = texts config.systemd.units;
      userUnits = texts config.systemd.user.units;
      specs = config.services.checklistd.files;
      users = builtins.attrNames config.users.users;
      groups = builtins.attrNames config.users.groups;
      validation = config.environment.etc.checklistd.source.drvPath or "";
    };

  options = (evalConfig { inherit system; modules = with' [ ] [ ]; }).options;
  ours = lib.collect lib.isOption { inherit (options) kernelcore; inherit (options.services) checklistd; };
in
{
  release = lib.version;
  options = builtins.length ours;

  systems = {
    on = evaluated system (with' plan.toggles [ watched gate nvidia ]);
    plain = evaluated system [ machine (here "modules/checklistd") ];
    off = evaluated system (with' [ ] [ ]);
    "off, watched" = evaluated system (with' [ ] [ watched ]);
    "on, not watched" = evaluated system (with' plan.toggles [ ]);
    "on, aarch64" = evaluated "aarch64-linux" (with' plan.toggles [ watched ]);
    example = evaluated system [ (here "modules/services") (here "example.nix") ];
    "plain checklistd" = evaluated system [
      machine
      (here "modules/checklistd")
      {
        services.openssh.enable = true;
        services.checklistd.enable = true;
        services.checklistd.services.sshd.unit = "sshd.service";
      }
    ];
    # Scrape job, rules, dashboards and routes without the tree.
    "plain checklistd, monitored" = evaluated system [
      machine
      (here "modules/checklistd")
      {
        services.prometheus.enable = true;
        services.grafana = {
          enable = true;
          settings.security.secret_key = "$__file{/run/credentials/grafana.service/key}";
        };
        services.checklistd = {
          enable = true;
          services.prometheus.unit = "prometheus.service";
          prometheus.enable = true;
          grafana.enable = true;
          alertmanager.enable = true;
          alertmanager.receivers = map (name: { inherit name; }) [ "page" "chat" "digest" ];
        };
      }
    ];
    "former places" = evaluated system ([ machine ] ++ places);
    "former places, off" = evaluated system ([ machine ] ++ places ++ map (toggle: at toggle false) plan.toggles);
    "ssh on demand" = evaluated system (
      with' [ "security.sshd-hardening" ] [
        watched
        { services.openssh.startWhenNeeded = true; }
      ]
    );
    # The plan's middle state, and settings that a user already has.
    migrating = evaluated system (
      with' [ "monitoring.prometheus" ] [
        watched
        {
          systemd.services.llamacpp.serviceConfig.ExecStart = "/bin/true";
          services.ollama.enable = true;
          services.ollama.loadModels = [ "gemma3" ];
          services.prometheus.port = 9091;
          services.prometheus.webExternalUrl = "https://host/prom/";
        }
      ]
    );
  }
  // builtins.listToAttrs (
    map (toggle: {
      name = "only ${toggle}";
      value = evaluated system (with' ([ toggle ] ++ plan.needs.${toggle} or [ ]) [ watched ]);
    }) plan.toggles
  );

  # The drivers of the VM tests. Evaluated here, run where a binary cache is reachable.
  tests = lib.mapAttrs (_: test: test.driver.drvPath) (
    import (here "tests") { pkgs = import (/. + nixpkgs) { inherit system; }; }
  );

  # The flake's outputs, with that nixpkgs as its input: there is no lock to take another one from.
  flake =
    let
      upstream = (import (/. + nixpkgs + "/flake.nix")).outputs { self = upstream // { outPath = nixpkgs; }; };
      self = (import (here "../flake.nix")).outputs {
        inherit self;
        nixpkgs = upstream // {
          outPath = nixpkgs;
        };
      };
    in
    {
      packages = lib.mapAttrs (_: each: each.default.drvPath) self.packages;
      overlaid = ((import (/. + nixpkgs) { inherit system; }).extend self.overlays.default).checklistd.drvPath;
      formatters = builtins.attrNames self.formatter;
      modules = builtins.filter (name: !builtins.pathExists self.nixosModules.${name}) (builtins.attrNames self.nixosModules);
      default = self.nixosModules.default == self.nixosModules.checklistd;
      shells = lib.mapAttrs (_: each: each.default.drvPath) self.devShells;
      checks = lib.mapAttrs (_: builtins.attrNames) self.checks;
      systems = lib.mapAttrs (_: each: each.config.system.build.toplevel.drvPath) self.nixosConfigurations;
    };
}
