# SPDX-License-Identifier: MIT
# The part of NixOS that the modules touch: options, and the least of the modules that they build upon, as
# nixpkgs has it. What it is a stand-in for is evaluated in full mode.
{
  config,
  lib,
  pkgs,
  ...
}:
let
  inherit (lib) mkOption types;
  units = import ./units.nix { inherit lib; };
  value =
    type: default:
    mkOption { inherit type default; };
  anything = value types.raw { };
  flag = value types.bool false;
  lines = value types.lines "";
  package = name: value types.package pkgs.${name};
  strings = value (types.listOf types.str) [ ];
  settings = value (types.attrsOf (types.attrsOf (types.oneOf [ types.bool types.int types.str ]))) { };

  ranges = value (types.listOf (types.attrsOf types.port)) [ ];
  ports = {
    allowedTCPPorts = value (types.listOf types.port) [ ];
    allowedUDPPorts = value (types.listOf types.port) [ ];
    allowedTCPPortRanges = ranges;
    allowedUDPPortRanges = ranges;
  };
  user.options = {
    isNormalUser = flag;
    isSystemUser = flag;
    group = value types.str "";
    extraGroups = strings;
    description = value types.str "";
    home = value types.path "/var/empty";
    homeMode = value (types.strMatching "[0-7]{1,5}") "700";
    createHome = flag;
    shell = value (types.nullOr types.path) null;
    linger = value (types.nullOr types.bool) null;
    uid = value (types.nullOr types.int) null;
  };
  inherit (config.services)
    clamav
    grafana
    ollama
    openssh
    prometheus
    ;
in
{
  options = {
    assertions = value (types.listOf types.raw) [ ];
    warnings = strings;
    boot.extraModprobeConfig = lines;
    environment.etc = value (types.attrsOf (types.submodule { options.source = value types.path null; })) { };
    environment.systemPackages = value (types.listOf types.package) [ ];
    hardware.nvidia.enabled = flag;
    hardware.amdgpu.initrd.enable = flag;
    hardware.amdgpu.opencl.enable = flag;
    networking.firewall = ports // {
      enable = value types.bool true;
      interfaces = value (types.attrsOf (types.submodule { options = ports; })) { };
    };
    nix.package = package "nix";
    services.udev.extraRules = lines;
    services.xserver.videoDrivers = strings;
    system.etc.overlay.mutable = value types.bool true;
    system.activationScripts = value (types.attrsOf types.str) { };
    system.preSwitchChecks = value (types.attrsOf types.str) { };
    systemd = {
      inherit (units) services sockets paths timers;
      user.services = units.services;
      # As far as modules read them; `render` makes the files of the same text.
      units = value types.raw (
        builtins.mapAttrs (name: text: {
          enable = true;
          inherit text;
          unit = "/nix/store/${builtins.substring 0 32 (builtins.hashString "sha256" text)}-unit-${name}";
        }) (import ./render.nix { inherit lib pkgs; } config).units
      );
      packages = value (types.listOf types.package) [ ];
      package = package "systemd";
    };
    users.users = value (types.attrsOf (types.submodule user)) { };
    users.groups = value (types.attrsOf (types.submodule { options.gid = value (types.nullOr types.int) null; })) { };
    virtualisation.docker.enable = flag;

    services.clamav = {
      package = package "clamav";
      daemon.enable = flag;
      updater.enable = flag;
    };
    services.grafana = {
      enable = flag;
      package = package "grafana";
      inherit settings;
      provision.enable = flag;
      provision.datasources.settings.datasources = value (types.listOf types.raw) [ ];
      provision.dashboards.settings.providers = value (types.listOf types.raw) [ ];
    };
    services.ollama = {
      enable = flag;
      package = package "ollama";
      host = value types.str "127.0.0.1";
      port = value types.port 11434;
      environmentVariables = value (types.attrsOf types.str) { };
    };
    services.openssh = {
      enable = flag;
      startWhenNeeded = flag;
      ports = value (types.listOf types.port) [ 22 ];
      listenAddresses = value (types.listOf types.raw) [ ];
      settings = value (types.attrsOf (types.oneOf [ types.bool types.int types.str ])) { };
    };
    services.prometheus = {
      enable = flag;
      package = package "prometheus";
      listenAddress = value types.str "0.0.0.0";
      port = value types.port 9090;
      retentionTime = value (types.nullOr types.str) null;
      scrapeConfigs = value (types.listOf types.raw) [ ];
      alertmanagers = value (types.listOf types.raw) [ ];
      alertmanager = {
        enable = flag;
        listenAddress = value types.str "";
        port = value types.port 9093;
        configuration = value types.raw null;
      };
      webExternalUrl = value (types.nullOr types.str) null;
      webConfigFile = value (types.nullOr types.path) null;
      extraFlags = strings;
      ruleFiles = value (types.listOf types.path) [ ];
    };
  };

  config = lib.mkMerge [
    {
      # NixOS' own groups that services are put into.
      users.groups = lib.genAttrs [ "render" "video" "systemd-journal" ] (_: { });
    }
    {
      services.grafana.settings.server = builtins.mapAttrs (_: lib.mkOverride 1500) {
        protocol = "http";
        http_addr = "127.0.0.1";
        http_port = 3000;
        root_url = "%(protocol)s://%(domain)s:%(http_port)s/";
        serve_from_sub_path = false;
        socket = "/run/grafana/grafana.sock";
      };
    }
    (lib.mkIf config.virtualisation.docker.enable { users.groups.docker = { }; systemd.packages = [ pkgs.docker-client ]; })
    (lib.mkIf prometheus.enable {
      users.users.prometheus = { isSystemUser = true; group = "prometheus"; };
      users.groups.prometheus = { };
      systemd.services.prometheus = {
        wantedBy = [ "multi-user.target" ];
        after = [ "network.target" ];
        serviceConfig = {
          ExecStart = "${prometheus.package}/bin/prometheus --web.listen-address=${prometheus.listenAddress}:${toString prometheus.port}";
          User = "prometheus";
          Restart = "always";
          RuntimeDirectory = "prometheus";
          WorkingDirectory = "/var/lib/prometheus2/data";
          StateDirectory = "prometheus2/data";
          ProtectSystem = "full";
        };
      };
    })
    (lib.mkIf grafana.enable {
      users.users.grafana = { isSystemUser = true; group = "grafana"; };
      users.groups.grafana = { };
      systemd.services.grafana = {
        description = "Grafana Service Daemon";
        wantedBy = [ "multi-user.target" ];
        after = [ "network.target" ];
        script = "exec ${grafana.package}/bin/grafana server -homepath /var/lib/grafana";
        serviceConfig = {
          WorkingDirectory = "/var/lib/grafana";
          StateDirectory = "grafana";
          User = "grafana";
          Restart = "on-failure";
          RuntimeDirectory = "grafana";
          ProtectSystem = "full";
        };
      };
    })
    (lib.mkIf clamav.daemon.enable {
      users.users.clamav = { isSystemUser = true; group = "clamav"; };
      users.groups.clamav = { };
      systemd.sockets.clamav-daemon = {
        wantedBy = [ "sockets.target" ];
        listenStreams = [ "/run/clamav/clamd.ctl" ];
        socketConfig = { SocketUser = "clamav"; SocketGroup = "clamav"; SocketMode = "0666"; };
      };
      systemd.services.clamav-daemon = {
        description = "ClamAV daemon (clamd)";
        requires = [ "clamav-daemon.socket" ];
        wantedBy = [ "multi-user.target" ];
        serviceConfig = {
          ExecStart = "${clamav.package}/bin/clamd";
          User = "clamav";
          Group = "clamav";
          StateDirectory = "clamav";
          RuntimeDirectory = "clamav";
          PrivateTmp = "yes";
        };
      };
    })
    (lib.mkIf ollama.enable {
      systemd.services.ollama = {
        description = "Server for local large language models";
        wantedBy = [ "multi-user.target" ];
        after = [ "network.target" ];
        environment = ollama.environmentVariables // {
          HOME = "/var/lib/ollama";
          OLLAMA_MODELS = "/var/lib/ollama/models";
          OLLAMA_HOST = "${ollama.host}:${toString ollama.port}";
        };
        serviceConfig = {
          Type = "exec";
          DynamicUser = true;
          ExecStart = "${ollama.package}/bin/ollama serve";
          WorkingDirectory = "/var/lib/ollama";
          StateDirectory = [ "ollama" ];
          ReadWritePaths = [ "/var/lib/ollama" "/var/lib/ollama/models" ];
          SupplementaryGroups = [ "render" ];
          UMask = "0077";
        };
      };
      environment.systemPackages = [ ollama.package ];
    })
    (lib.mkIf (openssh.enable && openssh.startWhenNeeded) {
      systemd.sockets.sshd = {
        wantedBy = [ "sockets.target" ];
        listenStreams = map toString openssh.ports;
        socketConfig.Accept = true;
      };
      systemd.services."sshd@".serviceConfig = {
        ExecStart = "-${pkgs.openssh}/bin/sshd -i -D -f /etc/ssh/sshd_config";
        StandardInput = "socket";
      };
    })
    (lib.mkIf (openssh.enable && !openssh.startWhenNeeded) {
      systemd.services.sshd = {
        description = "SSH Daemon";
        wantedBy = [ "multi-user.target" ];
        after = [ "network.target" ];
        serviceConfig = {
          Restart = "always";
          ExecStart = "${pkgs.openssh}/bin/sshd -D -f /etc/ssh/sshd_config";
          KillMode = "process";
        };
      };
    })
  ];
}
