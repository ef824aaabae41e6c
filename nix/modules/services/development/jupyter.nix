# SPDX-License-Identifier: MIT
# jupyter.service of one user's manager, which runs without a login because the user lingers.
{
  config,
  lib,
  utils,
  ...
}:
let
  cfg = config.kernelcore.services.development.jupyter;
  inherit (config.kernelcore.development) notebook;
  inherit (lib) mkOption types;

  people = lib.filterAttrs (_: user: user.isNormalUser) config.users.users;
  only = if builtins.length (builtins.attrNames people) == 1 then builtins.head (builtins.attrNames people) else null;
  python = notebook.python.withPackages (available: [ available.jupyterlab available.ipykernel ] ++ notebook.libraries available);

  program = "${python}/bin/jupyter-lab";
  shared = import ../lib/hardening.nix { inherit lib; };
  service = import ../lib/service.nix { inherit lib; };
  limits = {
    MemoryMax = "8G";
    TasksMax = 1024;
  };

  # Notebooks are programs of their owner: they compile, read the state of the machine, and write below the home.
  hardening = shared.network // {
    MemoryDenyWriteExecute = false;
    ProcSubset = "all";
    ProtectHome = false;
    ProtectKernelLogs = false; # a user's manager cannot hide /proc/kmsg, and the unit would not start
    ReadWritePaths = "%h";
    SystemCallFilter = [
      "@system-service @resources"
      "~@privileged"
    ];
  };
in
{
  imports = [
    ../lib/checklistd.nix
    ../lib/notebook.nix
  ];

  options = {
    kernelcore.services.development.jupyter = {
      enable = lib.mkEnableOption "JupyterLab as a user's service";
      user = mkOption {
        type = types.nullOr types.str;
        default = only;
        defaultText = lib.literalMD "the only normal user, where there is only one";
        description = "User whose manager runs Jupyter.";
      };
      port = service.port 8888;
      limits = service.limits limits;
    };

    # Set inside the users' own type: a definition would make the list of users depend on itself.
    users.users = mkOption {
      type = types.attrsOf (
        types.submodule (
          { name, ... }:
          {
            config.linger = lib.mkIf (cfg.enable && name == cfg.user) (lib.mkDefault true);
          }
        )
      );
    };
  };

  config = lib.mkMerge [
    {
      kernelcore.services.development.jupyter.limits = service.defaults limits;

      services.checklistd = service.toggled cfg.enable {
        jupyter = {
          unit = "jupyter.service";
          # When disabled, its absence is checked only if the user's manager is watched anyway.
          user = if cfg.enable || builtins.elem cfg.user config.services.checklistd.users then cfg.user else null;
          group = "development";
          severity = "warning";
          settle = "2min";
          checks = service.served { inherit (cfg) port; path = "/api"; } // {
            boot_start.target = "default.target";
            unit_definition.exec_start = program;
            resource_limits = cfg.limits;
            # A user's manager cannot hide others' processes.
            hardening = builtins.removeAttrs (shared.expected hardening 2.5) [ "ProtectProc" ];
            journal_errors = import ../lib/journal-errors.nix "jupyter";
          };
        };
      };
    }
    (lib.mkIf cfg.enable {
      assertions = [
        {
          assertion = cfg.user != null;
          message = "kernelcore.services.development.jupyter.user: set it, because there is not exactly one normal user";
        }
        {
          assertion = cfg.user == null || builtins.hasAttr cfg.user config.users.users;
          message = "kernelcore.services.development.jupyter.user: users.users has no '${toString cfg.user}', whose manager is to run jupyter.service";
        }
      ];

      systemd.user.services.jupyter = {
        description = "Jupyter server";
        documentation = [ "https://jupyter-server.readthedocs.io/" ];
        wantedBy = [ "default.target" ];
        unitConfig.ConditionUser = cfg.user;
        serviceConfig =
          hardening
          // service.defaults cfg.limits
          // {
            Type = "exec";
            ExecStart = utils.escapeSystemdExecArgs [
              program
              "--no-browser"
              "--ip=127.0.0.1"
              "--port=${toString cfg.port}"
              "--ServerApp.port_retries=0"
            ];
            WorkingDirectory = "%h";
            Restart = "on-failure";
          };
      };
    })
  ];
}
